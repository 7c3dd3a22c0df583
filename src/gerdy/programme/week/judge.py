"""Judge a week that stands, whoever laid it out: one decision per rule, with what stands too close."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from gerdy.programme.week import numbers as n_
from gerdy.programme.week.demand import JumpDemand, MobilityDemand
from gerdy.programme.week.spacing import clash, traits
from gerdy.programme.week.week import SLOTS, name_of
from gerdy.records import Decision, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gerdy.programme.week.demand import WeekDemand
    from gerdy.programme.week.numbers import Numbers
    from gerdy.programme.week.week import Placed, Week

KEYS: Final = {
    "R-046": (n_.JUMPS_APART, n_.JUMPS_PER_WEEK, n_.JUMPS_AFTER_LONG, n_.JUMPS_BEFORE_LONG),
    "R-052": (n_.LIFT_AFTER_RUN, n_.HOURS),
    "R-053": (n_.HEAVY_BEFORE_HARD, n_.LIGHT_BEFORE_HARD, n_.HEAVY_APART, n_.NOVEL_FROM_LONG),
    "R-061": (n_.LADDER_RUN_GAP,),
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


def judge_week(week: Week, demand: WeekDemand, numbers: Numbers) -> tuple[Decision, ...]:
    """Return, per rule of spacing, ``kept`` or ``broken`` with what stands too close.

    Parameters
    ----------
    demand : what the week was to hold; says whether its runs must stand apart
    """
    broken: dict[str, list[str]] = {}
    for rule, text in (*_pairs(week, demand, numbers), *_too_many(week, numbers)):
        broken.setdefault("R-053" if rule == "heavy apart" else rule, []).append(text)
    return tuple(_decision(rule, broken.pop(rule, [])) for rule in KEYS)


def _pairs(week: Week, demand: WeekDemand, numbers: Numbers) -> Iterator[tuple[str, str]]:
    timed = [item for item in week.sessions if not isinstance(item.what, MobilityDemand)]
    for one, two in combinations(timed, 2):
        places = [2 * (item.date - week.starts).days + SLOTS.index(item.slot) for item in (one, two)]
        mine = [traits(item.what, apart=demand.runs_apart) for item in (one, two)]  # type: ignore[arg-type]
        rule = clash(mine[0], places[0], mine[1], places[1], numbers, one_go=places[0] == places[1])
        if rule:
            yield ("R-052" if rule == "one a day" else rule), f"{_where(one)} and {_where(two)}"


def _too_many(week: Week, numbers: Numbers) -> Iterator[tuple[str, str]]:
    jumps = [item for item in week.sessions if isinstance(item.what, JumpDemand)]
    if len(jumps) > numbers.jumps_per_week:
        yield "R-046", f"{len(jumps)} sessions with jumps"


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
