"""What the person does: running, walking, or one of the tests that a camera can score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from gerdy import evidence
from gerdy.motion.film.angles import SIDE_ANGLES
from gerdy.motion.film.leg_events import swings
from gerdy.motion.film.pelvis_events import Bounce, bounce
from gerdy.quantities import SIDES

if TYPE_CHECKING:
    from gerdy.motion.film.course import Course
    from gerdy.quantities import Array

Activity = Literal[
    "running", "walking", "squat", "step_down", "single_leg_squat", "single_leg_stance", "lunge", "standing"
]
ACTIVITIES: tuple[Activity, ...] = (
    "running",
    "walking",
    "squat",
    "step_down",
    "single_leg_squat",
    "single_leg_stance",
    "lunge",
    "standing",
)


def recognise_activity(course: Course, found: Bounce | None = None) -> Activity:
    """Name what the person does.

    Both legs swing again and again in a gait; a runner's pelvis is lowest over the standing leg, a walker's is highest.
    Without swings, one foot off the ground or both, and how far the hips go down, tell the tests apart.

    Parameters
    ----------
    course : of one person
    found : from `gerdy.motion.film.pelvis_events.bounce`, where it was already asked for
    """
    found = bounce(course) if found is None else found
    many = evidence.value("house_film.least_swings")
    regular = found.strength >= evidence.value("house_film.least_bounce")
    if (
        regular
        and all(len(swings(course, side, 2.0 * found.step_s)) >= many for side in SIDES)
        and _steps_fit(course, found)
    ):
        return "walking" if _height_over_stance(course, found) > 0 else "running"
    return _task(course)


def _steps_fit(course: Course, found: Bounce) -> bool:
    """Whether each leg swings once in two bounces: knees that bend in squats do not."""
    every = [np.median(np.diff(swings(course, side, 2.0 * found.step_s))) for side in SIDES]
    return bool(np.allclose(every, 2.0 * found.step_s, rtol=0.2))


def _height_over_stance(course: Course, found: Bounce) -> float:
    """Return the pelvis's mean height just after the highest ankle, when the other leg carries the body."""
    at = np.concatenate([swings(course, side, 2.0 * found.step_s) for side in SIDES])
    later = at + evidence.value("house_film.after_highest_ankle") * 2.0 * found.step_s
    return float(np.mean(np.interp(later, course.time_s, found.height)))


def _task(course: Course) -> Activity:
    lifted = _lifted(course) > evidence.value("house_film.foot_lifted")
    deep = _depth(course) > evidence.value("house_film.squat_depth")
    if not lifted:
        if deep:
            return "squat"
        return "lunge" if _split(course) > evidence.value("house_film.lunge_split") else "standing"
    if not deep:
        return "single_leg_stance"
    return "step_down" if _free_foot_below(course) else "single_leg_squat"


def _lifted(course: Course) -> float:
    """How much the height between the ankles changes, leg lengths; feet at different depths alone change nothing."""
    apart = course.height("ankle", "left") - course.height("ankle", "right")
    seen = apart[np.isfinite(apart)]
    return float(np.ptp(np.percentile(seen, [2, 98]))) if len(seen) else 0.0


def _depth(course: Course) -> float:
    """How far the hips go down, leg lengths."""
    height = course.plane.of("hip")[1] / course.leg_px
    seen = height[np.isfinite(height)]
    return float(np.ptp(np.percentile(seen, [5, 95]))) if len(seen) else 0.0


def _split(course: Course) -> float:
    """Median distance of the ankles along the picture where one knee is bent in a side view, leg lengths."""
    apart = np.abs(course.ahead("ankle", "left") - course.ahead("ankle", "right"))
    bent = max(_median(SIDE_ANGLES["knee_flexion"](course.plane, side)) for side in SIDES)
    return _median(apart) if course.plane.view == "side" and bent > 0 else 0.0


def _free_foot_below(course: Course) -> bool:
    """Whether the free foot reaches below the standing one when the hips are lowest: down from a step."""
    hips = course.plane.of("hip")[1]
    low = hips <= np.nanpercentile(hips, 10)
    left, right = (course.height("ankle", side) for side in SIDES)
    return bool(np.nanmin((left - right)[low] * (1.0 if _stands_on_right(left, right) else -1.0)) < 0)


def _stands_on_right(left: Array, right: Array) -> bool:
    """Tell the standing foot: it moves less."""
    return bool(np.nanstd(right) <= np.nanstd(left))


def _median(values: Array) -> float:
    return float(np.nanmedian(values)) if np.isfinite(values).any() else 0.0
