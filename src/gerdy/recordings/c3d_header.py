"""A look at a C3D file's own promises before a library is trusted with it.

A cut-off or damaged file makes readers stop, return fewer frames in silence, or take the whole process down;
so the header, the chain of parameters and the size of the data are checked here first [C3D]_.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gerdy.errors import FileUnreadable
from gerdy.recordings.files import looks_like

if TYPE_CHECKING:
    from pathlib import Path

_BLOCK: Final = 512
_KEY: Final = 0x50
_INTEL, _DEC, _MIPS = 84, 85, 86
_AGAIN: Final = "Export or copy the file again."


@dataclass(frozen=True, slots=True)
class Promise:
    """What the header says the file holds.

    Parameters
    ----------
    points, frames, analog_per_frame : counts
    data_start : byte of the first frame
    sample_bytes : 4 for floating point, 2 for integers
    """

    points: int
    frames: int
    analog_per_frame: int
    data_start: int
    sample_bytes: int

    @property
    def end(self) -> int:
        """Byte after the last frame."""
        per_frame = (4 * self.points + self.analog_per_frame) * self.sample_bytes
        return self.data_start + self.frames * per_frame


def check_c3d(content: bytes, path: Path) -> Promise:
    """Check that a file is a whole C3D file.

    Raises
    ------
    FileUnreadable : another kind of file, cut off, or with a damaged list of parameters
    """
    if len(content) < 2 or content[1] != _KEY:
        raise FileUnreadable(
            f"{path.name} is {looks_like(content)}; expected a C3D file. Check the file's name, or export it again."
        )
    start = (max(content[0], 1) - 1) * _BLOCK
    if len(content) < start + 4 or start < _BLOCK:
        raise FileUnreadable(
            f"{path.name} ends after {len(content)} bytes, within its header; expected a whole C3D file. {_AGAIN}"
        )
    order = ">" if content[start + 3] == _MIPS else "<"
    promise = _promise(content, order, content[start + 3])
    _walk_parameters(content, start, order, path)
    if len(content) < promise.end:
        raise FileUnreadable(
            f"{path.name} ends early: its header promises {promise.frames} frames of {promise.points} points "
            f"({promise.end} bytes) and {len(content)} bytes are there. {_AGAIN}"
        )
    return promise


def _promise(content: bytes, order: str, processor: int) -> Promise:
    points, analog, first, last = struct.unpack_from(f"{order}4H", content, 2)
    block = struct.unpack_from(f"{order}H", content, 16)[0]
    sign_byte = {_INTEL: 15, _DEC: 13, _MIPS: 12}.get(processor, 15)
    floating = content[sign_byte] & 0x80
    frames = last - first + 1 if last >= first else 0
    return Promise(points, frames, analog, (block - 1) * _BLOCK, 4 if floating else 2)


def _walk_parameters(content: bytes, start: int, order: str, path: Path) -> None:
    """Follow the chain of groups and parameters; every link must stay inside its section."""
    end = start + content[start + 2] * _BLOCK
    if end > len(content):
        raise FileUnreadable(
            f"{path.name} ends after {len(content)} bytes, within its parameters; expected at least {end}. {_AGAIN}"
        )
    at = start + 4
    while at + 2 <= end:
        name = abs(struct.unpack_from("b", content, at)[0])
        group = struct.unpack_from("b", content, at + 1)[0]
        if name == 0 or group == 0:
            return
        link = at + 2 + name
        if link + 2 > end:
            break
        step = struct.unpack_from(f"{order}H", content, link)[0]
        if group > 0 and not _parameter_fits(content, link + 2, end if step == 0 else link + step):
            break
        if step == 0:
            return
        at = link + step
    raise FileUnreadable(
        f"{path.name} has a damaged list of parameters (near byte {at}); expected an unbroken C3D file. {_AGAIN}"
    )


def _parameter_fits(content: bytes, at: int, end: int) -> bool:
    """Tell whether a parameter's values fit between `at` and `end`."""
    if at + 2 > min(end, len(content)):
        return False
    size, dimensions = abs(struct.unpack_from("b", content, at)[0]), content[at + 1]
    if size not in {1, 2, 4} or dimensions > 7 or at + 2 + dimensions > end:
        return False
    for length in content[at + 2 : at + 2 + dimensions]:
        size *= length
    return at + 2 + dimensions + size <= end
