"""The journal: one file that keeps what was done and how it felt, and the originals beside it.

``open_store(folder)`` gives a `Store`; ``store.records(runner.id)`` gives the facts as they stand today.
Entries are only ever added; a correction is a new entry that names what it corrects.
"""

from __future__ import annotations

from gerdy.journal.folder import Home, default_home
from gerdy.journal.opening import open_store
from gerdy.journal.rows import Runner
from gerdy.journal.state import DayState, day_state
from gerdy.journal.store import Store

__all__ = ["DayState", "Home", "Runner", "Store", "day_state", "default_home", "open_store"]
