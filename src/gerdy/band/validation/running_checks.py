"""Checks on recordings: one number for each runner, trial or side, the median over believable bands."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gerdy.band.validation.material import Material, Trial
    from gerdy.quantities import Array

RATE = "anterior.path_elongation_rate_peak_pct_s"
SLOW_M_S, MIDDLE_M_S, FAST_M_S = 2.5, 3.5, 4.5
BELT_M_S = 0.2
"""Belt speeds of the shared recordings, and how far the speed found may lie from them."""


def late_elongation(material: Material) -> Array:
    """V6: peak of the anterior strand in the second half of stance, one number for each runner, %."""
    by_runner: dict[str, list[float]] = {}
    for trial in material.trials:
        if _at(trial, MIDDLE_M_S) or _at(trial, FAST_M_S):
            by_runner.setdefault(trial.runner, []).extend(late for _, late in _halves(trial))
    return np.array([np.mean(values) for values in by_runner.values()])


def later_than_early(material: Material) -> Array:
    """V6: second half's peak minus the first's, each side of each trial, points."""
    trials = [trial for trial in material.trials if _at(trial, MIDDLE_M_S) or _at(trial, FAST_M_S)]
    return np.array([late - early for trial in trials for early, late in _halves(trial)])


def rate_rises(material: Material) -> Array:
    """V7: rise of the peak rate from the slowest to the fastest speed, one number for each runner, %."""
    return np.array([100 * (fast[1] / slow[1] - 1.0) for slow, fast in _slow_and_fast(material)])


def rate_for_ten_percent(material: Material) -> Array:
    """V7: rise of the peak rate for 10 % more speed, as a power of speed, one number for each runner, %."""
    powers = [np.log(fast[1] / slow[1]) / np.log(fast[0] / slow[0]) for slow, fast in _slow_and_fast(material)]
    return np.array([100 * (1.1**power - 1.0) for power in powers])


def energy_slow(material: Material) -> Array:
    """V18: energy in both strands at 2.5 m/s, each side of each trial, J."""
    return _energy(material, SLOW_M_S)


def energy_fast(material: Material) -> Array:
    """V18: energy in both strands at 4.5 m/s, each side of each trial, J."""
    return _energy(material, FAST_M_S)


def _energy(material: Material, speed_m_s: float) -> Array:
    bands = [band for trial in material.trials if _at(trial, speed_m_s) for band in trial.sides.values()]
    return np.array(
        [np.nanmedian(band.outcomes["anterior.energy_j"] + band.outcomes["posterior.energy_j"]) for band in bands]
    )


def _at(trial: Trial, speed_m_s: float) -> bool:
    return abs(trial.speed_m_s - speed_m_s) < BELT_M_S


def _halves(trial: Trial) -> Iterator[tuple[float, float]]:
    """Peak elongation of the anterior strand's mean curve in each half of stance, %, side by side."""
    for band in trial.sides.values():
        curve = 100 * np.median(band.curves.elongation[:, :, 0], axis=0)
        middle = len(curve) // 2
        yield float(curve[: middle + 1].max()), float(curve[middle:].max())


def _slow_and_fast(material: Material) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """(speed, rate) at the slowest and at the fastest speed of each runner who has two."""
    by_runner: dict[str, list[tuple[float, float]]] = {}
    for trial in material.trials:
        rates = [float(np.median(band.outcomes[RATE])) for band in trial.sides.values()]
        by_runner.setdefault(trial.runner, []).append((trial.speed_m_s, float(np.mean(rates))))
    runs = [sorted(found) for found in by_runner.values()]
    return [(run[0], run[-1]) for run in runs if any(b[0] - a[0] > BELT_M_S for a, b in pairwise(run))]
