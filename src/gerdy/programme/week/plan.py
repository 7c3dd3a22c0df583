"""Lay out one week: every rule kept, the wishes kept, the last plan changed as little as possible."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from gerdy.programme.week.aims import aims
from gerdy.programme.week.build import build, hold
from gerdy.programme.week.collide import refuse
from gerdy.programme.week.demand import DAYS, JumpDemand, MobilityDemand, RunDemand, RunKind, StrengthDemand
from gerdy.programme.week.judge import judge_week
from gerdy.programme.week.model import Problem
from gerdy.programme.week.numbers import numbers
from gerdy.programme.week.solve import least
from gerdy.programme.week.spacing import PLACES, Traits, traits
from gerdy.programme.week.week import SLOTS, Placed, Slot, Week
from gerdy.programme.week.wishing import is_race, races_of, wishes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ortools.sat.python import cp_model

    from gerdy.programme.week.demand import WeekDemand
    from gerdy.programme.week.model import Model
    from gerdy.records import Wishes


def plan_week(
    demand: WeekDemand, wishes: Wishes, previous: Week | None = None, *, before: Sequence[Placed] = ()
) -> Week:
    """Return the week that keeps every rule and wish and moves as little as possible.

    What counts, in this order: the wished day of the long run and the days of mobility; as few sessions as
    possible on another weekday than in `previous`, then in another part of the day; then comfort (hard days
    together, no lifts or runs in a row, a day off).

    Parameters
    ----------
    previous : the plan to stay close to: an earlier version of this week, or the week before
    before : what stands in the days before this week, for the hours between; `previous` counts by itself
        where it lies before

    Raises
    ------
    WishesCollide : with an irreducible set of wishes, and the cheapest change in the message
    ProgrammeError : the demand would not fit into an empty week
    """
    demand = _with_races(demand, wishes)
    earlier = (*before, *(previous.sessions if previous and previous.starts < demand.starts else ()))
    problem = Problem(
        demand=demand,
        wishes=wishes_of(wishes, demand),
        numbers=numbers(),
        fixed=(*_placed(demand, earlier), *_races_after(demand, wishes)),
    )
    model = build(problem)
    hold(model, problem.wishes, model.placed)
    solved = least(model.cp, aims(model, previous, wishes.long_run_weekday))
    if solved is None:
        refuse(problem)
    return _week(model, solved)


def _with_races(demand: WeekDemand, wishes: Wishes) -> WeekDemand:
    """Return the demand with the races that the wishes name in this week."""
    there = {run.text for run in demand.runs if is_race(run)}
    races = tuple(
        RunDemand(key=f"race {name}", kind=RunKind.RACE, minutes=None, text=name)
        for _, name in races_of(wishes, demand.starts, demand.date(DAYS - 1))
        if name not in there
    )
    return replace(demand, runs=(*demand.runs, *races)) if races else demand


def _placed(demand: WeekDemand, earlier: Sequence[Placed]) -> Iterator[tuple[Traits, int]]:
    for item in earlier:
        if not isinstance(item.what, MobilityDemand) and item.date < demand.starts:
            place = 2 * (item.date - demand.starts).days + SLOTS.index(item.slot)
            yield traits(item.what, apart=demand.runs_apart), place


def _races_after(demand: WeekDemand, wishes: Wishes) -> Iterator[tuple[Traits, int]]:
    """Yield the races of the week after, in the morning, so that legs are fresh for a race on its first days."""
    first = demand.date(DAYS)
    for date, _ in races_of(wishes, first, first + dt.timedelta(days=DAYS - 1)):
        yield Traits(kind="run", hard=True, long=True, race=True), 2 * (date - demand.starts).days


def _week(model: Model, solved: cp_model.CpSolver) -> Week:
    demand = model.problem.demand
    found = [
        Placed(date=demand.date(place // 2), slot=SLOTS[place % 2], what=what)
        for what in demand.sessions
        for place in PLACES
        if solved.boolean_value(model.at[what.key, place])
    ]
    found += [
        Placed(date=demand.date(day), slot=Slot.ANY, what=part)
        for part in demand.mobility
        for day in range(DAYS)
        if solved.boolean_value(model.daily[part.key, day])
    ]
    order = (*SLOTS, Slot.ANY)
    found.sort(key=lambda item: (item.date, order.index(item.slot), _turn(item), item.key))
    week = Week(starts=demand.starts, sessions=tuple(found))
    return replace(week, decisions=judge_week(week, demand, model.problem.numbers))


def _turn(item: Placed) -> int:
    """Return who goes first where two share a slot: the run, then jumps, then strength."""
    return (RunDemand, JumpDemand, StrengthDemand, MobilityDemand).index(type(item.what))
