"""Running speed from the recording itself: how fast the pelvis passes the foot that is on the ground.

On a treadmill the foot moves and the pelvis stays, over ground it is the other way round; the difference is the
speed in both cases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gerdy.motion.marker_events import foot_markers, labels_of
from gerdy.motion.series import bridge
from gerdy.quantities import SIDES, Spread, spread

if TYPE_CHECKING:
    from gerdy.motion.stances import Stances
    from gerdy.quantities import Array
    from gerdy.recordings.data import Markers
    from gerdy.recordings.marker_sets import MarkerSet

PELVIS_ROLES = ("asis_left", "asis_right", "psis_left", "psis_right", "sacrum")


def running_speed(markers: Markers, marker_set: MarkerSet, stances: Stances) -> Spread:
    """Return the speed over all stances, in m/s.

    The foot is flat, and so as fast as the ground, in the middle third of stance.
    """
    pelvis = markers.select(labels_of(marker_set, markers, PELVIS_ROLES))
    body = bridge(pelvis.xyz_m[:, :, 0]).mean(axis=1)
    feet = {side: bridge(foot_markers(markers, marker_set, side)[:, :, 0]).mean(axis=1) for side in SIDES}
    body_speed = (body[-1] - body[0]) / (len(body) - 1) * markers.rate_hz
    slopes = [_slopes(feet[side], stances.of(side), markers) for side in SIDES]
    return spread(body_speed - np.concatenate(slopes), "m/s")


def is_treadmill(markers: Markers, marker_set: MarkerSet, speed_m_s: float) -> bool:
    """Tell a treadmill from the ground: the pelvis covers less than half of the distance run."""
    pelvis = bridge(markers[labels_of(marker_set, markers, PELVIS_ROLES)[0]][:, :1])[:, 0]
    covered = abs(float(pelvis[-1] - pelvis[0]))
    return covered < 0.5 * speed_m_s * len(pelvis) / markers.rate_hz


def _slopes(position: Array, stances: Stances, markers: Markers) -> Array:
    third = (stances.toe_off_s - stances.contact_s) / 3
    start, end = stances.contact_s + third, stances.toe_off_s - third
    at = np.interp(np.stack([start, end]), markers.time_s, position)
    return (at[1] - at[0]) / (end - start)
