"""Signed angles in the plane of the picture, (frames,) rad; each sign is the clinical one of the nomenclature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from gerdy.motion.film.plane import Plane
    from gerdy.quantities import Array, SideName

__all__ = ["FRONT_ANGLES", "SIDE_ANGLES"]


def pelvic_drop(plane: Plane, side: SideName) -> Array:
    """How much lower the swinging leg's hip is than the stance hip; drop positive."""
    other: SideName = "left" if side == "right" else "right"
    stance, swing = plane.of("hip", side), plane.of("hip", other)
    return np.arctan2(stance[1] - swing[1], _outward(side) * (stance[0] - swing[0]))


def femoral_adduction(plane: Plane, side: SideName) -> Array:
    """Thigh against the vertical; knee inward positive."""
    return _outward(side) * plane.along(plane.of("hip", side), plane.of("knee", side))


def hip_adduction(plane: Plane, side: SideName) -> Array:
    """Thigh against the pelvis: its own adduction and the drop of the pelvis added; inward positive."""
    return femoral_adduction(plane, side) + pelvic_drop(plane, side)


def knee_projection(plane: Plane, side: SideName) -> Array:
    """Thigh against shin in the picture (frontal plane projection angle); knee inward of hip and ankle positive."""
    shin = _outward(side) * plane.along(plane.of("knee", side), plane.of("ankle", side))
    return femoral_adduction(plane, side) - shin


def trunk_ipsilateral_lean(plane: Plane, side: SideName) -> Array:
    """Trunk against the vertical; toward the stance leg positive."""
    return _outward(side) * plane.along(plane.of("shoulder"), plane.of("hip"))


def heel_ankle_line(plane: Plane, side: SideName) -> Array:
    """Line from heel to ankle against the shin; ankle inward (everted) positive. A rearfoot angle only with tape."""
    heel = -_outward(side) * plane.along(plane.of("ankle", side), plane.of("heel", side))
    shin = -_outward(side) * plane.along(plane.of("knee", side), plane.of("ankle", side))
    return heel - shin


def knee_flexion(plane: Plane, side: SideName) -> Array:
    """Shin against thigh; bent positive."""
    thigh = plane.along(plane.of("hip", side), plane.of("knee", side))
    shin = plane.along(plane.of("knee", side), plane.of("ankle", side))
    return _wrapped(shin - thigh)


def hip_flexion(plane: Plane, side: SideName) -> Array:
    """Thigh against the trunk's line; knee forward positive. The pelvis cannot be seen from key points."""
    thigh = plane.along(plane.of("hip", side), plane.of("knee", side))
    trunk = plane.along(plane.of("shoulder"), plane.of("hip"))
    return _wrapped(trunk - thigh)


def dorsiflexion(plane: Plane, side: SideName) -> Array:
    """Foot (heel to toe) against the shin, zero at a right angle; toes up positive."""
    shin = plane.along(plane.of("knee", side), plane.of("ankle", side))
    return _wrapped(foot_inclination(plane, side) + shin)


def foot_inclination(plane: Plane, side: SideName) -> Array:
    """Foot (heel to toe) against the level ground; toes up positive."""
    heel, toe = plane.of("heel", side), plane.of("toe", side)
    return np.arctan2(toe[1] - heel[1], toe[0] - heel[0])


def trunk_forward_lean(plane: Plane, side: SideName) -> Array:  # noqa: ARG001 - every angle is asked for with a side
    """Trunk against the vertical; forward positive."""
    return plane.along(plane.of("shoulder"), plane.of("hip"))


FRONT_ANGLES: Final[dict[str, Callable[[Plane, SideName], Array]]] = {
    "contralateral_pelvic_drop": pelvic_drop,
    "femoral_adduction": femoral_adduction,
    "hip_adduction": hip_adduction,
    "knee_projection": knee_projection,
    "trunk_ipsilateral_lean": trunk_ipsilateral_lean,
    "heel_ankle_line": heel_ankle_line,
}
"""Frontal projections, from behind or from the front."""

SIDE_ANGLES: Final[dict[str, Callable[[Plane, SideName], Array]]] = {
    "knee_flexion": knee_flexion,
    "hip_flexion": hip_flexion,
    "dorsiflexion": dorsiflexion,
    "foot_inclination": foot_inclination,
    "trunk_forward_lean": trunk_forward_lean,
}
"""Sagittal angles, from the side."""


def _outward(side: SideName) -> float:
    """Return the sign of this side's outward direction where the runner's right is positive."""
    return 1.0 if side == "right" else -1.0


def _wrapped(angle: Array) -> Array:
    return np.asarray((angle + np.pi) % (2.0 * np.pi) - np.pi)
