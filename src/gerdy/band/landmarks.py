"""Where the band's bones are on a compiled body, and how large that body is."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from gerdy.body.kinematics import forward
from gerdy.body.model import load
from gerdy.body.paths import muscles_of
from gerdy.errors import BodyError
from gerdy.evidence import value

if TYPE_CHECKING:
    from gerdy.body.model import CompiledBody
    from gerdy.quantities import Array, SideName


def landmark(body: CompiledBody, name: str, side: SideName) -> Array:
    """Return (3,) m in the landmark's segment.

    Raises
    ------
    BodyError : the body does not carry it
    """
    wanted = f"{name}_{side[0]}"
    for place in body.landmarks:
        if place.name == wanted:
            return np.array(place.position)
    raise BodyError(
        f"The body has no landmark '{wanted}', which the band needs; compile the model again with gerdy compile."
    )


def runners_landmark(body: CompiledBody, name: str, side: SideName) -> Array:
    """Return (3,) m of a bony landmark as this runner's standing trial moves it.

    A marker over a landmark tells where it lies from front to back and up the limb, not how deep under the skin; there
    the scaled generic bone and the marker are averaged by their precision. Depth stays the bone's. Without a marker
    the scaled generic bone stands.
    """
    bone = landmark(body, name, side)
    skin = _skin(body, name, side)
    if skin is None:
        return bone
    return np.array([*_averaged(bone[:2], skin[:2]), bone[2]])


def runners_gerdy(body: CompiledBody, side: SideName) -> Array:
    """Return (3,) m of Gerdy's tubercle; from front to back it lies midway between tuberosity and fibular head."""
    bone = landmark(body, "gerdy_tubercle", side)
    front, back = _skin(body, "tibial_tuberosity", side), _skin(body, "fibular_head", side)
    if front is None or back is None:
        return bone
    return np.array([float(_averaged(bone[0], (front[0] + back[0]) / 2)), *bone[1:]])


def _averaged(bone: Array, skin: Array) -> Array:
    bone_variance, skin_variance = value("house_band.bone_sd") ** 2, value("house_band.palpation_sd") ** 2
    return (bone * skin_variance + skin * bone_variance) / (bone_variance + skin_variance)


def _skin(body: CompiledBody, name: str, side: SideName) -> Array | None:
    wanted = f"skin_{name}_{side[0]}"
    return next((np.array(place.position) for place in body.landmarks if place.name == wanted), None)


def path_points(body: CompiledBody, muscle: str) -> Array:
    """Return the (points, 3) path points of a muscle, m, each in its own segment."""
    stored = muscles_of(body)
    row = stored.index(muscle)
    return stored.paths.point[stored.paths.point_start[row] : stored.paths.point_start[row + 1]]


def size(body: CompiledBody, side: SideName) -> float:
    """Return the length of the thigh against the generic body's, by which lengths without a landmark scale."""
    return thigh_length(body, side) / _generic_thigh(side)


def thigh_length(body: CompiledBody, side: SideName) -> float:
    """Return the distance from the origin of the femur to that of the tibia with straight legs, m."""
    posed = forward(body, body.default_pose() * 0.0)
    femur, tibia = (posed.position[0, body.body_index(f"{segment}_{side[0]}")] for segment in ("femur", "tibia"))
    return float(np.linalg.norm(tibia - femur))


@cache
def _generic_thigh(side: SideName) -> float:
    return thigh_length(load(), side)
