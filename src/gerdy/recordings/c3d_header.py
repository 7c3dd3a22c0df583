"""A look at a C3D file's own promises before a library is trusted with it.

A cut-off or damaged file makes readers stop, return fewer frames in silence, or take the whole process down;
so the header, the chain of parameters and the size of the data are checked here first [C3D]_.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gerdy.errors import FileUnreadable
from gerdy.recordings.c3d_parameters import ChainBroken, parameter_counts
from gerdy.recordings.files import looks_like

if TYPE_CHECKING:
    from pathlib import Path

_BLOCK: Final = 512
_KEY: Final = 0x50
_INTEL, _DEC, _MIPS = 84, 85, 86
_AGAIN: Final = "Export or copy the file again."


@dataclass(frozen=True, slots=True)
class _Promise:
    """What the header says the file holds.

    Parameters
    ----------
    points, frames : counts
    analog_per_frame, analog_subframes : analog numbers per frame of points, and in how many turns
    data_start : byte of the first frame
    sample_bytes : 4 for floating point, 2 for integers
    """

    points: int
    frames: int
    analog_per_frame: int
    analog_subframes: int
    data_start: int
    sample_bytes: int

    @property
    def end(self) -> int:
        """Byte after the last frame."""
        per_frame = (4 * self.points + self.analog_per_frame) * self.sample_bytes
        return self.data_start + self.frames * per_frame


def check_c3d(content: bytes, path: Path) -> None:
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
    blocks = content[start + 2]
    end = start + blocks * _BLOCK if blocks else promise.data_start
    if len(content) < end:
        raise FileUnreadable(
            f"{path.name} ends after {len(content)} bytes, within its parameters; expected at least {end}. {_AGAIN}"
        )
    try:
        counts = parameter_counts(content, start + 4, end, order)
    except ChainBroken as error:
        raise FileUnreadable(
            f"{path.name} has a damaged list of parameters ({error}); expected an unbroken C3D file. {_AGAIN}"
        ) from error
    _check_size(len(content), promise, path)
    _check_scales(counts, promise, path)


def _check_size(size: int, promise: _Promise, path: Path) -> None:
    if size < promise.end:
        raise FileUnreadable(
            f"{path.name} ends early: its header promises {promise.frames} frames of {promise.points} points "
            f"({promise.end} bytes) and {size} bytes are there. {_AGAIN}"
        )


def _check_scales(counts: dict[tuple[str, str], int], promise: _Promise, path: Path) -> None:
    """Every analog channel needs its scale and offset; readers that miss one take the process down."""
    if promise.analog_per_frame == 0:
        return
    labels = {name: counts.get(("ANALOG", name), 0) for name in ("SCALE", "OFFSET")}
    channels = promise.analog_per_frame // max(promise.analog_subframes, 1)
    for name, count in labels.items():
        if count < channels:
            raise FileUnreadable(
                f"{path.name} gives ANALOG:{name} for {count} of its {channels} analog channels; "
                f"expected one each. {_AGAIN}"
            )


def _promise(content: bytes, order: str, processor: int) -> _Promise:
    points, analog, first, last = struct.unpack_from(f"{order}4H", content, 2)
    block, subframes = struct.unpack_from(f"{order}2H", content, 16)
    sign_byte = {_INTEL: 15, _DEC: 13, _MIPS: 12}.get(processor, 15)
    floating = content[sign_byte] & 0x80
    frames = last - first + 1 if last >= first else 0
    return _Promise(points, frames, analog, subframes, (block - 1) * _BLOCK, 4 if floating else 2)
