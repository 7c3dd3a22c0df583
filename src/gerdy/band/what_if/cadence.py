"""Another step rate at the same speed, as Heiderscheit measured it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gerdy import evidence
from gerdy.band.what_if.measured import Measured
from gerdy.errors import EvidenceInvalid

if TYPE_CHECKING:
    from gerdy.band.what_if.case import Case
    from gerdy.quantities import Array

__all__ = ["cadence_change", "step_rate_table"]


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
    ``house_what_if.loading_share`` of the stride. All are then held to toe-off. Moments have one decimal in print, so
    their ratio is read between the preferred and the outer columns only, and drawn over what rounds to these digits.

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
