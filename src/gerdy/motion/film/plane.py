"""The plane of the picture in the runner's own directions: up, and forward or to the runner's right.

Everything that follows is measured in this plane, so nothing depends on the view's side, the way the runner faces, or
where in the picture the runner stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from gerdy.errors import MotionError

if TYPE_CHECKING:
    from gerdy.quantities import Array, SideName
    from gerdy.recordings.keypoints import Keypoints

View = Literal["side", "rear", "front", "oblique"]
Facing = Literal["left", "right"]
"""Which edge of the picture the runner faces, in a side view."""


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """Joints in the runner's own directions.

    Parameters
    ----------
    across : (frames, joints) pixels; forward in a side view, to the runner's right from the rear or front
    up : (frames, joints) pixels, against gravity
    joints : names of the columns
    view : ``side``, ``rear`` or ``front``
    """

    across: Array
    up: Array
    joints: tuple[str, ...]
    view: View

    def of(self, joint: str, side: SideName | None = None) -> tuple[Array, Array]:
        """Return (frames,) across and up of one joint; without a side the middle between both."""
        if side is None and joint != "nose":
            left, right = self.of(joint, "left"), self.of(joint, "right")
            return (left[0] + right[0]) / 2, (left[1] + right[1]) / 2
        column = self.joints.index(joint if side is None else f"{joint}_{side[0]}")
        return self.across[:, column], self.up[:, column]

    def along(self, start: tuple[Array, Array], end: tuple[Array, Array]) -> Array:
        """Return (frames,) rad, how far the line from `end` up to `start` leans across; 0 upright, + across."""
        return np.arctan2(start[0] - end[0], start[1] - end[1])


def runner_plane(points: Keypoints, view: View, *, facing: Facing = "right", roll_rad: float = 0.0) -> Plane:
    """Turn key points into the runner's own directions.

    Parameters
    ----------
    points : of one person
    view : from where the camera looks
    facing : which edge of the picture the runner faces; for a side view only
    roll_rad : by how much the camera was turned clockwise about its own line of sight; a plumb line then leans
        anticlockwise in the picture by as much

    Raises
    ------
    MotionError : an oblique view, in which no anatomical plane lies in the picture
    """
    if view == "oblique":
        raise MotionError(
            "The camera looks at the runner at an angle; expected a view from the side, from behind or from the front. "
            "Film again as 'gerdy film-guide' shows, or name the view with --view."
        )
    x, down = points.xy[..., 0], points.xy[..., 1]
    cos, sin = np.cos(roll_rad), np.sin(roll_rad)
    right_in_picture, up = x * cos - down * sin, -(x * sin + down * cos)
    faces_left = facing == "left" if view == "side" else view == "front"
    return Plane(-right_in_picture if faces_left else right_in_picture, up, points.joints, view)
