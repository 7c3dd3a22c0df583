"""Contact and toe-off from the pelvis alone: how the body falls, is caught, and is thrown up again.

While a foot is on the ground the body is slowed in its fall and thrown up; its vertical speed is largest downwards
shortly after contact and largest upwards shortly before toe-off, at the two moments at which the force equals body
weight. With a half-sine force whose mean over a step of duration T is body weight, the peak is π/2 · T/t for a contact
of duration t, so these moments lie (t/π)·arcsin(2t/πT) inside the contact; solving that for t gives the contact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.optimize import brentq
from scipy.signal import find_peaks

from gerdy import evidence
from gerdy.motion.stances import Stances
from gerdy.recordings.filters import lowpass

if TYPE_CHECKING:
    from gerdy.motion.film.course import Course
    from gerdy.quantities import Array, Flags, Indices


class Bounce(NamedTuple):
    """The steps as the pelvis shows them.

    Attributes
    ----------
    step_s : s from one step to the next; NaN where nothing bounces
    strength : 0-1, how alike a step is to the next (autocorrelation at that time)
    lowest : frames at which the pelvis is lowest
    height : (frames,) leg lengths, smoothed, level zero
    """

    step_s: float
    strength: float
    lowest: Indices
    height: Array


def bounce(course: Course) -> Bounce:
    """Find the up and down of the pelvis.

    Parameters
    ----------
    course : of any view
    """
    height = course.plane.of("hip")[1] / course.leg_px
    seen = np.isfinite(height)
    if seen.sum() < course.rate_hz:
        return Bounce(float("nan"), 0.0, np.array([], dtype=np.int64), height)
    smooth = _levelled(np.interp(np.arange(len(height)), np.flatnonzero(seen), height[seen]), course)
    step, strength = _rhythm(smooth, course.rate_hz)
    if not np.isfinite(step):
        return Bounce(step, 0.0, np.array([], dtype=np.int64), smooth)
    lowest = find_peaks(-smooth, distance=max(1, round(0.6 * step * course.rate_hz)))[0]
    return Bounce(step, strength, lowest[seen[lowest]], smooth)


def pelvis_stances(course: Course, found: Bounce | None = None) -> Stances:
    """Find the stances of both feet from the pelvis; the feet only tell which of them it was.

    Parameters
    ----------
    found : from `bounce`, where it was already asked for
    """
    found = bounce(course) if found is None else found
    speed = np.gradient(found.height) * course.rate_hz
    reach = 0.5 * found.step_s * course.rate_hz if np.isfinite(found.step_s) else 0.0
    inside = [i for i in found.lowest if i - reach >= 0 and i + reach < len(speed)]
    pairs = np.array([_caught(speed, int(i), round(reach), found.step_s, course.rate_hz) for i in inside])
    pairs = pairs.reshape(-1, 2) / course.rate_hz + course.time_s[0]
    return Stances(pairs[:, 0], pairs[:, 1], _which(course, np.array(inside, dtype=np.int64)), "film")


def _levelled(height: Array, course: Course) -> Array:
    """Take off the slow drift of a runner who comes nearer, and what no bounce is fast enough for."""
    cutoff = min(evidence.value("house_film.pelvis_cutoff"), evidence.value("house_film.cutoff_share") * course.rate_hz)
    slow = lowpass(height, evidence.value("house_film.drift_cutoff"), course.rate_hz)
    return np.asarray(lowpass(height, cutoff, course.rate_hz) - slow)


def _rhythm(height: Array, rate_hz: float) -> tuple[float, float]:
    """Return the step time and its autocorrelation, searched over the steps of strolling to sprinting."""
    centred = height - height.mean()
    full = np.correlate(centred, centred, "full")[len(centred) - 1 :]
    many = np.arange(len(centred), 0, -1)
    alike = full / many / max(full[0] / len(centred), 1e-12)
    low, high = (round(t * rate_hz) for t in evidence.span("house_film.step_time"))
    high = min(high, len(alike) - 2)
    if high <= low:
        return float("nan"), 0.0
    peaks = find_peaks(alike[low : high + 1])[0] + low
    if not len(peaks) or alike[peaks].max() <= 0.0:
        return float("nan"), 0.0
    # The first high peak: two steps are as alike as one, and more so where the sides differ.
    high_enough = evidence.value("house_film.step_alike") * alike[peaks].max()
    best = peaks[np.flatnonzero(alike[peaks] >= high_enough)[0]]
    a, b, c = alike[best - 1 : best + 2]
    shift = 0.5 * (a - c) / (a - 2.0 * b + c) if a - 2.0 * b + c else 0.0
    return float((best + shift) / rate_hz), float(b)


def _caught(speed: Array, lowest: int, reach: int, step_s: float, rate_hz: float) -> tuple[float, float]:
    """Return contact and toe-off in frames around one lowest point of the pelvis."""
    before, after = speed[lowest - reach : lowest + 1], speed[lowest : lowest + reach + 1]
    fall = _extreme(-before) + lowest - reach
    rise = _extreme(after) + lowest
    contact = contact_from_speeds((rise - fall) / rate_hz, step_s) * rate_hz
    middle = 0.5 * (fall + rise)
    return middle - 0.5 * contact, middle + 0.5 * contact


def contact_from_speeds(between_s: float, step_s: float) -> float:
    """Return the contact time whose half-sine force carries the weight at two moments `between_s` apart.

    Parameters
    ----------
    between_s : s from the fastest fall to the fastest rise
    step_s : s of a step

    Examples
    --------
    >>> import numpy as np
    >>> inside = 0.25 / np.pi * np.arcsin(2 * 0.25 / (np.pi * 0.36))
    >>> round(contact_from_speeds(0.25 - 2 * inside, 0.36), 6)
    0.25
    """

    def short_of(contact: float) -> float:
        inside = contact / np.pi * np.arcsin(min(1.0, 2.0 * contact / (np.pi * step_s)))
        return float(contact - 2.0 * inside - between_s)

    grid = np.linspace(0.05 * step_s, step_s, 40)
    values = [short_of(t) for t in grid]
    for one, other, low, high in zip(values, values[1:], grid, grid[1:], strict=False):
        if one <= 0.0 <= other:
            return float(brentq(short_of, low, high))
    return float(grid[int(np.argmax(values))])


def _extreme(values: Array) -> float:
    """Return where a signal is largest, between samples by a parabola."""
    best = int(np.argmax(values))
    if best in (0, len(values) - 1):
        return float(best)
    a, b, c = values[best - 1 : best + 2]
    bend = a - 2.0 * b + c
    return float(best + (0.5 * (a - c) / bend if bend else 0.0))


def _which(course: Course, lowest: Indices) -> Flags:
    """Return whether each step is the right foot's: of both ways to alternate, the one whose ankles are lower."""
    if not len(lowest):
        return np.zeros(0, dtype=bool)
    left, right = (np.nan_to_num(course.height("ankle", side)) for side in ("left", "right"))
    # A missing step must not turn round all that follow, so the count goes by time and not by number.
    gaps = np.diff(lowest, prepend=lowest[0])
    usual = np.median(gaps[1:]) if len(gaps) > 1 else 1.0
    even = np.cumsum(np.round(gaps / max(usual, 1.0))).astype(int) % 2 == 0
    lower = (left - right)[lowest]
    return even if lower[even].sum() >= lower[~even].sum() else ~even
