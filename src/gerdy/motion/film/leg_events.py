"""Contact and toe-off from the legs: each leg reaches for the ground, folds over it and leaves it stretched again.

How far a leg reaches down (hip over the lower of heel and toe) has a sharp peak near contact and another near toe-off,
in every view. A side view shows two more: the knee is straightest near both, and the foot is farthest ahead just before
it lands. These peaks come a little before or after the force plate's times; the delays are values of the registry.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.signal import find_peaks

from gerdy import evidence
from gerdy.motion.film.angles import SIDE_ANGLES
from gerdy.motion.stances import Stances, in_order
from gerdy.quantities import SIDES

if TYPE_CHECKING:
    from gerdy.motion.film.course import Course
    from gerdy.quantities import Array, SideName

_PARTS = 200
"""Points between two swings at which the signals are compared; a peak is then found to a few milliseconds."""


class Signal(NamedTuple):
    """A signal that peaks at contact or toe-off, and how much later the force plate's time is, s."""

    values: Array
    delay_s: float


def swings(course: Course, side: SideName, stride_s: float = float("nan")) -> Array:
    """Return (swings,) s at which the ankle is highest, once a stride.

    Parameters
    ----------
    stride_s : s of a stride where it is known; two peaks lie no nearer than seven tenths of it
    """
    height = course.height("ankle", side)
    seen = np.isfinite(height)
    if not seen.any():
        return np.zeros(0)
    shortest = evidence.span("house_motion.running_stride_time")[0]
    apart = max(1, round(max(0.8 * shortest, np.nan_to_num(0.7 * stride_s)) * course.rate_hz))
    peaks = find_peaks(
        np.where(seen, height, np.nanmin(height)), distance=apart, prominence=evidence.value("house_film.swing_height")
    )[0]
    return np.asarray(course.time_s[peaks])


def leg_stances(course: Course, stride_s: float = float("nan")) -> Stances:
    """Find the stances of both feet; a leg that is hidden during a stance has none there.

    Parameters
    ----------
    stride_s : how long a stride is, where it is known

    Notes
    -----
    On films of shared runners against the force plate: docs/validation/video.md.
    """
    left, right = (_side(course, side, stride_s) for side in SIDES)
    return in_order(left, right, "film")


def _side(course: Course, side: SideName, stride_s: float) -> Array:
    """Return (stances, 2) s of one foot, one between each pair of its swings."""
    at = swings(course, side, stride_s)
    longest = evidence.span("house_motion.walking_stride_time")[1]
    contact, toe_off = _signals(course, side)
    found = []
    for start, end in pairwise(at):
        pair = [
            _peak_between(course, signals, start, end, window)
            for signals, window in ((contact, "house_film.contact_phase"), (toe_off, "house_film.toe_off_phase"))
        ]
        if end - start <= longest and np.isfinite(pair).all():
            found.append(pair)
    return np.array(found).reshape(-1, 2)


def _signals(course: Course, side: SideName) -> tuple[list[Signal], list[Signal]]:
    """Return what peaks at contact and what peaks at toe-off."""
    lowest = np.fmin(course.height("heel", side), course.height("toe", side))
    reach = course.height("hip", side) - lowest
    delay = {name: evidence.value(f"house_film.{name}_delay") for name in _DELAYS}
    if course.plane.view != "side":
        return [Signal(reach, delay["reach_contact"])], [Signal(reach, delay["reach_toe_off"])]
    straight = -SIDE_ANGLES["knee_flexion"](course.plane, side)
    contact = [
        Signal(straight, delay["straight_contact"]),
        Signal(course.ahead("ankle", side), delay["ahead_contact"]),
    ]
    return contact, [Signal(straight, delay["straight_toe_off"]), Signal(reach, delay["reach_toe_off"])]


_DELAYS = ("reach_contact", "reach_toe_off", "straight_contact", "straight_toe_off", "ahead_contact")


def _peak_between(course: Course, signals: list[Signal], start: float, end: float, window: str) -> float:
    """Return the mean time of the signals' peaks in a part of the time between two swings; NaN where one is hidden."""
    low, high = evidence.span(window)
    at = np.linspace(start + low * (end - start), start + high * (end - start), _PARTS)
    near = (course.time_s >= at[0] - 3.0 / course.rate_hz) & (course.time_s <= at[-1] + 3.0 / course.rate_hz)
    times = []
    for signal in signals:
        values = signal.values[near]
        if len(values) < 4 or np.isnan(values).any():
            return float("nan")
        times.append(at[np.argmax(CubicSpline(course.time_s[near], values)(at))] + signal.delay_s)
    return float(np.mean(times))
