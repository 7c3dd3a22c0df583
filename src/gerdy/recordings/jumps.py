"""Samples that no marker on a body can have: spikes in time, and places away from its neighbours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import maximum_filter, median_filter

from gerdy.recordings.data import Problem
from gerdy.recordings.points import unseen
from gerdy.recordings.stretches import frames_text

if TYPE_CHECKING:
    from gerdy.quantities import Array, Flags
    from gerdy.recordings.clean_settings import CleanSettings
    from gerdy.recordings.data import Markers
    from gerdy.recordings.marker_set import MarkerSet

_WINDOW = 5


def drop_jumps(markers: Markers, marker_set: MarkerSet, settings: CleanSettings) -> tuple[Markers, tuple[Problem, ...]]:
    """Make jumping samples missing; each marker that jumps is a problem with its frames."""
    jumped = spikes(markers.xyz_m, spike_limit(settings, markers.rate_hz))
    for members in marker_set.segments.values():
        index = [markers.labels.index(label) for label in members if label in markers.labels]
        jumped[:, index] |= strays(markers.xyz_m[:, index], settings.stray_m)
    problems = [
        Problem(
            "marker_jump",
            f"The marker leaves its path or its neighbours in {flags.sum()} frames; they were dropped.",
            f"{label}, {frames_text(flags)}",
        )
        for label, flags in zip(markers.labels, jumped.T, strict=True)
        if flags.any()
    ]
    return replace(markers, xyz_m=np.where(jumped[:, :, None], np.nan, markers.xyz_m)), tuple(problems)


def spike_limit(settings: CleanSettings, rate_hz: float) -> float:
    """Distance from the running median, m, that is still movement.

    Where a path with acceleration a turns, the median of five samples is a·dt²/2 away from the middle one.
    """
    return max(settings.spike_m, settings.acceleration_m_s2 / rate_hz**2 / 2)


def spikes(xyz: Array, limit_m: float) -> Flags:
    """Find samples far from the running median of their own marker over five frames.

    Parameters
    ----------
    xyz : (frames, markers, 3) m; NaN is a gap
    limit_m : distance beyond which a sample is a spike

    Returns
    -------
    (frames, markers) True for spikes of one or two frames; within two frames of a gap there is no verdict
    """
    gone = unseen(xyz)
    near = median_filter(np.where(gone[:, :, None], 0.0, xyz), size=(_WINDOW, 1, 1), mode="nearest")
    by_a_gap = maximum_filter(gone, size=(_WINDOW, 1), mode="nearest")
    with np.errstate(invalid="ignore"):
        return np.asarray((np.linalg.norm(xyz - near, axis=2) > limit_m) & ~by_a_gap)


def strays(xyz: Array, limit_m: float) -> Flags:
    """Find samples whose distances to the other markers of the same segment changed too much.

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
    broken = _broken(xyz, limit_m)
    for _ in range(count - 2):
        score = broken.sum(axis=2)
        worst = score.argmax(axis=1)
        hit = np.flatnonzero(score.max(axis=1) >= 2)
        if not hit.size:
            break
        out[hit, worst[hit]] = True
        broken[hit, worst[hit]] = False
        broken[hit, :, worst[hit]] = False
    return out


def _broken(xyz: Array, limit_m: float) -> Flags:
    """(frames, markers, markers) True where a distance is far from its own median."""
    frames, count = xyz.shape[:2]
    broken = np.zeros((frames, count, count), dtype=bool)
    for i in range(count):
        for j in range(i + 1, count):
            distance = np.linalg.norm(xyz[:, i] - xyz[:, j], axis=1)
            seen = np.isfinite(distance)
            if seen.any():
                far = np.abs(distance - np.median(distance[seen])) > limit_m
                broken[:, i, j] = broken[:, j, i] = far & seen
    return broken
