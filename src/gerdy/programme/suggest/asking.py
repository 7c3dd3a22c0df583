"""The question behind a menu, put together from record, judgement, state and wishes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from gerdy.assess.readings import Readings
from gerdy.evidence import value
from gerdy.outlook.history import between
from gerdy.outlook.volume import planned_session_days, plans_in_force
from gerdy.programme.exercises import exercises
from gerdy.programme.gates.ranges import range_gain
from gerdy.programme.menu import MenuQuery, of_judgement, of_standings
from gerdy.programme.menu.template import common
from gerdy.programme.ready import ankle_ready
from gerdy.programme.suggest.entry import clean_sessions, opened
from gerdy.records import Side

if TYPE_CHECKING:
    from gerdy.outlook.history import History
    from gerdy.programme.facts import Facts
    from gerdy.programme.state import ProgrammeState
    from gerdy.records import Wishes

DAY: Final = dt.timedelta(days=1)
WEEK: Final = dt.timedelta(weeks=1)


def asked(facts: Facts, state: ProgrammeState, wishes: Wishes) -> MenuQuery:
    """Return the query of a menu for the runner's day."""
    assert state.phase is not None  # noqa: S101 - a plan is refused before the first assessment
    history, now = facts.history, facts.day
    judgement = facts.judgements.on(now)
    days = strength_days(wishes)
    query = MenuQuery(
        phase=state.phase.phase,
        ankle_work_done={"met": True, "not met": False}.get(ankle_ready(facts).outcome),
        ankle_weeks_without_gain=_without_gain(facts),
        pinch=_pinch(facts),
        doing=doing(history, now),
        known=frozenset(done.exercise_id for fact in history.sessions for done in fact.entry.sets),
        opened=opened(facts, state.ladder),
        clean_drills=_drills(facts),
        equipment=wishes.equipment,
        gym=bool(days) and all(day.place == "gym" for day in wishes.days if day.weekday in days),
        days=len(days) or None,
        minutes=min((day.minutes for day in wishes.days if day.weekday in days), default=None),
        strength_weeks=_strength_weeks(history, now),
        isolated_weeks=_isolated_weeks(history, now),
        novice=_novice(history, state.phase.entered.get("P1", now)),
        adherence=weekly_adherence(history, now),
        rest_days=_rest_days(history, now),
    )
    query = query if judgement is None else of_judgement(query, judgement)
    return of_standings(query, state.standings.values(), now)


def strength_days(wishes: Wishes) -> frozenset[int]:
    """Return the weekdays with room for a strength session; shorter ones have room for a daily drill."""
    return frozenset(day.weekday for day in wishes.days if day.minutes >= value("house_plan.session_minutes"))


def doing(history: History, now: dt.date) -> tuple[str, ...]:
    """Return the exercises of the newest plan that began before `now`, each once."""
    plans = [plan for plan in plans_in_force(history, now) if plan.starts <= now and plan.sets]
    return tuple(dict.fromkeys(one.exercise_id for one in plans[-1].sets)) if plans else ()


def weekly_adherence(history: History, now: dt.date) -> tuple[float, ...]:
    """Return done over planned session days of the last two whole weeks; empty where a week had no plan.

    A week is the seven days of a plan that ended before `now`.
    """
    shares = []
    for plan in [one for one in plans_in_force(history, now) if one.ends < now][-2:]:
        planned = planned_session_days(history, plan.starts, plan.ends)
        done = {fact.day for fact in between(history.sessions, plan.starts, plan.ends)}
        if planned:
            shares.append(len(done) / len(planned))
    return tuple(shares) if len(shares) == 2 else ()


def _drills(facts: Facts) -> dict[str, tuple[int, int]]:
    """Return clean sessions, and days since the second of them, of each length drill of level 2 (R-026)."""
    found = {}
    for key, item in exercises().items():
        if item.track == "T5" and item.levels[0] == 2 and (clean := clean_sessions(facts, key)):
            days = sorted({f.day for f in facts.history.sessions if any(s.exercise_id == key for s in f.entry.sets)})
            found[key] = (clean, (facts.day - days[min(1, len(days) - 1)]).days)
    return found


def _without_gain(facts: Facts) -> float | None:
    """Return the weeks of ankle work after which the retest still shows no gain; None before a retest can tell."""
    first = _ankle_began(facts.history)
    if first is None:
        return None
    readings = tuple((f.day, Readings(f.entry)) for f in between(facts.history.assessments, dt.date.min, facts.day))
    said = [range_gain(readings, "C5", side, first) for side in (Side.LEFT, Side.RIGHT)]
    if any(one.outcome == "maintain" for one in said):
        return 0.0
    tested = [day for one in said if isinstance(day := one.inputs_seen.get("days"), int | float)]
    return max(tested) / 7 if tested else None


def _ankle_began(history: History) -> dt.date | None:
    track = {key for steps in common().ankle.values() for key in steps}
    return next((f.day for f in history.sessions if {s.exercise_id for s in f.entry.sets} & track), None)


def _pinch(facts: Facts) -> bool:
    """Whether the front of the ankle still pinches after the weeks that R-023 gives to the joint."""
    found, began = facts.judgements.on(facts.day), _ankle_began(facts.history)
    if found is None or began is None or facts.day - began < value("house_menu.ankle_weeks") * WEEK:
        return False
    return "pinch" in {found.readings.detail("lunge_bent_angle", "end_feel", side) for side in (Side.LEFT, Side.RIGHT)}


def _strength_weeks(history: History, now: dt.date) -> int:
    """Return in how many of the weeks up to `now` strength work was recorded."""
    return len({(now - fact.day).days // 7 for fact in between(history.sessions, dt.date.min, now - DAY)})


def _isolated_weeks(history: History, now: dt.date) -> int:
    """Return the weeks in a row, up to `now`, with work of single muscles and none with the foot on the ground."""
    count, last = 0, now - DAY
    while True:
        week = between(history.sessions, last - WEEK + DAY, last)
        tracks = {exercises()[s.exercise_id].track for f in week for s in f.entry.sets if s.exercise_id in exercises()}
        if "T1" not in tracks or tracks & {"T2", "T3"}:
            return count
        count, last = count + 1, last - WEEK


def _novice(history: History, begun: dt.date) -> bool:
    """Whether no strength work is on record before the plan; unknown is taken as new to it, the careful side."""
    return not between(history.sessions, dt.date.min, begun - DAY)


def _rest_days(history: History, now: dt.date) -> int:
    """Return the days without any recorded load up to `now`; 0 before the first record."""
    loads = [fact.day for fact in between(history.sessions, dt.date.min, now)]
    loads += [fact.day for fact in between(history.runs, dt.date.min, now)]
    return (now - max(loads)).days if loads else 0
