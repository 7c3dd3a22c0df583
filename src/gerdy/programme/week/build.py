"""Write the hard rules into the model; each wish binds only where it is kept."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from gerdy.programme.week.binding import bind
from gerdy.programme.week.demand import DAYS, RunDemand
from gerdy.programme.week.model import Model, Problem
from gerdy.programme.week.spacing import PLACES, clash, forbidden, traits
from gerdy.programme.week.wishing import one_go_days

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gerdy.programme.week.demand import WeekDemand
    from gerdy.programme.week.wishing import Wish


def build(problem: Problem) -> Model:
    """Return the model with every hard rule in it; each wish binds only where it is kept."""
    model = Model(problem)
    _variables(model)
    _together(model)
    _around(model)
    _counts(model)
    _in_turn(model)
    bind(model)
    return model


def hold(model: Model, wishes: Iterable[Wish] = (), sessions: Iterable[str] = ()) -> None:
    """Keep these wishes and place these sessions whatever it costs."""
    model.cp.add_bool_and([model.kept[wish] for wish in wishes])
    model.cp.add_bool_and([model.placed[key] for key in sessions])


def _variables(model: Model) -> None:
    demand = model.problem.demand
    for what in demand.sessions:
        here = [model.cp.new_bool_var(f"{what.key} at {place}") for place in PLACES]
        model.at |= {(what.key, place): var for place, var in zip(PLACES, here, strict=True)}
        model.placed[what.key] = model.cp.new_bool_var(f"{what.key} placed")
        model.cp.add(sum(here) == model.placed[what.key])
    for part in demand.mobility:
        days = [model.cp.new_bool_var(f"{part.key} on {day}") for day in range(DAYS)]
        model.daily |= {(part.key, day): var for day, var in enumerate(days)}
        model.placed[part.key] = model.cp.new_bool_var(f"{part.key} placed")
        model.cp.add(sum(days) <= part.days)
        model.cp.add(sum(days) >= part.at_least).only_enforce_if(model.placed[part.key])
    model.kept = {wish: model.cp.new_bool_var(wish.text) for wish in model.problem.wishes}


def _together(model: Model) -> None:
    """Forbid what may not stand that close together; an easy run and a lift may share the only go of a day."""
    problem, demand = model.problem, model.problem.demand
    short = one_go_days(problem.wishes)
    for one, two in combinations(demand.sessions, 2):
        a, b = (traits(what, apart=demand.runs_apart) for what in (one, two))
        for place, others in forbidden(a, b, problem.numbers).items():
            shared = place // 2 in short and not clash(a, place, b, place, problem.numbers, one_go=True)
            away = [q for q in others if not (shared and q == place)]
            if away:
                model.cp.add_at_most_one([model.at[one.key, place], *(model.at[two.key, q] for q in away)])


def _around(model: Model) -> None:
    """Forbid what clashes with the days before the week and with a race just after it."""
    problem, demand = model.problem, model.problem.demand
    for what in demand.sessions:
        mine = traits(what, apart=demand.runs_apart)
        for other, place in problem.fixed:
            closed = [p for p in PLACES if clash(other, place, mine, p, problem.numbers, one_go=False)]
            model.cp.add_bool_and([~model.at[what.key, p] for p in closed])
        if isinstance(what, RunDemand) and _new_too_soon(what, demand):
            _open_after_change(model, what)


def _new_too_soon(run: RunDemand, demand: WeekDemand) -> bool:
    return bool(run.change and demand.last_change and demand.last_change[1] != run.change)


def _open_after_change(model: Model, run: RunDemand) -> None:
    demand = model.problem.demand
    assert demand.last_change is not None  # noqa: S101 - asked by the caller
    since = (demand.starts - demand.last_change[0]).days
    early = [p for p in PLACES if since + p // 2 < model.problem.numbers.change_gap]
    model.cp.add_bool_and([~model.at[run.key, p] for p in early])


def _counts(model: Model) -> None:
    jumps = [model.placed[part.key] for part in model.problem.demand.jumps]
    model.cp.add(sum(jumps) <= model.problem.numbers.jumps_per_week)


def _in_turn(model: Model) -> None:
    """Put a session after the one that has to come earlier."""
    for later in model.problem.demand.strength:
        if later.after in model.placed:
            for place in PLACES:
                before = sum(model.at[later.after, q] for q in PLACES if q < place)
                model.cp.add(before == 1).only_enforce_if(model.at[later.key, place], model.placed[later.after])
