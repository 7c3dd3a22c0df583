"""Even sampling: one rate, and frames that were dropped put back as missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gerdy.errors import FileUnreadable
from gerdy.recordings.data import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from gerdy.quantities import Array, Indices


@dataclass(frozen=True, slots=True)
class Grid:
    """Where rows of a file stand on an even time base.

    Parameters
    ----------
    rate_hz, start_s : of the time base
    index : (rows,) place of each row; a place without a row is a dropped frame
    problems : what was found
    """

    rate_hz: float
    start_s: float
    index: Indices
    problems: tuple[Problem, ...]

    def spread(self, values: Array) -> Array:
        """Return (places, …) with NaN where a frame was dropped."""
        if len(self.index) == 0 or self.index[-1] == len(self.index) - 1:
            return values
        out = np.full((int(self.index[-1]) + 1, *values.shape[1:]), np.nan)
        out[self.index] = values
        return out


def uniform(time_s: Array, stated_hz: float, path: Path) -> Grid:
    """Find the sampling rate of a time column.

    Parameters
    ----------
    time_s : (rows,) s, strictly increasing
    stated_hz : rate in the header, NaN where there is none; it is kept where the column fits it, because
        columns are rounded

    Raises
    ------
    FileUnreadable : time is missing or does not increase, or a single row comes without a stated rate
    """
    steps = np.diff(time_s)
    if not np.isfinite(time_s).all() or (steps <= 0).any():
        raise FileUnreadable(
            f"{path.name}: its time column has gaps in numbering, goes back or stands still; "
            "expected times that increase from row to row. Export the file again."
        )
    rate = stated_hz if _fits(time_s, stated_hz) else _mean_rate(time_s)
    if not rate > 0:
        raise FileUnreadable(
            f"{path.name} holds {len(time_s)} row and states no sampling rate; expected two rows or a rate. "
            "Export the file again."
        )
    index = _places(time_s, rate)
    if (np.diff(index) < 1).any():
        raise FileUnreadable(
            f"{path.name}: its rows are not evenly sampled (steps of {steps.min():.4g} to "
            f"{steps.max():.4g} s); expected one rate. Resample it and export it again."
        )
    return Grid(rate, float(time_s[0]), index, (*_rate_problem(stated_hz, rate, path), *_dropped(index, path)))


def _places(time_s: Array, rate_hz: float) -> Indices:
    return np.asarray(np.round((time_s - time_s[0]) * rate_hz), dtype=np.int64)


def _fits(time_s: Array, rate_hz: float) -> bool:
    """Tell whether every time is near a multiple of the sampling step, and some are one step apart."""
    if not rate_hz > 0:
        return False
    places = _places(time_s, rate_hz)
    off = np.abs((time_s - time_s[0]) * rate_hz - places)
    return len(time_s) == 1 or bool(off.max() < 0.3 and np.diff(places).min() == 1)


def _mean_rate(time_s: Array) -> float:
    """Rate of a column on its own, NaN for a single row; a whole number where it is within a millionth of one."""
    if len(time_s) < 2:
        return float("nan")
    span = float(time_s[-1] - time_s[0])
    rate = float(np.round(span / np.median(np.diff(time_s))) / span)
    return float(np.round(rate)) if abs(rate - np.round(rate)) < 1e-6 * rate else rate


def _rate_problem(stated_hz: float, rate_hz: float, path: Path) -> tuple[Problem, ...]:
    if not np.isfinite(stated_hz) or stated_hz == rate_hz:
        return ()
    message = f"The header states {stated_hz:g} Hz, the time column runs at {rate_hz:.4g} Hz; the latter was used."
    return (Problem("rate_differs", message, path.name),)


def _dropped(index: Indices, path: Path) -> tuple[Problem, ...]:
    missing = int(index[-1]) + 1 - len(index) if len(index) else 0
    if missing == 0:
        return ()
    at = index[:-1][np.diff(index) > 1] + 2
    message = f"{missing} frames are absent from the time column; they were put back as missing samples."
    return (Problem("frames_dropped", message, f"{path.name}: from frame {', '.join(map(str, at[:8]))}"),)
