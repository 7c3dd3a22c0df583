"""Measures of each stance in a film: sagittal angles from the side, frontal projections from behind or in front."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy import evidence
from gerdy.motion.film.angles import FRONT_ANGLES, SIDE_ANGLES
from gerdy.motion.film.measure import ErrorModel, FilmMeasure, published_sdd, standing_error_deg, with_error
from gerdy.motion.film.values import of_table
from gerdy.motion.measures import StanceTimes, angle_measures
from gerdy.quantities import spread

if TYPE_CHECKING:
    from gerdy.motion.film.course import Course
    from gerdy.motion.film.view import Fitness, Scene
    from gerdy.motion.stances import Stances
    from gerdy.quantities import Array, SideName, Spread

_TRUNK, _THIGH, _SHIN = ("middle_shoulder", "middle_hip"), ("hip", "knee"), ("knee", "ankle")
_PELVIS, _FOOT, _HEEL = ("hip", "other_hip"), ("heel", "toe"), ("ankle", "heel")

ERRORS: Final = {
    "contralateral_pelvic_drop": ErrorModel([_PELVIS], to_vertical=True),
    "femoral_adduction": ErrorModel([_THIGH], to_vertical=True),
    "hip_adduction": ErrorModel([_THIGH, _PELVIS], to_vertical=False),
    "knee_projection": ErrorModel([_THIGH, _SHIN], to_vertical=False),
    "trunk_ipsilateral_lean": ErrorModel([_TRUNK], to_vertical=True),
    "heel_ankle_line": ErrorModel([_HEEL, _SHIN], to_vertical=False),
    "knee_flexion": ErrorModel([_THIGH, _SHIN], to_vertical=False),
    "hip_flexion": ErrorModel([_THIGH, _TRUNK], to_vertical=False),
    "dorsiflexion": ErrorModel([_FOOT, _SHIN], to_vertical=False),
    "foot_inclination": ErrorModel([_FOOT], to_vertical=True),
    "trunk_forward_lean": ErrorModel([_TRUNK], to_vertical=True),
}
"""Angle → the lines that make it; a joint set off its place turns them."""

NOT_FROM_THE_FRONT: Final = ("heel_ankle_line",)
"""What the shoe hides from the front."""


@dataclass(frozen=True, slots=True)
class Look:
    """How one leg is seen in one film.

    Parameters
    ----------
    side : which leg
    scene : the view
    roll_error_deg : one standard deviation of the roll that is left
    mm_px : millimetres of a pixel in the plane of the runner; None where the height is not known
    mm_error : share by which `mm_px` may be off
    first : number of the film's picture that the course starts with
    """

    side: SideName
    scene: Scene
    roll_error_deg: float
    mm_px: float | None = None
    mm_error: float = 0.0
    first: int = 0

    @property
    def far(self) -> bool:
        """Whether this is the leg behind the other in a side view."""
        return self.scene.near is not None and self.scene.near != self.side

    @property
    def fitness(self) -> Fitness:
        """The far leg is tolerated at best."""
        return "tolerated" if self.far and self.scene.fitness == "suitable" else self.scene.fitness


def stride_measures(course: Course, stances: Stances, look: Look) -> dict[str, FilmMeasure]:
    """Measure one leg over its stances.

    Parameters
    ----------
    course : of the film, roll taken off
    stances : of this leg, the usable ones
    look : how this leg is seen

    Returns
    -------
    key → measure; sagittal angles have BODY's keys, frontal projections end in ``_2d_deg``
    """
    times = StanceTimes(stances.contact_s, stances.toe_off_s, (stances.contact_s + stances.toe_off_s) / 2.0)
    frames = {
        instant: _frames(course, at, look)
        for instant, at in (("contact", times.contact_s), ("toe_off", times.toe_off_s), ("", times.mid_stance_s))
    }
    named = _angles(course, look)
    ending = "_deg" if course.plane.view == "side" else "_2d_deg"
    found = {}
    for name, angle in named.items():
        standing = standing_error_deg(name, ERRORS[name], course, look.side, look.roll_error_deg, far=look.far)
        for key, value in _at_instants(name, angle, named, course, times).items():
            at = next(numbers for instant, numbers in frames.items() if f"_{instant}" in key)
            if value.n:
                sdd = published_sdd(name)
                found[key.removesuffix("_deg") + ending] = with_error(value, standing, look.fitness, at, sdd)
    if course.plane.view == "side":
        return found | _lengths(course, times, look, frames["contact"])
    return found | _widths(course, times, look, frames[""])


def _angles(course: Course, look: Look) -> dict[str, Array]:
    if course.plane.view == "side":
        return {name: angle(course.plane, look.side) for name, angle in SIDE_ANGLES.items()}
    wanted = {k: v for k, v in FRONT_ANGLES.items() if course.plane.view == "rear" or k not in NOT_FROM_THE_FRONT}
    return {name: angle(course.plane, look.side) for name, angle in wanted.items()}


def _at_instants(
    name: str, angle: Array, named: dict[str, Array], course: Course, times: StanceTimes
) -> dict[str, Spread]:
    """Return BODY's instants of one angle; the zone needs the knee beside it."""
    both = {name: angle} | ({"knee_flexion": named["knee_flexion"]} if "knee_flexion" in named else {})
    found = angle_measures(both, course.time_s, times)
    return {key: value for key, value in found.items() if key.startswith(f"{name}_")}


def _frames(course: Course, at_s: Array, look: Look) -> list[int]:
    """Return the numbers of the film's pictures nearest to some times."""
    return [look.first + round((t - course.time_s[0]) * course.rate_hz) for t in at_s]


def _lengths(course: Course, times: StanceTimes, look: Look, frames: list[int]) -> dict[str, FilmMeasure]:
    """Overstride and vertical oscillation, in mm where the height gives a scale and in percent of the leg otherwise."""
    ahead = np.interp(times.contact_s, course.time_s, course.ahead("ankle", look.side))
    height = course.plane.of("hip")[1] / course.leg_px
    up_and_down = np.array([_range(course, height, *pair) for pair in zip(times.contact_s, _nexts(times), strict=True)])
    offset = np.hypot(*(_share("hip"), _share("ankle")))
    found = {
        "overstride_contact": (ahead, offset * (evidence.value("house_film.far_leg_factor") if look.far else 1.0)),
        "vertical_oscillation": (up_and_down, evidence.value("house_film.oscillation_error")),
    }
    out = {}
    for name, (values, error) in found.items():
        if look.mm_px is None:
            out[f"{name}_pct_leg"] = with_error(spread(100.0 * values, "% of leg"), 100.0 * error, look.fitness, frames)
        else:
            scale = course.leg_px * look.mm_px
            size = spread(values * scale, "mm")
            standing = float(np.hypot(error * scale, size.mean * look.mm_error))
            out[f"{name}_mm"] = with_error(size, standing, look.fitness, frames)
    return {key: value for key, value in out.items() if value.n}


def _nexts(times: StanceTimes) -> Array:
    """End of the stride that begins with each contact; the last stance has none."""
    return np.append(times.contact_s[1:], np.nan)


def _range(course: Course, height: Array, start: float, end: float) -> float:
    """Return the range of the pelvis over one stride; NaN where the stride is not whole or not seen."""
    longest = evidence.span("house_motion.running_stride_time")[1]
    if not np.isfinite(end) or end - start > longest:
        return float("nan")
    inside = height[(course.time_s >= start) & (course.time_s <= end)]
    return float(np.ptp(inside)) if len(inside) and np.isfinite(inside).all() else float("nan")


def _widths(course: Course, times: StanceTimes, look: Look, frames: list[int]) -> dict[str, FilmMeasure]:
    """Where the foot stands to the pelvis's middle, in percent of the hips' distance; negative across the middle."""
    hips = [course.plane.of("hip", side) for side in ("left", "right")]
    width = float(np.nanmedian(np.hypot(hips[0][0] - hips[1][0], hips[0][1] - hips[1][1])))
    out = 1.0 if look.side == "right" else -1.0
    aside = course.plane.of("ankle", look.side)[0] - course.plane.of("hip")[0]
    own = np.interp(times.mid_stance_s, course.time_s, aside)
    error = 100.0 * np.hypot(_share("ankle"), _share("hip") / 2.0) * course.leg_px / width
    value = spread(100.0 * out * own / width, "% of hip width")
    return (
        {"pelvis_to_foot_mid_stance_2d_pct": with_error(value, float(error), look.fitness, frames)} if value.n else {}
    )


def _share(joint: str) -> float:
    return of_table("house_film.joint_offset", joint)
