"""How many runs a week holds, and how long they may be, before anybody asks on which day."""

from __future__ import annotations

import datetime as dt
import math
from statistics import median
from typing import TYPE_CHECKING, Final

from gerdy.evidence import span, value
from gerdy.outlook.history import between
from gerdy.outlook.load import speed_m_s
from gerdy.outlook.volume import week_m
from gerdy.programme.flare import week_after
from gerdy.running.guards import distance_cap_m
from gerdy.running.stages import ORDER

if TYPE_CHECKING:
    from gerdy.outlook.history import History
    from gerdy.records import Decision, Wishes
    from gerdy.running.ladder import LadderState

DAY: Final = dt.timedelta(days=1)
LAST_OF_LADDER: Final = "R9"
LONG_FROM: Final = "R10"


def run_days(wishes: Wishes) -> tuple[int, ...]:
    """Return the weekdays on which the runner may run."""
    return tuple(sorted(day.weekday for day in wishes.days if day.run_minutes is None or day.run_minutes > 0))


def runs_per_week(wishes: Wishes, ladder: LadderState | None) -> int:
    """Return how many runs (or walks, before the ladder) a week holds."""
    if ladder is None:
        most = value("house_plan.walks_per_week")
    elif ORDER.index(ladder.stage) < ORDER.index(LAST_OF_LADDER):
        most = value("house_plan.ladder_runs")
    else:
        most = value("house_plan.runs_after_ladder")
    return min(len(run_days(wishes)), int(most))


def pace_s_per_km(history: History, day: dt.date) -> float:
    """Return the runner's usual pace from the last runs with distance and time; a house pace where there is none."""
    runs = between(history.runs, dt.date.min, day - DAY)
    speeds = [speed for fact in runs if (speed := speed_m_s(fact.entry))]
    last = speeds[-int(value("house_plan.pace_runs")) :]
    return 1000.0 / median(last) if last else value("house_plan.pace_s_per_km")


def long_run_km(history: History, day: dt.date, goal_km: float | None, *, grow: bool) -> float | None:
    """Return the long run of a day: towards the goal, at most a tenth above the longest of thirty days (R-064).

    Parameters
    ----------
    goal_km : the wished long run; None leaves the length to the stage
    grow : False where something else changes in these days (R-068); then the longest of thirty days stays
    """
    cap = distance_cap_m(history, day)
    if goal_km is None or cap is None:
        return None
    longest = max(
        (fact.entry.distance_m or 0.0 for fact in between(history.runs, day - 30 * DAY, day - DAY)), default=0.0
    )
    most = cap if grow else longest
    return min(goal_km, math.floor(round(most / 100, 6)) / 10)


def easy_km(
    history: History, day: dt.date, wishes: Wishes, long_km: float, others: int, flare: Decision | None
) -> float | None:
    """Return the length of each run beside the long one, so that the week comes near what the runner wishes.

    Parameters
    ----------
    flare : what the signals of maintenance ask for (R-087); None before maintenance

    Returns
    -------
    None where no week is wished; within 20 to 60 minutes and three quarters of the long run; a yellow signal leaves a
    fifth less (R-087)
    """
    if wishes.weekly_km is None or others < 1:
        return None
    week = wishes.weekly_km if flare is None else week_after(wishes.weekly_km, flare)
    low, high = (minutes * 60 / pace_s_per_km(history, day) for minutes in span("house_plan.easy_minutes"))
    most = min(high, value("house_plan.easy_share") * long_km) if long_km else high
    return min(max((week - long_km) / others, low), max(most, low))


def usual_week_km(history: History, day: dt.date) -> float | None:
    """Return the largest of the last four recorded weeks, what P1 takes its cut from; None without a distance."""
    weeks = [week_m(history, day - n * 7 * DAY - DAY) for n in range(4)]
    return max((week / 1000 for week in weeks if week is not None), default=None)


def still_runs(history: History, day: dt.date) -> bool:
    """Whether a run of the last two weeks is on record."""
    first = day - int(value("house_plan.still_running_days")) * DAY
    return bool(between(history.runs, first, day - DAY))
