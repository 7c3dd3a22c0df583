"""What was done of one exercise on one side, day by day, beside the prescription it was judged by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gerdy.programme.gates.shown import shown_score
from gerdy.records import Side

if TYPE_CHECKING:
    import datetime as dt

    from gerdy.outlook.history import Dated, History
    from gerdy.records import DoneSet, PlannedSet, StrengthSession


@dataclass(frozen=True, slots=True)
class DaySession:
    """All sets of one exercise and side on one local day; two logs on a day are one session.

    Parameters
    ----------
    sets : in the order they were done
    target : the prescription in force when it was done; None where there was none
    """

    day: dt.date
    sets: tuple[DoneSet, ...]
    target: PlannedSet | None

    @property
    def pain(self) -> float | None:
        """The strongest recorded pain during the sets, 0-10 as shown; None where no set has one."""
        return max((shown_score(s.pain) for s in self.sets if s.pain is not None), default=None)

    @property
    def filmed(self) -> bool:
        """Whether a film shows one of the sets."""
        return any(s.filmed for s in self.sets)


def sides_of(history: History, exercise_id: str) -> tuple[Side, ...]:
    """Return the sides that gate apart: left and right once any set named one, else the one for both legs."""
    named = {s.side for fact in history.sessions for s in fact.entry.sets if s.exercise_id == exercise_id}
    if named & {Side.LEFT, Side.RIGHT}:
        return Side.LEFT, Side.RIGHT
    return (Side.BOTH,)


def day_sessions(history: History, exercise_id: str, side: Side) -> tuple[DaySession, ...]:
    """Return the sessions of an exercise on one side, oldest first; a set without a side speaks for both."""
    days: dict[dt.date, list[DoneSet]] = {}
    targets: dict[dt.date, PlannedSet | None] = {}
    for fact in history.sessions:
        for done in fact.entry.sets:
            if done.exercise_id == exercise_id and _about(done.side, side):
                days.setdefault(fact.day, []).append(done)
                found = done.target or planned_set(history, fact, exercise_id, side)
                targets[fact.day] = found or targets.get(fact.day)
    return tuple(DaySession(day, tuple(sets), targets[day]) for day, sets in days.items())


def planned_set(history: History, fact: Dated[StrengthSession], exercise_id: str, side: Side) -> PlannedSet | None:
    """Return the prescription for a session, from the plan version in force when it was *done*.

    A version made later never judges an earlier session, however late that session was entered. A session done
    on another day than planned takes the nearest planned day of the exercise.
    """
    done_at = fact.entry.event_time
    newest: dict[str, tuple[int, tuple[PlannedSet, ...]]] = {}
    for plan in (p.entry for p in history.plans if done_at is not None and (p.entry.event_time or done_at) <= done_at):
        if plan.starts <= fact.day <= plan.ends and plan.version >= newest.get(plan.plan_id, (0, ()))[0]:
            newest[plan.plan_id] = plan.version, plan.sets
    rows = [s for _, sets in newest.values() for s in sets if s.exercise_id == exercise_id and _about(s.side, side)]
    return min(rows, key=lambda s: (abs((s.date - fact.day).days), s.date), default=None)


def _about(said: Side, side: Side) -> bool:
    return side is Side.BOTH or said in {side, Side.BOTH, Side.NOT_APPLICABLE}
