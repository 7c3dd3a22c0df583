"""The chain of groups and parameters in a C3D file, walked link by link [C3D]_."""

from __future__ import annotations

import struct
from math import prod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class ChainBroken(Exception):
    """Raised when a link leads out of the section or makes no sense; carries the byte."""

    def __init__(self, at: int) -> None:
        super().__init__(f"near byte {at}")


def parameter_counts(content: bytes, start: int, end: int, order: str) -> dict[tuple[str, str], int]:
    """Count the values of each parameter.

    Parameters
    ----------
    content : of the whole file
    start, end : bytes of the first link and after the last block of the section
    order : ``<`` or ``>``, as `struct` names the order of bytes

    Returns
    -------
    (group, parameter) → how many numbers or characters it holds

    Raises
    ------
    ChainBroken : the chain cannot be followed to its end
    """
    groups: dict[int, str] = {}
    counts: dict[tuple[int, str], int] = {}
    for group, name, body, stop in _links(content, start, end, order):
        if group < 0:
            groups[-group] = name
            _check_group(content, body, stop)
        else:
            counts[group, name] = _count(content, body, stop)
    return {(groups.get(group, ""), name): count for (group, name), count in counts.items()}


def _links(content: bytes, at: int, end: int, order: str) -> Iterator[tuple[int, str, int, int]]:
    """Yield group number, name, and first and last byte of each link's body."""
    while at + 2 <= end:
        length, group = struct.unpack_from("2b", content, at)
        if length == 0 or group == 0:
            return
        link = at + 2 + abs(length)
        name = content[at + 2 : link].decode("latin-1")
        if link + 2 > end or not (name.isascii() and name.isprintable()):
            raise ChainBroken(at)
        step = struct.unpack_from(f"{order}H", content, link)[0]
        stop = link + step if step else end
        if stop > end or stop < link + 2:
            raise ChainBroken(at)
        yield group, name.upper(), link + 2, stop
        if step == 0:
            return
        at = stop
    if at < end:
        raise ChainBroken(at)


def _check_group(content: bytes, at: int, stop: int) -> None:
    """Check that a group holds nothing but its description, so that no parameter passes for a group."""
    if at >= stop or at + 1 + content[at] != stop:
        raise ChainBroken(at)


def _count(content: bytes, at: int, stop: int) -> int:
    """Count a parameter's values; they must fit between `at` and `stop`."""
    if at + 2 > stop:
        raise ChainBroken(at)
    size, dimensions = abs(struct.unpack_from("b", content, at)[0]), content[at + 1]
    lengths = content[at + 2 : at + 2 + dimensions]
    count = prod(lengths)
    if size not in {1, 2, 4} or dimensions > 7 or at + 2 + dimensions + size * count > stop:
        raise ChainBroken(at)
    return count
