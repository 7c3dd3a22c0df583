"""The questions that an import left open, and the runner's answers. An answer is a correction, never a change."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from gerdy.errors import JournalError
from gerdy.journal import chain
from gerdy.journal.duplicates import find_match, shape_of
from gerdy.journal.verdicts import Outcome, Verdict
from gerdy.records import Run, RunStatus

if TYPE_CHECKING:
    from datetime import datetime

    from gerdy.journal.rows import Judged, Runner
    from gerdy.journal.store import Store

_OPEN = (RunStatus.POSSIBLE_DUPLICATE, RunStatus.NEEDS_DATE)


def open_questions(store: Store, runner: Runner) -> list[Run]:
    """Return the runs that do not count until the runner has said what they are."""
    runs = store.records(runner.id, kinds=(Run.kind,))
    return [run for run in runs if isinstance(run, Run) and run.status in _OPEN]


def settle(store: Store, runner: Runner, entry_id: str, *, same: bool, by: str = "me") -> Run:
    """Say whether a possible duplicate is the same run; the same one stays linked and uncounted.

    Raises
    ------
    EntryUnknown, JournalError : no such entry, or it asks nothing of this kind
    """
    run = _open_run(store, runner, entry_id)
    if run.duplicate_of is None:
        raise JournalError(f"Run '{entry_id}' repeats no other run; there is nothing to resolve.")
    status = RunStatus.DUPLICATE if same else RunStatus.COUNTED
    linked = run.duplicate_of if same else None
    return _correct(store, runner, replace(run, status=status, duplicate_of=linked, by=by))


def give_date(store: Store, runner: Runner, entry_id: str, start: datetime, *, by: str = "me") -> Run:
    """Give an undated run its start; it is then compared with the others like any new run.

    Raises
    ------
    EntryUnknown, JournalError : no such entry, or it has a date
    """
    run = _open_run(store, runner, entry_id)
    if run.status is not RunStatus.NEEDS_DATE:
        raise JournalError(f"Run '{entry_id}' has a date ({run.event_time}); correct it with 'gerdy log run'.")
    dated = replace(run, event_time=start, status=RunStatus.COUNTED, by=by)
    others = (one for one in store.records(runner.id, kinds=(Run.kind,)) if one.id != entry_id)
    shapes = (shape_of(one) for one in others if isinstance(one, Run))
    shape = shape_of(dated)
    match = find_match(shape, (s for s in shapes if s is not None)) if shape is not None else None
    if match is not None:
        dated = replace(dated, status=match.status, duplicate_of=match.of)
    return _correct(store, runner, dated)


def _open_run(store: Store, runner: Runner, entry_id: str) -> Run:
    run = store.entry(runner.id, entry_id)
    current = {one.id for one in store.records(runner.id, kinds=(Run.kind,))}
    if not isinstance(run, Run) or run.id not in current:
        raise JournalError(
            f"Entry '{entry_id}' is not a run that stands; see the open ones with 'gerdy import --resolve'."
        )
    return run


def _correct(store: Store, runner: Runner, run: Run) -> Run:
    corrected = replace(run, id=store.new_id(), corrects=run.id, entered_at=store.clock())
    rows = [_answered(row, corrected) for row in store.verdicts(runner.id) if row.entry_id == run.id]
    store.write(runner.id, entries=[corrected], verdicts=rows)
    return corrected


def _answered(row: Judged, run: Run) -> Judged:
    """Return the verdict as it stands after the answer, so that a second import asks no more."""
    outcome = Outcome.IMPORTED if run.status is RunStatus.COUNTED else Outcome(run.status.value)
    verdict = replace(
        Verdict.from_json(json.loads(row.body)),
        verdict=outcome,
        reason="Resolved by the runner.",
        entry=run.id,
        same_as=run.duplicate_of,
        start=run.event_time.isoformat() if run.event_time else None,
    )
    return replace(row, verdict=outcome.value, body=chain.canonical(verdict.to_json()), entry_id=run.id)
