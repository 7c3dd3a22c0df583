"""Muscle paths from their declarations: points, cylinders, length and OpenSim's moment arms.

This is the slow, exact side of muscle geometry (some microseconds per path). The polynomials of a body are
fitted to it, and again when a body is scaled; running uses the polynomials.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import prange

from gerdy.body.kernels import kernel, parallel_kernel
from gerdy.body.kinematics import as_poses, pose_frame, project_wrenches
from gerdy.body.wrapping import GEODESIC, IN_PLANE, INSIDE, MISSES, MUST_WRAP, SLID, WRAPS, wrap_cylinder
from gerdy.errors import BodyError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from gerdy.body.model import CompiledBody, Skeleton
    from gerdy.body.muscle_arrays import Muscles, Paths
    from gerdy.quantities import Array, Indices

MOST_NODES = 32
OPENSIM_SWEEPS = 8
MOST_SWEEPS = 60
SETTLED_M = 0.0005
CONVERGED_M = 1e-7


def path_lengths(body: CompiledBody, q: ArrayLike, muscles: tuple[str, ...] = (), *, as_opensim: bool = False) -> Array:
    """Exact length of muscle paths, cylinder by cylinder.

    Parameters
    ----------
    body : the compiled body
    q : (frames, coordinates), rad and m
    muscles : names; none is all

    Returns
    -------
    (frames, muscles) m

    Raises
    ------
    BodyError
        The body has no muscles, or not these.
    """
    stored, chosen, poses = _asked(body, q, muscles)
    lengths = np.empty((len(poses), len(chosen)))
    _lengths(body.skeleton, stored.paths, poses, chosen, as_opensim, lengths)
    return lengths


def path_moment_arms(
    body: CompiledBody, q: ArrayLike, muscles: tuple[str, ...] = (), *, as_opensim: bool = False
) -> Array:
    """Moment arms as OpenSim computes them: tension on the straight parts of the path, wrap points held.

    Equal to -dL/dq except where two cylinders in sequence are not solved jointly (the gastrocnemii).

    Parameters
    ----------
    body : the compiled body
    q : (frames, coordinates), rad and m
    muscles : names; none is all

    Returns
    -------
    (frames, muscles, coordinates) m per rad (or 1 for translations)

    References
    ----------
    .. [Sherman2013] Sherman, Seth, Delp (2013). What is a moment arm? Calculating muscle effectiveness in
       biomechanical models using generalized coordinates. ASME IDETC, DETC2013-13633.
    """
    stored, chosen, poses = _asked(body, q, muscles)
    arms = np.zeros((len(poses), len(chosen), poses.shape[1]))
    _moment_arms(body.skeleton, stored.paths, poses, chosen, as_opensim, arms)
    return arms


def _asked(body: CompiledBody, q: ArrayLike, names: tuple[str, ...]) -> tuple[Muscles, Indices, Array]:
    stored = muscles_of(body)
    chosen = np.array([stored.index(name) for name in names or stored.names])
    return stored, chosen, as_poses(body, q)


def muscles_of(body: CompiledBody) -> Muscles:
    """Return the muscles of a body, or refuse a bare skeleton."""
    if body.muscles is None:
        raise BodyError(f"{body.name} was compiled without muscles. Compile the model again: gerdy compile.")
    return body.muscles


@kernel
def trace(
    paths: Paths,
    m: int,
    as_opensim: bool,
    R: Array,
    p: Array,
    node: Array,
    shown: Array,
    node_body: Indices,
    node_wrap: Indices,
    arc: Array,
) -> int:
    """Lay the path of muscle m on posed bodies.

    Fills node and shown (nodes, 3) in ground, the body each node is fixed to, the wrap it lies on (-1: none) and
    the arc length that ends in it; returns the number of nodes. Lengths and directions are taken between `shown`.
    `as_opensim` copies OpenSim 4.6 where a path has several cylinders: it stops at 0.5 mm, and measures with the wrap
    points of its first sweep (their place in ground is cached and not renewed), while the arcs are the last's.
    """
    first = paths.point_start[m]
    count = paths.point_start[m + 1] - first
    order = np.empty(MOST_NODES, np.int64)
    for i in range(count):
        b = paths.point_body[first + i]
        for k in range(3):
            node[i, k] = p[b, k]
            for j in range(3):
                node[i, k] += R[b, k, j] * paths.point[first + i, j]
        node_body[i], node_wrap[i], arc[i], order[i] = b, -1, 0.0, i
    wraps = paths.wrap_start[m + 1] - paths.wrap_start[m]
    if wraps == 0:
        shown[:count] = node[:count]
        return count
    swapped = False
    last = np.inf
    settled = SETTLED_M if as_opensim else CONVERGED_M
    how = IN_PLANE if wraps < 2 else SLID if as_opensim else GEODESIC
    first_seen = np.full((wraps, 2, 3), np.nan)
    status = np.zeros(max(wraps, 2), np.int64)
    for sweep in range(1 if wraps < 2 else OPENSIM_SWEEPS if as_opensim else MOST_SWEEPS):
        for turn in range(wraps):
            w = paths.wrap_start[m] + (1 - turn if swapped and turn < 2 else turn)
            count = _remove(w, count, node, node_body, node_wrap, arc, order)
            status[turn], count = _wrap_path(paths, w, how, R, p, count, node, node_body, node_wrap, arc, order)
        shown[:count] = node[:count]
        if as_opensim:
            _as_first_seen(count, paths.wrap_start[m], node, node_wrap, first_seen, shown)
        length = path_length(count, shown, node_wrap, arc)
        if abs(length - last) < settled:
            break
        last = length
        if sweep == 0 and wraps > 1 and status[0] == MISSES and status[1] == INSIDE:
            swapped = True
            count = _remove(paths.wrap_start[m], count, node, node_body, node_wrap, arc, order)
    return count


@kernel
def _as_first_seen(count: int, first: int, node: Array, node_wrap: Indices, first_seen: Array, shown: Array) -> None:
    """Put every wrap point where it was when its place in ground was first asked for."""
    for i in range(count):
        w = node_wrap[i] - first
        if node_wrap[i] >= 0:
            end = 0 if i + 1 < count and node_wrap[i + 1] == node_wrap[i] else 1
            if np.isnan(first_seen[w, end, 0]):
                first_seen[w, end] = node[i]
            shown[i] = first_seen[w, end]


@kernel
def path_length(count: int, shown: Array, node_wrap: Indices, arc: Array) -> float:
    """Length of a traced path: chords, and arcs where two nodes lie on the same cylinder."""
    length = 0.0
    for i in range(1, count):
        if node_wrap[i] >= 0 and node_wrap[i] == node_wrap[i - 1]:
            length += arc[i]
        else:
            length += _distance(shown[i], shown[i - 1])
    return length


@kernel
def _distance(a: Array, b: Array) -> float:
    return np.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2)


@kernel
def _remove(w: int, count: int, node: Array, node_body: Indices, node_wrap: Indices, arc: Array, order: Indices) -> int:
    """Take the two nodes of wrap w out of the path."""
    for i in range(count):
        if node_wrap[i] == w:
            for k in range(i, count - 2):
                node[k], node_body[k], node_wrap[k] = node[k + 2], node_body[k + 2], node_wrap[k + 2]
                arc[k], order[k] = arc[k + 2], order[k + 2]
            return count - 2
    return count


@kernel
def _cylinder_frame(paths: Paths, w: int, R: Array, p: Array, A: Array, o: Array) -> int:
    """Fill the axes A (3, 3) and origin o (3,) in ground of the cylinder of wrap w; return its body."""
    c = paths.wrap_cylinder[w]
    b = paths.cylinder_body[c]
    for i in range(3):
        o[i] = p[b, i]
        for k in range(3):
            o[i] += R[b, i, k] * paths.cylinder_position[c, k]
            A[i, k] = 0.0
            for j in range(3):
                A[i, k] += R[b, i, j] * paths.cylinder_rotation[c, j, k]
    return int(b)


@kernel
def _best_segment(
    paths: Paths,
    w: int,
    how: int,
    A: Array,
    o: Array,
    count: int,
    node: Array,
    node_wrap: Indices,
    order: Indices,
    best: Array,
) -> tuple[int, int, float]:
    """Find the segment of the path to wrap over a cylinder.

    A segment that goes through the cylinder must wrap; else the one whose length changes least does. Returns the last
    status, the node before which to insert (-1: none) and the arc; fills best (2, 3) with the tangent points.
    """
    c = paths.wrap_cylinder[w]
    a1, a2, r1, r2 = np.empty(3), np.empty(3), np.empty(3), np.empty(3)
    found, arc, least, status, active = -1, 0.0, np.inf, MISSES, False
    for i in range(count - 1):
        active = (active or order[i] == paths.wrap_first[w]) and order[i] != paths.wrap_last[w]
        if not active or (node_wrap[i] >= 0 and node_wrap[i] == node_wrap[i + 1]):
            continue
        for k in range(3):
            a1[k] = a2[k] = 0.0
            for j in range(3):
                a1[k] += A[j, k] * (node[i, j] - o[j])
                a2[k] += A[j, k] * (node[i + 1, j] - o[j])
        status, on_surface = wrap_cylinder(
            a1,
            a2,
            paths.cylinder_radius[c],
            paths.cylinder_length[c],
            paths.cylinder_side[c],
            paths.cylinder_sign[c],
            how,
            r1,
            r2,
        )
        change = np.inf
        if status >= WRAPS:
            change = _distance(a1, r1) + on_surface + _distance(a2, r2) - _distance(a1, a2)
        if status == MUST_WRAP or change < least:
            found, arc, least = i + 1, on_surface, change
            best[0], best[1] = r1, r2
        if status == MUST_WRAP:
            break
    return status, found, arc


@kernel
def _wrap_path(
    paths: Paths,
    w: int,
    how: int,
    R: Array,
    p: Array,
    count: int,
    node: Array,
    node_body: Indices,
    node_wrap: Indices,
    arc: Array,
    order: Indices,
) -> tuple[int, int]:
    """Wrap the path over one cylinder; return the status and the number of nodes."""
    A, o, best = np.empty((3, 3)), np.empty(3), np.empty((2, 3))
    b = _cylinder_frame(paths, w, R, p, A, o)
    status, at, on_surface = _best_segment(paths, w, how, A, o, count, node, node_wrap, order, best)
    if at < 0:
        return status, count
    for k in range(count - 1, at - 1, -1):
        node[k + 2], node_body[k + 2], node_wrap[k + 2] = node[k], node_body[k], node_wrap[k]
        arc[k + 2], order[k + 2] = arc[k], order[k]
    for end in range(2):
        k = at + end
        for i in range(3):
            node[k, i] = o[i] + A[i, 0] * best[end, 0] + A[i, 1] * best[end, 1] + A[i, 2] * best[end, 2]
        node_body[k], node_wrap[k], order[k], arc[k] = b, w, -1, on_surface * end
    return status, count + 2


@kernel
def tension_wrenches(
    count: int,
    node: Array,
    shown: Array,
    node_body: Indices,
    node_wrap: Indices,
    p: Array,
    force: Array,
    moment: Array,
) -> None:
    """Add what unit tension in a traced path does to the bodies: forces and moments about their origins.

    Projected on the coordinates these are the moment arms.
    """
    for i in range(1, count):
        if node_wrap[i] >= 0 and node_wrap[i] == node_wrap[i - 1]:
            continue
        if node_body[i] == node_body[i - 1]:
            continue
        size = _distance(shown[i], shown[i - 1])
        u0 = (shown[i, 0] - shown[i - 1, 0]) / size
        u1 = (shown[i, 1] - shown[i - 1, 1]) / size
        u2 = (shown[i, 2] - shown[i - 1, 2]) / size
        for end in range(2):
            k, sign = i - 1 + end, 1.0 - 2.0 * end
            b = node_body[k]
            r0, r1, r2 = node[k, 0] - p[b, 0], node[k, 1] - p[b, 1], node[k, 2] - p[b, 2]
            force[b, 0] += sign * u0
            force[b, 1] += sign * u1
            force[b, 2] += sign * u2
            moment[b, 0] += sign * (r1 * u2 - r2 * u1)
            moment[b, 1] += sign * (r2 * u0 - r0 * u2)
            moment[b, 2] += sign * (r0 * u1 - r1 * u0)


@parallel_kernel
def _lengths(skeleton: Skeleton, paths: Paths, q: Array, chosen: Indices, as_opensim: bool, lengths: Array) -> None:
    bodies = skeleton.parent.size
    for f in prange(q.shape[0]):
        value, slope, axes = np.empty((bodies, 6)), np.empty((bodies, 6)), np.empty((bodies, 7, 3))
        R, p = np.empty((bodies, 3, 3)), np.empty((bodies, 3))
        node, shown, arc = np.empty((MOST_NODES, 3)), np.empty((MOST_NODES, 3)), np.empty(MOST_NODES)
        node_body, node_wrap = np.empty(MOST_NODES, np.int64), np.empty(MOST_NODES, np.int64)
        pose_frame(skeleton, q[f], R, p, value, slope, axes)
        for i in range(chosen.size):
            count = trace(paths, chosen[i], as_opensim, R, p, node, shown, node_body, node_wrap, arc)
            lengths[f, i] = path_length(count, shown, node_wrap, arc)


@parallel_kernel
def _moment_arms(skeleton: Skeleton, paths: Paths, q: Array, chosen: Indices, as_opensim: bool, arms: Array) -> None:
    bodies = skeleton.parent.size
    for f in prange(q.shape[0]):
        value, slope, axes = np.empty((bodies, 6)), np.empty((bodies, 6)), np.empty((bodies, 7, 3))
        R, p = np.empty((bodies, 3, 3)), np.empty((bodies, 3))
        force, moment = np.empty((bodies, 3)), np.empty((bodies, 3))
        node, shown, arc = np.empty((MOST_NODES, 3)), np.empty((MOST_NODES, 3)), np.empty(MOST_NODES)
        node_body, node_wrap = np.empty(MOST_NODES, np.int64), np.empty(MOST_NODES, np.int64)
        pose_frame(skeleton, q[f], R, p, value, slope, axes)
        for i in range(chosen.size):
            count = trace(paths, chosen[i], as_opensim, R, p, node, shown, node_body, node_wrap, arc)
            force[:] = 0.0
            moment[:] = 0.0
            tension_wrenches(count, node, shown, node_body, node_wrap, p, force, moment)
            project_wrenches(skeleton, i, p, axes, slope, force, moment, arms[f])
