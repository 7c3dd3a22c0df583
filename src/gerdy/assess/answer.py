"""What ``gerdy assess`` answers: the JSON shape ``gerdy/assess/1`` and the same in lines for people."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from gerdy.assess.catalogue import contributors, rules, tests
from gerdy.assess.findings import Finding, State
from gerdy.assess.say import show
from gerdy.assess.scored import where
from gerdy.evidence import registry
from gerdy.records import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gerdy.assess.compare import Change
    from gerdy.assess.contributors import Standing
    from gerdy.assess.judge import Judgement
    from gerdy.assess.reserves import Reserve
    from gerdy.records import Decision


def answer_json(judgement: Judgement, changes: Sequence[Change] = ()) -> dict[str, Any]:
    """Return the JSON shape ``gerdy/assess/1``; it is documented in ``docs/reference/json-assess.md``."""
    return {
        "schema": "gerdy/assess/1",
        "record": to_json(judgement.readings.assessment),
        "verdict": judgement.verdict,
        "safety": {
            "level": judgement.safety.level,
            "locked": judgement.safety.locked,
            "flags": list(judgement.safety.flags),
            "not_answered": list(judgement.safety.missing),
            "referral": judgement.safety.referral(),
            "ladder_cap": judgement.safety.ladder_cap,
        },
        "completeness": {
            "share": round(judgement.completeness.share, 4),
            "missing": list(judgement.completeness.missing),
        },
        "findings": [_finding_json(item) for item in judgement.findings],
        "reserves": [_reserve_json(item) for item in judgement.reserves],
        "contributors": [_standing_json(item) for item in judgement.standings],
        "active": list(judgement.active),
        "changes": [asdict(item) | {"side": item.side.value} for item in changes],
        "decisions": {key: decision_json(item) for key, item in judgement.decisions.items()},
        "sources": sources(judgement),
    }


def decision_json(decision: Decision) -> dict[str, Any]:
    """Return one decision with the grade and directness of its rule."""
    card = rules()[decision.rule]
    return {
        "rule": decision.rule,
        "title": card.title,
        "outcome": decision.outcome,
        "reasons": [{"text": item.text, "evidence": list(item.evidence)} for item in decision.reasons],
        "inputs_seen": decision.inputs_seen,
        "grade": card.grade,
        "directness": card.directness,
        "sources": list(decision.sources),
    }


def sources(judgement: Judgement) -> list[str]:
    """Return the citations of every source that a decision of this judgement names."""
    keys = [key for item in judgement.decisions.values() for key in item.sources]
    return [registry().sources[key].citation() for key in dict.fromkeys(keys)]


def answer_lines(judgement: Judgement, changes: Sequence[Change] = ()) -> Iterator[str]:
    """Yield the answer for a person, the most important line first."""
    if judgement.safety.urgency:
        yield from judgement.safety.referral().splitlines()
    if judgement.safety.locked:
        return
    yield from _first_lines(judgement)
    if judgement.verdict == "complete":
        yield from _verdict_lines(judgement)
    yield from _finding_lines(judgement)
    for left in judgement.reserves:
        if left.state != "unknown":
            yield f"Reserve: {left.decision.reasons[0].text}"
    yield from _change_lines(changes)


def _first_lines(judgement: Judgement) -> Iterator[str]:
    for key in ("differential", "R-009", "R-008", "R-011", "provocation"):
        decision = judgement.decisions[key]
        yield from (reason.text for reason in decision.reasons)


def _verdict_lines(judgement: Judgement) -> Iterator[str]:
    loud = [item for item in judgement.standings if item.status in {"stands out", "possible"}]
    yield "What may load the band:" if loud else "Nothing stands out in what was tested."
    for item in loud:
        mark = "*" if item.contributor in judgement.active and item.status == "stands out" else " "
        counter = contributors()[item.contributor].counter
        yield f"{mark} {item.name}, {where(item.side)}: {item.status} (certainty {item.certainty}). {counter}"
        for test in item.borderline:
            yield f"    close to the line; repeat on another day: {_name(test)}"
    unknown = [f"{item.name}, {where(item.side)}" for item in judgement.standings if item.status == "unknown"]
    if unknown:
        yield f"Unknown: {'; '.join(unknown)}."


def _finding_lines(judgement: Judgement) -> Iterator[str]:
    told = [
        item.decision.reasons[0].text
        for item in judgement.findings
        if item.state in {State.FINDING, State.WITHIN_ERROR, State.NOTE, State.REPEAT}
    ]
    if told:
        yield "What was measured:"
    yield from (f"  {text}" for text in dict.fromkeys(told))


def _change_lines(changes: Sequence[Change]) -> Iterator[str]:
    told = [change for change in changes if change.outcome != "no change"]
    yield from (_change_line(change) for change in told)
    if len(told) < len(changes):
        yield f"Since then: no change in {len(changes) - len(told)} other values."


def _change_line(change: Change) -> str:
    side = "" if where(change.side) == "overall" else f", {change.side.value}"
    start = f"Since then: {change.name}{side}: "
    if change.outcome == "not comparable":
        return f"{start}not compared. {change.why}"
    if change.change is None:
        return f"{start}{change.outcome}."
    error = "" if change.error is None else f", error {show(change.error)}"
    return f"{start}{show(change.before)} → {show(change.after)} {change.unit} ({change.outcome}{error})."


def _name(test: str) -> str:
    return tests()[test].name if test in tests() else test


def _finding_json(item: Finding) -> dict[str, Any]:
    return {
        "test": item.test,
        "side": item.side.value,
        "contributor": item.contributor,
        "family": item.family,
        "state": item.state.value,
        "severity": item.severity,
        "value": item.value,
        "unit": item.unit,
        "borderline": item.borderline,
        "unmarked_film": item.unmarked_film,
        "text": item.decision.reasons[0].text,
        "rule": item.decision.rule,
    }


def _reserve_json(item: Reserve) -> dict[str, Any]:
    return {
        "name": item.name,
        "side": item.side.value,
        "value": item.value,
        "low": item.low,
        "high": item.high,
        "unit": item.unit,
        "state": item.state,
    }


def _standing_json(item: Standing) -> dict[str, Any]:
    card = contributors()[item.contributor]
    return {
        "contributor": item.contributor,
        "name": item.name,
        "side": item.side.value,
        "status": item.status,
        "score": item.score,
        "order": item.order,
        "coverage": round(item.coverage, 4),
        "certainty": item.certainty,
        "borderline": list(item.borderline),
        "signs_disagree": item.disagree,
        "families": dict(item.families),
        "grade": card.grade,
        "directness": card.directness,
        "sources": list(card.sources),
        "against": list(card.against),
    }
