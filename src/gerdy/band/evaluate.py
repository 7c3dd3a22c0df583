"""Every outcome of many stances on one believable band, in one call of the kernels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from gerdy import evidence
from gerdy.band.fibres import fibre_outcomes
from gerdy.band.geometry import band_geometry
from gerdy.band.shares import lever_outcomes, moment_shares
from gerdy.band.stance import Curves, Stances, curves_of, epicondyle, loads, peaks
from gerdy.band.tension import leg_band, offset_pose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gerdy.band.design import Draw
    from gerdy.band.tension import LegBand
    from gerdy.body.model import CompiledBody
    from gerdy.quantities import Array, SideName

_SHARES: Final = (
    "share_of_hip_abduction_moment",
    "share_of_knee_adduction_moment",
    "tfl_share_of_internal_rotation_moment",
)


class AtStances(NamedTuple):
    """A leg's motion at every point of every stance, in one row.

    A what-if or a hybrid of two runners is a stance like any other: many of them are evaluated in one call.

    Attributes
    ----------
    when_s : (stances, points) s
    q, velocity, moments : (stances · points, coordinates); moments are None without forces
    """

    when_s: Array
    q: Array
    velocity: Array
    moments: Array | None


def zero_length(body: CompiledBody, side: SideName, standing: Array | None, draw: Draw) -> Array:
    """Return (5,) m path lengths at zero elongation; the session's offsets stand in the standing trial as well.

    Parameters
    ----------
    standing : (coordinates,) pose of zero elongation; None is neutral standing
    """
    neutral = np.zeros((1, len(body.coordinates)))
    pose = neutral if standing is None else offset_pose(body, standing[None], draw, side)
    return band_geometry(body, pose, draw.designs[side], side).length[0]


def outcomes_at(
    body: CompiledBody,
    side: SideName,
    cut: AtStances,
    draw: Draw,
    zero_m: Array,
    *,
    strength: Mapping[str, float | Array] | None = None,
) -> tuple[dict[str, Array], Curves]:
    """Compute every outcome of every stance on one believable band.

    Parameters
    ----------
    cut : stances of one leg of `body`
    zero_m : (5,) m, from `zero_length`
    strength : factors on the capacity of muscles, for all rows or (stances · points,), for example
        ``{"glmed1_r": 1.2}``

    Returns
    -------
    dotted path → (stances,), NaN where forces are needed and missing; and the curves, (stances, points, …) each
    """
    band = leg_band(body, cut.q, cut.velocity, cut.moments, draw, side, strength=strength)
    return outcomes_of(body, side, cut, draw, zero_m, band)


def outcomes_of(
    body: CompiledBody, side: SideName, cut: AtStances, draw: Draw, zero_m: Array, band: LegBand
) -> tuple[dict[str, Array], Curves]:
    """Read every outcome from a leg and band that were computed at every point of every stance; as `outcomes_at`."""
    moved = offset_pose(body, cut.q, draw, side)
    knee = moved[:, body.coordinate_index(f"knee_angle_{side[0]}")].reshape(cut.when_s.shape)
    low, high = evidence.span("orchard1996.zone_knee_flexion")
    stances = Stances(cut.when_s, knee, (float(np.radians(low)), float(np.radians(high))))
    curves = curves_of(band, stances, zero_m)
    found = peaks(curves) | epicondyle(curves, stances) | loads(curves, stances, draw.stiffness_n, zero_m)
    found |= fibre_outcomes(band.fibres, stances) | lever_outcomes(band.levers, stances)
    if band.tension is not None and cut.moments is not None:
        names = ("hip_adduction", "knee_adduction")
        net = {name: cut.moments[:, body.coordinate_index(f"{name}_{side[0]}")] for name in names}
        return found | moment_shares(band.tension, net, stances), curves
    return found | dict.fromkeys(_SHARES, np.full(len(knee), np.nan)), curves
