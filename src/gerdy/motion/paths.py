"""How each foot travels under the pelvis, averaged over strides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gerdy.motion.marker_events import labels_of
from gerdy.motion.series import bridge
from gerdy.motion.speed import PELVIS_ROLES

if TYPE_CHECKING:
    from gerdy.motion.strides import Strides
    from gerdy.quantities import Array, SideName
    from gerdy.recordings.data import Markers
    from gerdy.recordings.marker_sets import MarkerSet


@dataclass(frozen=True, slots=True)
class FootPath:
    """Mean path of a heel relative to the centre of the pelvis over a stride.

    Parameters
    ----------
    phase_pct : (101,) % of the stride, from contact to the next contact of the same foot
    mean_m, sd_m : (101, 3) m; x forward, y up from the lowest point of the path, z outwards from the midline
    toe_off_pct : mean % of the stride at which the foot leaves
    """

    phase_pct: Array
    mean_m: Array
    sd_m: Array
    toe_off_pct: float


def foot_path(markers: Markers, marker_set: MarkerSet, strides: Strides, side: SideName) -> FootPath:
    """Average the path of one heel over the given strides of that side.

    Outwards is away from the midline on both sides, so that left and right can be laid over each other.
    """
    labels = labels_of(marker_set, markers, PELVIS_ROLES)
    pelvis = bridge(markers.select(labels).xyz_m.reshape(len(markers.xyz_m), -1))
    centre = pelvis.reshape(len(pelvis), -1, 3).mean(axis=1)
    heel = bridge(markers[marker_set.roles[f"heel_{side}"]])
    relative = heel - centre
    relative[:, 1] = heel[:, 1]
    relative[:, 2] *= 1 if side == "right" else -1
    cut = _over_strides(relative, markers.time_s, strides)
    cut[:, :, 1] -= cut[:, :, 1].mean(axis=0).min()
    toe_off = 100 * (strides.toe_off_s - strides.contact_s) / (strides.end_s - strides.contact_s)
    return FootPath(np.linspace(0, 100, 101), cut.mean(axis=0), cut.std(axis=0), float(toe_off.mean()))


def _over_strides(values: Array, time_s: Array, strides: Strides) -> Array:
    phase = np.linspace(0.0, 1.0, 101)
    at = strides.contact_s[:, None] + phase * (strides.end_s - strides.contact_s)[:, None]
    return np.stack([np.interp(at, time_s, column) for column in values.T], axis=2)
