"""Files as they came, named by their hash; written whole or not at all, before the row that speaks of them."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from gerdy.errors import StoreDamaged
from gerdy.journal.rows import Original
from gerdy.journal.sqlite import translated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def describe(name: str, stored: bytes, content: bytes, *, kept: bool = True) -> Original:
    """Return the row of a file; `content` is `stored` unpacked."""
    content_hash = sha256(content).hexdigest()
    stored_hash = content_hash if content is stored else sha256(stored).hexdigest()
    return Original(stored_hash, content_hash, name, len(stored), kept)


def place_of(folder: Path, digest: str) -> Path:
    """Return where a file of this hash lies, or would lie."""
    return folder / digest[:2] / digest


def keep(folder: Path, digest: str, stored: bytes) -> None:
    """Write a file under its hash; when this returns it is on the disk.

    Raises
    ------
    StoreBlocked : the folder is full or read-only; no half file stays
    """
    place = place_of(folder, digest)
    if not (place.exists() and place.stat().st_size == len(stored)):
        write_whole(place, stored)


def write_whole(place: Path, stored: bytes) -> None:
    """Write a file so that it is there whole or not at all, also after a power cut.

    Raises
    ------
    StoreBlocked : the folder is full or read-only
    """
    partial = place.with_name(f".{place.name}.partial")
    with translated(place.parent):
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            _write_synced(partial, stored)
            partial.replace(place)
        finally:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
        _sync_folder(place.parent)


def fetch(folder: Path, digest: str) -> bytes:
    """Return the bytes of a kept file.

    Raises
    ------
    StoreDamaged : it is gone, or its bytes are not those that came
    """
    place = place_of(folder, digest)
    with translated(folder):
        found = place.read_bytes() if place.is_file() else None
    if found is None:
        raise StoreDamaged(f"The original {digest[:12]}… is not in {folder}. Restore it from a backup.")
    if sha256(found).hexdigest() != digest:
        raise StoreDamaged(
            f"The original {digest[:12]}… in {folder} is not what was imported. Restore it from a backup."
        )
    return found


def present(folder: Path) -> Iterator[str]:
    """Yield the hashes of all files that lie in a folder, in order."""
    yield from sorted(file.name for file in folder.glob("??/*") if not file.name.startswith("."))


def _write_synced(place: Path, stored: bytes) -> None:
    with place.open("wb") as out:
        out.write(stored)
        out.flush()
        os.fsync(out.fileno())


def _sync_folder(folder: Path) -> None:
    # Windows cannot open a folder; there the rename itself is durable.
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
