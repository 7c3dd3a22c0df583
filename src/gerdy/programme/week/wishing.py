"""The runner's wishes for one week, one by one, so that each can be kept or given up on its own."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gerdy.errors import ProgrammeError
from gerdy.programme.week.demand import DAYS, RunDemand, RunKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from gerdy.programme.week.demand import Demand, WeekDemand
    from gerdy.records import DayWish, Wishes


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish.

    Parameters
    ----------
    kind : ``free``, ``minutes``, ``run minutes``, ``place``, ``one go``, ``keep free``, ``equipment`` or ``race``
    text : in words; wishes of one text are one wish to the runner, as the days that were not named
    day : day of the week that it is about, counted from 0; None for all
    limit : minutes, where the wish sets any
    item : piece of equipment, place or name of the race
    """

    kind: str
    text: str
    day: int | None = None
    limit: int = 0
    item: str = ""


def wishes_of(wishes: Wishes, demand: WeekDemand) -> tuple[Wish, ...]:
    """Return what the runner wishes of this week; a weekday that is not named is wished free."""
    return (*_daily(wishes, demand), *_equipment(wishes, demand))


def races_of(wishes: Wishes, first: dt.date, last: dt.date) -> tuple[tuple[dt.date, str], ...]:
    """Return date and name of the races from `first` to `last`, both included."""
    return tuple((race.date, race.name or "the race") for race in wishes.races if first <= race.date <= last)


def _daily(wishes: Wishes, demand: WeekDemand) -> Iterator[Wish]:
    named = _named(wishes)
    only = f"sessions only on {_listed([calendar.day_name[n] for n in sorted(named)])}"
    for day in range(DAYS):
        date = demand.date(day)
        name = calendar.day_name[date.weekday()]
        if date in wishes.keep_free:
            yield Wish("keep free", f"{name} {date:%d %b} kept free", day)
        elif (allowed := named.get(date.weekday())) is None:
            yield Wish("free", only, day)
        else:
            yield from _of_day(allowed, day, name)
        yield from (Wish("race", f"{race} on {name}", day, item=race) for _, race in races_of(wishes, date, date))


def _named(wishes: Wishes) -> dict[int, DayWish]:
    """Return weekday → what it allows.

    Raises
    ------
    ProgrammeError : no such weekday, the same one twice, or less than no minutes
    """
    named: dict[int, DayWish] = {}
    for item in wishes.days:
        if not 0 <= item.weekday < DAYS or item.weekday in named:
            seen = "named twice" if item.weekday in named else "no day of the week"
            raise ProgrammeError(
                f"Weekday {item.weekday} is {seen}; name each once, from 0 for Monday to 6 for Sunday."
            )
        if item.minutes < 0 or (item.run_minutes or 0.0) < 0 or item.slots < 1:
            raise ProgrammeError(
                f"{calendar.day_name[item.weekday]} has less than nothing: give minutes from 0 on, and 1 or 2 goes."
            )
        named[item.weekday] = item
    return named


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:]))) or "no day"


def _of_day(allowed: DayWish, day: int, name: str) -> Iterator[Wish]:
    minutes = int(allowed.minutes)
    said = f"at most {minutes} minutes of strength on {name}" if minutes else f"no strength on {name}"
    yield Wish("minutes", said, day, minutes)
    if allowed.run_minutes is not None:
        limit = int(allowed.run_minutes)
        said = f"at most {limit} minutes of running on {name}" if limit else f"no running on {name}"
        yield Wish("run minutes", said, day, limit)
    if allowed.place:
        yield Wish("place", f"{allowed.place} on {name}", day, item=allowed.place)
    if allowed.slots < 2:
        yield Wish("one go", f"one go on {name}", day)


def _equipment(wishes: Wishes, demand: WeekDemand) -> Iterator[Wish]:
    parts = (*(part.equipment for part in demand.strength), *(part.equipment for part in demand.jumps))
    asked = dict.fromkeys(item for part in parts for item in part)
    missing = (item for item in asked if item not in wishes.equipment)
    yield from (Wish("equipment", f"training without {item}", item=item) for item in missing)


def one_go_days(wishes: tuple[Wish, ...]) -> frozenset[int]:
    """Return the days on which the runner has one go only."""
    return frozenset(wish.day for wish in wishes if wish.kind == "one go" and wish.day is not None)


def stands_against(wish: Wish, what: Demand, day: int) -> bool:
    """Whether a wish alone keeps a session from a day, whatever else stands there; minutes are counted elsewhere."""
    match wish.kind:
        case "free":
            return wish.day == day and not is_race(what)
        case "keep free":
            return wish.day == day
        case "place":
            return not isinstance(what, RunDemand) and wish.day == day and what.place not in {"", wish.item}
        case "race":
            return is_race(what, wish.item) and wish.day != day
    return False


def is_race(what: Demand, name: str | None = None) -> bool:
    """Whether a session is a race, or the race of that name."""
    return isinstance(what, RunDemand) and what.kind is RunKind.RACE and name in {None, what.text}


def lacks(wish: Wish, what: Demand, day: int, wishes: tuple[Wish, ...]) -> bool:
    """Whether a session on a day needs a piece of equipment that is wished away; a gym has everything."""
    if wish.kind != "equipment" or isinstance(what, RunDemand) or wish.item not in what.equipment:
        return False
    at_gym = what.place == "gym" or any(w.kind == "place" and w.day == day and w.item == "gym" for w in wishes)
    return not at_gym
