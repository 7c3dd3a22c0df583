"""One leg's stances with everything that a what-if may change or must keep."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gerdy import evidence
from gerdy.band.evaluate import AtStances
from gerdy.band.landmarks import size
from gerdy.band.outcomes import at_stances
from gerdy.band.stance import sample
from gerdy.band.what_if.momentum import unexplained
from gerdy.body.dynamics import Loads, MotionRates, inverse_dynamics
from gerdy.quantities import GRAVITY_M_S2

if TYPE_CHECKING:
    from gerdy.band.outcomes import LegMotion
    from gerdy.body.model import CompiledBody
    from gerdy.quantities import Array, SideName

__all__ = ["Case", "FootForce", "case_of"]


class FootForce(NamedTuple):
    """Ground reaction under the stance foot, in ground.

    Attributes
    ----------
    force : (rows, 3) N on the foot
    about_origin : (rows, 3) N·m about the ground's origin, the free moment included
    """

    force: Array
    about_origin: Array


@dataclass(frozen=True, eq=False)
class Case:
    """A leg as it was recorded, at every point of some stances; rows run stance by stance.

    Parameters
    ----------
    body : the runner's own
    side : the stance leg
    at : pose, velocity and net moments
    acceleration : (rows, coordinates) per second squared
    ground : under the stance foot; None without forces
    standing : (coordinates,) pose of zero elongation; None is neutral standing
    stride_s, speed_m_s : means of the recording
    height_m : of the runner; None takes it from the length of the thigh
    """

    body: CompiledBody
    side: SideName
    at: AtStances
    acceleration: Array
    ground: FootForce | None
    standing: Array | None
    stride_s: float
    speed_m_s: float
    height_m: float | None = None

    @cached_property
    def required(self) -> Array:
        """(rows, coordinates) generalised forces that the recorded motion asks for under the stance foot's force."""
        return self.dynamics(self.at.q, self.at.velocity, self.acceleration, self.ground)

    def dynamics(self, q: Array, velocity: Array, acceleration: Array, ground: FootForce | None) -> Array:
        """Return the generalised forces of another motion of this body: joint moments, and what the pelvis leaves."""
        rates = MotionRates(velocity, acceleration)
        if ground is None:
            return inverse_dynamics(self.body, q, rates)
        force, about = (part[:, None] for part in ground)
        loads = Loads((f"calcn_{self.side[0]}",), force, np.zeros_like(force), about)
        return inverse_dynamics(self.body, q, rates, loads)

    @cached_property
    def unexplained(self) -> tuple[Array, Array]:
        """Force and moment about the mass centre that the recorded motion leaves unexplained, (rows, 3) N and N·m."""
        return unexplained(self.body, self.at.q, self.required)

    @property
    def weight_n(self) -> float:
        """Body weight, N."""
        return self.body.mass * GRAVITY_M_S2

    @property
    def stature_m(self) -> float:
        """Height as given, or as the thigh has it."""
        if self.height_m is not None:
            return self.height_m
        return size(self.body, self.side) * evidence.value("house_scaling.generic_stature")

    @property
    def strides_per_km(self) -> float:
        """How often this foot lands in a kilometre."""
        return 1000.0 / (self.speed_m_s * self.stride_s)

    def some(self, count: int) -> Case:
        """Return the case on fewer stances, evenly chosen."""
        stances, points = self.at.when_s.shape
        chosen = np.unique(np.linspace(0, stances - 1, min(count, stances)).round().astype(int))
        rows = (chosen[:, None] * points + np.arange(points)).ravel()
        moments = None if self.at.moments is None else self.at.moments[rows]
        return replace(
            self,
            at=AtStances(self.at.when_s[chosen], self.at.q[rows], self.at.velocity[rows], moments),
            acceleration=self.acceleration[rows],
            ground=None if self.ground is None else FootForce(*(part[rows] for part in self.ground)),
        )


def case_of(motion: LegMotion, acceleration: Array, loads: Loads | None, height_m: float | None = None) -> Case:
    """Cut the stances that the band of this leg is computed on.

    Parameters
    ----------
    motion : of the leg
    acceleration : (frames, coordinates) per second squared, of the same frames
    loads : forces on the feet in the same frames; None without forces
    height_m : of the runner, where it is known

    Returns
    -------
    Case : `at` is exactly what the band of the recording was computed from
    """
    at = at_stances(motion)
    width = motion.q.shape[1]
    ground = None
    if loads is not None and motion.moments is not None:
        foot = loads.bodies.index(f"calcn_{motion.side[0]}")
        about = np.cross(np.nan_to_num(loads.point), loads.force) + loads.moment
        ground = FootForce(
            *(sample(motion.time_s, part[:, foot], at.when_s).reshape(-1, 3) for part in (loads.force, about))
        )
    return Case(
        body=motion.body,
        side=motion.side,
        at=at,
        acceleration=sample(motion.time_s, acceleration, at.when_s).reshape(-1, width),
        ground=ground,
        standing=motion.standing,
        stride_s=motion.stride_s,
        speed_m_s=motion.speed_m_s,
        height_m=height_m,
    )
