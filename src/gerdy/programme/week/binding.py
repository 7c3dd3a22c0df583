"""Bind sessions to the wishes: days, places, equipment, races, and the minutes of each day."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from gerdy.programme.week.demand import DAYS, RunDemand
from gerdy.programme.week.wishing import is_race, lacks, stands_against

if TYPE_CHECKING:
    from gerdy.programme.week.model import Amount, Model
    from gerdy.programme.week.wishing import Wish

MINUTES_A_DAY: Final = 24 * 60


def bind(model: Model) -> None:
    """Bind every wish; it holds wherever its `kept` does."""
    for wish in model.problem.wishes:
        if wish.kind in {"minutes", "run minutes"}:
            _minutes(model, wish)
        else:
            _sessions(model, wish)
            _whole_day(model, wish)


def _sessions(model: Model, wish: Wish) -> None:
    """Close the days that a wish closes to a session, and place the race that it names."""
    for what in model.problem.demand.sessions:
        for day in range(DAYS):
            if stands_against(wish, what, day) or lacks(wish, what, day, model.problem.wishes):
                model.cp.add(model.on(what, day) == 0).only_enforce_if(model.kept[wish])
        if wish.kind == "race" and is_race(what, wish.item):
            model.cp.add_implication(model.kept[wish], model.placed[what.key])


def _whole_day(model: Model, wish: Wish) -> None:
    """Close the evening of a day with one go, and a free day to mobility as well."""
    closed: list[Amount] = []
    if wish.day is not None and wish.kind == "one go":
        closed = [model.at[what.key, 2 * wish.day + 1] for what in model.problem.demand.sessions]
    if wish.day is not None and wish.kind in {"free", "keep free"}:
        closed = [model.daily[part.key, wish.day] for part in model.problem.demand.mobility]
    if closed:
        model.cp.add(sum(closed) == 0).only_enforce_if(model.kept[wish])


def _minutes(model: Model, wish: Wish) -> None:
    """Count the minutes of a day against the wish; what goes beyond it is `extra`."""
    assert wish.day is not None  # noqa: S101 - minutes are wished for a day
    demand, running = model.problem.demand, wish.kind == "run minutes"
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
