"""Everything that is true of SQLite only; a second database would bring a sibling of this module.

Write-ahead log, so that readers never wait; ``synchronous=FULL``, so that a commit that returned survives a
power cut; ``secure_delete``, so that what is erased is overwritten.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import URL, create_engine, event
from sqlalchemy.exc import DatabaseError

from gerdy.errors import JournalError, StoreBlocked, StoreDamaged

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine

BUSY_MS: Final = 10_000
"""How long to wait for another gerdy before saying that the journal is in use."""

_PRAGMAS: Final = (
    f"PRAGMA busy_timeout={BUSY_MS}",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
)

_APPEND_ONLY: Final = {
    "entries_never_change": "CREATE TRIGGER {name} BEFORE UPDATE ON entries BEGIN "
    "SELECT RAISE(ABORT, 'entries are append-only; add a correction'); END",
    "entries_never_go": "CREATE TRIGGER {name} BEFORE DELETE ON entries BEGIN "
    "SELECT RAISE(ABORT, 'entries are append-only; erase the runner'); END",
}

WRITING: Final = "gerdy_writing"
"""Execution option of a connection that will write, so that it takes its lock first."""


def engine_for(database: Path) -> Engine:
    """Return an engine for the journal file, which is made where it is missing."""
    engine = create_engine(URL.create("sqlite", database=str(database)))
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    # The driver's own transactions begin too late for IMMEDIATE; `_begin` opens them instead.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma).close()


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def guard_entries(connection: Connection) -> None:
    """Refuse changes and deletions of entries from here on."""
    for name, statement in _APPEND_ONLY.items():
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.exec_driver_sql(statement.format(name=name))


def unguard_entries(connection: Connection) -> None:
    """Allow deletions inside this transaction, for an erasure."""
    for name in _APPEND_ONLY:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")


def is_guarded(connection: Connection) -> bool:
    """Whether entries are protected against change."""
    found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type='trigger'").scalars()
    return set(_APPEND_ONLY) <= set(found)


def squeeze(database: Path) -> None:
    """Rewrite the file without free pages and empty the write-ahead log, so that no deleted byte stays."""
    with closing(sqlite3.connect(database, isolation_level=None, timeout=BUSY_MS / 1000)) as connection:
        connection.execute("PRAGMA secure_delete=ON").close()
        connection.execute("PRAGMA temp_store=MEMORY").close()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        connection.execute("VACUUM").close()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()


def page_problems(connection: Connection) -> list[str]:
    """Return what SQLite's own integrity check finds; empty where all is well."""
    found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    return [] if list(found) == ["ok"] else [str(line) for line in found]


def copy_database(database: Path, to: Path) -> None:
    """Copy a journal that may be in use; what was committed is in the copy."""
    to.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)


@contextmanager
def translated(place: Path) -> Iterator[None]:
    """Turn what SQLite and the system say into one sentence with a way out.

    Raises
    ------
    StoreBlocked : the folder is full, read-only or in use
    StoreDamaged : the file is not a journal, or its pages are broken
    """
    try:
        yield
    except (DatabaseError, sqlite3.Error) as error:
        raise _meaning(str(getattr(error, "orig", error)), place) from error
    except OSError as error:
        raise _meaning(error.strerror or str(error), place) from error


def _meaning(said: str, place: Path) -> JournalError:
    words = said.lower()
    if "append-only" in words:
        return JournalError(f"{said[0].upper()}{said[1:]}.")
    if any(w in words for w in ("full", "no space", "too large", "quota", "disk i/o")):
        return StoreBlocked(
            f"Nothing more can be written to {place} ({said}); everything entered before is safe. "
            "Make room and run the command again."
        )
    if any(w in words for w in ("readonly", "read-only", "permission", "unable to open", "not a directory")):
        return StoreBlocked(
            f"The data folder {place} cannot be written ({said}). Allow writing to it, or name another with "
            "--store or GERDY_HOME."
        )
    if "locked" in words or "busy" in words:
        return StoreBlocked(f"The journal in {place} is in use by another gerdy ({said}). Wait and try again.")
    return StoreDamaged(
        f"The journal in {place} cannot be read as it was written ({said}). Run 'gerdy doctor', then "
        "'gerdy restore' with your last backup."
    )
