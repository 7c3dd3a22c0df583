"""Days and dates in words, the same on every machine whatever its language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import datetime as dt

_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_words(day: dt.date) -> str:
    """Return a day as ``Mon 16 Feb``.

    Examples
    --------
    >>> import datetime as dt
    >>> day_words(dt.date(2026, 2, 6))
    'Fri  6 Feb'
    """
    return f"{_DAYS[day.weekday()]} {day.day:>2} {_MONTHS[day.month - 1]}"


def date_words(day: dt.date) -> str:
    """Return a date as ``6 Feb 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
