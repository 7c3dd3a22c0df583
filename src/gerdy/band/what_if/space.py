"""Keep things where they are: place the pelvis, or turn a joint, so that segments stay in space.

The pelvis on the ground, the hips and the lumbar joint are three turns one after the other about z, x and y, so their
coordinates follow from a rotation matrix in closed form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy.body.kinematics import forward
from gerdy.errors import BodyError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.body.kinematics import BodyPoses
    from gerdy.body.model import CompiledBody
    from gerdy.quantities import Array, Indices

__all__ = ["anchored", "directed", "mass_centre", "turn_columns"]

_TURNS: Final = np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])


def anchored(body: CompiledBody, q: Array, where: BodyPoses, anchor: str) -> Array:
    """Move the whole body as one piece so that one segment is where it was.

    Parameters
    ----------
    q : (frames, coordinates) rad and m
    where : pose of every body in the same frames, of which that of `anchor` is kept
    anchor : name of a body

    Returns
    -------
    (frames, coordinates); only the six coordinates of the pelvis differ from `q`
    """
    posed = forward(body, q)
    a, pelvis = body.body_index(anchor), body.body_index("pelvis")
    turn = where.rotation[:, a] @ np.swapaxes(posed.rotation[:, a], 1, 2)
    rotation = turn @ posed.rotation[:, pelvis]
    away = np.einsum("fij,fj->fi", turn, posed.position[:, pelvis] - posed.position[:, a])
    moved = q.copy()
    moved[:, turn_columns(body, "pelvis")] = _turns(body, "pelvis", rotation)
    shift = where.position[:, a] + away - posed.position[:, pelvis]
    moved[:, [body.coordinate_index(f"pelvis_t{axis}") for axis in "xyz"]] += shift
    return moved


def directed(body: CompiledBody, q: Array, where: BodyPoses, names: Sequence[str]) -> Array:
    """Turn the joints above some segments so that these keep their direction in space.

    Parameters
    ----------
    q : (frames, coordinates) rad and m
    where : pose of every body in the same frames, of which the rotations of `names` are kept
    names : bodies that hang on the pelvis: thighs, torso

    Returns
    -------
    (frames, coordinates); only the turns of those joints differ from `q`
    """
    pelvis = forward(body, q).rotation[:, body.body_index("pelvis")]
    moved = q.copy()
    for name in names:
        turn = np.swapaxes(pelvis, 1, 2) @ where.rotation[:, body.body_index(name)]
        moved[:, turn_columns(body, name)] = _turns(body, name, turn)
    return moved


def mass_centre(body: CompiledBody, poses: BodyPoses) -> Array:
    """Return (frames, 3) m, the mass centre of the whole body in ground."""
    mass = body.skeleton.mass
    centres = poses.position + np.einsum("fbij,bj->fbi", poses.rotation, body.skeleton.mass_center)
    weighted: Array = np.einsum("b,fbi->fi", mass, centres) / mass.sum()
    return weighted


def turn_columns(body: CompiledBody, name: str) -> Indices:
    """Return the columns of q that turn a segment about z, x and y of its parent.

    Raises
    ------
    BodyError : its joint is not three such turns
    """
    s, b = body.skeleton, body.body_index(name)
    plain = np.eye(3)
    fits = (
        np.array_equal(s.axis[b, :3], _TURNS)
        and np.array_equal(s.parent_rotation[b], plain)
        and np.array_equal(s.child_rotation[b], plain)
        and (s.axis_coordinate[b, :3] >= 0).all()
    )
    if not fits:
        raise BodyError(
            f"The joint of {name} is not three turns about z, x and y; expected a body of the Rajagopal family."
        )
    return s.axis_coordinate[b, :3]


def _turns(body: CompiledBody, name: str, R: Array) -> Array:
    """Return (frames, 3) rad, the coordinates that turn a segment by R (frames, 3, 3) = Rz Rx Ry."""
    s, b = body.skeleton, body.body_index(name)
    slope = s.axis_scale[b, :3] * s.function_coefficient[s.axis_function[b, :3], 0, 1]
    angles = np.stack(
        [
            np.arctan2(-R[:, 0, 1], R[:, 1, 1]),
            np.arcsin(np.clip(R[:, 2, 1], -1.0, 1.0)),
            np.arctan2(-R[:, 2, 0], R[:, 2, 2]),
        ],
        axis=1,
    )
    solved: Array = angles / slope
    return solved
