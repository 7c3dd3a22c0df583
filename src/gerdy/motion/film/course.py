"""Joints through time, evenly sampled and smoothed once, in the runner's own directions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from gerdy import evidence
from gerdy.motion.film.plane import Facing, Plane, View, runner_plane
from gerdy.quantities import SIDES
from gerdy.recordings.filters import lowpass

if TYPE_CHECKING:
    from gerdy.quantities import Array, Flags, SideName
    from gerdy.recordings.keypoints import Keypoints


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """One person through a film.

    Parameters
    ----------
    time_s : (frames,) s, evenly spaced at the film's mean rate
    plane : joints at these times
    leg_px : thigh and shin together, the film's own yardstick; medians over both legs
    spread_px : (joints,) median standard deviation of each joint's place, pixels
    seen : (joints,) share of the pictures in which each joint was surely seen
    """

    time_s: Array
    plane: Plane
    leg_px: float
    spread_px: Array
    seen: Array

    @property
    def rate_hz(self) -> float:
        """Pictures a second."""
        return float((len(self.time_s) - 1) / (self.time_s[-1] - self.time_s[0]))

    def height(self, joint: str, side: SideName | None = None) -> Array:
        """Return (frames,) height of a joint in leg lengths, from an arbitrary level."""
        return self.plane.of(joint, side)[1] / self.leg_px

    def ahead(self, joint: str, side: SideName) -> Array:
        """Return (frames,) leg lengths by which a joint lies across of the middle between the hips."""
        return (self.plane.of(joint, side)[0] - self.plane.of("hip")[0]) / self.leg_px

    def seen_of(self, joint: str, side: SideName) -> float:
        """Return the share of pictures in which a joint was surely seen."""
        return float(self.seen[self.plane.joints.index(f"{joint}_{side[0]}")])


def course(points: Keypoints, view: View, *, facing: Facing = "right", roll_rad: float = 0.0) -> Course:
    """Clean key points and turn them into the runner's directions.

    Joints that the network only guesses are left out, gaps up to `house_film.longest_gap` are joined by straight
    lines, and everything is low-passed once at `house_film.cutoff`.

    Parameters
    ----------
    points : of one person, swaps repaired
    view, facing, roll_rad : see `gerdy.motion.film.plane.runner_plane`
    """
    surely = (points.confidence >= evidence.value("house_film.least_confidence")) & np.isfinite(points.xy[..., 0])
    even, xy = _evenly(points, surely)
    plane = runner_plane(replace_frames(points, even, _smooth(xy, even)), view, facing=facing, roll_rad=roll_rad)
    return Course(even, plane, _leg(plane), _median_spread(points, surely), surely.mean(axis=0))


def replace_frames(points: Keypoints, time_s: Array, xy: Array) -> Keypoints:
    """Return the same person at other times; every joint that has a place is fully sure."""
    sure = np.isfinite(xy[..., 0]).astype(float)
    return replace(points, time_s=time_s, xy=xy, confidence=sure, spread=np.where(sure > 0, 0.0, np.nan))


def _evenly(points: Keypoints, surely: Flags) -> tuple[Array, Array]:
    """Return even times and (frames, joints, 2) pixels; NaN in gaps that are too long to join."""
    time_s = points.time_s
    even = np.linspace(time_s[0], time_s[-1], len(time_s))
    longest = evidence.value("house_film.longest_gap")
    xy = np.full(points.xy.shape, np.nan)
    for joint in range(points.xy.shape[1]):
        at = np.flatnonzero(surely[:, joint])
        if len(at) < 2:
            continue
        after = np.clip(np.searchsorted(time_s[at], even), 1, len(at) - 1)
        gap = time_s[at[after]] - time_s[at[after - 1]]
        inside = (even >= time_s[at[0]]) & (even <= time_s[at[-1]]) & (gap <= max(longest, 2.0 * (even[1] - even[0])))
        for k in range(2):
            xy[inside, joint, k] = np.interp(even[inside], time_s[at], points.xy[at, joint, k])
    return even, xy


def _smooth(xy: Array, even: Array) -> Array:
    rate = (len(even) - 1) / (even[-1] - even[0])
    return lowpass(xy, min(evidence.value("house_film.cutoff"), evidence.value("house_film.cutoff_share") * rate), rate)


def _leg(plane: Plane) -> float:
    lengths = []
    for side in SIDES:
        joints = [np.stack(plane.of(joint, side)) for joint in ("hip", "knee", "ankle")]
        # A bent knee towards the camera shortens the leg, so a high percentile stands for its length.
        for one, other in pairwise(joints):
            lengths.append(np.nanpercentile(np.hypot(*(one - other)), 75) if np.isfinite(one).any() else np.nan)
    return float(2.0 * np.nanmean(lengths)) if np.isfinite(lengths).any() else float("nan")


def _median_spread(points: Keypoints, surely: Flags) -> Array:
    spread = np.where(surely, points.spread, np.nan)
    return np.array([np.nanmedian(column) if np.isfinite(column).any() else np.nan for column in spread.T])
