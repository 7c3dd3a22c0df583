"""The sessions of the ladder: what was run on a day, how long, as which stage, and in which colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gerdy.outlook.history import between, up_to
from gerdy.outlook.load import duration_s
from gerdy.outlook.volume import plans_in_force
from gerdy.running.colour import known_colour
from gerdy.running.signals import is_walk
from gerdy.running.stages import ORDER

if TYPE_CHECKING:
    import datetime as dt

    from gerdy.outlook.history import History
    from gerdy.records import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """All running of one day; two logs on one day are one session.

    Parameters
    ----------
    minutes : of the longest run; None is not recorded
    asked : stage that the plan of that day asked for; None where no plan named one
    walked : whether the day held a walk and no run
    colour : decision of R-030
    """

    day: dt.date
    minutes: float | None
    asked: str | None
    walked: bool
    colour: Decision


def sessions(history: History, first: dt.date, now: dt.date) -> tuple[Session, ...]:
    """Return the sessions from `first` to `now`, oldest first, judged by what is known at the end of `now`.

    Colours look at what happened by `now`, not at when it was entered: a late answer counts for its own day.
    """
    past = up_to(history, now)
    ran = {fact.day for fact in between(past.runs, first, now)}
    walked = {fact.day for fact in between(past.pains, first, now) if is_walk(fact)}
    found = ((day, known_colour(past, day)) for day in sorted(ran | walked))
    return tuple(_session(past, day, colour, walked=day not in ran) for day, colour in found if colour is not None)


def asked_stage(history: History, day: dt.date) -> str | None:
    """Return the stage that the plan in force on `day` asked for; None where it named none.

    A plan of a later day never changes what an earlier run was asked to be.
    """
    names = [
        run.target
        for plan in plans_in_force(history, day)
        for run in plan.runs
        if run.date == day and run.target in ORDER
    ]
    return names[-1] if names else None


def longest_min(history: History, first: dt.date, last: dt.date) -> float | None:
    """Return the minutes of the longest run of some days; None where none has a duration."""
    seconds = (duration_s(fact.entry) for fact in between(history.runs, first, last))
    return max((s / 60 for s in seconds if s is not None), default=None)


def _session(history: History, day: dt.date, colour: Decision, *, walked: bool) -> Session:
    return Session(
        day=day,
        minutes=longest_min(history, day, day),
        asked=asked_stage(history, day),
        walked=walked,
        colour=colour,
    )
