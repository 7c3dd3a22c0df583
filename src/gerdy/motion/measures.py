"""Measures per stride: at contact, in the zone, at mid-stance, at toe-off, and peaks.

All take plain arrays over time and the times of the stances; what is missing in a stride leaves that stride out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy import evidence
from gerdy.quantities import Spread, spread

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gerdy.quantities import Array, Flags

__all__ = [
    "INSTANTS",
    "StanceTimes",
    "angle_measures",
    "distance_measures",
    "mid_stance_times",
    "moment_measures",
    "phase_curves",
]

INSTANTS: Final = ("contact", "zone", "mid_stance", "toe_off", "peak", "excursion")
"""*Zone* is the mean while knee flexion passes the zone in loading, *excursion* peak minus contact."""

_POINTS: Final = 101


@dataclass(frozen=True, slots=True)
class StanceTimes:
    """When the stances of one foot are.

    Parameters
    ----------
    contact_s, toe_off_s, mid_stance_s : (strides,) s
    """

    contact_s: Array
    toe_off_s: Array
    mid_stance_s: Array


def mid_stance_times(
    contact_s: Array, toe_off_s: Array, time_s: Array | None = None, vertical_n: Array | None = None
) -> StanceTimes:
    """Find mid-stance: the peak of vertical force, or half of stance without forces.

    Parameters
    ----------
    contact_s, toe_off_s : (strides,) s
    time_s, vertical_n : (samples,) s and N under this foot; None without forces

    Returns
    -------
    StanceTimes

    Notes
    -----
    The impact peak of a heel strike can exceed the active peak, so only the part of stance within
    `house_motion_measures.mid_stance_window` is searched.
    """
    contact_s, toe_off_s = np.asarray(contact_s, dtype=float), np.asarray(toe_off_s, dtype=float)
    if time_s is None or vertical_n is None:
        return StanceTimes(contact_s, toe_off_s, (contact_s + toe_off_s) / 2.0)
    low, high = evidence.span("house_motion_measures.mid_stance_window")
    curves = phase_curves(time_s, vertical_n, contact_s, toe_off_s)
    phase = np.linspace(0.0, 1.0, _POINTS)
    inside = (phase >= low / 100.0) & (phase <= high / 100.0)
    best = phase[np.argmax(np.where(inside, curves, -np.inf), axis=1)]
    return StanceTimes(contact_s, toe_off_s, contact_s + best * (toe_off_s - contact_s))


def phase_curves(time_s: Array, values: Array, start_s: Array, end_s: Array) -> Array:
    """Stretch a signal between pairs of times to 0-100 %.

    Parameters
    ----------
    time_s, values : (samples,) s, and the signal; NaN where missing
    start_s, end_s : (strides,) s

    Returns
    -------
    (strides, 101); NaN where the signal is missing or does not reach
    """
    at = start_s[:, None] + np.linspace(0.0, 1.0, _POINTS) * (end_s - start_s)[:, None]
    return _at(time_s, values, at)


def angle_measures(
    angles: Mapping[str, Array],
    time_s: Array,
    times: StanceTimes,
    zone_deg: tuple[float, float] | None = None,
) -> dict[str, Spread]:
    """Measure every angle at every instant.

    Parameters
    ----------
    angles : name → (frames,) rad, from `gerdy.motion.clinical.clinical_angles`; with ``knee_flexion`` there is a zone
    time_s : (frames,) s
    times : stances of this foot
    zone_deg : knee flexion limits of the zone; None is the registry's

    Returns
    -------
    ``<angle>_<instant>_deg`` → mean, spread and count over strides, for the instants of `INSTANTS`
    """
    curves = {name: np.degrees(phase_curves(time_s, v, times.contact_s, times.toe_off_s)) for name, v in angles.items()}
    in_zone = None
    if "knee_flexion" in curves:
        limits = evidence.span("orchard1996.zone_knee_flexion") if zone_deg is None else zone_deg
        in_zone = _loading_zone(curves["knee_flexion"], limits)
    found: dict[str, Spread] = {}
    for name, curve in curves.items():
        middle = np.degrees(_at(time_s, angles[name], times.mid_stance_s))
        for instant, value in _instants(curve, middle, in_zone).items():
            found[f"{name}_{instant}_deg"] = spread(value, "deg")
    return found


def moment_measures(
    moments: Mapping[str, Array], time_s: Array, times: StanceTimes, mass_kg: float
) -> dict[str, Spread]:
    """Peak in stance and value at mid-stance of every internal moment, per kilogram.

    Parameters
    ----------
    moments : name → (frames,) N·m, from `gerdy.motion.clinical.clinical_moments`
    time_s, times : as in `angle_measures`
    mass_kg : of the runner

    Returns
    -------
    ``<moment>_peak_nm_kg`` and ``<moment>_mid_stance_nm_kg`` → mean, spread, count
    """
    found: dict[str, Spread] = {}
    for name, values in moments.items():
        curve = phase_curves(time_s, values / mass_kg, times.contact_s, times.toe_off_s)
        found[f"{name}_peak_nm_kg"] = spread(curve.max(axis=1), "N·m/kg")
        found[f"{name}_mid_stance_nm_kg"] = spread(_at(time_s, values / mass_kg, times.mid_stance_s), "N·m/kg")
    return found


def distance_measures(distances: Mapping[str, Array], time_s: Array, times: StanceTimes) -> dict[str, Spread]:
    """Lateral distances at mid-stance.

    Parameters
    ----------
    distances : name → (frames,) m, from `gerdy.motion.clinical.lateral_distances`
    time_s, times : as in `angle_measures`

    Returns
    -------
    ``<name>_mid_stance_mm`` → mean, spread, count
    """
    return {
        f"{name}_mid_stance_mm": spread(_at(time_s, values, times.mid_stance_s) * 1000.0, "mm")
        for name, values in distances.items()
    }


def _instants(curve: Array, middle: Array, in_zone: Flags | None) -> dict[str, Array]:
    peak = curve.max(axis=1)
    found = {
        "contact": curve[:, 0],
        "mid_stance": middle,
        "toe_off": curve[:, -1],
        "peak": peak,
        "excursion": peak - curve[:, 0],
    }
    if in_zone is not None:
        found["zone"] = _mean_where(curve, in_zone)
    return found


def _loading_zone(knee_deg: Array, limits: tuple[float, float]) -> Flags:
    """Mark the samples, before the knee is bent most, at which knee flexion lies within the limits."""
    before_peak = np.arange(_POINTS) <= np.argmax(np.nan_to_num(knee_deg, nan=-np.inf), axis=1)[:, None]
    zone: Flags = before_peak & (knee_deg >= limits[0]) & (knee_deg <= limits[1])
    return zone


def _mean_where(curve: Array, where: Flags) -> Array:
    count = where.sum(axis=1)
    total = np.where(where, curve, 0.0).sum(axis=1)
    mean: Array = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return mean


def _at(time_s: Array, values: Array, when: Array) -> Array:
    inside = (when >= time_s[0]) & (when <= time_s[-1])
    seen: Array = np.where(inside, np.interp(when, time_s, values), np.nan)
    return seen
