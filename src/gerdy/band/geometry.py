"""The band along a motion: path lengths, moment arms, and what each newton of tension presses on the epicondyle."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import prange

from gerdy.band.design import JOINT_COORDINATES, Design
from gerdy.band.epicondyle import cross
from gerdy.body.kernels import kernel, parallel_kernel
from gerdy.body.kinematics import as_poses, pose_frame

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from gerdy.body.model import CompiledBody, Skeleton
    from gerdy.quantities import Array, Flags, Indices, SideName

FRAMES_PER_TASK = 16
PATHS = 5
"""Anterior strand, three posterior (one for each compartment of gluteus maximus), crest strand."""
GUIDE_OF = np.array([0, 1, 1, 1, 2])
"""Which guide, and so which part over the knee, each path has."""


class BandGeometry(NamedTuple):
    """Lines of the band along a motion; NaN where the pose is not recorded.

    Attributes
    ----------
    length : (frames, 5) m, from pelvis to Gerdy's tubercle: anterior, posterior by compartment, crest
    moment_arm : (frames, 5, 6) m, -dL/dq for `JOINT_COORDINATES`: positive where tension pushes the coordinate up
    pressure : (frames, 3) N of contact force on the epicondyle per N of tension: anterior, posterior, crest
    position : (frames, 3) m, where each strand crosses the epicondyle, forward of its apex
    contact : (frames, 3) whether each strand lies on the epicondyle
    crosses : (frames,) False where the knee is so flexed that nothing crosses the epicondyle
    """

    length: Array
    moment_arm: Array
    pressure: Array
    position: Array
    contact: Flags
    crosses: Flags


def band_geometry(body: CompiledBody, q: ArrayLike, design: Design, side: SideName) -> BandGeometry:
    """Find the band of one leg along a motion.

    Parameters
    ----------
    body : the runner's body
    q : (frames, coordinates) rad and m, in the order of `body.coordinate_names`
    design : from `gerdy.band.priors`, of the same side

    Returns
    -------
    BandGeometry

    Notes
    -----
    A strand is a frictionless string: pelvis, guide on the femur, crossing of the epicondyle (`epicondyle.cross`),
    tubercle. Guide, bone and anchor belong to the femur, so the hip feels only the part above the guide and the knee
    only the pull at the tubercle; both arms are -dL/dq exactly.

    References
    ----------
    [Fairclough2006]_ compression by an anchored band; [Jelsing2013]_ travel.
    """
    poses = as_poses(body, q)
    frames = len(poses)
    columns = np.full(poses.shape[1], -1)
    for k, name in enumerate(JOINT_COORDINATES):
        columns[body.coordinate_index(f"{name}_{side[0]}")] = k
    chain = np.array([body.body_index(n) for n in ("pelvis", f"femur_{side[0]}", f"tibia_{side[0]}")])
    found = BandGeometry(
        np.full((frames, PATHS), np.nan),
        np.zeros((frames, PATHS, len(JOINT_COORDINATES))),
        np.full((frames, 3), np.nan),
        np.full((frames, 3), np.nan),
        np.zeros((frames, 3), dtype=np.bool_),
        np.zeros(frames, dtype=np.bool_),
    )
    _band(body.skeleton, poses, chain, columns, design, *found)
    return found


@kernel
def _to_ground(R: Array, p: Array, b: int, point: Array, out: Array) -> None:
    for i in range(3):
        out[i] = p[b, i] + R[b, i, 0] * point[0] + R[b, i, 1] * point[1] + R[b, i, 2] * point[2]


@kernel
def _joint_moments(
    skeleton: Skeleton,
    b: int,
    axes: Array,
    slope: Array,
    columns: Indices,
    point: Array,
    u0: float,
    u1: float,
    u2: float,
    arm: Array,
) -> None:
    """Add what a unit pull (u) at a point of body b does to the coordinates of its joint."""
    r0, r1, r2 = point[0] - axes[b, 6, 0], point[1] - axes[b, 6, 1], point[2] - axes[b, 6, 2]
    m0, m1, m2 = r1 * u2 - r2 * u1, r2 * u0 - r0 * u2, r0 * u1 - r1 * u0
    for k in range(6):
        if k < 3:
            along = axes[b, k, 0] * m0 + axes[b, k, 1] * m1 + axes[b, k, 2] * m2
        else:
            along = axes[b, k, 0] * u0 + axes[b, k, 1] * u1 + axes[b, k, 2] * u2
        c, o = skeleton.axis_coordinate[b, k], skeleton.offset_coordinate[b, k]
        if c >= 0 and columns[c] >= 0:
            arm[columns[c]] += slope[b, k] * along
        if o >= 0 and columns[o] >= 0:
            arm[columns[o]] += skeleton.offset_sign[b, k] * along


@kernel
def _below_guide(
    design: Design, s: int, end: Array, pull: Array, pressure: Array, position: Array, contact: Flags
) -> tuple[float, bool]:
    """Part of strand s below its guide, in the femur's frame with z outwards.

    Fills the unit pull on the tubercle and the contact on the epicondyle; returns length and whether it crosses.
    """
    w = design.outward
    gx, gy, gz = design.guide[s, 0], design.guide[s, 1], w * design.guide[s, 2]
    ex, ey, ez = end[0], end[1], w * end[2]
    ax, ay, az = design.apex[0], design.apex[1], w * design.apex[2]
    half = 0.5 * design.travel
    x, z, touching, crosses = cross(
        gx, gy, gz, ex, ey, ez, ax, ay, az, design.curvature,
        design.centre[s] + half, design.centre[s] - half, design.margin, True,
    )  # fmt: skip
    if not crosses:
        size = np.sqrt((gx - ex) ** 2 + (gy - ey) ** 2 + (gz - ez) ** 2)
        pull[0], pull[1], pull[2] = (gx - ex) / size, (gy - ey) / size, w * (gz - ez) / size
        pressure[s] = 0.0
        return size, False
    # A bulge half-way down makes two parts of the upper one, and the last of them leaves the epicondyle further out.
    dx, dy, dz = 0.5 * (gx - x), 0.5 * (gy - ay), 0.5 * (gz - z) + design.bulge
    last = np.sqrt(dx**2 + dy**2 + dz**2)
    above = last + np.sqrt(dx**2 + dy**2 + (0.5 * (gz - z) - design.bulge) ** 2)
    below = np.sqrt((ex - x) ** 2 + (ey - ay) ** 2 + (ez - z) ** 2)
    pull[0], pull[1], pull[2] = (x - ex) / below, (ay - ey) / below, w * (z - ez) / below
    # The bone carries the medial pull along its own normal, the anchor what is left from front to back.
    medial = (z - ez) / below - dz / last
    lean = design.curvature * (x - ax)
    pressure[s] = max(0.0, medial) * np.sqrt(1.0 + lean**2) if touching else 0.0
    position[s], contact[s] = x - ax, touching
    return above + below, True


@parallel_kernel
def _band(
    skeleton: Skeleton,
    q: Array,
    chain: Indices,
    columns: Indices,
    design: Design,
    length: Array,
    arm: Array,
    pressure: Array,
    position: Array,
    contact: Flags,
    crosses: Flags,
) -> None:
    bodies, frames = skeleton.parent.size, q.shape[0]
    pelvis, femur, tibia = chain[0], chain[1], chain[2]
    for task in prange((frames + FRAMES_PER_TASK - 1) // FRAMES_PER_TASK):
        value, slope, axes = np.empty((bodies, 6)), np.empty((bodies, 6)), np.empty((bodies, 7, 3))
        R, p = np.empty((bodies, 3, 3)), np.empty((bodies, 3))
        gerdy, end, pull, start, guide = np.empty(3), np.empty(3), np.empty((3, 3)), np.empty(3), np.empty(3)
        below = np.empty(3)
        for f in range(task * FRAMES_PER_TASK, min(frames, (task + 1) * FRAMES_PER_TASK)):
            pose_frame(skeleton, q[f], R, p, value, slope, axes)
            _to_ground(R, p, tibia, design.gerdy, gerdy)
            for i in range(3):
                end[i] = 0.0
                for j in range(3):
                    end[i] += R[femur, j, i] * (gerdy[j] - p[femur, j])
            if not np.isfinite(end[0] + end[1] + end[2]):
                arm[f] = np.nan
                continue
            crosses[f] = True
            for s in range(3):
                below[s], one = _below_guide(design, s, end, pull[s], pressure[f], position[f], contact[f])
                crosses[f] = crosses[f] and one
            for i in range(PATHS):
                s = GUIDE_OF[i]
                _to_ground(R, p, pelvis, design.origin[i, 1], start)
                _to_ground(R, p, femur, design.guide[s], guide)
                u0, u1, u2 = start[0] - guide[0], start[1] - guide[1], start[2] - guide[2]
                size = np.sqrt(u0 * u0 + u1 * u1 + u2 * u2)
                fixed = 0.0
                for j in range(3):
                    fixed += (design.origin[i, 1, j] - design.origin[i, 0, j]) ** 2
                length[f, i] = np.sqrt(fixed) + size + below[s]
                _joint_moments(skeleton, femur, axes, slope, columns, guide, u0 / size, u1 / size, u2 / size, arm[f, i])
                g0 = R[femur, 0, 0] * pull[s, 0] + R[femur, 0, 1] * pull[s, 1] + R[femur, 0, 2] * pull[s, 2]
                g1 = R[femur, 1, 0] * pull[s, 0] + R[femur, 1, 1] * pull[s, 1] + R[femur, 1, 2] * pull[s, 2]
                g2 = R[femur, 2, 0] * pull[s, 0] + R[femur, 2, 1] * pull[s, 1] + R[femur, 2, 2] * pull[s, 2]
                _joint_moments(skeleton, tibia, axes, slope, columns, gerdy, g0, g1, g2, arm[f, i])
