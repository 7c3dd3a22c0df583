"""Today in three answers: how is it, what do I do now, may I run tomorrow."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.errors import GerdyError
from gerdy.outlook.history import between
from gerdy.pipelines.plan_refusals import require_assessment, require_going_on, require_wishes
from gerdy.pipelines.programme import state_of
from gerdy.programme.facts import Facts
from gerdy.programme.phases import NAMES
from gerdy.programme.suggest import runs_on, standing_version
from gerdy.programme.suggest.set_words import exercise_lines
from gerdy.running.sessions import sessions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gerdy.evidence import Used
    from gerdy.outlook.history import History
    from gerdy.pipelines.programme import FactsOf
    from gerdy.programme.safety import Judgements
    from gerdy.programme.state import ProgrammeState
    from gerdy.records import Decision, PlannedRun, Wishes

DAY: Final = dt.timedelta(days=1)
YES, WALK, NO, UNKNOWN = "yes", "a walk", "no", "not known"


@dataclass(frozen=True, slots=True)
class Tomorrow:
    """Whether a run may be tomorrow: ``yes``, ``a walk``, ``no`` or ``not known``, in sentences and decisions."""

    outcome: str
    says: tuple[str, ...]
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The three answers; `state` is None before the first assessment."""

    runner: str
    now: dt.date
    how: tuple[str, ...]
    do: tuple[str, ...]
    tomorrow: Tomorrow
    state: ProgrammeState | None
    used: Used


def today_of(facts: FactsOf, runner_id: str, zone: dt.tzinfo, now: dt.date, *, name: str = "") -> Today:
    """Answer for one runner and day; what stands before a plan is the first thing to do."""
    with evidence.collect() as used:
        history, judgements, state = state_of(facts, runner_id, zone, now)
        try:
            require_assessment(judgements.on(now))
            require_going_on(state)
            wishes = require_wishes(history, now)
        except GerdyError as refusal:
            tomorrow = Tomorrow(UNKNOWN if not state.locked else NO, ("First what stands above.",))
            known = None if state.phase is None else state
            return _answer(
                name or runner_id, now, tuple(_how(history, state, now)), (str(refusal),), tomorrow, known, used
            )
        do = tuple(_to_do(history, state, now))
        tomorrow = _tomorrow(history, judgements, state, wishes, now)
        return _answer(name or runner_id, now, tuple(_how(history, state, now)), do, tomorrow, state, used)


def _answer(
    runner: str,
    now: dt.date,
    how: tuple[str, ...],
    do: tuple[str, ...],
    tomorrow: Tomorrow,
    state: ProgrammeState | None,
    used: Used,
) -> Today:
    return Today(runner=runner, now=now, how=how, do=do, tomorrow=tomorrow, state=state, used=used)


def _how(history: History, state: ProgrammeState, now: dt.date) -> Iterator[str]:
    """Say where the runner stands, the last run's colour, this morning, and what holds."""
    if state.phase is None:
        yield "Nothing is assessed yet."
        return
    step = "" if state.ladder is None else f", step {state.ladder.stage}"
    yield f"{state.phase.phase}, {NAMES[state.phase.phase]}, since {state.phase.since.isoformat()}{step}."
    runs = [one for one in sessions(history, now - 14 * DAY, now) if not one.walked]
    if runs:
        why = "; ".join(reason.text for reason in runs[-1].colour.reasons)
        yield f"Last run, {runs[-1].day.isoformat()}: {runs[-1].colour.outcome} ({why})."
    woke = between(history.mornings, now, now)
    said = f"{max(fact.entry.stairs_down for fact in woke):g} of 10 on the stairs" if woke else "not answered"
    yield f"This morning: {said}."
    for one in state.decisions:
        if one.decision.rule == "R-087" and one.decision.outcome != "none":
            yield f"The watch is {one.decision.outcome}: {one.decision.reasons[0].text}"
    for held in state.holds:
        yield f"{held.rule} holds: {held.reasons[0].text}"


def _to_do(history: History, state: ProgrammeState, now: dt.date) -> Iterator[str]:
    """Say what is asked today: answers first, then what the plan has."""
    if not between(history.mornings, now, now):
        yield "Answer the morning: gerdy check-in --stairs 0 --side right. Without it nothing goes on."
    monday = now - now.weekday() * DAY
    plan = standing_version(history, monday)
    if plan is None:
        yield "Make this week's plan: gerdy plan"
        return
    runs = [run for run in plan.runs if run.date == now]
    sets = [one for one in plan.sets if one.date == now]
    yield from (_run_words(run) for run in runs)
    yield from exercise_lines(sets)
    if not runs and not sets:
        yield "Rest. Nothing is planned today."
    if state.phase is not None and plan.phase != state.phase.phase:
        yield f"The plan was made in {plan.phase}, and it is {state.phase.phase} now; renew it: gerdy plan"


def _tomorrow(
    history: History, judgements: Judgements, state: ProgrammeState, wishes: Wishes, now: dt.date
) -> Tomorrow:
    (one,) = runs_on(Facts(history, judgements, now), state, wishes, [now + DAY])
    if one.run is None:
        last = one.decisions[-1]
        return Tomorrow(NO, tuple(f"{last.rule}: {reason.text}" for reason in last.reasons), one.decisions)
    if one.run.target == "R0":
        return Tomorrow(WALK, (one.run.text, *_not_ready(state)), one.decisions)
    asks = () if between(history.mornings, now, now) else ("Answer this morning first; it decides with.",)
    return Tomorrow(YES, (f"{one.run.target}: {one.run.text}", *asks, *_planned_tomorrow(history, now)), one.decisions)


def _not_ready(state: ProgrammeState) -> tuple[str, ...]:
    found = state.decision("R-060")
    return () if found is None or found.holds == "ready" else tuple(r.text for r in found.decision.reasons)


def _planned_tomorrow(history: History, now: dt.date) -> tuple[str, ...]:
    day = now + DAY
    plan = standing_version(history, day - day.weekday() * DAY)
    if plan is None or any(run.date == day for run in plan.runs):
        return ()
    return ("The plan has no run tomorrow; a day off is worth as much.",)


def _run_words(run: PlannedRun) -> str:
    length = f"{run.km:g} km" if run.km else f"{run.minutes:g} min" if run.minutes else ""
    return f"{run.target}, {length}: {run.text}" if length else f"{run.text}"
