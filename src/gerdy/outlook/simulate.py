"""Virtual runners over two years under three strategies: an illustration of the articles' story, no evidence.

Everyone starts with an episode, returns to moderate weeks, and climbs months later. The strategies differ
only in what is done about strength, and in whether running stops or shrinks during a flare:

* *rest and roll*: no running during a flare, no strength work;
* *train then stop*: reduced running and full strength work, which ends with the rehabilitation;
* *train then maintain*: the same, then one session a week for good.

Capacity and load follow `gerdy.outlook.capacity`; a flare begins when the carried load exceeds capacity.
Every parameter is drawn over its registered interval, and the three strategies share the draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy import evidence
from gerdy.outlook.capacity import KEYS as CAPACITY_KEYS
from gerdy.outlook.capacity import CapacityDraws, carried_step, held, trained_step
from gerdy.outlook.draws import draw

if TYPE_CHECKING:
    from gerdy.quantities import Array, Flags

STRATEGIES: Final = ("rest and roll", "train then stop", "train then maintain")
DAYS: Final = 730
CLIMB_KEYS: Final = (
    "house_simulation.climb_after",
    "house_simulation.climb_per_week",
    "house_simulation.climb_peak",
    "house_simulation.moderate_level",
    "house_simulation.peak_weeks",
)
EPISODE_KEYS: Final = (
    "house_simulation.flare_days",
    "house_simulation.reduced_level",
    "house_simulation.return_days",
    "house_simulation.rehabilitation_days",
    "house_simulation.training_kept",
)
KEYS: Final = (*CAPACITY_KEYS, *CLIMB_KEYS, *EPISODE_KEYS)
YEAR_D: Final = 365
MONTH_D: Final = 365.2425 / 12


@dataclass(frozen=True, slots=True)
class Simulation:
    """What happened to the virtual runners.

    Parameters
    ----------
    draws : parameter key → (runners,)
    load, capacity : (strategies, runners, days) in usual loads
    in_flare : (strategies, runners, days)
    """

    draws: dict[str, Array]
    load: Array
    capacity: Array
    in_flare: Flags

    def flare_days(self) -> Array:
        """Return days in a flare after the first episode, (strategies, runners)."""
        ended = np.cumprod(self.in_flare, axis=2, dtype=np.bool_)
        later: Flags = self.in_flare & ~ended
        days: Array = np.count_nonzero(later, axis=2).astype(np.float64)
        return days


def simulate(runners: int, rng: np.random.Generator) -> Simulation:
    """Follow virtual runners for two years under each strategy.

    Parameters
    ----------
    runners : how many
    rng : random generator; the same state gives the same bytes
    """
    values = draw(KEYS, runners, rng)
    p = _capacity(values)
    episode = {key.partition(".")[2]: values[key] for key in EPISODE_KEYS}
    shape = (len(STRATEGIES), runners)
    share, carried = np.zeros(shape), np.zeros(shape)
    left, since = np.tile(episode["flare_days"], (len(STRATEGIES), 1)), np.zeros(shape)
    load, capacity = np.empty((*shape, DAYS)), np.empty((*shape, DAYS))
    in_flare = np.empty((*shape, DAYS), dtype=np.bool_)
    for day in range(DAYS):
        flare = left > 0
        sessions = _sessions(since, p, episode)
        run = _planned(day, values) * _allowed(flare, since, episode)
        share = trained_step(share, sessions, p)
        carried = carried_step(carried, run + p.session_load * sessions / 7.0, p)
        ceiling = held(share, p)
        load[:, :, day], capacity[:, :, day], in_flare[:, :, day] = carried, ceiling, flare
        begins = ~flare & (carried > ceiling)
        left = np.where(begins, episode["flare_days"], np.maximum(left - 1.0, 0.0))
        since = np.where(begins, 0.0, since + 1.0)
    return Simulation(values, load, capacity, in_flare)


def _sessions(since: Array, p: CapacityDraws, episode: dict[str, Array]) -> Array:
    """Return strength sessions per week of each strategy, given days since the last flare began."""
    rehabilitating = since < episode["rehabilitation_days"]
    kept = episode["training_kept"]
    full, some = p.full_dose * kept, p.hold_dose * kept
    after = np.array([0.0, 0.0, 1.0])[:, None] * some
    trains = np.array([0.0, 1.0, 1.0])[:, None]
    return np.where(rehabilitating, trains * full, after)


def _planned(day: int, values: dict[str, Array]) -> Array:
    """Return the planned load of a day in usual days, (runners,): moderate, with one climb each year."""
    v = {key.partition(".")[2]: values[key] for key in CLIMB_KEYS}
    into = np.mod(day - v["climb_after"] * MONTH_D, YEAR_D)
    climbing = np.where(day < v["climb_after"] * MONTH_D, -1.0, into / 7.0)
    peak = np.maximum(v["climb_peak"], v["moderate_level"])
    level = np.minimum(v["moderate_level"] * (1.0 + v["climb_per_week"] * np.maximum(climbing, 0.0)), peak)
    to_peak = (peak / v["moderate_level"] - 1.0) / v["climb_per_week"]
    return np.where(climbing > to_peak + v["peak_weeks"], v["moderate_level"], level)


def _allowed(flare: Flags, since: Array, episode: dict[str, Array]) -> Array:
    """Return the share of the planned running that is done: less in a flare, then a gradual return."""
    low = np.array([0.0, 1.0, 1.0])[:, None] * episode["reduced_level"]
    back = np.clip((since - episode["flare_days"]) / episode["return_days"], 0.0, 1.0)
    return np.where(flare, low, low + (1.0 - low) * back)


def _capacity(values: dict[str, Array]) -> CapacityDraws:
    named = {key.partition(".")[2]: values[key] for key in CAPACITY_KEYS}
    hold = evidence.value("spiering2021.sessions_to_hold")
    return CapacityDraws(gain=named.pop("strength_gain"), **named, hold_dose=hold)
