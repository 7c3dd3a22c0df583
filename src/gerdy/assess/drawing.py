"""Own drawings: a stick figure from joint angles, seen from the side or from the front, as SVG.

Angles are degrees with the signs of the clinic: hip and knee flexion and dorsiflexion positive, hip adduction
positive, drop of the free side of the pelvis positive, trunk lean to the figure's left positive. The figure's left is
drawn on the right of a front view, as the reader sees a person who faces them.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from gerdy.assess.svg import picture
from gerdy.evidence import entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gerdy.assess.catalogue import TestCard

Point: TypeAlias = tuple[float, float]
Joints: TypeAlias = dict[str, Point]

SIDE_BONES: Final = (
    ("shoulder", "hip"), ("hip", "knee"), ("knee", "ankle"), ("heel", "toe"), ("ankle", "heel"), ("ankle", "toe"),
    ("hip", "other_knee"), ("other_knee", "other_ankle"), ("other_heel", "other_toe"),
    ("other_ankle", "other_heel"), ("other_ankle", "other_toe"), ("shoulder", "elbow"), ("elbow", "hand"),
)  # fmt: skip
FRONT_BONES: Final = (
    ("shoulder_left", "shoulder_right"), ("hip_left", "hip_right"), ("neck", "pelvis"),
    ("hip_right", "knee_right"), ("knee_right", "ankle_right"), ("ankle_right", "toe_right"),
    ("hip_left", "knee_left"), ("knee_left", "ankle_left"), ("ankle_left", "toe_left"),
    ("shoulder_left", "elbow_left"), ("elbow_left", "hand_left"),
    ("shoulder_right", "elbow_right"), ("elbow_right", "hand_right"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A posed figure.

    Parameters
    ----------
    joints : name → (right, up) in units of body height
    bones : pairs of joints
    head : centre of the head
    """

    joints: Mapping[str, Point]
    bones: tuple[tuple[str, str], ...]
    head: Point


def side_figure(root_deg: float, pose: Mapping[str, float]) -> Figure:
    """Return a figure seen from its right side, facing right.

    Parameters
    ----------
    root_deg : direction from hip to shoulder; 90 is upright, 180 is on the back with the head on the left
    pose : ``hip``, ``knee``, ``ankle`` of the near leg, ``other_…`` of the far leg, ``arm``; degrees, missing is 0
    """
    size = _segments()
    joints: Joints = {"hip": (0.0, 0.0)}
    joints["shoulder"] = _go(joints["hip"], root_deg, size["trunk"])
    for prefix in ("", "other_"):
        thigh = root_deg + 180 + pose.get(f"{prefix}hip", 0.0)
        shank = thigh - pose.get(f"{prefix}knee", 0.0)
        foot = shank + 90 + pose.get(f"{prefix}ankle", 0.0)
        joints[f"{prefix}knee"] = _go(joints["hip"], thigh, size["thigh"])
        joints[f"{prefix}ankle"] = _go(joints[f"{prefix}knee"], shank, size["shank"])
        joints[f"{prefix}toe"] = _go(_go(joints[f"{prefix}ankle"], foot, size["foot"] * 0.75), foot - 90, 0.035)
        joints[f"{prefix}heel"] = _go(_go(joints[f"{prefix}ankle"], foot, -size["foot"] * 0.25), foot - 90, 0.035)
    if tilt := pose.get("tilt"):
        joints["pelvis_front"] = _go(joints["hip"], root_deg - 90 - tilt, 0.08)
        joints["pelvis_back"] = _go(joints["hip"], root_deg + 90 - tilt, 0.08)
    arm = root_deg + 180 + pose.get("arm", 12.0)
    joints["elbow"] = _go(joints["shoulder"], arm, size["upper_arm"])
    joints["hand"] = _go(joints["elbow"], arm + 15, size["forearm"])
    head = _go(joints["shoulder"], root_deg, size["neck"] + size["head"])
    bones = (*SIDE_BONES, ("pelvis_back", "pelvis_front")) if "pelvis_front" in joints else SIDE_BONES
    return _on_ground(Figure(joints, bones, head), lift=pose.get("up", 0.0))


def front_figure(pose: Mapping[str, float], *, lie: bool = False) -> Figure:
    """Return a figure seen from the front; `lie` lays it on its right side.

    Parameters
    ----------
    pose : ``pelvis`` drop of the free (left) side, ``trunk`` lean, ``adduction_right``, ``adduction_left`` or
        ``abduction_left``; ``squat``, ``lift_left`` and ``drop_left`` shorten or move a leg that bends towards the
        reader, as shares of its length; ``sit`` bends both hips, ``rotate_right`` swings a shin out
    """
    size = _segments()
    drop, lean = pose.get("pelvis", 0.0), pose.get("trunk", 0.0)
    joints: Joints = {"pelvis": (0.0, 0.0)}
    joints["hip_left"] = _go((0.0, 0.0), -drop, size["pelvis_half"])
    joints["hip_right"] = _go((0.0, 0.0), 180 - drop, size["pelvis_half"])
    joints["neck"] = _go((0.0, 0.0), 90 - lean, size["trunk"])
    for side, turn in (("left", 0), ("right", 180)):
        joints[f"shoulder_{side}"] = _go(joints["neck"], turn - lean, size["shoulder_half"])
        down = -100 if side == "right" else -80
        joints[f"elbow_{side}"] = _go(joints[f"shoulder_{side}"], down - lean, size["upper_arm"])
        joints[f"hand_{side}"] = _go(joints[f"elbow_{side}"], down - lean, size["forearm"])
    for side in ("left", "right"):
        _front_leg(joints, side, pose, size)
    head = _go(joints["neck"], 90 - lean, size["neck"] + size["head"])
    figure = Figure(joints, FRONT_BONES, head)
    return _laid(figure, pose.get("tilt", 0.0)) if lie else _on_ground(figure)


def draw(view: str, pose: Mapping[str, float], *, root: float = 90.0, lie: bool = False, props: Iterable[str] = (),
         mark: str = "", title: str = "") -> str:  # fmt: skip
    """Return an SVG of one posed figure.

    Parameters
    ----------
    view : ``side`` or ``front``
    props : ``floor``, ``wall``, ``step``, ``box``, ``bench``, ``ruler``, ``belt``, ``strap``, ``band``, ``hand``,
        ``weight``, ``elbow``, ``midline``
    mark : joint that gets a ring: what to look at
    title : read out by a screen reader
    """
    figure = side_figure(root, pose) if view == "side" else front_figure(pose, lie=lie)
    return picture(figure, tuple(props), mark, title)


def drawing_of(card: TestCard) -> str:
    """Return the drawing of a test."""
    made: dict[str, Any] = dict(card.drawing)
    return draw(
        made["view"],
        made.get("pose", {}),
        root=float(made.get("root", 90.0)),
        lie=bool(made.get("lie", False)),
        props=made.get("props", ()),
        mark=made.get("mark", ""),
        title=card.name,
    )


def _front_leg(joints: Joints, side: str, pose: Mapping[str, float], size: Mapping[str, float]) -> None:
    out = 1 if side == "left" else -1
    adduction = pose.get(f"adduction_{side}", 0.0) - pose.get(f"abduction_{side}", 0.0)
    away = -90 + out * (2 - adduction)
    squat = pose.get("squat", 1.0) if side == "right" else 1.0
    thigh = size["thigh"] * squat * (0.25 if pose.get("sit") else 1.0)
    shank, below = size["shank"] * squat, away
    if side == "right" and adduction > 0:
        below = -90 - out * adduction * 0.4
    if side == "left" and "lift_left" in pose:
        thigh, shank = thigh * 0.8, shank * pose["lift_left"]
    if side == "left" and "drop_left" in pose:
        thigh *= 1.02
    if pose.get("rotate_right") and side == "right":
        below = -90 - pose["rotate_right"]
    knee = joints[f"knee_{side}"] = _go(joints[f"hip_{side}"], away, thigh)
    ankle = joints[f"ankle_{side}"] = _go(knee, below, shank)
    joints[f"toe_{side}"] = _go(ankle, -90 + out * 55, size["foot"] * 0.5)


def _laid(figure: Figure, tilt: float) -> Figure:
    """Turn a front figure onto its right side, head on the left, raised by `tilt` as in a side plank."""
    angle = radians(90 - tilt)

    def spin(point: Point) -> Point:
        x, y = point
        return (x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle))

    spun = {name: spin(point) for name, point in figure.joints.items()}
    return _on_ground(Figure(spun, figure.bones, spin(figure.head)))


def _on_ground(figure: Figure, lift: float = 0.0) -> Figure:
    low = min(y for _, y in figure.joints.values()) - lift
    middle = sum(x for x, _ in figure.joints.values()) / len(figure.joints)
    moved = {name: (x - middle, y - low) for name, (x, y) in figure.joints.items()}
    return Figure(moved, figure.bones, (figure.head[0] - middle, figure.head[1] - low))


def _go(start: Point, direction_deg: float, length: float) -> Point:
    angle = radians(direction_deg)
    return (start[0] + length * cos(angle), start[1] + length * sin(angle))


def _segments() -> dict[str, float]:
    table = entry("house_drawing.segments").value
    assert isinstance(table, dict)  # noqa: S101 - a table in the registry
    return {name: float(item) for name, item in table.items() if isinstance(item, float)}
