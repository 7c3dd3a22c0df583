"""Quasi-random draws of the parameters that nobody knows, from their registered intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gerdy import evidence
from gerdy.errors import EvidenceInvalid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.quantities import Array

PERCENTILES = (5.0, 50.0, 95.0)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 90 % interval over draws.

    Parameters
    ----------
    p5, median, p95 : in `unit`
    unit : as printed
    """

    p5: float
    median: float
    p95: float
    unit: str

    def to_json(self) -> dict[str, float | str]:
        """Return the four entries."""
        return {"p5": self.p5, "median": self.median, "p95": self.p95, "unit": self.unit}


def estimate(draws: Array, unit: str) -> Estimate:
    """Return median and 90 % interval of (draws,) values."""
    p5, median, p95 = (float(x) for x in np.percentile(draws, PERCENTILES))
    return Estimate(p5, median, p95, unit)


def stratified(count: int, columns: int, rng: np.random.Generator) -> Array:
    """Return a Latin hypercube: each column visits each of `count` equal slices of 0-1 once.

    Returns
    -------
    (count, columns) in [0, 1)
    """
    slices = np.tile(np.arange(count, dtype=np.float64)[:, None], (1, columns))
    return (rng.permuted(slices, axis=0) + rng.random((count, columns))) / count


def over_interval(key: str, uniform: Array) -> Array:
    """Spread uniform draws over the interval of a registry entry, half of them on each side of its value.

    Raises
    ------
    EvidenceInvalid : the entry has no interval
    """
    entry = evidence.entry(key)
    if entry.interval is None or not isinstance(entry.value, float):
        raise EvidenceInvalid(f"{key} has no value with an interval, so it cannot be drawn; add one.")
    low, high = entry.interval
    return np.interp(uniform, (0.0, 0.5, 1.0), (low, entry.value, high))


def draw(keys: Sequence[str], count: int, rng: np.random.Generator) -> dict[str, Array]:
    """Draw each named parameter `count` times over its interval, stratified.

    Parameters
    ----------
    keys : registry keys; the draws are returned under them
    rng : random generator; the same state gives the same draws

    Returns
    -------
    key → (count,) in the unit of the entry
    """
    uniform = stratified(count, len(keys), rng)
    return {key: over_interval(key, uniform[:, n]) for n, key in enumerate(keys)}
