"""Contact and toe-off from ground reaction forces.

The vertical force is low-passed, its level in flight is taken as zero, and a contact is the time above a threshold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gerdy import evidence
from gerdy.recordings.filters import lowpass

if TYPE_CHECKING:
    from gerdy.quantities import Array, Flags, Indices
    from gerdy.recordings.data import Forces


def vertical_force(forces: Forces) -> Array:
    """Return the low-passed vertical force of each plate or foot.

    Returns
    -------
    (samples, plates) N, upward on the runner
    """
    return lowpass(forces.force_n[:, :, 1], evidence.value("house_motion.force_cutoff"), forces.rate_hz)


def force_contacts(vertical_n: Array, rate_hz: float, start_s: float = 0.0) -> Array:
    """Find the contacts in one vertical force signal.

    Parameters
    ----------
    vertical_n : (samples,) N, low-passed
    rate_hz, start_s : sampling

    Returns
    -------
    (contacts, 2) s, start and end between samples; contacts cut by either end of the recording are left out,
    and so are crossings shorter than a human contact
    """
    level = flight_level(vertical_n) + evidence.value("house.contact_threshold")
    times = threshold_intervals(vertical_n - level) / rate_hz + start_s
    long_enough = np.diff(times, axis=1)[:, 0] >= evidence.value("house_motion.minimum_contact_time")
    return times[long_enough]


def flight_level(vertical_n: Array) -> float:
    """Return what the plate shows with nobody on it, in N.

    The middle half of every low phase is used, where the filter no longer feels the contact.
    Zero for a signal that never gets low (walking on one plate).
    """
    threshold = evidence.value("house.contact_threshold")
    low = vertical_n < 0.1 * np.percentile(vertical_n, 99)
    if not low.any():
        return 0.0
    first_guess = float(np.median(vertical_n[low]))
    middle = _middle_half(vertical_n < first_guess + threshold)
    return float(np.median(vertical_n[middle])) if middle.any() else first_guess


def has_flight(vertical_n: Array) -> bool:
    """Tell whether a force under both feet leaves the ground between steps, as running does."""
    low = vertical_n < flight_level(vertical_n) + evidence.value("house.contact_threshold")
    return bool(low.any()) and len(threshold_intervals(_as_signal(low))) > 1


def threshold_intervals(signal: Array) -> Array:
    """Return the (intervals, 2) sample positions between which `signal` is above zero.

    Crossings are interpolated linearly; intervals cut by either end are left out.
    """
    above = signal > 0
    up = np.flatnonzero(~above[:-1] & above[1:])
    down = np.flatnonzero(above[:-1] & ~above[1:])
    down = down[down > up[0]] if up.size else down[:0]
    up = up[: len(down)]
    return np.stack([_crossing(signal, up), _crossing(signal, down)], axis=1)


def _crossing(signal: Array, before: Indices) -> Array:
    return before + signal[before] / (signal[before] - signal[before + 1])


def _middle_half(flags: Flags) -> Flags:
    bounds = threshold_intervals(_as_signal(flags))
    kept = np.zeros(len(flags), dtype=bool)
    for start, end in bounds:
        quarter = (end - start) / 4
        kept[int(start + quarter) : int(end - quarter) + 1] = True
    return kept


def _as_signal(flags: Flags) -> Array:
    return np.where(flags, 0.5, -0.5)
