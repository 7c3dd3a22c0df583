"""Path lengths as polynomials of the coordinates a path spans.

Length and moment arms come from one polynomial, so every moment arm is -dL/dq by construction and energy is
conserved. The polynomials are fitted to the exact paths over the joint space (a Latin hypercube), not along one
motion, by linear least squares in coordinates scaled to [-1, 1].
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy.stats import qmc

from gerdy.body.muscle_arrays import OUTPUTS, Surrogates
from gerdy.body.paths import muscles_of, path_lengths, path_moment_arms
from gerdy.body.tables import pair_table
from gerdy.evidence import value

if TYPE_CHECKING:
    from gerdy.body.model import CompiledBody
    from gerdy.quantities import Array, Flags, Indices

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
    spanned = spans(body)
    groups = _groups(spanned)
    fit = Fit(q, low, high, body.coordinate_names)
    lengths = path_lengths(body, q)
    parts = [fit.part(variables, members, lengths[:, members]) for variables, members in groups]
    surrogates = _pack(parts, fit, np.asarray(spanned.any(axis=0)))
    return body.replace(muscles=replace(muscles, surrogates=surrogates, compatible=_compatible(body, fit, groups)))


def _compatible(body: CompiledBody, fit: Fit, groups: list[tuple[list[int], list[int]]]) -> Surrogates:
    """Fit OpenSim's own lengths and arms of muscles over two cylinders; they jump, so this fit is only near."""
    muscles = muscles_of(body)
    q = fit.q[: int(value("house_body.compatible_samples"))]
    few = Fit(q, fit.low, fit.high, fit.names)
    parts = []
    for variables, members in groups:
        chosen = [m for m in members if muscles.sequential[m]]
        names = tuple(muscles.names[m] for m in chosen)
        if names:
            lengths = path_lengths(body, q, names, as_opensim=True)
            arms = path_moment_arms(body, q, names, as_opensim=True)[:, :, variables]
            outputs = np.concatenate([lengths[:, :, None], arms], axis=2).reshape(len(q), -1)
            rows = [OUTPUTS * m + k for m in chosen for k in range(1 + len(variables))]
            parts.append(few.part(variables, rows, outputs))
    return _pack(parts, fit, np.zeros(len(fit.names), dtype=np.bool_))


def empty_surrogates() -> Surrogates:
    """No polynomials at all: what a body holds before they are fitted."""
    return _pack([], Fit(np.zeros((0, 0)), np.zeros(0), np.zeros(0), ()), np.zeros(0, dtype=np.bool_))


def sampled_range(body: CompiledBody) -> tuple[Array, Array]:
    """Lowest and highest sampled value of each coordinate, (coordinates,) rad; NaN where no path depends on it."""
    ranges = pair_table("house_body.sampled_range")
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


def exponents(names: tuple[str, ...]) -> Indices:
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


def monomials(x: Array, powers: Indices) -> Array:
    """Monomials of scaled coordinates, (samples, terms); each is an earlier one times one coordinate."""
    parent, factor, _ = _ladder(powers)
    found = np.ones((len(powers), len(x)))
    for t in range(1, len(powers)):
        np.multiply(found[parent[t]], x[:, factor[t]], out=found[t])
    return found.T


class Part(NamedTuple):
    """Polynomials of one group: variables, powers (terms, variables), outputs, coefficients (outputs, terms)."""

    variables: list[int]
    powers: Indices
    members: list[int]
    coefficients: Array


class Fit(NamedTuple):
    """What every least-squares fit shares: poses, and the range they are scaled by."""

    q: Array
    low: Array
    high: Array
    names: tuple[str, ...]

    def part(self, variables: list[int], members: list[int], outputs: Array) -> Part:
        """Fit outputs (poses, members) as polynomials of some coordinates, corners of the space weighing less."""
        low, high = self.low[variables], self.high[variables]
        x = (2.0 * self.q[:, variables] - low - high) / (high - low)
        powers = exponents(tuple(self.names[j] for j in variables))
        weight = np.exp(-0.5 * value("house_body.corner_falloff") * (x**2).sum(axis=1))[:, None]
        solution, *_ = np.linalg.lstsq(weight * monomials(x, powers), weight * outputs, rcond=None)
        return Part(variables, powers, members, solution.T)


def _groups(spanned: Flags) -> list[tuple[list[int], list[int]]]:
    """Muscles that span the same coordinates, together."""
    groups: dict[tuple[int, ...], list[int]] = {}
    for m, row in enumerate(spanned):
        groups.setdefault(tuple(np.flatnonzero(row).tolist()), []).append(m)
    return [(list(variables), members) for variables, members in groups.items() if variables]


def _pack(parts: list[Part], fit: Fit, used: Flags) -> Surrogates:
    def starts(sizes: list[int]) -> Indices:
        return np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)

    def joined(arrays: list[Any], like: Any) -> Any:
        return np.concatenate(arrays) if arrays else like

    ladders = [_ladder(p.powers) for p in parts]
    none, wide = np.zeros(0, dtype=np.int64), np.zeros((0, LANES - 1))
    return Surrogates(
        low=np.where(used, fit.low, np.nan) if used.any() else fit.low,
        high=np.where(used, fit.high, np.nan) if used.any() else fit.high,
        variable_start=starts([len(p.variables) for p in parts]),
        variable=joined([np.array(p.variables, dtype=np.int64) for p in parts], none),
        term_start=starts([len(p.powers) for p in parts]),
        term_parent=joined([ladder[0] for ladder in ladders], none),
        term_factor=joined([ladder[1] for ladder in ladders], none),
        lower=joined([_padded(ladder[2], -1) for ladder in ladders], wide.astype(np.int64)),
        exponent=joined([_padded(p.powers.astype(float), 0.0) for p in parts], wide),
        member_start=starts([len(p.members) for p in parts]),
        member=joined([np.array(p.members, dtype=np.int64) for p in parts], none),
        coefficient_start=starts([p.coefficients.size for p in parts]),
        coefficient=joined([p.coefficients.ravel() for p in parts], np.zeros(0)),
    )


def _ladder(powers: Indices) -> tuple[Indices, Indices, Indices]:
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


def _padded(table: Indices, fill: float) -> Indices:
    wide = np.full((len(table), LANES - 1), fill, dtype=table.dtype)
    wide[:, : table.shape[1]] = table
    return wide
