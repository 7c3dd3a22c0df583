"""Contact and toe-off in walking, where one foot is always down.

A foot lands when its heel is farthest in front of the pelvis and leaves when its toe is farthest behind [Zeni2008]_.

References
----------
.. [Zeni2008] Zeni JA, Richards JG, Higginson JS (2008), Gait & Posture 27:710-714.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.signal import find_peaks

from gerdy import evidence
from gerdy.motion.marker_events import labels_of
from gerdy.motion.series import bridge
from gerdy.motion.speed import PELVIS_ROLES
from gerdy.motion.stances import Stances, in_order
from gerdy.recordings.filters import lowpass

if TYPE_CHECKING:
    from gerdy.quantities import Array, SideName
    from gerdy.recordings.data import Markers
    from gerdy.recordings.marker_sets import MarkerSet


def walking_stances(markers: Markers, marker_set: MarkerSet) -> Stances:
    """Find the stances of both feet of a walker."""
    left, right = (_side(markers, marker_set, side) for side in ("left", "right"))
    return in_order(left, right, "markers")


def _side(markers: Markers, marker_set: MarkerSet, side: SideName) -> Array:
    pelvis = _forward(markers, labels_of(marker_set, markers, PELVIS_ROLES))
    heel = _forward(markers, [marker_set.roles[f"heel_{side}"]]) - pelvis
    toe = _forward(markers, [marker_set.front_of_foot(side, markers.labels)]) - pelvis
    apart = max(int(evidence.span("house_motion.walking_stride_time")[0] * markers.rate_hz), 1)
    prominence = 0.25 * float(np.ptp(heel))
    contacts = find_peaks(heel, distance=apart, prominence=prominence)[0]
    toe_offs = find_peaks(-toe, distance=apart, prominence=prominence)[0]
    following = np.searchsorted(toe_offs, contacts)
    contacts, following = contacts[following < len(toe_offs)], following[following < len(toe_offs)]
    pairs = np.stack([contacts, toe_offs[following]], axis=1)
    return pairs / markers.rate_hz + markers.start_s


def _forward(markers: Markers, labels: list[str]) -> Array:
    positions = bridge(markers.select(labels).xyz_m[:, :, 0])
    smooth = lowpass(positions, evidence.value("house_motion.marker_cutoff"), markers.rate_hz)
    return np.asarray(smooth.mean(axis=1))
