"""Tests on one leg as a camera scores them: stance, squat and step-down by their criteria, and the lunge's angle.

The criteria are those of the assessment's tests; the camera's limits for each are values of the registry. A camera is
one rater with a fixed error: compare it with itself, not with a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from gerdy import evidence
from gerdy.motion.film.angles import FRONT_ANGLES
from gerdy.motion.film.repetitions import Repetition, repetitions
from gerdy.quantities import SIDES, Spread, spread
from gerdy.recordings.filters import lowpass

if TYPE_CHECKING:
    from gerdy.motion.film.course import Course
    from gerdy.quantities import Array, SideName

TaskName = Literal["single_leg_stance", "single_leg_squat", "lateral_step_down", "lunge_bent_angle"]


@dataclass(frozen=True, slots=True)
class TaskScore:
    """What a camera makes of one test on one leg.

    Parameters
    ----------
    test : a test of the assessment
    side : the leg that stands
    parts : criterion → points, as in the assessment's sheet; empty for an angle
    repetitions : how many were seen
    knee_direction : ``in``, ``out`` or ``none``; None where it does not apply
    measures : what the points were made of, over repetitions
    """

    test: TaskName
    side: SideName
    parts: dict[str, int]
    repetitions: int
    knee_direction: str | None
    measures: dict[str, Spread]

    @property
    def points(self) -> int | None:
        """Sum of the parts; None for an angle."""
        return sum(self.parts.values()) if self.parts else None

    def to_json(self) -> dict[str, Any]:
        """Return one entry of ``tests``."""
        return {
            "test": self.test,
            "side": self.side,
            "points": self.points,
            "parts": self.parts,
            "repetitions": self.repetitions,
            "knee_direction": self.knee_direction,
            "measures": {key: value.to_json() for key, value in self.measures.items()},
        }


def standing_leg(course: Course) -> SideName:
    """Tell the leg that stands: its ankle moves less."""
    moves = {side: float(np.nansum(np.nanstd(np.stack(course.plane.of("ankle", side)), axis=1))) for side in SIDES}
    return min(SIDES, key=lambda side: moves[side])


def score_stance(course: Course) -> TaskScore:
    """Score 30 seconds on one leg: drop, lean and drift, each 0 none, 1 slight, 2 plain, against its first second.

    The 95th percentile over the film counts, so that one bad picture does not.
    """
    side = standing_leg(course)
    change = {name: _against_start(angle, course) for name, angle in _angles(course, side).items()}
    drift = np.abs(change["knee_projection"])
    seen = {
        "drop": change["contralateral_pelvic_drop"],
        "lean": change["trunk_ipsilateral_lean"],
        "drift": drift,
    }
    worst = {name: float(np.nanpercentile(values, 95)) for name, values in seen.items()}
    parts = {name: _grade(value) for name, value in worst.items()}
    direction = float(np.nanmean(change["knee_projection"]))
    measures = {f"{name}_change_2d_deg": spread(np.array([value]), "deg") for name, value in worst.items()}
    return TaskScore("single_leg_stance", side, parts, 1, _direction(parts["drift"], direction), measures)


def score_squat(course: Course) -> TaskScore:
    """Score single-leg squats seen from the front: each criterion fails when it fails in most repetitions."""
    side, seen = standing_leg(course), repetitions(course)
    angle = _angles(course, side)
    offset, shake = _knee_offset(course, side), _shake(course, side)
    plain = evidence.value("house_film.knee_over_foot")
    fails = {
        "knee_line": [abs(offset[r.lowest]) > plain for r in seen],
        "knee_shake": [_rms(shake, r) > evidence.value("house_film.knee_shake") for r in seen],
        "pelvis": [_grade(abs(_change(angle["contralateral_pelvic_drop"], r))) > 0 for r in seen],
        "trunk": [_grade(abs(_change(angle["trunk_ipsilateral_lean"], r))) > 0 for r in seen],
    }
    parts = {name: int(_most(failed)) for name, failed in fails.items()}
    return TaskScore("single_leg_squat", side, parts, len(seen), *_knee(parts["knee_line"], offset, angle, seen))


def score_step_down(course: Course) -> TaskScore:
    """Score lateral step-downs seen from the front; points as in [Piva2006]_, most repetitions decide.

    References
    ----------
    [Piva2006]_ arms 1, trunk 1, pelvis 1, knee inside the second toe 1 or inside the foot 2, stance lost 1.
    """
    side, seen = standing_leg(course), repetitions(course)
    angle, offset = _angles(course, side), _knee_offset(course, side)
    inner, outer = evidence.value("house_film.knee_over_toe"), evidence.value("house_film.knee_over_foot")
    parts = {
        "arms": int(_most([_arms_off(course, r) for r in seen])),
        "trunk": int(_most([_grade(abs(_change(angle["trunk_ipsilateral_lean"], r))) > 0 for r in seen])),
        "pelvis": int(_most([_grade(abs(_change(angle["contralateral_pelvic_drop"], r))) > 0 for r in seen])),
        "knee": int(_most([offset[r.lowest] > inner for r in seen]))
        + int(_most([offset[r.lowest] > outer for r in seen])),
        "stance": int(_moved(course, side) > evidence.value("house_film.stance_lost")),
    }
    return TaskScore("lateral_step_down", side, parts, len(seen), *_knee(parts["knee"], offset, angle, seen))


def measure_lunge(course: Course, side: SideName) -> TaskScore:
    """Measure how far the shin of the near leg leans forward at the deepest point of each lunge, from the side."""
    lean = np.degrees(course.plane.along(course.plane.of("knee", side), course.plane.of("ankle", side)))
    seen = repetitions(course)
    deepest = np.array([np.nanmax(lean[r.start : r.end + 1]) for r in seen]) if seen else np.array([np.nanmax(lean)])
    measures = {"shin_lean_peak_deg": spread(deepest, "deg")}
    return TaskScore("lunge_bent_angle", side, {}, max(1, len(seen)), None, measures)


_WANTED: Final = ("contralateral_pelvic_drop", "trunk_ipsilateral_lean", "knee_projection")


def _angles(course: Course, side: SideName) -> dict[str, Array]:
    return {name: np.degrees(FRONT_ANGLES[name](course.plane, side)) for name in _WANTED}


def _against_start(angle: Array, course: Course) -> Array:
    return np.asarray(angle - np.nanmedian(angle[: max(1, round(course.rate_hz))]))


def _change(angle: Array, repetition: Repetition) -> float:
    return float(angle[repetition.lowest] - angle[repetition.start])


def _grade(change_deg: float) -> int:
    """Return 0 within the published detectable change, 1 beyond it, 2 beyond twice of it."""
    noise = evidence.value("youdas2007.mdc")
    return int(change_deg > noise) + int(change_deg > 2.0 * noise)


def _most(failed: list[bool]) -> bool:
    return 2 * sum(failed) > len(failed)


def _knee_offset(course: Course, side: SideName) -> Array:
    """Return how far the knee is inside of the tip of the foot, leg lengths; outside negative."""
    inward = -1.0 if side == "right" else 1.0
    return np.asarray(inward * (course.plane.of("knee", side)[0] - course.plane.of("toe", side)[0]) / course.leg_px)


def _shake(course: Course, side: SideName) -> Array:
    """Return the knee's quick movement aside, leg lengths: what is left beyond the repetition itself."""
    across = course.plane.of("knee", side)[0] / course.leg_px
    return np.asarray(across - lowpass(across, evidence.value("house_film.shake_above"), course.rate_hz))


def _rms(values: Array, repetition: Repetition) -> float:
    part = values[repetition.start : repetition.end + 1]
    return float(np.sqrt(np.nanmean(part**2)))


def _arms_off(course: Course, repetition: Repetition) -> bool:
    """Return whether a wrist leaves the waist: farther from its hip than a share of the leg."""
    far = evidence.value("house_film.hand_from_hip") * course.leg_px
    part = slice(repetition.start, repetition.end + 1)
    away = []
    for side in SIDES:
        wrist, hip = course.plane.of("wrist", side), course.plane.of("hip", side)
        away.append(np.nanmedian(np.hypot(wrist[0] - hip[0], wrist[1] - hip[1])[part]))
    return bool(np.nanmax(away) > far)


def _moved(course: Course, side: SideName) -> float:
    """Return how far the standing ankle travels, leg lengths."""
    across = course.plane.of("ankle", side)[0] / course.leg_px
    return float(np.ptp(np.nanpercentile(across, [2, 98])))


def _knee(
    points: int, offset: Array, angle: dict[str, Array], seen: tuple[Repetition, ...]
) -> tuple[str, dict[str, Spread]]:
    """Return which way the knee goes, and what the points were made of."""
    low = [r.lowest for r in seen]
    measures = {
        "knee_inside_toe_pct_leg": spread(100.0 * offset[low], "% of leg"),
        **{
            f"{name}_change_2d_deg": spread(np.array([_change(angle[name], r) for r in seen]), "deg")
            for name in _WANTED
        },
    }
    return _direction(points, float(np.nanmean(offset[low])) if low else 0.0), measures


def _direction(points: int, inward: float) -> str:
    if not points:
        return "none"
    return "in" if inward > 0 else "out"
