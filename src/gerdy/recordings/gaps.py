"""Short gaps filled, long ones left open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.interpolate import CubicSpline

from gerdy.recordings.filters import runs

if TYPE_CHECKING:
    from gerdy.quantities import Array, Flags


def fill_gaps(xyz: Array, longest: int) -> tuple[Array, Flags]:
    """Fill the gaps of one marker that are not too long, by a cubic spline in time.

    Parameters
    ----------
    xyz : (frames, 3) any unit; NaN is a gap
    longest : frames; a longer gap, and one at the beginning or the end, stays open

    Returns
    -------
    as `xyz`; (frames,) True where a sample was filled
    """
    gone = np.isnan(xyz).any(axis=1)
    filled = np.zeros(len(xyz), dtype=bool)
    for start, stop in runs(gone):
        filled[start:stop] = start > 0 and stop < len(xyz) and stop - start <= longest
    if not filled.any() or np.count_nonzero(~gone) < 4:
        return xyz, np.zeros(len(xyz), dtype=bool)
    frames = np.arange(len(xyz))
    out = xyz.copy()
    out[filled] = CubicSpline(frames[~gone], xyz[~gone])(frames[filled])
    return out, filled
