"""Where the band's bones are on a compiled body, and how large that body is."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from gerdy.body.kinematics import forward
from gerdy.body.model import load
from gerdy.body.paths import muscles_of
from gerdy.errors import BodyError

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
