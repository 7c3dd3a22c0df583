"""The kernel of inverse kinematics: Levenberg-Marquardt on one frame, chunks of frames in parallel.

The equation and its references stand in `gerdy.body.ik`; a slow twin stands in the tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import prange

from gerdy.body.kernels import kernel, parallel_kernel
from gerdy.body.kinematics import jacobian_frame, pose_frame

if TYPE_CHECKING:
    from gerdy.body.model import Skeleton
    from gerdy.quantities import Array, Flags

__all__ = ["Problem", "solve_chunks"]


class Problem(NamedTuple):
    """Everything that defines the solution of every frame, as plain arrays."""

    xyz: np.ndarray  # (frames, markers, 3) m, NaN where missing
    carrier: np.ndarray  # (markers,) int, row of the segment
    place: np.ndarray  # (markers, 3) m, in the segment's frame
    weight: np.ndarray  # (markers,) per m2
    chain: np.ndarray  # (bodies, coordinates) int, free columns that move the body, -1 past the last
    observed: np.ndarray  # (coordinates,) bool, free and moved by a marker that counts
    lower: np.ndarray  # (coordinates,) rad or m
    upper: np.ndarray  # (coordinates,)
    centre: np.ndarray  # (coordinates,) of the priors
    information: np.ndarray  # (coordinates,) 1 / sd^2 of the priors
    starts: np.ndarray  # (chunks, coordinates)


class Workspace(NamedTuple):
    """Scratch of one thread; `A`, `g` and `held` hold the normal equations at the last accepted pose."""

    R: np.ndarray  # (bodies, 3, 3)
    p: np.ndarray  # (bodies, 3)
    value: np.ndarray  # (bodies, 6)
    slope: np.ndarray  # (bodies, 6)
    axes: np.ndarray  # (bodies, 7, 3)
    angular: np.ndarray  # (bodies, coordinates, 3)
    linear: np.ndarray  # (bodies, coordinates, 3)
    A: np.ndarray  # (coordinates, coordinates), lower triangle
    L: np.ndarray  # (coordinates, coordinates), its Cholesky factor
    J: np.ndarray  # (coordinates, 3), one marker's Jacobian along its chain
    g: np.ndarray  # (coordinates,)
    step: np.ndarray  # (coordinates,)
    trial: np.ndarray  # (coordinates,)
    held: np.ndarray  # (coordinates,) bool


@parallel_kernel
def solve_chunks(
    skeleton: Skeleton,
    problem: Problem,
    length: int,
    smallest: float,
    iterations: int,
    q: Array,
    share: Array,
    limit: Flags,
    converged: Flags,
    residual: Array,
) -> None:
    """Solve every frame; chunks of `length` frames run in parallel, each from its own start.

    Fills q, share and limit (frames, coordinates), converged (frames,) and residual (frames, markers).
    """
    for c in prange(problem.starts.shape[0]):
        w = _workspace(skeleton.parent.size, problem.centre.size)
        x = problem.starts[c].copy()
        first = c * length
        for f in range(first, min(first + length, problem.xyz.shape[0])):
            if f >= first + 2:
                # Motion goes on: one step further along the last two frames is nearer than the last frame.
                x = 2.0 * q[f - 1] - q[f - 2]
            converged[f] = _solve_frame(skeleton, problem, f, smallest, iterations, x, w, residual[f])
            q[f] = x
            limit[f] = w.held & problem.observed
            _data_share(problem, w, share[f])


@kernel
def _workspace(bodies: int, n: int) -> Workspace:
    return Workspace(
        np.empty((bodies, 3, 3)),
        np.empty((bodies, 3)),
        np.empty((bodies, 6)),
        np.empty((bodies, 6)),
        np.empty((bodies, 7, 3)),
        np.empty((bodies, n, 3)),
        np.empty((bodies, n, 3)),
        np.empty((n, n)),
        np.empty((n, n)),
        np.empty((n, 3)),
        np.empty(n),
        np.empty(n),
        np.empty(n),
        np.empty(n, dtype=np.bool_),
    )


@kernel
def _solve_frame(
    skeleton: Skeleton,
    problem: Problem,
    frame: int,
    smallest: float,
    iterations: int,
    x: Array,
    w: Workspace,
    residual: Array,
) -> bool:
    """Improve x in place up to the first step smaller than `smallest`; returns False at the iteration limit."""
    damping, best, done = 1e-6, np.inf, False
    for j in range(x.size):
        w.trial[j] = min(max(x[j], problem.lower[j]), problem.upper[j])
    for _ in range(iterations):
        pose_frame(skeleton, w.trial, w.R, w.p, w.value, w.slope, w.axes)
        cost = _cost(problem, frame, w, residual)
        if cost <= best:
            best, damping = cost, max(damping * 0.1, 1e-12)
            x[:] = w.trial
            jacobian_frame(skeleton, x, w.p, w.slope, w.axes, w.angular, w.linear)
            _normal_equations(problem, frame, x, w)
            for j in range(x.size):
                low, high = x[j] <= problem.lower[j], x[j] >= problem.upper[j]
                w.held[j] = (low and w.g[j] > 0.0) or (high and w.g[j] < 0.0) or not problem.observed[j]
        else:
            damping *= 10.0
        _cholesky(w.A, w.held, damping, w.L)
        _back_substitute(w)
        largest, reach = 0.0, _reach(w.step)
        for j in range(x.size):
            w.trial[j] = min(max(x[j] + reach * w.step[j], problem.lower[j]), problem.upper[j])
            largest = max(largest, abs(w.trial[j] - x[j]))
        if largest < smallest:
            # Near the minimum a step leaves a few hundredths of itself; this one is taken and not tried further.
            x[:] = w.trial
            done = True
            break
    w.trial[:] = x
    pose_frame(skeleton, x, w.R, w.p, w.value, w.slope, w.axes)
    _cost(problem, frame, w, residual)
    return done


@kernel
def _cost(problem: Problem, frame: int, w: Workspace, residual: Array) -> float:
    """Return the objective at `w.trial`, already posed, and fill `residual` (markers,), NaN where missing."""
    cost = 0.0
    for m in range(problem.carrier.size):
        b, square = problem.carrier[m], 0.0
        for i in range(3):
            d = w.p[b, i] - problem.xyz[frame, m, i]
            for k in range(3):
                d += w.R[b, i, k] * problem.place[m, k]
            square += d * d
        residual[m] = np.sqrt(square)
        if not np.isnan(square):
            cost += problem.weight[m] * square
    for j in range(w.trial.size):
        if problem.observed[j]:
            cost += problem.information[j] * (w.trial[j] - problem.centre[j]) ** 2
    return cost


@kernel
def _normal_equations(problem: Problem, frame: int, x: Array, w: Workspace) -> None:
    """Fill A = J'WJ + P and g = J'Wr + P(x - c); a marker touches only the coordinates of its own chain."""
    n = x.size
    w.A[:] = 0.0
    for j in range(n):
        w.g[j] = problem.information[j] * (x[j] - problem.centre[j])
        w.A[j, j] = problem.information[j]
    arm, r = np.empty(3), np.empty(3)
    for m in range(problem.carrier.size):
        b, weight = problem.carrier[m], problem.weight[m]
        for i in range(3):
            arm[i] = 0.0
            for k in range(3):
                arm[i] += w.R[b, i, k] * problem.place[m, k]
            r[i] = w.p[b, i] + arm[i] - problem.xyz[frame, m, i]
        if weight == 0.0 or np.isnan(r[0] + r[1] + r[2]):
            continue
        for a in range(n):
            j = problem.chain[b, a]
            if j < 0:
                break
            u, v = w.angular[b, j], w.linear[b, j]
            w.J[a, 0] = v[0] + u[1] * arm[2] - u[2] * arm[1]
            w.J[a, 1] = v[1] + u[2] * arm[0] - u[0] * arm[2]
            w.J[a, 2] = v[2] + u[0] * arm[1] - u[1] * arm[0]
            w.g[j] += weight * (w.J[a, 0] * r[0] + w.J[a, 1] * r[1] + w.J[a, 2] * r[2])
            for k in range(a + 1):
                dot = w.J[a, 0] * w.J[k, 0] + w.J[a, 1] * w.J[k, 1] + w.J[a, 2] * w.J[k, 2]
                w.A[j, problem.chain[b, k]] += weight * dot


@kernel
def _cholesky(A: Array, held: Flags, damping: float, L: Array) -> None:
    """Lower factor of A with its diagonal damped; the rows of held coordinates are those of the identity."""
    for j in range(held.size):
        for k in range(j + 1):
            s = 0.0
            if j == k:
                s = 1.0 if held[j] else A[j, j] * (1.0 + damping)
            elif not (held[j] or held[k]):
                s = A[j, k]
            for i in range(k):
                s -= L[j, i] * L[k, i]
            L[j, k] = np.sqrt(s) if j == k else s / L[k, k]


@kernel
def _back_substitute(w: Workspace) -> None:
    """Solve L L' step = -g; held coordinates do not move."""
    n = w.g.size
    for j in range(n):
        s = 0.0 if w.held[j] else -w.g[j]
        for k in range(j):
            s -= w.L[j, k] * w.step[k]
        w.step[j] = s / w.L[j, j]
    for j in range(n - 1, -1, -1):
        s = w.step[j]
        for k in range(j + 1, n):
            s -= w.L[k, j] * w.step[k]
        w.step[j] = s / w.L[j, j]


@kernel
def _reach(step: Array) -> float:
    """Share of the step that is taken: no coordinate moves by more than half a radian (or half a metre) at once."""
    largest = 0.0
    for j in range(step.size):
        largest = max(largest, abs(step[j]))
    return min(1.0, 0.5 / largest) if largest > 0.0 else 1.0


@kernel
def _data_share(problem: Problem, w: Workspace, share: Array) -> None:
    """1 - posterior over prior variance of each observed coordinate, as if no limit held it; 0 for the others."""
    n = problem.observed.size
    for j in range(n):
        w.held[j] = not problem.observed[j]
    _cholesky(w.A, w.held, 0.0, w.L)
    inverse = w.step
    for j in range(n):
        share[j] = 0.0
        if not problem.observed[j]:
            continue
        variance = 0.0
        for k in range(j, n):
            s = 1.0 if k == j else 0.0
            for i in range(j, k):
                s -= w.L[k, i] * inverse[i]
            inverse[k] = s / w.L[k, k]
            variance += inverse[k] * inverse[k]
        share[j] = 1.0 - variance * problem.information[j]
