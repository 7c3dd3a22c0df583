"""Zero-lag low-pass filtering that leaves gaps as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.signal import butter, sosfiltfilt

from gerdy.errors import RecordingError
from gerdy.recordings.stretches import runs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gerdy.quantities import Array, Flags


def lowpass(x: Array, cutoff_hz: float, rate_hz: float, order: int = 2) -> Array:
    """Zero-lag Butterworth low pass along the first axis.

    The filter runs forward and backward, so that nothing is delayed. Two passes double the order (the
    default 2 acts as 4) and lower the cut-off, so each pass is designed at `pass_cutoff`: the whole filter,
    not one pass, is 3 dB down at `cutoff_hz`.

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
    if not 0 < cutoff_hz < rate_hz / 2:
        raise RecordingError(
            f"A cut-off of {cutoff_hz:g} Hz was asked of a signal at {rate_hz:g} Hz; expected one above 0 "
            f"and below {rate_hz / 2:g} Hz. Lower the cut-off."
        )
    sections = butter(order, pass_cutoff(cutoff_hz, rate_hz, order), fs=rate_hz, output="sos")
    flat = np.asarray(x, dtype=np.float64).reshape(len(x), -1)
    out = np.full_like(flat, np.nan)
    reach = 3 * (2 * len(sections) + 1)
    for columns, rows in _stretches(np.isfinite(flat)):
        part = flat[rows, columns]
        out[rows, columns] = sosfiltfilt(sections, part, axis=0, padlen=min(reach, len(part) - 1))
    return out.reshape(np.shape(x))


def pass_cutoff(cutoff_hz: float, rate_hz: float, order: int) -> float:
    """Cut-off at which one pass is designed so that two passes are 3 dB down at `cutoff_hz`.

    Notes
    -----
    With w = tan(π f / rate), one digital pass of order n has |H|² = 1/(1 + (w/w₀)²ⁿ). Two passes square it; half
    power follows at w = w₀ (√2 − 1)^(1/2n), so w₀ = w (√2 − 1)^(−1/2n). Far below the sampling rate and for n = 2
    this is the textbook's division by 0.802.

    References
    ----------
    [Winter2009]_ correction of the cut-off for the second pass.
    """
    warped = np.tan(np.pi * cutoff_hz / rate_hz) / (np.sqrt(2.0) - 1.0) ** (1.0 / (2 * order))
    return float(np.arctan(warped) * rate_hz / np.pi)


def _stretches(seen: Flags) -> Iterator[tuple[list[int], slice]]:
    """Yield columns that share their gaps together with each stretch between those gaps."""
    patterns: dict[bytes, list[int]] = {}
    for column in range(seen.shape[1]):
        patterns.setdefault(seen[:, column].tobytes(), []).append(column)
    for columns in patterns.values():
        for start, stop in runs(seen[:, columns[0]]):
            yield columns, slice(start, stop)
