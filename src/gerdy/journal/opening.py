"""Open a journal: make it, bring it up to date, finish an erasure that was killed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from gerdy.errors import JournalError
from gerdy.journal import sqlite, upgrade
from gerdy.journal.folder import Home, default_home
from gerdy.journal.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def open_store(
    folder: Path | Home | None = None,
    *,
    create: bool = True,
    clock: Callable[[], datetime] | None = None,
    new_id: Callable[[], str] | None = None,
) -> Store:
    """Open the journal of a folder, made where there is none.

    Parameters
    ----------
    folder : the data folder; None for ``GERDY_HOME`` or the platform's
    create : False refuses a folder without a journal, as reading verbs do
    clock, new_id : for tests and replays; by default the system clock and random ids

    Raises
    ------
    StoreBlocked : the folder cannot be written
    StoreNewer : a newer gerdy wrote it
    StoreDamaged : the file is not a journal
    JournalError : there is none and `create` is False
    """
    home = folder if isinstance(folder, Home) else default_home(folder)
    if not create and not home.database.exists():
        raise JournalError(
            f"There is no journal in {home.root} yet. 'gerdy log' or 'gerdy import' makes one; "
            "--store names another folder."
        )
    clock = clock or _now
    with sqlite.translated(home.root):
        # Health data: a folder that gerdy makes is closed to the other accounts of the machine.
        home.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        engine = sqlite.engine_for(home.database)
        upgrade.bring_up_to_date(engine, home, clock())
        if home.erase_mark.exists():
            engine.dispose()
            sqlite.squeeze(home.database)
            home.erase_mark.unlink()
    return Store(engine, home, clock=clock, new_id=new_id or _fresh_id)


def _now() -> datetime:
    return datetime.now(UTC)


def _fresh_id() -> str:
    return uuid4().hex
