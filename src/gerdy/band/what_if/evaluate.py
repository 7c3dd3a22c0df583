"""Many what-ifs on one believable band: each is a few more stances in the row that the kernels are given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy.stats import qmc

from gerdy import evidence
from gerdy.band.evaluate import AtStances, outcomes_at, zero_length
from gerdy.band.priors import SEED
from gerdy.band.what_if.bands import as_standing, changed_band, changed_strength
from gerdy.band.what_if.cadence import cadence_change
from gerdy.band.what_if.measured import added
from gerdy.band.what_if.pose import move
from gerdy.band.what_if.speed import speed_change
from gerdy.errors import EvidenceInvalid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.band.design import Draw
    from gerdy.band.what_if.case import Case
    from gerdy.band.what_if.language import Change
    from gerdy.band.what_if.pose import Moved
    from gerdy.quantities import Array

__all__ = ["CENTRAL", "Changed", "Luck", "changed_case", "evaluate", "lucks", "of_group", "rests_on_luck"]

ROWS: Final = 4096
"""Rows of one call: enough to keep every thread busy, few enough to stay in the processor's cache."""

_DRAWN: Final = ("dorsiflexion", "cadence", "speed")


class Luck(NamedTuple):
    """What is unknown about a change itself, 0 to 1 each.

    Attributes
    ----------
    coupling : of dorsiflexion and tibial rotation, within its interval
    numerator, denominator : where two printed moments lie within their rounding
    runner : whose change with speed is taken
    """

    coupling: float
    numerator: float
    denominator: float
    runner: float


CENTRAL: Final = Luck(0.5, 0.5, 0.5, 0.5)


class Changed(NamedTuple):
    """A case after changes of motion.

    Attributes
    ----------
    at : pose, velocity and net moments, in stances of the changed length
    stride_s, speed_m_s : after the change
    moved : what the changes of pose made of it; None where there were none
    """

    at: AtStances
    stride_s: float
    speed_m_s: float
    moved: Moved | None


def lucks(count: int) -> tuple[Luck, ...]:
    """Draw what is unknown about a change itself; the same count gives the same draws.

    Parameters
    ----------
    count : a power of two
    """
    return tuple(Luck(*map(float, u)) for u in qmc.Sobol(len(Luck._fields), scramble=True, rng=SEED).random(count))


def of_group(changes: Sequence[Change], group: str) -> tuple[Change, ...]:
    """Return the changes of one kind of input."""
    return tuple(change for change in changes if change.subject.group == group)


def rests_on_luck(changes: Sequence[Change]) -> bool:
    """Tell whether a change holds something that is drawn anew for every band."""
    return any(change.subject.name in _DRAWN for change in changes)


def changed_case(case: Case, changes: Sequence[Change], luck: Luck = CENTRAL) -> Changed:
    """Apply changes of motion: pose first, where force and moments are known, then what was measured.

    Raises
    ------
    WhatIfRefused : a speed outside those that were measured
    """
    pose = of_group(changes, "pose")
    moved = move(case, pose, _coupling(luck.coupling))
    at, stride_s, speed = AtStances(case.at.when_s, moved.q, moved.velocity, moved.moments), case.stride_s, 0.0
    for change in of_group(changes, "measured"):
        measured = (
            speed_change(case, change.amount, luck.runner)
            if change.subject.name == "speed"
            else cadence_change(case, change.amount, luck.numerator, luck.denominator)
        )
        at, stride_s, speed = added(case, at, measured), stride_s * measured.stride, speed + measured.speed_m_s
    return Changed(at, stride_s, case.speed_m_s + speed, moved if pose else None)


def evaluate(
    case: Case, what_ifs: Sequence[Sequence[Change]], cases: Sequence[Changed], draw: Draw
) -> list[dict[str, float]]:
    """Compute every outcome of every what-if on one believable band, mean over stances.

    Parameters
    ----------
    case : as recorded
    what_ifs : changes that apply together; an empty one is the baseline
    cases : of each what-if, from `changed_case`
    draw : the believable band

    Returns
    -------
    one table for each what-if: dotted path → mean over stances; NaN where forces are needed and missing

    Notes
    -----
    What-ifs that share band and strength are rows of one call; a stance knows nothing of its neighbours in a row.
    """
    found: list[dict[str, float]] = [{}] * len(what_ifs)
    stances = len(case.at.when_s)
    for batch in _batches(what_ifs, case.at.when_s.size):
        band = changed_band(draw, of_group(what_ifs[batch[0]], "band"))
        zero = zero_length(case.body, case.side, case.standing, as_standing(band))
        strength = _by_row(case, [what_ifs[i] for i in batch])
        row = _row([cases[i].at for i in batch])
        outcomes, _ = outcomes_at(case.body, case.side, row, band, zero, strength=strength)
        means = _means(np.stack(list(outcomes.values())), stances)
        for k, i in enumerate(batch):
            found[i] = dict(zip(outcomes, map(float, means[:, k]), strict=True))
    return found


def _means(values: Array, stances: int) -> Array:
    """(outcomes, what-ifs) mean over the stances in which an outcome was found, of (outcomes, what-ifs · stances)."""
    cut = values.reshape(len(values), -1, stances)
    seen = np.isfinite(cut)
    count = seen.sum(axis=2)
    total: Array = np.where(seen, cut, 0.0).sum(axis=2)
    return np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)


def _batches(what_ifs: Sequence[Sequence[Change]], rows: int) -> list[list[int]]:
    """Group what-ifs that have the same band, as many in one call as `ROWS` allows."""
    by_band: dict[tuple[Change, ...], list[int]] = {}
    for i, changes in enumerate(what_ifs):
        by_band.setdefault(of_group(changes, "band"), []).append(i)
    together = max(1, ROWS // rows)
    return [same[i : i + together] for same in by_band.values() for i in range(0, len(same), together)]


def _by_row(case: Case, batch: Sequence[Sequence[Change]]) -> dict[str, float | Array]:
    """Factors on the capacity of muscles, for each row of a batch."""
    each = [changed_strength(of_group(changes, "strength"), case.side) for changes in batch]
    rows = case.at.when_s.size
    return {
        name: np.repeat([factors.get(name, 1.0) for factors in each], rows)
        for name in sorted({name for factors in each for name in factors})
    }


def _row(parts: Sequence[AtStances]) -> AtStances:
    """Put stances behind each other in one row."""
    if len(parts) == 1:
        return parts[0]
    moments = None if parts[0].moments is None else np.concatenate([p.moments for p in parts if p.moments is not None])
    return AtStances(
        np.concatenate([p.when_s for p in parts]),
        np.concatenate([p.q for p in parts]),
        np.concatenate([p.velocity for p in parts]),
        moments,
    )


def _coupling(u: float) -> float:
    found: Array | tuple[float, float] | None = evidence.entry("house_what_if.dorsiflexion_coupling").interval
    if found is None:
        raise EvidenceInvalid("house_what_if.dorsiflexion_coupling needs an interval: it is drawn from.")
    low, high = found
    return float(low + u * (high - low))
