"""Checks that need only the shape of the band: one small function for each target, one number for each draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import brentq

from gerdy.band.priors import tibia_in_femur, unhindered_crossing
from gerdy.band.validation.material import pair
from gerdy.evidence import value

if TYPE_CHECKING:
    from gerdy.band.design import Draw
    from gerdy.band.validation.material import Material
    from gerdy.quantities import Array

ANTERIOR, POSTERIOR, CREST = range(3)


def posterior_crossing(material: Material) -> Array:
    """V1: knee flexion at which the unhindered posterior strand is level with the epicondyle, deg."""
    return np.array([_crossing_deg(material, draw, POSTERIOR) for draw in material.draws])


def anterior_crosses_later(material: Material) -> Array:
    """V1: how many degrees later the anterior strand crosses."""
    front = np.array([_crossing_deg(material, draw, ANTERIOR) for draw in material.draws])
    return front - posterior_crossing(material)


def _crossing_deg(material: Material, draw: Draw, strand: int) -> float:
    design = draw.designs["right"]

    def ahead(knee: float) -> float:
        return float(
            unhindered_crossing(design, *tibia_in_femur(material.body, "right", knee))[strand] - design.apex[0]
        )

    low, high = 0.0, np.radians(90.0)
    if ahead(low) <= 0.0 or ahead(high) >= 0.0:
        return float("nan")
    return float(np.degrees(brentq(ahead, low, high, xtol=1e-6)))


def front_fibre_travel(material: Material) -> Array:
    """V2: how far the anterior strand moves back over the epicondyle, knee 0 to 45 degrees, mm."""
    knee = material.pose(knee_angle=[0.0, 45.0])
    where = np.stack([material.geometry(knee, draw).position[:, ANTERIOR] for draw in material.draws])
    return 1000 * (where[:, 0] - where[:, 1])


def internal_rotation_compresses(material: Material) -> Array:
    """V3: change of contact force per newton when the tibia turns in, knee 30."""
    return _pressure_change(material, knee_rotation=value("house_validation.small_turn"))


def varus_compresses(material: Material) -> Array:
    """V4: change of contact force per newton in varus, knee 30."""
    return _pressure_change(material, knee_adduction=value("house_validation.small_tilt"))


def valgus_relieves(material: Material) -> Array:
    """V4: change of contact force per newton in valgus, knee 30."""
    return _pressure_change(material, knee_adduction=-value("house_validation.small_tilt"))


def varus_lengthens(material: Material) -> Array:
    """V4: the smaller of what varus adds and valgus takes, points of elongation, both strands' mean, knee 30."""
    tilt = value("house_validation.small_tilt")
    length = material.lengths(material.pose(knee_angle=30.0, knee_adduction=[-tilt, 0.0, tilt]))[:, :, :CREST]
    gain = 100 * (np.diff(length, axis=1) / length[:, 1:2]).mean(axis=2)
    return np.asarray(gain.min(axis=1))


def _pressure_change(material: Material, **turned: float) -> Array:
    change = {name: [0.0, degrees] for name, degrees in turned.items()}
    found = material.pressures(material.pose(knee_angle=30.0, **change))
    return np.asarray(found[:, 1] - found[:, 0])


def hip_extension_lengthens(material: Material) -> Array:
    """V10: anterior strand, hip flexion 40 to 0 degrees, %."""
    return _gain(material, ANTERIOR, hip_flexion=[40.0, 0.0])


def knee_flexion_lengthens(material: Material) -> Array:
    """V10: anterior strand, knee flexion 0 to 25 degrees, %."""
    return _gain(material, ANTERIOR, knee_angle=[0.0, 25.0])


def hip_over_knee(material: Material) -> Array:
    """V10: the hip's effect over the knee's."""
    return hip_extension_lengthens(material) / knee_flexion_lengthens(material)


def deep_knee_lengthens(material: Material) -> Array:
    """V11: anterior strand, deeply bent knee minus straighter knee, % of the neutral length."""
    length = _stretched(material)[:, 1]
    return np.asarray(100 * (length[:, 2:].mean(axis=1) - length[:, :2].mean(axis=1)) / length[:, 0])


def rotation_over_knee(material: Material) -> Array:
    """V11: range of the anterior strand over hip rotation, over the knee's effect."""
    length = _stretched(material)
    rotation = np.ptp(length.mean(axis=2), axis=1)
    knee = length.mean(axis=1)
    return np.asarray(rotation / np.abs(knee[:, 2:].mean(axis=1) - knee[:, :2].mean(axis=1)))


def _stretched(material: Material) -> Array:
    """Anterior strand, (draws, hip rotations, knee angles) m, hip extended and adducted."""
    flexion, adduction = pair("house_validation.stretched_hip")
    turn, deepest = value("house_validation.small_turn"), value("house_validation.deepest_crossing")
    knees, turns = (0.0, 45.0, 90.0, deepest), (-turn, 0.0, turn)
    knee, rotation = np.tile(knees, len(turns)), np.repeat(turns, len(knees))
    q = material.pose(hip_flexion=flexion, hip_adduction=adduction, hip_rotation=rotation, knee_angle=knee)
    return material.lengths(q)[:, :, ANTERIOR].reshape(-1, len(turns), len(knees))


def crest_per_adduction(material: Material) -> Array:
    """V21: crest strand, % for each degree of hip adduction from 0 to 15."""
    return _gain(material, CREST, hip_adduction=[0.0, 15.0]) / 15.0


def _gain(material: Material, strand: int, **degrees: list[float]) -> Array:
    length = material.lengths(material.pose(**degrees))[:, :, strand]
    return np.asarray(100 * (length[:, 1] / length[:, 0] - 1.0))
