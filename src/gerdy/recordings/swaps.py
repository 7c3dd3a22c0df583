"""Two labels of one foot that were exchanged, found because medial must lie medial of lateral."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import median_filter

from gerdy.recordings.data import Problem
from gerdy.recordings.stretches import frames_text

if TYPE_CHECKING:
    from gerdy.quantities import Array, Flags
    from gerdy.recordings.clean_settings import CleanSettings
    from gerdy.recordings.data import Markers
    from gerdy.recordings.marker_set import MarkerSet


def swap_back(markers: Markers, marker_set: MarkerSet, settings: CleanSettings) -> tuple[Markers, tuple[Problem, ...]]:
    """Exchange labels back where medial and lateral stand in the wrong order; each pair is a problem."""
    xyz = markers.xyz_m.copy()
    problems = []
    window = 2 * int(np.ceil(settings.swap_s * markers.rate_hz)) + 1
    right = to_the_right(markers, marker_set)
    for medial, lateral in marker_set.medial_lateral:
        if not {medial, lateral} <= set(markers.labels):
            continue
        outward = right if marker_set.is_right(lateral) else -right
        a, b = markers.labels.index(medial), markers.labels.index(lateral)
        wrong = swapped_frames(xyz[:, a], xyz[:, b], outward, window, settings.swap_share)
        if wrong.any():
            xyz[wrong, a], xyz[wrong, b] = xyz[wrong, b], xyz[wrong, a].copy()
            message = f"{medial} lies lateral of {lateral} in {wrong.sum()} frames; the labels were exchanged back."
            problems.append(Problem("labels_swapped", message, f"{medial}/{lateral}, {frames_text(wrong)}"))
    return replace(markers, xyz_m=xyz), tuple(problems)


def swapped_frames(medial: Array, lateral: Array, outward: Array, window: int, share: float) -> Flags:
    """Frames in which two labels of one foot stand in the wrong order.

    Parameters
    ----------
    medial, lateral : (frames, 3) m, positions under the two labels
    outward : (frames, 3) from the body's middle to this side; its length does not matter
    window : frames, odd; an exchange shorter than half of it is not looked for
    share : how far into the wrong side, as a share of the usual distance, before an order counts as wrong

    Returns
    -------
    (frames,) True where they are exchanged; False where one of them is not seen
    """
    unit = outward / np.linalg.norm(outward, axis=1, keepdims=True)
    order = np.einsum("ij,ij->i", lateral - medial, unit)
    seen = np.isfinite(order)
    if not seen.any():
        return np.asarray(seen)
    usual = float(np.median(np.abs(order[seen])))
    wrong = median_filter(seen & (order < -share * usual), size=window, mode="nearest")
    return np.asarray(wrong & seen & (order < 0))


def to_the_right(markers: Markers, marker_set: MarkerSet) -> Array:
    """Direction from the left to the right ASIS; where one is hidden, as it was in the nearest frame.

    Returns
    -------
    (frames, 3) m
    """
    right = markers[marker_set.roles["asis_right"]] - markers[marker_set.roles["asis_left"]]
    seen = np.flatnonzero(np.isfinite(right).all(axis=1))
    if not seen.size:
        return right
    after = np.searchsorted(seen, np.arange(len(right))).clip(max=len(seen) - 1)
    before = (after - 1).clip(min=0)
    frames = np.arange(len(right))
    nearer = np.where(np.abs(seen[before] - frames) < np.abs(seen[after] - frames), before, after)
    return np.asarray(right[seen[nearer]])
