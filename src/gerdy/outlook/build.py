"""A planned build: kilometres and strength sessions week by week."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gerdy import evidence
from gerdy.errors import RecordInvalid
from gerdy.outlook.coverage import DayKind, day_kinds, days
from gerdy.outlook.guard import cap_m
from gerdy.outlook.history import between
from gerdy.outlook.load import duration_s, speed_m_s
from gerdy.outlook.volume import plans_in_force

if TYPE_CHECKING:
    from gerdy.outlook.history import History
    from gerdy.quantities import Array
    from gerdy.records import PlannedRun, Run


@dataclass(frozen=True, slots=True)
class BuildWeek:
    """One planned week.

    Parameters
    ----------
    starts : its first day
    km : running
    sessions : full strength sessions; None where the plan does not say (then as many as usual)
    longest_km : the longest run; None where the plan does not say
    """

    starts: dt.date
    km: float
    sessions: float | None = None
    longest_km: float | None = None

    def __post_init__(self) -> None:
        for name in ("km", "sessions", "longest_km"):
            value = getattr(self, name)
            if value is not None and not 0.0 <= value < float("inf"):
                raise RecordInvalid(f"Week {self.starts}: {name} is {value:g}; give a number from 0 up.")


@dataclass(frozen=True, slots=True)
class PlannedDays:
    """What is planned for each of some days; NaN where no plan speaks.

    Parameters
    ----------
    km : (days,)
    sessions : (days,) full strength sessions
    """

    km: Array
    sessions: Array


def planned_days(history: History, first: dt.date, last: dt.date, build: tuple[BuildWeek, ...]) -> PlannedDays:
    """Lay plans and build on single days; where both speak the build wins, as it is the question asked.

    A plan speaks for every day from its start to its end: a day without a run in it is planned rest. Runs planned
    in minutes are taken at the runner's usual speed before the plan; a run planned without a size leaves its day
    open. The kilometres and sessions of a build week are spread evenly over its days.
    """
    all_days = days(first, last)
    place = {day: n for n, day in enumerate(all_days)}
    km, sessions = np.full(len(all_days), np.nan), np.full(len(all_days), np.nan)
    for plan in plans_in_force(history, last):
        speed = usual_speed_m_s(history, plan.starts)
        for day in (d for d in all_days if plan.starts <= d <= plan.ends):
            km[place[day]] = sum(_planned_km(run, speed) for run in plan.runs if run.date == day)
            sets = sum(s.sets for s in plan.sets if s.date == day)
            sessions[place[day]] = min(1.0, sets / evidence.value("house_capacity.full_session_sets"))
    for week in build:
        for day in (week.starts + dt.timedelta(days=n) for n in range(7)):
            if day in place:
                km[place[day]] = week.km / 7.0
                sessions[place[day]] = np.nan if week.sessions is None else week.sessions / 7.0
    return PlannedDays(km, sessions)


def usual_speed_m_s(history: History, day: dt.date) -> float:
    """Return the median speed of the runs of the twelve weeks before `day`; the norm's without any."""
    first = day - dt.timedelta(weeks=evidence.value("house_load.reference_weeks"))
    recent = between(history.runs, first, day - dt.timedelta(days=1))
    speeds = [speed for fact in recent if (speed := speed_m_s(fact.entry)) is not None]
    return float(np.median(speeds)) if speeds else evidence.value("house_load.norm_speed")


def _planned_km(run: PlannedRun, speed: float) -> float:
    if run.km is not None:
        return run.km
    return float("nan") if run.minutes is None else run.minutes * 60.0 * speed / 1000.0


def _done_km(run: Run, speed: float) -> float:
    seconds = duration_s(run)
    return run.distance_m / 1000.0 if run.distance_m else (seconds or 0.0) * speed / 1000.0


def adherence_to_runs(history: History, now: dt.date, uniform: Array) -> Array:
    """Return the share of planned kilometres to expect, (draws,).

    The runner's own share of the last four weeks where a plan covers them, between *only what was recorded*
    and *also every planned day without a record*; else the registered interval.
    """
    first = now - dt.timedelta(days=int(evidence.value("house_load.usual_days")) - 1)
    planned = planned_days(history, first, now, ()).km
    low, high = evidence.entry("house_load.usual_adherence").interval or (1.0, 1.0)
    if np.isfinite(planned).all() and planned.sum() > 0:
        runs = between(history.runs, first, now)
        kinds = day_kinds(history, first, now)
        speed = usual_speed_m_s(history, first)
        done = sum(_done_km(fact.entry, speed) for fact in runs)
        silent = sum(km for kind, km in zip(kinds, planned, strict=True) if kind is DayKind.NOT_RECORDED)
        low, high = (
            done / planned.sum(),
            min((done + silent) / planned.sum(), max(high, done / planned.sum())),
        )
    return low + (high - low) * uniform


def longest_run_checks(history: History, build: tuple[BuildWeek, ...]) -> tuple[str, ...]:
    """Say of each planned week whether its longest run keeps R-064, given the weeks before it.

    Returns
    -------
    ``within``, ``above``, ``no basis`` (nothing to compare with) or ``not recorded`` (the plan does not say)
    """
    said = []
    window = dt.timedelta(days=int(evidence.value("frandsen2025.longest_run_window")))
    for n, week in enumerate(build):
        if week.longest_km is None:
            said.append("not recorded")
            continue
        runs = between(history.runs, week.starts - window, week.starts - dt.timedelta(days=1))
        longest = [d for fact in runs if (d := fact.entry.distance_m)]
        longest += [w.longest_km * 1000 for w in build[:n] if w.longest_km and week.starts - w.starts <= window]
        if not longest:
            said.append("no basis")
        else:
            said.append("within" if week.longest_km * 1000 <= cap_m(max(longest)) else "above")
    return tuple(said)
