"""When nothing fits: which wishes collide, and the smallest change that lets the week fit."""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING, Any, Final, NoReturn

from gerdy import evidence
from gerdy.errors import ProgrammeError, WishesCollide
from gerdy.programme.week.aims import early
from gerdy.programme.week.build import build, hold
from gerdy.programme.week.demand import DAYS, JumpDemand, MobilityDemand, RunDemand
from gerdy.programme.week.solve import fits, least, solver
from gerdy.programme.week.spacing import PLACES
from gerdy.programme.week.week import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ortools.sat.python import cp_model

    from gerdy.programme.week.demand import Demand
    from gerdy.programme.week.model import Amount, Model, Problem
    from gerdy.programme.week.wishing import Wish

COSTS: Final = "house_week.compromise"


def refuse(problem: Problem) -> NoReturn:
    """Say why no week fits.

    Raises
    ------
    WishesCollide : with an irreducible set of wishes; the message holds the cheapest change
    ProgrammeError : what the week has to hold does not fit, whatever the wishes
    """
    if not _holds(problem, ()):
        names = ", ".join(_crowd(problem))
        raise ProgrammeError(
            f"These do not fit into one week, whatever the wishes, because of the hours that must lie between "
            f"them: {names}. Leave one of them out."
        )
    colliding = irreducible(problem)
    texts = tuple(dict.fromkeys(wish.text for wish in colliding))
    rest = tuple(wish for wish in problem.wishes if wish not in colliding)
    more = "" if _holds(problem, rest) else " There are further collisions among the other wishes."
    raise WishesCollide(
        f"No week fits all wishes. {_together(texts)}.{more} Smallest change: {compromise(problem)}.", texts
    )


def irreducible(problem: Problem) -> tuple[Wish, ...]:
    """Return wishes that do not fit together, of which any one dropped lets the others fit.

    The solver names wishes that suffice for the collision; then each is dropped in turn and stays out where the
    others collide without it. The days that were not named are one wish.
    """
    core = _first_core(problem)
    for text in dict.fromkeys(wish.text for wish in core):
        others = tuple(wish for wish in core if wish.text != text)
        if not _holds(problem, others):
            core = others
    return core


def _first_core(problem: Problem) -> tuple[Wish, ...]:
    model = build(problem)
    hold(model, sessions=model.placed)
    model.cp.add_assumptions(list(model.kept.values()))
    found = solver()
    found.solve(model.cp)
    named = set(found.sufficient_assumptions_for_infeasibility())
    texts = {wish.text for wish, kept in model.kept.items() if kept.index in named}
    return tuple(wish for wish in problem.wishes if wish.text in texts)


def _holds(problem: Problem, wishes: tuple[Wish, ...]) -> bool:
    model = build(problem)
    hold(model, wishes, model.placed)
    return fits(model.cp) is not None


def _crowd(problem: Problem) -> list[str]:
    """Return sessions that do not fit together in an empty week, of which any one less lets the others fit."""
    crowd = [item.key for item in (*problem.demand.sessions, *problem.demand.mobility)]
    for key in tuple(crowd):
        others = [item for item in crowd if item != key]
        model = build(problem)
        hold(model, sessions=others)
        if fits(model.cp) is None:
            crowd = others
    return crowd


def compromise(problem: Problem) -> str:
    """Return the cheapest change of wishes, or of what the week holds, in words."""
    model = build(problem)
    solved = least(model.cp, (_cost(model), early(model)))
    assert solved is not None  # noqa: S101 - with every wish and every session dropped, the empty week fits
    return "; ".join(_changes(model, solved))


def _cost(model: Model) -> Amount:
    table: Any = evidence.entry(COSTS).value
    price = {name: int(cost) for name, cost in table.items()}
    fixed = {"free": "open_day", "keep free": "keep_free", "place": "place", "equipment": "equipment"}
    fixed |= {"one go": "second_go", "race": "race"}
    broken = sum(price[fixed[wish.kind]] * (1 - kept) for wish, kept in model.kept.items() if wish.kind in fixed)
    minutes = sum(price["minute"] * extra for extra in model.extra.values())
    everything = {item.key: item for item in (*model.problem.demand.sessions, *model.problem.demand.mobility)}
    dropped = sum(price[_price_of(everything[key])] * (1 - placed) for key, placed in model.placed.items())
    return broken + minutes + dropped + _opened(model, price["minute"])


def _opened(model: Model, price: int) -> Amount:
    """Count the minutes that land on days wished free, so that little is put there."""
    closed = [wish.day for wish in model.kept if wish.kind in {"free", "keep free"} and wish.day is not None]
    sessions = model.problem.demand.sessions
    return sum(price * int(what.minutes or 0.0) * model.on(what, day) for what in sessions for day in closed)


def _price_of(what: Demand | MobilityDemand) -> str:
    if isinstance(what, RunDemand):
        return "run"
    if isinstance(what, MobilityDemand):
        return "mobility"
    return "jumps" if isinstance(what, JumpDemand) else "strength"


def _changes(model: Model, solved: cp_model.CpSolver) -> Iterator[str]:
    problem = model.problem
    for wish, kept in model.kept.items():
        if wish.kind in {"minutes", "run minutes"} and wish.day is not None:
            extra = solved.value(model.extra[wish.day, wish.kind])
            if extra:
                yield _more(wish, extra, problem)
        elif not solved.boolean_value(kept):
            yield _given_up(wish, model, solved)
    everything = (*problem.demand.sessions, *problem.demand.mobility)
    left = (item for item in everything if not solved.boolean_value(model.placed[item.key]))
    yield from (f"leave out {name_of(item)} this week" for item in left)


def _more(wish: Wish, extra: int, problem: Problem) -> str:
    kind = "running" if wish.kind == "run minutes" else "strength"
    amount = f"{extra} more minutes" if wish.limit else f"{extra} minutes"
    return f"{amount} of {kind} on {_day(problem, wish.day)}"


def _given_up(wish: Wish, model: Model, solved: cp_model.CpSolver) -> str:
    if wish.kind in {"free", "keep free"} and wish.day is not None:
        there = [
            name_of(what)
            for what in model.problem.demand.sessions
            if any(solved.boolean_value(model.at[what.key, p]) for p in PLACES if p // 2 == wish.day)
        ]
        return f"{' and '.join(there) or 'mobility'} on {_day(model.problem, wish.day)} after all"
    where = "" if wish.day is None else f" on {_day(model.problem, wish.day)}"
    return {
        "place": f"another place than {wish.item}{where}",
        "equipment": f"get {wish.item}",
        "one go": f"a second go{where}",
    }.get(wish.kind, f"no {wish.item}{where}")


def _day(problem: Problem, day: int | None) -> str:
    assert day is not None  # noqa: S101 - asked only of wishes about a day
    return calendar.day_name[problem.demand.date(day % DAYS).weekday()]


def _together(texts: tuple[str, ...]) -> str:
    joined = "; ".join(texts)
    if len(texts) == 1:
        return f"One alone leaves no room: {joined}"
    return f"These {len(texts)} collide, and without any one of them the others fit: {joined}"
