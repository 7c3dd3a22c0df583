"""Erase a runner so that no byte stays: rows, pages, write-ahead log, originals, quarantine, cache and copies."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select

from gerdy.errors import JournalError
from gerdy.journal import sqlite
from gerdy.journal.originals import write_whole
from gerdy.journal.rows import Original, fields_of
from gerdy.journal.schema import EntryRow, OriginalRow, RunnerRow, VerdictRow
from gerdy.journal.statements import put_row

if TYPE_CHECKING:
    from pathlib import Path

    from gerdy.journal.rows import Runner
    from gerdy.journal.store import Store


def what_would_go(store: Store, runner: Runner) -> dict[str, Any]:
    """Count what an erasure would delete; automatic copies go too, because they hold the runner."""
    with store.reading() as connection:
        query = select(func.count()).select_from(EntryRow).where(EntryRow.runner_id == runner.id)
        entries = connection.execute(query).scalar_one()
    files = [file for folder in store.home.of_runner(runner.id) for file in _files(folder)]
    return {
        "runner": fields_of(runner),
        "entries": entries,
        "files": len(files),
        "copies": [file.name for file in _files(store.home.copies)],
    }


def erase(store: Store, runner: Runner) -> dict[str, Any]:
    """Erase a runner; the journals of others stay whole. Returns what went.

    A mark stands until the last byte is gone: an erasure that was killed is finished at the next start.
    Backups, exports and shares that were written elsewhere are the runner's own to delete.
    """
    gone = what_would_go(store, runner)
    write_whole(store.home.erase_mark, b"")
    with sqlite.translated(store.home.root):
        for folder in (*store.home.of_runner(runner.id), store.home.copies):
            if folder.exists():
                shutil.rmtree(folder)
    with store.writing() as connection:
        sqlite.unguard_entries(connection)
        for table in (VerdictRow, OriginalRow, EntryRow):
            connection.execute(delete(table).where(table.runner_id == runner.id))
        connection.execute(delete(RunnerRow).where(RunnerRow.id == runner.id))
        sqlite.guard_entries(connection)
    store.close()
    with sqlite.translated(store.home.root):
        sqlite.squeeze(store.home.database)
        store.home.erase_mark.unlink()
    return gone


def discard_originals(store: Store, runner: Runner) -> int:
    """Delete the kept files of a runner and keep their hashes; their runs can then not be computed again.

    Returns
    -------
    int
        How many files went.
    """
    kept = [row for row in store.originals(runner.id) if row.kept]
    with store.writing() as connection:
        for row in kept:
            gone = Original(row.sha256, row.content_sha256, row.name, row.size, kept=False)
            put_row(connection, OriginalRow, {"runner_id": runner.id} | fields_of(gone))
    folder = store.home.originals(runner.id)
    if folder.exists():
        with sqlite.translated(folder):
            shutil.rmtree(folder)
    return len(kept)


def refuse_unless_sure(*, sure: bool, runner: Runner) -> None:
    """Stop an erasure that nobody confirmed.

    Raises
    ------
    JournalError : it was not confirmed; nothing was erased
    """
    if not sure:
        raise JournalError(
            f"Nothing was erased. 'gerdy erase --runner {runner.name} --yes' erases; --dry-run shows what would go."
        )


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file()) if folder.exists() else []
