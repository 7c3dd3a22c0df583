"""The whole journal, all runners and originals, in one archive; and back."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete

from gerdy.errors import JournalError
from gerdy.journal import box, sqlite
from gerdy.journal.export import contents, load_rows, unpack_files, verified_bodies
from gerdy.journal.rows import Runner, fields_of
from gerdy.journal.schema import EntryRow, OriginalRow, RunnerRow, VerdictRow
from gerdy.journal.statements import append_bodies, insert_runner

if TYPE_CHECKING:
    from pathlib import Path

    from gerdy.journal.store import Store

SCHEMA: Final = "gerdy/backup/1"


def backup(store: Store, to: Path) -> dict[str, Any]:
    """Write a backup and return its manifest; the same journal always gives the same bytes."""
    content: box.Content = {}
    runners = []
    for runner in store.runners():
        members, about = contents(store, runner, _prefix(runner.id))
        content |= members
        runners.append({"runner": fields_of(runner)} | about)
    manifest = {"schema": SCHEMA, "runners": runners}
    box.write_box(to, manifest, content)
    return manifest


def restore(store: Store, place: Path, *, replace: bool = False) -> dict[str, Any]:
    """Put a backup back, in one transaction.

    Parameters
    ----------
    store : an empty journal, or one that may be replaced
    replace : put it in place of what is there, of which a copy is made first

    Raises
    ------
    ArchiveInvalid : the backup is damaged or a chain does not verify; nothing was changed
    JournalError : the journal is not empty and `replace` was not said
    """
    before = store.runners()
    if before and not replace:
        raise JournalError(
            f"The journal in {store.home.root} holds {len(before)} runners. Restore into an empty folder "
            "(--store), or say --replace; a copy of what is there is made first."
        )
    with box.open_box(place, SCHEMA) as (manifest, archive):
        bodies = {
            one["runner"]["id"]: verified_bodies(archive, one["runner"]["id"], _prefix(one["runner"]["id"]))
            for one in manifest["runners"]
        }
        if before:
            backup(store, store.home.copies / f"before-restore-{store.clock():%Y%m%dT%H%M%S}.gerdy")
        for runner_id in bodies:
            unpack_files(store, archive, runner_id, _prefix(runner_id))
        with store.writing() as connection:
            sqlite.unguard_entries(connection)
            for table in (VerdictRow, OriginalRow, EntryRow, RunnerRow):
                connection.execute(delete(table))
            for one in manifest["runners"]:
                runner = Runner(**one["runner"])
                insert_runner(connection, runner)
                append_bodies(connection, runner.id, [body for _, body in bodies[runner.id]])
                load_rows(connection, archive, runner.id, _prefix(runner.id))
            sqlite.guard_entries(connection)
    _drop_files_of_others(store, before, set(bodies))
    return manifest


def _drop_files_of_others(store: Store, before: list[Runner], now: set[str]) -> None:
    for runner in before:
        if runner.id not in now:
            for folder in store.home.of_runner(runner.id):
                shutil.rmtree(folder, ignore_errors=True)


def _prefix(runner_id: str) -> str:
    return f"runners/{runner_id}/"
