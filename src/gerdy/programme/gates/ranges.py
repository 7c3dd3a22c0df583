"""Range work (PG-M): what a retest says about its dose, and how much ankle work is behind the runner (R-024)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.assess.findings import error_of
from gerdy.outlook.history import between
from gerdy.running.say import decide

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from gerdy.assess.judge import Judgement
    from gerdy.assess.readings import Readings
    from gerdy.outlook.history import History
    from gerdy.records import Decision, Side

TESTS: Final = {
    "C5": ("lunge_bent_angle", "lunge_bent_distance"),
    "C6": ("lunge_bent_angle", "lunge_bent_distance", "lunge_straight_angle"),
    "C7": ("hip_internal_rotation_seated", "hip_internal_rotation_prone"),
}
"""Contributor → tests that show its range."""
RANGE_KEYS: Final = ("house_gates.range_weeks", "house_gates.range_kept")
ANKLE_KEYS: Final = ("house_gates.ankle_days", "house_gates.ankle_sessions")


def range_gain(readings: Sequence[tuple[dt.date, Readings]], contributor: str, side: Side, began: dt.date) -> Decision:
    """PG-M: whether a range has grown beyond the error of its test since its training began.

    Parameters
    ----------
    readings : (day, readings) of every assessment, oldest first
    contributor : C5, C6 or C7
    began : first day of the range work

    Returns
    -------
    outcome ``maintain`` (a third of the dose keeps it), ``change`` (no gain after three weeks: another class or
    track), ``hold`` or ``not recorded`` (no test before, or none since)
    """
    gains = [gain for test in TESTS[contributor] if (gain := _gain(readings, test, side, began)) is not None]
    if not gains:
        text = "No test before and after the range work can be compared."
        return decide("PG-M", "not recorded", text, {"gain": None}, RANGE_KEYS)
    days, grown = max(day for day, _, _ in gains), any(beyond for _, _, beyond in gains)
    seen = {"days": days, "gain": ", ".join(f"{gain:g}" for _, gain, _ in gains)}
    if grown:
        text = f"The range grew beyond the error of the test; {evidence.value(RANGE_KEYS[1]):.0%} of the dose keeps it."
        return decide("PG-M", "maintain", text, seen, RANGE_KEYS)
    if days >= 7 * evidence.value(RANGE_KEYS[0]):
        text = (
            "No gain beyond the error of the test after three weeks: try the other class of work, or ask a clinician."
        )
        return decide("PG-M", "change", text, seen, RANGE_KEYS)
    return decide("PG-M", "hold", "It is too early to see a gain beyond the error of the test.", seen, RANGE_KEYS)


def ankle_work(history: History, judgement: Judgement | None, exercises: Collection[str], now: dt.date) -> Decision:
    """Say for R-024 whether a stiff ankle has had its two weeks before the first running step.

    Parameters
    ----------
    judgement : of the latest assessment; None where there is none
    exercises : ids of the ankle track

    Returns
    -------
    outcome ``met``, ``not met``, ``not applicable`` (no significant restriction) or ``not recorded`` (lunge not tested)
    """
    lunges = [d.outcome for name, d in (judgement.decisions if judgement else {}).items() if name.startswith("R-021 ")]
    worst = next((word for word in ("significant", "unknown") if word in lunges), "none" if lunges else "unknown")
    days = {f.day for f in between(history.sessions, dt.date.min, now) if _has(f.entry.sets, exercises)}
    behind = (now - min(days)).days if days else 0
    seen = {"restriction": worst, "days": behind, "sessions": len(days)}
    if worst == "none":
        return decide("R-024", "not applicable", "No significant ankle restriction was found.", seen, ANKLE_KEYS)
    if worst == "unknown":
        return decide("R-024", "not recorded", "Do the lunge test on both sides first.", seen, ANKLE_KEYS)
    wanted, sessions = (evidence.value(key) for key in ANKLE_KEYS)
    done = behind >= wanted and len(days) >= sessions
    text = f"{behind} days and {len(days)} sessions of ankle work, of {wanted:g} days and {sessions:g} sessions."
    return decide("R-024", "met" if done else "not met", text, seen, ANKLE_KEYS)


def _gain(
    readings: Sequence[tuple[dt.date, Readings]], test: str, side: Side, began: dt.date
) -> tuple[int, float, bool] | None:
    """Return days since the start, change, and whether it is beyond the error; None where it cannot be compared."""
    before = [r.number(test, side) for day, r in readings if day <= began]
    after = [(day, r, v) for day, r in readings if day > began and (v := r.number(test, side)) is not None]
    first = next((v for v in reversed(before) if v is not None), None)
    if first is None or not after:
        return None
    day, latest, last = after[-1]
    return (day - began).days, round(last - first, 1), last - first > error_of(latest, test, max(abs(last), abs(first)))


def _has(sets: Sequence[object], exercises: Collection[str]) -> bool:
    return any(getattr(done, "exercise_id", None) in exercises for done in sets)
