"""One suggested week: the menu, the runs, and the day of each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from gerdy.errors import WishesCollide
from gerdy.outlook.history import between
from gerdy.programme.maintenance import maintenance
from gerdy.programme.menu import LeftOut, menu
from gerdy.programme.suggest.asking import asked
from gerdy.programme.suggest.doses import dosed
from gerdy.programme.suggest.naming import in_order
from gerdy.programme.suggest.running_days import DAY, LONG_FROM, run_days, runs_per_week
from gerdy.programme.suggest.runs import runs_on
from gerdy.programme.suggest.upkeep import upkeep_menu
from gerdy.programme.week import RunDemand, RunKind, plan_week
from gerdy.programme.week.from_menu import demand
from gerdy.records import Reason
from gerdy.running.guards import earliest_day
from gerdy.running.stages import ORDER, stage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from gerdy.programme.facts import Facts
    from gerdy.programme.maintenance import Maintenance
    from gerdy.programme.menu import Menu, MenuItem, MenuSession
    from gerdy.programme.state import ProgrammeState
    from gerdy.programme.suggest.runs import SuggestedRun
    from gerdy.programme.week import Week, WeekDemand
    from gerdy.records import PlannedSet, Wishes

LONG_RUN: Final = "long run"
NO_ROOM: Final = Reason(text="It does not fit into the wished week; more days or minutes would make room.")
BEGUN: Final = Reason(text="The week has begun; what no longer fits waits for Monday: gerdy plan --weeks 2.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedWeek:
    """Seven days from a Monday.

    Parameters
    ----------
    runs : on their days, also those that a guard refused, with the reason
    sets : every exercise on its day
    """

    starts: dt.date
    week: Week
    menu: Menu
    runs: tuple[SuggestedRun, ...]
    sets: tuple[PlannedSet, ...]


def suggest_week(
    facts: Facts, state: ProgrammeState, wishes: Wishes, starts: dt.date, previous: Week | None = None
) -> SuggestedWeek:
    """Return the week from a Monday on; days before the day of the facts stay free.

    Parameters
    ----------
    previous : the plan to stay close to

    Raises
    ------
    WishesCollide : no week fits the wishes, even with the fewest sessions that the phase asks for
    ProgrammeError : the phase asks for what cannot be (R-043)
    """
    allowed = _still_ahead(facts, state, wishes, starts)
    runs = _run_demands(facts, state, wishes, starts)
    collision: WishesCollide | None = None
    for held in _menus(facts, state, wishes, starts):
        try:
            week = in_order(plan_week(_demand(held, runs, state, starts), allowed, previous), held)
        except WishesCollide as error:
            collision = collision or error
            continue
        placed = _run_days(week)
        return SuggestedWeek(
            starts=starts,
            week=week,
            menu=held,
            runs=runs_on(facts, state, wishes, sorted(placed.values()), placed.get(LONG_RUN)),
            sets=dosed(week, held, state),
        )
    assert collision is not None  # noqa: S101 - there is at least one menu, and each either fits or collides
    raise collision


def _menus(facts: Facts, state: ProgrammeState, wishes: Wishes, starts: dt.date) -> Iterator[Menu]:
    """Give the menu of the week, then leaner ones for a week in which it does not fit.

    First what is new stands in one session only, because new lowering work needs three days to every long run; then
    there are fewer sessions, down to what the phase needs; last go the jumps. A week that has begun may hold fewer
    still, or none: what does not fit into its rest waits for Monday.
    """
    query = asked(facts, state, wishes)
    done = len({fact.day for fact in between(facts.history.sessions, starts, facts.day - DAY)})
    if query.phase == "P5":
        kept = upkeep(facts, state)
        whole, fewest = upkeep_menu(kept, query), kept.heavy
    else:
        whole = menu(query)
        fewest = len(menu(replace(query, days=1)).sessions)
    whole = replace(whole, sessions=whole.sessions[min(done, len(whole.sessions)) :])
    yield whole
    once = _new_once(whole, query.known)
    if once != whole:
        yield once
    begun = facts.day > starts
    least, why = (0, BEGUN) if begun else (min(fewest, len(once.sessions)), NO_ROOM)
    for count in range(len(once.sessions) - 1, least - 1, -1):
        yield _leaner(once, once.sessions[:count], once.jumps, why)
    if whole.jumps:
        yield _leaner(once, once.sessions[:least], (), why)


def upkeep(facts: Facts, state: ProgrammeState) -> Maintenance:
    """Return what a week of P5 keeps up, and when the next tests are."""
    return maintenance(facts, _entered(state, "P5"), _ever_stood_out(facts))


def _new_once(whole: Menu, known: Collection[str]) -> Menu:
    """Return the menu with each new lowering exercise in the first session that holds it, and in no other."""
    sessions = []
    for session in whole.sessions:
        kept = [
            item for item in session.items if not (session.after and item.exercise.eccentric and item.id not in known)
        ]
        fits = session if len(kept) == len(session.items) else replace(session, items=tuple(kept), after="")
        sessions.append(replace(fits, minutes=round(sum(item.minutes for item in fits.items), 1)))
    return replace(whole, sessions=tuple(session for session in sessions if session.items))


def _leaner(whole: Menu, sessions: Sequence[MenuSession], jumps: Sequence[MenuItem], why: Reason) -> Menu:
    dropped = len(whole.sessions) - len(sessions)
    need = "one more session" if dropped == 1 else f"{dropped} more sessions"
    left = [LeftOut(need=need, exercise_id="", why=why)] if dropped else []
    left += [LeftOut(need="jumps", exercise_id=item.id, why=why) for item in whole.jumps if not jumps]
    return replace(whole, sessions=tuple(sessions), jumps=tuple(jumps), left_out=(*whole.left_out, *left))


def _demand(held: Menu, runs: Sequence[RunDemand], state: ProgrammeState, starts: dt.date) -> WeekDemand:
    apart = state.ladder is None or stage(state.ladder.stage).rest
    return demand(held, runs, starts, runs_apart=apart)


def _run_demands(facts: Facts, state: ProgrammeState, wishes: Wishes, starts: dt.date) -> tuple[RunDemand, ...]:
    """Return the runs of the week with their length, found on provisional days."""
    ran = {fact.day for fact in between(facts.history.runs, starts, facts.day - DAY)}
    racing = any(starts <= race.date < starts + 7 * DAY for race in wishes.races)
    count = max(runs_per_week(wishes, state.ladder) - len(ran) - racing, 0)
    days = _provisional(facts, state, wishes, starts, count)
    long_day = None if racing else _long_day(state, wishes, days)
    found: list[RunDemand] = []
    for number, one in enumerate(runs_on(facts, state, wishes, days, long_day), start=1):
        if one.run is not None and one.run.minutes:
            key = LONG_RUN if one.day == long_day else f"run {number}"
            first_hard = one.kind is RunKind.QUALITY and not any(run.kind is RunKind.QUALITY for run in found)
            kind = RunKind.EASY if one.kind is RunKind.QUALITY and not first_hard else one.kind
            found.append(
                RunDemand(key=key, kind=kind, minutes=round(one.run.minutes), text=one.run.text, km=one.run.km)
            )
    return tuple(found)


def _provisional(
    facts: Facts, state: ProgrammeState, wishes: Wishes, starts: dt.date, count: int
) -> tuple[dt.date, ...]:
    """Return the first days of the week that the wishes give to running, a day apart where the ladder asks it."""
    apart = state.ladder is None or stage(state.ladder.stage).rest
    open_days = [starts + n * DAY for n in range(7) if (starts + n * DAY).weekday() in run_days(wishes)]
    chosen: list[dt.date] = []
    for day in open_days:
        far = not chosen or not apart or (day - chosen[-1]).days > 1
        if day >= max(facts.day, _earliest(facts, state)) and day not in wishes.keep_free and far:
            chosen.append(day)
    return tuple(chosen[-count:]) if count else ()


def _long_day(state: ProgrammeState, wishes: Wishes, days: Sequence[dt.date]) -> dt.date | None:
    """Return the day of the long run, from R10 on: the wished weekday, else the last."""
    if not days or state.ladder is None or ORDER.index(state.ladder.stage) < ORDER.index(LONG_FROM):
        return None
    return next((day for day in days if day.weekday() == wishes.long_run_weekday), days[-1])


def _run_days(week: Week) -> dict[str, dt.date]:
    """Return the day of each run of a planned week, races left out."""
    placed = [item for item in week.sessions if isinstance(item.what, RunDemand)]
    return {item.key: item.date for item in placed if item.what.kind is not RunKind.RACE}  # type: ignore[union-attr]


def _still_ahead(facts: Facts, state: ProgrammeState, wishes: Wishes, starts: dt.date) -> Wishes:
    """Return the wishes with the days that are over kept free, and no run before the rest after a red one ends."""
    week = [starts + n * DAY for n in range(7)]
    over = [day for day in week if day < facts.day]
    resting = {day.weekday() for day in week if day < _earliest(facts, state)}
    days = tuple(replace(day, run_minutes=0.0) if day.weekday in resting else day for day in wishes.days)
    return replace(wishes, keep_free=(*wishes.keep_free, *over), days=days)


def _earliest(facts: Facts, state: ProgrammeState) -> dt.date:
    first = None if state.ladder is None else earliest_day(facts.history, state.ladder, facts.day)
    return first or dt.date.min


def _entered(state: ProgrammeState, phase: str) -> dt.date:
    assert state.phase is not None  # noqa: S101 - a plan is refused before the first assessment
    return state.phase.entered[phase]


def _ever_stood_out(facts: Facts) -> frozenset[str]:
    """Return the contributors that stood out in any assessment so far."""
    found = (judgement for day, judgement in facts.judgements.rows if day <= facts.day)
    return frozenset(one.contributor for row in found for one in row.standings if one.status == "stands out")
