"""Clinical measures of a pose: own names, and a sign that means the same on both sides.

Coordinates keep OpenSim's names and signs. The table `CLINICAL` maps one to the other per side; knee varus, tibial
rotation, trunk lean and the foot's distance are read from the posed segments, because one coordinate alone does not
hold them: the published knee adducts and rotates with flexion, and `knee_adduction` and `knee_rotation` add to that.

References
----------
.. [Grood1983] Grood ES, Suntay WJ (1983). A joint coordinate system for the clinical description of
   three-dimensional motions: application to the knee. Journal of Biomechanical Engineering 105:136-144.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy.body.kinematics import forward

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.body.kinematics import BodyPoses
    from gerdy.body.model import CompiledBody
    from gerdy.quantities import Array, Flags, SideName

__all__ = ["ANGLE_NAMES", "CLINICAL", "MOMENTS", "Clinical", "clinical_angles", "clinical_moments", "lateral_distances"]


@dataclass(frozen=True, slots=True)
class Clinical:
    """A clinical measure and the coordinate that it is, per side.

    Parameters
    ----------
    name : clinical name; positive means what it says
    coordinate : OpenSim's name, without the side's suffix where it has one
    right, left : factor from coordinate to measure
    midline : whether one coordinate serves both sides
    """

    name: str
    coordinate: str
    right: float
    left: float
    midline: bool = False

    def of(self, side: SideName) -> tuple[str, float]:
        """Return the coordinate's full name and the factor."""
        suffix = "" if self.midline else f"_{side[0]}"
        return self.coordinate + suffix, self.right if side == "right" else self.left


CLINICAL: Final = (
    Clinical("anterior_pelvic_tilt", "pelvis_tilt", -1.0, -1.0, midline=True),
    Clinical("contralateral_pelvic_drop", "pelvis_list", -1.0, 1.0, midline=True),
    Clinical("hip_flexion", "hip_flexion", 1.0, 1.0),
    Clinical("hip_extension", "hip_flexion", -1.0, -1.0),
    Clinical("hip_adduction", "hip_adduction", 1.0, 1.0),
    Clinical("hip_internal_rotation", "hip_rotation", 1.0, 1.0),
    Clinical("knee_flexion", "knee_angle", 1.0, 1.0),
    Clinical("dorsiflexion", "ankle_angle", 1.0, 1.0),
    Clinical("subtalar_eversion", "subtalar_angle", -1.0, -1.0),
)
"""Angles that are one coordinate each."""

MOMENTS: Final = (
    Clinical("hip_extension_moment", "hip_flexion", -1.0, -1.0),
    Clinical("hip_abduction_moment", "hip_adduction", -1.0, -1.0),
    Clinical("hip_internal_rotation_moment", "hip_rotation", 1.0, 1.0),
    Clinical("hip_external_rotation_moment", "hip_rotation", -1.0, -1.0),
    Clinical("knee_extension_moment", "knee_angle", -1.0, -1.0),
    Clinical("knee_abduction_moment", "knee_adduction", -1.0, -1.0),
    Clinical("tibial_internal_rotation_moment", "knee_rotation", 1.0, 1.0),
    Clinical("plantarflexion_moment", "ankle_angle", -1.0, -1.0),
)
"""Internal moments: what muscles and ligaments do, against the ground's and gravity's."""


ANGLE_NAMES: Final = (
    *(measure.name for measure in CLINICAL),
    "knee_varus",
    "tibial_internal_rotation",
    "trunk_ipsilateral_lean",
    "trunk_forward_lean",
)
"""Every angle that `clinical_angles` can give."""


def clinical_angles(
    body: CompiledBody, q: Array, observed: Flags, side: SideName, poses: BodyPoses | None = None
) -> dict[str, Array]:
    """Angles of one leg with the pelvis and, where it was seen, the trunk.

    Parameters
    ----------
    body : the runner's body
    q : (frames, coordinates) rad and m, the runner facing x; NaN where unknown
    observed : (coordinates,) False where no marker of the recording shows the coordinate
    side : the stance leg
    poses : of `q`, where they are at hand

    Returns
    -------
    name → (frames,) rad; a measure whose coordinate was not observed, or that the body lacks, is not in it

    References
    ----------
    [Grood1983]_ varus and tibial rotation: about the floating axis and the tibia's long axis.
    """
    names = [name for name, seen in zip(body.coordinate_names, observed, strict=True) if seen]
    angles = _by_table(CLINICAL, q, body.coordinate_names, names, side)
    poses = forward(body, q) if poses is None else poses
    if {f"knee_adduction_{side[0]}", f"knee_rotation_{side[0]}"} <= set(names):
        angles["knee_varus"], angles["tibial_internal_rotation"] = _knee(body, poses, side)
    if "lumbar_bending" in names:
        angles |= _trunk(body, poses, side)
    return angles


def clinical_moments(moments: Array, names: Sequence[str], side: SideName) -> dict[str, Array]:
    """Name the internal moments of one leg.

    Parameters
    ----------
    moments : (frames, coordinates) N·m, generalised force along each coordinate, as inverse dynamics gives it
    names : of the columns
    side : which leg

    Returns
    -------
    name → (frames,) N·m
    """
    return _by_table(MOMENTS, moments, names, names, side)


def lateral_distances(body: CompiledBody, poses: BodyPoses, side: SideName, *, trunk_seen: bool) -> dict[str, Array]:
    """Measure how far the foot stands to its own side of the pelvis centre, and of the mass centre.

    Parameters
    ----------
    body, poses : the runner's body, posed facing x
    side : the stance leg
    trunk_seen : whether the trunk was observed, without which a mass centre is not known

    Returns
    -------
    ``pelvis_to_foot`` and perhaps ``mass_centre_to_foot`` → (frames,) m; negative once the foot crosses the midline
    """
    sign = 1.0 if side == "right" else -1.0
    s = side[0]
    foot = _z(body, poses, f"calcn_{s}", f"toes_{s}")
    found = {"pelvis_to_foot": sign * (foot - _z(body, poses, "femur_r", "femur_l"))}
    if trunk_seen:
        mass = body.skeleton.mass
        centres = poses.position + np.einsum("fbij,bj->fbi", poses.rotation, body.skeleton.mass_center)
        found["mass_centre_to_foot"] = sign * (foot - centres[:, :, 2] @ mass / mass.sum())
    return found


def _by_table(
    table: Sequence[Clinical], values: Array, columns: Sequence[str], known: Sequence[str], side: SideName
) -> dict[str, Array]:
    found = {}
    for measure in table:
        coordinate, factor = measure.of(side)
        if coordinate in known:
            found[measure.name] = factor * values[:, list(columns).index(coordinate)]
    return found


def _knee(body: CompiledBody, poses: BodyPoses, side: SideName) -> tuple[Array, Array]:
    sign = 1.0 if side == "right" else -1.0
    femur, tibia = (poses.rotation[:, body.body_index(f"{name}_{side[0]}")] for name in ("femur", "tibia"))
    R = np.einsum("fji,fjk->fik", femur, tibia)
    return sign * np.arcsin(R[:, 2, 1]), sign * np.arctan2(-R[:, 2, 0], R[:, 2, 2])


def _trunk(body: CompiledBody, poses: BodyPoses, side: SideName) -> dict[str, Array]:
    up = poses.rotation[:, body.body_index("torso"), :, 1]
    toward = 1.0 if side == "right" else -1.0
    return {
        "trunk_ipsilateral_lean": toward * np.arctan2(up[:, 2], up[:, 1]),
        "trunk_forward_lean": np.arctan2(up[:, 0], up[:, 1]),
    }


def _z(body: CompiledBody, poses: BodyPoses, first: str, second: str) -> Array:
    middle: Array = poses.position[:, [body.body_index(first), body.body_index(second)], 2].mean(axis=1)
    return middle
