"""Short gaps filled, long ones left open.

A marker whose segment moves as one body is put where three others of it say, with the small difference at
both edges of the gap spread over it; any other is bridged by a cubic spline in time. How long either may be
was measured by hiding samples of real runners (see docs/reference/files.md).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.interpolate import CubicSpline

from gerdy.recordings.data import Problem
from gerdy.recordings.points import unseen
from gerdy.recordings.rigid import predict, shape_of
from gerdy.recordings.stretches import frames_text, frames_within, runs

if TYPE_CHECKING:
    from gerdy.quantities import Array, Flags
    from gerdy.recordings.clean_settings import CleanSettings
    from gerdy.recordings.data import Markers
    from gerdy.recordings.marker_set import MarkerSet


def fill_gaps(markers: Markers, marker_set: MarkerSet, settings: CleanSettings) -> tuple[Markers, tuple[Problem, ...]]:
    """Fill the gaps that are short enough; each marker that was touched or stays open is a problem."""
    before = markers.xyz_m
    xyz = before.copy()
    for members in marker_set.segments.values():
        index = [markers.labels.index(label) for label in members if label in markers.labels]
        longest = frames_within(settings.segment_gap_s, markers.rate_hz)
        xyz[:, index] = fill_from_segment(before[:, index], longest, settings.rigid_m)
    longest = frames_within(settings.spline_gap_s, markers.rate_hz)
    for i in np.flatnonzero(np.isnan(xyz).any(axis=(0, 2))):
        xyz[:, i] = bridge(xyz[:, i], longest)
    gone, open_ = np.isnan(before[:, :, 0]), np.isnan(xyz[:, :, 0])
    problems = [
        problem
        for i, label in enumerate(markers.labels)
        for problem in _problems(label, gone[:, i] & ~open_[:, i], open_[:, i])
    ]
    return replace(markers, xyz_m=xyz), tuple(problems)


def bridge(xyz: Array, longest: int) -> Array:
    """Fill the gaps of one marker by a cubic spline in time.

    Parameters
    ----------
    xyz : (frames, 3) any unit; NaN is a gap
    longest : frames; a longer gap, and one at the beginning or the end, stays open

    Returns
    -------
    (frames, 3)
    """
    gone = unseen(xyz)
    fill = np.zeros(len(xyz), dtype=bool)
    for start, stop in _inner(gone, longest):
        fill[start:stop] = True
    if not fill.any() or np.count_nonzero(~gone) < 4:
        return xyz
    frames = np.arange(len(xyz))
    out = xyz.copy()
    out[fill] = CubicSpline(frames[~gone], xyz[~gone])(frames[fill])
    return out


def fill_from_segment(xyz: Array, longest: int, rigid_m: float) -> Array:
    """Fill the gaps of markers from the others of their segment.

    Parameters
    ----------
    xyz : (frames, markers, 3) m, one segment; NaN is a gap
    longest : frames; a longer gap, and one at the beginning or the end, stays open
    rigid_m : a marker that the others predict worse than this in one frame of twenty is left alone

    Returns
    -------
    (frames, markers, 3)
    """
    gone = unseen(xyz)
    shape = shape_of(xyz) if gone.any() and xyz.shape[1] > 3 else None
    if shape is None:
        return xyz
    out = xyz.copy()
    for marker in np.flatnonzero(gone.any(axis=0)):
        others = [k for k in range(xyz.shape[1]) if k != marker]
        whole = xyz[~gone.any(axis=1)]
        error = np.linalg.norm(predict(shape, whole, int(marker), others) - whole[:, marker], axis=1)
        if np.percentile(error, 95) > rigid_m:
            continue
        for start, stop in _inner(gone[:, marker], longest):
            seen = [k for k in others if not gone[start - 1 : stop + 1, k].any()]
            if len(seen) >= 3:
                out[start:stop, marker] = _span(shape, xyz[start - 1 : stop + 1], int(marker), seen)
    return out


def _span(shape: Array, xyz: Array, marker: int, seen: list[int]) -> Array:
    """Predicted places inside a gap, moved so that both edges meet what was seen there."""
    told = predict(shape, xyz, marker, seen)
    miss = xyz[:, marker] - told
    share = np.linspace(0.0, 1.0, len(xyz))[1:-1, None]
    return np.asarray(told[1:-1] + (1.0 - share) * miss[0] + share * miss[-1])


def _inner(gone: Flags, longest: int) -> list[tuple[int, int]]:
    """Return gaps with a sample on both sides that are not too long."""
    return [(a, b) for a, b in runs(gone) if a > 0 and b < len(gone) and b - a <= longest]


def _problems(label: str, filled: Flags, open_: Flags) -> list[Problem]:
    problems = []
    if filled.any():
        message = f"{filled.sum()} missing samples in short gaps were filled."
        problems.append(Problem("marker_gap_filled", message, f"{label}, {frames_text(filled)}"))
    if open_.any():
        message = f"{open_.sum()} samples are missing in gaps too long to fill; strides that need them are dropped."
        problems.append(Problem("marker_gap", message, f"{label}, {frames_text(open_)}"))
    return problems
