"""A measure from a film: mean and spread over strides, with its own error, the published one, and what it is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gerdy import evidence
from gerdy.motion.film.values import of_table
from gerdy.quantities import Spread

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gerdy.motion.film.course import Course
    from gerdy.motion.film.view import Fitness
    from gerdy.quantities import SideName

Segment = tuple[str, str]
"""Two joints; a name without a side stands for the middle of both sides, ``other_hip`` for the other leg's."""


@dataclass(frozen=True, slots=True)
class FilmMeasure(Spread):
    """One measure of one side.

    Parameters
    ----------
    se : standard error of the mean, in `unit`: strides, joints set in the wrong place, perspective and roll
    sdd : smallest difference between two sessions that manual video could tell, in `unit`; None where none is published
    view_fitness : whether this view shows this measure
    frames : numbers of the pictures that it was read from
    film : name of the film
    """

    se: float
    sdd: float | None
    view_fitness: Fitness
    frames: tuple[int, ...]
    film: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return BODY's four entries and the film's own."""
        return Spread.to_json(self) | {
            "se": float(self.se) if np.isfinite(self.se) else None,
            "sdd": self.sdd,
            "view_fitness": self.view_fitness,
            "frames": list(self.frames),
            "film": self.film,
        }


@dataclass(frozen=True, slots=True)
class ErrorModel:
    """What no number of strides takes away.

    Parameters
    ----------
    segments : the lines whose directions make the angle
    to_vertical : whether it is measured against the vertical, so that the camera's roll enters
    """

    segments: Sequence[Segment]
    to_vertical: bool


def standing_error_deg(
    angle: str, model: ErrorModel, course: Course, side: SideName, roll_error_deg: float, *, far: bool = False
) -> float:
    """Return the error of an angle that is the same in every stride, one standard deviation.

    Each joint may be set off its place by `house_film.joint_offset`; over a segment of length L that turns its line by
    offset / L. Perspective and, against the vertical, the roll that is left are added as independent errors.

    Parameters
    ----------
    angle : its name
    course : of the film, for the lengths of the segments in the picture
    far : whether this is the far leg of a side view
    """
    lines = [_line_error_deg(segment, course, side) for segment in model.segments]
    view = of_table("house_film.perspective_error", angle)
    roll = roll_error_deg if model.to_vertical else 0.0
    return float(np.hypot(view, np.linalg.norm([*lines, roll]))) * (
        evidence.value("house_film.far_leg_factor") if far else 1.0
    )


def with_error(
    value: Spread, standing: float, fitness: Fitness, frames: Sequence[int], sdd: float | None = None
) -> FilmMeasure:
    """Join the spread over strides and the standing error of one measure."""
    sampling = value.sd / np.sqrt(value.n) if value.n > 1 else abs(standing)
    se = float(np.hypot(sampling, standing))
    return FilmMeasure(value.mean, value.sd, value.n, value.unit, se, sdd, fitness, tuple(frames))


def published_sdd(angle: str) -> float | None:
    """Return the published smallest detectable difference of an angle, deg; None where there is none."""
    name = _SDD.get(angle)
    return None if name is None else evidence.value(name)


_SDD: Mapping[str, str] = {
    "contralateral_pelvic_drop": "dingenen2018.sdd_pelvic_drop",
    "femoral_adduction": "dingenen2018.sdd_femoral_adduction",
    "hip_adduction": "dingenen2018.sdd_hip_adduction",
    "trunk_ipsilateral_lean": "dingenen2018.sdd_trunk_lean",
    "foot_inclination": "dingenen2018.sdd_foot_inclination",
    "knee_flexion": "dingenen2018.sdd_knee_flexion",
    "dorsiflexion": "dingenen2018.sdd_dorsiflexion",
}


def _line_error_deg(segment: Segment, course: Course, side: SideName) -> float:
    ends = [_place(course, joint, side) for joint in segment]
    length = float(np.nanmedian(np.hypot(ends[0][0] - ends[1][0], ends[0][1] - ends[1][1])))
    between = [_joint(joint) for joint in segment]
    if between[0] == between[1]:
        offset = float(np.sqrt(2.0)) * of_table("house_film.level_offset", between[0])
    else:
        one, other = (of_table("house_film.joint_offset", joint) for joint in between)
        offset = float(np.hypot(one, other))
    return float(np.degrees(offset * course.leg_px / max(length, 1.0)))


def _place(course: Course, joint: str, side: SideName) -> Any:
    if joint.startswith("other_"):
        return course.plane.of(_joint(joint), "left" if side == "right" else "right")
    return course.plane.of(_joint(joint), None if joint.startswith("middle_") else side)


def _joint(name: str) -> str:
    return name.removeprefix("other_").removeprefix("middle_")
