"""A planned week: what stands on which day, and in which part of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from gerdy.programme.week.demand import Demand, MobilityDemand, RunDemand, RunKind

if TYPE_CHECKING:
    from gerdy.records import Decision


class Slot(StrEnum):
    """Part of a day."""

    MORNING = "morning"
    EVENING = "evening"
    ANY = "any time"


SLOTS = (Slot.MORNING, Slot.EVENING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """One part of the week on its day; what stands in one slot is done in the order run, jumps, strength."""

    date: dt.date
    slot: Slot
    what: Demand | MobilityDemand

    @property
    def key(self) -> str:
        """The name of what is placed."""
        return self.what.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Seven days.

    Parameters
    ----------
    sessions : by date and slot
    decisions : why they stand so, one decision per rule that had a say
    """

    starts: dt.date
    sessions: tuple[Placed, ...]
    decisions: tuple[Decision, ...] = ()

    def on(self, date: dt.date) -> tuple[Placed, ...]:
        """Return what stands on one date."""
        return tuple(item for item in self.sessions if item.date == date)

    def days_of(self, key: str) -> tuple[int, ...]:
        """Return on which days of the week, counted from 0, something stands."""
        return tuple((item.date - self.starts).days for item in self.sessions if item.key == key)

    def moved_from(self, previous: Week) -> tuple[str, ...]:
        """Return what stands on another day of the week than in `previous`; new and dropped parts do not count."""
        keys = dict.fromkeys(item.key for item in self.sessions)
        return tuple(
            key for key in keys if previous.days_of(key) and set(previous.days_of(key)) != set(self.days_of(key))
        )

    def lines(self) -> tuple[str, ...]:
        """Return the week in words, one line a day."""
        days = (self.starts + dt.timedelta(days=n) for n in range(7))
        return tuple(f"{day:%a %d %b}  {_words(self.on(day))}" for day in days)


def _words(sessions: tuple[Placed, ...]) -> str:
    if not sessions:
        return "rest"
    return "; ".join(f"{item.slot}: {name_of(item.what)}{_long(item.what.minutes)}" for item in sessions)


def _long(minutes: float | None) -> str:
    return "" if minutes is None else f", {minutes:g} min"


def name_of(what: Demand | MobilityDemand) -> str:
    """Return what a person reads for one part of a week."""
    if not isinstance(what, RunDemand):
        return what.key
    return f"race, {what.text}" if what.kind is RunKind.RACE else f"{what.kind} run"
