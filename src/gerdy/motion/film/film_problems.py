"""What a reader should know about a film that could be measured all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gerdy import evidence
from gerdy.quantities import SIDES
from gerdy.recordings.data import Problem

if TYPE_CHECKING:
    from gerdy.motion.film.roll import Roll
    from gerdy.motion.film.view import Scene
    from gerdy.motion.strides import Strides
    from gerdy.recordings.keypoints import Keypoints

_NEARLY_ALL = 0.95
"""Share of the pictures beyond which nobody misses the rest."""


def film_problems(
    name: str, points: Keypoints, shown: Keypoints, scene: Scene, roll: Roll, strides: Strides
) -> tuple[Problem, ...]:
    """Return what was odd about a film but did not stop it.

    Parameters
    ----------
    name : of the film
    points, shown : the whole film, and the seconds that were used
    scene, roll, strides : as they were found
    """
    found = []
    if len(shown.time_s) < _NEARLY_ALL * len(points.time_s):
        start, end = shown.time_s[0], shown.time_s[-1]
        says = f"The runner is seen from {start:.1f} s to {end:.1f} s; only these seconds are used."
        found.append(Problem("film_partly_used", says, name))
    need = evidence.value("house_motion.strides_for_verdict")
    few = {side: int(strides.of(side).good.sum()) for side in SIDES}
    if min(few.values()) < need:
        counts = " and ".join(f"{n} {side}" for side, n in few.items())
        says = f"{counts} strides could be used; a verdict needs {need:.0f} a side. Film longer."
        found.append(Problem("film_few_strides", says, name))
    if scene.fitness == "tolerated":
        says = (
            f"The camera looks {scene.away_deg:.0f} deg past the plane that it should show, so angles are shortened. "
            "Put the phone straight to the side, or straight behind."
        )
        found.append(Problem("film_view_tolerated", says, name))
    if roll.how == "taken as level":
        says = (
            "Nothing in the film shows what is level, so the camera was taken as level; angles against the vertical "
            "carry the error of that."
        )
        found.append(Problem("film_roll_unknown", says, name))
    return tuple(found)
