"""A runner's record from the first sheet on, for the tests of phases, overrides and the whole state."""

from __future__ import annotations

import datetime as dt
from typing import Any

from assess.cases import sheet
from gerdy.assess.entries import assessment_from
from gerdy.outlook import History, history_of
from gerdy.programme.safety import judged
from gerdy.programme.state import ProgrammeState, programme_state
from gerdy.records import (
    Assessment,
    CheckIn,
    Clearance,
    DayWish,
    Discharge,
    DoneSet,
    Entry,
    Override,
    PainEntry,
    PainMoment,
    Role,
    Run,
    Side,
    StrengthSession,
    TestResult,
    Wishes,
)
from programme.gate_story import ZONE, day, good_set, head, morning, session

READY = {
    "scores": {"uwri": 20, "ostrc": 20, "confidence": 8},
    "tests": {
        "single_leg_squat": {"pain": {"left": 1, "right": 1}},
        "hops_in_place": {"unit": "points of 10", "left": 1, "right": 1},
        "single_hop": {"unit": "cm", "left": 120, "right": 120},
    },
}
"""What the neutral sheet lacks for readiness and for the later exits."""


def written(number: int, change: dict[str, Any] | None = None, name: str = "neutral_woman") -> Assessment:
    """Return a complete sheet of a day."""
    table = sheet(name, change) | {"date": day(number).isoformat()}
    return assessment_from(table, f"sheet-{number}", dt.datetime.combine(day(number), dt.time(12), ZONE), "me")


def walk(number: int, pain: float = 0.0) -> PainEntry:
    return felt(number, pain, activity="walk 30 min", moment=PainMoment.DURING)


def felt(number: int, pain: float, **more: Any) -> PainEntry:
    given = {"moment": PainMoment.NOW, "side": Side.RIGHT} | more
    return PainEntry(**head(number, f"pain-{given.get('activity')}", 15), score=pain, **given)


def run(number: int, minutes: float, pain: float = 0.0, km: float | None = None) -> list[Entry]:
    """Return a run, what was felt in it, and a quiet morning after it."""
    done = Run(**head(number, "run", 9), moving_s=minutes * 60, distance_m=1000 * (km or minutes / 6))
    return [done, felt(number, pain, activity=done.id, moment=PainMoment.DURING, settled_min=0.0), morning(number + 1)]


def weekly(number: int, **scores: float) -> CheckIn:
    return CheckIn(**head(number, "scores", 8), questionnaires=tuple(scores.items()))


def goal(number: int, km: float) -> Wishes:
    return Wishes(**head(number, "wishes", 5), days=(DayWish(weekday=0, minutes=40.0),), long_run_km=km)


def handed(number: int, *, allowed: bool | None = None, results: tuple[TestResult, ...] = ()) -> Discharge:
    return Discharge(
        **head(number, "discharge", 7), told="You can run again.", running_allowed=allowed, results=results
    )


def cleared(number: int, *opens: str) -> Clearance:
    return Clearance(
        **head(number, "clearance", 7), opens=opens, who="A. Berg", profession="physician", examined="knee and hip"
    )


def override(number: int, gate: str, to: str, role: Role = Role.COACH, **more: Any) -> Override:
    fields = {"reason": "I watched her"} | more
    return Override(**head(number, f"override-{gate}-{to}", 5), gate=gate, to=to, role=role, **fields)


def loaded_control(number: int) -> StrengthSession:
    """Return a control exercise done clean on both sides with 6 of 60 kg."""
    done = DoneSet(exercise_id="E31", reps=5, clean_reps=5, load_kg=6.0, pain=0.0, filmed=True)
    return StrengthSession(**head(number, "control", 17), sets=(done, done))


def settling() -> list[Entry]:
    """Return days 1 to 7 as P1 asks: walks, quiet mornings and six sessions."""
    entries: list[Entry] = [walk(n) for n in (2, 4, 6)]
    for number in range(1, 8):
        entries.append(morning(number))
        if number < 7:
            entries.append(session(number, good_set(side=Side.BOTH)))
    return entries


def told_by(*entries: Entry | list[Entry]) -> History:
    flat = [e for one in entries for e in (one if isinstance(one, list) else [one])]
    return history_of(flat, "me", ZONE)


def state(history: History, on: int) -> ProgrammeState:
    return programme_state(history, judged(history, day(on)), day(on))


def phases(history: History, *days: int) -> list[str | None]:
    """Return the phase at the end of some days."""
    found = [state(history, on).phase for on in days]
    return [None if one is None else one.phase for one in found]
