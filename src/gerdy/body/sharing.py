"""Share net moments among actuators: the least sum of squared activations, solved in its dual.

minimise sum a_g^2 + sum e_d^2 over lower <= a <= upper, subject to
sum_g a_g B_gd + w_d e_d = b_d for every coordinate d.

Here B_g is the moment that activation g makes at a = 1 (moment arm times capacity, summed over the actuators that
share this activation), w the reserve, b the net moment less what passive fibres make. With multipliers x the
solution is a_g = clip(B_g . x / 2, lower, upper), e = w x / 2, so one frame has as many unknowns as coordinates,
and its dual is convex and piecewise quadratic: Newton's method with a falling step ends in a handful of steps.

References
----------
.. [Crowninshield1981] Crowninshield, Brand (1981). A physiologically based criterion of muscle force prediction in
   locomotion. Journal of Biomechanics 14:793-801.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import prange

from gerdy.body.kernels import kernel, parallel_kernel, summing_kernel
from gerdy.errors import BodyError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from gerdy.quantities import Array, Flags, Indices

FRAMES_PER_TASK = 16
MOST_STEPS = 100
MOST_HALVINGS = 40
TOLERANCE = 1e-10
RIDGE = 1e-12


class Sharing(NamedTuple):
    """How the moments were shared.

    Attributes
    ----------
    activation : (frames, groups) between lower and upper
    force : (frames, actuators) N, activation times capacity
    reserve : (frames, coordinates) N·m that no actuator made
    objective : (frames,) sum of squared activations, reserves included
    solved : (frames,) False where the iteration did not end or an input is NaN (outputs are NaN then)
    steps : (frames,) Newton steps
    """

    activation: Array
    force: Array
    reserve: Array
    objective: Array
    solved: Flags
    steps: Indices


def share_load(
    moment_arm: ArrayLike,
    capacity: ArrayLike,
    moment: ArrayLike,
    *,
    reserve: ArrayLike,
    passive: ArrayLike | None = None,
    group: ArrayLike | None = None,
    lower: float = 0.0,
    upper: float = 1.0,
) -> Sharing:
    """Activations of least squared sum that make the net moments, frame by frame.

    Parameters
    ----------
    moment_arm : (frames, actuators, coordinates) m
    capacity : (frames, actuators) N at full activation
    moment : (frames, coordinates) N·m net
    reserve : (coordinates,) N·m per unit of reserve activation; zero allows none
    passive : (frames, actuators) N pulled without activation; None is none
    group : (actuators,) number of the activation each actuator shares, 0 to groups - 1; None gives each its own.
        A gluteus-maximus part that is split between femur and band is two actuators of one group.
    lower, upper : bounds of every activation

    Returns
    -------
    Sharing

    Raises
    ------
    BodyError
        Shapes do not match.

    References
    ----------
    [Crowninshield1981]_ with exponent 2 and activations in place of stresses, as OpenSim's static optimisation.

    Examples
    --------
    >>> import numpy as np
    >>> from gerdy import body
    >>> arms, strength = np.ones((1, 2, 1)), np.array([[100.0, 200.0]])
    >>> shared = body.share_load(arms, strength, np.array([[100.0]]), reserve=np.array([0.001]))
    >>> np.round(shared.force, 2)
    array([[20., 80.]])
    """
    R, F, b = (np.ascontiguousarray(x, dtype=float) for x in (moment_arm, capacity, moment))
    w = np.ascontiguousarray(reserve, dtype=float)
    if R.ndim != 3 or F.shape != R.shape[:2] or b.shape != (R.shape[0], R.shape[2]) or w.shape != R.shape[2:]:
        raise BodyError(
            f"Moment arms {R.shape}, capacity {F.shape}, moments {b.shape}, reserves {w.shape} do not match; expected "
            "(frames, actuators, coordinates), (frames, actuators), (frames, coordinates), (coordinates,)."
        )
    pulled = np.zeros_like(F) if passive is None else np.ascontiguousarray(passive, dtype=float)
    shared = np.arange(F.shape[1]) if group is None else np.ascontiguousarray(group, dtype=np.int64)
    if pulled.shape != F.shape or shared.shape != F.shape[1:]:
        raise BodyError(f"Passive forces {pulled.shape} or groups {shared.shape} do not match capacity {F.shape}.")
    groups = int(shared.max()) + 1 if shared.size else 0
    frames, coordinates = b.shape
    activation, force = np.full((frames, groups), np.nan), np.full(F.shape, np.nan)
    left, objective = np.full((frames, coordinates), np.nan), np.full(frames, np.nan)
    solved, steps = np.zeros(frames, dtype=np.bool_), np.zeros(frames, dtype=np.int64)
    _share(R, F, b, w, pulled, shared, float(lower), float(upper), activation, force, left, objective, solved, steps)
    return Sharing(activation, force, left, objective, solved, steps)


@kernel
def _columns(f: int, R: Array, F: Array, b: Array, passive: Array, group: Indices, B: Array, target: Array) -> bool:
    """Moments of each activation and the target less passive moments; False where anything is NaN."""
    B[:] = 0.0
    total = 0.0
    for d in range(target.size):
        target[d] = b[f, d]
        for i in range(group.size):
            B[d, group[i]] += R[f, i, d] * F[f, i]
            target[d] -= R[f, i, d] * passive[f, i]
    for d in range(target.size):
        total += target[d]
        for g in range(B.shape[1]):
            total += B[d, g]
    return bool(np.isfinite(total))


@summing_kernel
def _residual(
    B: Array,
    w: Array,
    target: Array,
    lower: float,
    upper: float,
    x: Array,
    a: Array,
    drive: Array,
    inside: Array,
    r: Array,
    H: Array,
) -> float:
    """Dual value at x; fills activations a, the moment residual r and its derivative H (lower triangle)."""
    n, groups = B.shape
    value = 0.0
    drive[:] = 0.0
    for d in range(n):
        for g in range(groups):
            drive[g] += B[d, g] * x[d]
    for g in range(groups):
        free = 0.5 * drive[g]
        a[g] = min(upper, max(lower, free))
        inside[g] = 0.5 if lower < free < upper else 0.0
        value += a[g] * drive[g] - a[g] ** 2
    for d in range(n):
        value += 0.25 * w[d] ** 2 * x[d] ** 2 - target[d] * x[d]
        made = 0.5 * w[d] ** 2 * x[d] - target[d]
        for g in range(groups):
            made += a[g] * B[d, g]
        r[d] = made
        for e in range(d + 1):
            bend = 0.5 * w[d] ** 2 if e == d else 0.0
            for g in range(groups):
                bend += inside[g] * B[d, g] * B[e, g]
            H[d, e] = bend
    return value


@kernel
def _newton_step(H: Array, r: Array, step: Array) -> None:
    """Solve H step = -r by Cholesky in the lower triangle of H, with a ridge that keeps it definite."""
    n = r.size
    size = 0.0
    for d in range(n):
        size = max(size, H[d, d])
    ridge = RIDGE * size + 1e-300
    for d in range(n):
        for e in range(d + 1):
            s = H[d, e]
            for k in range(e):
                s -= H[d, k] * H[e, k]
            if d == e:
                H[d, d] = np.sqrt(max(s + ridge, ridge))
            else:
                H[d, e] = s / H[e, e]
    for d in range(n):
        s = -r[d]
        for k in range(d):
            s -= H[d, k] * step[k]
        step[d] = s / H[d, d]
    for d in range(n - 1, -1, -1):
        s = step[d]
        for k in range(d + 1, n):
            s -= H[k, d] * step[k]
        step[d] = s / H[d, d]


@kernel
def _dot(u: Array, v: Array) -> float:
    total = 0.0
    for d in range(u.size):
        total += u[d] * v[d]
    return total


@kernel
def _largest(u: Array) -> float:
    most = 0.0
    for d in range(u.size):
        most = max(most, abs(u[d]))
    return most


@kernel
def _search(
    B: Array,
    w: Array,
    target: Array,
    lower: float,
    upper: float,
    x: Array,
    trial: Array,
    step: Array,
    a: Array,
    drive: Array,
    inside: Array,
    r: Array,
    H: Array,
) -> bool:
    """Move x along step until the dual's slope has fallen to half; False where there is no slope to follow.

    The dual is convex and piecewise quadratic: shortening steps alone zigzags where many muscles are at their bounds.
    """
    n = x.size
    before = _dot(r, step)
    if not np.isfinite(before):
        return False
    length, low, high = 1.0, 0.0, np.inf
    for _ in range(MOST_HALVINGS):
        for d in range(n):
            trial[d] = x[d] + length * step[d]
        _residual(B, w, target, lower, upper, trial, a, drive, inside, r, H)
        slope = _dot(r, step)
        if abs(slope) <= -0.5 * before:
            break
        if slope > 0.0:
            high = length
        else:
            low = length
        length = 0.5 * (low + high) if high < np.inf else 2.0 * length
    x[:] = trial
    return True


@kernel
def _solve(
    B: Array,
    w: Array,
    target: Array,
    lower: float,
    upper: float,
    x: Array,
    trial: Array,
    step: Array,
    a: Array,
    drive: Array,
    inside: Array,
    r: Array,
    H: Array,
) -> int:
    """Minimise the dual by Newton's method from where no activation had a bound; returns the steps, or -1."""
    scale = max(1.0, _largest(target))
    x[:] = 0.0
    _residual(B, w, target, -np.inf, np.inf, x, a, drive, inside, r, H)
    _newton_step(H, r, x)
    _residual(B, w, target, lower, upper, x, a, drive, inside, r, H)
    for taken in range(MOST_STEPS):
        if _largest(r) < TOLERANCE * scale and np.isfinite(x[0]):
            return taken
        _newton_step(H, r, step)
        if not _search(B, w, target, lower, upper, x, trial, step, a, drive, inside, r, H):
            return -1
    return -1


@parallel_kernel
def _share(
    R: Array,
    F: Array,
    b: Array,
    w: Array,
    passive: Array,
    group: Indices,
    lower: float,
    upper: float,
    activation: Array,
    force: Array,
    left: Array,
    objective: Array,
    solved: Flags,
    steps: Indices,
) -> None:
    frames, n = b.shape
    groups = activation.shape[1]
    for task in prange((frames + FRAMES_PER_TASK - 1) // FRAMES_PER_TASK):
        B, H, a = np.empty((n, groups)), np.empty((n, n)), np.empty(groups)
        drive, inside = np.empty(groups), np.empty(groups)
        target, x, trial, step, r = np.empty(n), np.empty(n), np.empty(n), np.empty(n), np.empty(n)
        for f in range(task * FRAMES_PER_TASK, min(frames, (task + 1) * FRAMES_PER_TASK)):
            if not _columns(f, R, F, b, passive, group, B, target):
                continue
            taken = _solve(B, w, target, lower, upper, x, trial, step, a, drive, inside, r, H)
            steps[f] = taken
            if taken < 0:
                continue
            solved[f] = True
            total = 0.0
            for g in range(groups):
                activation[f, g] = a[g]
                total += a[g] ** 2
            for i in range(group.size):
                force[f, i] = a[group[i]] * F[f, i]
            for d in range(n):
                left[f, d] = 0.5 * w[d] ** 2 * x[d]
                total += (0.5 * w[d] * x[d]) ** 2
            objective[f] = total
