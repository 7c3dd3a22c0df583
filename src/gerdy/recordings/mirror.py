"""The same recording seen in a mirror: left becomes right, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy.quantities import other_side
from gerdy.recordings.data import Recording

if TYPE_CHECKING:
    from gerdy.quantities import Array
    from gerdy.recordings.data import Coordinates, Forces, Markers
    from gerdy.recordings.marker_set import MarkerSet

_PLACE: Final[Array] = np.array([1.0, 1.0, -1.0])
_TURN: Final[Array] = np.array([-1.0, -1.0, 1.0])
_LATERAL: Final = ("pelvis_list", "pelvis_rotation", "pelvis_tz", "lumbar_bending", "lumbar_rotation")


def mirror(recording: Recording, marker_set: MarkerSet) -> Recording:
    """Mirror a recording in the plane that divides left from right.

    Parameters
    ----------
    recording : in gerdy's ground axes (x forward, y up, z right); raw analog channels are left out
    marker_set : tells which labels are partners

    Returns
    -------
    labels and sides exchanged, z of points and forces reversed; a moment, which turns, keeps its z and
    reverses x and y
    """
    return Recording(
        markers=recording.markers and _markers(recording.markers, marker_set),
        forces=recording.forces and _forces(recording.forces),
        coordinates=recording.coordinates and _coordinates(recording.coordinates),
    )


def _markers(markers: Markers, marker_set: MarkerSet) -> Markers:
    labels = tuple(marker_set.partner(label) for label in markers.labels)
    return replace(markers, labels=labels, xyz_m=markers.xyz_m * _PLACE)


def _forces(forces: Forces) -> Forces:
    names = tuple(other_side(n) if n in {"left", "right"} else n for n in forces.names)  # type: ignore[arg-type]
    return replace(
        forces,
        names=names,
        force_n=forces.force_n * _PLACE,
        point_m=forces.point_m * _PLACE,
        free_moment_nm=forces.free_moment_nm * _TURN,
    )


def _coordinates(coordinates: Coordinates) -> Coordinates:
    swap = {"_r": "_l", "_l": "_r"}
    names = tuple(n[:-2] + swap[n[-2:]] if n[-2:] in swap else n for n in coordinates.names)
    sign = np.array([-1.0 if name in _LATERAL else 1.0 for name in coordinates.names])
    return replace(coordinates, names=names, values=coordinates.values * sign)
