"""The planner: one week, and a year of weeks planned again one after the other."""

from __future__ import annotations

import datetime as dt
import statistics
import time
from typing import TYPE_CHECKING

from benchmarks.rows import Row
from gerdy.programme.week import (
    JumpDemand,
    MobilityDemand,
    RunDemand,
    RunKind,
    StrengthDemand,
    Week,
    WeekDemand,
    plan_week,
)
from gerdy.records import DayWish, Wishes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MONDAY = dt.date(2026, 1, 5)
NOW = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
WEEKS = 52


def run() -> list[Row]:
    """Measure one full week, and 52 in a row with a wish that changes every week."""
    everyday = _wishes(range(7))
    _seconds(lambda: plan_week(_demand(0), everyday))
    one = statistics.median(_seconds(lambda: plan_week(_demand(0), everyday)) for _ in range(5))
    return [
        Row("a week: 3 lifts, 2 jumps, 4 runs, ankle work", one, "s", goal="1 s"),
        Row("52 weeks, each from the last, wishes changing", _seconds(_year), "s", goal="10 s"),
    ]


def _year() -> None:
    previous: Week | None = None
    for week in range(WEEKS):
        previous = plan_week(_demand(week), _wishes(day for day in range(7) if day != week % 5), previous)


def _demand(week: int) -> WeekDemand:
    kinds = (RunKind.EASY, RunKind.EASY, RunKind.QUALITY, RunKind.LONG)
    return WeekDemand(
        starts=MONDAY + dt.timedelta(weeks=week),
        strength=tuple(StrengthDemand(key=f"strength {n}", minutes=35, heavy=n < 2) for n in range(3)),
        jumps=tuple(JumpDemand(key=f"jumps {n}", minutes=5) for n in range(2)),
        runs=tuple(RunDemand(key=f"run {n}", kind=kind, minutes=45) for n, kind in enumerate(kinds)),
        mobility=(MobilityDemand(key="ankle", minutes=8, days=5, at_least=3),),
    )


def _wishes(days: Iterable[int]) -> Wishes:
    named = tuple(DayWish(weekday=day, minutes=60) for day in days)
    return Wishes(id="w", runner_id="r", event_time=NOW, entered_at=NOW, days=named, long_run_weekday=6)


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
