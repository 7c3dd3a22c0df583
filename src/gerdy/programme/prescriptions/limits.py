"""What every number of a prescription must keep."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from gerdy.errors import PrescriptionInvalid
from gerdy.programme.prescriptions.numbers import say_range

if TYPE_CHECKING:
    from gerdy.programme.prescriptions.numbers import Range


def require(name: str, ends: Range, limit: float) -> None:
    """Refuse a range that falls, is not finite, or leaves 0 to `limit`.

    Raises
    ------
    PrescriptionInvalid : with the legal range
    """
    low, high = ends
    if not (math.isfinite(low) and math.isfinite(high) and 0 <= low <= high <= limit):
        raise PrescriptionInvalid(
            f"{name} is {say_range(ends)}; it must rise from low to high and lie between 0 and {limit:g}."
        )


def require_more(name: str, ends: Range, limit: float) -> None:
    """Refuse zero as well."""
    require(name, ends, limit)
    if ends[0] == 0:
        raise PrescriptionInvalid(f"{name} is {say_range(ends)}; it must be more than 0.")


def require_whole(name: str, ends: Range, limit: float) -> None:
    """Refuse zero and parts of one."""
    require_more(name, ends, limit)
    if any(end != int(end) for end in ends):
        raise PrescriptionInvalid(f"{name} is {say_range(ends)}; it must be a whole number.")
