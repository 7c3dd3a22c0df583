"""Repetitions of a squat, a step-down or a lunge: each time the hips go down and come up again."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.signal import find_peaks

from gerdy import evidence

if TYPE_CHECKING:
    from gerdy.motion.film.course import Course
    from gerdy.quantities import Array


class Repetition(NamedTuple):
    """One repetition, in frames of the course.

    Attributes
    ----------
    start, lowest, end : highest before, lowest, highest after
    """

    start: int
    lowest: int
    end: int


def repetitions(course: Course) -> tuple[Repetition, ...]:
    """Find every time the hips go down and up by at least `house_film.repetition_depth`.

    Parameters
    ----------
    course : of any view; a repetition during which the hips are hidden is none
    """
    height = course.plane.of("hip")[1] / course.leg_px
    if not np.isfinite(height).any():
        return ()
    depth = evidence.value("house_film.repetition_depth")
    filled = _filled(height)
    peaks = find_peaks(-filled, prominence=depth, distance=max(1, round(0.5 * course.rate_hz)))[0]
    lowest = [int(frame) for frame in peaks]
    edges = [0, *((a + b) // 2 for a, b in pairwise(lowest)), len(filled)]
    found = []
    for i, low in enumerate(lowest):
        before = edges[i] + int(np.argmax(filled[edges[i] : low + 1]))
        after = int(low) + int(np.argmax(filled[low : edges[i + 1]]))
        if np.isfinite(height[before : after + 1]).all():
            found.append(Repetition(before, int(low), after))
    return tuple(found)


def _filled(height: Array) -> Array:
    """Join hidden moments by straight lines, for finding the lowest points only."""
    seen = np.isfinite(height)
    return np.asarray(np.interp(np.arange(len(height)), np.flatnonzero(seen), height[seen]))
