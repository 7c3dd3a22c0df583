"""A plan, and today, as documented JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gerdy.pipelines.analysis import sources
from gerdy.programme.suggest.doses import items_of
from gerdy.programme.week import RunDemand
from gerdy.records import to_json as record_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gerdy.pipelines.programme import Programme
    from gerdy.pipelines.today import Today
    from gerdy.programme.menu import MenuItem
    from gerdy.programme.overrides import Ruled
    from gerdy.programme.state import ProgrammeState
    from gerdy.programme.suggest import SuggestedRun, SuggestedWeek
    from gerdy.programme.week import Placed
    from gerdy.records import Decision

PLAN: Final = "gerdy/plan/1"
TODAY: Final = "gerdy/today/1"


def plan_json(found: Programme) -> dict[str, Any]:
    """Return the documented JSON of a plan; missing values are null."""
    return {
        "schema": PLAN,
        "runner": found.runner,
        "day": found.now.isoformat(),
        "state": state_json(found.state),
        "contributors": list(found.judgement.active),
        "weeks": [_week(week) for week in found.weeks],
        "versions": [
            {"changed": changed, "record": record_json(version)}
            for version, changed in zip(found.versions, found.changed, strict=True)
        ],
        "cue": None
        if found.cue is None
        else {"kind": found.cue.kind, "target": found.cue.target} | decision_json(found.cue.decision),
        "retests": [day.isoformat() for day in found.retests],
        "overrides": [record_json(fact.entry) for fact in found.history.overrides],
        "sources": sources(found.used),
    }


def today_json(found: Today) -> dict[str, Any]:
    """Return the documented JSON of today."""
    return {
        "schema": TODAY,
        "runner": found.runner,
        "day": found.now.isoformat(),
        "how": list(found.how),
        "do": list(found.do),
        "may_run_tomorrow": found.tomorrow.outcome,
        "tomorrow": list(found.tomorrow.says),
        "state": None if found.state is None else state_json(found.state),
        "decisions": [decision_json(item) for item in found.tomorrow.decisions],
        "sources": sources(found.used),
    }


def state_json(state: ProgrammeState) -> dict[str, Any]:
    """Return where a programme stands, and every decision with what a person decided beside it."""
    phase, ladder = state.phase, state.ladder
    return {
        "phase": None if phase is None else phase.phase,
        "since": None if phase is None else phase.since.isoformat(),
        "beside": [] if phase is None else list(phase.beside),
        "said_phase": None if state.said_phase is None else state.said_phase.phase,
        "step": None if ladder is None else ladder.stage,
        "green": None if ladder is None else ladder.green,
        "last_colour": None if ladder is None else ladder.colour or None,
        "locked": state.locked,
        "ended": state.ended,
        "exits": [
            {"asks": one.criterion.asks, "answer": one.met.value, "seen": one.seen, "to_do": one.criterion.to_do}
            for one in state.exits
        ],
        "decisions": [_ruled(one) for one in state.decisions],
    }


def decision_json(decision: Decision) -> dict[str, Any]:
    """Return a decision: rule, outcome, reasons with their evidence, what was seen, sources."""
    return {
        "rule": decision.rule,
        "outcome": decision.outcome,
        "reasons": [{"text": reason.text, "evidence": list(reason.evidence)} for reason in decision.reasons],
        "inputs_seen": decision.inputs_seen,
        "sources": list(decision.sources),
    }


def _ruled(one: Ruled) -> dict[str, Any]:
    held = None if one.override is None else record_json(one.override)
    return decision_json(one.decision) | {"in_force": one.holds, "override": held}


def _week(week: SuggestedWeek) -> dict[str, Any]:
    return {
        "starts": week.starts.isoformat(),
        "phase": week.menu.phase,
        "sessions": [_placed(item, week) for item in week.week.sessions],
        "runs": [_run(one) for one in week.runs],
        "exercises": [_item(item) for item in week.menu.items],
        "left_out": [
            {"need": one.need, "exercise": one.exercise_id or None, "why": one.why.text} for one in week.menu.left_out
        ],
        "decisions": [decision_json(one) for one in (*week.menu.decisions, *week.week.decisions)],
    }


def _placed(item: Placed, week: SuggestedWeek) -> dict[str, Any]:
    return {
        "date": item.date.isoformat(),
        "slot": item.slot.value,
        "key": item.key,
        "kind": item.what.kind.value if isinstance(item.what, RunDemand) else "exercise",
        "minutes": item.what.minutes,
        "exercises": [one.id for one in items_of(item, week.menu)],
    }


def _run(one: SuggestedRun) -> dict[str, Any]:
    planned = one.run
    return {
        "date": one.day.isoformat(),
        "kind": one.kind.value,
        "step": None if planned is None else planned.target,
        "km": None if planned is None else planned.km,
        "minutes": None if planned is None else planned.minutes,
        "text": None if planned is None else planned.text,
        "decisions": _decisions(one.decisions),
    }


def _item(item: MenuItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "name": item.exercise.name,
        "need": item.need,
        "first_dose": item.dose,
        "times_a_week": item.times,
        "minutes": item.minutes,
        "why": [{"text": reason.text, "evidence": list(reason.evidence)} for reason in item.why],
        "grade": item.exercise.grade,
        "directness": item.exercise.directness,
        "certainty": item.exercise.certainty,
    }


def _decisions(found: Iterable[Decision]) -> list[dict[str, Any]]:
    return [decision_json(one) for one in found]
