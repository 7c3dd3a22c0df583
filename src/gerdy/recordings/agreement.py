"""Do forces and markers belong together? A foot must stand where the ground pushes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gerdy import evidence
from gerdy.recordings.data import Problem

if TYPE_CHECKING:
    from gerdy.quantities import Array
    from gerdy.recordings.data import Forces, Markers
    from gerdy.recordings.marker_set import MarkerSet

_FOOT = ("heel", "toe", "lateral_toe")


def check_under_feet(markers: Markers, forces: Forces, marker_set: MarkerSet, file: str) -> tuple[Problem, ...]:
    """Report forces that act away from both feet.

    Parameters
    ----------
    markers, forces : in gerdy's ground axes, on the same clock
    marker_set : tells the markers of the feet
    file : for the problem

    Returns
    -------
    one problem where the usual distance is too large for a foot, or where the two share no time; else none
    """
    distance = point_to_foot(markers, forces, marker_set)
    if distance.size == 0:
        message = "No loaded sample of the force plates falls into the time of the markers; they cannot be compared."
        return (Problem("forces_without_markers", message, file),)
    usual, limit = float(np.median(distance)), evidence.value("house_recordings.foot_reach")
    if usual <= limit:
        return ()
    message = (
        f"Forces act {usual:.2f} m from the nearest foot marker; expected within {limit:g} m. "
        "Check that forces and markers are of one trial, in the same axes and on the same clock."
    )
    return (Problem("forces_off_feet", message, file),)


def point_to_foot(markers: Markers, forces: Forces, marker_set: MarkerSet) -> Array:
    """Measure how far points of force lie from the nearest marker of a foot, seen from above.

    Returns
    -------
    (loaded samples,) m, for samples with more than a person's least force, a point, and a foot in view
    """
    labels = [marker_set.label(f"{place}_{side}", markers.labels) for place in _FOOT for side in ("left", "right")]
    feet = np.stack([markers[label] for label in labels if label], axis=1)[:, :, [0, 2]]
    frame = np.round((forces.time_s - markers.start_s) * markers.rate_hz).astype(np.int64)
    sample, plate = np.nonzero(forces.force_n[:, :, 1] >= evidence.value("house_recordings.person_force"))
    inside = (frame[sample] >= 0) & (frame[sample] < len(feet))
    sample, plate = sample[inside], plate[inside]
    gap = feet[frame[sample]] - forces.point_m[sample, plate][:, None, [0, 2]]
    distance = np.linalg.norm(gap, axis=2)
    seen = np.isfinite(distance).any(axis=1)
    return np.asarray(np.nanmin(distance[seen], axis=1)) if seen.any() else np.empty(0)
