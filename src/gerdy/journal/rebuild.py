"""Compute every imported run again from its original and say whether it comes out the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from gerdy.errors import StoreDamaged
from gerdy.journal import originals
from gerdy.journal.derive import DERIVED, derived
from gerdy.recordings.activities import members, read_activities
from gerdy.records import Obtained, Run

if TYPE_CHECKING:
    from collections.abc import Callable

    from gerdy.journal.rows import Runner
    from gerdy.journal.store import Store

_COMPARED = tuple(name for name in DERIVED if name != "sport")
"""Not the sport: a runner may have said it where the file did not."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came of one run.

    Parameters
    ----------
    entry : its id
    outcome : ``identical``, ``changed`` or ``not recomputable``
    fields : names of the fields that differ
    reason : why it cannot be computed again
    """

    entry: str
    outcome: str
    fields: tuple[str, ...] = ()
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the entry of ``runs`` in ``gerdy rebuild --json``."""
        return {
            "entry": self.entry,
            "outcome": self.outcome,
            "fields": list(self.fields),
            "reason": self.reason,
        }


def rebuild(
    store: Store, runner: Runner, *, keep: bool = True, seen: Callable[[int, int], None] | None = None
) -> list[Rebuilt]:
    """Compute all imported runs again; one that differs gets a correction.

    Parameters
    ----------
    keep : False only reports
    seen : told (done, all) after each run
    """
    runs = [r for r in store.records(runner.id, kinds=(Run.kind,)) if isinstance(r, Run) and _from_a_file(r)]
    kept = {row.sha256 for row in store.originals(runner.id) if row.kept}
    found = []
    for count, run in enumerate(runs, start=1):
        found.append(_one(store, runner, run, kept, keep=keep))
        if seen is not None:
            seen(count, len(runs))
    return found


def _from_a_file(run: Run) -> bool:
    # What a runner corrected by hand is theirs; the file does not overrule it.
    return run.original is not None and run.obtained is Obtained.IMPORTED


def _one(store: Store, runner: Runner, run: Run, kept: set[str], *, keep: bool) -> Rebuilt:
    if run.original not in kept:
        return Rebuilt(run.id, "not recomputable", reason="The original was discarded or is on another machine.")
    try:
        again = _again(store, runner, run)
    except StoreDamaged as error:
        return Rebuilt(run.id, "not recomputable", reason=str(error))
    if again is None:
        return Rebuilt(run.id, "not recomputable", reason="The original holds no such activity any more.")
    differ = tuple(name for name in (*_COMPARED, "problems") if getattr(run, name) != getattr(again, name))
    if not differ:
        return Rebuilt(run.id, "identical")
    if keep:
        store.add(replace(again, id=store.new_id(), corrects=run.id, entered_at=store.clock(), by="gerdy"))
    return Rebuilt(run.id, "changed", differ)


def _again(store: Store, runner: Runner, run: Run) -> Run | None:
    stored = originals.fetch(store.home.originals(runner.id), str(run.original))
    member = next(iter(members(str(run.original), stored)))
    found = read_activities(member.name, member.content, now=run.entered_at).activities
    if run.original_part >= len(found):
        return None
    return replace(run, **derived(found[run.original_part]) | {"sport": run.sport})
