"""Signals from volume: a long single run (W-3), a large week (W-4), fading maintenance (R-091)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.outlook import guard
from gerdy.outlook.history import between
from gerdy.outlook.volume import above_earlier_weeks, adherence, largest_earlier_week_m, volume_rising, week_m
from gerdy.outlook.wording import not_recorded, quiet, signal

if TYPE_CHECKING:
    import datetime as dt

    from gerdy.outlook.history import History
    from gerdy.outlook.volume import Adherence
    from gerdy.records import Decision

MAINTENANCE_KEYS: Final = (
    "house_signals.adherence_low",
    "house_signals.adherence_weeks",
    "spiering2021.sessions_to_hold",
)
WEEK_KEYS: Final = ("house_signals.weeks_of_maximum", *MAINTENANCE_KEYS)


def long_run(history: History, day: dt.date) -> Decision:
    """W-3: a run above the limit of R-064, 110 % of the longest of the 30 days before.

    A run within R-064's half-kilometre floor is not coloured: a run that one rule allows must not be
    flagged by another.
    """
    distances = [d for fact in between(history.runs, day, day) if (d := fact.entry.distance_m)]
    if not distances:
        return not_recorded("W-3", "no run with a distance on this day", guard.KEYS)
    judged = guard.longest_run_guard(history, day, max(distances))
    if judged.outcome == "above":
        return signal("W-3", "yellow", judged.reasons[0].text, judged.inputs_seen, grade="A", keys=guard.KEYS)
    if judged.outcome == "no basis":
        return not_recorded("W-3", judged.reasons[0].text, guard.KEYS)
    return quiet("W-3", "no run above the 30-day limit", judged.inputs_seen, guard.KEYS)


def large_week(history: History, day: dt.date) -> Decision:
    """W-4: a week larger than the twelve before while less than 70 % of the maintenance is done."""
    if not between(history.runs, day, day):
        return not_recorded("W-4", "no run on this day", WEEK_KEYS)
    above, kept = above_earlier_weeks(history, day), adherence(history, day)
    if above is None or kept is None:
        return not_recorded("W-4", "twelve weeks of runs, or any strength work to go by", WEEK_KEYS)
    week, largest = week_m(history, day) or 0.0, largest_earlier_week_m(history, day) or 0.0
    seen = {"week_m": week, "largest_earlier_week_m": largest} | _shown(kept)
    if above and kept.most < evidence.value(MAINTENANCE_KEYS[0]):
        text = (
            f"{week / 1000:.0f} km this week, at most {largest / 1000:.0f} km in the twelve weeks before, "
            f"with {kept.most:.0%} of the maintenance done in four weeks"
        )
        return signal("W-4", "yellow", text, seen, grade="E", keys=WEEK_KEYS)
    return quiet("W-4", "no large week with fading maintenance", seen, WEEK_KEYS)


def maintenance(history: History, day: dt.date) -> Decision:
    """R-091: maintenance below 70 % over four weeks while volume rises; a message, not a colour.

    The message offers a session of fifteen minutes; the timeline shows it at most once a week.
    """
    kept, rising = adherence(history, day), volume_rising(history, day)
    if kept is None or rising is None:
        return not_recorded("R-091", "four weeks of runs, or any strength work to go by", MAINTENANCE_KEYS)
    seen = _shown(kept) | {"volume_rising": rising}
    low = evidence.value(MAINTENANCE_KEYS[0])
    if not rising or kept.least >= low:
        return quiet("R-091", "maintenance keeps up with volume", seen, MAINTENANCE_KEYS)
    if kept.most >= low:
        return not_recorded("R-091", "strength work on some planned days, done or not", MAINTENANCE_KEYS)
    text = (
        f"volume rises while {kept.most:.0%} of the maintenance was done in four weeks; "
        "a session of fifteen minutes would be a start"
    )
    return signal("R-091", "message", text, seen, grade="E", keys=MAINTENANCE_KEYS)


def _shown(kept: Adherence) -> dict[str, float]:
    return {"adherence_least": round(kept.least, 2), "adherence_most": round(kept.most, 2)}
