"""Checks of moment arms: of the anterior strand, and of the muscles around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gerdy.band.design import JOINT_COORDINATES
from gerdy.body.muscles import muscle_geometry

if TYPE_CHECKING:
    from gerdy.band.validation.material import Material
    from gerdy.quantities import Array

GLUTEALS = (*(f"{name}{i}" for name in ("glmax", "glmed", "glmin") for i in (1, 2, 3)), "piri")


def rotation_arm_at_zero(material: Material) -> Array:
    """V13: internal-rotation arm of the anterior strand, neutral, mm."""
    return _strand_arm(material, "hip_rotation", [0.0])[:, 0]


def rotation_arm_slope(material: Material) -> Array:
    """V13: how it grows with hip flexion from 0 to 30 degrees, mm/deg."""
    arm = _strand_arm(material, "hip_rotation", [0.0, 30.0])
    return np.asarray((arm[:, 1] - arm[:, 0]) / 30.0)


def abduction_arm(material: Material) -> Array:
    """V14: abduction arm of the anterior strand, neutral, mm."""
    return -_strand_arm(material, "hip_adduction", [0.0])[:, 0]


def _strand_arm(material: Material, coordinate: str, hip_flexion: list[float]) -> Array:
    q, column = material.pose(hip_flexion=hip_flexion), JOINT_COORDINATES.index(coordinate)
    return 1000 * np.stack([material.geometry(q, draw).moment_arm[:, 0, column] for draw in material.draws])


def share_turning_inwards(material: Material) -> Array:
    """V15: share of gluteal compartments whose rotation arm is more inward at 90 than at 0 degrees of flexion."""
    arm = _rotation_arms(material, GLUTEALS, np.array([0.0, 90.0]))
    return np.array([float((arm[1] > arm[0]).mean())])


def middle_medius_switch(material: Material) -> Array:
    """V15: hip flexion at which middle gluteus medius becomes an internal rotator, deg."""
    return np.array([_switch(material, "glmed2")])


def posterior_medius_switch(material: Material) -> Array:
    """V15: hip flexion at which posterior gluteus medius becomes an internal rotator, deg."""
    return np.array([_switch(material, "glmed3")])


def vastus_rotation_arm(material: Material) -> Array:
    """V16: largest size of the hip-rotation arm of vastus lateralis, mm."""
    return np.array([float(np.abs(_rotation_arms(material, ("vaslat",), np.linspace(0.0, 90.0, 19))).max())])


def _switch(material: Material, muscle: str) -> float:
    flexion = np.linspace(-20.0, 90.0, 111)
    arm = _rotation_arms(material, (muscle,), flexion)[:, 0]
    crossed = np.flatnonzero((arm[:-1] < 0.0) & (arm[1:] >= 0.0))
    if not crossed.size:
        return float("nan")
    i = crossed[0]
    return float(flexion[i] - arm[i] * (flexion[i + 1] - flexion[i]) / (arm[i + 1] - arm[i]))


def _rotation_arms(material: Material, muscles: tuple[str, ...], hip_flexion: Array) -> Array:
    names = [f"{name}_r" for name in muscles]
    q = material.pose(hip_flexion=hip_flexion)
    return 1000 * muscle_geometry(material.body, q, muscles=names, coordinates=["hip_rotation_r"]).moment_arm[:, :, 0]
