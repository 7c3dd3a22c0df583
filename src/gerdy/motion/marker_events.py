"""Contact and toe-off from foot markers alone, for rearfoot and forefoot strikers and both kinds of ground.

Each foot marker has a standing level, the lowest height it keeps. The *clearance* of a foot is the least height of
its markers above their levels: whichever part of the foot comes down first ends the swing, and whichever leaves last
ends the stance. A swing is a time with clearance above a stated height; the stance lies between two swings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gerdy import evidence
from gerdy.motion.force_events import threshold_intervals
from gerdy.motion.stances import Stances, in_order
from gerdy.recordings.filters import lowpass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.quantities import Array, SideName
    from gerdy.recordings.data import Markers
    from gerdy.recordings.marker_sets import MarkerSet

FOOT_ROLES = ("heel", "toe", "lateral_toe")


def foot_clearance(markers: Markers, marker_set: MarkerSet, side: SideName) -> Array:
    """Return the least height of a foot's markers above their own standing levels.

    Parameters
    ----------
    markers : in ground axes (x forward, y up, z right)

    Returns
    -------
    (frames,) m; NaN where none of the foot's markers was seen
    """
    heights = foot_markers(markers, marker_set, side)[:, :, 1]
    smooth = lowpass(heights, evidence.value("house_motion.marker_cutoff"), markers.rate_hz)
    levels = np.nanpercentile(smooth, evidence.value("house_motion.standing_level_percentile"), axis=0)
    return np.fmin.reduce(smooth - levels, axis=1)


def foot_markers(markers: Markers, marker_set: MarkerSet, side: SideName) -> Array:
    """Return the (frames, n, 3) positions of the foot markers that were recorded for one side."""
    return markers.select(labels_of(marker_set, markers, [f"{role}_{side}" for role in FOOT_ROLES])).xyz_m


def labels_of(marker_set: MarkerSet, markers: Markers, roles: Sequence[str]) -> list[str]:
    """Return the labels of those roles that were recorded."""
    found = (marker_set.label(role, markers.labels) for role in roles)
    return [label for label in found if label is not None]


def marker_stances(markers: Markers, marker_set: MarkerSet) -> Stances:
    """Find the stances of both feet.

    Notes
    -----
    On 12 trials of runners 1, 5, 14, 19 and 28 against force-plate events: docs/validation/events.md.
    """
    left, right = (
        clearance_contacts(foot_clearance(markers, marker_set, side), markers.rate_hz, markers.start_s)
        for side in ("left", "right")
    )
    return in_order(left, right, "markers")


def clearance_contacts(clearance_m: Array, rate_hz: float, start_s: float = 0.0) -> Array:
    """Turn the clearance of one foot into (contacts, 2) times of contact and toe-off in s.

    A stance next to a moment without any foot marker is left out.
    """
    swing_above = evidence.value("house_motion.foot_clear_height")
    seen = np.where(np.isfinite(clearance_m), clearance_m, 2 * swing_above)
    grounded = threshold_intervals(swing_above - seen)
    found = [_within(clearance_m, int(start), int(end) + 1) for start, end in grounded]
    times = np.array([pair for pair in found if pair is not None]).reshape(-1, 2) / rate_hz + start_s
    times[:, 0] += evidence.value("house_motion.marker_contact_delay")
    return times[np.diff(times, axis=1)[:, 0] >= evidence.value("house_motion.minimum_contact_time")]


def _within(clearance_m: Array, start: int, end: int) -> tuple[float, float] | None:
    piece = clearance_m[start : end + 1]
    if np.isnan(piece).any():
        return None
    down = np.flatnonzero(piece < evidence.value("house_motion.marker_contact_height"))
    off_height = evidence.value("house_motion.marker_toe_off_height")
    low = np.flatnonzero(piece < off_height)
    if down.size == 0 or down[0] == 0 or low[-1] == len(piece) - 1:
        return None
    contact = _level_crossing(piece, down[0] - 1, evidence.value("house_motion.marker_contact_height"))
    return start + contact, start + _level_crossing(piece, low[-1], off_height)


def _level_crossing(values: Array, before: int, level: float) -> float:
    return float(before + (level - values[before]) / (values[before + 1] - values[before]))
