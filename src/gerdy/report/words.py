"""The words and formats of the report: one name, unit and number of digits for each quantity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from gerdy.quantities import Spread


@dataclass(frozen=True, slots=True)
class Wording:
    """How a quantity is written for a reader.

    Parameters
    ----------
    name : with no abbreviation
    unit : as printed
    scale : from the stored unit to the printed one
    digits : after the point
    higher, lower : how a side with more, or less, of it is described
    """

    name: str
    unit: str
    digits: int = 1
    scale: float = 1.0
    higher: str = "higher"
    lower: str = "lower"


WORDS: Final[dict[str, Wording]] = {
    "cadence_spm": Wording("Cadence (steps of both feet)", "steps per minute", 1),
    "contact_time_s": Wording("Contact time", "milliseconds", 0, 1000, "longer", "shorter"),
    "flight_time_s": Wording("Flight time after this foot", "milliseconds", 0, 1000, "longer", "shorter"),
    "peak_vertical_force_bw": Wording("Peak vertical force", "body weights", 2),
    "peak_vertical_force_pct_stance": Wording("When the peak comes", "percent of stance", 0, 1, "later", "earlier"),
}


def number(value: float, wording: Wording) -> str:
    """Return a value in printed units, or a dash where there is none."""
    return f"{value * wording.scale:.{wording.digits}f}" if np.isfinite(value) else "–"


def with_spread(value: Spread | None, wording: Wording) -> str:
    """Return ``mean ± standard deviation`` in printed units, or a dash."""
    if value is None:
        return "–"
    spread = f" ± {number(value.sd, wording)}" if value.n > 1 else ""
    return f"{number(value.mean, wording)}{spread}"
