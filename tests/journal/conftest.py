"""A fresh journal with a clock and ids that the test decides."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import TYPE_CHECKING

import pytest

from activity_files import NOW
from gerdy.journal import Store, open_store
from gerdy.journal.importing import Importer, Wishes
from gerdy.journal.sources import sources

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def open_at():
    """Open a journal whose clock ticks one second per look and whose ids are counted."""
    opened = []

    def open_journal(folder: Path, prefix: str = "id", **options) -> Store:
        seconds, numbers = count(), count(1)
        store = open_store(
            folder,
            clock=lambda: NOW + dt.timedelta(seconds=next(seconds)),
            new_id=lambda: f"{prefix}{next(numbers)}",
            **options,
        )
        opened.append(store)
        return store

    yield open_journal
    for store in opened:
        store.close()


@pytest.fixture
def store(tmp_path, open_at) -> Store:
    """Give an empty journal."""
    return open_at(tmp_path / "home")


@pytest.fixture
def me(store):
    """Give the runner of the journal."""
    return store.ensure_runner("me")


@pytest.fixture
def take(store, me):
    """Import paths for the runner; returns the verdicts in order."""

    def importer(*paths: Path, **wishes):
        how = Wishes(**({"zone": dt.UTC} | wishes))
        return [v for some in Importer(store, me, how).files(sources(paths)) for v in some]

    return importer


@pytest.fixture
def put(tmp_path):
    """Write files into a folder and return it."""

    def writer(folder: str = "in", **files: bytes) -> Path:
        place = tmp_path / folder
        for name, content in files.items():
            target = place / name.replace("__", "/").replace("_dot_", ".")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        return place

    return writer
