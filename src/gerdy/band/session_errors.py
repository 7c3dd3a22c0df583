"""What may be wrong with a measured mean stance: markers placed anew, and the scatter of the stances in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy.stats import norm, qmc

from gerdy import evidence
from gerdy.band.design import JOINT_COORDINATES
from gerdy.body.tables import number_table
from gerdy.motion.stance_curves import COORDINATES, MeanStance, mean_stance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.band.design import Draw
    from gerdy.motion.stance_curves import StanceCurves
    from gerdy.quantities import Array

__all__ = ["NO_ERROR", "SEED", "LegSize", "SessionError", "believed", "session_errors", "stance_weights"]

SEED: Final = 1953
"""Any fixed number makes the errors repeatable; this is the year of Shapley's paper."""

FOOT: Final = {"ankle_angle": "dorsiflexion", "subtalar_angle": "subtalar_eversion"}
"""Coordinates that the band does not span, and the measure whose session error they have."""

LOADED: Final = (*JOINT_COORDINATES, *FOOT)
"""Coordinates with a session error in angle and in moment; those of the pelvis move nothing by themselves."""


class LegSize(NamedTuple):
    """What turns moments per kg and m into N·m.

    Attributes
    ----------
    mass_kg : of the body
    length_m : hip to knee to ankle
    """

    mass_kg: float
    length_m: float


class SessionError(NamedTuple):
    """One believable error of one marker session, on one leg.

    Attributes
    ----------
    offset_rad : (`COORDINATES`,) to be added to every angle
    moment : (`COORDINATES`,) error of the moments, in standard deviations
    """

    offset_rad: Array
    moment: Array


NO_ERROR: Final = SessionError(np.zeros(len(COORDINATES)), np.zeros(len(COORDINATES)))


def session_errors(draws: Sequence[Draw], seed: int = SEED) -> list[tuple[SessionError, SessionError]]:
    """Draw the errors of two sessions for each believable band.

    Parameters
    ----------
    draws : the first session takes their offsets, so that shares and band outcomes err together
    seed : of the scrambled Sobol points that give everything else

    Returns
    -------
    (runner, reference) per draw, independent of each other
    """
    sd = np.radians([_offset_sd(name) for name in LOADED])
    many, foot = len(LOADED), len(FOOT)
    points = norm.ppf(qmc.Sobol(3 * many + foot, scramble=True, rng=seed).random(len(draws)))
    own, moment, other, other_moment = np.split(points, [foot, foot + many, foot + 2 * many], axis=1)
    return [
        (
            SessionError(_spread(np.append(draw.offset_rad, sd[-foot:] * own[i])), _spread(moment[i])),
            SessionError(_spread(sd * other[i]), _spread(other_moment[i])),
        )
        for i, draw in enumerate(draws)
    ]


def stance_weights(rows: int, count: int, rng: np.random.Generator) -> Array:
    """Draw weights of stances (or runners) whose mean scatters as the mean of that many does.

    Parameters
    ----------
    rows : stances in the mean
    count : draws

    Returns
    -------
    (count, rows), each adding up to one; a single stance shows no scatter

    Notes
    -----
    Weights are even on the simplex [Rubin1981]_, drawn apart by sqrt((rows + 1) / (rows - 1)): the variance of the
    weighted mean is then the sample variance over the number of rows.

    References
    ----------
    .. [Rubin1981] Rubin DB (1981). The Bayesian bootstrap. The Annals of Statistics 9:130-134.
    """
    even = np.full((count, rows), 1.0 / rows)
    if rows < 2:
        return even
    return even + np.sqrt((rows + 1) / (rows - 1)) * (rng.dirichlet(np.ones(rows), count) - even)


def believed(curves: StanceCurves, weights: Array, error: SessionError, size: LegSize) -> MeanStance:
    """Return a mean stance as it may truly have been.

    Parameters
    ----------
    curves : measured
    weights : (rows,) from `stance_weights`
    error : of the session
    size : of the leg that carries the moments

    Returns
    -------
    MeanStance, with moments in N·m
    """
    mean = mean_stance(curves, weights)
    moments = None if mean.moments is None else _wrong(mean.moments * size.mass_kg * size.length_m, error, size)
    return mean._replace(q=mean.q + error.offset_rad, moments=moments)


def _wrong(moments: Array, error: SessionError, size: LegSize) -> Array:
    """Add what misplaced joint centres do: it rises and falls with the force on them, about a half sine over stance."""
    share = evidence.value("house_compare.moment_session_share") * np.abs(moments).max(axis=0)
    sd = np.maximum(share, evidence.value("house_compare.moment_session_sd") * size.mass_kg)
    over_stance = np.sin(np.pi * np.linspace(0.0, 1.0, len(moments)))
    return moments + over_stance[:, None] * sd * error.moment


def _offset_sd(coordinate: str) -> float:
    if coordinate in FOOT:
        return number_table("house_compare.session_sd")[FOOT[coordinate]]
    return number_table("house_band.offset_sd")[coordinate]


def _spread(values: Array) -> Array:
    """Put values of `LOADED` into `COORDINATES`."""
    found = np.zeros(len(COORDINATES))
    found[[COORDINATES.index(name) for name in LOADED]] = values
    return found
