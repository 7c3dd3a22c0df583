"""The files that a person named: single files, folders, archives; and a folder that is watched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gerdy.errors import FileUnreadable
from gerdy.recordings.activities import looks_like_activity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Source:
    """A file to import and the name under which the journal knows it: below the folder that was named."""

    path: Path
    name: str


def sources(paths: Iterable[Path]) -> list[Source]:
    """Return the files below `paths` in order; in folders only those whose name is that of an activity file.

    Raises
    ------
    FileUnreadable : a path does not exist; nothing has been imported then
    """
    found: list[Source] = []
    for path in paths:
        if path.is_dir():
            found += _in_folder(path)
        elif path.exists():
            found.append(Source(path, _readable(path.name)))
        else:
            raise FileUnreadable(f"{path} does not exist; name a file, a folder or an export. Nothing was imported.")
    return found


def settled(before: Mapping[Path, tuple[int, float]], folder: Path) -> tuple[list[Path], dict[Path, tuple[int, float]]]:
    """Return the files of a watched folder that have not changed since the last look, and this look.

    A file that is still being copied changes in size or time and waits for the next look.
    """
    now = {}
    for source in _in_folder(folder):
        state = source.path.stat()
        now[source.path] = (state.st_size, state.st_mtime)
    return [path for path, seen in now.items() if before.get(path) == seen], now


def _in_folder(folder: Path) -> list[Source]:
    files = (path for path in folder.rglob("*") if path.is_file() and looks_like_activity(path.name))
    return [named_below(folder, path) for path in sorted(files)]


def named_below(folder: Path, path: Path) -> Source:
    """Return a file with the name by which the journal knows it."""
    return Source(path, _readable(path.relative_to(folder).as_posix()))


def _readable(name: str) -> str:
    # A file system may hold names that are no text; the journal holds text.
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
