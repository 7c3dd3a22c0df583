"""Changes of pose as functions of the pose, each with the rule that it keeps fixed.

A pose comes three times: a moment before, now, and a moment after, so that velocity and acceleration of what moves
follow from the same function, without any difference between frames.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

import numpy as np

from gerdy.band.what_if.ground import carried, leaned
from gerdy.band.what_if.space import anchored, directed, mass_centre
from gerdy.body.kinematics import BodyPoses, forward

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.band.what_if.case import Case, FootForce
    from gerdy.band.what_if.language import Change
    from gerdy.body.model import CompiledBody
    from gerdy.quantities import Array, SideName

__all__ = ["RULES", "Moved", "Rule", "move"]

PoseRule: TypeAlias = Callable[["CompiledBody", "SideName", "Array", BodyPoses, float], "Array"]

MOMENT_S: Final = 1e-4
"""Small enough for second differences of a smooth function, large enough for their rounding."""


class Moved(NamedTuple):
    """A leg's stances after changes of pose.

    Attributes
    ----------
    q, velocity, acceleration : (rows, coordinates)
    ground : under the stance foot; None without forces
    moments : (rows, coordinates) net moments; None without forces
    required : (rows, coordinates) generalised forces that this motion asks for under the stance foot's force
    """

    q: Array
    velocity: Array
    acceleration: Array
    ground: FootForce | None
    moments: Array | None
    required: Array


def move(case: Case, changes: Sequence[Change], coupling: float) -> Moved:
    """Apply changes of pose, one after the other.

    Parameters
    ----------
    case : as recorded
    changes : of the group ``pose``, in the order in which they apply
    coupling : deg of tibial rotation per deg of dorsiflexion

    Returns
    -------
    Moved : net moments are the recorded ones plus what inverse dynamics finds between the two motions
    """
    if not changes:
        return Moved(case.at.q, case.at.velocity, case.acceleration, case.ground, case.at.moments, case.required)
    step = MOMENT_S
    before, after = (case.at.q + s * case.at.velocity + 0.5 * s**2 * case.acceleration for s in (-step, step))
    q, ground = np.stack([before, case.at.q, after]), case.ground
    start = q
    for change in changes:
        q, ground = _apply(case.body, case.side, change, coupling, q, ground)
    shift = q - start
    velocity = case.at.velocity + (shift[2] - shift[0]) / (2.0 * step)
    acceleration = case.acceleration + (shift[2] - 2.0 * shift[1] + shift[0]) / step**2
    required = case.dynamics(q[1], velocity, acceleration, ground)
    moments = None if case.at.moments is None else case.at.moments + required - case.required
    return Moved(q[1], velocity, acceleration, ground, moments, required)


def _apply(
    body: CompiledBody, side: SideName, change: Change, coupling: float, q: Array, ground: FootForce | None
) -> tuple[Array, FootForce | None]:
    flat = q.reshape(-1, q.shape[-1])
    where = forward(body, flat)
    rule = RULES[change.subject.name]
    moved = rule.pose(body, side, flat, where, _amount(change, coupling))
    if ground is None or rule.force == "stays":
        return moved.reshape(q.shape), ground
    now = slice(len(flat) // 3, 2 * len(flat) // 3)
    before, after = BodyPoses(where.rotation[now], where.position[now]), forward(body, moved[now])
    if rule.force == "with the foot":
        return moved.reshape(q.shape), carried(ground, before, after, body.body_index(f"calcn_{side[0]}"))
    aside = _outwards(side) * _amount(change, coupling) if change.subject.name == "step width" else 0.0
    return moved.reshape(q.shape), leaned(ground, aside, mass_centre(body, before), mass_centre(body, after))


def _amount(change: Change, coupling: float) -> float:
    """Amount in rad; of step width, what each foot moves in m; of dorsiflexion, the turn of the tibia."""
    if change.subject.name == "step width":
        return 0.5 * change.amount / 100.0
    if change.subject.name == "dorsiflexion":
        return float(-coupling * np.radians(change.amount))
    return float(np.radians(change.amount))


def _hip_adduction(body: CompiledBody, side: SideName, q: Array, where: BodyPoses, angle: float) -> Array:
    femur = f"femur_{side[0]}"
    moved = anchored(body, _added(body, q, f"hip_adduction_{side[0]}", angle), where, femur)
    return directed(body, moved, where, (_other_femur(side), "torso"))


def _drop(body: CompiledBody, side: SideName, q: Array, where: BodyPoses, angle: float) -> Array:
    return _pelvis(body, side, q, where, "pelvis_list", -_outwards(side) * angle)


def _tilt(body: CompiledBody, side: SideName, q: Array, where: BodyPoses, angle: float) -> Array:
    return _pelvis(body, side, q, where, "pelvis_tilt", -angle)


def _pelvis(body: CompiledBody, side: SideName, q: Array, where: BodyPoses, coordinate: str, angle: float) -> Array:
    """Turn the pelvis about the stance hip; thighs and trunk keep their direction."""
    femur = f"femur_{side[0]}"
    moved = directed(body, _added(body, q, coordinate, angle), where, (femur, _other_femur(side), "torso"))
    return anchored(body, moved, where, femur)


def _lean(body: CompiledBody, side: SideName, q: Array, _: BodyPoses, angle: float) -> Array:
    return _added(body, q, "lumbar_bending", _outwards(side) * angle)


def _turning(coordinate: str) -> PoseRule:
    """Turn one joint of the stance leg; what lies below is carried along."""

    def turn(body: CompiledBody, side: SideName, q: Array, _: BodyPoses, angle: float) -> Array:
        return _added(body, q, f"{coordinate}_{side[0]}", angle)

    return turn


def _step_width(body: CompiledBody, side: SideName, q: Array, where: BodyPoses, aside_m: float) -> Array:
    """Turn the leg about its hip in the frontal plane until the foot has moved aside."""
    femur, foot = body.body_index(f"femur_{side[0]}"), body.body_index(f"calcn_{side[0]}")
    reach = where.position[:, foot] - where.position[:, femur]
    radius = np.hypot(reach[:, 1], reach[:, 2])
    now = np.arctan2(reach[:, 2], -reach[:, 1])
    angle = now - np.arcsin(np.clip(np.sin(now) + _outwards(side) * aside_m / radius, -1.0, 1.0))
    c, s, one, none = np.cos(angle), np.sin(angle), np.ones_like(angle), np.zeros_like(angle)
    turn = np.stack([one, none, none, none, c, -s, none, s, c], axis=1).reshape(-1, 3, 3)
    rotation = where.rotation.copy()
    rotation[:, femur] = turn @ where.rotation[:, femur]
    return directed(body, q, BodyPoses(rotation, where.position), (f"femur_{side[0]}",))


class Rule(NamedTuple):
    """What a change of pose moves, and how the force follows.

    Attributes
    ----------
    pose : body, side, (frames, coordinates), where everything is, amount → (frames, coordinates)
    force : *stays* in ground, *leans* about the mass centre, or goes *with the foot*
    """

    pose: PoseRule
    force: Literal["stays", "leans", "with the foot"]


RULES: Final = {
    "step width": Rule(_step_width, "leans"),
    "trunk lean": Rule(_lean, "leans"),
    "pelvic tilt": Rule(_tilt, "stays"),
    "pelvic drop": Rule(_drop, "stays"),
    "hip adduction": Rule(_hip_adduction, "stays"),
    "femoral rotation": Rule(_turning("hip_rotation"), "with the foot"),
    "knee varus": Rule(_turning("knee_adduction"), "with the foot"),
    "tibial rotation": Rule(_turning("knee_rotation"), "with the foot"),
    "dorsiflexion": Rule(_turning("knee_rotation"), "with the foot"),
}
"""Every subject of the group ``pose``."""


def _added(body: CompiledBody, q: Array, coordinate: str, angle: float) -> Array:
    moved = q.copy()
    moved[:, body.coordinate_index(coordinate)] += angle
    return moved


def _outwards(side: SideName) -> float:
    return 1.0 if side == "right" else -1.0


def _other_femur(side: SideName) -> str:
    return "femur_l" if side == "right" else "femur_r"
