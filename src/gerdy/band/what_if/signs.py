"""Directions that the model showed before gerdy was built, to hold it to on every runner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from gerdy.band.what_if.answer import Answer

__all__ = ["SIGNS", "Shown", "Sign", "shown"]


class Sign(NamedTuple):
    """One direction.

    Attributes
    ----------
    text : the what-if
    path : dotted path of the outcome
    sign : +1 higher, -1 lower
    """

    text: str
    path: str
    sign: int


class Shown(NamedTuple):
    """What one answer shows of a direction.

    Attributes
    ----------
    median : change per stride; NaN where it is missing
    agreement : share of bands with the sign, among those in which the outcome changes; NaN where it does in none
    """

    median: float
    agreement: float


_GEOMETRY: Final = tuple(f"{strand}.path_elongation_peak_pct" for strand in ("anterior", "posterior", "crest"))
_LOAD: Final = ("tension_peak_n", "contact_impulse_n_s")

SIGNS: Final = (
    *(Sign("hip adduction -4 deg", path, -1) for path in _GEOMETRY),
    *(Sign("tibial rotation +5 deg", path, +1) for path in _GEOMETRY),
    *(Sign("knee varus +2 deg", path, +1) for path in _GEOMETRY),
    *(Sign("pelvic drop +4 deg", path, +1) for path in _GEOMETRY),
    Sign("pelvic tilt +5 deg", "anterior.path_elongation_contact_pct", -1),
    Sign("pelvic tilt +5 deg", "anterior.path_elongation_peak_pct", -1),
    Sign("pelvic tilt +5 deg", "posterior.path_elongation_peak_pct", +1),
    Sign("pelvic tilt +5 deg", "moment_arms.tfl.internal_rotation_mid_stance_mm", +1),
    *(Sign("pelvic tilt +5 deg", path, +1) for path in _LOAD),
    *(Sign("step width +4 cm", path, -1) for path in _LOAD),
    *(Sign("pelvic drop -4 deg", path, -1) for path in _LOAD),
    *(Sign("gluteus medius strength +20 %", path, -1) for path in _LOAD),
    *(Sign("gluteus medius strength -30 %", path, +1) for path in _LOAD),
)
"""What-ifs of the feasibility study with the sign that it found (sensitivities, 1 000 draws, strength)."""


def shown(sign: Sign, one: Answer) -> Shown:
    """Return what an answer shows of a direction."""
    if sign.path not in one.outcomes:
        return Shown(float("nan"), float("nan"))
    found = one.outcomes[sign.path]
    moved = found.differences[np.isfinite(found.differences) & (found.differences != 0.0)]
    agreement = float(np.mean(np.sign(moved) == sign.sign)) if moved.size else float("nan")
    return Shown(found.per_stride.median, agreement)
