"""Where each body is, and how it moves when one coordinate moves.

Every joint is the same primitive: parent frame, three body-fixed rotations and three translations whose values
are functions of coordinates, child frame. The single-frame functions (`axis_values`, `pose_frame`,
`jacobian_frame`) are Numba kernels that other kernels call; `forward` and `jacobian` are the batched doors.

References
----------
.. [Seth2010] Seth, Sherman, Eastman, Delp (2010). Minimal formulation of joint motion for biomechanisms.
   Nonlinear Dynamics 62:291-303.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
from numba import prange

from gerdy.body.kernels import kernel, parallel_kernel
from gerdy.errors import BodyError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from gerdy.body.model import CompiledBody, Skeleton
    from gerdy.quantities import Array


Nine: TypeAlias = tuple[float, float, float, float, float, float, float, float, float]


class BodyPoses(NamedTuple):
    """Pose of every body in ground.

    Attributes
    ----------
    rotation : (frames, bodies, 3, 3), columns are the body's axes in ground
    position : (frames, bodies, 3) m, the body's origin in ground
    """

    rotation: Array
    position: Array


class BodyJacobian(NamedTuple):
    """How every body moves per unit of each coordinate, in ground.

    A point p (ground) that is fixed to body b moves by
    `linear[:, b, j] + cross(angular[:, b, j], p - position[:, b])` per unit of coordinate j.

    Attributes
    ----------
    angular : (frames, bodies, coordinates, 3) rad per unit
    linear : (frames, bodies, coordinates, 3) m per unit, of the body's origin
    """

    angular: Array
    linear: Array


def forward(body: CompiledBody, q: ArrayLike) -> BodyPoses:
    """Pose of every body for every frame.

    Parameters
    ----------
    body : the compiled body
    q : (frames, coordinates) or (coordinates,), rad and m, in the order of `body.coordinate_names`;
        a NaN makes the bodies beyond that joint NaN in that frame

    Returns
    -------
    BodyPoses
        rotation (frames, bodies, 3, 3), position (frames, bodies, 3) m in ground

    Raises
    ------
    BodyError
        q does not have one column per coordinate.

    References
    ----------
    [Seth2010]_ joints as functions of coordinates about and along fixed axes.

    Examples
    --------
    >>> from gerdy import body
    >>> generic = body.load()
    >>> poses = body.forward(generic, generic.default_pose())
    >>> poses.position.shape[1:] == (len(generic.bodies), 3)
    True
    """
    q = as_poses(body, q)
    rotation = np.empty((len(q), len(body.bodies), 3, 3))
    position = np.empty((len(q), len(body.bodies), 3))
    _forward(body.skeleton, q, rotation, position)
    return BodyPoses(rotation, position)


def jacobian(body: CompiledBody, q: ArrayLike) -> BodyJacobian:
    """Exact derivative of every body's pose with respect to every independent coordinate.

    Parameters
    ----------
    body : the compiled body
    q : (frames, coordinates) or (coordinates,), rad and m

    Returns
    -------
    BodyJacobian
        angular and linear (frames, bodies, coordinates, 3); zero where the coordinate does not move the body

    Raises
    ------
    BodyError
        q does not have one column per coordinate.
    """
    q = as_poses(body, q)
    shape = (len(q), len(body.bodies), len(body.coordinates), 3)
    angular, linear = np.zeros(shape), np.zeros(shape)
    _jacobian(body.skeleton, q, angular, linear)
    return BodyJacobian(angular, linear)


def as_poses(body: CompiledBody, q: ArrayLike) -> Array:
    """Return q as a contiguous (frames, coordinates) array of floats, or refuse it."""
    poses = np.ascontiguousarray(np.atleast_2d(np.asarray(q, dtype=float)))
    if poses.ndim != 2 or poses.shape[1] != len(body.coordinates):
        raise BodyError(
            f"The pose array has shape {poses.shape}; expected (frames, {len(body.coordinates)}). "
            "Its columns are body.coordinate_names, in that order."
        )
    return poses


@kernel
def evaluate(skeleton: Skeleton, row: int, x: float) -> tuple[float, float, float]:
    """Value, first and second derivative of one function of the table at x; row 0 is zero everywhere."""
    if row == 0:
        return 0.0, 0.0, 0.0
    piece = 0
    while piece < skeleton.function_break.shape[1] and x >= skeleton.function_break[row, piece]:
        piece += 1
    u = x - skeleton.function_base[row, piece]
    value = slope = curvature = 0.0
    for power in range(skeleton.function_coefficient.shape[2] - 1, -1, -1):
        curvature = curvature * u + 2.0 * slope
        slope = slope * u + value
        value = value * u + skeleton.function_coefficient[row, piece, power]
    return value, slope, curvature


@kernel
def axis_values(skeleton: Skeleton, q: Array, value: Array, slope: Array) -> None:
    """Fill value and slope (bodies, 6): each axis' value and its derivative to its own independent coordinate."""
    n = q.size
    for b in range(skeleton.parent.size):
        for k in range(6):
            c = skeleton.axis_coordinate[b, k]
            x, rate = 0.0, 0.0
            if c >= n:
                x, rate, _ = evaluate(skeleton, skeleton.driver_function[c - n], q[skeleton.driver[c - n]])
            elif c >= 0:
                x, rate = q[c], 1.0
            f, df, _ = evaluate(skeleton, skeleton.axis_function[b, k], x)
            value[b, k] = skeleton.axis_scale[b, k] * f
            slope[b, k] = skeleton.axis_scale[b, k] * df * rate
            if skeleton.offset_coordinate[b, k] >= 0:
                value[b, k] += skeleton.offset_sign[b, k] * q[skeleton.offset_coordinate[b, k]]


@kernel
def _times(a: Nine, b: Nine) -> Nine:
    """Product of two 3 x 3 matrices held as nine scalars, which stay in registers."""
    return (
        a[0] * b[0] + a[1] * b[3] + a[2] * b[6],
        a[0] * b[1] + a[1] * b[4] + a[2] * b[7],
        a[0] * b[2] + a[1] * b[5] + a[2] * b[8],
        a[3] * b[0] + a[4] * b[3] + a[5] * b[6],
        a[3] * b[1] + a[4] * b[4] + a[5] * b[7],
        a[3] * b[2] + a[4] * b[5] + a[5] * b[8],
        a[6] * b[0] + a[7] * b[3] + a[8] * b[6],
        a[6] * b[1] + a[7] * b[4] + a[8] * b[7],
        a[6] * b[2] + a[7] * b[5] + a[8] * b[8],
    )


@kernel
def _nine(a: Array, b: int) -> Nine:
    """Matrix b of a stack, as nine scalars."""
    return (
        a[b, 0, 0], a[b, 0, 1], a[b, 0, 2],
        a[b, 1, 0], a[b, 1, 1], a[b, 1, 2],
        a[b, 2, 0], a[b, 2, 1], a[b, 2, 2],
    )  # fmt: skip


@kernel
def _rotation(x: float, y: float, z: float, angle: float) -> Nine:
    """Rotation of `angle` about the unit vector x, y, z (Rodrigues)."""
    s, c = np.sin(angle), np.cos(angle)
    v = 1.0 - c
    return (
        c + x * x * v, x * y * v - z * s, x * z * v + y * s,
        y * x * v + z * s, c + y * y * v, y * z * v - x * s,
        z * x * v - y * s, z * y * v + x * s, c + z * z * v,
    )  # fmt: skip


@kernel
def pose_bodies(skeleton: Skeleton, value: Array, R: Array, p: Array, axes: Array) -> None:
    """Pose all bodies, parents first, once the axis values are known.

    Fills R (bodies, 3, 3), p (bodies, 3) and axes (bodies, 7, 3) in ground: the three rotation axes as met in
    sequence, the three translation axes, and the point that the rotations turn about.
    """
    for b in range(skeleton.parent.size):
        parent = skeleton.parent[b]
        M = _nine(skeleton.parent_rotation, b)
        x, y, z = skeleton.parent_position[b, 0], skeleton.parent_position[b, 1], skeleton.parent_position[b, 2]
        if parent >= 0:
            P = _nine(R, parent)
            M = _times(P, M)
            x, y, z = (
                p[parent, 0] + P[0] * x + P[1] * y + P[2] * z,
                p[parent, 1] + P[3] * x + P[4] * y + P[5] * z,
                p[parent, 2] + P[6] * x + P[7] * y + P[8] * z,
            )
        for k in range(3, 6):
            a0, a1, a2 = skeleton.axis[b, k, 0], skeleton.axis[b, k, 1], skeleton.axis[b, k, 2]
            u, v, w = (
                M[0] * a0 + M[1] * a1 + M[2] * a2,
                M[3] * a0 + M[4] * a1 + M[5] * a2,
                M[6] * a0 + M[7] * a1 + M[8] * a2,
            )
            axes[b, k, 0], axes[b, k, 1], axes[b, k, 2] = u, v, w
            x, y, z = x + u * value[b, k], y + v * value[b, k], z + w * value[b, k]
        for k in range(3):
            a0, a1, a2 = skeleton.axis[b, k, 0], skeleton.axis[b, k, 1], skeleton.axis[b, k, 2]
            axes[b, k, 0] = M[0] * a0 + M[1] * a1 + M[2] * a2
            axes[b, k, 1] = M[3] * a0 + M[4] * a1 + M[5] * a2
            axes[b, k, 2] = M[6] * a0 + M[7] * a1 + M[8] * a2
            if value[b, k] != 0.0:
                M = _times(M, _rotation(a0, a1, a2, value[b, k]))
        C = _nine(skeleton.child_rotation, b)
        M = _times(M, (C[0], C[3], C[6], C[1], C[4], C[7], C[2], C[5], C[8]))
        R[b, 0, 0], R[b, 0, 1], R[b, 0, 2] = M[0], M[1], M[2]
        R[b, 1, 0], R[b, 1, 1], R[b, 1, 2] = M[3], M[4], M[5]
        R[b, 2, 0], R[b, 2, 1], R[b, 2, 2] = M[6], M[7], M[8]
        axes[b, 6, 0], axes[b, 6, 1], axes[b, 6, 2] = x, y, z
        x0, y0, z0 = skeleton.child_position[b, 0], skeleton.child_position[b, 1], skeleton.child_position[b, 2]
        p[b, 0] = x - M[0] * x0 - M[1] * y0 - M[2] * z0
        p[b, 1] = y - M[3] * x0 - M[4] * y0 - M[5] * z0
        p[b, 2] = z - M[6] * x0 - M[7] * y0 - M[8] * z0


@kernel
def pose_frame(
    skeleton: Skeleton,
    q: Array,
    R: Array,
    p: Array,
    value: Array,
    slope: Array,
    axes: Array,
) -> None:
    """Pose all bodies of one frame.

    q (coordinates,) in; R (bodies, 3, 3), p (bodies, 3), value and slope (bodies, 6), axes (bodies, 7, 3) out.
    """
    axis_values(skeleton, q, value, slope)
    pose_bodies(skeleton, value, R, p, axes)


@kernel
def jacobian_frame(
    skeleton: Skeleton,
    q: Array,
    p: Array,
    slope: Array,
    axes: Array,
    angular: Array,
    linear: Array,
) -> None:
    """Jacobian of all bodies of one frame, after `pose_frame`; angular and linear (bodies, coordinates, 3) out."""
    n = q.size
    angular[:] = 0.0
    linear[:] = 0.0
    for b in range(skeleton.parent.size):
        parent = skeleton.parent[b]
        if parent >= 0:
            d0, d1, d2 = p[b, 0] - p[parent, 0], p[b, 1] - p[parent, 1], p[b, 2] - p[parent, 2]
            for j in range(n):
                w0, w1, w2 = angular[parent, j, 0], angular[parent, j, 1], angular[parent, j, 2]
                angular[b, j, 0], angular[b, j, 1], angular[b, j, 2] = w0, w1, w2
                linear[b, j, 0] = linear[parent, j, 0] + w1 * d2 - w2 * d1
                linear[b, j, 1] = linear[parent, j, 1] + w2 * d0 - w0 * d2
                linear[b, j, 2] = linear[parent, j, 2] + w0 * d1 - w1 * d0
        r0, r1, r2 = p[b, 0] - axes[b, 6, 0], p[b, 1] - axes[b, 6, 1], p[b, 2] - axes[b, 6, 2]
        for k in range(6):
            a0, a1, a2 = axes[b, k, 0], axes[b, k, 1], axes[b, k, 2]
            for source in range(2):
                if source == 0:
                    j, rate = skeleton.axis_coordinate[b, k], slope[b, k]
                    if j >= n:
                        j = skeleton.driver[j - n]
                else:
                    j, rate = skeleton.offset_coordinate[b, k], skeleton.offset_sign[b, k]
                if j < 0 or rate == 0.0:
                    continue
                if k < 3:
                    angular[b, j, 0] += rate * a0
                    angular[b, j, 1] += rate * a1
                    angular[b, j, 2] += rate * a2
                    linear[b, j, 0] += rate * (a1 * r2 - a2 * r1)
                    linear[b, j, 1] += rate * (a2 * r0 - a0 * r2)
                    linear[b, j, 2] += rate * (a0 * r1 - a1 * r0)
                else:
                    linear[b, j, 0] += rate * a0
                    linear[b, j, 1] += rate * a1
                    linear[b, j, 2] += rate * a2


@kernel
def project_wrenches(
    skeleton: Skeleton,
    f: int,
    p: Array,
    axes: Array,
    slope: Array,
    force: Array,
    moment: Array,
    result: Array,
) -> None:
    """Project wrenches (at the bodies' origins, in ground) on the coordinates, adding to row f of result.

    Outermost first; each body hands its wrench to its parent, so force and moment (bodies, 3) are used up.
    """
    n = result.shape[1]
    for b in range(skeleton.parent.size - 1, -1, -1):
        f0, f1, f2 = force[b, 0], force[b, 1], force[b, 2]
        r0, r1, r2 = p[b, 0] - axes[b, 6, 0], p[b, 1] - axes[b, 6, 1], p[b, 2] - axes[b, 6, 2]
        m0 = moment[b, 0] + r1 * f2 - r2 * f1
        m1 = moment[b, 1] + r2 * f0 - r0 * f2
        m2 = moment[b, 2] + r0 * f1 - r1 * f0
        for k in range(6):
            c, o = skeleton.axis_coordinate[b, k], skeleton.offset_coordinate[b, k]
            if c < 0 and o < 0:
                continue
            if k < 3:
                along = axes[b, k, 0] * m0 + axes[b, k, 1] * m1 + axes[b, k, 2] * m2
            else:
                along = axes[b, k, 0] * f0 + axes[b, k, 1] * f1 + axes[b, k, 2] * f2
            if c >= n:
                c = skeleton.driver[c - n]
            if c >= 0:
                result[f, c] += slope[b, k] * along
            if o >= 0:
                result[f, o] += skeleton.offset_sign[b, k] * along
        parent = skeleton.parent[b]
        if parent >= 0:
            r0, r1, r2 = axes[b, 6, 0] - p[parent, 0], axes[b, 6, 1] - p[parent, 1], axes[b, 6, 2] - p[parent, 2]
            force[parent, 0] += f0
            force[parent, 1] += f1
            force[parent, 2] += f2
            moment[parent, 0] += m0 + r1 * f2 - r2 * f1
            moment[parent, 1] += m1 + r2 * f0 - r0 * f2
            moment[parent, 2] += m2 + r0 * f1 - r1 * f0


@parallel_kernel
def _forward(skeleton: Skeleton, q: Array, rotation: Array, position: Array) -> None:
    bodies = skeleton.parent.size
    for f in prange(q.shape[0]):
        value, slope, axes = np.empty((bodies, 6)), np.empty((bodies, 6)), np.empty((bodies, 7, 3))
        pose_frame(skeleton, q[f], rotation[f], position[f], value, slope, axes)


@parallel_kernel
def _jacobian(skeleton: Skeleton, q: Array, angular: Array, linear: Array) -> None:
    bodies = skeleton.parent.size
    for f in prange(q.shape[0]):
        value, slope, axes = np.empty((bodies, 6)), np.empty((bodies, 6)), np.empty((bodies, 7, 3))
        R, p = np.empty((bodies, 3, 3)), np.empty((bodies, 3))
        pose_frame(skeleton, q[f], R, p, value, slope, axes)
        jacobian_frame(skeleton, q[f], p, slope, axes, angular[f], linear[f])
