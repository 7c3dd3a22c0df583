"""What the muscle groups of a compiled body can do at a hip flexion, for the strength reserve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy.body import muscle_capacity, muscle_geometry

if TYPE_CHECKING:
    from gerdy.assess.reserves import Capacity
    from gerdy.body import CompiledBody
    from gerdy.quantities import SideName

GROUPS: Final = {"hip abduction": "hip_adduction", "hip external rotation": "hip_rotation"}
"""Group → the hip coordinate that it pulls down: OpenSim counts adduction and internal rotation positive."""


def body_capacities(body: CompiledBody, side: SideName = "right") -> dict[str, Capacity]:
    """Return for each muscle group its largest isometric moment as a function of hip flexion.

    Parameters
    ----------
    body : with muscles, generic or scaled to the runner; only the shape over hip flexion is used, because the
        measured torque scales the group
    side : ``left`` or ``right``; the legs of a body are mirror images, so either serves for both

    Returns
    -------
    group → function of hip flexion (rad) giving N·m; all else in the body's default pose
    """
    return {group: _capacity(body, f"{coordinate}_{side[0]}", side) for group, coordinate in GROUPS.items()}


def group_moment(body: CompiledBody, coordinate: str, flexion_coordinate: str, flexion: float) -> float:
    """Return the largest moment with which all muscles together can lower a coordinate, at rest.

    Parameters
    ----------
    coordinate : for example ``hip_adduction_r``
    flexion : of `flexion_coordinate`, rad

    Returns
    -------
    N·m, the sum over muscles of full active force × moment arm, over those that lower the coordinate
    """
    pose = body.default_pose()
    pose[0, body.coordinate_index(flexion_coordinate)] = flexion
    geometry = muscle_geometry(body, pose, np.zeros_like(pose), coordinates=[coordinate])
    force = muscle_capacity(body, geometry).active[0]
    return float(np.sum(force * np.maximum(0.0, -geometry.moment_arm[0, :, 0])))


def _capacity(body: CompiledBody, coordinate: str, side: SideName) -> Capacity:
    def at(flexion: float) -> float:
        return group_moment(body, coordinate, f"hip_flexion_{side[0]}", flexion)

    return at
