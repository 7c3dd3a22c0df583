"""A posed figure in three dimensions from joint angles, seen from any side.

Angles are degrees with the signs of the clinic: flexion, adduction, internal rotation and dorsiflexion positive.
Forward is x, up is y, to the figure's right is z, as in gerdy's ground frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from gerdy.evidence import entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gerdy.quantities import Array

Pose: TypeAlias = "Mapping[str, float | str]"
Point: TypeAlias = tuple[float, float, float]
"""(right on the page, up on the page, towards the reader), in body heights."""

SIGN: Final = {"r": 1.0, "l": -1.0}
SOLE: Final = 0.035
"""Height of the ankle over the sole, in body heights of the drawing."""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Joints of a posed figure as a reader sees them.

    Parameters
    ----------
    joints : name → place; ``r_`` and ``l_`` are the figure's own right and left
    """

    joints: Mapping[str, Point]


def pose_figure(pose: Pose, azimuth_deg: float) -> Skeleton:
    """Return a figure in a pose, standing or lying on the ground.

    Parameters
    ----------
    pose : ``pitch`` (forward), ``roll`` (to the right), ``yaw`` (to the left) of the pelvis; ``trunk``, ``lean``,
        ``turn`` of the trunk against it, ``nod`` of the head; ``r_hip``, ``r_add``, ``r_rot``, ``r_knee``, ``r_ankle``,
        ``r_arm``, ``r_abd``, ``r_elbow`` and the same with ``l_``; ``flat``: legs whose foot lies level; ``on`` and
        ``height``: a joint and how high above the ground it is, else the lowest joint touches it. Missing is 0
    azimuth_deg : 0 from the front, 90 from the right side with the figure facing right, 180 from behind
    """
    places = _places(pose)
    seen = {name: _project(place, azimuth_deg) for name, place in places.items()}
    support = seen[str(pose["on"])][1] if "on" in pose else min(point[1] for point in seen.values())
    lift = _number(pose, "height") - support
    middle = sum(point[0] for point in seen.values()) / len(seen)
    return Skeleton({name: (x - middle, y + lift, depth) for name, (x, y, depth) in seen.items()})


def _places(pose: Pose) -> dict[str, Array]:
    size = _segments()
    pelvis = _about_y(_number(pose, "yaw")) @ _about_z(-_number(pose, "pitch")) @ _about_x(_number(pose, "roll"))
    lean, turn = _number(pose, "lean"), _number(pose, "turn")
    trunk = pelvis @ _about_z(-_number(pose, "trunk")) @ _about_x(lean) @ _about_y(turn)
    up = np.array([0.0, 1.0, 0.0])
    places = {"pelvis": np.zeros(3), "neck": trunk @ (up * size["trunk"])}
    nod = trunk @ _about_z(-_number(pose, "nod"))
    places["head"] = places["neck"] + nod @ (up * (size["neck"] + size["head"]))
    for side in SIGN:
        places |= _leg(pose, side, pelvis, size) | _arm(pose, side, trunk, places["neck"], size)
    return places


def _leg(pose: Pose, side: str, pelvis: Array, size: Mapping[str, float]) -> dict[str, Array]:
    sign, down = SIGN[side], np.array([0.0, -1.0, 0.0])
    hip = pelvis @ np.array([0.0, 0.0, sign * size["pelvis_half"]])
    turns = (_about_x(sign * _number(pose, f"{side}_add")), _about_y(sign * _number(pose, f"{side}_rot")))
    thigh = pelvis @ _about_z(_number(pose, f"{side}_hip")) @ turns[0] @ turns[1]
    knee = hip + thigh @ (down * size["thigh"])
    shank = thigh @ _about_z(-_number(pose, f"{side}_knee"))
    ankle = knee + shank @ (down * size["shank"])
    foot = _level(shank) if side in str(pose.get("flat", "")) else shank @ _about_z(_number(pose, f"{side}_ankle"))
    sole = ankle + foot @ (down * SOLE)
    forward = foot @ np.array([size["foot"], 0.0, 0.0])
    points = {"hip": hip, "knee": knee, "ankle": ankle, "heel": sole - 0.25 * forward, "toe": sole + 0.75 * forward}
    return {f"{side}_{name}": place for name, place in points.items()}


def _arm(pose: Pose, side: str, trunk: Array, neck: Array, size: Mapping[str, float]) -> dict[str, Array]:
    sign, down = SIGN[side], np.array([0.0, -1.0, 0.0])
    shoulder = neck + trunk @ np.array([0.0, -0.02, sign * size["shoulder_half"]])
    upper = trunk @ _about_z(_number(pose, f"{side}_arm")) @ _about_x(-sign * _number(pose, f"{side}_abd"))
    elbow = shoulder + upper @ (down * size["upper_arm"])
    hand = elbow + upper @ _about_z(_number(pose, f"{side}_elbow")) @ (down * size["forearm"])
    return {f"{side}_shoulder": shoulder, f"{side}_elbow": elbow, f"{side}_hand": hand}


def _level(shank: Array) -> Array:
    """Return a foot that lies level and points where the shin points."""
    ahead = shank @ np.array([1.0, 0.0, 0.0])
    return _about_y(float(np.degrees(np.arctan2(-ahead[2], ahead[0]))))


def _project(place: Array, azimuth_deg: float) -> Point:
    x, y, z = (float(part) for part in place)
    s, c = sin(radians(azimuth_deg)), cos(radians(azimuth_deg))
    return x * s - z * c, y, x * c + z * s


def _about_x(angle_deg: float) -> Array:
    s, c = sin(radians(angle_deg)), cos(radians(angle_deg))
    return np.array([[1.0, 0.0, 0.0], [0.0, c, -s], [0.0, s, c]])


def _about_y(angle_deg: float) -> Array:
    s, c = sin(radians(angle_deg)), cos(radians(angle_deg))
    return np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])


def _about_z(angle_deg: float) -> Array:
    s, c = sin(radians(angle_deg)), cos(radians(angle_deg))
    return np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])


def _number(pose: Pose, name: str) -> float:
    return float(pose.get(name, 0.0))


def _segments() -> Mapping[str, float]:
    table = entry("house_drawing.segments").value
    assert isinstance(table, dict)  # noqa: S101 - a table in the registry
    return {name: float(item) for name, item in table.items() if isinstance(item, float)}
