"""From the key points of a runner to strides and measures: one film in one call."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gerdy import evidence
from gerdy.errors import FootageRefused
from gerdy.motion.film.activity import Activity, recognise_activity
from gerdy.motion.film.agreement import Agreement, agree, filled
from gerdy.motion.film.course import Course, course
from gerdy.motion.film.film_problems import film_problems
from gerdy.motion.film.gate import Check, Light, course_checks, film_checks, leg_seen, longest_presence, require
from gerdy.motion.film.leg_events import leg_stances
from gerdy.motion.film.pelvis_events import bounce, pelvis_stances
from gerdy.motion.film.roll import Roll, find_roll
from gerdy.motion.film.stride_measures import Look, stride_measures
from gerdy.motion.film.values import of_table
from gerdy.motion.film.view import Scene, recognise_view
from gerdy.motion.stances import Stances
from gerdy.motion.strides import Strides, cut_strides
from gerdy.quantities import SIDES, other_side

if TYPE_CHECKING:
    from gerdy.motion.film.measure import FilmMeasure
    from gerdy.motion.film.plane import View
    from gerdy.quantities import SideName
    from gerdy.recordings.data import Problem
    from gerdy.recordings.keypoints import Keypoints


class Asked(NamedTuple):
    """What the user knows about a film; None lets gerdy find it."""

    view: View | None = None
    activity: Activity | None = None
    roll_deg: float | None = None
    height_m: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class FilmMotion:
    """One film of a runner.

    Parameters
    ----------
    name : of the film
    points : of the runner, in the seconds that were used
    first : number of the film's picture that these start with
    scene, roll, activity : how it was filmed, and what is done
    course : joints in the runner's directions, roll taken off
    strides : of both feet
    agreement : of the two methods for the events
    measures : side → key → measure
    missing : side → key → why there is none
    checks : what was looked at before
    """

    name: str
    points: Keypoints
    first: int
    scene: Scene
    roll: Roll
    activity: Activity
    course: Course
    strides: Strides
    agreement: Agreement
    measures: dict[SideName, dict[str, FilmMeasure]]
    missing: dict[SideName, dict[str, str]]
    checks: tuple[Check, ...]
    problems: tuple[Problem, ...] = field(default=())

    def good(self, side: SideName) -> Strides:
        """Return the usable strides of one side."""
        mine = self.strides.of(side)
        return mine.where(mine.good)


def study_film(name: str, points: Keypoints, asked: Asked = Asked(), light: Light = Light()) -> FilmMotion:  # noqa: B008
    """Measure a runner in one film.

    Parameters
    ----------
    name : of the film, for messages
    points : of one person, swaps repaired
    asked : what the user knows
    light : of the film, from `gerdy.recordings.video.light`

    Raises
    ------
    FootageRefused : with every reason and how to film it again
    """
    used = longest_presence(points)
    first, shown = int(np.argmax(used)), points.keep(used)
    if used.sum() < evidence.value("house_film.least_pictures"):
        raise FootageRefused(f"{name} shows a person in {used.sum()} pictures only; film at least a few strides.")
    checks = film_checks(shown, light)
    require(name, checks)
    scene = recognise_view(shown, asked.view)
    seen, roll, activity = _levelled(name, shown, scene, asked)
    checks += course_checks(seen, scene, float(np.degrees(roll.roll_rad)))
    require(name, checks)
    strides, agreement = _strides(name, seen)
    looks = {side: _look(side, scene, roll, seen, asked, first) for side in SIDES}
    measures = {side: _measures(seen, strides, looks[side]) for side in SIDES}
    return FilmMotion(
        name=name,
        points=shown,
        first=first,
        scene=scene,
        roll=roll,
        activity=activity,
        course=seen,
        strides=strides,
        agreement=agreement,
        measures=_with_step_width(measures),
        missing={side: _missing(seen, looks[side]) for side in SIDES},
        checks=checks,
        problems=film_problems(name, points, shown, scene, roll, strides),
    )


def _levelled(name: str, points: Keypoints, scene: Scene, asked: Asked) -> tuple[Course, Roll, Activity]:
    """Return the course with the camera's roll taken off, how it was found, and what the person does."""
    if scene.view == "oblique":
        raise FootageRefused(
            f"{name} is filmed at an angle ({scene.away_deg:.0f} deg off the side); expected straight from the side, "
            "from behind or from the front. Film again as 'gerdy film-guide' shows, or name the view with --view."
        )
    raw = course(points, scene.view, facing=scene.facing)
    found = bounce(raw)
    activity = asked.activity or recognise_activity(raw, found)
    if activity != "running":
        raise FootageRefused(
            f"{name} shows {activity.replace('_', ' ')}, not running, so no running measure is given. Film at least "
            "ten seconds of steady running, or name what is done with --activity."
        )
    if asked.roll_deg is not None:
        roll = Roll(float(np.radians(asked.roll_deg)), "given")
    else:
        roll = find_roll(raw, scene, leg_stances(raw, 2.0 * found.step_s))
    return course(points, scene.view, facing=scene.facing, roll_rad=roll.roll_rad), roll, activity


def _strides(name: str, seen: Course) -> tuple[Strides, Agreement]:
    found = bounce(seen)
    legs, pelvis = leg_stances(seen, 2.0 * found.step_s), pelvis_stances(seen, found)
    agreement = agree(legs, pelvis)
    least = evidence.value("house_film.least_agreement")
    if not agreement.share >= least:
        raise FootageRefused(
            f"{name}: legs and pelvis agree on {100 * agreement.share:.0f} % of the steps, {100 * least:.0f} % are "
            "needed; the feet are hidden, blurred, or this is not steady running. Film ten seconds or more with the "
            "whole body in view, at 60 pictures a second or more."
        )
    strides = cut_strides(filled(legs, pelvis))
    if not strides.good.any():
        raise FootageRefused(f"{name} shows no whole usable stride; film at least ten seconds of steady running.")
    return strides, agreement


def _look(side: SideName, scene: Scene, roll: Roll, seen: Course, asked: Asked, first: int) -> Look:
    share, off = evidence.value("house_film.leg_share"), evidence.value("house_film.leg_share_sd")
    mm_px = None if asked.height_m is None else 1000.0 * share * asked.height_m / seen.leg_px
    return Look(side, scene, roll_error_deg(roll, scene), mm_px, off, first)


def roll_error_deg(roll: Roll, scene: Scene) -> float:
    """Return the roll that is left, one standard deviation; a belt seen at an angle seems to slope."""
    own = of_table("house_film.roll_error", "level" if roll.how == "taken as level" else roll.how)
    tilt = evidence.value("house_film.belt_tilt") * scene.away_deg if roll.how in ("belt", "travel") else 0.0
    return float(np.hypot(own, tilt))


def _measures(seen: Course, strides: Strides, look: Look) -> dict[str, FilmMeasure]:
    if leg_seen(seen, look.side) < evidence.value("house_film.least_seen"):
        return {}
    mine = strides.of(look.side)
    good = mine.where(mine.good)
    return stride_measures(seen, Stances(good.contact_s, good.toe_off_s, good.right, "film"), look)


def _missing(seen: Course, look: Look) -> dict[str, str]:
    if leg_seen(seen, look.side) < evidence.value("house_film.least_seen"):
        return {"measures": f"not recorded: the {look.side} leg is hidden in this film"}
    if seen.plane.view == "front":
        return {"heel_ankle_line_mid_stance_2d_deg": "not applicable: the shoe hides the heel from the front"}
    return {}


def _with_step_width(
    measures: dict[SideName, dict[str, FilmMeasure]],
) -> dict[SideName, dict[str, FilmMeasure]]:
    """Add the step width of each side: this foot's distance from the middle of the pelvis and the other foot's mean."""
    key = "pelvis_to_foot_mid_stance_2d_pct"
    if not all(key in measures[side] for side in SIDES):
        return measures
    found = {}
    for side in SIDES:
        own, other = measures[side][key], measures[other_side(side)][key]
        width = replace(own, mean=own.mean + other.mean, se=float(np.hypot(own.se, other.se)))
        found[side] = measures[side] | {"step_width_2d_pct": width}
    return found
