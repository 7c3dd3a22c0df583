"""The thigh's direction in the room, as a camera sees it, and in the pelvis, as a joint has it.

All angles are those of a right stance, in ground axes x forward, y up, z to the right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from gerdy.quantities import Array

__all__ = ["HipPose", "SeenHip", "as_joint", "as_seen"]


class HipPose(NamedTuple):
    """Coordinates of pelvis and hip with OpenSim's signs, rad, any shape."""

    pelvis_tilt: Array
    pelvis_list: Array
    pelvis_rotation: Array
    hip_flexion: Array
    hip_adduction: Array


class SeenHip(NamedTuple):
    """The same as cameras from the side and from behind see it, rad.

    Attributes
    ----------
    thigh_forward : knee forward of the hip, from the side
    thigh_inward : knee inward of the hip, from behind
    pelvic_drop : the swinging hip below the standing one, from behind
    """

    thigh_forward: Array
    thigh_inward: Array
    pelvic_drop: Array


def as_seen(pose: HipPose) -> SeenHip:
    """Return what distant cameras see of a pose.

    Notes
    -----
    The pelvis turns by tilt about z, list about x and rotation about y, each in the frame the one before left; the
    thigh turns in the pelvis by flexion about z and adduction about x. Rotation of the hip turns the thigh about
    itself and is not seen.
    """
    x, y, z = _turned(_pelvis(pose.pelvis_tilt, pose.pelvis_list, pose.pelvis_rotation), _thigh(pose))
    drop = _drop(pose.pelvis_tilt, pose.pelvis_list, pose.pelvis_rotation)
    return SeenHip(np.arctan2(x, -y), np.arctan2(-z, -y), drop)


def as_joint(seen: SeenHip, pelvis_tilt: Array, pelvis_rotation: Array) -> HipPose:
    """Return the pose that shows `seen`, where tilt and rotation of the pelvis are known from elsewhere."""
    pelvis_list = _list(seen.pelvic_drop, pelvis_tilt, pelvis_rotation)
    line = np.stack(np.broadcast_arrays(np.tan(seen.thigh_forward), -1.0, -np.tan(seen.thigh_inward)))
    line = line / np.linalg.norm(line, axis=0)
    pelvis = _pelvis(pelvis_tilt, pelvis_list, pelvis_rotation)
    x, y, z = _turned(np.swapaxes(pelvis, 0, 1), line)
    return HipPose(pelvis_tilt, pelvis_list, pelvis_rotation, np.arctan2(x, -y), np.arcsin(-z))


def _thigh(pose: HipPose) -> Array:
    """(3, …) line from hip to knee in the pelvis."""
    a, f = pose.hip_adduction, pose.hip_flexion
    return np.stack([np.sin(f) * np.cos(a), -np.cos(f) * np.cos(a), -np.sin(a)])


def _pelvis(tilt: Array, pelvis_list: Array, rotation: Array) -> Array:
    """(3, 3, …) the pelvis in the room."""
    (ct, st), (cl, sl), (cr, sr) = ((np.cos(a), np.sin(a)) for a in (tilt, pelvis_list, rotation))
    return np.stack(
        [
            np.stack([ct * cr - st * sl * sr, -st * cl, ct * sr + st * sl * cr]),
            np.stack([st * cr + ct * sl * sr, ct * cl, st * sr - ct * sl * cr]),
            np.stack([-cl * sr, sl, cl * cr]),
        ]
    )


def _turned(rotation: Array, line: Array) -> Array:
    return np.asarray(np.einsum("ij...,j...->i...", rotation, line))


def _drop(tilt: Array, pelvis_list: Array, rotation: Array) -> Array:
    across = _pelvis(tilt, pelvis_list, rotation)[:, 2]
    return np.asarray(np.arctan2(across[1], across[2]))


def _list(drop: Array, tilt: Array, rotation: Array) -> Array:
    """Solve the drop for the list: sin(tilt) tan(rotation) = tan(drop) cos(list) + cos(tilt) sin(list)."""
    along, down = np.cos(tilt), np.tan(drop)
    ratio = np.sin(tilt) * np.tan(rotation) / np.hypot(along, down)
    return np.asarray(np.arcsin(ratio) - np.arctan2(down, along))
