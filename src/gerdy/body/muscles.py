"""Muscle geometry along a motion: lengths, lengthening velocities and moment arms, all muscles at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

import numpy as np
from numba import prange

from gerdy.body.kernels import kernel, parallel_kernel, summing_kernel
from gerdy.body.kinematics import as_poses
from gerdy.body.muscle_arrays import OUTPUTS
from gerdy.body.paths import muscles_of
from gerdy.errors import BodyError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from gerdy.body.model import CompiledBody
    from gerdy.body.muscle_arrays import Surrogates
    from gerdy.quantities import Array, Flags, Indices

Mode: TypeAlias = Literal["correct", "opensim"]
MODES: Final[tuple[Mode, ...]] = ("correct", "opensim")
FRAMES_PER_TASK = 16
LANES = 8


class MuscleGeometry(NamedTuple):
    """Lines of action along a motion.

    Attributes
    ----------
    muscles, coordinates : names of the columns
    length : (frames, muscles) m, origin to insertion along the path
    velocity : (frames, muscles) m/s, lengthening positive; NaN without coordinate velocities
    moment_arm : (frames, muscles, coordinates) m, -dL/dq: positive where tension pushes the coordinate up
    outside : (frames, muscles) True where a coordinate the muscle spans leaves the range the polynomial was fitted
        on; the value continues the polynomial straight from the edge of that range
    """

    muscles: tuple[str, ...]
    coordinates: tuple[str, ...]
    length: Array
    velocity: Array
    moment_arm: Array
    outside: Flags


def muscle_geometry(
    body: CompiledBody,
    q: ArrayLike,
    velocity: ArrayLike | None = None,
    *,
    muscles: Sequence[str] = (),
    coordinates: Sequence[str] = (),
    mode: Mode = "correct",
) -> MuscleGeometry:
    """Lengths, velocities and moment arms of muscles along a motion.

    Parameters
    ----------
    body : the compiled body
    q : (frames, coordinates) rad and m; a NaN makes the muscles that span it NaN in that frame
    velocity : (frames, coordinates) per second; None leaves the muscles' velocities NaN
    muscles, coordinates : names of the columns wanted; none is all muscles, and all coordinates that muscles span
    mode : ``correct`` (moment arms are -dL/dq), or ``opensim``, which copies OpenSim 4.6 for paths over two
        cylinders in sequence (the gastrocnemii): its length, and its arms that are
        not -dL/dq, as polynomials of their own (they jump in OpenSim; `path_moment_arms` gives them exactly)

    Returns
    -------
    MuscleGeometry

    Raises
    ------
    BodyError
        Unknown names or mode, or a body without muscles.

    References
    ----------
    .. [An1984] An, Takahashi, Harrigan, Chao (1984). Determination of muscle orientations and moment arms.
       Journal of Biomechanical Engineering 106:280-282: moment arm as the derivative of excursion.

    Examples
    --------
    >>> from gerdy import body
    >>> generic = body.load()
    >>> standing = body.muscle_geometry(
    ...     generic, generic.default_pose(), muscles=["vaslat_r"], coordinates=["hip_rotation_r", "knee_angle_r"]
    ... )
    >>> float(standing.moment_arm[0, 0, 0])
    0.0
    """
    stored = muscles_of(body)
    if mode not in MODES:
        raise BodyError(f"Unknown mode '{mode}'; expected one of {', '.join(MODES)}.")
    poses = as_poses(body, q)
    speeds = np.full_like(poses, np.nan) if velocity is None else as_poses(body, velocity)
    chosen = tuple(muscles) or stored.names
    wanted = tuple(coordinates) or spanned_coordinates(body)
    rows = np.array([stored.index(name) for name in chosen])
    columns = np.array([body.coordinate_index(name) for name in wanted])
    place, column = _inverse(rows, len(stored.names)), _inverse(columns, poses.shape[1])
    length, rate = np.empty((len(poses), len(rows))), np.empty((len(poses), len(rows)))
    arm = np.zeros((len(poses), len(rows), len(columns)))
    outside = np.zeros((len(poses), len(rows)), dtype=np.bool_)
    _surrogate_geometry(stored.surrogates, poses, speeds, place, column, length, rate, arm, outside)
    if mode == "opensim":
        _compatible_geometry(stored.compatible, poses, speeds, place, column, length, rate, arm)
    return MuscleGeometry(chosen, wanted, length, rate, arm, outside)


def spanned_coordinates(body: CompiledBody) -> tuple[str, ...]:
    """Names of the coordinates that some muscle spans, in the order of q."""
    low = muscles_of(body).surrogates.low
    return tuple(name for name, x in zip(body.coordinate_names, low, strict=True) if np.isfinite(x))


def _inverse(rows: Indices, size: int) -> Indices:
    if len(set(rows.tolist())) != len(rows):
        raise BodyError("A muscle or coordinate was named twice; name each once.")
    place = np.full(size, -1, dtype=np.int64)
    place[rows] = np.arange(len(rows))
    return place


@kernel
def _scaled(s: Surrogates, g: int, q: Array, f: int, x: Array, beyond: Array) -> bool:
    """Coordinates of group g scaled to [-1, 1] and held there; `beyond` is what was cut off. True where any was."""
    any_outside = False
    start = s.variable_start[g]
    for v in range(s.variable_start[g + 1] - start):
        j = s.variable[start + v]
        half = 0.5 * (s.high[j] - s.low[j])
        free = (q[f, j] - 0.5 * (s.high[j] + s.low[j])) / half
        x[v] = free if np.isnan(free) else min(1.0, max(-1.0, free))
        beyond[v] = free - x[v]
        any_outside = any_outside or beyond[v] != 0.0
    return any_outside


@kernel
def _monomials(s: Surrogates, g: int, x: Array, powers: Array) -> int:
    """Monomials of group g at x, each from an earlier one; returns their number."""
    first = s.term_start[g]
    terms = s.term_start[g + 1] - first
    powers[0] = 1.0
    for t in range(1, terms):
        powers[t] = powers[s.term_parent[first + t]] * x[s.term_factor[first + t]]
    return terms


@kernel
def _basis(s: Surrogates, g: int, powers: Array, terms: int, table: Array) -> None:
    """Monomials of group g and their derivatives, side by side in table (terms, LANES)."""
    first = s.term_start[g]
    count = s.variable_start[g + 1] - s.variable_start[g]
    for t in range(terms):
        table[t, 0] = powers[t]
        for v in range(count):
            below = s.lower[first + t, v]
            table[t, 1 + v] = s.exponent[first + t, v] * powers[below] if below >= 0 else 0.0
        for v in range(count, LANES - 1):
            table[t, 1 + v] = 0.0


@summing_kernel
def _evaluate(coefficient: Array, start: int, terms: int, table: Array, sums: Array) -> None:
    """Value and derivatives of one polynomial: eight running sums side by side, which the processor adds at once."""
    a0 = a1 = a2 = a3 = a4 = a5 = a6 = a7 = 0.0
    for t in range(terms):
        c = coefficient[start + t]
        a0 += c * table[t, 0]
        a1 += c * table[t, 1]
        a2 += c * table[t, 2]
        a3 += c * table[t, 3]
        a4 += c * table[t, 4]
        a5 += c * table[t, 5]
        a6 += c * table[t, 6]
        a7 += c * table[t, 7]
    sums[0], sums[1], sums[2], sums[3] = a0, a1, a2, a3
    sums[4], sums[5], sums[6], sums[7] = a4, a5, a6, a7


@summing_kernel
def _evaluate_few(coefficient: Array, start: int, terms: int, table: Array, sums: Array) -> None:
    """As `_evaluate`, for at most three coordinates."""
    a0 = a1 = a2 = a3 = 0.0
    for t in range(terms):
        c = coefficient[start + t]
        a0 += c * table[t, 0]
        a1 += c * table[t, 1]
        a2 += c * table[t, 2]
        a3 += c * table[t, 3]
    sums[0], sums[1], sums[2], sums[3] = a0, a1, a2, a3


@kernel
def _group(
    s: Surrogates,
    g: int,
    f: int,
    terms: int,
    out: bool,
    qd: Array,
    beyond: Array,
    table: Array,
    sums: Array,
    place: Indices,
    column: Indices,
    length: Array,
    rate: Array,
    arm: Array,
    outside: Flags,
) -> None:
    """Length, velocity and moment arms of the wanted muscles of one group in one frame."""
    first = s.variable_start[g]
    count = s.variable_start[g + 1] - first
    for i in range(s.member_start[g], s.member_start[g + 1]):
        m = place[s.member[i]]
        if m < 0:
            continue
        at = s.coefficient_start[g] + (i - s.member_start[g]) * terms
        if count < LANES // 2:
            _evaluate_few(s.coefficient, at, terms, table, sums)
        else:
            _evaluate(s.coefficient, at, terms, table, sums)
        value, speed = sums[0], 0.0
        for v in range(count):
            j = s.variable[first + v]
            slope = sums[1 + v] / (0.5 * (s.high[j] - s.low[j]))
            value += sums[1 + v] * beyond[v]
            speed += slope * qd[f, j]
            if column[j] >= 0:
                arm[f, m, column[j]] = -slope
        length[f, m], rate[f, m], outside[f, m] = value, speed, out


@parallel_kernel
def _surrogate_geometry(
    s: Surrogates,
    q: Array,
    qd: Array,
    place: Indices,
    column: Indices,
    length: Array,
    rate: Array,
    arm: Array,
    outside: Flags,
) -> None:
    frames, groups = q.shape[0], s.term_start.size - 1
    most = 0
    for g in range(groups):
        most = max(most, s.term_start[g + 1] - s.term_start[g])
    for task in prange((frames + FRAMES_PER_TASK - 1) // FRAMES_PER_TASK):
        table, powers, sums = np.empty((most, LANES)), np.empty(most), np.empty(LANES)
        x, beyond = np.empty(LANES), np.empty(LANES)
        for f in range(task * FRAMES_PER_TASK, min(frames, (task + 1) * FRAMES_PER_TASK)):
            for g in range(groups):
                wanted = False
                for i in range(s.member_start[g], s.member_start[g + 1]):
                    wanted = wanted or place[s.member[i]] >= 0
                if wanted:
                    out = _scaled(s, g, q, f, x, beyond)
                    terms = _monomials(s, g, x, powers)
                    _basis(s, g, powers, terms, table)
                    _group(s, g, f, terms, out, qd, beyond, table, sums, place, column, length, rate, arm, outside)


@parallel_kernel
def _compatible_geometry(
    s: Surrogates,
    q: Array,
    qd: Array,
    place: Indices,
    column: Indices,
    length: Array,
    rate: Array,
    arm: Array,
) -> None:
    """Replace length, velocity and arms of muscles over two cylinders by OpenSim's; arms are fitted apart."""
    frames, groups = q.shape[0], s.term_start.size - 1
    most = 1
    for g in range(groups):
        most = max(most, s.term_start[g + 1] - s.term_start[g])
    for task in prange((frames + FRAMES_PER_TASK - 1) // FRAMES_PER_TASK):
        powers, x, beyond = np.empty(most), np.empty(LANES), np.empty(LANES)
        for f in range(task * FRAMES_PER_TASK, min(frames, (task + 1) * FRAMES_PER_TASK)):
            for g in range(groups):
                _scaled(s, g, q, f, x, beyond)
                terms = _monomials(s, g, x, powers)
                for i in range(s.member_start[g], s.member_start[g + 1]):
                    m, output = place[s.member[i] // OUTPUTS], s.member[i] % OUTPUTS
                    if m < 0:
                        continue
                    at = s.coefficient_start[g] + (i - s.member_start[g]) * terms
                    value = 0.0
                    for t in range(terms):
                        value += s.coefficient[at + t] * powers[t]
                    if output == 0:
                        length[f, m], rate[f, m] = value, 0.0
                        continue
                    j = s.variable[s.variable_start[g] + output - 1]
                    rate[f, m] -= value * qd[f, j]
                    if column[j] >= 0:
                        arm[f, m, column[j]] = value
