"""What one week has to hold, before anybody asks on which day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from gerdy.errors import ProgrammeError

DAYS = 7


class RunKind(StrEnum):
    """How much a run asks."""

    WALK_RUN = "walk-run"
    EASY = "easy"
    QUALITY = "quality"
    LONG = "long"
    RACE = "race"

    @property
    def hard(self) -> bool:
        """Whether legs should be fresh for it."""
        return self in {RunKind.QUALITY, RunKind.LONG, RunKind.RACE}

    @property
    def long(self) -> bool:
        """Whether it is among the longest of the week; a race counts as one."""
        return self in {RunKind.LONG, RunKind.RACE}


@dataclass(frozen=True, slots=True, kw_only=True)
class StrengthDemand:
    """One strength session.

    Parameters
    ----------
    key : its name, the same from week to week, for example ``strength A``
    minutes : how long
    heavy : whether it loads the legs heavily
    novel : whether it holds a lowering exercise that the runner has not done before
    after : the session that has to come earlier in the week, because that one holds what is new; empty for none
    equipment : everything it needs
    place : ``home``, ``gym``, or empty for any
    """

    key: str
    minutes: float
    heavy: bool = False
    novel: bool = False
    after: str = ""
    equipment: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JumpDemand:
    """One set of jumps; it stands alone or first in a strength session, and counts as a hard run."""

    key: str
    minutes: float
    equipment: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDemand:
    """One run.

    Parameters
    ----------
    key : its name, the same from week to week, for example ``run 1``
    minutes : how long; None is not known, which only a race may be
    change : which of distance, pace, gradient, surface or cadence is new in it; empty for none (R-068)
    text : the workout in words, or the name of the race
    km : None where only minutes are planned
    """

    key: str
    kind: RunKind
    minutes: float | None
    change: str = ""
    text: str = ""
    km: float | None = None

    def __post_init__(self) -> None:
        if self.minutes is None and self.kind is not RunKind.RACE:
            raise ProgrammeError(
                f"{self.key} has no minutes; a week can only be laid out with how long each run takes."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class MobilityDemand:
    """A short daily piece of mobility or control work.

    Parameters
    ----------
    days : on how many days it is wanted
    at_least : on how many days it has to be
    """

    key: str
    minutes: float
    days: int
    at_least: int = 0


Demand = StrengthDemand | JumpDemand | RunDemand


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekDemand:
    """Everything that a week has to hold.

    Parameters
    ----------
    starts : first of its seven days
    runs_apart : whether no two runs may stand on consecutive days (R-061, the ladder up to R6)
    last_change : the last day on which something about the running was new, and what (R-068)
    """

    starts: dt.date
    strength: tuple[StrengthDemand, ...] = ()
    jumps: tuple[JumpDemand, ...] = ()
    runs: tuple[RunDemand, ...] = ()
    mobility: tuple[MobilityDemand, ...] = ()
    runs_apart: bool = False
    last_change: tuple[dt.date, str] | None = None

    def __post_init__(self) -> None:
        keys = [item.key for item in (*self.sessions, *self.mobility)]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise ProgrammeError(f"Two parts of one week are called {', '.join(twice)}; give each its own name.")

    @property
    def sessions(self) -> tuple[Demand, ...]:
        """Everything that has a time of day."""
        return (*self.strength, *self.jumps, *self.runs)

    def date(self, day: int) -> dt.date:
        """Return the date of one of the week's days, counted from 0."""
        return self.starts + dt.timedelta(days=day)
