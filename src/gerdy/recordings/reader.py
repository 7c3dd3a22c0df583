"""One door for every kind of recording."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from gerdy.errors import FileUnreadable
from gerdy.recordings.c3d import read_c3d
from gerdy.recordings.files import looks_like, read_bytes
from gerdy.recordings.storage import read_storage
from gerdy.recordings.trc import read_trc

if TYPE_CHECKING:
    from collections.abc import Callable

    from gerdy.recordings.data import Read

READERS: Final[dict[str, Callable[[Path], Read]]] = {
    ".c3d": read_c3d,
    ".trc": read_trc,
    ".mot": read_storage,
    ".sto": read_storage,
}
"""Reader by the end of a file's name."""


def read(path: str | Path) -> Read:
    """Read a recording: C3D, TRC, or MOT and STO with coordinates or ground reactions.

    The end of the name chooses the reader; a name without one of these ends is told by its content.

    Returns
    -------
    data, metadata and problems of the file

    Raises
    ------
    FileUnreadable : missing, empty, cut off, damaged, or of another kind than its name says
    RecordingImplausible : not one visible sample
    """
    path = Path(path)
    suffix = path.suffix.lower()
    return READERS[suffix if suffix in READERS else _kind(path)](path)


def _kind(path: Path) -> str:
    content = read_bytes(path)
    if content[1:2] == b"\x50" and content[0] < 0x20:
        return ".c3d"
    head = content[:4096].lower()
    if head.lstrip().startswith(b"pathfiletype"):
        return ".trc"
    if b"endheader" in head:
        return ".mot"
    raise FileUnreadable(
        f"{path.name} is {looks_like(content)} and its name ends with '{path.suffix}'; "
        f"expected one of {', '.join(READERS)}. Export the trial as C3D, TRC or MOT."
    )
