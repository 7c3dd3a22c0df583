"""The band's landmarks on a compiled body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy import evidence
from gerdy.body.kinematics import forward
from gerdy.body.model import Place, load
from gerdy.body.paths import muscles_of
from gerdy.errors import BodyError
from gerdy.quantities import SIDES

if TYPE_CHECKING:
    from gerdy.body.model import CompiledBody
    from gerdy.quantities import Array, SideName

LANDMARKS: Final = {
    "gerdys_tubercle": "tibia",
    "lateral_epicondyle": "femur",
    "trochanter": "femur",
    "posterior_guide": "femur",
    "iliac_tubercle": "pelvis",
}
"""Landmark → segment; values stand in the evidence set ``band_landmarks``."""

_NEXT: Final = {"pelvis": "femur", "femur": "tibia", "tibia": "talus"}


def attach(body: CompiledBody) -> CompiledBody:
    """Put the band's landmarks on a body; those it already has stay.

    Parameters
    ----------
    body : generic, or scaled before it was compiled (landmarks then follow the length of each segment)

    Returns
    -------
    CompiledBody : scaling it later moves the landmarks with their segments
    """
    own = {place.name for place in body.landmarks}
    sizes = {segment: _length(body, segment) / _length(load(), segment) for segment in _NEXT}
    wanted = (
        _place(name, segment, side, sizes[segment]) for name, segment in LANDMARKS.items() for side in SIDES
    )
    return body.replace(landmarks=(*body.landmarks, *(place for place in wanted if place.name not in own)))


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
    raise BodyError(f"The body has no landmark '{wanted}'; put the band on it first with gerdy.band.attach(body).")


def path_points(body: CompiledBody, muscle: str) -> Array:
    """Return the (points, 3) path points of a muscle, m, each in its own segment."""
    stored = muscles_of(body)
    row = stored.index(muscle)
    return stored.paths.point[stored.paths.point_start[row] : stored.paths.point_start[row + 1]]


def _place(name: str, segment: str, side: SideName, size: float) -> Place:
    point = size * np.array(evidence.entry(f"band_landmarks.{name}").value, dtype=float)
    point[2] *= 1.0 if side == "right" else -1.0
    carrier = segment if segment == "pelvis" else f"{segment}_{side[0]}"
    return Place(f"{name}_{side[0]}", carrier, (float(point[0]), float(point[1]), float(point[2])), source="rajagopal2016")


def _length(body: CompiledBody, segment: str) -> float:
    """Distance from a segment's origin to the next segment's, legs straight."""
    posed = forward(body, body.default_pose() * 0.0)
    here = body.body_index(segment if segment == "pelvis" else f"{segment}_r")
    there = body.body_index(f"{_NEXT[segment]}_r")
    return float(np.linalg.norm(posed.position[0, there] - posed.position[0, here]))
