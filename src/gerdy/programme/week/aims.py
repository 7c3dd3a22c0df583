"""What a good week is, beyond the rules: asked-for days first, then few changes, then comfort."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gerdy import evidence
from gerdy.programme.week.demand import DAYS, RunKind
from gerdy.programme.week.model import is_hard
from gerdy.programme.week.spacing import PLACES
from gerdy.programme.week.week import SLOTS
from gerdy.programme.week.wishing import one_go_days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ortools.sat.python import cp_model

    from gerdy.programme.week.demand import Demand
    from gerdy.programme.week.model import Amount, Model
    from gerdy.programme.week.week import Week

COMFORT: Final = "house_week.comfort"


def aims(model: Model, previous: Week | None, long_day: int | None) -> tuple[Amount, ...]:
    """Return what to make small, the weightiest first; each is settled before the next is looked at.

    Parameters
    ----------
    previous : the plan to stay close to
    long_day : weekday wished for the long run
    """
    return (
        _asked(model, long_day),
        _moved(model, previous),
        _shifted(model, previous),
        _discomfort(model),
        early(model),
    )


def _asked(model: Model, long_day: int | None) -> Amount:
    """Count the days of mobility that are missing, and a long run on another than the wished weekday."""
    demand = model.problem.demand
    missing = sum(part.days for part in demand.mobility) - sum(model.daily.values())
    if long_day is None:
        return missing
    wished = (long_day - demand.starts.weekday()) % DAYS
    long_runs = [run for run in demand.runs if run.kind is RunKind.LONG]
    return missing + sum(1 - model.on(run, wished) for run in long_runs)


def _moved(model: Model, previous: Week | None) -> Amount:
    """Count the sessions on another weekday than in the previous plan."""
    return sum(1 - model.on(what, day) for what, day, _ in _before(model, previous))


def _shifted(model: Model, previous: Week | None) -> Amount:
    """Count the sessions in another part of the day, and the days of mobility that were not there before."""
    sessions = sum(1 - model.at[what.key, 2 * day + slot] for what, day, slot in _before(model, previous))
    if previous is None:
        return sessions
    turn = model.problem.demand.starts.weekday() - previous.starts.weekday()
    old = {(part.key, (d - turn) % DAYS) for part in model.problem.demand.mobility for d in previous.days_of(part.key)}
    return sessions + sum(var for place, var in model.daily.items() if place not in old)


def _before(model: Model, previous: Week | None) -> list[tuple[Demand, int, int]]:
    """Return the sessions that stood in the previous plan, each with the same weekday in this week, and its slot."""
    if previous is None:
        return []
    stood = {item.key: item for item in previous.sessions if item.slot in SLOTS}
    starts = model.problem.demand.starts
    return [
        (what, (stood[what.key].date - starts).days % DAYS, SLOTS.index(stood[what.key].slot))
        for what in model.problem.demand.sessions
        if what.key in stood
    ]


def _discomfort(model: Model) -> Amount:
    weights: Any = evidence.entry(COMFORT).value
    demand = model.problem.demand
    hard = _days(model, [what for what in demand.sessions if is_hard(what)], "hard")
    lifts, runs = _days(model, demand.strength, "lifts"), _days(model, demand.runs, "runs")
    busy = _days(model, demand.sessions, "busy")
    short = one_go_days(model.problem.wishes)
    terms = {
        "hard_day": sum(hard),
        "lifts_in_a_row": sum(_both(model, lifts[d], lifts[d + 1]) for d in range(DAYS - 1)),
        "runs_in_a_row": sum(_both(model, runs[d], runs[d + 1]) for d in range(DAYS - 1)),
        "no_day_off": _no_day_off(model, busy),
        "one_go": sum(_both(model, lifts[d], runs[d]) for d in sorted(short)),
    }
    return sum(int(weights[name]) * term for name, term in terms.items())


def _days(model: Model, sessions: Sequence[Demand], name: str) -> list[cp_model.IntVar]:
    """Return, per day, a variable that is 1 where one of these sessions stands there."""
    days = [model.cp.new_bool_var(f"{name} on {day}") for day in range(DAYS)]
    for day, used in enumerate(days):
        for what in sessions:
            model.cp.add(used >= model.on(what, day))
    return days


def _both(model: Model, one: cp_model.IntVar, two: cp_model.IntVar) -> cp_model.IntVar:
    both = model.cp.new_bool_var("both")
    model.cp.add(both >= one + two - 1)
    return both


def _no_day_off(model: Model, busy: list[cp_model.IntVar]) -> cp_model.IntVar:
    none = model.cp.new_bool_var("no day off")
    model.cp.add(none >= sum(busy) - (DAYS - 1))
    return none


def early(model: Model) -> Amount:
    """Prefer the earlier place where nothing else speaks; each session weighs differently, so that ties are rare."""
    keys = sorted(model.placed)
    sessions = sum(
        (n + 1) * place * model.at[key, place] for n, key in enumerate(keys) if (key, 0) in model.at for place in PLACES
    )
    return sessions + sum((keys.index(key) + 1) * day * var for (key, day), var in model.daily.items())
