"""Build ``first/`` and ``first-export.zip``: a journal and an export as the first release wrote them, kept for ever.

Run once with the release it is named after (``python tests/legacy/build_first.py``) and commit the result; the
builder refuses to write over it, because a file made by a later release would prove nothing.
"""

from __future__ import annotations

import datetime as dt
import sys
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from activity_files import fit, straight_run
from gerdy.journal import open_store
from gerdy.journal.export import export
from gerdy.journal.importing import Importer, Wishes
from gerdy.journal.sources import Source
from gerdy.records import (
    Assessment,
    CheckIn,
    Decision,
    DecisionEntry,
    DoneSet,
    MorningAnswer,
    Note,
    PainEntry,
    PainMoment,
    PlannedRun,
    PlannedSet,
    PlanVersion,
    Reason,
    RecordingEntry,
    Run,
    Side,
    StrengthSession,
    TestResult,
)

FOLDER = Path(__file__).parent / "first"
EXPORT = Path(__file__).parent / "first-export.zip"
WHEN = dt.datetime(2026, 11, 20, 7, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))


def facts(owner: str) -> list:
    """Give one entry of every kind, with every field filled that a runner can fill."""

    def head(entry_id: str) -> dict:
        return {"id": entry_id, "runner_id": owner, "event_time": WHEN, "entered_at": WHEN}

    return [
        Run(**head("run"), distance_m=8000.0, moving_s=2700.0, treadmill=False, surface="road"),
        StrengthSession(**head("strength"), sets=(DoneSet(exercise_id="E60", side=Side.LEFT, reps=10, load_kg=20.0),)),
        PainEntry(**head("pain"), score=2, moment=PainMoment.DURING, side=Side.RIGHT, activity="run"),
        PainEntry(
            **head("pain-2"), score=3, moment=PainMoment.DURING, side=Side.RIGHT, activity="run", corrects="pain"
        ),
        MorningAnswer(**head("morning"), stairs_down=1, side=Side.RIGHT),
        CheckIn(**head("check-in"), sleep_h=7.5, ill=False, questionnaires=(("OSTRC", 0.0),)),
        Assessment(**head("assessment"), results=(TestResult(test="lunge", side=Side.LEFT, value=41.0, unit="deg"),)),
        RecordingEntry(**head("recording"), files={"run.c3d": "00" * 32}, analysis={"schema": "gerdy/analyze/1"}),
        PlanVersion(
            **head("plan"),
            plan_id="spring",
            version=1,
            phase="P2",
            starts=WHEN.date(),
            ends=WHEN.date() + dt.timedelta(days=28),
            runs=(PlannedRun(date=WHEN.date(), km=5.0),),
            sets=(PlannedSet(date=WHEN.date(), exercise_id="E60", sets=3, reps=(8, 12)),),
        ),
        DecisionEntry(
            **head("decision"),
            decision=Decision(outcome="hold", rule="R-064", reasons=(Reason(text="longer than 30 days' longest"),)),
        ),
        Note(**head("note"), text="čevlji – novi, 新しい靴"),
    ]


def build(folder: Path) -> None:
    """Write the journal with a fixed clock and counted ids."""
    seconds, numbers = count(), count(1)
    store = open_store(
        folder, clock=lambda: WHEN + dt.timedelta(seconds=next(seconds)), new_id=lambda: f"first-{next(numbers)}"
    )
    owner = store.ensure_runner("me")
    store.add(*facts(owner.id))
    file = folder / "a.fit"
    file.write_bytes(fit(straight_run(km=1), local_offset_h=2))
    list(Importer(store, owner, Wishes()).files([Source(file, "a.fit")]))
    file.unlink()
    export(store, owner, EXPORT)
    store.close()


if __name__ == "__main__":
    if FOLDER.exists():
        sys.exit(f"{FOLDER} is there; it is kept as the first release wrote it.")
    build(FOLDER)
