"""Day by day: load done, planned and expected, in the runner's usual days of running.

On a day that was not recorded the load lies anywhere between nothing and a usual day: no record is not rest.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gerdy import evidence
from gerdy.outlook.coverage import DayKind, day_kinds, strength_known
from gerdy.outlook.history import between
from gerdy.outlook.load import damage, steps, usual_cadence_spm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.outlook.history import Dated, History
    from gerdy.outlook.load import LoadDraws
    from gerdy.quantities import Array, Flags
    from gerdy.records import Run, StrengthSession


@dataclass(frozen=True, slots=True)
class Yardstick:
    """The usual week that all load is measured in.

    Parameters
    ----------
    usual_week : (draws,) damage index of a usual week, in steps of the norm
    usual_km : kilometres of that week
    weeks : how many recorded weeks stand behind it; 0 where the runner named the kilometres
    obtained : one sentence
    """

    usual_week: Array
    usual_km: float
    weeks: int
    obtained: str


def yardstick(history: History, now: dt.date, draws: LoadDraws, usual_km: float | None = None) -> Yardstick | None:
    """Take the median recorded week of the twelve that end four weeks before `now`.

    The last four weeks are left out so that the yardstick does not move with what it is held against; a
    week without a recorded run is left out, not counted as zero.

    Parameters
    ----------
    usual_km : kilometres of a week that went well, as the runner names them; used instead

    Returns
    -------
    None where fewer than four weeks have a recorded run and no kilometres were named
    """
    gap = dt.timedelta(weeks=evidence.value("house_load.reference_gap_weeks"))
    if usual_km is not None:
        week = usual_km * usual_per_km(history, now, draws)
        return Yardstick(week, usual_km, 0, f"{usual_km:g} km a week, as the runner named it")
    count = int(evidence.value("house_load.reference_weeks"))
    ends = [now - gap - dt.timedelta(weeks=n) for n in range(count)]
    weeks = [between(history.runs, end - dt.timedelta(days=6), end) for end in ends]
    ran = [week for week in weeks if np.all(_damage(week, draws) > 0)]
    if len(ran) < evidence.value("house_load.reference_least_weeks"):
        return None
    km = float(np.median([_km(week) for week in ran]))
    loads = np.median([_damage(week, draws) for week in ran], axis=0)
    text = f"median of {len(ran)} recorded weeks before {(now - gap).isoformat()}"
    return Yardstick(loads, km, len(ran), text)


def usual_per_km(history: History, now: dt.date, draws: LoadDraws) -> Array:
    """Return the damage index per kilometre at the runner's usual pace, (draws,).

    From the same weeks as the yardstick; without a run in them from the last four; without any, of a runner at the
    norm's speed with the cadence usual at it.
    """
    gap = now - dt.timedelta(weeks=evidence.value("house_load.reference_gap_weeks"))
    first = gap - dt.timedelta(weeks=evidence.value("house_load.reference_weeks"))
    for start, end in ((first, gap), (gap, now)):
        runs = [fact for fact in between(history.runs, start, end) if fact.entry.distance_m]
        if runs:
            return _damage(runs, draws) / _km(runs)
    speed = evidence.value("house_load.norm_speed")
    count = usual_cadence_spm(speed) * draws.cadence * 1000.0 / speed / 60.0
    return count * draws.step**draws.exponent


def done_load(
    history: History, first: dt.date, last: dt.date, draws: LoadDraws, yard: Yardstick
) -> tuple[Array, Flags]:
    """Return the recorded load of each day in usual days, and whether the day is recorded.

    A run without distance and time counts as a usual day in size: it was done, its size is unknown.

    Returns
    -------
    (draws, days) load, zero where not recorded; (days,) recorded
    """
    load = np.zeros((draws.step.size, (last - first).days + 1))
    for fact in between(history.runs, first, last):
        load[:, (fact.day - first).days] += _relative(fact.entry, draws, yard)
    kinds = day_kinds(history, first, last)
    return load, np.array([kind is not DayKind.NOT_RECORDED for kind in kinds], dtype=np.bool_)


def done_sessions(history: History, first: dt.date, last: dt.date) -> tuple[Array, Flags]:
    """Return the full strength sessions of each day, and whether the day is known; (days,) each."""
    sessions = np.zeros((last - first).days + 1)
    for fact in between(history.sessions, first, last):
        sessions[(fact.day - first).days] += session_size(fact.entry)
    return np.minimum(sessions, 1.0), strength_known(history, first, last)


def session_size(session: StrengthSession) -> float:
    """Return how full a session was, 0-1: its sets over the smallest full session's."""
    return min(1.0, len(session.sets) / evidence.value("house_capacity.full_session_sets"))


def fill_unknown(known: Array, is_known: Flags, uniform: Array) -> Array:
    """Fill the days that were not recorded with anything between nothing and the usual.

    Usual is the mean of the last four weeks up to the latest recorded day.

    Parameters
    ----------
    known : (draws, days) zero where not recorded
    is_known : (days,)
    uniform : (draws, days) 0-1, how much of a usual day an unrecorded day held

    Returns
    -------
    (draws, days)
    """
    window = int(evidence.value("house_load.usual_days"))
    total = np.cumsum(known, axis=1)
    before = np.pad(total, ((0, 0), (window, 0)))[:, : total.shape[1]]
    count = np.arange(total.shape[1])
    usual = (total - before) / np.minimum(count + 1, window)
    latest = np.maximum.accumulate(np.where(is_known, count, 0))
    filled: Array = np.where(is_known, known, uniform * usual[:, latest])
    return filled


def _relative(run: Run, draws: LoadDraws, yard: Yardstick) -> Array:
    if not np.isfinite(steps(run, draws)).all():
        return np.ones_like(draws.step)
    share: Array = 7.0 * damage(run, draws, draws.exponent) / yard.usual_week
    return share


def _damage(facts: Sequence[Dated[Run]], draws: LoadDraws) -> Array:
    total: Array = np.nansum([damage(fact.entry, draws, draws.exponent) for fact in facts], axis=0)
    return total


def _km(facts: Sequence[Dated[Run]]) -> float:
    return sum(fact.entry.distance_m or 0.0 for fact in facts) / 1000.0
