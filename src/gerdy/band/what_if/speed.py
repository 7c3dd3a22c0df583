"""Another speed, as it changed runners who ran at two."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from gerdy import evidence
from gerdy.band.what_if.measured import Measured
from gerdy.errors import WhatIfRefused

if TYPE_CHECKING:
    from gerdy.band.what_if.case import Case
    from gerdy.quantities import Array

__all__ = ["SPEED_COORDINATES", "SPEED_POINTS", "SpeedTable", "speed_change", "speed_table"]

SPEED_COORDINATES: Final = (
    "hip_flexion",
    "hip_adduction",
    "hip_rotation",
    "knee_angle",
    "knee_adduction",
    "knee_rotation",
    "ankle_angle",
    "subtalar_angle",
)
"""Coordinates of the leg whose change with speed is stored, without the side."""

SPEED_POINTS: Final = 49


class SpeedTable(NamedTuple):
    """How runners changed from one treadmill speed to the next, per m/s.

    Attributes
    ----------
    runner : (changes,) name in the data set
    low_m_s, high_m_s : (changes,) belt speeds
    angle, moment : (changes, `SPEED_POINTS`, `SPEED_COORDINATES`) rad and N·m/kg per m/s
    log_contact, log_stride : (changes,) natural logarithms of the times, per m/s
    """

    runner: Array
    low_m_s: Array
    high_m_s: Array
    angle: Array
    moment: Array
    log_contact: Array
    log_stride: Array


@cache
def speed_table() -> SpeedTable:
    """Return the table that ``builders/speed_change.py`` made from the shared runners [Fukuchi2017]_.

    References
    ----------
    .. [Fukuchi2017] Fukuchi RK, Fukuchi CA, Duarte M (2017), PeerJ 5:e3298; data CC BY 4.0, figshare 4543435.
    """
    file = resources.files("gerdy.band.what_if") / "speed_change.npz"
    with resources.as_file(file) as path, np.load(path, allow_pickle=False) as stored:
        return SpeedTable(*(stored[name] for name in SpeedTable._fields))


def speed_change(case: Case, more_m_s: float, luck: float) -> Measured:
    """Return what another speed changes, as it did in one of the runners who ran at both.

    Parameters
    ----------
    case : whose stances; the table is followed from its speed
    more_m_s : faster
    luck : 0 to 1, chooses the runner

    Raises
    ------
    WhatIfRefused : the speed lies outside those of the table
    """
    table = speed_table()
    start, end = case.speed_m_s, case.speed_m_s + more_m_s
    slowest, fastest = float(table.low_m_s.min()), float(table.high_m_s.max())
    error = evidence.value("house_motion.speed_error")
    if not all(slowest * (1.0 - error) <= speed <= fastest * (1.0 + error) for speed in (start, end)):
        raise WhatIfRefused(
            f"From {start:.2f} to {end:.2f} m/s was asked for; the change with speed was measured between {slowest:g} "
            f"and {fastest:g} m/s only. Stay within, or record the runner at that speed and use 'gerdy compare'."
        )
    angle, moment = np.zeros(table.angle.shape[1:]), np.zeros(table.moment.shape[1:])
    contact = stride = 0.0
    for low, part in _segments(table, start, end):
        rows = np.flatnonzero(table.low_m_s == low)
        row = rows[min(int(luck * len(rows)), len(rows) - 1)]
        angle, moment = angle + part * table.angle[row], moment + part * table.moment[row]
        contact, stride = contact + part * table.log_contact[row], stride + part * table.log_stride[row]
    stances, points = case.at.when_s.shape
    angle, moment = _to_points(angle, points), _to_points(moment, points)
    return Measured(
        angle={name: np.tile(angle[:, i], (stances, 1)) for i, name in enumerate(SPEED_COORDINATES)},
        factor={},
        moment={name: case.body.mass * moment[:, i] for i, name in enumerate(SPEED_COORDINATES)},
        contact=float(np.exp(contact)),
        stride=float(np.exp(stride)),
        speed_m_s=more_m_s,
    )


def _segments(table: SpeedTable, start: float, end: float) -> list[tuple[float, float]]:
    """Lower belt speed of each measured step on the way, and the signed m/s that lie in it."""
    lows = np.unique(table.low_m_s)
    edges = [-np.inf, *lows[1:], np.inf]
    low, high, sign = min(start, end), max(start, end), 1.0 if end >= start else -1.0
    parts = [
        (float(step), sign * (min(high, above) - max(low, below)))
        for step, below, above in zip(lows, edges[:-1], edges[1:], strict=True)
    ]
    return [(step, part) for step, part in parts if sign * part > 0.0]


def _to_points(values: Array, points: int) -> Array:
    old, new = np.linspace(0.0, 1.0, len(values)), np.linspace(0.0, 1.0, points)
    return np.stack([np.interp(new, old, column) for column in values.T], axis=1)
