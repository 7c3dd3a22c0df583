"""Numbers and ranges as a prescription writes them: ``3``, ``8–12``, ``2.5``."""

from __future__ import annotations

from typing import Final, TypeAlias

Range: TypeAlias = tuple[float, float]
"""(low, high); both the same for a single number."""

NUMBER: Final = r"\d+(?:\.\d+)?"
RANGE: Final = rf"{NUMBER}(?:\s*(?:[-–—]|to)\s*{NUMBER})?"
"""A pattern for one number or two with a dash between."""

KG_PER_LB: Final = 0.45359237
"""Kilograms in a pound, exact by definition (1959)."""

KG_STEP: Final = 2
"""Pounds become kilograms with this many decimals: finer than any plate."""

SECONDS_PER_MINUTE: Final = 60


def read_range(text: str, *, times: float = 1.0, decimals: int | None = None) -> Range:
    """Return the range that a text of the form `RANGE` says, each end multiplied.

    Examples
    --------
    >>> read_range("8–12"), read_range("2 - 3", times=60)
    ((8.0, 12.0), (120.0, 180.0))
    """
    ends = [float(part) * times for part in text.replace("to", "-").replace("–", "-").replace("—", "-").split("-")]
    if decimals is not None:
        ends = [round(end, decimals) for end in ends]
    return ends[0], ends[-1]


def say_number(number: float) -> str:
    """Return the shortest text that reads back as the same number.

    Examples
    --------
    >>> say_number(12.0), say_number(2.5)
    ('12', '2.5')
    """
    return str(int(number)) if number == int(number) else repr(number)


def say_range(ends: Range) -> str:
    """Return ``8–12``, or ``8`` where both ends are the same."""
    low, high = map(say_number, ends)
    return low if low == high else f"{low}–{high}"


def say_time(ends: Range) -> str:
    """Return seconds, or minutes from two minutes on where they come out even.

    Examples
    --------
    >>> say_time((90.0, 90.0)), say_time((120.0, 180.0))
    ('90 s', '2–3 min')
    """
    even = all(end % SECONDS_PER_MINUTE == 0 for end in ends) and ends[0] >= 2 * SECONDS_PER_MINUTE
    if even:
        return f"{say_range((ends[0] / SECONDS_PER_MINUTE, ends[1] / SECONDS_PER_MINUTE))} min"
    return f"{say_range(ends)} s"
