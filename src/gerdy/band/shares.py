"""Which part of a joint's moment the band carries, and with which leverage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gerdy.band.design import JOINT_COORDINATES
from gerdy.band.stance import over
from gerdy.band.tension import LEVERS

if TYPE_CHECKING:
    from gerdy.band.stance import Stances
    from gerdy.band.tension import BandTension
    from gerdy.quantities import Array


def moment_shares(tension: BandTension, net: dict[str, Array], stances: Stances) -> dict[str, Array]:
    """Return shares over whole stances, each impulse of the band against the impulse it is part of.

    Parameters
    ----------
    net : ``hip_adduction`` and ``knee_adduction`` → N·m net moments at every point of every stance, in one row

    Returns
    -------
    (stances,) each: of the hip abduction moment, of the moment that keeps the knee from adducting, and of tensor
    fasciae latae in all muscle moment that turns the hip inwards
    """
    band = {name: tension.strand_moment_nm[:, :, JOINT_COORDINATES.index(name)] for name in JOINT_COORDINATES}

    def impulse(values: Array) -> Array:
        return np.asarray(np.trapezoid(over(values, stances), axis=1))

    abduction = impulse(np.minimum(net["hip_adduction"], 0.0))
    valgus = impulse(np.minimum(net["knee_adduction"], 0.0))
    inward = impulse(tension.inward_nm)
    tfl = impulse(np.maximum(band["hip_rotation"][:, 0], 0.0))
    return {
        "share_of_hip_abduction_moment": impulse(band["hip_adduction"].sum(axis=1)) / _nonzero(abduction),
        "share_of_knee_adduction_moment": impulse(band["knee_adduction"].sum(axis=1)) / _nonzero(valgus),
        "tfl_share_of_internal_rotation_moment": tfl / _nonzero(inward),
    }


def lever_outcomes(levers: Array, stances: Stances) -> dict[str, Array]:
    """Return the arms of `LEVERS` at contact and mid-stance (half of stance), (stances,) mm each."""
    cut = 1000 * over(levers, stances)
    middle = (cut.shape[1] - 1) // 2
    return {
        f"moment_arms.{name}.{kind}_{instant}_mm": cut[:, at, i, column]
        for i, name in enumerate(LEVERS)
        for column, kind in enumerate(("internal_rotation", "abduction"))
        for instant, at in (("contact", 0), ("mid_stance", middle))
    }


def _nonzero(values: Array) -> Array:
    return np.where(np.abs(values) > 0.0, values, np.nan)
