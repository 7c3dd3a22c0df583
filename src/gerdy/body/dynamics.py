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
from gerdy.body.kinematics import as_poses, evaluate, pose_bodies, project_wrenches
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

    Examples
    --------
    >>> import numpy as np
    >>> from gerdy import body
    >>> t = np.arange(0.0, 1.0, 0.01)
    >>> rates = body.differentiate(t, (t**2)[:, None])
    >>> bool(np.allclose(rates.acceleration, 2.0))
    True
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


def inverse_dynamics(body: CompiledBody, q: ArrayLike, rates: MotionRates, loads: Loads | None = None) -> Array:
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


def _load_arrays(body: CompiledBody, loads: Loads | None, frames: int) -> tuple[Indices, Array, Array, Array]:
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
    skeleton: Skeleton,
    q: Array,
    qd: Array,
    qdd: Array,
    f: int,
    value: Array,
    slope: Array,
    rate: Array,
    second: Array,
) -> None:
    """Fill value, slope to the own coordinate, first and second time derivative of each axis (bodies, 6)."""
    n = q.shape[1]
    for b in range(skeleton.parent.size):
        for k in range(6):
            c = skeleton.axis_coordinate[b, k]
            x = dx = xd = xdd = 0.0
            if c >= n:
                d = skeleton.driver[c - n]
                x, dx, ddx = evaluate(skeleton, skeleton.driver_function[c - n], q[f, d])
                xd = dx * qd[f, d]
                xdd = ddx * qd[f, d] ** 2 + dx * qdd[f, d]
            elif c >= 0:
                x, dx, xd, xdd = q[f, c], 1.0, qd[f, c], qdd[f, c]
            y, dy, ddy = evaluate(skeleton, skeleton.axis_function[b, k], x)
            scale = skeleton.axis_scale[b, k]
            value[b, k] = scale * y
            slope[b, k] = scale * dy * dx
            rate[b, k] = scale * dy * xd
            second[b, k] = scale * (ddy * xd**2 + dy * xdd)
            o = skeleton.offset_coordinate[b, k]
            if o >= 0:
                value[b, k] += skeleton.offset_sign[b, k] * q[f, o]
                rate[b, k] += skeleton.offset_sign[b, k] * qd[f, o]
                second[b, k] += skeleton.offset_sign[b, k] * qdd[f, o]


@kernel
def _add_carried(w: Array, alpha: Array, source: int, r0: float, r1: float, r2: float, a: Array, b: int) -> None:
    """Add to a[b] the acceleration of a point at r on a body turning with w and alpha: alpha x r + w x (w x r)."""
    w0, w1, w2 = w[source, 0], w[source, 1], w[source, 2]
    along = w0 * r0 + w1 * r1 + w2 * r2
    square = w0 * w0 + w1 * w1 + w2 * w2
    a[b, 0] += alpha[source, 1] * r2 - alpha[source, 2] * r1 + w0 * along - square * r0
    a[b, 1] += alpha[source, 2] * r0 - alpha[source, 0] * r2 + w1 * along - square * r1
    a[b, 2] += alpha[source, 0] * r1 - alpha[source, 1] * r0 + w2 * along - square * r2


@kernel
def _move(
    skeleton: Skeleton, p: Array, axes: Array, rate: Array, second: Array, w: Array, alpha: Array, a: Array
) -> None:
    """Angular velocity, angular acceleration and acceleration of the origin of each body, from its parent's."""
    for b in range(skeleton.parent.size):
        parent = skeleton.parent[b]
        w0 = w1 = w2 = 0.0
        for i in range(3):
            alpha[b, i] = a[b, i] = 0.0
        if parent >= 0:
            w0, w1, w2 = w[parent, 0], w[parent, 1], w[parent, 2]
            for i in range(3):
                alpha[b, i], a[b, i] = alpha[parent, i], a[parent, i]
            r0, r1, r2 = axes[b, 6, 0] - p[parent, 0], axes[b, 6, 1] - p[parent, 1], axes[b, 6, 2] - p[parent, 2]
            _add_carried(w, alpha, parent, r0, r1, r2, a, b)
        for k in range(3, 6):
            if rate[b, k] != 0.0 or second[b, k] != 0.0:
                s0, s1, s2 = axes[b, k, 0], axes[b, k, 1], axes[b, k, 2]
                a[b, 0] += second[b, k] * s0 + 2.0 * rate[b, k] * (w1 * s2 - w2 * s1)
                a[b, 1] += second[b, k] * s1 + 2.0 * rate[b, k] * (w2 * s0 - w0 * s2)
                a[b, 2] += second[b, k] * s2 + 2.0 * rate[b, k] * (w0 * s1 - w1 * s0)
        for k in range(3):
            if rate[b, k] != 0.0 or second[b, k] != 0.0:
                s0, s1, s2 = axes[b, k, 0], axes[b, k, 1], axes[b, k, 2]
                alpha[b, 0] += second[b, k] * s0 + rate[b, k] * (w1 * s2 - w2 * s1)
                alpha[b, 1] += second[b, k] * s1 + rate[b, k] * (w2 * s0 - w0 * s2)
                alpha[b, 2] += second[b, k] * s2 + rate[b, k] * (w0 * s1 - w1 * s0)
                w0, w1, w2 = w0 + rate[b, k] * s0, w1 + rate[b, k] * s1, w2 + rate[b, k] * s2
        w[b, 0], w[b, 1], w[b, 2] = w0, w1, w2
        r0, r1, r2 = p[b, 0] - axes[b, 6, 0], p[b, 1] - axes[b, 6, 1], p[b, 2] - axes[b, 6, 2]
        _add_carried(w, alpha, b, r0, r1, r2, a, b)


@kernel
def _inertial_wrenches(
    skeleton: Skeleton, R: Array, w: Array, alpha: Array, a: Array, force: Array, moment: Array
) -> None:
    """Force and moment about its origin that each body needs to move as it does against gravity (Newton, Euler)."""
    I = skeleton.inertia
    for b in range(skeleton.parent.size):
        c0, c1, c2 = skeleton.mass_center[b, 0], skeleton.mass_center[b, 1], skeleton.mass_center[b, 2]
        r0 = R[b, 0, 0] * c0 + R[b, 0, 1] * c1 + R[b, 0, 2] * c2
        r1 = R[b, 1, 0] * c0 + R[b, 1, 1] * c1 + R[b, 1, 2] * c2
        r2 = R[b, 2, 0] * c0 + R[b, 2, 1] * c1 + R[b, 2, 2] * c2
        for i in range(3):
            force[b, i] = a[b, i] - skeleton.gravity[i]
        _add_carried(w, alpha, b, r0, r1, r2, force, b)
        for i in range(3):
            force[b, i] *= skeleton.mass[b]
        lw0 = R[b, 0, 0] * w[b, 0] + R[b, 1, 0] * w[b, 1] + R[b, 2, 0] * w[b, 2]
        lw1 = R[b, 0, 1] * w[b, 0] + R[b, 1, 1] * w[b, 1] + R[b, 2, 1] * w[b, 2]
        lw2 = R[b, 0, 2] * w[b, 0] + R[b, 1, 2] * w[b, 1] + R[b, 2, 2] * w[b, 2]
        la0 = R[b, 0, 0] * alpha[b, 0] + R[b, 1, 0] * alpha[b, 1] + R[b, 2, 0] * alpha[b, 2]
        la1 = R[b, 0, 1] * alpha[b, 0] + R[b, 1, 1] * alpha[b, 1] + R[b, 2, 1] * alpha[b, 2]
        la2 = R[b, 0, 2] * alpha[b, 0] + R[b, 1, 2] * alpha[b, 1] + R[b, 2, 2] * alpha[b, 2]
        h0 = I[b, 0, 0] * lw0 + I[b, 0, 1] * lw1 + I[b, 0, 2] * lw2
        h1 = I[b, 1, 0] * lw0 + I[b, 1, 1] * lw1 + I[b, 1, 2] * lw2
        h2 = I[b, 2, 0] * lw0 + I[b, 2, 1] * lw1 + I[b, 2, 2] * lw2
        t0 = I[b, 0, 0] * la0 + I[b, 0, 1] * la1 + I[b, 0, 2] * la2 + lw1 * h2 - lw2 * h1
        t1 = I[b, 1, 0] * la0 + I[b, 1, 1] * la1 + I[b, 1, 2] * la2 + lw2 * h0 - lw0 * h2
        t2 = I[b, 2, 0] * la0 + I[b, 2, 1] * la1 + I[b, 2, 2] * la2 + lw0 * h1 - lw1 * h0
        moment[b, 0] = R[b, 0, 0] * t0 + R[b, 0, 1] * t1 + R[b, 0, 2] * t2 + r1 * force[b, 2] - r2 * force[b, 1]
        moment[b, 1] = R[b, 1, 0] * t0 + R[b, 1, 1] * t1 + R[b, 1, 2] * t2 + r2 * force[b, 0] - r0 * force[b, 2]
        moment[b, 2] = R[b, 2, 0] * t0 + R[b, 2, 1] * t1 + R[b, 2, 2] * t2 + r0 * force[b, 1] - r1 * force[b, 0]


@kernel
def _subtract_loads(
    rows: Indices, f: int, p: Array, load: Array, point: Array, free: Array, force: Array, moment: Array
) -> None:
    """Take the external forces off what their bodies need; a load of zero has no point."""
    for i in range(rows.size):
        b = rows[i]
        f0, f1, f2 = load[f, i, 0], load[f, i, 1], load[f, i, 2]
        nothing = f0 == 0.0 and f1 == 0.0 and f2 == 0.0
        if nothing and free[f, i, 0] == 0.0 and free[f, i, 1] == 0.0 and free[f, i, 2] == 0.0:
            continue
        r0, r1, r2 = point[f, i, 0] - p[b, 0], point[f, i, 1] - p[b, 1], point[f, i, 2] - p[b, 2]
        force[b, 0] -= f0
        force[b, 1] -= f1
        force[b, 2] -= f2
        moment[b, 0] -= free[f, i, 0] + r1 * f2 - r2 * f1
        moment[b, 1] -= free[f, i, 1] + r2 * f0 - r0 * f2
        moment[b, 2] -= free[f, i, 2] + r0 * f1 - r1 * f0


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
        for f in range(task * FRAMES_PER_TASK, min(frames, (task + 1) * FRAMES_PER_TASK)):
            axis_rates(skeleton, q, qd, qdd, f, value, slope, rate, second)
            pose_bodies(skeleton, value, R, p, axes)
            _move(skeleton, p, axes, rate, second, w, alpha, a)
            _inertial_wrenches(skeleton, R, w, alpha, a, force, moment)
            _subtract_loads(rows, f, p, load, point, free, force, moment)
            project_wrenches(skeleton, f, p, axes, slope, force, moment, result)
