"""What the strides of each side add up to: cadence, contact, flight, peak force, symmetry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy.quantities import GRAVITY_M_S2, Spread, spread

if TYPE_CHECKING:
    from gerdy.motion.strides import Strides
    from gerdy.quantities import Array

TIMES: Final = {"cadence_spm": "steps/min", "contact_time_s": "s", "flight_time_s": "s"}
FORCES: Final = {"peak_vertical_force_bw": "body weights", "peak_vertical_force_pct_stance": "% of stance"}
STEPS_PER_STRIDE: Final = 2.0


@dataclass(frozen=True, slots=True)
class StanceForces:
    """The vertical force of each stance.

    Parameters
    ----------
    curve_n : (strides, 101) N over 0-100 % of stance
    peak_n : (strides,) N
    peak_pct : (strides,) % of stance at which the peak comes
    """

    curve_n: Array
    peak_n: Array
    peak_pct: Array


def stride_times(strides: Strides) -> dict[str, Array]:
    """Return cadence, contact and flight time of each stride; cadence counts the steps of both feet."""
    return {
        "cadence_spm": STEPS_PER_STRIDE * 60 / (strides.end_s - strides.contact_s),
        "contact_time_s": strides.toe_off_s - strides.contact_s,
        "flight_time_s": strides.flight_s,
    }


def stance_forces(strides: Strides, time_s: Array, vertical_n: Array) -> StanceForces:
    """Cut the vertical force into stances.

    Parameters
    ----------
    time_s, vertical_n : (samples,) s and N of the force under this foot, flight level taken off
    """
    phase = np.linspace(0.0, 1.0, 101)
    contact = strides.toe_off_s - strides.contact_s
    at = strides.contact_s[:, None] + phase * contact[:, None]
    curve = np.interp(at, time_s, vertical_n)
    first, last = np.searchsorted(time_s, strides.contact_s), np.searchsorted(time_s, strides.toe_off_s)
    best = np.array([a + np.argmax(vertical_n[a:b]) for a, b in zip(first, last, strict=True)], dtype=np.int64)
    return StanceForces(curve, vertical_n[best], 100 * (time_s[best] - strides.contact_s) / contact)


def in_body_weights(forces: StanceForces, mass_kg: float) -> dict[str, Array]:
    """Return peak force in body weights and when in stance it comes, per stride."""
    return {
        "peak_vertical_force_bw": forces.peak_n / (mass_kg * GRAVITY_M_S2),
        "peak_vertical_force_pct_stance": forces.peak_pct,
    }


def mean_over_strides(time_s: Array, values: Array, strides: Strides) -> float:
    """Return the mean of a time series from the first contact to the end of the last stride of one foot.

    A whole number of strides, so that rising and sinking cancel; NaN without strides.
    """
    if len(strides) == 0:
        return float("nan")
    mine = strides.where(strides.right == strides.right[0])
    inside = (time_s >= mine.contact_s[0]) & (time_s < mine.end_s[-1])
    return float(values[inside].mean())


def summarise(values: dict[str, Array]) -> dict[str, Spread]:
    """Return mean, spread and count of each quantity over strides."""
    return {name: spread(column, (TIMES | FORCES)[name]) for name, column in values.items()}
