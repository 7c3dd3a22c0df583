"""Activity files inside other files: gzip, and zip exports down to one zip in a zip. Nothing is unpacked to disk."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from gerdy.errors import FileUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_UNPACKED_BYTES: Final = 256 * 2**20
"""A larger member is refused: a day of points at 1 Hz is below 60 MB in the most talkative format."""

MAX_ZIP_DEPTH: Final = 2
ACTIVITY_SUFFIXES: Final = (".fit", ".gpx", ".tcx")


@dataclass(frozen=True, slots=True)
class Member:
    """One file, plain or out of an archive.

    Parameters
    ----------
    name : path inside the archives, joined by ``!``
    stored : the bytes as they lie there, still gzipped if they are
    content : the unpacked bytes; empty where `refused`
    refused : why it cannot be unpacked, or empty
    sport : what a Strava export's ``activities.csv`` says of it, or empty
    """

    name: str
    stored: bytes
    content: bytes
    refused: str = ""
    sport: str = ""


def members(name: str, stored: bytes) -> Iterator[Member]:
    """Yield each activity file in `stored`: itself, or the members of a zip in order of name.

    Files of other kinds inside a zip (tables, pictures, settings) are passed over.
    """
    yield from _members(name, stored, depth=0, sport="")


def is_zip(stored: bytes) -> bool:
    """Whether the bytes begin as a zip does."""
    return stored[:4] in {b"PK\x03\x04", b"PK\x05\x06"}


def _members(name: str, stored: bytes, depth: int, sport: str) -> Iterator[Member]:
    try:
        content = _gunzip(stored) if stored[:2] == b"\x1f\x8b" else stored
    except FileUnreadable as error:
        yield Member(name, stored, b"", str(error), sport)
        return
    if not is_zip(content):
        yield Member(name, stored, content, "", sport)
    elif depth >= MAX_ZIP_DEPTH:
        yield Member(name, stored, b"", f"A zip lies {depth} zips deep; unpack the inner one first.", sport)
    else:
        yield from _in_zip(name, content, depth)


def _in_zip(name: str, content: bytes, depth: int) -> Iterator[Member]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as box:
            names = sorted(info.filename for info in box.infolist() if _wanted(info.filename))
            sports = _strava_sports(box)
            for inner in names:
                yield from _one(box, name, inner, depth, sports.get(inner, ""))
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        yield Member(name, content, b"", f"The zip cannot be opened ({error}); download it again.")


def _one(box: zipfile.ZipFile, name: str, inner: str, depth: int, sport: str) -> Iterator[Member]:
    path = f"{name}!{inner}"
    size = box.getinfo(inner).file_size
    if size > MAX_UNPACKED_BYTES and not inner.lower().endswith(".zip"):
        yield Member(path, b"", b"", f"It unpacks to {size} bytes, more than any activity file.", sport)
        return
    try:
        stored = box.read(inner)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        yield Member(path, b"", b"", f"It cannot be unpacked from the zip ({error}).", sport)
        return
    yield from _members(path, stored, depth + 1, sport)


def _wanted(name: str) -> bool:
    path = PurePosixPath(name.lower())
    if path.name.startswith(".") or "__macosx" in path.parts:
        return False
    plain = path.with_suffix("") if path.suffix == ".gz" else path
    return plain.suffix in ACTIVITY_SUFFIXES or path.suffix == ".zip"


def _gunzip(stored: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(stored)) as source:
            content = source.read(MAX_UNPACKED_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise FileUnreadable(f"The gzip is cut off or damaged ({error}).") from error
    if len(content) > MAX_UNPACKED_BYTES:
        raise FileUnreadable(f"It unpacks to more than {MAX_UNPACKED_BYTES} bytes, more than any activity file.")
    return content


def _strava_sports(box: zipfile.ZipFile) -> dict[str, str]:
    """Sport by member from Strava's ``activities.csv``; empty for other exports."""
    if "activities.csv" not in box.namelist():
        return {}
    text = box.read("activities.csv").decode("utf-8-sig", errors="replace")
    rows = csv.DictReader(io.StringIO(text))
    return {row["Filename"]: row.get("Activity Type") or "" for row in rows if row.get("Filename")}
