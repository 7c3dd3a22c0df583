"""What the tests leave over when the stride has taken its part, with an interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, pi, sqrt
from typing import TYPE_CHECKING, Final, TypeAlias

from gerdy.assess.say import decide
from gerdy.evidence import span

if TYPE_CHECKING:
    from collections.abc import Callable

    from gerdy.records import Decision, Side

Capacity: TypeAlias = "Callable[[float], float]"
"""Largest moment of a muscle group (N·m) at a hip flexion (rad), for example of the compiled body."""

TIMES: Final = "times what the stride asks"
"""The unit of a strength reserve; 1 means that all strength is used."""

NORMAL_95: Final = 1.959963984540054
"""Half-width of a 95 % interval in standard deviations of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A value with its standard deviation, both in the same unit."""

    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class Reserve:
    """What is left over.

    Parameters
    ----------
    name : for example ``dorsiflexion, knee bent``
    value, low, high : estimate and 95 % interval in `unit`; None where unknown
    state : ``enough`` (the interval lies above nothing left), ``used up`` (below), ``not clear``, ``unknown``
    """

    name: str
    side: Side
    value: float | None
    low: float | None
    high: float | None
    unit: str
    state: str
    decision: Decision


def from_mdc(seen: float, mdc: float) -> Uncertain:
    """Return a test value with the error of a single measurement, SEM = MDC / (1.96 √2).

    Examples
    --------
    >>> round(from_mdc(39.0, 4.7).sd, 2)
    1.7
    """
    return Uncertain(seen, mdc / (NORMAL_95 * sqrt(2)))


def range_reserve(name: str, side: Side, test: Uncertain | None, used: Uncertain | None) -> Reserve:
    """Return the range available in the test minus the range used in the stride.

    Parameters
    ----------
    test : deg, with the error of one measurement; None where not tested
    used : deg, mean and standard deviation over strides; None where there is no motion

    Returns
    -------
    deg, with the interval in which a single stride's reserve lies; unknown where either is missing
    """
    if test is None or used is None:
        return _unknown(name, side, "deg", "the test" if test is None else "the motion")
    left, half = test.mean - used.mean, NORMAL_95 * hypot(test.sd, used.sd)
    return _known(name, side, left, left - half, left + half, "deg", edge=0.0)


def strength_reserve(
    name: str,
    side: Side,
    torque: Uncertain | None,
    test_flexion: float,
    asked: Uncertain | None,
    capacity: Capacity | None,
    running_flexion: tuple[float, float] | None = None,
) -> Reserve:
    """Return the strength available at the running hip angle over the moment that the stride asks.

    Parameters
    ----------
    torque : N·m in the test, with its error; None where not tested
    test_flexion : hip flexion in the test, rad
    asked : N·m in the stride, peak over stance, mean and standard deviation over strides; None without motion
    capacity : the muscle group's largest moment (N·m) at a hip flexion (rad); None where no body was given
    running_flexion : hip flexion in loading, low and high, rad; by default the house range of 20-35°

    Returns
    -------
    times the moment asked: 1 means that all strength is used. The measured torque scales the muscle group of the
    body at the test posture; low and high hold the test's and the strides' error and the range of hip flexion.

    Notes
    -----
    available(q) = torque × capacity(q) / capacity(test posture); the estimate is the middle of the range of q.
    """
    for missing, given in (("the test", torque), ("the motion", asked), ("a body", capacity)):
        if given is None:
            return _unknown(name, side, TIMES, missing)
    assert torque is not None  # noqa: S101 - the loop above returned
    assert asked is not None  # noqa: S101
    assert capacity is not None  # noqa: S101
    low_q, high_q = running_flexion or _house_range()
    at_test = capacity(test_flexion)
    if at_test <= 0 or asked.mean <= 0 or torque.mean <= 0:
        return _unknown(name, side, TIMES, "a moment above nothing")
    ratios = [torque.mean * capacity(q) / at_test / asked.mean for q in (low_q, (low_q + high_q) / 2, high_q)]
    spread = NORMAL_95 * hypot(torque.sd / torque.mean, asked.sd / asked.mean)
    low, high = min(ratios) * (1 - spread), max(ratios) * (1 + spread)
    return _known(name, side, ratios[1], max(low, 0.0), high, TIMES, edge=1.0)


def _house_range() -> tuple[float, float]:
    low, high = span("house_assess.running_hip_flexion")
    return low * pi / 180, high * pi / 180


def _known(name: str, side: Side, left: float, low: float, high: float, unit: str, *, edge: float) -> Reserve:
    state = "enough" if low > edge else "used up" if high < edge else "not clear"
    words = {"name": name, "side": side.value, "value": left, "low": low, "high": high, "unit": unit}
    says = ("strength_" if unit == TIMES else "") + state.replace(" ", "_")
    return Reserve(name, side, left, low, high, unit, state, decide("reserves", state, says, words, left=left))


def _unknown(name: str, side: Side, unit: str, missing: str) -> Reserve:
    words = {"name": name, "side": side.value, "missing": missing}
    decision = decide("reserves", "unknown", "unknown", words, missing=missing)
    return Reserve(name, side, None, None, None, unit, "unknown", decision)
