"""Motion recordings in the journal: files as they came, of a video only the hash."""

from __future__ import annotations

import json
from hashlib import file_digest, sha256
from typing import TYPE_CHECKING, Any, Final

from gerdy.errors import FileUnreadable
from gerdy.journal import originals
from gerdy.journal.rows import Original
from gerdy.records import Obtained, RecordingEntry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from gerdy.journal.rows import Runner
    from gerdy.journal.store import Store

VIDEO: Final = frozenset({".mp4", ".mov", ".avi", ".mkv", ".m4v", ".webm", ".mts"})
"""Kept as key points, stills and hash only: a face and a home are in them."""


def keep_recording(
    store: Store,
    runner: Runner,
    files: Sequence[Path],
    analysis: Path | None,
    *,
    event_time: datetime,
    by: str = "me",
) -> RecordingEntry:
    """Keep the files of one recording and what was computed from them.

    Parameters
    ----------
    analysis : JSON of ``gerdy analyze``, with the key points of a video; None where there is none yet

    Raises
    ------
    FileUnreadable : a file is missing or the analysis is not JSON; nothing was kept
    StoreBlocked : the disk is full or read-only
    """
    computed = _analysis(analysis)
    rows = [_file(store, runner, file) for file in files]
    entry = RecordingEntry(
        id=store.new_id(),
        runner_id=runner.id,
        event_time=event_time,
        entered_at=store.clock(),
        by=by,
        obtained=Obtained.MEASURED,
        files={row.name: row.sha256 for row in rows},
        analysis=computed,
    )
    store.write(runner.id, entries=[entry], originals=rows)
    return entry


def _file(store: Store, runner: Runner, file: Path) -> Original:
    try:
        if file.suffix.lower() in VIDEO:
            with file.open("rb") as source:
                digest = file_digest(source, sha256).hexdigest()
            return Original(digest, digest, file.name, file.stat().st_size, kept=False)
        stored = file.read_bytes()
    except OSError as error:
        raise FileUnreadable(f"{file} cannot be read ({error.strerror}); nothing was kept.") from error
    row = originals.describe(file.name, stored, stored)
    originals.keep(store.home.originals(runner.id), row.sha256, stored)
    return row


def _analysis(file: Path | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FileUnreadable(f"{file} is not the JSON of 'gerdy analyze' ({error}); nothing was kept.") from error
    if not isinstance(found, dict):
        raise FileUnreadable(f"{file} holds no JSON object; give what 'gerdy analyze --json' printed.")
    return found
