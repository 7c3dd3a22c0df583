"""Zero-lag low-pass filtering that leaves gaps as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.signal import butter, sosfiltfilt

from gerdy.errors import RecordingError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gerdy.quantities import Array, Flags


def lowpass(x: Array, cutoff_hz: float, rate_hz: float, order: int = 2) -> Array:
    """Zero-lag Butterworth low pass along the first axis.

    The filter runs forward and backward, so that nothing is delayed. Two passes double the order (the default 2
    acts as 4) and lower the cut-off, so each pass is designed at `pass_cutoff`: the whole filter, not one pass,
    is 3 dB down at `cutoff_hz`.

    Parameters
    ----------
    x : (samples, …) evenly sampled; NaN is a gap
    cutoff_hz : where the whole filter is 3 dB down
    rate_hz : samples per second
    order : of one pass

    Returns
    -------
    as `x`; NaN exactly where `x` has NaN, and each stretch between gaps is filtered on its own

    Raises
    ------
    RecordingError : the cut-off does not lie below half the sampling rate

    References
    ----------
    [Winter2009]_ correction of the cut-off for the second pass.
    """
    design = pass_cutoff(cutoff_hz, order)
    if not 0 < design < rate_hz / 2:
        raise RecordingError(
            f"A cut-off of {cutoff_hz:g} Hz was asked of a signal at {rate_hz:g} Hz; expected one above 0 and below "
            f"{rate_hz / 2 * cutoff_hz / design:.3g} Hz. Lower the cut-off."
        )
    sections = butter(order, design, fs=rate_hz, output="sos")
    flat = np.asarray(x, dtype=np.float64).reshape(len(x), -1)
    out = np.full_like(flat, np.nan)
    reach = 3 * (2 * len(sections) + 1)
    for columns, rows in _stretches(np.isfinite(flat)):
        part = flat[rows, columns]
        out[rows, columns] = sosfiltfilt(sections, part, axis=0, padlen=min(reach, len(part) - 1))
    return out.reshape(np.shape(x))


def pass_cutoff(cutoff_hz: float, order: int) -> float:
    """Cut-off at which one pass is designed so that two passes are 3 dB down at `cutoff_hz`.

    Notes
    -----
    Two passes of order n multiply |H|² = 1/(1 + (f/f₀)²ⁿ) with itself; half power follows at
    f = f₀ (√2 − 1)^(1/2n), so f₀ = f (√2 − 1)^(−1/2n). For n = 2 the factor is 1/0.802.
    """
    return float(cutoff_hz / (np.sqrt(2.0) - 1.0) ** (1.0 / (2 * order)))


def _stretches(seen: Flags) -> Iterator[tuple[list[int], slice]]:
    """Yield columns that share their gaps together with each stretch between those gaps."""
    patterns: dict[bytes, list[int]] = {}
    for column in range(seen.shape[1]):
        patterns.setdefault(seen[:, column].tobytes(), []).append(column)
    for columns in patterns.values():
        for start, stop in runs(seen[:, columns[0]]):
            yield columns, slice(start, stop)


def runs(flags: Flags) -> list[tuple[int, int]]:
    """Return (start, stop) of every unbroken stretch of True.

    Examples
    --------
    >>> import numpy as np
    >>> runs(np.array([False, True, True, False, True]))
    [(1, 3), (4, 5)]
    """
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
