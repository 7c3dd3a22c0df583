"""The week as a constraint problem: one yes-or-no variable per session and place."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Final

from ortools.sat.python import cp_model

from gerdy.programme.week.demand import DAYS, JumpDemand, RunDemand
from gerdy.programme.week.spacing import PLACES, clash, forbidden, traits
from gerdy.programme.week.wishing import is_race, lacks, one_go_days, stands_against

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gerdy.programme.week.demand import Demand, WeekDemand
    from gerdy.programme.week.numbers import Numbers
    from gerdy.programme.week.spacing import Traits
    from gerdy.programme.week.wishing import Wish

MINUTES_A_DAY: Final = 24 * 60

Amount = cp_model.LinearExpr | int
"""A sum of variables; 0 where there is nothing to add."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A demand, the wishes, and what already stands around the week.

    Parameters
    ----------
    fixed : traits and place of what stands in the days before (places below 0) and of races just after
    """

    demand: WeekDemand
    wishes: tuple[Wish, ...]
    numbers: Numbers
    fixed: tuple[tuple[Traits, int], ...] = ()


@dataclass(slots=True)
class Model:
    """A CP-SAT model and its variables.

    Parameters
    ----------
    at : (session, place) → stands there
    daily : (mobility, day) → stands there
    kept : wish → is kept
    placed : session → stands in the week at all
    extra : (day, ``minutes`` or ``run minutes``) → minutes beyond the wish
    """

    problem: Problem
    cp: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    at: dict[tuple[str, int], cp_model.IntVar] = field(default_factory=dict)
    daily: dict[tuple[str, int], cp_model.IntVar] = field(default_factory=dict)
    kept: dict[Wish, cp_model.IntVar] = field(default_factory=dict)
    placed: dict[str, cp_model.IntVar] = field(default_factory=dict)
    extra: dict[tuple[int, str], cp_model.IntVar] = field(default_factory=dict)

    def on(self, what: Demand, day: int) -> cp_model.LinearExpr:
        """Return whether a session stands on a day, as a sum of variables."""
        return self.at[what.key, 2 * day] + self.at[what.key, 2 * day + 1]


def build(problem: Problem) -> Model:
    """Return the model with every hard rule in it; each wish binds only where it is kept."""
    model = Model(problem)
    _variables(model)
    _together(model)
    _around(model)
    _counts(model)
    _in_turn(model)
    _wishes(model)
    _minutes(model)
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


def _wishes(model: Model) -> None:
    """Bind sessions to the wishes about days, places, equipment and races."""
    wishes = model.problem.wishes
    for wish in wishes:
        if wish.kind == "one go" and wish.day is not None:
            evening = [model.at[what.key, 2 * wish.day + 1] for what in model.problem.demand.sessions]
            model.cp.add(sum(evening) == 0).only_enforce_if(model.kept[wish])
        for what in model.problem.demand.sessions:
            for day in range(DAYS):
                if stands_against(wish, what, day) or lacks(wish, what, day, wishes):
                    model.cp.add(model.on(what, day) == 0).only_enforce_if(model.kept[wish])
            if wish.kind == "race" and is_race(what, wish.item):
                model.cp.add_implication(model.kept[wish], model.placed[what.key])
        if wish.kind in {"free", "keep free"} and wish.day is not None:
            daily = [model.daily[part.key, wish.day] for part in model.problem.demand.mobility]
            model.cp.add(sum(daily) == 0).only_enforce_if(model.kept[wish])


def _minutes(model: Model) -> None:
    """Count the minutes of each day against the wish; what goes beyond it is `extra`."""
    demand = model.problem.demand
    for wish in model.problem.wishes:
        if wish.kind not in {"minutes", "run minutes"} or wish.day is None:
            continue
        running = wish.kind == "run minutes"
        sessions = [what for what in demand.sessions if isinstance(what, RunDemand) is running and not is_race(what)]
        used: Amount = sum(_whole(what.minutes) * model.on(what, wish.day) for what in sessions)
        if not running:
            used += sum(_whole(part.minutes) * model.daily[part.key, wish.day] for part in demand.mobility)
        extra = model.cp.new_int_var(0, MINUTES_A_DAY, f"extra {wish.text}")
        model.extra[wish.day, wish.kind] = extra
        model.cp.add(used <= wish.limit + extra)
        model.cp.add(extra == 0).only_enforce_if(model.kept[wish])


def _whole(minutes: float | None) -> int:
    return math.ceil(minutes or 0.0)


def is_hard(what: Demand) -> bool:
    """Whether a session makes its day a hard one."""
    if isinstance(what, RunDemand):
        return what.kind.hard
    return isinstance(what, JumpDemand) or what.heavy
