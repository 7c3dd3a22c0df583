"""Running, walking or standing: told by whether both feet are ever off the ground together."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from gerdy import evidence
from gerdy.motion.marker_events import foot_clearance, foot_markers

if TYPE_CHECKING:
    from gerdy.motion.stances import Stances
    from gerdy.quantities import Array
    from gerdy.recordings.data import Markers
    from gerdy.recordings.marker_sets import MarkerSet


class Gait(StrEnum):
    """What the legs were doing."""

    RUNNING = "running"
    WALKING = "walking"
    STANDING = "standing"


def flight_times(stances: Stances) -> Array:
    """Return the time from each toe-off to the next contact of the other foot.

    Returns
    -------
    (stances,) s; negative where both feet are down; NaN where the next contact is not the other foot's
    """
    flight = np.full(len(stances), np.nan)
    flight[:-1] = stances.contact_s[1:] - stances.toe_off_s[:-1]
    flight[:-1][stances.right[1:] == stances.right[:-1]] = np.nan
    return flight


def recognise_gait(markers: Markers, marker_set: MarkerSet) -> Gait:
    """Name the gait from the feet alone.

    Running is when both feet are off the ground for more than a stated share of the time; standing is when the feet
    hardly move relative to each other.
    """
    left, right = (foot_clearance(markers, marker_set, side) for side in ("left", "right"))
    feet = [foot_markers(markers, marker_set, side)[:, :, 0].mean(axis=1) for side in ("left", "right")]
    apart = feet[0] - feet[1]
    if not np.isfinite(apart).any() or np.nanstd(apart) < evidence.value("house_motion.standing_sway"):
        return Gait.STANDING
    off = evidence.value("house_motion.marker_toe_off_height")
    both_off = np.fmin(left, right)
    share = float(np.mean(both_off[np.isfinite(both_off)] > off))
    return Gait.RUNNING if share > evidence.value("house_motion.flight_share") else Gait.WALKING
