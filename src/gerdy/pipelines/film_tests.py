"""``gerdy analyze FILM --activity step_down``: a test on one leg, or the lunge, scored from one film."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gerdy import evidence
from gerdy.errors import FootageRefused
from gerdy.motion.film.course import course
from gerdy.motion.film.gate import Light, course_checks, film_checks, longest_presence, require
from gerdy.motion.film.scored_tests import (
    TaskScore,
    measure_lunge,
    score_squat,
    score_stance,
    score_step_down,
    standing_leg,
)
from gerdy.motion.film.view import Scene, recognise_view
from gerdy.pipelines.analysis import sources
from gerdy.pipelines.film import FilmOptions, read_points
from gerdy.recordings.video.light import light_of
from gerdy.recordings.video.swaps import repair_swaps

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gerdy.evidence import Entry
    from gerdy.motion.film.activity import Activity
    from gerdy.motion.film.course import Course
    from gerdy.motion.film.plane import View
    from gerdy.recordings.keypoints import Keypoints

SCHEMA: Final = "gerdy/film-test/1"

VIEWS: Final[dict[Activity, tuple[View, ...]]] = {
    "single_leg_stance": ("rear", "front"),
    "single_leg_squat": ("front",),
    "step_down": ("front",),
    "lunge": ("side",),
}
"""Activity → the views in which its criteria can be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmTest:
    """One test in one film.

    Parameters
    ----------
    name : of the film
    runner_id : whose it is
    scene : how it was filmed
    score : points and what they were made of
    used : every registry entry that this run relied on
    """

    name: str
    runner_id: str
    scene: Scene
    score: TaskScore
    used: dict[str, Entry]

    def to_json(self) -> dict[str, Any]:
        """Return the document that ``gerdy analyze FILM --activity … --json`` prints."""
        return {
            "schema": SCHEMA,
            "film": self.name,
            "runner_id": self.runner_id,
            "view": self.scene.view,
            "view_fitness": self.scene.fitness,
            **self.score.to_json(),
            "sources": sources(self.used),
        }


def score_film(
    file: Path,
    activity: Activity,
    options: FilmOptions,
    runner_id: str = "me",
    tell: Callable[[str, int], None] = lambda _name, _total: None,
) -> FilmTest:
    """Score one test from one film.

    Parameters
    ----------
    file : a film, or key points of one
    activity : a key of `VIEWS`
    options : what else is known; the camera is taken as level unless its roll is given

    Raises
    ------
    FootageRefused : the film cannot carry the test; says how to film it again
    """
    with evidence.collect() as used:
        film, points = read_points(file, options, tell)
        repaired, _ = repair_swaps(points)
        light = Light(*light_of(film)) if film else Light()
        scene, seen = _seen(file.name, repaired, activity, options, light)
        score = _score(file.name, seen, scene, activity)
    return FilmTest(name=file.name, runner_id=runner_id, scene=scene, score=score, used=used)


def _seen(name: str, points: Keypoints, activity: Activity, options: FilmOptions, light: Light) -> tuple[Scene, Course]:
    shown = points.keep(longest_presence(points))
    require(name, film_checks(shown, light))
    scene = recognise_view(shown, options.views[0] if options.views else None)
    if scene.view not in VIEWS[activity]:
        raise FootageRefused(
            f"{name} is filmed from the {scene.view} ({activity.replace('_', ' ')} needs the "
            f"{' or the '.join(VIEWS[activity])}). Film again, see 'gerdy film-guide', or name the view with --view."
        )
    roll = float(np.radians(options.roll_deg or 0.0))
    seen = course(shown, scene.view, facing=scene.facing, roll_rad=roll)
    require(name, course_checks(seen, scene, options.roll_deg or 0.0)[:1])
    return scene, seen


def _score(name: str, seen: Course, scene: Scene, activity: Activity) -> TaskScore:
    if activity == "single_leg_stance":
        return score_stance(seen)
    if activity == "lunge":
        return measure_lunge(seen, scene.near or standing_leg(seen))
    score = score_squat(seen) if activity == "single_leg_squat" else score_step_down(seen)
    least = evidence.value("house_film.least_repetitions")
    if score.repetitions < least:
        raise FootageRefused(
            f"{name} shows {score.repetitions} whole repetitions; a score needs {least:.0f}, and five are asked for. "
            "Film again."
        )
    return score
