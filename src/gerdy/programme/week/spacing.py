"""Which two parts of training may not stand that close together, as a table over places in the week.

A *place* is a day and a slot: ``2 * day`` is its morning, ``2 * day + 1`` its evening; earlier weeks count down
from -1. Both the planner and the judgement of a finished week read this one table.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from gerdy.programme.week.demand import DAYS, Demand, JumpDemand, RunDemand, RunKind, StrengthDemand
from gerdy.programme.week.week import SLOTS

if TYPE_CHECKING:
    from gerdy.programme.week.numbers import Numbers

PLACES: Final = range(DAYS * len(SLOTS))
HOURS_A_DAY: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What matters about a session for its neighbours.

    Parameters
    ----------
    kind : ``strength``, ``jumps`` or ``run``
    hard, long, race : of a run
    heavy, novel : of a strength session
    hours : how long a run takes
    apart : a run that may not follow another on the next day
    change : what is new in a run
    """

    kind: str
    hard: bool = False
    long: bool = False
    race: bool = False
    heavy: bool = False
    novel: bool = False
    hours: float = 0.0
    apart: bool = False
    change: str = ""


def traits(what: Demand, *, apart: bool) -> Traits:
    """Return what matters about a session for its neighbours."""
    match what:
        case StrengthDemand():
            return Traits(kind="strength", heavy=what.heavy, novel=what.novel)
        case JumpDemand():
            return Traits(kind="jumps")
        case RunDemand():
            return Traits(
                kind="run",
                hard=what.kind.hard,
                long=what.kind.long,
                race=what.kind is RunKind.RACE,
                hours=(what.minutes or 0.0) / 60,
                apart=apart,
                change=what.change,
            )


@cache
def forbidden(one: Traits, two: Traits, n: Numbers) -> dict[int, tuple[int, ...]]:
    """Return, for each place of `one` in a week, the places that `two` may not take."""
    return {p: tuple(q for q in PLACES if clash(one, p, two, q, n, one_go=False)) for p in PLACES}


def clash(one: Traits, p: int, two: Traits, q: int, n: Numbers, *, one_go: bool) -> str:
    """Return the rule that forbids `one` at place `p` beside `two` at place `q`; empty where none does.

    Parameters
    ----------
    one_go : whether the runner has only one go on that day, so that an easy run and a lift may share it
    """
    first, second, a, b = (one, two, p, q) if p <= q else (two, one, q, p)
    gap = _hour(b, n) - _hour(a, n)
    days = b // 2 - a // 2
    if days == 0 and (rule := _same_day(first, second, n, a, b, one_go=one_go)):
        return rule
    return _over_days(first, second, gap, days, n) or (_over_days(second, first, gap, days, n) if a == b else "")


def _hour(place: int, n: Numbers) -> float:
    return place // 2 * HOURS_A_DAY + n.hours[place % 2]


def _same_day(first: Traits, second: Traits, n: Numbers, a: int, b: int, *, one_go: bool) -> str:
    """Judge two parts of one day, `first` not after `second`."""
    if first.race or second.race or first.kind == second.kind:
        return "one a day"
    kinds = {first.kind, second.kind}
    if kinds == {"strength", "jumps"}:
        return "" if a == b or first.kind == "jumps" else "R-046"
    run = first if first.kind == "run" else second
    if "jumps" in kinds and run.hard:
        return "R-046"
    if a == b:
        return "" if one_go and kinds == {"run", "strength"} and not run.hard else "R-052"
    late_enough = n.hours[1] - n.hours[0] - first.hours >= n.lift_after_run
    return "" if first.kind == "run" and late_enough else "R-052"


def _over_days(first: Traits, second: Traits, gap: float, days: int, n: Numbers) -> str:
    """Judge two parts `gap` hours and `days` days apart, `first` earlier."""
    if first.kind == "strength" and second.kind != "strength":
        return _lift_before(first, second, gap, n) or _novel(first, second, gap, n)
    if first.kind == second.kind == "strength":
        return "heavy apart" if first.heavy and second.heavy and gap < n.heavy_apart else ""
    if first.kind == second.kind == "run":
        return _two_runs(first, second, days, n)
    if "jumps" in {first.kind, second.kind}:
        return _jumps(first, second, gap, days, n)
    return _novel(second, first, gap, n)


def _lift_before(lift: Traits, second: Traits, gap: float, n: Numbers) -> str:
    needed = n.heavy_before_hard if lift.heavy else n.light_before_hard
    # Jumps that open a strength session stand before its sets, however heavy these are.
    fresh = second.kind == "jumps" and gap == 0
    return "R-053" if (second.hard or second.kind == "jumps") and not fresh and gap < needed else ""


def _novel(lift: Traits, run: Traits, gap: float, n: Numbers) -> str:
    return "R-053" if lift.novel and run.long and gap < n.novel_from_long else ""


def _two_runs(first: Traits, second: Traits, days: int, n: Numbers) -> str:
    if first.apart and second.apart and days <= n.ladder_rest:
        return "R-061"
    changed = first.change and second.change and first.change != second.change
    return "R-068" if changed and days < n.change_gap else ""


def _jumps(first: Traits, second: Traits, gap: float, days: int, n: Numbers) -> str:
    if first.kind == second.kind:
        return "R-046" if gap < n.jumps_apart else ""
    too_soon = first.long and gap < n.jumps_after_long
    too_late = second.long and days <= n.jumps_before_long
    return "R-046" if too_soon or too_late else ""
