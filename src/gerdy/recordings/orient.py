"""Which way is up, where the runner faces, and gerdy's own axes: x forward, y up, z right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from gerdy import evidence
from gerdy.errors import RecordingImplausible
from gerdy.recordings.agreement import check_under_feet
from gerdy.recordings.data import Problem
from gerdy.recordings.landmarks import Landmarks

if TYPE_CHECKING:
    from gerdy.quantities import Array
    from gerdy.recordings.data import Forces, Recording
    from gerdy.recordings.marker_set import MarkerSet


@dataclass(frozen=True, slots=True)
class Orientation:
    """What was found out about a recording's axes.

    Parameters
    ----------
    up_axis, forward_axis, right_axis : the file's axis nearest to each direction, for example ``+Y``
    heading_deg : turn of the runner's facing from `forward_axis` about up, left positive
    heading_kept : whether the turn was left in the data (small) or removed (large)
    pelvis_height_m : median height of the pelvis above the feet
    forces_up : whether the force plates pushed upwards; None without forces
    rotation : 3 × 3, rows are gerdy's x, y, z in the file's axes
    """

    up_axis: str
    forward_axis: str
    right_axis: str
    heading_deg: float
    heading_kept: bool
    pelvis_height_m: float
    forces_up: bool | None
    rotation: tuple[tuple[float, float, float], ...]

    def to_json(self) -> dict[str, Any]:
        """Return the plain fields, as they stand in ``recording.orientation``."""
        return {
            "up_axis": self.up_axis,
            "forward_axis": self.forward_axis,
            "right_axis": self.right_axis,
            "heading_deg": self.heading_deg,
            "heading_kept": self.heading_kept,
            "pelvis_height_m": self.pelvis_height_m,
            "forces_up": self.forces_up,
        }


def orient(
    recording: Recording, marker_set: MarkerSet, *, file: str = "the recording"
) -> tuple[Recording, Orientation, tuple[Problem, ...]]:
    """Turn a recording into gerdy's ground axes and report what was found.

    Up is the axis along which the pelvis stands above the feet; forward is where toes lie from heels and
    the front of the pelvis from its back; left and right must agree with both.

    Parameters
    ----------
    recording : with markers; forces, where there are any, in the same laboratory axes
    marker_set : roles of the labels
    file : for messages

    Returns
    -------
    the recording in x forward, y up, z right; what was found; problems

    Raises
    ------
    MarkerSetUnknown : the set does not fit the labels
    RecordingImplausible : upside down, mirrored, in the wrong unit, or pelvis and feet never together
    """
    if recording.markers is None:
        raise RecordingImplausible(
            f"{file} holds no markers; expected markers to find up and forward from. Name a C3D or TRC file."
        )
    marker_set.require(recording.markers.labels, file)
    body = Landmarks.of(recording.markers, marker_set, file)
    up = _up_axis(body.height, file)
    facing = _facing(body, up, file)
    rotation, heading, kept = _rotation(up, facing)
    _check_sides(body, rotation, file)
    markers = replace(recording.markers, xyz_m=recording.markers.xyz_m @ rotation.T)
    forces, forces_up, problems = _orient_forces(recording.forces, rotation, file)
    found = Orientation(
        up_axis=_axis_name(rotation[1]),
        forward_axis=_axis_name(rotation[0]),
        right_axis=_axis_name(rotation[2]),
        heading_deg=heading,
        heading_kept=kept,
        pelvis_height_m=float(body.height[up]),
        forces_up=forces_up,
        rotation=tuple((float(a), float(b), float(c)) for a, b, c in rotation),
    )
    if forces is not None and forces_up is not None:
        problems = (*problems, *check_under_feet(markers, forces, marker_set, file))
    return replace(recording, markers=markers, forces=forces), found, problems


def _up_axis(height: Array, file: str) -> int:
    axis = int(np.argmax(np.abs(height)))
    _check_scale(float(np.linalg.norm(height)), file)
    name = "XYZ"[axis]
    if abs(height[axis]) < evidence.value("house_recordings.upright_share") * np.linalg.norm(height):
        raise RecordingImplausible(
            f"{file} shows the pelvis {np.round(height, 2).tolist()} m from the feet along X, Y, Z; "
            "expected it above them along one axis. Check its axes, or choose another trial."
        )
    if height[axis] < 0:
        raise RecordingImplausible(
            f"{file} is upside down: the pelvis lies {-height[axis]:.2f} m below the feet along {name}; "
            f"expected it above them. Turn {name} round in the export."
        )
    return axis


def _check_scale(distance: float, file: str) -> None:
    low, high = evidence.span("house_recordings.pelvis_height")
    if low <= distance <= high:
        return
    for factor, stored, meant in ((1e-3, "metres", "millimetres"), (1e3, "millimetres", "metres")):
        if low <= distance * factor <= high:
            raise RecordingImplausible(
                f"{file} puts the pelvis {distance:.4g} m from the feet; expected {low:g} to {high:g} m. "
                f"Its numbers are {meant} and it calls them {stored}: correct the unit and read it again."
            )
    raise RecordingImplausible(
        f"{file} puts the pelvis {distance:.4g} m from the feet; expected {low:g} to {high:g} m. "
        "Check the unit of the file and the labels of pelvis and feet."
    )


def _facing(body: Landmarks, up: int, file: str) -> Array:
    """Return the unit vector, in the plane of the ground, along which feet and pelvis point."""
    flat = [np.where(np.arange(3) == up, 0.0, v) for v in (body.foot, body.pelvis_front)]
    units = [v / np.linalg.norm(v) for v in flat]
    if float(units[0] @ units[1]) <= 0:
        raise RecordingImplausible(
            f"{file}: the toes and the front of the pelvis point in opposite directions; expected the same. "
            "Check the labels of heel and toe, ASIS and PSIS."
        )
    mean = units[0] + units[1]
    return np.asarray(mean / np.linalg.norm(mean))


def _rotation(up: int, facing: Array) -> tuple[Array, float, bool]:
    """Return rows forward, up, right; a small heading is toe-out and stays in the data."""
    vertical = np.eye(3)[up]
    near = int(np.argmax(np.abs(facing)))
    axis = np.eye(3)[near] * np.sign(facing[near])
    turn = float(np.degrees(np.arctan2(vertical @ np.cross(axis, facing), axis @ facing)))
    kept = abs(turn) <= evidence.value("house_recordings.heading_kept")
    forward = axis if kept else facing
    return np.array([forward, vertical, np.cross(forward, vertical)]), turn, kept


def _check_sides(body: Landmarks, rotation: Array, file: str) -> None:
    if (rotation @ body.pelvis_right)[2] <= 0:
        raise RecordingImplausible(
            f"{file} is mirrored: the left ASIS lies on the right of a runner who faces "
            f"{_axis_name(rotation[0])} with {_axis_name(rotation[1])} up; expected it on the left. "
            "Check for a left-handed export or exchanged labels."
        )


def _orient_forces(
    forces: Forces | None, rotation: Array, file: str
) -> tuple[Forces | None, bool | None, tuple[Problem, ...]]:
    if forces is None:
        return None, None, ()
    turned = replace(
        forces,
        force_n=forces.force_n @ rotation.T,
        point_m=forces.point_m @ rotation.T,
        free_moment_nm=forces.free_moment_nm @ rotation.T,
    )
    total = turned.force_n.sum(axis=1)
    loaded = total[np.linalg.norm(total, axis=1) >= evidence.value("house_recordings.person_force")]
    if len(loaded) == 0:
        return turned, None, ()
    mean = loaded.mean(axis=0)
    if abs(mean[1]) < evidence.value("house_recordings.upright_share") * np.linalg.norm(mean):
        raise RecordingImplausible(
            f"{file}: markers have {_axis_name(rotation[1])} up and the mean force is "
            f"{np.round(mean, 0).tolist()} N forward, up and right; expected it to point up. "
            "Export markers and forces in the same axes."
        )
    if mean[1] > 0:
        return turned, True, ()
    message = "The plates were stored as the runner's push on the ground; forces were turned to act on the runner."
    reversed_ = replace(turned, force_n=-turned.force_n, free_moment_nm=-turned.free_moment_nm)
    return reversed_, False, (Problem("forces_reversed", message, file),)


def _axis_name(direction: Array) -> str:
    axis = int(np.argmax(np.abs(direction)))
    return f"{'+' if direction[axis] > 0 else '-'}{'XYZ'[axis]}"
