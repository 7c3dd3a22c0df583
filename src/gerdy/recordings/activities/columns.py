"""Columns of numbers and one honest clock from what the points of a file say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from gerdy import evidence
from gerdy.recordings.data import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.quantities import Array


@dataclass(frozen=True, slots=True)
class Clock:
    """When the points of a file were recorded.

    Parameters
    ----------
    start : of the first dated point; None where the dates cannot be believed
    time_s : (points,) s from the first point; NaN where a point has no usable time
    problems : dates that were not believed
    """

    start: datetime | None
    time_s: Array
    problems: tuple[Problem, ...] = ()


def numbers(texts: Sequence[str | None]) -> Array:
    """Return one number per text; NaN where there is none or it is not a number."""
    try:
        return np.array([text or "nan" for text in texts], dtype=float)
    except ValueError:
        return np.array([_number(text) for text in texts])


def believable(moments: Sequence[datetime | None], now: datetime) -> list[bool]:
    """Whether each date can be that of an activity: after the first watches, not after tomorrow."""
    earliest = datetime(int(evidence.value("house_import.earliest_year")), 1, 1, tzinfo=UTC)
    latest = now + timedelta(days=evidence.value("house_import.future_slack"))
    return [m is not None and earliest <= m <= latest for m in moments]


def clock(texts: Sequence[str | None], now: datetime) -> Clock:
    """Build the clock of a track.

    Most points decide: where most dates can be believed, the others lose their time; where most cannot
    (counted from power-on or 1970), the differences are kept and the date is left open.

    Parameters
    ----------
    texts : ISO 8601, one per point; None where a point has no time
    now : dates far after it are not believed
    """
    moments = [moment(text) for text in texts]
    good = believable(moments, now)
    dated = sum(m is not None for m in moments)
    if dated == 0:
        return Clock(None, np.full(len(texts), np.nan))
    if 2 * sum(good) < dated:
        return _undated(moments, sum(good))
    seconds = np.array([m.timestamp() if m is not None and ok else np.nan for m, ok in zip(moments, good, strict=True)])
    first = float(np.nanmin(seconds))
    return Clock(datetime.fromtimestamp(first, UTC), _rounded(seconds - first), _odd_dates(moments, good))


def moment(text: str | None) -> datetime | None:
    """Return the moment that an ISO 8601 text names, in universal time where it names no zone."""
    try:
        found = datetime.fromisoformat(text or "")
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except ValueError:
        return None


def _undated(moments: Sequence[datetime | None], good: int) -> Clock:
    seconds = np.array([m.timestamp() if m is not None else np.nan for m in moments])
    middle = np.nanmedian(seconds)
    near = np.abs(seconds - middle) < 86_400 * evidence.value("house_import.damage_span")
    kept = np.where(near, seconds, np.nan)
    if np.isnan(kept[0]) and near.any():
        # Such files write an absurd date into the first point and count the others from it.
        kept[0] = 0.0 if 0 <= np.nanmin(kept) < 86_400 else np.nan
    seen = next(m for m in moments if m is not None)
    message = (
        f"The dates of the points cannot be right (first {seen:%Y-%m-%d}, {good} believable); times are kept as "
        "seconds from the start, the date is left open."
    )
    return Clock(None, _rounded(kept - np.nanmin(kept)), (Problem("relative_time", message),))


def _odd_dates(moments: Sequence[datetime | None], good: Sequence[bool]) -> tuple[Problem, ...]:
    odd = [m for m, ok in zip(moments, good, strict=True) if m is not None and not ok]
    if not odd:
        return ()
    message = (
        f"{len(odd)} points carry a date that cannot be right, for example {odd[0]:%Y-%m-%d}; their time is dropped."
    )
    return (Problem("absurd_date", message),)


def _rounded(seconds: Array) -> Array:
    return np.round(seconds, 3)


def _number(text: str | None) -> float:
    try:
        return float(text) if text else float("nan")
    except ValueError:
        return float("nan")
