"""The kept messages of a FIT file, and their fields as numbers and moments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import numpy as np

Row = dict[str, Any]

FIT_EPOCH_S: Final = 631_065_600
"""1989-12-31T00:00:00 UTC, where FIT time begins (FIT protocol)."""


@dataclass(slots=True)
class Messages:
    """The kept messages of one FIT file by name."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    developer_units: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, row: Row, units: dict[str, str]) -> None:
        """Keep one message."""
        self.rows.setdefault(name, []).append(row)
        if name == "record" and units:
            self.developer_units |= units

    def all(self, name: str) -> list[Row]:
        """Return the messages of one name in file order."""
        return self.rows.get(name, [])

    def first(self, name: str) -> Row:
        """Return the first message of a name, or an empty one."""
        return next(iter(self.all(name)), {})


def fit_seconds(stamp: Any) -> float | None:
    """Seconds since the FIT epoch, or since power-on where the device knew no date."""
    if isinstance(stamp, datetime):
        return stamp.timestamp() - FIT_EPOCH_S
    return float(stamp) if isinstance(stamp, int | float) else None


def interval(session: Row) -> tuple[float | None, float | None]:
    """Return begin and end of a session in seconds since the FIT epoch; None where not recorded."""
    begin = fit_seconds(session.get("start_time"))
    elapsed = first_number(session, "total_elapsed_time")
    return begin, None if begin is None or elapsed is None else begin + elapsed


def within(moment_s: float | None, begin: float | None, end: float | None) -> bool:
    """Whether a moment lies in a session, a second of rounding allowed."""
    if moment_s is None or begin is None:
        return False
    return begin - 1 <= moment_s and (end is None or moment_s <= end + 1)


def first_number(row: Row, *names: str) -> float | None:
    """Return the first of several fields that holds a number."""
    return next((n for name in names if (n := number(row.get(name))) is not None), None)


def number(value: Any, missing: Any = None) -> Any:
    """Return a field as a number, or `missing` where it holds none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not np.isfinite(value):
        return missing
    return float(value)


def rounded(value: float | None, digits: int) -> float | None:
    """Return a number to so many digits; None stays None."""
    return None if value is None else round(value, digits)
