"""From clean markers and forces to strides with their forces: the motion layer in one call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gerdy import evidence
from gerdy.errors import MotionError, TooFewStrides
from gerdy.motion.detect import detect
from gerdy.motion.foot_forces import per_foot
from gerdy.motion.force_events import vertical_force
from gerdy.motion.gait import Gait
from gerdy.motion.marker_events import labels_of
from gerdy.motion.speed import PELVIS_ROLES, is_treadmill, running_speed
from gerdy.motion.strides import Strides, cut_strides
from gerdy.motion.summary import StanceForces, mean_over_strides, stance_forces
from gerdy.quantities import GRAVITY_M_S2, SIDES
from gerdy.recordings.data import Problem

if TYPE_CHECKING:
    from gerdy.motion.stances import Stances
    from gerdy.quantities import Array, Flags, SideName, Spread
    from gerdy.recordings.data import Forces, Markers
    from gerdy.recordings.marker_sets import MarkerSet

NEEDED_ROLES = ("heel", "toe")


@dataclass(frozen=True, slots=True)
class Motion:
    """The strides of a recording.

    Parameters
    ----------
    gait : running or walking
    stances, strides : both feet
    speed : of the runner past the ground, m/s
    treadmill : whether the ground moved
    forces : per foot (``left``, ``right``), flight level taken off; None where there are none per foot
    curves : vertical force of each good stride's stance, by side; empty without forces
    """

    gait: Gait
    stances: Stances
    strides: Strides
    speed: Spread
    treadmill: bool
    forces: Forces | None
    curves: dict[SideName, StanceForces]
    problems: tuple[Problem, ...]

    def good(self, side: SideName) -> Strides:
        """Return the usable strides of one side."""
        mine = self.strides.of(side)
        return mine.where(mine.good)

    def mean_vertical_force_n(self) -> float | None:
        """Return the mean vertical force of both feet over whole strides, in N; None without forces.

        Over whole strides of a steady run it equals body weight, because the runner neither rises nor sinks.
        """
        if self.forces is None:
            return None
        total = vertical_force(self.forces).sum(axis=1)
        return mean_over_strides(self.forces.time_s, total, self.strides.where(self.strides.good))

    def mass_from_forces(self) -> float | None:
        """Return the body mass that the mean vertical force carries, in kg; None without forces."""
        mean = self.mean_vertical_force_n()
        return None if mean is None else mean / GRAVITY_M_S2


def study(markers: Markers, marker_set: MarkerSet, forces: Forces | None) -> Motion:
    """Find gait, stances and strides, and give each foot its force.

    Parameters
    ----------
    markers, forces : in ground axes, cleaned

    Raises
    ------
    MotionError : nobody walks or runs in the recording
    TooFewStrides : not one usable stride on any side
    """
    found = detect(markers, marker_set, forces)
    if found.gait is Gait.STANDING:
        raise MotionError(
            "The feet hardly move in this recording, so it is a standing trial; expected running or walking. "
            "Give the running file first and this one with --static."
        )
    strides = cut_strides(found.stances, found.gait, _missing(markers, marker_set))
    if not strides.good.any():
        raise TooFewStrides(_no_stride(strides))
    speed = running_speed(markers, marker_set, found.stances)
    feet = per_foot(found.forces, found.stances) if found.forces is not None else None
    curves = _curves(strides, feet) if feet is not None else {}
    treadmill = is_treadmill(markers, marker_set, speed.mean)
    problems = (*found.problems, *_walking(found.gait))
    return Motion(found.gait, found.stances, strides, speed, treadmill, feet, curves, problems)


def check_body_weight(motion: Motion, mass_kg: float) -> tuple[Problem, ...]:
    """Report a mean vertical force over whole strides that is not the runner's weight; nothing is rescaled."""
    found = motion.mass_from_forces()
    low, high = evidence.span("house_motion.body_weight_band")
    if found is None or low <= found / mass_kg <= high:
        return ()
    return (
        Problem(
            "force_not_body_weight",
            f"The mean vertical force over whole strides is {found / mass_kg:.2f} body weight of {mass_kg:g} kg; "
            f"{low:.2f} to {high:.2f} is expected. Forces are used as they are; check the mass and the plate, "
            "or use --mass from-forces.",
            f"{len(motion.strides)} strides",
        ),
    )


def _curves(strides: Strides, feet: Forces) -> dict[SideName, StanceForces]:
    vertical = vertical_force(feet)
    good = strides.where(strides.good)
    return {side: stance_forces(good.of(side), feet.time_s, vertical[:, i]) for i, side in enumerate(SIDES)}


def _missing(markers: Markers, marker_set: MarkerSet) -> tuple[Array, Flags]:
    roles = [*PELVIS_ROLES, *(f"{role}_{side}" for role in NEEDED_ROLES for side in SIDES)]
    needed = markers.select(labels_of(marker_set, markers, roles))
    return markers.time_s, np.asarray(np.isnan(needed.xyz_m).any(axis=(1, 2)))


def _walking(gait: Gait) -> tuple[Problem, ...]:
    if gait is not Gait.WALKING:
        return ()
    return (
        Problem(
            "walking",
            "Both feet are never off the ground together, so this is walking; flight time does not apply, "
            "and nothing here may be compared with running.",
        ),
    )


def _no_stride(strides: Strides) -> str:
    seen = ", ".join(sorted(set(strides.verdict))) or "no stride at all"
    return (
        f"No usable stride was found (seen: {seen}); at least one whole stride with both feet is needed. "
        "Record 20 seconds or more with all foot and pelvis markers in view."
    )
