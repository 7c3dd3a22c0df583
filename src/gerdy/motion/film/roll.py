"""How far the camera was turned about its own line of sight, from what must be level or upright in the film."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gerdy import evidence

if TYPE_CHECKING:
    from gerdy.motion.film.course import Course
    from gerdy.motion.film.view import Scene
    from gerdy.motion.stances import Stances
    from gerdy.quantities import Array, SideName


class Roll(NamedTuple):
    """The camera's roll.

    Attributes
    ----------
    roll_rad : clockwise, as `gerdy.motion.film.plane.runner_plane` takes it
    how : ``given``, ``belt`` (the way of the standing foot), ``travel`` (of the pelvis through the picture), ``body``
        (trunk and legs upright on average over both legs' strides), or ``taken as level``
    """

    roll_rad: float
    how: str


def find_roll(course: Course, scene: Scene, stances: Stances) -> Roll:
    """Find the roll that is left in a course that was made with none.

    From the side the belt carries the standing foot along a level line, or the pelvis travels along one. From behind
    and from the front the line from between the ankles to between the shoulders is upright on average: a runner whose
    trunk leans to one side all the time is straightened with the camera, and only the difference between the
    sides of such a lean is seen.

    Parameters
    ----------
    course : with a roll of zero
    stances : of the same course
    """
    if scene.view != "side":
        return _upright(course, scene)
    steps = _belt(course, stances)
    if steps is not None:
        return Roll(_picture_sign(scene) * steps, "belt")
    along, up = course.plane.of("hip")
    seen = np.isfinite(along)
    way = along[seen][-1] - along[seen][0] if seen.any() else 0.0
    if abs(way) < evidence.value("house_film.travel") * course.leg_px:
        return Roll(0.0, "taken as level")
    slope = np.polyfit(along[seen], up[seen], 1)[0]
    return Roll(_picture_sign(scene) * float(np.arctan(slope)), "travel")


def _upright(course: Course, scene: Scene) -> Roll:
    top, bottom = course.plane.of("shoulder"), course.plane.of("ankle")
    across, up = np.nanmean(top[0] - bottom[0]), np.nanmean(top[1] - bottom[1])
    sign = 1.0 if scene.view == "front" else -1.0
    return Roll(sign * float(np.arctan2(across, up)), "body")


def _belt(course: Course, stances: Stances) -> float | None:
    """Return the slope of the near foot's way while it stands, rad up along forward; None where the foot stays."""
    ways = np.array([_way(course, a, b, right) for a, b, right in _middles(stances)]).reshape(-1, 2)
    ways = ways[np.isfinite(ways).all(axis=1)]
    if not len(ways) or np.median(-ways[:, 0]) < evidence.value("house_film.belt_way") * course.leg_px:
        return None
    back, sunk = np.median(ways, axis=0)
    return float(np.arctan2(-sunk, -back))


def _middles(stances: Stances) -> list[tuple[float, float, bool]]:
    """Return the part of each stance in which the foot is flat."""
    low, high = evidence.span("house_film.flat_phase")
    length = stances.toe_off_s - stances.contact_s
    start, end = stances.contact_s + low * length, stances.contact_s + high * length
    return list(zip(start.tolist(), end.tolist(), stances.right.tolist(), strict=True))


def _way(course: Course, start: float, end: float, right: bool) -> Array:
    side: SideName = "right" if right else "left"
    heel, toe = course.plane.of("heel", side), course.plane.of("toe", side)
    middle = [(heel[k] + toe[k]) / 2.0 for k in range(2)]
    return np.array([np.diff(np.interp([start, end], course.time_s, values))[0] for values in middle])


def _picture_sign(scene: Scene) -> float:
    """Return +1 where a line that rises forward means a camera turned clockwise, -1 where the runner faces left."""
    return -1.0 if scene.facing == "left" else 1.0
