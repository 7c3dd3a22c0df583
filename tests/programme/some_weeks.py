"""Weeks for the tests: made by hand, and made at random from a seed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from gerdy.programme.week import JumpDemand, MobilityDemand, RunDemand, RunKind, StrengthDemand, WeekDemand
from gerdy.records import DayWish, Race, Wishes

if TYPE_CHECKING:
    import random

MONDAY = dt.date(2026, 5, 4)
THEN = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
KINDS = {"strength": "strength", "jumps": "jumps", "run": "runs", "mobility": "mobility"}


def wishes(*days, **rest):
    """Give wishes; a bare number is a weekday with an hour for strength and no limit for running."""
    made = tuple(day if isinstance(day, DayWish) else DayWish(weekday=day, minutes=60) for day in days)
    return Wishes(id="w", runner_id="r", event_time=THEN, entered_at=THEN, days=made, **rest)


def lift(key="strength", **more):
    return StrengthDemand(**({"key": key, "minutes": 40} | more))


def run(key="run", kind="easy", minutes=40, **more):
    return RunDemand(key=key, kind=RunKind(kind), minutes=minutes, **more)


def jumps(key="jumps", **more):
    return JumpDemand(**({"key": key, "minutes": 10} | more))


def week_of(*parts, **more):
    """Give a demand from its parts in any order."""
    of = {
        "strength": [p for p in parts if isinstance(p, StrengthDemand)],
        "jumps": [p for p in parts if isinstance(p, JumpDemand)],
        "runs": [p for p in parts if isinstance(p, RunDemand)],
        "mobility": [p for p in parts if isinstance(p, MobilityDemand)],
    }
    return WeekDemand(**({"starts": MONDAY} | more | {name: tuple(found) for name, found in of.items()}))


def random_demand(chance: random.Random, starts: dt.date = MONDAY, *, most: int = 12) -> WeekDemand:
    """Give what a week of some phase asks for."""
    ladder = chance.random() < 0.4
    kinds = ["walk-run"] * 3 if ladder else ["easy", "easy", "quality", "long"][: chance.randint(2, 4)]
    changed = chance.choice(["", "", "", "distance", "pace"])
    runs = [run(f"run {n}", kind, chance.choice([20, 40, 75, 75, 330])) for n, kind in enumerate(kinds)]
    if changed:
        runs[0] = run("run 0", kinds[0], 40, change=changed)
    lifts = [random_lift(chance, n) for n in range(chance.randint(1, 3))]
    if len(lifts) > 1 and lifts[0].novel:
        lifts[1] = replace(lifts[1], after=lifts[0].key)
    hops = [jumps(f"jumps {n}") for n in range(chance.choice([0, 0, 1, 2]))]
    daily = [MobilityDemand(key="ankle", minutes=8, days=5, at_least=chance.choice([0, 3]))] * chance.randint(0, 1)
    last = chance.choice([None, None, (starts - dt.timedelta(days=chance.randint(1, 9)), "gradient")])
    return week_of(*[*lifts, *hops, *runs][:most], *daily, starts=starts, runs_apart=ladder, last_change=last)


def random_lift(chance, n):
    return lift(
        f"strength {n}",
        minutes=chance.choice([25, 40]),
        heavy=chance.random() < 0.6,
        novel=chance.random() < 0.15,
        equipment=chance.choice([(), (), ("step",), ("dumbbell", "step")]),
        place=chance.choice(["", "", "", "home", "gym"]),
    )


def random_wishes(chance: random.Random, starts: dt.date = MONDAY) -> Wishes:
    """Give wishes as runners have them: some days, some minutes, now and then a race or a day kept free."""
    named = sorted(chance.sample(range(7), chance.choice([3, 4, 5, 6, 7, 7])))
    days = [
        DayWish(
            weekday=day,
            minutes=chance.choice([0, 20, 45, 60, 90]),
            run_minutes=chance.choice([None, None, None, 0, 45]),
            place=chance.choice(["", "", "", "home", "gym"]),
            slots=chance.choice([1, 2, 2, 2]),
        )
        for day in named
    ]
    some_day = starts + dt.timedelta(days=chance.randint(0, 13))
    return wishes(
        *days,
        equipment=chance.choice([("step", "dumbbell"), ("step",), ()]),
        long_run_weekday=chance.choice([None, 5, 6]),
        keep_free=(some_day,) if chance.random() < 0.2 else (),
        races=(Race(date=some_day, name="the race"),) if chance.random() < 0.15 else (),
    )
