"""What one film shows of one leg's stances: angles in the picture, with their errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy import evidence
from gerdy.motion.film.angles import dorsiflexion, femoral_adduction, knee_flexion, pelvic_drop
from gerdy.motion.film.film_study import roll_error_deg
from gerdy.motion.film.gate import leg_seen
from gerdy.motion.film.measure import ErrorModel, standing_error_deg

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gerdy.motion.film.film_study import FilmMotion
    from gerdy.motion.film.plane import Plane
    from gerdy.quantities import Array, SideName

__all__ = ["SeenAngle", "SeenStance", "seen_stance"]

_PELVIS, _THIGH, _SHIN, _FOOT = ("hip", "other_hip"), ("hip", "knee"), ("knee", "ankle"), ("heel", "toe")


@dataclass(frozen=True, slots=True, eq=False)
class SeenAngle:
    """One angle in the picture.

    Parameters
    ----------
    stances : (stances, points) rad over stance, evenly from contact to toe-off
    standing : rad, one standard deviation of the error that is the same in every stance
    """

    stances: Array
    standing: float


@dataclass(frozen=True, slots=True, eq=False)
class SeenStance:
    """What one film shows of one leg.

    Parameters
    ----------
    angles : name → angle; from the side ``thigh_forward``, ``knee_flexion`` and ``dorsiflexion``, from behind or in
        front ``thigh_inward`` and ``pelvic_drop``
    duration_s : (stances,) s
    stride_s : mean s from contact to contact
    timing_s : one standard deviation of the error of each event
    """

    angles: Mapping[str, SeenAngle]
    duration_s: Array
    stride_s: float
    timing_s: float


def thigh_forward(plane: Plane, side: SideName) -> Array:
    """Thigh against the vertical; knee forward of the hip positive."""
    return -plane.along(plane.of("hip", side), plane.of("knee", side))


_FROM_THE_SIDE: Final = {
    "thigh_forward": (thigh_forward, "hip_flexion", ErrorModel([_THIGH], to_vertical=True)),
    "knee_flexion": (knee_flexion, "knee_flexion", ErrorModel([_THIGH, _SHIN], to_vertical=False)),
    "dorsiflexion": (dorsiflexion, "dorsiflexion", ErrorModel([_FOOT, _SHIN], to_vertical=False)),
}
_FROM_BEHIND: Final = {
    "thigh_inward": (femoral_adduction, "femoral_adduction", ErrorModel([_THIGH], to_vertical=True)),
    "pelvic_drop": (pelvic_drop, "contralateral_pelvic_drop", ErrorModel([_PELVIS], to_vertical=True)),
}
"""Name → angle in the picture, the measure whose perspective error it has, and the lines that make it."""


def seen_stance(film: FilmMotion, side: SideName, points: int) -> SeenStance | None:
    """Cut one leg's usable stances out of a film.

    Parameters
    ----------
    film : of the runner
    side : of the leg
    points : of each curve

    Returns
    -------
    SeenStance, or None where the leg is hidden or too few stances are seen from contact to toe-off
    """
    if leg_seen(film.course, side) < evidence.value("house_film.least_seen"):
        return None
    good = film.good(side)
    duration = good.toe_off_s - good.contact_s
    when = good.contact_s[:, None] + np.linspace(0.0, 1.0, points) * duration[:, None]
    wanted = _FROM_THE_SIDE if film.course.plane.view == "side" else _FROM_BEHIND
    curves = {name: _at(when, film, angle, side) for name, (angle, _, _) in wanted.items()}
    whole = np.all([np.isfinite(curve).all(axis=1) for curve in curves.values()], axis=0)
    if whole.sum() < evidence.value("house_film_band.fewest_stances"):
        return None
    angles = {name: SeenAngle(curves[name][whole], _standing(name, film, side)) for name in wanted}
    stride_s = float(np.mean(good.end_s - good.contact_s))
    return SeenStance(angles, duration[whole], stride_s, evidence.value("house_film.timing_error"))


def _at(when: Array, film: FilmMotion, angle: Callable[[Plane, SideName], Array], side: SideName) -> Array:
    return np.asarray(np.interp(when, film.course.time_s, angle(film.course.plane, side)))


def _standing(name: str, film: FilmMotion, side: SideName) -> float:
    _, measure, lines = (_FROM_THE_SIDE | _FROM_BEHIND)[name]
    far = film.scene.near is not None and film.scene.near != side
    roll = roll_error_deg(film.roll, film.scene)
    return float(np.radians(standing_error_deg(measure, lines, film.course, side, roll, far=far)))
