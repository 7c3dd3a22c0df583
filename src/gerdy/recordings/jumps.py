"""Samples that no marker on a body can have: spikes in time, and places away from its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import median_filter

if TYPE_CHECKING:
    from gerdy.quantities import Array, Flags


def spikes(xyz: Array, limit_m: float, window: int = 5) -> Flags:
    """Samples far from the running median of their own marker.

    Parameters
    ----------
    xyz : (frames, markers, 3) m; NaN is a gap
    limit_m : distance beyond which a sample is a spike
    window : frames, odd; a spike shorter than half of it is found

    Returns
    -------
    (frames, markers)
    """
    near = median_filter(xyz, size=(window, 1, 1), mode="nearest")
    with np.errstate(invalid="ignore"):
        return np.asarray(np.linalg.norm(xyz - near, axis=2) > limit_m)


def strays(xyz: Array, limit_m: float) -> Flags:
    """Samples whose distances to the other markers of the same segment changed too much.

    The marker with most broken distances is taken out first; the rest is looked at again without it.

    Parameters
    ----------
    xyz : (frames, markers, 3) m, markers of one segment; NaN is a gap
    limit_m : change of a distance, from its median over the recording, that breaks it

    Returns
    -------
    (frames, markers); nothing is found among fewer than three markers
    """
    frames, count = xyz.shape[:2]
    out = np.zeros((frames, count), dtype=bool)
    if count < 3:
        return out
    distance = np.linalg.norm(xyz[:, :, None] - xyz[:, None], axis=3)
    usual = np.nanmedian(distance, axis=0)
    with np.errstate(invalid="ignore"):
        broken = np.abs(distance - usual) > limit_m
    for _ in range(count - 2):
        score = broken.sum(axis=2)
        worst = score.argmax(axis=1)
        hit = np.flatnonzero(score[np.arange(frames), worst] >= 2)
        if not hit.size:
            break
        out[hit, worst[hit]] = True
        broken[hit, worst[hit]] = False
        broken[hit, :, worst[hit]] = False
    return out
