"""What the articles say about leverage at the hip, asked of the shipped body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy.band.design import JOINT_COORDINATES
from gerdy.band.validation.lever_checks import GLUTEALS
from gerdy.body.muscles import muscle_geometry
from gerdy.evidence import value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.band.validation.material import Material
    from gerdy.quantities import Array

MEDIUS: Final = ("glmed1", "glmed2", "glmed3")
"""Front, middle and back part of gluteus medius."""


def inward_arms(material: Material, muscles: Sequence[str], hip_flexion_deg: Sequence[float]) -> Array:
    """Return the inward-turning arm of muscles on their own paths, all else neutral.

    Parameters
    ----------
    muscles : names without side
    hip_flexion_deg : each pose; with the thigh fixed in space 10 degrees more anterior tilt are 10 more of these

    Returns
    -------
    (poses, muscles) mm, internal rotation positive; exactly zero for a muscle that does not cross the hip

    References
    ----------
    [Delp1999]_ 15 of 18 compartments of hip muscles turn towards internal rotation with flexion.
    """
    names = [f"{name}_r" for name in muscles]
    q = material.pose(hip_flexion=hip_flexion_deg)
    return 1000 * muscle_geometry(material.body, q, muscles=names, coordinates=["hip_rotation_r"]).moment_arm[:, :, 0]


def strand_arms(material: Material, hip_flexion_deg: Sequence[float]) -> Array:
    """Return (draws, poses) mm, the inward-turning arm of the anterior strand."""
    q, column = material.pose(hip_flexion=hip_flexion_deg), JOINT_COORDINATES.index("hip_rotation")
    return 1000 * np.stack([material.geometry(q, draw).moment_arm[:, 0, column] for draw in material.draws])


def tilt_on_strand(material: Material) -> Array:
    """Arm that 10 degrees of anterior tilt add to the anterior strand, hip flexed 20 degrees, (draws,) mm."""
    before, after = strand_arms(material, _tilted()).T
    return np.asarray(after - before)


def tilt_on_middle_medius(material: Material) -> Array:
    """Arm that the same tilt adds to the middle part of gluteus medius, (1,) mm."""
    before, after = inward_arms(material, MEDIUS[1:2], _tilted())[:, 0]
    return np.array([after - before])


def medius_turning_inwards(material: Material) -> Array:
    """Parts of gluteus medius that turn the thigh in at the hip flexion of a landing, (1,) of three."""
    arms = inward_arms(material, MEDIUS, [value("house_articles.contact_hip_flexion")])
    return np.array([float((arms > 0.0).sum())])


def gluteals_turning_outwards(material: Material) -> Array:
    """Of ten compartments (three each of the gluteals, and piriformis) those that still turn out there, (1,)."""
    arms = inward_arms(material, GLUTEALS, [value("house_articles.contact_hip_flexion")])
    return np.array([float((arms < 0.0).sum())])


def _tilted() -> list[float]:
    return [20.0, 20.0 + value("house_validation.small_turn")]
