"""Kilometres per week and how much of the planned strength work was done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gerdy import evidence
from gerdy.outlook.coverage import answered_days
from gerdy.outlook.history import between

if TYPE_CHECKING:
    from gerdy.outlook.history import History
    from gerdy.records import PlanVersion

WEEK = dt.timedelta(days=7)


def week_m(history: History, last: dt.date) -> float | None:
    """Return the metres of the seven days that end with `last`; None where no run has a distance."""
    runs = between(history.runs, last - WEEK + dt.timedelta(days=1), last)
    known = [d for fact in runs if (d := fact.entry.distance_m) is not None]
    return sum(known) if known else None


def largest_earlier_week_m(history: History, last: dt.date) -> float | None:
    """Return the largest of the twelve weeks before the week that ends with `last`.

    Returns
    -------
    m; None where the record does not reach back that far, or none of those weeks has a distance
    """
    count = int(evidence.value("house_signals.weeks_of_maximum"))
    if not history.runs or history.runs[0].day > last - count * WEEK:
        return None
    weeks = (week_m(history, last - n * WEEK) for n in range(1, count + 1))
    return max((w for w in weeks if w is not None), default=None)


def above_earlier_weeks(history: History, day: dt.date) -> bool | None:
    """Whether the week up to `day` is larger than each of the twelve before; None where not recorded."""
    week, largest = week_m(history, day), largest_earlier_week_m(history, day)
    return None if week is None or largest is None else week > largest


def volume_rising(history: History, day: dt.date) -> bool | None:
    """Whether the last two weeks hold more kilometres than the two before; None where not recorded."""
    recent, earlier = _two_weeks(history, day), _two_weeks(history, day - 2 * WEEK)
    return None if recent is None or earlier is None else recent > earlier


@dataclass(frozen=True, slots=True)
class Adherence:
    """Done over planned strength sessions of the last four weeks.

    Parameters
    ----------
    least : counts only what was recorded as done
    most : counts every planned day (without a plan: every week) about which nothing was entered as done
    """

    least: float
    most: float


def adherence(history: History, day: dt.date) -> Adherence | None:
    """Return the share of the planned strength sessions that was done; no record is not a missed session.

    Without a plan, and once strength work was recorded, one session a week is taken as planned: the
    smallest dose that holds strength [spiering2021]_.

    Returns
    -------
    None where there is neither a plan nor any strength session to go by
    """
    weeks = int(evidence.value("house_signals.adherence_weeks"))
    first = day - weeks * WEEK + dt.timedelta(days=1)
    planned = planned_session_days(history, first, day)
    if planned is None and not between(history.sessions, dt.date.min, day):
        return None
    done = len({fact.day for fact in between(history.sessions, first, day)})
    asked, unknown = _by_plan(history, planned) if planned is not None else _by_week(history, day, weeks)
    return Adherence(done / asked, (done + unknown) / asked) if asked else None


def _by_plan(history: History, planned: frozenset[dt.date]) -> tuple[float, float]:
    return float(len(planned)), float(len(planned - answered_days(history)))


def _by_week(history: History, day: dt.date, weeks: int) -> tuple[float, float]:
    answered = answered_days(history)
    silent = sum(not any(day - n * WEEK - dt.timedelta(days=k) in answered for k in range(7)) for n in range(weeks))
    dose = evidence.value("spiering2021.sessions_to_hold")
    return weeks * dose, silent * dose


def planned_session_days(history: History, first: dt.date, last: dt.date) -> frozenset[dt.date] | None:
    """Return the days with planned strength sets; None where no plan covers any of the days."""
    plans = plans_in_force(history, last)
    if not any(plan.starts <= last and plan.ends >= first for plan in plans):
        return None
    return frozenset(s.date for plan in plans for s in plan.sets if first <= s.date <= last)


def plans_in_force(history: History, day: dt.date) -> tuple[PlanVersion, ...]:
    """Return the newest version of each plan made up to `day`, oldest plan first."""
    newest: dict[str, PlanVersion] = {}
    for fact in between(history.plans, dt.date.min, day):
        held = newest.get(fact.entry.plan_id)
        if held is None or fact.entry.version >= held.version:
            newest[fact.entry.plan_id] = fact.entry
    return tuple(sorted(newest.values(), key=lambda plan: (plan.starts, plan.plan_id)))


def exit_day(history: History, day: dt.date) -> dt.date | None:
    """Return the day on which maintenance (P5) began, the first of its unbroken run; None before it."""
    start: dt.date | None = None
    for fact in between(history.plans, dt.date.min, day):
        if fact.entry.phase != "P5":
            start = None
        elif start is None:
            start = fact.entry.starts
    return start if start is not None and start <= day else None


def _two_weeks(history: History, last: dt.date) -> float | None:
    known = [w for w in (week_m(history, last), week_m(history, last - WEEK)) if w is not None]
    return sum(known) if known else None
