"""Unbroken stretches of frames: found, and put into words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from gerdy.quantities import Flags


def runs(flags: Flags) -> list[tuple[int, int]]:
    """Return (start, stop) of every unbroken stretch of True.

    Examples
    --------
    >>> import numpy as np
    >>> runs(np.array([False, True, True, False, True]))
    [(1, 3), (4, 5)]
    """
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def frames_within(seconds: float, rate_hz: float) -> int:
    """Return how many whole frames fit into a time, with a frame that just fits counted.

    Examples
    --------
    >>> frames_within(0.06, 100.0)
    6
    """
    return int(np.floor(seconds * rate_hz + 1e-6))


def frames_text(flags: Flags, most: int = 6) -> str:
    """Return frames, counted from 1, as text for a problem.

    Examples
    --------
    >>> import numpy as np
    >>> frames_text(np.array([True, True, False, True]))
    'frames 1-2, 4'
    """
    found = runs(flags)
    spans = [f"{a + 1}-{b}" if b - a > 1 else f"{b}" for a, b in found[:most]]
    more = f" and {len(found) - most} more stretches" if len(found) > most else ""
    return f"frames {', '.join(spans)}{more}"
