"""Activity files inside other files: gzip, and zip exports down to one zip in a zip. Nothing is unpacked to disk."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Final

from gerdy.errors import FileUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_UNPACKED_BYTES: Final = 256 * 2**20
"""A larger member is refused: a day of points at 1 Hz is below 60 MB in the most talkative format."""

MAX_INNER_ZIP_BYTES: Final = 2**31
"""A zip in a zip is unpacked in the memory."""

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


def members_of_file(name: str, path: Path) -> Iterator[Member]:
    """Yield each activity file of a file on the disk, of a zip one member at a time.

    An export of many years is larger than the memory; it is never read whole.

    Raises
    ------
    OSError : the file cannot be read
    """
    with path.open("rb") as source:
        zipped = is_zip(source.read(4))
        source.seek(0)
        if zipped:
            yield from _in_zip(name, source, depth=0)
        else:
            yield from members(name, source.read())


def count_members(path: Path) -> int:
    """Return how many members an import of a file will look at, for a progress bar; a zip in a zip counts as one."""
    try:
        with zipfile.ZipFile(path) as box:
            return sum(_wanted(info.filename) for info in box.infolist())
    except (OSError, zipfile.BadZipFile):
        return 1


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
        yield from _in_zip(name, io.BytesIO(content), depth)


def _in_zip(name: str, source: IO[bytes], depth: int) -> Iterator[Member]:
    try:
        box = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, EOFError) as error:
        source.seek(0)
        start = source.read(MAX_UNPACKED_BYTES)
        yield Member(name, start, b"", f"The zip cannot be opened ({error}); download it again.")
        return
    with box:
        names = sorted(info.filename for info in box.infolist() if _wanted(info.filename))
        sports = _strava_sports(box)
        for inner in names:
            yield from _one(box, name, inner, depth, sports.get(inner, ""))


def _one(box: zipfile.ZipFile, name: str, inner: str, depth: int, sport: str) -> Iterator[Member]:
    path = f"{name}!{inner}"
    size, zipped = box.getinfo(inner).file_size, inner.lower().endswith(".zip")
    if size > (MAX_INNER_ZIP_BYTES if zipped else MAX_UNPACKED_BYTES):
        advice = "unpack it first" if zipped else "more than any activity file"
        yield Member(path, b"", b"", f"It unpacks to {size} bytes; {advice}.", sport)
        return
    try:
        stored = box.read(inner)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
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
    try:
        text = box.read("activities.csv").decode("utf-8-sig", errors="replace")
        rows = list(csv.DictReader(io.StringIO(text)))
    except (zipfile.BadZipFile, zlib.error, csv.Error):
        # The table only helps; without it the files speak for themselves.
        return {}
    return {row["Filename"]: row.get("Activity Type") or "" for row in rows if row.get("Filename")}
