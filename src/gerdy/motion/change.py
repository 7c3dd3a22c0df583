"""One measure on two occasions, or on two sides, and whether the change is larger than the error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gerdy import evidence
from gerdy.motion.clinical import CLINICAL
from gerdy.motion.symmetry import NORMAL_95, left_minus_right, method_error

if TYPE_CHECKING:
    from gerdy.motion.stances import Method
    from gerdy.quantities import Spread

__all__ = ["MeasureChange", "measure_change", "session_error"]

_OF_THE_BAND: Final = {"knee_varus": "knee_adduction", "tibial_internal_rotation": "knee_rotation"}


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """B minus A of one measure.

    Parameters
    ----------
    a, b : mean, spread and number of strides
    change : B minus A, in the unit of both
    error : what cannot be told apart: the larger of the sampling error (95 %) and the error of the method
    enough : whether both have the strides that a verdict needs
    """

    a: Spread
    b: Spread
    change: float
    error: float
    enough: bool

    @property
    def told_apart(self) -> bool:
        """Whether the change is larger than its error, on enough strides."""
        return self.enough and abs(self.change) > self.error

    def to_json(self) -> dict[str, Any]:
        """Return both, the change and its error."""
        unit = self.a.unit
        return {"a": self.a.to_json(), "b": self.b.to_json(), "change": self.change, "error": self.error, "unit": unit}


def measure_change(key: str, a: Spread, b: Spread, method: Method, *, same_markers: bool) -> MeasureChange:
    """Judge the change of one measure from A to B.

    Parameters
    ----------
    key : of ``sides.*.spread`` or ``sides.*.measures``
    a, b : over strides, taken as independent
    method : where contacts come from
    same_markers : whether the very same markers on the very same skin show both, so that their placement cancels
    """
    difference = left_minus_right(b, a)
    placement = 0.0 if same_markers else session_error(key, a, b)
    error = max(NORMAL_95 * difference.sd, placement, _timing_error(key, a, method))
    enough = difference.n >= evidence.value("house_motion.strides_for_verdict")
    return MeasureChange(a, b, difference.mean, error, enough)


def session_error(key: str, a: Spread, b: Spread) -> float:
    """Return what new markers alone may change (95 %), in the unit of the measure; 0 for times and forces of strides.

    Both placements err, so the error of a difference is the square root of two larger than that of one.
    """
    return float(NORMAL_95 * np.sqrt(2.0) * _session_sd(key, a, b))


def _session_sd(key: str, a: Spread, b: Spread) -> float:
    if key.endswith("_nm_kg"):
        share = evidence.value("house_compare.moment_session_share") * max(abs(a.mean), abs(b.mean))
        return max(share, evidence.value("house_compare.moment_session_sd"))
    if key.endswith("_mm"):
        return evidence.value("house_compare.distance_session_sd")
    if not key.endswith("_deg"):
        return 0.0
    stem, _, instant = key.removesuffix("_deg").replace("mid_stance", "mid").replace("toe_off", "toe").rpartition("_")
    return _angle_sd(stem) * (evidence.value("house_compare.excursion_share") if instant == "excursion" else 1.0)


def _angle_sd(angle: str) -> float:
    known = _table("house_band.offset_sd") | _table("house_compare.session_sd")
    coordinate = {measure.name: measure.coordinate for measure in CLINICAL} | _OF_THE_BAND
    return known[angle] if angle in known else known[coordinate[angle]]


def _table(key: str) -> dict[str, float]:
    found = evidence.entry(key).value
    assert isinstance(found, dict)  # noqa: S101 - both are tables
    return {name: float(sd) for name, sd in found.items() if isinstance(sd, float)}


def _timing_error(key: str, value: Spread, method: Method) -> float:
    times_and_forces = not key.endswith(("_deg", "_mm", "_nm_kg"))
    return method_error(key, value, method) if times_and_forces else 0.0
