"""Units of a sheet: every number says its unit, and a few common others are converted."""

from __future__ import annotations

from typing import Final

from gerdy.errors import AssessmentError
from gerdy.quantities import GRAVITY_M_S2

_INCH_CM: Final = 2.54
_POUND_KG: Final = 0.45359237
_DEGREES_PER_RADIAN: Final = 57.29577951308232

_FACTORS: Final[dict[str, dict[str, float]]] = {
    "deg": {"°": 1, "degrees": 1, "rad": _DEGREES_PER_RADIAN},
    "cm": {"mm": 0.1, "m": 100, "in": _INCH_CM},
    "m": {"cm": 0.01, "mm": 0.001, "in": _INCH_CM / 100},
    "km": {"m": 0.001, "mi": 1.609344},
    "kg": {"lb": _POUND_KG, "lbs": _POUND_KG},
    "N": {"kgf": GRAVITY_M_S2, "kg": GRAVITY_M_S2, "lbf": _POUND_KG * GRAVITY_M_S2},
    "kgf": {"kg": 1, "N": 1 / GRAVITY_M_S2, "lb": _POUND_KG, "lbf": _POUND_KG},
    "N·m/kg": {"Nm/kg": 1, "N*m/kg": 1},
    "s": {"sec": 1, "seconds": 1, "min": 60},
    "min": {"s": 1 / 60, "h": 60},
    "h": {"hours": 1, "min": 1 / 60},
    "repetitions": {"reps": 1},
    "steps/min": {"spm": 1},
    "years": {"year": 1, "y": 1},
}


def spellings(unit: str) -> tuple[str, ...]:
    """Return the units that are understood where `unit` is meant, that one first."""
    scores = ("points",) if unit.startswith("points of") else ()
    return (unit, *_FACTORS.get(unit, {}), *scores)


def convert(number: float, given: str, unit: str) -> float:
    """Return `number`, given in the unit `given`, in `unit`.

    Raises
    ------
    AssessmentError : the unit is missing or not understood, with the legal ones

    Examples
    --------
    >>> convert(4.0, "in", "cm")
    10.16
    """
    if given not in spellings(unit):
        raise AssessmentError(
            f"the unit is '{given or 'missing'}'; write unit: {unit} (also understood: "
            f"{', '.join(spellings(unit)[1:]) or 'nothing else'})"
        )
    return number * _FACTORS.get(unit, {}).get(given, 1)
