"""The outlook of one runner on one day: the watch, the load and the capacity, now and for a planned build."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy import evidence
from gerdy.outlook.alarm_record import AlarmRecord, alarm_record
from gerdy.outlook.coverage import DayKind, day_kinds
from gerdy.outlook.forecast import Forecast, forecast
from gerdy.outlook.guard import cap_m, longest_run_m
from gerdy.outlook.history import between, up_to
from gerdy.outlook.load import RunLoad, load_draws, run_loads
from gerdy.outlook.retests import due
from gerdy.outlook.series import yardstick
from gerdy.outlook.step_load import StepLoad, step_load
from gerdy.outlook.watch_days import WatchDay, timeline

if TYPE_CHECKING:
    from gerdy.outlook.build import BuildWeek
    from gerdy.outlook.history import History
    from gerdy.outlook.series import Yardstick
    from gerdy.records import Decision

DRAWS: Final = 512
"""Draws of the unknowns; between seeds a percentile of a curve then moves by at most 0.04 usual loads."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the outlook is asked beyond the record.

    Parameters
    ----------
    build : planned weeks
    usual_km : kilometres of a week that went well, as the runner names them
    older : True from 60 years on
    seed : of the draws
    """

    build: tuple[BuildWeek, ...] = ()
    usual_km: float | None = None
    older: bool = False
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Outlook:
    """Everything that is said about one day.

    Parameters
    ----------
    today : colour, signals of the day, watch
    active : (day, signal) of the last seven days, the colour's reasons
    retest : R-089's due date
    next_run_m : longest run that R-064 advises today; None where nothing was recorded for 30 days
    not_recorded : days of the last 28 about which nothing is known
    yard, curves : None where fewer than four earlier weeks were recorded
    runs : load of each run of the last 28 days
    alarms : how often the watch spoke in the last year, and what followed
    """

    now: dt.date
    today: WatchDay
    active: tuple[tuple[dt.date, Decision], ...]
    retest: Decision
    next_run_m: float | None
    not_recorded: int
    step: StepLoad
    yard: Yardstick | None
    curves: Forecast | None
    runs: tuple[RunLoad, ...]
    alarms: AlarmRecord
    watch: tuple[WatchDay, ...]


def outlook(history: History, now: dt.date, question: Question | None = None) -> Outlook:
    """Say how load and capacity stand on `now`, from what is recorded up to that day.

    Parameters
    ----------
    now : the runner's local day
    """
    asked, history = question or Question(), up_to(history, now)
    rng = np.random.default_rng(asked.seed)
    step = step_load(history, now)
    draws = load_draws(step, DRAWS, rng)
    yard = yardstick(history, now, draws, asked.usual_km)
    recent = now - dt.timedelta(days=int(evidence.value("house_load.usual_days")) - 1)
    watched = timeline(history, max(history.first_day() or now, now - dt.timedelta(days=364)), now)
    hold = int(evidence.value("house_signals.hold_days"))
    longest = longest_run_m(history, now)
    starts = asked.build[0].starts if asked.build else None
    return Outlook(
        now,
        watched[-1],
        tuple((w.day, decision) for w in watched[-hold:] for decision in w.raised),
        due(history, now, starts),
        None if longest is None else cap_m(longest),
        sum(kind is DayKind.NOT_RECORDED for kind in day_kinds(history, recent, now)),
        step,
        yard,
        None if yard is None else forecast(history, now, draws, yard, rng, build=asked.build, older=asked.older),
        run_loads(between(history.runs, recent, now), draws, assumed_step=step.assumed),
        alarm_record(history, watched),
        watched,
    )
