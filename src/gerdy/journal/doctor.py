"""Is the journal whole? Each check says what it looked at and what it found; nothing is repaired in silence."""

from __future__ import annotations

import json
import platform
import shutil
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gerdy.errors import GerdyError
from gerdy.journal import chain, originals, sqlite, upgrade
from gerdy.records import from_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gerdy.journal.rows import Runner
    from gerdy.journal.store import Store


@dataclass(frozen=True, slots=True)
class Check:
    """One look.

    Parameters
    ----------
    name : what was looked at
    ok : whether it is as it should be
    detail : what was found
    """

    name: str
    ok: bool
    detail: str

    def to_json(self) -> dict[str, Any]:
        """Return the entry of ``checks`` in ``gerdy doctor --json``."""
        return {"name": self.name, "ok": self.ok, "detail": self.detail}


def examine(store: Store, version: str = "") -> Iterator[Check]:
    """Yield every check, for the machine first and then runner by runner.

    Parameters
    ----------
    version : of gerdy, to be named
    """
    versions = f"gerdy {version}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    yield Check("versions", ok=True, detail=versions)
    free = shutil.disk_usage(store.home.root).free / 1e9
    yield Check("data folder", ok=True, detail=f"{store.home.root}, {free:.1f} GB free")
    seen = upgrade.schema_version(store.engine)
    yield Check("schema", seen == upgrade.HEAD, f"{seen}, this gerdy knows {upgrade.HEAD}")
    with store.reading() as connection:
        problems, guarded = sqlite.page_problems(connection), sqlite.is_guarded(connection)
    yield Check("pages", not problems, "; ".join(problems[:3]) or "SQLite's integrity check found nothing")
    yield Check("append-only", guarded, "entries are protected" if guarded else "the protection is missing")
    for runner in store.runners():
        yield from _runner(store, runner)


def _runner(store: Store, runner: Runner) -> Iterator[Check]:
    links = store.chain(runner.id)
    wrong = chain.broken_at(runner.id, links)
    found = f"{len(links)} entries verify" if wrong is None else f"entry {wrong} of {len(links)} was changed"
    yield Check(f"chain of {runner.name}", wrong is None, found)
    unreadable = [position for position, (body, _, _) in enumerate(links, 1) if not _reads(body)]
    detail = f"entries {unreadable[:5]} cannot be read" if unreadable else "all can be read"
    yield Check(f"entries of {runner.name}", not unreadable, detail)
    yield _originals(store, runner)


def _reads(body: str) -> bool:
    try:
        from_json(json.loads(body))
    except (GerdyError, ValueError):
        return False
    return True


def _originals(store: Store, runner: Runner) -> Check:
    folder, wrong = store.home.originals(runner.id), []
    rows = store.originals(runner.id)
    for row in (row for row in rows if row.kept):
        try:
            originals.fetch(folder, row.sha256)
        except GerdyError as error:
            wrong.append(f"{row.name}: {error}")
    spare = set(originals.present(folder)) - {row.sha256 for row in rows if row.kept}
    detail = f"{sum(row.kept for row in rows)} files are as they came, {sum(not row.kept for row in rows)} discarded"
    if spare:
        # An import that was killed leaves a file whose row was not written; the next import adopts it.
        detail += f", {len(spare)} left by an import that was cut off"
    return Check(f"originals of {runner.name}", not wrong, "; ".join(wrong[:3]) or detail)
