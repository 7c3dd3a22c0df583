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

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import prange

from gerdy.body.kernels import kernel, parallel_kernel
from gerdy.errors import BodyError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from gerdy.body.model import CompiledBody, Skeleton


class BodyPoses(NamedTuple):
    """Pose of every body in ground.

    Attributes
    ----------
    rotation : (frames, bodies, 3, 3), columns are the body's axes in ground
    position : (frames, bodies, 3) m, the body's origin in ground
    """

    rotation: np.ndarray
    position: np.ndarray


class BodyJacobian(NamedTuple):
    """How every body moves per unit of each coordinate, in ground.

    A point p (ground) that is fixed to body b moves by
    `linear[:, b, j] + cross(angular[:, b, j], p - position[:, b])` per unit of coordinate j.

    Attributes
    ----------
    angular : (frames, bodies, coordinates, 3) rad per unit
    linear : (frames, bodies, coordinates, 3) m per unit, of the body's origin
    """

    angular: np.ndarray
    linear: np.ndarray


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


def as_poses(body: CompiledBody, q: ArrayLike) -> np.ndarray:
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
    """Value, first and second derivative of one function of the table at x."""
    piece = 0
    breaks = skeleton.function_break[row]
    while piece < breaks.size and x >= breaks[piece]:
        piece += 1
    coefficient = skeleton.function_coefficient[row, piece]
    u = x - skeleton.function_base[row, piece]
    value = slope = curvature = 0.0
    for power in range(coefficient.size - 1, -1, -1):
        curvature = curvature * u + 2.0 * slope
        slope = slope * u + value
        value = value * u + coefficient[power]
    return value, slope, curvature


@kernel
def axis_values(skeleton: Skeleton, q: np.ndarray, value: np.ndarray, slope: np.ndarray) -> None:
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
def rotate_about(R: np.ndarray, axis: np.ndarray, angle: float) -> None:
    """Replace R by R times the rotation of `angle` about the unit vector `axis` (Rodrigues), in place."""
    if angle == 0.0:
        return
    s, c = np.sin(angle), np.cos(angle)
    x, y, z = axis[0], axis[1], axis[2]
    v = 1.0 - c
    m00, m01, m02 = c + x * x * v, x * y * v - z * s, x * z * v + y * s
    m10, m11, m12 = y * x * v + z * s, c + y * y * v, y * z * v - x * s
    m20, m21, m22 = z * x * v - y * s, z * y * v + x * s, c + z * z * v
    for i in range(3):
        a, b, d = R[i, 0], R[i, 1], R[i, 2]
        R[i, 0] = a * m00 + b * m10 + d * m20
        R[i, 1] = a * m01 + b * m11 + d * m21
        R[i, 2] = a * m02 + b * m12 + d * m22


@kernel
def joint_frame(
    skeleton: Skeleton, b: int, value: np.ndarray, R: np.ndarray, p: np.ndarray, axes: np.ndarray, M: np.ndarray
) -> None:
    """Pose body b once its parent is posed.

    Fills R[b], p[b] and `axes` (7, 3) in ground: the three rotation axes as met in sequence, the three
    translation axes, and the point that the rotations turn about. M (3, 3) is scratch.
    """
    parent = skeleton.parent[b]
    for i in range(3):
        for j in range(3):
            if parent >= 0:
                s = 0.0
                for k in range(3):
                    s += R[parent, i, k] * skeleton.parent_rotation[b, k, j]
                M[i, j] = s
            else:
                M[i, j] = skeleton.parent_rotation[b, i, j]
    for i in range(3):
        point = skeleton.parent_position[b, i]
        if parent >= 0:
            point = p[parent, i]
            for k in range(3):
                point += R[parent, i, k] * skeleton.parent_position[b, k]
        for k in range(3, 6):
            a = skeleton.axis[b, k]
            axes[k, i] = M[i, 0] * a[0] + M[i, 1] * a[1] + M[i, 2] * a[2]
            point += axes[k, i] * value[b, k]
        axes[6, i] = point
    for k in range(3):
        a = skeleton.axis[b, k]
        for i in range(3):
            axes[k, i] = M[i, 0] * a[0] + M[i, 1] * a[1] + M[i, 2] * a[2]
        rotate_about(M, a, value[b, k])
    for i in range(3):
        for j in range(3):
            s = 0.0
            for k in range(3):
                s += M[i, k] * skeleton.child_rotation[b, j, k]
            R[b, i, j] = s
    for i in range(3):
        c = skeleton.child_position[b]
        p[b, i] = axes[6, i] - R[b, i, 0] * c[0] - R[b, i, 1] * c[1] - R[b, i, 2] * c[2]


@kernel
def pose_frame(
    skeleton: Skeleton,
    q: np.ndarray,
    R: np.ndarray,
    p: np.ndarray,
    value: np.ndarray,
    slope: np.ndarray,
    axes: np.ndarray,
) -> None:
    """Pose all bodies of one frame.

    q (coordinates,) in; R (bodies, 3, 3), p (bodies, 3), value and slope (bodies, 6), axes (bodies, 7, 3) out.
    """
    axis_values(skeleton, q, value, slope)
    M = np.empty((3, 3))
    for b in range(skeleton.parent.size):
        joint_frame(skeleton, b, value, R, p, axes[b], M)


@kernel
def jacobian_frame(
    skeleton: Skeleton,
    q: np.ndarray,
    p: np.ndarray,
    slope: np.ndarray,
    axes: np.ndarray,
    angular: np.ndarray,
    linear: np.ndarray,
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
                w = angular[parent, j]
                angular[b, j] = w
                linear[b, j, 0] = linear[parent, j, 0] + w[1] * d2 - w[2] * d1
                linear[b, j, 1] = linear[parent, j, 1] + w[2] * d0 - w[0] * d2
                linear[b, j, 2] = linear[parent, j, 2] + w[0] * d1 - w[1] * d0
        r0, r1, r2 = p[b, 0] - axes[b, 6, 0], p[b, 1] - axes[b, 6, 1], p[b, 2] - axes[b, 6, 2]
        for k in range(6):
            for source in range(2):
                if source == 0:
                    j, rate = skeleton.axis_coordinate[b, k], slope[b, k]
                    if j >= n:
                        j = skeleton.driver[j - n]
                else:
                    j, rate = skeleton.offset_coordinate[b, k], skeleton.offset_sign[b, k]
                if j < 0 or rate == 0.0:
                    continue
                a = axes[b, k]
                if k < 3:
                    angular[b, j, 0] += rate * a[0]
                    angular[b, j, 1] += rate * a[1]
                    angular[b, j, 2] += rate * a[2]
                    linear[b, j, 0] += rate * (a[1] * r2 - a[2] * r1)
                    linear[b, j, 1] += rate * (a[2] * r0 - a[0] * r2)
                    linear[b, j, 2] += rate * (a[0] * r1 - a[1] * r0)
                else:
                    linear[b, j, 0] += rate * a[0]
                    linear[b, j, 1] += rate * a[1]
                    linear[b, j, 2] += rate * a[2]


@parallel_kernel
def _forward(skeleton: Skeleton, q: np.ndarray, rotation: np.ndarray, position: np.ndarray) -> None:
    bodies = skeleton.parent.size
    for f in prange(q.shape[0]):
        value, slope, axes = np.empty((bodies, 6)), np.empty((bodies, 6)), np.empty((bodies, 7, 3))
        pose_frame(skeleton, q[f], rotation[f], position[f], value, slope, axes)


@parallel_kernel
def _jacobian(skeleton: Skeleton, q: np.ndarray, angular: np.ndarray, linear: np.ndarray) -> None:
    bodies = skeleton.parent.size
    for f in prange(q.shape[0]):
        value, slope, axes = np.empty((bodies, 6)), np.empty((bodies, 6)), np.empty((bodies, 7, 3))
        R, p = np.empty((bodies, 3, 3)), np.empty((bodies, 3))
        pose_frame(skeleton, q[f], R, p, value, slope, axes)
        jacobian_frame(skeleton, q[f], p, slope, axes, angular[f], linear[f])
