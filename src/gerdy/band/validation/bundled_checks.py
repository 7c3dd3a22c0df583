"""Checks on right stances of the bundled run: the anterior strand, turned by a stated rule and compared with itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gerdy.band.tension import joint_columns
from gerdy.band.validation.material import numbers
from gerdy.errors import BodyError
from gerdy.evidence import value

if TYPE_CHECKING:
    from gerdy.band.design import Draw
    from gerdy.band.validation.material import Material
    from gerdy.quantities import Array

ANTERIOR = 0


def strain_falls_with_width(material: Material) -> Array:
    """V5: smallest fall of peak elongation from one step width to the next wider, points."""
    return np.asarray(-np.diff(_over_widths(material)[0], axis=1).max(axis=1))


def strain_is_linear_in_width(material: Material) -> Array:
    """V5: R² of a straight line through peak elongation over step width."""
    peak, width = _over_widths(material)[0], np.array(numbers("house_validation.step_widths"))
    return np.array([float(np.corrcoef(width, row)[0, 1] ** 2) for row in peak])


def rate_falls_with_width(material: Material) -> Array:
    """V5: peak rate at the narrowest minus at the widest step, %/s."""
    rate = _over_widths(material)[1]
    return np.asarray(rate[:, 0] - rate[:, -1])


def _over_widths(material: Material) -> tuple[Array, Array]:
    """Peak elongation (%) and peak rate (%/s), (draws, widths) each.

    The leg swings about its hip: a step wider by Δ, half of it by this foot, abducts the hip by asin(Δ/2 / leg length).
    """
    widths = np.array(numbers("house_validation.step_widths"))
    # Widths are shares of leg length, so the leg's own length cancels.
    swings = [{"hip_adduction": -float(np.arcsin(width / 2.0))} for width in widths]
    found = [_elongation(material, swing) for swing in swings]
    peak = np.stack([elongation.max(axis=2).mean(axis=1) for elongation, _ in found], axis=1)
    rate = np.stack([rate.max(axis=2).mean(axis=1) for _, rate in found], axis=1)
    return peak, rate


def adduction_elongates(material: Material) -> Array:
    """R5: what 5 degrees of hip adduction add to peak elongation, points."""
    turned = {"hip_adduction": float(np.radians(value("house_validation.small_tilt")))}
    return _peak(material, turned) - _peak(material, {})


def tilt_at_contact(material: Material) -> Array:
    """R6: what 10 degrees of anterior tilt with the thigh fixed do to elongation at contact, points."""
    turned = {"hip_flexion": float(np.radians(value("house_validation.small_turn")))}
    tilted, as_is = (_elongation(material, turn)[0][:, :, 0].mean(axis=1) for turn in (turned, {}))
    return tilted - as_is


def tilt_at_peak(material: Material) -> Array:
    """R6: the same for the peak in stance, points."""
    turned = {"hip_flexion": float(np.radians(value("house_validation.small_turn")))}
    return _peak(material, turned) - _peak(material, {})


def _peak(material: Material, turned: dict[str, float]) -> Array:
    return np.asarray(_elongation(material, turned)[0].max(axis=2).mean(axis=1))


def _elongation(material: Material, turned: dict[str, float]) -> tuple[Array, Array]:
    """Elongation (%) and rate (%/s) of the anterior strand with angles added, (draws, stances, points) each."""
    if material.stance is None:
        raise BodyError("This check runs on the bundled run, and none was given; see gerdy.pipelines.validate.")
    q = material.stance.q.copy()
    for name, angle in turned.items():
        q[:, :, material.body.coordinate_index(f"{name}_r")] += angle
    found = [_one(material, draw, q) for draw in material.draws]
    return np.stack([one for one, _ in found]), np.stack([rate for _, rate in found])


def _one(material: Material, draw: Draw, q: Array) -> tuple[Array, Array]:
    assert material.stance is not None  # noqa: S101 - checked by the caller
    stances, points, width = q.shape
    zero = float(material.geometry(material.pose(), draw).length[0, ANTERIOR])
    band = material.geometry(q.reshape(-1, width), draw)
    speed = material.stance.velocity.reshape(-1, width)[:, joint_columns(material.body, "right")]
    rate = -np.einsum("fc,fc->f", band.moment_arm[:, ANTERIOR], speed)
    length = band.length[:, ANTERIOR].reshape(stances, points)
    return 100 * (length / zero - 1.0), 100 * rate.reshape(stances, points) / zero
