"""Left and right mistaken for each other: found where a leg would have to jump, put right, and written down."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numba import njit

from gerdy import evidence

if TYPE_CHECKING:
    from gerdy.quantities import Array, Flags, Indices
    from gerdy.recordings.keypoints import Keypoints

LEG: Final = ("knee", "ankle", "heel", "toe")
"""Joints that tell one leg from the other; hips lie too near each other in a side view."""


def repair_swaps(points: Keypoints) -> tuple[Keypoints, Flags]:
    """Give each leg its own side through the whole film.

    The sequence of labellings is the one in which the legs change their velocity least (a shortest path over pairs of
    neighbouring pictures); to depart from the network's own labels costs a little in each picture, so that a noisy
    leg alone does not turn a stretch round. Which of the two complete labellings is right cannot be seen from the
    legs: the one that agrees with the network more often stands.

    Parameters
    ----------
    points : of one person

    Returns
    -------
    the key points with legs put right, and (frames,) whether a picture was changed; also in ``facts``
    """
    left, right = (_leg(points, side) for side in "lr")
    thigh = _thigh(points)
    trust = evidence.value("house_video.trust_in_labels") * thigh
    swapped = _cheapest(left, right, evidence.value("house_video.jump_ceiling") * thigh, trust).astype(bool)
    seen = np.isfinite(left).any(axis=(1, 2)) & np.isfinite(right).any(axis=(1, 2))
    swapped = (~swapped if np.median(swapped[seen] if seen.any() else [0.0]) > 0.5 else swapped) & seen
    facts: dict[str, Any] = {"swapped_pictures": int(swapped.sum()), "swapped_s": _stretches(points.time_s, swapped)}
    return replace(_exchanged(points, swapped), facts={**(points.facts or {}), **facts}), swapped


def _leg(points: Keypoints, side: str) -> Array:
    columns = [points.joints.index(f"{joint}_{side}") for joint in LEG]
    return points.xy[:, columns]


def _thigh(points: Keypoints) -> float:
    """Return the length of the thigh in the picture, pixels."""
    seen = np.concatenate([np.hypot(*(points.at(f"hip_{s}") - points.at(f"knee_{s}")).T) for s in "lr"])
    return float(np.nanmedian(seen)) if np.isfinite(seen).any() else 1.0


@njit(cache=True)
def _jump(before: Array, middle: Array, after: Array, ceiling: float) -> float:
    """Return how much the joints change their velocity over three pictures, pixels, each at most the ceiling."""
    total = 0.0
    for k in range(len(after)):
        across = after[k, 0] - 2.0 * middle[k, 0] + before[k, 0]
        along = after[k, 1] - 2.0 * middle[k, 1] + before[k, 1]
        change = np.hypot(across, along)
        # A joint that was not seen says nothing about either labelling.
        if not np.isnan(change):
            total += min(change, ceiling)
    return total


@njit(cache=True)
def _cheapest(left: Array, right: Array, ceiling: float, trust: float) -> Indices:
    """Viterbi over pairs of labellings (of this picture and the one before); the cost is the change of velocity.

    ``cost[a, b]`` is the least cost so far when the picture before is labelled a and this one b.
    """
    frames, joints = left.shape[0], left.shape[1]
    both = np.empty((2, frames, 2 * joints, 2))
    both[0, :, :joints], both[0, :, joints:] = left, right
    both[1, :, :joints], both[1, :, joints:] = right, left
    cost, best = np.zeros((2, 2)), np.zeros((frames, 2, 2), np.int8)
    for t in range(2, frames):
        new = np.empty((2, 2))
        for b in range(2):
            for c in range(2):
                for a in range(2):
                    total = cost[a, b] + _jump(both[a, t - 2], both[b, t - 1], both[c, t], ceiling) + c * trust
                    if a == 0 or total < new[b, c]:
                        new[b, c], best[t, b, c] = total, a
        cost = new
    labels = np.zeros(frames, np.int64)
    if frames > 1:
        last = np.argmin(cost)
        labels[frames - 2], labels[frames - 1] = last // 2, last % 2
        for t in range(frames - 1, 1, -1):
            labels[t - 2] = best[t, labels[t - 1], labels[t]]
    return labels


def _exchanged(points: Keypoints, swapped: Flags) -> Keypoints:
    xy, confidence, spread = points.xy.copy(), points.confidence.copy(), points.spread.copy()
    for joint in ("hip", *LEG):
        one, other = (points.joints.index(f"{joint}_{side}") for side in "lr")
        for values in (xy, confidence, spread):
            values[swapped, one], values[swapped, other] = values[swapped, other], values[swapped, one]
    return replace(points, xy=xy, confidence=confidence, spread=spread)


def _stretches(time_s: Array, flags: Flags) -> list[list[float]]:
    """Return [first, last] s of each run of pictures that were changed."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(int), [0]])))
    return [[round(float(time_s[a]), 3), round(float(time_s[b - 1]), 3)] for a, b in edges.reshape(-1, 2)]
