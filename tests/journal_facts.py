"""Small facts for the tests of the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activity_files import NOW, START
from gerdy.records import CheckIn, DoneSet, Note, PainEntry, PainMoment, Run, Side, StrengthSession

if TYPE_CHECKING:
    import datetime as dt


def note(entry_id: str, runner_id: str, text: str = "hello", when: dt.datetime | None = START, **more) -> Note:
    return Note(id=entry_id, runner_id=runner_id, event_time=when, entered_at=NOW, text=text, **more)


def run(entry_id: str, runner_id: str, when: dt.datetime | None = START, km: float = 5.0, **more) -> Run:
    given = {"distance_m": km * 1000, "elapsed_s": km * 360, "moving_s": km * 360} | more
    return Run(id=entry_id, runner_id=runner_id, event_time=when, entered_at=NOW, **given)


def pain(entry_id: str, runner_id: str, score: float = 2, when: dt.datetime = START, **more) -> PainEntry:
    given = {"moment": PainMoment.DURING, "side": Side.RIGHT} | more
    return PainEntry(id=entry_id, runner_id=runner_id, event_time=when, entered_at=NOW, score=score, **given)


def check_in(entry_id: str, runner_id: str, when: dt.datetime = START) -> CheckIn:
    return CheckIn(id=entry_id, runner_id=runner_id, event_time=when, entered_at=NOW, sleep_h=7.5)


def strength(entry_id: str, runner_id: str, when: dt.datetime = START, sets: int = 12) -> StrengthSession:
    done = tuple(DoneSet(exercise_id=f"E{60 + i % 4}", reps=8, load_kg=20.0) for i in range(sets))
    return StrengthSession(id=entry_id, runner_id=runner_id, event_time=when, entered_at=NOW, sets=done)
