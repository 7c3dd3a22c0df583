"""Two bands against each other, draw by draw: what changed whichever believable band is the true one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gerdy.band.outcomes import interval
from gerdy.errors import ComparisonInvalid

if TYPE_CHECKING:
    from gerdy.quantities import Array


@dataclass(frozen=True, slots=True)
class PairedChange:
    """B minus A of one band outcome over pairs of draws.

    Parameters
    ----------
    a, b : median, p5, p95 of each over the pairs
    median, p5, p95 : of the differences
    draws : pairs in which both have a value
    sign_agreement : share of pairs whose difference has the sign of the median
    """

    a: dict[str, float | int]
    b: dict[str, float | int]
    median: float
    p5: float
    p95: float
    draws: int
    sign_agreement: float

    @property
    def told_apart(self) -> bool:
        """Whether nine bands of ten agree that it changed, in one direction."""
        return self.p5 > 0.0 or self.p95 < 0.0

    def to_json(self) -> dict[str, Any]:
        """Return both and the change, each with its interval, and the agreement of signs."""
        return {
            "a": self.a,
            "b": self.b,
            "change": {"median": self.median, "p5": self.p5, "p95": self.p95, "draws": self.draws},
            "sign_agreement": self.sign_agreement,
        }


def paired_change(path: str, a: Array, b: Array) -> PairedChange | None:
    """Pair two outcomes draw by draw.

    Parameters
    ----------
    path : of the outcome, for the message
    a, b : (draws,) the same draws in the same order; NaN where a draw has no value

    Returns
    -------
    PairedChange, or None where no draw has both

    Raises
    ------
    ComparisonInvalid : the draws do not pair

    Examples
    --------
    >>> import numpy as np
    >>> change = paired_change("tension_peak_n", np.array([100.0, 400.0]), np.array([110.0, 440.0]))
    >>> change.median, change.sign_agreement, change.told_apart
    (25.0, 1.0, True)
    """
    if a.shape != b.shape:
        raise ComparisonInvalid(
            f"{path}: {a.size} draws in A and {b.size} in B were seen; differences need the same draws on both sides. "
            "Analyse both recordings again with the same gerdy."
        )
    both = np.isfinite(a) & np.isfinite(b)
    change, of_a, of_b = interval(b[both] - a[both]), interval(a[both]), interval(b[both])
    if change is None or of_a is None or of_b is None:
        return None
    middle = float(change["median"])
    agreement = float(np.mean(np.sign(b[both] - a[both]) == np.sign(middle)))
    return PairedChange(of_a, of_b, middle, float(change["p5"]), float(change["p95"]), int(both.sum()), agreement)
