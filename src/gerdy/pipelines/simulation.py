"""``gerdy simulate``: virtual runners, the order of three strategies, and where it turns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gerdy import evidence
from gerdy.errors import RecordInvalid
from gerdy.outlook.order import Order, order
from gerdy.outlook.simulate import STRATEGIES, simulate
from gerdy.pipelines.analysis import sources

if TYPE_CHECKING:
    from gerdy.evidence import Used
    from gerdy.outlook.order import Turning
    from gerdy.quantities import Array

SCHEMA: Final = "gerdy/simulate/1"
FEWEST: Final = 50
MOST: Final = 100_000
PERCENTILES: Final = (5.0, 50.0, 95.0)


@dataclass(frozen=True, slots=True)
class Illustration:
    """A simulation, what it shows, and the registry entries behind it.

    Parameters
    ----------
    load, capacity : (strategies, 3, weeks) 5th, 50th and 95th percentile over virtual runners, weekly means
    flare_days : (strategies, 3) percentiles of the days in a flare after the first episode
    """

    seed: int
    runners: int
    order: Order
    load: Array
    capacity: Array
    flare_days: Array
    used: Used


def illustrate(runners: int, seed: int) -> Illustration:
    """Simulate `runners` virtual runners; the same seed gives the same numbers to the last bit.

    Raises
    ------
    RecordInvalid : fewer than 50 runners (fifths would be empty) or more than 100 000
    """
    if not FEWEST <= runners <= MOST:
        raise RecordInvalid(f"{runners} virtual runners were asked for; give {FEWEST} to {MOST} with --runners.")
    with evidence.collect() as used:
        found = simulate(runners, np.random.default_rng(seed))
        return Illustration(
            seed,
            runners,
            order(found),
            _weekly(found.load),
            _weekly(found.capacity),
            np.percentile(found.flare_days(), PERCENTILES, axis=1).T,
            used,
        )


def to_json(found: Illustration) -> dict[str, Any]:
    """Return the documented JSON."""
    return {
        "schema": SCHEMA,
        "what_this_is": "an illustration from house choices, not evidence",
        "seed": found.seed,
        "virtual_runners": found.runners,
        "order": {
            "expected": "flare days: train then maintain ≤ train then stop ≤ rest and roll",
            "holds": found.order.holds,
            "no_difference": found.order.same,
            "turns": found.order.turns,
            "steps": {
                pair: dict(zip(("fewer", "same", "more"), shares, strict=True))
                for pair, shares in found.order.steps.items()
            },
            "by_parameter": [_turning(item) for item in found.order.by_parameter],
        },
        "strategies": [
            {
                "name": name,
                "flare_days": _named(found.flare_days[n]),
                "load": _rows(found.load[n]),
                "capacity": _rows(found.capacity[n]),
            }
            for n, name in enumerate(STRATEGIES)
        ],
        "house_choices": [_choice(key) for key in found.used],
        "sources": sources(found.used),
    }


def _weekly(values: Array) -> Array:
    weeks = values.shape[2] // 7
    means = values[:, :, : weeks * 7].reshape(*values.shape[:2], weeks, 7).mean(axis=3)
    rows: Array = np.percentile(means, PERCENTILES, axis=1).transpose(1, 0, 2)
    return rows


def _turning(item: Turning) -> dict[str, Any]:
    return {
        "parameter": item.key,
        "unit": evidence.registry()[item.key].unit,
        "fifths": _list(item.edges),
        "holds": _list(item.holds),
        "turns": _list(item.turns),
    }


def _choice(key: str) -> dict[str, Any]:
    item = evidence.registry()[key]
    interval = list(item.interval) if item.interval else None
    return {"key": key, "value": item.value, "interval": interval, "unit": item.unit, "certainty": item.certainty}


def _named(row: Array) -> dict[str, float]:
    return {name: float(value) for name, value in zip(("p5", "median", "p95"), row, strict=True)}


def _rows(rows: Array) -> dict[str, list[float]]:
    return {name: _list(row) for name, row in zip(("p5", "median", "p95"), rows, strict=True)}


def _list(values: Array) -> list[float]:
    return [round(float(value), 4) for value in values]
