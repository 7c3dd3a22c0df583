"""A runner's diary in short: a run with its answers is one line, and becomes the records that gerdy keeps."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from gerdy.outlook import history_of
from gerdy.records import (
    CheckIn,
    Entry,
    MorningAnswer,
    PainEntry,
    PainMoment,
    PlannedRun,
    PlanVersion,
    Run,
    Side,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gerdy.outlook import History

ZONE = dt.UTC
START = dt.date(2026, 3, 1)
SINCE = START + dt.timedelta(days=1)
"""Day 1, on which the diary and the ladder begin."""


def day(number: int) -> dt.date:
    """Return day 1, 2, … of the diary."""
    return START + dt.timedelta(days=number)


def at(number: int, hour: float = 7.0) -> dt.datetime:
    """Return an hour of a day of the diary."""
    return dt.datetime.combine(day(number), dt.time(int(hour), round(hour % 1 * 60)), ZONE)


def head(number: int, name: str, hour: float = 7.0, runner: str = "me") -> dict[str, Any]:
    """Return what every entry carries."""
    moment = at(number, hour)
    return {"id": f"{name}-{number}-{hour:g}", "runner_id": runner, "event_time": moment, "entered_at": moment}


def session(
    number: int,
    minutes: float | None = 60,
    pain: float | None = 0,
    morning: float | None = 0,
    *,
    km: float | None = None,
    usual: float | None = None,
    settled: float | None = None,
    limp: bool | None = None,
    hour: float = 7.0,
    runner: str = "me",
    **run: Any,
) -> list[Entry]:
    """Return a run on a day, the pain in it and the morning after; None leaves an answer out."""
    done = Run(
        **head(number, "run", hour, runner),
        moving_s=None if minutes is None else minutes * 60,
        distance_m=None if km is None else km * 1000,
        **run,
    )
    found: list[Entry] = [done]
    if pain is not None:
        felt = PainEntry(
            **head(number, "pain", hour + 0.5, runner),
            score=pain,
            moment=PainMoment.DURING,
            side=Side.RIGHT,
            activity=done.id,
            settled_min=settled,
            gait_changed=limp,
        )
        found.append(felt)
    return found if morning is None else [*found, morning_after(number, morning, usual, runner)]


def morning_after(number: int, stairs: float, usual: float | None = None, runner: str = "me") -> MorningAnswer:
    """Return the answer on the morning after day `number`."""
    return MorningAnswer(
        **head(number + 1, "morning", 6.0, runner), stairs_down=stairs, side=Side.RIGHT, baseline=usual
    )


def walk(number: int, pain: float = 0, morning: float | None = 0) -> list[Entry]:
    """Return a walk with its answers; the journal holds it as an answer about a walk."""
    said = PainEntry(
        **head(number, "walk", 8), score=pain, moment=PainMoment.DURING, side=Side.RIGHT, activity="walk 30 min"
    )
    return [said] if morning is None else [said, morning_after(number, morning)]


def medicine(number: int) -> CheckIn:
    """Return a day on which something against pain was taken."""
    return CheckIn(**head(number, "check-in", 5), pain_medicine=True)


def plan(number: int, days: Iterable[int], stage: str, version: int = 1) -> PlanVersion:
    """Return a plan, made on a day, that asks for one stage on some days."""
    runs = tuple(PlannedRun(date=day(n), target=stage) for n in days)
    fields = head(number, f"plan-{version}", 4)
    return PlanVersion(
        **fields, plan_id="p", version=version, phase="P3", starts=day(number), ends=day(number + 28), runs=runs
    )


def diary(*parts: Entry | Iterable[Entry], zone: dt.tzinfo = ZONE) -> History:
    """Return the history of some entries."""
    return history_of(written(*parts), "me", zone)


def written(*parts: Entry | Iterable[Entry]) -> list[Entry]:
    """Return all entries in the order in which they were given."""
    return [entry for part in parts for entry in ([part] if isinstance(part, Entry) else part)]


def greens(first: int, count: int, *, every: int = 2, minutes: float = 60) -> list[Entry]:
    """Return green sessions on every second day."""
    return [entry for n in range(count) for entry in session(first + n * every, minutes)]
