"""Changes that were measured in runners: another step rate, another speed.

They come as curves over stance that are added to angles, with what was measured of moments and times. No pose is solved
and no moment is recomputed: what was not measured stays as it was.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from gerdy import evidence
from gerdy.errors import EvidenceInvalid, WhatIfRefused

if TYPE_CHECKING:
    from gerdy.band.what_if.case import Case
    from gerdy.quantities import Array

__all__ = ["SPEED_COORDINATES", "SPEED_POINTS", "Measured", "SpeedTable", "cadence_change", "speed_change", "speed_table", "step_rate_table"]

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

class Measured(NamedTuple):
    """A change over stance.

    Attributes
    ----------
    angle : coordinate without side → (stances, points) rad, added
    factor, moment : coordinate without side → factor on the net moment, and (points,) N·m that are added
    contact, stride : factors on contact and stride time
    speed_m_s : added
    """

    angle: dict[str, Array]
    factor: dict[str, float]
    moment: dict[str, Array]
    contact: float
    stride: float
    speed_m_s: float


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


def cadence_change(case: Case, percent: float, numerator: float, denominator: float) -> Measured:
    """Return what another step rate at the same speed changes [Heiderscheit2011]_.

    Parameters
    ----------
    case : whose stances; the knee's own deepest bend is kept in its place
    percent : more steps per minute
    numerator, denominator : 0 to 1, where within their rounding the two printed moments of each ratio lie

    Notes
    -----
    The table has peaks. The change of knee flexion runs from that at contact to that at the deepest bend; the change of
    hip flexion, whose peak lies at contact, is there from the start; the others come in over the first
    `house_what_if.loading_share` of the stride. All are then held to toe-off. Moments have one decimal in print, so their ratio is
    read between the preferred and the outer columns only, and drawn over what rounds to these digits.

    References
    ----------
    .. [Heiderscheit2011] Heiderscheit and others (2011), Table 3.
    """
    rate = 1.0 + percent / 100.0
    points = case.at.when_s.shape[1]
    phase = np.linspace(0.0, 1.0, points)
    duration = (case.at.when_s[:, -1] - case.at.when_s[:, 0])[:, None]
    ramp = np.minimum(1.0, phase * duration / (evidence.value("house_what_if.loading_share") * case.stride_s))
    knee = case.at.q[:, case.body.coordinate_index(f"knee_angle_{case.side[0]}")].reshape(-1, points)
    bent = np.maximum(knee.argmax(axis=1), 1)[:, None] / (points - 1)
    strike, deepest = (_angle(f"knee_flexion_{at}", percent) for at in ("at_contact", "peak"))
    return Measured(
        angle={
            "hip_flexion": _angle("hip_flexion_peak", percent) * np.ones_like(ramp),
            "hip_adduction": _angle("hip_adduction_peak", percent) * ramp,
            "hip_rotation": _angle("hip_internal_rotation_peak", percent) * ramp,
            "knee_angle": strike + (deepest - strike) * np.minimum(1.0, phase / bent),
        },
        factor={
            "hip_adduction": _ratio("hip_abduction_moment_peak", percent, numerator, denominator),
            "hip_rotation": _ratio("hip_internal_rotation_moment_peak", percent, numerator, denominator),
        },
        moment={},
        contact=1.0 / rate,
        stride=1.0 / rate,
        speed_m_s=0.0,
    )


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


def speeds_measured_from(start_m_s: float, end_m_s: float) -> tuple[int, ...]:
    """Return how many runners stand behind each part of the way between two speeds."""
    table = speed_table()
    return tuple(int((table.low_m_s == low).sum()) for low, _ in _segments(table, start_m_s, end_m_s))


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


def step_rate_table(name: str) -> Array:
    """Return one column of Heiderscheit's table, a number for each step rate."""
    found: Any = evidence.entry(f"heiderscheit2011.{name}").value
    if not isinstance(found, tuple):
        raise EvidenceInvalid(f"heiderscheit2011.{name} must have one number for each step rate.")
    return np.asarray(found, dtype=float)


def _angle(name: str, percent: float) -> float:
    """Change of an angle against the preferred step rate, rad."""
    rates, values = step_rate_table("step_rate_change"), step_rate_table(f"{name}_by_step_rate")
    return float(np.radians(np.interp(percent / 100.0, rates, values) - np.interp(0.0, rates, values)))


def _ratio(name: str, percent: float, numerator: float, denominator: float) -> float:
    """Factor on a moment; each printed moment lies anywhere within its rounding."""
    rates, values = step_rate_table("step_rate_change"), step_rate_table(f"{name}_by_step_rate")
    half = evidence.value("house_what_if.rounding")
    outer = values[-1] if percent > 0.0 else values[0]
    preferred = float(np.interp(0.0, rates, values)) + half * (2.0 * denominator - 1.0)
    ratio = (outer + half * (2.0 * numerator - 1.0)) / preferred
    return float(1.0 + abs(percent) / 100.0 / rates.max() * (ratio - 1.0))
