"""Checks in single-leg standing: still, upright, the body's mass over the ankle."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.optimize import brentq

from gerdy.band.tension import leg_band
from gerdy.body.dynamics import Loads, MotionRates, inverse_dynamics
from gerdy.body.kinematics import forward
from gerdy.evidence import value
from gerdy.quantities import GRAVITY_M_S2

if TYPE_CHECKING:
    from gerdy.band.tension import BandTension
    from gerdy.band.validation.material import Material
    from gerdy.body.model import CompiledBody
    from gerdy.quantities import Array

SWING_KNEE_DEG = 90.0
ABDUCTORS = tuple(f"{name}{i}" for name in ("glmed", "glmin") for i in (1, 2, 3))


class Standing(NamedTuple):
    """Right single-leg stance: pose (1, coordinates) and net moments (1, coordinates) N·m."""

    q: Array
    moments: Array


def standing(body: CompiledBody, drop_deg: float) -> Standing:
    """Stand a body on its right leg.

    The pelvis is level, or dropped to the free side by `drop_deg` with the stance leg and the trunk fixed in space. The
    stance hip is adducted until the mass centre of the level pose lies over the ankle. The ground pushes straight up
    through the mass centre.
    """
    q = np.zeros((1, len(body.coordinates)))
    column = body.coordinate_index
    q[0, column("knee_angle_l")] = np.radians(SWING_KNEE_DEG)

    def beside(adduction: float) -> float:
        q[0, column("hip_adduction_r")] = adduction
        ankle = forward(body, q).position[0, body.body_index("talus_r")]
        return float(mass_center(body, q)[2] - ankle[2])

    q[0, column("hip_adduction_r")] = brentq(beside, 0.0, np.radians(20.0))
    drop = np.radians(drop_deg)
    # Pelvic list is positive to contralateral hike in right stance; the trunk bends back by as much.
    q[0, column("pelvis_list")] -= drop
    q[0, column("hip_adduction_r")] += drop
    q[0, column("lumbar_bending")] += drop
    return Standing(q, _still_moments(body, q))


def mass_center(body: CompiledBody, q: Array) -> Array:
    """Return (3,) m, the mass centre of the whole body in ground."""
    posed = forward(body, q)
    centers = posed.position[0] + np.einsum("bij,bj->bi", posed.rotation[0], body.skeleton.mass_center)
    return np.asarray(body.skeleton.mass @ centers / body.mass)


def _still_moments(body: CompiledBody, q: Array) -> Array:
    center, still = mass_center(body, q), np.zeros_like(q)
    point = np.array([[[center[0], 0.0, center[2]]]])
    force = np.array([[[0.0, body.mass * GRAVITY_M_S2, 0.0]]])
    loads = Loads(("calcn_r",), force, point, np.zeros_like(force))
    return inverse_dynamics(body, q, MotionRates(still, still), loads)


def drop_lengthens(material: Material) -> Array:
    """V12: mean elongation that the pelvic drop adds to the anterior and posterior strand, points."""
    level, dropped = (standing(material.body, drop).q for drop in (0.0, value("house_validation.small_tilt")))
    length = material.lengths(np.concatenate([level, dropped]))[:, :, :2]
    return np.asarray(100 * (length[:, 1] / length[:, 0] - 1.0).mean(axis=1))


def drop_raises_tension(material: Material) -> Array:
    """V12: tension of both strands that the pelvic drop adds, N."""
    dropped = _tensions(material, value("house_validation.small_tilt"))
    return np.array(
        [float((b.strand_n - a.strand_n).sum()) for a, b in zip(_tensions(material, 0.0), dropped, strict=True)]
    )


def tensioners_share(material: Material) -> Array:
    """V20: tension of both strands over that plus gluteus medius and minimus, level pelvis."""
    return np.array([_share(tension) for tension in _tensions(material, 0.0)])


def _share(tension: BandTension) -> float:
    others = tension.muscle_n[0, [tension.muscles.index(name) for name in ABDUCTORS]].sum()
    band = tension.strand_n[0].sum()
    return float(band / (band + others))


def _tensions(material: Material, drop_deg: float) -> list[BandTension]:
    q, moments = standing(material.body, drop_deg)
    bands = (leg_band(material.body, q, np.zeros_like(q), moments, draw, "right") for draw in material.draws)
    return [band.tension for band in bands if band.tension is not None]


def clinical_stretch(material: Material) -> Array:
    """V19: strain of the whole band under the pull of a stretch by hand, %."""
    return np.array([100 * value("house_validation.clinical_pull") / draw.stiffness_n for draw in material.draws])
