"""The band of an analysis: both sides on the same believable bands, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from gerdy.band.circle import tilt_circle
from gerdy.band.outcomes import NEEDS_FORCES, LegMotion, SideBand, side_band
from gerdy.band.priors import draw_bands
from gerdy.body.dynamics import differentiate
from gerdy.errors import BodyError
from gerdy.quantities import SIDES
from gerdy.recordings.data import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gerdy.band.circle import Circle
    from gerdy.band.design import Draw
    from gerdy.motion.joint_moments import JointMoments
    from gerdy.motion.joint_motion import JointMotion
    from gerdy.motion.study import Motion
    from gerdy.quantities import Array, SideName

__all__ = ["Bands", "find_bands", "leg_motion", "leg_motions"]


@dataclass(frozen=True, slots=True)
class Bands:
    """Band outcomes by side.

    Parameters
    ----------
    sides : computed sides
    legs : what they were computed from
    draws : believable bands of the runner
    why_not : the reason where there are none, in the words of ``sides.*.missing``
    problems : what a reader should know
    """

    sides: dict[SideName, SideBand] = field(default_factory=dict)
    legs: dict[SideName, LegMotion] = field(default_factory=dict)
    draws: tuple[Draw, ...] = ()
    why_not: str = ""
    problems: tuple[Problem, ...] = ()

    def circle(self, side: SideName) -> Circle | None:
        """Return the vicious circle of one side, or None without a band or forces."""
        return tilt_circle(self.legs[side], self.draws) if side in self.sides else None

    def missing(self, side: SideName) -> dict[str, str]:
        """Return dotted path → why there is no value."""
        if side not in self.sides:
            return {"band": self.why_not, "vicious_circle": self.why_not}
        circle = {"vicious_circle": NEEDS_FORCES} if self.legs[side].moments is None else {}
        return self.sides[side].missing() | circle


def find_bands(
    joints: JointMotion | None,
    moments: JointMoments | None,
    motion: Motion,
    sides: Sequence[SideName],
    tell: Callable[[], None],
) -> Bands:
    """Compute the band of the named sides.

    Parameters
    ----------
    joints, moments : of the recording; None where they could not be found
    motion : strides of the recording
    tell : called after each draw of each side, for progress

    Returns
    -------
    Bands : never raises for a runner whose band cannot be computed; the reason is in it
    """
    if joints is None:
        return Bands(why_not="not computed: the band needs joint angles")
    legs = leg_motions(joints, moments, motion)
    try:
        draws = draw_bands(joints.runner.body)
        found = {side: side_band(legs[side], draws, tell) for side in sides if side in legs}
    except BodyError as error:
        return Bands(why_not=f"not computed: {error}", problems=(Problem("band_not_found", str(error)),))
    return Bands(found, legs, draws, why_not="no usable stride on this side")


def leg_motions(joints: JointMotion, moments: JointMoments | None, motion: Motion) -> dict[SideName, LegMotion]:
    """Return both legs of a recording as the band needs them; a leg without a good stride is left out.

    Parameters
    ----------
    joints, moments, motion : of the recording; moments are None without forces
    """
    velocity = differentiate(joints.time_s, joints.poses.q).velocity
    return {side: leg_motion(joints, moments, motion, velocity, side) for side in SIDES if len(motion.good(side))}


def leg_motion(
    joints: JointMotion, moments: JointMoments | None, motion: Motion, velocity: Array, side: SideName
) -> LegMotion:
    """Return one leg's recording as the band needs it.

    Parameters
    ----------
    moments : None without forces
    velocity : (frames, coordinates) of the same joint motion, from `gerdy.body.differentiate`
    """
    good = motion.good(side)
    standing = joints.runner.placed.standing
    return LegMotion(
        body=joints.runner.body,
        side=side,
        time_s=joints.time_s,
        q=joints.poses.q,
        velocity=velocity,
        moments=None if moments is None else moments.values,
        contact_s=good.contact_s,
        toe_off_s=good.toe_off_s,
        standing=None if standing is None else np.nan_to_num(standing),
        stride_s=float(np.mean(good.end_s - good.contact_s)),
        speed_m_s=motion.speed.mean,
    )
