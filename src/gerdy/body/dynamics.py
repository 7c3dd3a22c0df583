"""Net joint moments from motion and ground reaction force: Newton and Euler on the joint tree.

Forward, each body gets its angular velocity and its accelerations from its parent's; backward, each joint
carries what is needed to move everything beyond it. The generalised force of a coordinate is that wrench
projected on the axes the coordinate turns or slides, so coupled coordinates (the knee's own rotation and
adduction, the patella) are included by virtual work.

References
----------
.. [Featherstone2008] Featherstone (2008). Rigid Body Dynamics Algorithms, chapter 5. Springer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import prange
from scipy.interpolate import make_interp_spline

from gerdy.body.kernels import kernel, parallel_kernel
from gerdy.body.kinematics import as_poses, evaluate, joint_frame
from gerdy.errors import BodyError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from gerdy.body.model import CompiledBody, Skeleton
    from gerdy.quantities import Array, Indices

FRAMES_PER_TASK = 16
SPLINE_DEGREE = 5


class Loads(NamedTuple):
    """External forces on bodies, in ground; one or two plates, one column per foot.

    Attributes
    ----------
    bodies : names of the bodies they act on, for example ("calcn_r", "calcn_l")
    force : (frames, loads, 3) N on the body
    point : (frames, loads, 3) m, where it acts; ignored (may be NaN) where force and moment are zero
    moment : (frames, loads, 3) N·m, free moment on the body
    """

    bodies: tuple[str, ...]
    force: Array
    point: Array
    moment: Array


class MotionRates(NamedTuple):
    """Velocities and accelerations of the coordinates, each (frames, coordinates); NaN where not known."""

    velocity: Array
    acceleration: Array


def differentiate(time: ArrayLike, q: ArrayLike) -> MotionRates:
    """Velocity and acceleration of coordinates, from the quintic spline through them.

    Parameters
    ----------
    time : (frames,) s, increasing
    q : (frames, coordinates), filtered already; a frame with a NaN ends one spline and begins the next

    Returns
    -------
    MotionRates
        NaN in frames that lie in a run of fewer than six recorded ones

    Raises
    ------
    BodyError
        Times do not increase, or do not match q.
    """
    t, poses = np.asarray(time, dtype=float), np.atleast_2d(np.asarray(q, dtype=float))
    if t.shape != (len(poses),) or not (np.diff(t) > 0).all():
        raise BodyError(f"Expected {len(poses)} increasing times, one per frame; got shape {t.shape}.")
    velocity, acceleration = np.full_like(poses, np.nan), np.full_like(poses, np.nan)
    recorded = np.isfinite(poses).all(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], recorded, [False])).astype(int)))
    for start, end in edges.reshape(-1, 2):
        if end - start > SPLINE_DEGREE:
            run = slice(start, end)
            spline = make_interp_spline(t[run], poses[run], k=SPLINE_DEGREE)
            velocity[run], acceleration[run] = spline.derivative(1)(t[run]), spline.derivative(2)(t[run])
    return MotionRates(velocity, acceleration)


def inverse_dynamics(
    body: CompiledBody, q: ArrayLike, rates: MotionRates, loads: Loads | None = None
) -> Array:
    """Generalised force of every coordinate that the motion and the loads require.

    Parameters
    ----------
    body : the compiled body
    q : (frames, coordinates), rad and m
    rates : velocities and accelerations of the same shape
    loads : forces on bodies; None where nothing touches the body

    Returns
    -------
    (frames, coordinates)
        N·m for rotations, N for translations, in the sign of the coordinate: what the joint must supply.
        The six pelvis columns are the residuals: what motion, masses and forces leave unexplained.
        NaN where pose, rates or loads are not recorded.

    Raises
    ------
    BodyError
        Shapes do not match, or a load names a body that is not there.

    References
    ----------
    [Featherstone2008]_ recursive Newton-Euler; the patella is carried with the knee.

    Examples
    --------
    >>> import numpy as np
    >>> from gerdy import body
    >>> generic = body.load()
    >>> still = np.zeros((1, len(generic.coordinates)))
    >>> force = body.inverse_dynamics(generic, generic.default_pose(), body.MotionRates(still, still))
    >>> weight = force[0, generic.coordinate_index("pelvis_ty")]
    >>> bool(abs(weight - 9.80665 * generic.mass) < 0.01)
    True
    """
    poses = as_poses(body, q)
    velocity, acceleration = as_poses(body, rates.velocity), as_poses(body, rates.acceleration)
    if not (velocity.shape == acceleration.shape == poses.shape):
        raise BodyError(f"Velocities {velocity.shape} and poses {poses.shape} differ; expected the same shape.")
    rows, force, point, moment = _load_arrays(body, loads, len(poses))
    result = np.zeros_like(poses)
    _inverse_dynamics(body.skeleton, poses, velocity, acceleration, rows, force, point, moment, result)
    return result


def _load_arrays(
    body: CompiledBody, loads: Loads | None, frames: int
) -> tuple[Indices, Array, Array, Array]:
    if loads is None:
        empty = np.zeros((frames, 0, 3))
        return np.zeros(0, dtype=np.int64), empty, empty, empty
    rows = np.array([body.body_index(name) for name in loads.bodies], dtype=np.int64)
    shape = (frames, len(rows), 3)
    parts = [np.ascontiguousarray(a, dtype=float) for a in (loads.force, loads.point, loads.moment)]
    if any(part.shape != shape for part in parts):
        raise BodyError(f"Loads have shapes {[p.shape for p in parts]}; expected {shape}: frames, loads, xyz.")
    return rows, parts[0], parts[1], parts[2]


@kernel
def axis_rates(
    skeleton: Skeleton, q: Array, qd: Array, qdd: Array, value: Array, slope: Array, rate: Array, second: Array
) -> None:
    """Fill value, slope to the own coordinate, first and second time derivative of each axis (bodies, 6)."""
    n = q.size
    for b in range(skeleton.parent.size):
        for k in range(6):
            c = skeleton.axis_coordinate[b, k]
            x = dx = xd = xdd = 0.0
            if c >= n:
                d = skeleton.driver[c - n]
                x, dx, ddx = evaluate(skeleton, skeleton.driver_function[c - n], q[d])
                xd = dx * qd[d]
                xdd = ddx * qd[d] ** 2 + dx * qdd[d]
            elif c >= 0:
                x, dx, xd, xdd = q[c], 1.0, qd[c], qdd[c]
            f, df, ddf = evaluate(skeleton, skeleton.axis_function[b, k], x)
            scale = skeleton.axis_scale[b, k]
            value[b, k] = scale * f
            slope[b, k] = scale * df * dx
            rate[b, k] = scale * df * xd
            second[b, k] = scale * (ddf * xd**2 + df * xdd)
            o = skeleton.offset_coordinate[b, k]
            if o >= 0:
                value[b, k] += skeleton.offset_sign[b, k] * q[o]
                rate[b, k] += skeleton.offset_sign[b, k] * qd[o]
                second[b, k] += skeleton.offset_sign[b, k] * qdd[o]


@kernel
def add_cross(a: Array, b: Array, out: Array) -> None:
    """Add a x b to out."""
    out[0] += a[1] * b[2] - a[2] * b[1]
    out[1] += a[2] * b[0] - a[0] * b[2]
    out[2] += a[0] * b[1] - a[1] * b[0]


@kernel
def add_carried(w: Array, alpha: Array, r: Array, out: Array) -> None:
    """Add the acceleration of a point at r on a body turning with w and alpha: alpha x r + w x (w x r)."""
    add_cross(alpha, r, out)
    along = w[0] * r[0] + w[1] * r[1] + w[2] * r[2]
    square = w[0] ** 2 + w[1] ** 2 + w[2] ** 2
    for i in range(3):
        out[i] += w[i] * along - square * r[i]


@kernel
def _move_body(
    skeleton: Skeleton,
    b: int,
    p: Array,
    axes: Array,
    rate: Array,
    second: Array,
    w: Array,
    alpha: Array,
    a: Array,
    r: Array,
    slide: Array,
) -> None:
    """Angular velocity, angular acceleration and acceleration of the origin of body b, from its parent's."""
    parent = skeleton.parent[b]
    for i in range(3):
        w[b, i] = alpha[b, i] = a[b, i] = slide[i] = 0.0
        if parent >= 0:
            w[b, i], alpha[b, i], a[b, i] = w[parent, i], alpha[parent, i], a[parent, i]
    if parent >= 0:
        for i in range(3):
            r[i] = axes[6, i] - p[parent, i]
        add_carried(w[parent], alpha[parent], r, a[b])
    for k in range(3, 6):
        for i in range(3):
            slide[i] += 2.0 * rate[b, k] * axes[k, i]
            a[b, i] += second[b, k] * axes[k, i]
    add_cross(w[b], slide, a[b])
    for k in range(3):
        for i in range(3):
            slide[i] = rate[b, k] * axes[k, i]
        add_cross(w[b], slide, alpha[b])
        for i in range(3):
            w[b, i] += slide[i]
            alpha[b, i] += second[b, k] * axes[k, i]
    for i in range(3):
        r[i] = p[b, i] - axes[6, i]
    add_carried(w[b], alpha[b], r, a[b])


@kernel
def _inertial_wrench(
    skeleton: Skeleton,
    b: int,
    R: Array,
    w: Array,
    alpha: Array,
    a: Array,
    force: Array,
    moment: Array,
    r: Array,
    t: Array,
) -> None:
    """Force and moment about its origin that body b needs to move as it does against gravity."""
    mass = skeleton.mass[b]
    I = skeleton.inertia[b]
    for i in range(3):
        r[i] = 0.0
        for k in range(3):
            r[i] += R[b, i, k] * skeleton.mass_center[b, k]
        t[i] = a[b, i] - skeleton.gravity[i]
    add_carried(w[b], alpha[b], r, t)
    for i in range(3):
        force[b, i] = mass * t[i]
        moment[b, i] = 0.0
    add_cross(r, force[b], moment[b])
    lw0 = R[b, 0, 0] * w[b, 0] + R[b, 1, 0] * w[b, 1] + R[b, 2, 0] * w[b, 2]
    lw1 = R[b, 0, 1] * w[b, 0] + R[b, 1, 1] * w[b, 1] + R[b, 2, 1] * w[b, 2]
    lw2 = R[b, 0, 2] * w[b, 0] + R[b, 1, 2] * w[b, 1] + R[b, 2, 2] * w[b, 2]
    la0 = R[b, 0, 0] * alpha[b, 0] + R[b, 1, 0] * alpha[b, 1] + R[b, 2, 0] * alpha[b, 2]
    la1 = R[b, 0, 1] * alpha[b, 0] + R[b, 1, 1] * alpha[b, 1] + R[b, 2, 1] * alpha[b, 2]
    la2 = R[b, 0, 2] * alpha[b, 0] + R[b, 1, 2] * alpha[b, 1] + R[b, 2, 2] * alpha[b, 2]
    h0 = I[0, 0] * lw0 + I[0, 1] * lw1 + I[0, 2] * lw2
    h1 = I[1, 0] * lw0 + I[1, 1] * lw1 + I[1, 2] * lw2
    h2 = I[2, 0] * lw0 + I[2, 1] * lw1 + I[2, 2] * lw2
    r[0] = I[0, 0] * la0 + I[0, 1] * la1 + I[0, 2] * la2 + lw1 * h2 - lw2 * h1
    r[1] = I[1, 0] * la0 + I[1, 1] * la1 + I[1, 2] * la2 + lw2 * h0 - lw0 * h2
    r[2] = I[2, 0] * la0 + I[2, 1] * la1 + I[2, 2] * la2 + lw0 * h1 - lw1 * h0
    for i in range(3):
        moment[b, i] += R[b, i, 0] * r[0] + R[b, i, 1] * r[1] + R[b, i, 2] * r[2]


@kernel
def _project(
    skeleton: Skeleton,
    b: int,
    n: int,
    p: Array,
    axes: Array,
    slope: Array,
    force: Array,
    moment: Array,
    r: Array,
    result: Array,
) -> None:
    """Generalised forces of the joint of body b, and its wrench handed to the parent."""
    for i in range(3):
        r[i] = p[b, i] - axes[6, i]
    add_cross(r, force[b], moment[b])
    for k in range(6):
        wrench = moment[b] if k < 3 else force[b]
        along = axes[k, 0] * wrench[0] + axes[k, 1] * wrench[1] + axes[k, 2] * wrench[2]
        c = skeleton.axis_coordinate[b, k]
        if c >= n:
            result[skeleton.driver[c - n]] += slope[b, k] * along
        elif c >= 0:
            result[c] += slope[b, k] * along
        o = skeleton.offset_coordinate[b, k]
        if o >= 0:
            result[o] += skeleton.offset_sign[b, k] * along
    parent = skeleton.parent[b]
    if parent >= 0:
        for i in range(3):
            r[i] = axes[6, i] - p[parent, i]
            force[parent, i] += force[b, i]
            moment[parent, i] += moment[b, i]
        add_cross(r, force[b], moment[parent])


@kernel
def _subtract_load(b: int, p: Array, f: Array, point: Array, free: Array, force: Array, moment: Array, r: Array) -> None:
    """Take an external force off what body b needs; a load of zero has no point."""
    if f[0] == 0.0 and f[1] == 0.0 and f[2] == 0.0 and free[0] == 0.0 and free[1] == 0.0 and free[2] == 0.0:
        return
    for i in range(3):
        r[i] = p[b, i] - point[i]
        force[b, i] -= f[i]
        moment[b, i] -= free[i]
    add_cross(r, f, moment[b])


@parallel_kernel
def _inverse_dynamics(
    skeleton: Skeleton,
    q: Array,
    qd: Array,
    qdd: Array,
    rows: Indices,
    load: Array,
    point: Array,
    free: Array,
    result: Array,
) -> None:
    bodies, frames = skeleton.parent.size, q.shape[0]
    for task in prange((frames + FRAMES_PER_TASK - 1) // FRAMES_PER_TASK):
        value, slope = np.empty((bodies, 6)), np.empty((bodies, 6))
        rate, second = np.empty((bodies, 6)), np.empty((bodies, 6))
        R, p, axes = np.empty((bodies, 3, 3)), np.empty((bodies, 3)), np.empty((bodies, 7, 3))
        w, alpha, a = np.empty((bodies, 3)), np.empty((bodies, 3)), np.empty((bodies, 3))
        force, moment = np.empty((bodies, 3)), np.empty((bodies, 3))
        M, r, t = np.empty((3, 3)), np.empty(3), np.empty(3)
        for f in range(task * FRAMES_PER_TASK, min(frames, (task + 1) * FRAMES_PER_TASK)):
            axis_rates(skeleton, q[f], qd[f], qdd[f], value, slope, rate, second)
            for b in range(bodies):
                joint_frame(skeleton, b, value, R, p, axes[b], M)
                _move_body(skeleton, b, p, axes[b], rate, second, w, alpha, a, r, t)
                _inertial_wrench(skeleton, b, R, w, alpha, a, force, moment, r, t)
            for i in range(rows.size):
                _subtract_load(rows[i], p, load[f, i], point[f, i], free[f, i], force, moment, r)
            for b in range(bodies - 1, -1, -1):
                _project(skeleton, b, q.shape[1], p, axes[b], slope, force, moment, r, result[f])
