"""Left against right, and whether the difference is larger than what the method can tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy import evidence
from gerdy.quantities import Spread

if TYPE_CHECKING:
    from gerdy.motion.stances import Method

NORMAL_95: Final = 1.959964
"""Two-sided 95 % quantile of the normal distribution."""


@dataclass(frozen=True, slots=True)
class SideDifference:
    """Left minus right of one quantity.

    Parameters
    ----------
    difference : left minus right; its spread is the standard error of the difference
    error : half-width of what the method cannot tell apart, in the same unit: the larger of the sampling error (95 %)
        and the error of the method
    enough : whether both sides have the strides a verdict needs
    """

    difference: Spread
    error: float
    enough: bool

    @property
    def beyond_error(self) -> bool:
        """Whether the sides differ by more than the error, on enough strides."""
        return self.enough and abs(self.difference.mean) > self.error


def left_minus_right(left: Spread, right: Spread) -> Spread:
    """Return left minus right with the standard error of the difference as its spread.

    Strides of both sides are taken as independent; NaN where a side has none.
    """
    if left.n == 0 or right.n == 0:
        return Spread(float("nan"), float("nan"), 0, left.unit)
    error = float(np.hypot(left.sd / np.sqrt(left.n), right.sd / np.sqrt(right.n)))
    return Spread(left.mean - right.mean, error, min(left.n, right.n), left.unit)


def compare_sides(key: str, left: Spread, right: Spread, method: Method) -> SideDifference:
    """Judge the difference between the sides of one quantity of `summary`."""
    difference = left_minus_right(left, right)
    error = max(NORMAL_95 * difference.sd, method_error(key, left, method))
    return SideDifference(difference, error, difference.n >= evidence.value("house_motion.strides_for_verdict"))


def method_error(key: str, value: Spread, method: Method) -> float:
    """Return the error that no number of strides takes away, in the unit of `value`."""
    if key == "peak_vertical_force_bw":
        return evidence.value("house_motion.force_error") * value.mean
    timing = evidence.value(f"house_motion.timing_error_{method}")
    if key == "cadence_spm":
        # A stride of duration T gives 120 / T steps per minute; the error of T carries over as its derivative.
        return timing * value.mean**2 / 120
    return timing if value.unit == "s" else 0.0
