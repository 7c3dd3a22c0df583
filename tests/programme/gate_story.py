"""Turn a few written lines about training into records, for the tests of gates and phases."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gerdy.outlook import History, history_of
from gerdy.programme.gates import Scheme, standing
from gerdy.programme.gates.days import days_of
from gerdy.records import (
    CheckIn,
    DoneSet,
    Entry,
    MorningAnswer,
    PlannedSet,
    PlanVersion,
    Side,
    StrengthSession,
)

ZONE = dt.UTC
START = dt.date(2026, 1, 5)
"""Day 1, a Monday."""

STRENGTH = Scheme(exercise_id="E23", progression="PG-S", levels=(2, 3), loadable=True, easier=("E21",), harder=("E24",))
CONTROL = Scheme(exercise_id="E37", progression="PG-C", levels=(3, 4), easier=("E36",), harder=("E60",))
HOLD = Scheme(exercise_id="E67", progression="PG-I", levels=(2, 3), easier=("E66",), harder=("E68",))
JUMP = Scheme(exercise_id="E74", progression="PG-P", levels=(2, 2), easier=("E71",), harder=("E76",))
SCHEMES = {scheme.progression: scheme for scheme in (STRENGTH, CONTROL, HOLD, JUMP)}


def day(number: int) -> dt.date:
    """Return day 1, 2, … of the story."""
    return START + dt.timedelta(days=number - 1)


def at(number: int, hour: int = 18, zone: dt.tzinfo = ZONE) -> dt.datetime:
    return dt.datetime.combine(day(number), dt.time(hour), zone)


def head(number: int, name: str, hour: int = 18, **more: Any) -> dict[str, Any]:
    """Return what every entry carries; `entered` is the day on which it was typed in."""
    return {
        "id": more.get("id", f"{name}-{number}-{hour}"),
        "runner_id": more.get("runner", "me"),
        "event_time": at(number, hour),
        "entered_at": at(more.get("entered", number), hour),
    }


def target(scheme: Scheme = STRENGTH, number: int = 1, **more: Any) -> PlannedSet:
    """Return the prescription of the story: 3 × 8–10 with 20 kg, 3 × 30 s, or 3 × 10 landings."""
    dose: dict[str, Any] = {
        "PG-S": {"reps": (8, 10), "load_kg": 20.0},
        "PG-C": {"reps": (5, 8)},
        "PG-I": {"seconds": 30.0},
        "PG-P": {"reps": (10, 10)},
    }[scheme.progression]
    return PlannedSet(date=day(number), exercise_id=scheme.exercise_id, **({"sets": 3} | dose | more))


def good_set(scheme: Scheme = STRENGTH, side: Side = Side.RIGHT, **more: Any) -> DoneSet:
    """Return a set that shows all that its progression asks; `more` changes a field."""
    dose: dict[str, Any] = {
        "PG-S": {"reps": 10, "load_kg": 20.0, "rir": 2.0},
        "PG-C": {"reps": 8, "clean_reps": 8, "filmed": True},
        "PG-I": {"seconds": 30.0, "rpe": 7.0},
        "PG-P": {"contacts": 10, "clean_reps": 10, "filmed": True},
    }[scheme.progression]
    given = {"pain": 0.0, "target": target(scheme)} | dose | more
    return DoneSet(exercise_id=scheme.exercise_id, side=side, **given)


def session(number: int, *sets: DoneSet, scheme: Scheme = STRENGTH, hour: int = 18, **more: Any) -> StrengthSession:
    """Return a session of three good sets, or of the sets that are given."""
    return StrengthSession(**head(number, "session", hour, **more), sets=sets or (good_set(scheme),) * 3)


def morning(number: int, stairs: float = 0.0, usual: float | None = 0.0, **more: Any) -> MorningAnswer:
    return MorningAnswer(**head(number, "morning", 7, **more), stairs_down=stairs, baseline=usual, side=Side.RIGHT)


def good_day(number: int, scheme: Scheme = STRENGTH) -> list[Entry]:
    """Return a good session and the good morning after it."""
    return [session(number, scheme=scheme), morning(number + 1)]


def check_in(number: int, **more: Any) -> CheckIn:
    return CheckIn(**head(number, "check-in", 8), **more)


def plan(number: int, version: int, rows: list[PlannedSet], *, until: int = 60) -> PlanVersion:
    return PlanVersion(
        **head(number, f"plan{version}", 6),
        plan_id="p",
        version=version,
        phase="P2",
        starts=day(1),
        ends=day(until),
        sets=tuple(rows),
    )


def told(*entries: Entry | list[Entry], zone: dt.tzinfo = ZONE) -> History:
    """Return the history of some entries and lists of entries."""
    flat = [e for one in entries for e in (one if isinstance(one, list) else [one])]
    return history_of(flat, "me", zone)


def stand(history: History, on: int, scheme: Scheme = STRENGTH, side: Side = Side.RIGHT):
    """Return where an exercise stands at the end of a day of the story."""
    return standing(days_of(history, day(on)), scheme, side)
