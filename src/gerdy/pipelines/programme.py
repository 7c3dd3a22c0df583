"""From a journal to a plan: history, judgement, state, menu, runs, weeks; and the plan versions to keep."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from gerdy import evidence
from gerdy.errors import ProgrammeError
from gerdy.evidence import span
from gerdy.outlook.history import history_of
from gerdy.pipelines.plan_refusals import require_assessment, require_going_on, require_wishes
from gerdy.programme.facts import Facts
from gerdy.programme.safety import judged
from gerdy.programme.state import ladder_of, programme_state
from gerdy.programme.suggest import Stamp, as_if_green, is_new, suggest_week, upkeep, version_of
from gerdy.programme.suggest.cue import cue_of
from gerdy.records import DecisionEntry, Obtained
from gerdy.running.stages import ORDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gerdy.assess.judge import Judgement
    from gerdy.evidence import Used
    from gerdy.outlook.history import History
    from gerdy.programme.safety import Judgements
    from gerdy.programme.state import ProgrammeState
    from gerdy.programme.suggest import SuggestedWeek
    from gerdy.records import Entry, PlanVersion, Wishes
    from gerdy.running.cues import Cue

WEEK = dt.timedelta(weeks=1)


class FactsOf(Protocol):
    """What a plan needs of a journal."""

    def records(self, runner_id: str) -> Iterable[Entry]:
        """Return the records of one runner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked for.

    Parameters
    ----------
    now : the runner's day; at : the moment, with time zone
    starts : any day of the first week
    weeks : how many
    by : who asks
    new_id : makes the ids of the versions
    """

    now: dt.date
    at: dt.datetime
    starts: dt.date
    weeks: int
    by: str
    new_id: Callable[[], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A plan with everything that was decided on the way.

    Parameters
    ----------
    weeks : the first is a plan; those after it are a sketch of what follows if every run is green
    versions : of the weeks; `changed` says which of them ask for something new
    retests : in maintenance, the dates of the coming tests
    """

    runner: str
    now: dt.date
    history: History
    judgement: Judgement
    state: ProgrammeState
    wishes: Wishes
    weeks: tuple[SuggestedWeek, ...]
    versions: tuple[PlanVersion, ...]
    changed: tuple[bool, ...]
    cue: Cue | None
    retests: tuple[dt.date, ...]
    used: Used


def programme_of(facts: FactsOf, runner_id: str, zone: dt.tzinfo, request: Request, *, name: str = "") -> Programme:
    """Make a plan from one runner's records.

    Raises
    ------
    VerdictRefused : a red flag, too little assessed, or the safety questions are due
    ProgrammeError : no wishes, ended, in the past, or nothing fits (`WishesCollide`)
    """
    with evidence.collect() as used:
        history, judgements, state = state_of(facts, runner_id, zone, request.now)
        return replace(plan_from(history, judgements, state, request, name=name), used=used)


def plan_from(
    history: History, judgements: Judgements, state: ProgrammeState, request: Request, *, name: str = ""
) -> Programme:
    """Make a plan from a history that is judged already; see `programme_of`."""
    first = request.starts - dt.timedelta(days=request.starts.weekday())
    _check(request, first)
    judgement = require_assessment(judgements.on(request.now))
    require_going_on(state)
    wishes = require_wishes(history, request.now)
    here = Facts(history, judgements, request.now)
    weeks = tuple(_weeks(here, state, wishes, first, request.weeks))
    versions = tuple(
        version_of(week, state, history, Stamp(id=request.new_id(), at=request.at, by=request.by)) for week in weeks
    )
    return Programme(
        runner=name or history.runner_id,
        now=request.now,
        history=history,
        judgement=judgement,
        state=state,
        wishes=wishes,
        weeks=weeks,
        versions=versions,
        changed=tuple(is_new(version, history) for version in versions),
        cue=cue_of(here, state),
        retests=upkeep(here, state).retests if weeks[0].menu.phase == "P5" else (),
        used={},
    )


def decisions_to_keep(found: Programme, beside: PlanVersion, new_id: Callable[[], str]) -> tuple[DecisionEntry, ...]:
    """Return every decision that a person decided otherwise, as it stood when a plan was made."""
    return tuple(
        DecisionEntry(
            id=new_id(),
            runner_id=beside.runner_id,
            event_time=beside.event_time,
            entered_at=beside.entered_at,
            by=beside.by,
            obtained=Obtained.COMPUTED,
            decision=one.decision,
            overridden_to=one.holds,
            override_reason=one.override.reason,
        )
        for one in found.state.decisions
        if one.override is not None
    )


def state_of(
    facts: FactsOf, runner_id: str, zone: dt.tzinfo, now: dt.date
) -> tuple[History, Judgements, ProgrammeState]:
    """Return where a runner stands, without a plan."""
    history = history_of(facts.records(runner_id), runner_id, zone)
    judgements = judged(history, now)
    return history, judgements, programme_state(history, judgements, now)


def said_at(state: ProgrammeState, gate: str, to: str) -> str:
    """Return gerdy's own outcome at a gate, in the words that an outcome `to` can be compared with.

    Where nothing was decided yet the strictest word is taken, so that nothing opens by being asked early.
    """
    if gate == "phase":
        return "P0" if state.said_phase is None else state.said_phase.phase
    if gate == "R-062" and to in ORDER:
        return ORDER[0] if state.ladder is None else state.ladder.stage
    found = state.decision(gate)
    return "hold" if found is None else found.decision.outcome


def _check(request: Request, first: dt.date) -> None:
    low, high = span("house_plan.weeks")
    if not low <= request.weeks <= high:
        raise ProgrammeError(f"{request.weeks} weeks were asked for; a plan holds {low:g} to {high:g}.")
    if first + WEEK <= request.now:
        raise ProgrammeError(
            f"The week of {first} is over; a plan begins this week or later. Leave --from out for this week."
        )


def _weeks(here: Facts, state: ProgrammeState, wishes: Wishes, first: dt.date, count: int) -> Iterable[SuggestedWeek]:
    """Give week after week; each later one takes the runs before it as green."""
    previous = None
    for number in range(count):
        starts = first + number * WEEK
        found = suggest_week(here, state, wishes, starts, previous)
        yield found
        previous = found.week
        history = here.history
        for one in found.runs:
            history = as_if_green(history, one.run)
        here = replace(here, history=history, day=starts + WEEK)
        state = replace(state, now=here.day, ladder=ladder_of(here, state.phase))
