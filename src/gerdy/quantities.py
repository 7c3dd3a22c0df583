"""Words that every layer shares: arrays, sides, and values that may be missing.

Inside gerdy everything is SI and radians; a name at an edge carries its unit (`length_mm`, `cadence_spm`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
"""Floating-point array; NaN means *not recorded*."""

Flags: TypeAlias = NDArray[np.bool_]
Indices: TypeAlias = NDArray[np.int64]

SideName: TypeAlias = Literal["left", "right"]
SIDES: Final[tuple[SideName, SideName]] = ("left", "right")

GRAVITY_M_S2: Final = 9.80665
"""Standard acceleration of free fall, exact by definition (CGPM 1901)."""


class Missing(StrEnum):
    """Why there is no value; the third state beside a value is never zero."""

    NOT_RECORDED = "not recorded"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class Spread:
    """A measure over repetitions, as it stands in `sides.*.measures`.

    Parameters
    ----------
    mean, sd : in `unit`; `sd` is the sample standard deviation over strides, NaN for one stride
    n : how many strides
    unit : as printed, for example ``deg``
    """

    mean: float
    sd: float
    n: int
    unit: str

    def to_json(self) -> dict[str, Any]:
        """Return the four entries with NaN as None."""
        return {"mean": _finite(self.mean), "sd": _finite(self.sd), "n": self.n, "unit": self.unit}


def spread(values: Array, unit: str) -> Spread:
    """Return mean, sample standard deviation and count of the recorded (non-NaN) values.

    Examples
    --------
    >>> import numpy as np
    >>> spread(np.array([1.0, 3.0, np.nan]), "deg")
    Spread(mean=2.0, sd=1.4142135623730951, n=2, unit='deg')
    """
    seen = values[np.isfinite(values)]
    mean = float(seen.mean()) if seen.size else float("nan")
    sd = float(seen.std(ddof=1)) if seen.size > 1 else float("nan")
    return Spread(mean, sd, int(seen.size), unit)


def other_side(side: SideName) -> SideName:
    """Return the opposite side."""
    return "right" if side == "left" else "left"


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
