"""Builds to come (R-083), and whether the loads of maintenance hold (R-084)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.outlook.history import between
from gerdy.outlook.volume import above_earlier_weeks, largest_earlier_week_m, plans_in_force
from gerdy.programme.gates.shown import shown_percent
from gerdy.running.say import decide

if TYPE_CHECKING:
    from gerdy.outlook.history import History
    from gerdy.records import Decision

LOAD_KEYS: Final = ("house_maintenance.load_loss", "house_maintenance.load_weeks", "spiering2021.sessions_to_hold")
DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Build:
    """A block of rising kilometres.

    Parameters
    ----------
    first, last : its days
    why : what announces it
    """

    first: dt.date
    last: dt.date
    why: str


def builds(history: History, now: dt.date) -> tuple[Build, ...]:
    """Return the builds that plans and races announce, and the one that this week is; the nearest first."""
    found = [*_planned(history, now), *_races(history, now)]
    if above_earlier_weeks(history, now):
        found.append(Build(now - 6 * DAY, now + 7 * DAY, "This week is the largest of twelve"))
    return tuple(sorted(found, key=lambda build: (build.first, build.last)))


def load_kept(history: History, entered: dt.date, now: dt.date) -> Decision:
    """R-084: whether the loads of the exit were lifted within the last four weeks.

    Parameters
    ----------
    entered : first day of P5

    Returns
    -------
    outcome ``prompt`` (an exercise stayed more than a tenth below its load at exit for four weeks), ``kept``, or
    ``not recorded`` (too early, or no load to compare)
    """
    span = int(evidence.value("house_maintenance.load_weeks")) * 7 * DAY
    before = _heaviest(history, entered - span, entered)
    lately = _heaviest(history, now - span + DAY, now)
    shares = {key: lately[key] / load for key, load in before.items() if key in lately and load > 0}
    seen = {key: f"{shown_percent(share)} %" for key, share in sorted(shares.items())}
    if now - entered < span or not shares:
        return decide("R-084", "not recorded", "No loads of the exit to compare with yet.", seen, LOAD_KEYS)
    limit = shown_percent(1 - evidence.value("house_maintenance.load_loss"))
    low = [key for key, share in sorted(shares.items()) if shown_percent(share) < limit]
    if low:
        text = f"For four weeks {', '.join(low)} stayed more than a tenth below the load of the exit: put it back up."
        return decide("R-084", "prompt", text, seen, LOAD_KEYS)
    return decide("R-084", "kept", "The loads of the exit are kept.", seen, LOAD_KEYS)


def _heaviest(history: History, first: dt.date, last: dt.date) -> dict[str, float]:
    found: dict[str, float] = {}
    for fact in between(history.sessions, first, last):
        for done in fact.entry.sets:
            if done.load_kg:
                found[done.exercise_id] = max(done.load_kg, found.get(done.exercise_id, 0.0))
    return found


def _planned(history: History, now: dt.date) -> list[Build]:
    """Return the planned weeks, Monday to Sunday, that hold more kilometres than any of the twelve before now."""
    largest = largest_earlier_week_m(history, now)
    if largest is None:
        return []
    weeks: dict[dt.date, float] = {}
    for run in (r for plan in plans_in_force(history, now) for r in plan.runs if r.km and r.date > now):
        monday = run.date - run.date.weekday() * DAY
        weeks[monday] = weeks.get(monday, 0.0) + (run.km or 0.0)
    return [
        Build(monday, monday + 6 * DAY, f"{km:g} km are planned for the week of {monday.isoformat()}")
        for monday, km in sorted(weeks.items())
        if km * 1000 > largest
    ]


def _races(history: History, now: dt.date) -> list[Build]:
    wished = between(history.wishes, dt.date.min, now)
    lead = int(evidence.value("house_maintenance.build_weeks")) * 7 * DAY
    return [
        Build(race.date - lead, race.date, f"{race.name or 'A race'} on {race.date.isoformat()}")
        for race in (wished[-1].entry.races if wished else ())
        if race.date >= now
    ]
