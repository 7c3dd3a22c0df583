"""What a motion under a force leaves unexplained of the whole body's momentum."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gerdy.band.what_if.space import mass_centre, turn_columns
from gerdy.body.kinematics import forward

if TYPE_CHECKING:
    from gerdy.body.model import CompiledBody
    from gerdy.quantities import Array

__all__ = ["unexplained"]


def unexplained(body: CompiledBody, q: Array, required: Array) -> tuple[Array, Array]:
    """Return force, and moment about the mass centre, that the pelvis would have to be held with.

    Parameters
    ----------
    q : (rows, coordinates)
    required : (rows, coordinates) generalised forces from inverse dynamics

    Returns
    -------
    (rows, 3) N and (rows, 3) N·m in ground
    """
    posed, pelvis = forward(body, q), body.body_index("pelvis")
    force = required[:, [body.coordinate_index(f"pelvis_t{axis}") for axis in "xyz"]]
    turns = turn_columns(body, "pelvis")
    axes = _axes(q[:, turns], posed.rotation[:, pelvis])
    about_pelvis = np.linalg.solve(axes, required[:, turns, None])[..., 0]
    arm = posed.position[:, pelvis] - mass_centre(body, posed)
    return force, about_pelvis + np.cross(arm, force)


def _axes(turns: Array, rotation: Array) -> Array:
    """(rows, 3, 3): each row the axis of a pelvic coordinate in ground, as met in sequence z, x, y."""
    none, one = np.zeros(len(turns)), np.ones(len(turns))
    first = np.stack([none, none, one], axis=1)
    second = np.stack([np.cos(turns[:, 0]), np.sin(turns[:, 0]), none], axis=1)
    return np.stack([first, second, rotation[:, :, 1]], axis=1)
