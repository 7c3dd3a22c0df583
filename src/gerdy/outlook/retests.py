"""Strength and range tests after exit: when they are due, and what they show (R-089)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.errors import EvidenceInvalid
from gerdy.outlook.history import between
from gerdy.outlook.volume import exit_day
from gerdy.outlook.wording import not_recorded, quiet, signal
from gerdy.records import Side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gerdy.outlook.history import History
    from gerdy.records import Decision, TestResult

LABORATORY_TESTS: Final = (
    "hip_abduction_isometric",
    "hip_abduction_eccentric",
    "hip_external_rotation_isometric",
)
HOME_TESTS: Final = ("hip_abduction_scale", "hip_external_rotation_scale")
STEP_DOWN: Final = "lateral_step_down"
LUNGE: Final = "lunge_bent_distance"
KEYS: Final = (
    "house_signals.retest_lsi",
    "house_signals.retest_loss",
    "house_signals.home_strength_error",
    "thorborg2010.hip_strength_variation",
    "house_signals.step_down_poor",
    "house_signals.lunge_loss",
)
DUE_KEYS: Final = ("house_signals.retest_weeks",)
OTHER: Final = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


def slipping(history: History, day: dt.date) -> Decision:
    """R-089 and watch signal 6: a retest shows less capacity than at exit, even without pain.

    Each side is compared with its own value at exit, and a loss within the error of the test is none (R-012).
    A test that was not repeated, or in another unit, is not compared. Speaks on the day of the retest.
    """
    left = exit_day(history, day)
    fresh = tuple(_results(history, day, day))
    if left is None or day == left or not fresh:
        return not_recorded("R-089", "a return to full running and a retest after it", KEYS)
    at_exit = {(r.test, r.side): r for r in _results(history, dt.date.min, left)}
    now = {(r.test, r.side): r for r in fresh}
    found = [text for result in fresh for text in _judge(result, now, at_exit)]
    compared = sum(_comparable(result, at_exit) for result in fresh)
    if not compared:
        return not_recorded("R-089", "the value at exit, in the unit of the retest", KEYS)
    seen = {"retests": len(fresh), "compared": compared}
    if found:
        return signal("R-089", "yellow", f"capacity is slipping: {'; '.join(found)}", seen, grade="E", keys=KEYS)
    return quiet("R-089", "the retests hold", seen, KEYS)


def due(history: History, day: dt.date, build_starts: dt.date | None = None) -> Decision:
    """R-089: which retest is due: at set weeks after exit, and two weeks before a build.

    Returns
    -------
    Decision with outcome ``due``, ``quiet`` or ``not recorded`` (no exit yet)
    """
    left = exit_day(history, day)
    if left is None:
        return not_recorded("R-089", "a return to full running", DUE_KEYS)
    dates = [left + dt.timedelta(weeks=week) for week in _weeks()]
    if build_starts is not None:
        dates.append(build_starts - dt.timedelta(weeks=2))
    passed = max((date for date in dates if date <= day), default=None)
    if passed is None or any(_results(history, passed, day)):
        following = min((date for date in dates if date > day), default=None)
        return quiet("R-089", f"next retest {following or 'none set'}", {}, DUE_KEYS)
    text = f"a retest has been due since {passed.isoformat()}"
    return signal("R-089", "due", text, {"due_since": passed.isoformat()}, grade="E", keys=DUE_KEYS)


def _weeks() -> tuple[float, ...]:
    weeks = evidence.entry(DUE_KEYS[0]).value
    if not isinstance(weeks, tuple):
        raise EvidenceInvalid(f"{DUE_KEYS[0]} is not a list of weeks.")
    return tuple(week for week in weeks if isinstance(week, float))


def _judge(
    result: TestResult,
    now: dict[tuple[str, Side], TestResult],
    at_exit: dict[tuple[str, Side], TestResult],
) -> Iterator[str]:
    before = _number(at_exit.get((result.test, result.side)), result.unit)
    value = _number(result, result.unit)
    if value is None:
        return
    if result.test in LABORATORY_TESTS + HOME_TESTS and before:
        other = _number(now.get((result.test, OTHER.get(result.side, Side.BOTH))), result.unit)
        loss = 1.0 - value / before
        lopsided = other is not None and value / other < evidence.value("house_signals.retest_lsi")
        if loss > _error(result) and (lopsided or loss >= evidence.value("house_signals.retest_loss")):
            yield f"{result.test} {result.side} {loss:.0%} below exit"
    elif result.test == STEP_DOWN and value >= evidence.value("house_signals.step_down_poor"):
        yield f"{result.test} {result.side} {value:g} points"
    elif result.test == LUNGE and before and before - value >= evidence.value("house_signals.lunge_loss"):
        yield f"{result.test} {result.side} {before - value:g} cm less than at exit"


def _comparable(result: TestResult, at_exit: dict[tuple[str, Side], TestResult]) -> bool:
    if result.test == STEP_DOWN:
        return _number(result, result.unit) is not None
    return _number(at_exit.get((result.test, result.side)), result.unit) is not None


def _error(result: TestResult) -> float:
    """Return the relative change below which a strength test says nothing (R-012)."""
    at_home = result.test in HOME_TESTS
    return evidence.value("house_signals.home_strength_error" if at_home else "thorborg2010.hip_strength_variation")


def _number(result: TestResult | None, unit: str) -> float | None:
    if result is None or result.unit != unit or not isinstance(result.value, int | float):
        return None
    return float(result.value)


def _results(history: History, first: dt.date, last: dt.date) -> Iterator[TestResult]:
    for fact in between(history.assessments, first, last):
        yield from fact.entry.results
