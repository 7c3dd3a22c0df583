"""What a film must offer before any number is given, and how to film again where it does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from gerdy import evidence
from gerdy.errors import FootageRefused
from gerdy.quantities import SIDES
from gerdy.recordings.stretches import runs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gerdy.motion.film.course import Course
    from gerdy.motion.film.view import Scene
    from gerdy.quantities import Flags, SideName
    from gerdy.recordings.keypoints import Keypoints

LEG = ("hip", "knee", "ankle", "heel", "toe")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Parameters
    ----------
    name : for example ``frame_rate``
    seen, needed : numbers in `unit`
    passed : whether the film may be measured
    advice : how to film it again
    """

    name: str
    seen: float
    needed: float
    unit: str
    passed: bool
    advice: str

    def to_json(self) -> dict[str, Any]:
        """Return the entry of ``recording.films[].checks``."""
        return {
            "name": self.name,
            "seen": float(self.seen) if np.isfinite(self.seen) else None,
            "needed": self.needed,
            "unit": self.unit,
            "passed": self.passed,
        }


class Light(NamedTuple):
    """How bright and how sharp a film is; NaN where only key points were given."""

    brightness: float = float("nan")
    sharpness: float = float("nan")


def require(name: str, checks: Iterable[Check]) -> None:
    """Refuse a film that fails any check.

    Raises
    ------
    FootageRefused : with every reason and how to film it again
    """
    failed = [check for check in checks if not check.passed]
    if failed:
        reasons = " ".join(
            f"{check.name.replace('_', ' ').capitalize()} {check.seen:.4g} {check.unit}, needed {check.needed:g}: "
            f"{check.advice}"
            for check in failed
        )
        raise FootageRefused(f"{name} cannot be measured. {reasons} See 'gerdy film-guide'.")


def film_checks(points: Keypoints, light: Light = Light()) -> tuple[Check, ...]:  # noqa: B008 - a constant
    """Check what does not depend on the view: rate, light, sharpness."""
    rate = (len(points.time_s) - 1) / max(float(points.time_s[-1] - points.time_s[0]), 1e-9)
    needed = {name: evidence.value(f"house_film.{name}") for name in ("least_rate", "darkest", "least_sharpness")}
    return (
        _at_least(
            "frame_rate", rate, needed["least_rate"], "pictures a second", "set the phone to 60 or 120 a second."
        ),
        _at_least(
            "brightness", light.brightness, needed["darkest"], "of 255", "film in daylight or with the lights on."
        ),
        _at_least(
            "sharpness",
            light.sharpness,
            needed["least_sharpness"],
            "of detail",
            "clean the lens, tap on the runner to focus, and add light.",
        ),
    )


def course_checks(course: Course, scene: Scene, roll_deg: float) -> tuple[Check, ...]:
    """Check what the view must show: the runner large enough, the camera level, the legs not hidden."""
    legs = SIDES if scene.near is None else (scene.near,)
    largest = evidence.value("house_film.largest_roll")
    return (
        _at_least(
            "size", course.leg_px, evidence.value("house_film.least_leg"), "pixels of leg", "stand nearer or zoom in."
        ),
        Check("roll", abs(roll_deg), largest, "deg", abs(roll_deg) <= largest, "put the phone on something level."),
        *(
            _at_least(
                f"{side}_leg_seen",
                leg_seen(course, side),
                evidence.value("house_film.least_seen"),
                "of the pictures",
                "wear tight or short trousers and keep the whole leg in the picture, nothing in front of it.",
            )
            for side in legs
        ),
    )


def leg_seen(course: Course, side: SideName) -> float:
    """Return the share of pictures in which the least seen joint of a leg was surely seen."""
    return min(course.seen_of(joint, side) for joint in LEG)


def longest_presence(points: Keypoints) -> Flags:
    """Mark the longest time in which the person was there without a gap that gerdy does not join."""
    there: Flags = np.asarray(np.isfinite(points.xy[..., 0]).any(axis=1))
    gap = evidence.value("house_video.forget_after")
    for start, stop in runs(~there):
        inner = start > 0 and stop < len(there)
        if inner and points.time_s[stop] - points.time_s[start - 1] <= gap:
            there[start:stop] = True
    found = runs(there)
    if not found:
        raise FootageRefused(
            "Nobody is seen in any picture. Film one runner from head to foot; see 'gerdy film-guide'."
        )
    first, last = max(found, key=lambda pair: points.time_s[pair[1] - 1] - points.time_s[pair[0]])
    inside: Flags = np.zeros(len(there), dtype=np.bool_)
    inside[first:last] = True
    return inside


def _at_least(name: str, seen: float, needed: float, unit: str, advice: str) -> Check:
    """Return a check; a value that was not looked at (NaN) passes."""
    return Check(name, seen, needed, unit, not seen < needed, advice)
