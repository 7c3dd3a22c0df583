"""Strides: from a contact to the next contact of the same foot, each with a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy import evidence
from gerdy.motion.gait import Gait, flight_times

if TYPE_CHECKING:
    from gerdy.motion.stances import Stances
    from gerdy.quantities import Array, Flags, SideName

GOOD: Final = "good"
VERDICTS: Final = {
    GOOD: "used",
    "no opposite contact": "the other foot's contact between the two is missing",
    "implausible time": "stride or contact is shorter or longer than a runner's can be",
    "gap": "a marker of the pelvis or of this leg is missing for longer than gerdy fills",
    "outlier": "far from the runner's other strides, as a stumble or a missed event is",
}
"""What each verdict means."""


@dataclass(frozen=True, slots=True)
class Strides:
    """Every stride that was found, good or not, in order of time.

    Parameters
    ----------
    right : (strides,) side
    contact_s, toe_off_s, end_s : (strides,) s; `end_s` is the next contact of the same foot
    flight_s : (strides,) s from toe-off to the other foot's contact; negative in walking
    verdict : a key of `VERDICTS`
    """

    right: Flags
    contact_s: Array
    toe_off_s: Array
    end_s: Array
    flight_s: Array
    verdict: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.contact_s)

    @property
    def good(self) -> Flags:
        """Which strides are used."""
        return np.array([verdict == GOOD for verdict in self.verdict], dtype=bool)

    def of(self, side: SideName) -> Strides:
        """Return the strides of one side."""
        return self.where(self.right == (side == "right"))

    def where(self, keep: Flags) -> Strides:
        """Return the strides that `keep` marks."""
        verdict = tuple(word for word, kept in zip(self.verdict, keep, strict=True) if kept)
        return Strides(
            self.right[keep], self.contact_s[keep], self.toe_off_s[keep], self.end_s[keep], self.flight_s[keep], verdict
        )


def cut_strides(stances: Stances, gait: Gait = Gait.RUNNING, missing: tuple[Array, Flags] | None = None) -> Strides:
    """Cut stances into strides and judge each.

    Parameters
    ----------
    stances : both feet
    gait : tells how long a stride can be
    missing : (frames,) times in s and whether a needed marker is missing then; None without markers

    Returns
    -------
    strides of both feet in order of time; the last stance of each foot starts no stride
    """
    next_same = _next_of_same_side(stances.right)
    has_end = next_same >= 0
    index = np.flatnonzero(has_end)
    ends = stances.contact_s[next_same[index]]
    one_between = next_same[index] == index + 2
    stride = ends - stances.contact_s[index]
    contact = stances.toe_off_s[index] - stances.contact_s[index]
    verdict = np.full(len(index), GOOD, dtype=object)
    verdict[_outliers(stride, stances.right[index]) | _outliers(contact, stances.right[index])] = "outlier"
    if missing is not None:
        verdict[_touched(stances.contact_s[index], ends, *missing)] = "gap"
    verdict[~one_between] = "no opposite contact"
    verdict[~_plausible(stride, contact, gait)] = "implausible time"
    return Strides(
        stances.right[index],
        stances.contact_s[index],
        stances.toe_off_s[index],
        ends,
        flight_times(stances)[index],
        tuple(str(word) for word in verdict),
    )


def _next_of_same_side(right: Flags) -> Array:
    following = np.full(len(right), -1)
    for side in (False, True):
        index = np.flatnonzero(right == side)
        following[index[:-1]] = index[1:]
    return following


def _plausible(stride_s: Array, contact_s: Array, gait: Gait) -> Flags:
    shortest, longest = evidence.span(f"house_motion.{gait}_stride_time")
    briefest, lasting = evidence.span(f"house_motion.{gait}_contact_time")
    return (stride_s >= shortest) & (stride_s <= longest) & (contact_s >= briefest) & (contact_s <= lasting)


def _outliers(values: Array, right: Flags) -> Flags:
    far = np.zeros(len(values), dtype=bool)
    for side in (False, True):
        mine = values[right == side]
        if mine.size > 2:
            distance = np.abs(mine - np.median(mine))
            # 1.4826 turns a median absolute deviation into a standard deviation of a normal distribution.
            scale = max(1.4826 * float(np.median(distance)), evidence.value("house_motion.timing_error_forces"))
            far[right == side] = distance > evidence.value("house_motion.outlier_factor") * scale
    return far


def _touched(start_s: Array, end_s: Array, time_s: Array, missing: Flags) -> Flags:
    count = np.concatenate([[0], np.cumsum(missing)])
    return count[np.searchsorted(time_s, end_s, side="right")] > count[np.searchsorted(time_s, start_s)]
