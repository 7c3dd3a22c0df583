"""Judge a week that stands, whoever laid it out: one decision per rule, with what stands too close."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from gerdy.programme.week import numbers as n_
from gerdy.programme.week.demand import JumpDemand, MobilityDemand, RunDemand
from gerdy.programme.week.numbers import Numbers, numbers
from gerdy.programme.week.spacing import clash, traits
from gerdy.programme.week.week import SLOTS, name_of
from gerdy.records import Decision, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gerdy.programme.week.demand import WeekDemand
    from gerdy.programme.week.week import Placed, Week

KEYS: Final = {
    "R-046": (n_.JUMPS_APART, n_.JUMPS_PER_WEEK, n_.JUMPS_AFTER_LONG, n_.JUMPS_BEFORE_LONG),
    "R-052": (n_.LIFT_AFTER_RUN, n_.HOURS),
    "R-053": (n_.HEAVY_BEFORE_HARD, n_.LIGHT_BEFORE_HARD, n_.HEAVY_APART, n_.NOVEL_FROM_LONG),
    "R-061": (n_.LADDER_REST,),
    "R-068": (n_.CHANGE_GAP,),
}
"""Rule → registry keys of its hours and days."""

_SAYS: Final = {
    "R-046": "jumps at most twice a week, on fresh legs and well apart",
    "R-052": "on one day the run comes first and the lift hours later",
    "R-053": "legs are rested from lifting before long and fast runs",
    "R-061": "a day without running after each run of the ladder",
    "R-068": "one change to running at a time",
}


def judge_week(week: Week, demand: WeekDemand, held: Numbers) -> tuple[Decision, ...]:
    """Return, per rule of spacing, ``kept`` or ``broken`` with what stands too close.

    Parameters
    ----------
    demand : what the week was to hold; says whether its runs must stand apart
    held : the thresholds
    """
    broken: dict[str, list[str]] = {}
    for rule, text in (*_pairs(week, demand, held), *_too_many(week, held), *_too_new(week, demand, held)):
        broken.setdefault("R-053" if rule == "heavy apart" else rule, []).append(text)
    return tuple(_decision(rule, broken.pop(rule, [])) for rule in KEYS)


def judge_rule(rule: str) -> Callable[[Week, WeekDemand], Decision]:
    """Return what judges a week by one of the rules of spacing."""

    def judge(week: Week, demand: WeekDemand) -> Decision:
        return next(item for item in judge_week(week, demand, numbers()) if item.rule == rule)

    return judge


def _pairs(week: Week, demand: WeekDemand, held: Numbers) -> Iterator[tuple[str, str]]:
    timed = [item for item in week.sessions if not isinstance(item.what, MobilityDemand)]
    for one, two in combinations(timed, 2):
        places = [2 * (item.date - week.starts).days + SLOTS.index(item.slot) for item in (one, two)]
        mine = [traits(item.what, apart=demand.runs_apart) for item in (one, two)]  # type: ignore[arg-type]
        rule = clash(mine[0], places[0], mine[1], places[1], held, one_go=places[0] == places[1])
        if rule:
            yield ("R-052" if rule == "one a day" else rule), f"{_where(one)} and {_where(two)}"


def _too_many(week: Week, held: Numbers) -> Iterator[tuple[str, str]]:
    jumps = [item for item in week.sessions if isinstance(item.what, JumpDemand)]
    if len(jumps) > held.jumps_per_week:
        yield "R-046", f"{len(jumps)} sessions with jumps"


def _too_new(week: Week, demand: WeekDemand, held: Numbers) -> Iterator[tuple[str, str]]:
    """Yield the runs whose change comes too soon after another one before the week (R-068)."""
    if demand.last_change is None:
        return
    since, what = demand.last_change
    for item in week.sessions:
        new = item.what.change if isinstance(item.what, RunDemand) else ""
        if new and new != what and (item.date - since).days < held.change_gap:
            yield "R-068", f"{new} new in the {_where(item)}, {what} new on {since:%d %b}"


def _where(item: Placed) -> str:
    return f"{name_of(item.what)} on {item.date:%A} {item.slot}"


def _decision(rule: str, clashes: list[str]) -> Decision:
    texts = clashes or [_SAYS[rule]]
    return Decision(
        outcome="broken" if clashes else "kept",
        rule=rule,
        reasons=tuple(Reason(text=text, evidence=KEYS[rule]) for text in texts),
        inputs_seen={"too close": clashes},
        sources=tuple(dict.fromkeys(key.partition(".")[0] for key in KEYS[rule] if not key.startswith("house"))),
    )
