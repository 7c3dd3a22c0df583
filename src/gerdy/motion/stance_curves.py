"""Stances of one leg as curves over their phase: what two runners, two legs or two days can be compared in.

Columns have no side: left and right are read in their own mirrored frames, so a left leg is a right leg seen in a
mirror. Moments are per kilogram and metre of leg, which makes runners of different size exchangeable.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from gerdy.body.kinematics import forward

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.body.model import CompiledBody
    from gerdy.quantities import Array, SideName

__all__ = ["COORDINATES", "MeanStance", "StanceCurves", "leg_length", "mean_stance", "stance_curves"]

_MIDLINE: Final = {"pelvis_tilt": 1.0, "pelvis_list": -1.0, "pelvis_rotation": -1.0}
"""Coordinates that serve both legs, and what a mirror does to their sign."""

COORDINATES: Final = (
    *_MIDLINE,
    "hip_flexion",
    "hip_adduction",
    "hip_rotation",
    "knee_angle",
    "knee_adduction",
    "knee_rotation",
    "ankle_angle",
    "subtalar_angle",
)
"""Columns of every curve: OpenSim's names without side, with the signs of a right stance."""


@dataclass(frozen=True, slots=True, eq=False)
class StanceCurves:
    """Stances of one leg, or the mean stance of each of several runners.

    Parameters
    ----------
    q : (rows, points, `COORDINATES`) rad over stance, evenly from contact to toe-off; NaN where not recorded
    slope : (rows, points, `COORDINATES`) rad per stance: the derivative of `q` by the share of stance
    moments : (rows, points, `COORDINATES`) net moment, N·m per kg of body and m of leg; None without forces
    duration_s : (rows,) s of each stance
    """

    q: Array
    slope: Array
    moments: Array | None
    duration_s: Array

    def __len__(self) -> int:
        return len(self.duration_s)

    @property
    def recorded(self) -> frozenset[str]:
        """Coordinates that are known in every row."""
        return frozenset(name for i, name in enumerate(COORDINATES) if np.isfinite(self.q[:, :, i]).all())


class MeanStance(NamedTuple):
    """One stance: each column the mean over rows.

    Attributes
    ----------
    q, slope : (points, `COORDINATES`) rad, and rad per stance
    moments : (points, `COORDINATES`) as in `StanceCurves`
    duration_s : s
    """

    q: Array
    slope: Array
    moments: Array | None
    duration_s: float


def stance_curves(
    names: Sequence[str],
    side: SideName,
    time_s: Array,
    q: Array,
    velocity: Array,
    moments: Array | None,
    stances_s: tuple[Array, Array],
    points: int,
    size_kg_m: float,
) -> StanceCurves:
    """Cut a recording of one leg into stances.

    Parameters
    ----------
    names : of the columns of the recording, with their sides; one that is absent becomes NaN
    side : of the leg
    time_s, q, velocity : (frames,) s, (frames, names) rad and rad/s
    moments : (frames, names) N·m, or None
    stances_s : (rows,) contact and toe-off
    points : of each curve
    size_kg_m : body mass times leg length

    Returns
    -------
    StanceCurves
    """
    contact_s, toe_off_s = stances_s
    duration_s = toe_off_s - contact_s
    when = contact_s[:, None] + np.linspace(0.0, 1.0, points) * duration_s[:, None]

    def cut(values: Array) -> Array:
        columns = [_column(values, list(names), name, side) for name in COORDINATES]
        return np.stack([sign * np.interp(when, time_s, column) for column, sign in columns], axis=-1)

    slope = cut(velocity) * duration_s[:, None, None]
    return StanceCurves(cut(q), slope, None if moments is None else cut(moments) / size_kg_m, duration_s)


def mean_stance(curves: StanceCurves, weights: Array | None = None) -> MeanStance:
    """Average rows.

    Parameters
    ----------
    curves : of a leg, or of runners
    weights : (rows,) that add up to one; None weighs all alike

    Returns
    -------
    MeanStance

    Notes
    -----
    Slopes are averaged per stance, not per second, so that the mean slope is the derivative of the mean pose.
    """
    share = np.full(len(curves), 1.0 / len(curves)) if weights is None else weights
    q, slope = (np.tensordot(share, part, axes=1) for part in (curves.q, curves.slope))
    moments = None if curves.moments is None else np.tensordot(share, curves.moments, axes=1)
    return MeanStance(q, slope, moments, float(share @ curves.duration_s))


def leg_length(body: CompiledBody, side: SideName) -> float:
    """Return hip to knee to ankle of one leg of a body in neutral standing, m."""
    posed = forward(body, body.default_pose() * 0.0)
    hip, knee, ankle = (posed.position[0, body.body_index(f"{name}_{side[0]}")] for name in ("femur", "tibia", "talus"))
    return float(np.linalg.norm(knee - hip) + np.linalg.norm(ankle - knee))


def _column(values: Array, names: list[str], name: str, side: SideName) -> tuple[Array, float]:
    """Return one column without side and the sign it has in a right stance."""
    full = name if name in _MIDLINE else f"{name}_{side[0]}"
    column = values[:, names.index(full)] if full in names else np.full(len(values), np.nan)
    return column, _MIDLINE.get(name, 1.0) if side == "left" else 1.0
