"""Over which share of the parameter ranges the order of the strategies holds, and where it turns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy.outlook.simulate import STRATEGIES

if TYPE_CHECKING:
    from gerdy.outlook.simulate import Simulation
    from gerdy.quantities import Array, Flags, Indices

FIFTHS: Final = 5


@dataclass(frozen=True, slots=True)
class Turning:
    """How the order depends on one parameter.

    Parameters
    ----------
    key : of the registry
    edges : (6,) limits of the fifths, in the unit of the entry
    holds, turns : (5,) share of the virtual runners of each fifth in whom the order holds, or turns
    """

    key: str
    edges: Array
    holds: Array
    turns: Array

    @property
    def spread(self) -> float:
        """Difference between the fifths with the most and the least turns."""
        return float(np.ptp(self.turns))


@dataclass(frozen=True, slots=True)
class Order:
    """The expected order is: no more flare days with maintenance than after stopping, no more than with rest.

    Parameters
    ----------
    holds : share of the parameter ranges in which it holds and at least one step is strict
    same : share in which all three have the same number of flare days
    turns : share in which a step is the other way round
    steps : for each pair of neighbours, the share with fewer, as many and more flare days in the first
    by_parameter : the parameter that turns the order most comes first
    """

    holds: float
    same: float
    turns: float
    steps: dict[str, tuple[float, float, float]]
    by_parameter: tuple[Turning, ...]


def order(simulation: Simulation) -> Order:
    """Compare the strategies runner by runner, and fifth by fifth of each parameter."""
    rest, stop, maintain = simulation.flare_days()
    same = (rest == stop) & (stop == maintain)
    holds = (maintain <= stop) & (stop <= rest) & ~same
    turns = ~holds & ~same
    found = [_turning(key, values, holds, turns) for key, values in simulation.draws.items()]
    found.sort(key=lambda turning: (-turning.spread, turning.key))
    steps = {
        f"{STRATEGIES[2]} against {STRATEGIES[1]}": _step(maintain, stop),
        f"{STRATEGIES[1]} against {STRATEGIES[0]}": _step(stop, rest),
    }
    return Order(float(holds.mean()), float(same.mean()), float(turns.mean()), steps, tuple(found))


def _step(first: Array, second: Array) -> tuple[float, float, float]:
    return float((first < second).mean()), float((first == second).mean()), float((first > second).mean())


def _turning(key: str, values: Array, holds: Flags, turns: Flags) -> Turning:
    edges = np.quantile(values, np.linspace(0.0, 1.0, FIFTHS + 1))
    fifth = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, FIFTHS - 1)
    return Turning(key, edges, _share_by(fifth, holds), _share_by(fifth, turns))


def _share_by(fifth: Indices, flags: Flags) -> Array:
    """Return the share of True in each fifth; NaN for an empty one."""
    count = np.bincount(fifth, minlength=FIFTHS).astype(np.float64)
    found = np.bincount(fifth, weights=flags, minlength=FIFTHS)
    share: Array = np.divide(found, count, out=np.full(FIFTHS, np.nan), where=count > 0)
    return share
