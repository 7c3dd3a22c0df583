"""One archive format for export, share and backup: a zip whose bytes depend on its content alone.

Members lie uncompressed, in order of name, with one fixed date, so that the same journal always gives the
same file on every machine.
"""

from __future__ import annotations

import json
import zipfile
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from gerdy.errors import ArchiveInvalid
from gerdy.journal.chain import canonical
from gerdy.journal.sqlite import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

MANIFEST: Final = "manifest.json"
_DATE: Final = (1980, 1, 1, 0, 0, 0)

Content = dict[str, "bytes | Callable[[], bytes]"]
"""Member → its bytes, or how to get them when their turn comes."""


def write_box(place: Path, manifest: Mapping[str, Any], content: Content) -> None:
    """Write an archive; it is there whole or not at all.

    Raises
    ------
    StoreBlocked : the place is full or cannot be written
    """
    partial = place.with_name(f".{place.name}.partial")
    with translated(place.parent):
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            partial.touch(mode=0o600)
            _write(partial, content | {MANIFEST: readable(manifest)})
            partial.replace(place)
        finally:
            with suppress(OSError):
                partial.unlink(missing_ok=True)


def readable(data: Any) -> bytes:
    """Return JSON for people: keys in order, indented."""
    return (json.dumps(data, sort_keys=True, indent=2, ensure_ascii=False) + "\n").encode()


def lines(rows: Iterable[Any]) -> bytes:
    """Return one canonical JSON text per line."""
    return "".join(canonical(row) + "\n" for row in rows).encode()


def from_lines(text: bytes) -> Iterator[Any]:
    """Yield what `lines` wrote."""
    # Not splitlines: a note may hold a line separator of Unicode.
    for line in text.decode("utf-8").split("\n"):
        if line:
            yield json.loads(line)


def schema_of(place: Path) -> str:
    """Return the schema that an archive of ours names; empty for any other file."""
    try:
        with zipfile.ZipFile(place) as box:
            return str(json.loads(box.read(MANIFEST)).get("schema", ""))
    except (OSError, KeyError, ValueError, AttributeError, zipfile.BadZipFile):
        return ""


@contextmanager
def open_box(place: Path, *schemas: str) -> Iterator[tuple[dict[str, Any], zipfile.ZipFile]]:
    """Give the manifest and the archive.

    Raises
    ------
    ArchiveInvalid : the file is missing, damaged, of another kind or from a newer gerdy
    """
    seen = schema_of(place)
    if seen not in schemas:
        what = f"it is '{seen}'" if seen else "it is no archive of gerdy"
        raise ArchiveInvalid(f"{place} cannot be opened: expected {' or '.join(schemas)}, but {what}.")
    try:
        with zipfile.ZipFile(place) as box:
            yield json.loads(box.read(MANIFEST)), box
    except (OSError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise ArchiveInvalid(f"{place} is damaged ({error}); nothing was taken from it.") from error


def _write(partial: Path, content: Content) -> None:
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_STORED) as box:
        for name in sorted(content):
            given = content[name]
            info = zipfile.ZipInfo(name, _DATE)
            info.external_attr = 0o600 << 16
            box.writestr(info, given if isinstance(given, bytes) else given())
