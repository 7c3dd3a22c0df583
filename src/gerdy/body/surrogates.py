"""Path lengths as polynomials of the coordinates a path spans.

Length and moment arms come from one polynomial, so every moment arm is -dL/dq by construction and energy is
conserved. The polynomials are fitted to the exact paths over the joint space (a Latin hypercube), not along one
motion, by linear least squares in coordinates scaled to [-1, 1].

References
----------
.. [Sobotka2018] Sobotka et al. (2018) and Menegaldo et al. (2004) use polynomials of muscle length likewise; the
   degree and the error here are our own and stand in every body's certificate.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import qmc

from gerdy.body.muscle_arrays import Surrogates
from gerdy.body.paths import muscles_of, path_lengths, path_moment_arms
from gerdy.errors import BodyError
from gerdy.evidence import entry, value

if TYPE_CHECKING:
    from gerdy.body.model import CompiledBody
    from gerdy.quantities import Array, Flags

SEED = 20_160_911
PROBES = 48
FEW = 3
LANES = 8
"""Length and up to seven derivatives of one muscle are summed side by side."""


def with_surrogates(body: CompiledBody) -> CompiledBody:
    """Fit the length polynomials of all muscles to the body's own exact paths.

    Parameters
    ----------
    body : with path declarations; its surrogates may be missing or of an unscaled body

    Returns
    -------
    CompiledBody with polynomials; deterministic
    """
    muscles = muscles_of(body)
    low, high = sampled_range(body)
    q = sample_poses(body, int(value("house_body.fit_samples")), SEED)
    lengths = path_lengths(body, q)
    spanned = spans(body)
    surrogates = _fit(q, lengths, spanned, low, high, body.coordinate_names)
    return body.replace(muscles=replace(muscles, surrogates=surrogates))


def sampled_range(body: CompiledBody) -> tuple[Array, Array]:
    """Lowest and highest sampled value of each coordinate, (coordinates,) rad; NaN where no path depends on it."""
    ranges = entry("house_body.sampled_range").value
    if not isinstance(ranges, dict):
        raise BodyError("house_body.sampled_range must be a table of coordinates.")
    pairs = [ranges.get(stem(name), (np.nan, np.nan)) for name in body.coordinate_names]
    low, high = np.radians(np.array(pairs, dtype=float)).T
    return low, high


def sample_poses(body: CompiledBody, count: int, seed: int) -> Array:
    """Poses that fill the sampled range evenly, the same on both sides; other coordinates at their default.

    Returns
    -------
    (count, coordinates) rad and m
    """
    low, high = sampled_range(body)
    stems = sorted({stem(n) for n, x in zip(body.coordinate_names, low, strict=True) if np.isfinite(x)})
    unit = qmc.LatinHypercube(len(stems), rng=np.random.default_rng(seed)).random(count)
    q = body.default_pose(count)
    for j, name in enumerate(body.coordinate_names):
        if np.isfinite(low[j]) and not body.coordinates[j].locked:
            q[:, j] = low[j] + unit[:, stems.index(stem(name))] * (high[j] - low[j])
    return q


def spans(body: CompiledBody) -> Flags:
    """Which coordinates change a muscle's length, (muscles, coordinates), found by virtual work on sampled poses."""
    arms = path_moment_arms(body, sample_poses(body, PROBES, SEED + 1))
    low, _ = sampled_range(body)
    moves = np.abs(arms).max(axis=0) > value("house_body.spanned_arm")
    locked = np.array([c.locked for c in body.coordinates])
    result: Flags = moves & np.isfinite(low) & ~locked
    return result


def stem(name: str) -> str:
    """Name of a coordinate without its side."""
    return name.removesuffix("_r").removesuffix("_l")


def exponents(names: tuple[str, ...]) -> np.ndarray:
    """Powers of the monomials of some coordinates, (terms, coordinates), lowest degree first.

    The two small knee angles enter up to a lower degree of their own, and lower the degree of what they multiply:
    they move paths by millimetres only.
    """
    few = len(names) <= FEW
    degree = int(value("house_body.path_degree_few" if few else "house_body.path_degree"))
    small_degree = int(value("house_body.knee_offset_degree"))
    cost = int(value("house_body.knee_offset_cost"))
    small = np.array([stem(n) in {"knee_adduction", "knee_rotation"} for n in names])
    tops = [range((small_degree if s else degree) + 1) for s in small]
    rows = [
        e
        for e in product(*tops)
        if (s := sum(np.array(e)[small])) <= small_degree and sum(e) + (cost - 1) * s <= degree
    ]
    return np.array(sorted(rows, key=lambda e: (sum(e), e)), dtype=np.int64).reshape(-1, len(names))


def monomials(x: Array, powers: np.ndarray) -> Array:
    """Monomials of scaled coordinates, (samples, terms); the readable twin of the kernel."""
    return np.prod(x[:, None, :] ** powers[None, :, :], axis=2)


def _fit(
    q: Array, lengths: Array, spanned: Flags, low: Array, high: Array, names: tuple[str, ...]
) -> Surrogates:
    groups: dict[tuple[int, ...], list[int]] = {}
    for m, row in enumerate(spanned):
        groups.setdefault(tuple(np.flatnonzero(row)), []).append(m)
    center, half = (low + high) / 2, (high - low) / 2
    falloff = value("house_body.corner_falloff")
    parts = []
    for variables, members in groups.items():
        columns = list(variables)
        powers = exponents(tuple(names[j] for j in columns))
        x = (q[:, columns] - center[columns]) / half[columns]
        weight = np.exp(-0.5 * falloff * (x**2).sum(axis=1))[:, None]
        solution, *_ = np.linalg.lstsq(weight * monomials(x, powers), weight * lengths[:, members], rcond=None)
        parts.append((columns, powers, members, solution.T))
    return _pack(parts, low, high, spanned)


def _pack(
    parts: list[tuple[list[int], np.ndarray, list[int], Array]], low: Array, high: Array, spanned: Flags
) -> Surrogates:
    used = spanned.any(axis=0)

    def starts(sizes: list[int]) -> np.ndarray:
        return np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)

    parents, factors, lowers, tables = [], [], [], []
    for _, powers, _, _ in parts:
        parent, factor, lower = _ladder(powers)
        parents.append(parent)
        factors.append(factor)
        lowers.append(_padded(lower, -1))
        tables.append(_padded(powers.astype(float), 0.0))
    return Surrogates(
        low=np.where(used, low, np.nan),
        high=np.where(used, high, np.nan),
        variable_start=starts([len(p[0]) for p in parts]),
        variable=np.concatenate([np.array(p[0], dtype=np.int64) for p in parts]),
        term_start=starts([len(p[1]) for p in parts]),
        term_parent=np.concatenate(parents),
        term_factor=np.concatenate(factors),
        lower=np.concatenate(lowers),
        exponent=np.concatenate(tables),
        member_start=starts([len(p[2]) for p in parts]),
        member=np.concatenate([np.array(p[2], dtype=np.int64) for p in parts]),
        coefficient_start=starts([p[3].size for p in parts]),
        coefficient=np.concatenate([p[3].ravel() for p in parts]),
    )


def _ladder(powers: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """How each monomial is made from an earlier one, and which one is a power lower in each variable."""
    index = {tuple(int(e) for e in row): t for t, row in enumerate(powers)}
    lower = np.full(powers.shape, -1, dtype=np.int64)
    for t, row in enumerate(powers):
        for v in np.flatnonzero(row):
            below = row.copy()
            below[v] -= 1
            lower[t, v] = index[tuple(int(e) for e in below)]
    factor = np.array([int(np.flatnonzero(row)[-1]) if row.any() else -1 for row in powers], dtype=np.int64)
    parent = np.array([lower[t, v] if v >= 0 else -1 for t, v in enumerate(factor)], dtype=np.int64)
    return parent, factor, lower


def _padded(table: np.ndarray, fill: float) -> np.ndarray:
    wide = np.full((len(table), LANES - 1), fill, dtype=table.dtype)
    wide[:, : table.shape[1]] = table
    return wide
