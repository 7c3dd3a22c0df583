"""Which joint angles and band loads differ between the sides by more than the method can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy import evidence
from gerdy.errors import EvidenceInvalid
from gerdy.motion.symmetry import NORMAL_95, left_minus_right

if TYPE_CHECKING:
    from gerdy.pipelines.analysis import Analysis
    from gerdy.quantities import Array

ANGLES: Final = {
    "hip_adduction_peak_deg": ("Largest hip adduction in stance", "hip_adduction"),
    "hip_internal_rotation_peak_deg": ("Largest inward hip rotation in stance", "hip_rotation"),
    "hip_flexion_contact_deg": ("Hip flexion at contact", "hip_flexion"),
    "knee_flexion_contact_deg": ("Knee flexion at contact", "knee_angle"),
    "knee_flexion_peak_deg": ("Largest knee flexion in stance", "knee_angle"),
}
"""Measure → its name for a reader, and the joint angle whose session error it carries."""

LOADS: Final = {
    "anterior.path_elongation_rate_peak_pct_s": "How fast the front strand lengthens",
    "tension_peak_n": "Largest tension of the band",
    "contact_impulse_n_s": "Force on the outer side of the knee, added up over a stance",
}
"""Band outcome → its name for a reader."""


def angle_sentences(found: Analysis) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Say which angles differ between the sides beyond error, and name those that do not."""
    left, right = found.sides["left"], found.sides["right"]
    if left is None or right is None or left.measures is None or right.measures is None:
        return (), ()
    loud, quiet = [], []
    for key, (name, joint) in ANGLES.items():
        if key not in left.measures or key not in right.measures:
            continue
        seen = left_minus_right(left.measures[key], right.measures[key])
        error = float(np.hypot(NORMAL_95 * seen.sd, NORMAL_95 * np.sqrt(2) * _session_error(joint)))
        if abs(seen.mean) > error and seen.n >= evidence.value("house_motion.strides_for_verdict"):
            more = "more" if seen.mean > 0 else "less"
            loud.append(
                f"{name}: left {more} than right by {abs(seen.mean):.0f} degrees "
                f"(below {error:.0f} the sides could not be told apart; {seen.n} strides or more a side)."
            )
        else:
            quiet.append(name.lower())
    return tuple(loud), tuple(quiet)


def band_sentences(found: Analysis) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Say which band loads differ between the sides in at least 95 % of believable bands, and name the others."""
    if len(found.bands) < 2:
        return (), ()
    left, right = found.bands["left"].outcomes, found.bands["right"].outcomes
    loud, quiet = [], []
    for path, name in LOADS.items():
        seen = _relative(left[path], right[path])
        if seen.size == 0:
            continue
        p5, median, p95 = 100 * np.percentile(seen, (5, 50, 95))
        if p5 > 0 or p95 < 0:
            agreed = 100 * max((seen > 0).mean(), (seen < 0).mean())
            more = "higher" if median > 0 else "lower"
            low, high = sorted((abs(p5), abs(p95)))
            loud.append(
                f"{name}: left {more} than right by {abs(median):.0f} percent of their mean ({low:.0f} to {high:.0f}; "
                f"the same sign in {agreed:.0f} percent of {seen.size} believable bands)."
            )
        else:
            quiet.append(name.lower())
    return tuple(loud), tuple(quiet)


def _relative(left: Array, right: Array) -> Array:
    """Return left minus right over their mean, draw by draw; zero where neither side carries anything."""
    known = np.isfinite(left) & np.isfinite(right)
    difference, mean = (left - right)[known], (np.abs(left) + np.abs(right))[known] / 2
    return np.divide(difference, mean, out=np.zeros_like(difference), where=mean > 0)


def _session_error(joint: str) -> float:
    table = evidence.entry("house_band.offset_sd").value
    if not isinstance(table, dict) or not isinstance(found := table[joint], float):
        raise EvidenceInvalid("house_band.offset_sd must be a table of numbers by joint angle.")
    return found
