"""Explaining: any decision of a judgement, and any rule, contributor, test, flag or link by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gerdy.assess.answer import decision_json
from gerdy.assess.catalogue import contributors, red_flags, rules, tests
from gerdy.assess.say import show
from gerdy.chain.graph import graph
from gerdy.errors import AssessmentError, nearest
from gerdy.evidence import registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from gerdy.assess.judge import Judgement


def explain_decisions(judgement: Judgement, what: str) -> list[dict[str, Any]]:
    """Return the decisions whose name is, or starts with, `what`; all of them for ``all``.

    Raises
    ------
    AssessmentError : nothing of that name was decided, with the nearest names
    """
    wanted = what.strip().lower()
    found = [
        {"name": name} | decision_json(item)
        for name, item in judgement.decisions.items()
        if wanted == "all" or name.lower() == wanted or name.lower().startswith(f"{wanted} ")
    ]
    if not found:
        known = list(judgement.decisions)
        hint = ", ".join(nearest(what, known)) or ", ".join(sorted({name.split()[0] for name in known}))
        raise AssessmentError(f"Nothing called '{what}' was decided for this sheet. Nearest: {hint}.")
    return found


def explain_thing(
    what: str,
    above: Callable[[str], dict[str, Any] | None] = lambda _: None,
    names_above: Iterable[str] = (),
) -> dict[str, Any]:
    """Return what gerdy knows about a rule, contributor, test, red flag, link or mechanism.

    Parameters
    ----------
    above : what a later layer knows of such a name, for example of the programme's rules
    names_above : the names that it knows

    Raises
    ------
    AssessmentError : nothing has that name, with the nearest names
    """
    for book in (_rule, _contributor, _test, _flag, _edge, _node, above):
        if (found := book(what)) is not None:
            return {"name": what} | found
    known = [*rules(), *contributors(), *tests(), *red_flags(), *graph().nodes, *(e.key for e in graph().edges)]
    known += names_above
    hint = ", ".join(nearest(what, known)) or "R-001, C1, side_plank"
    raise AssessmentError(f"gerdy knows nothing called '{what}'. Nearest: {hint}.")


def lines_of(entry: dict[str, Any]) -> Iterator[str]:
    """Yield one explanation for a person."""
    title = entry.get("title", "")
    yield f"{entry['name']}: {title}" + (f" → {entry['outcome']}" if "outcome" in entry else "")
    for reason in entry.get("reasons", ()):
        yield f"  because: {reason['text']}"
    for name, item in (entry.get("inputs_seen") or {}).items():
        yield f"  seen: {name} = {show(item)}"
    for text in entry.get("texts", ()):
        yield f"  {text}"
    if "grade" in entry:
        yield f"  evidence: grade {entry['grade']}, {entry['directness']}"
    for key in entry.get("evidence", ()):
        item = registry()[key]
        shown = f" = {show(item.value)} {item.unit}" if isinstance(item.value, float) else ""
        yield f"  from: {key}{shown} [{item.certainty}]; it does not say {item.does_not_say}"
    for key in entry.get("sources", ()):
        yield f"  source: {registry().sources[key].citation()}"
    for key in entry.get("against", ()):
        yield f"  against: {registry().source_of(key).citation()}"


def _rule(what: str) -> dict[str, Any] | None:
    card = rules().get(what.upper()) or rules().get(what)
    if card is None:
        return None
    return {
        "title": card.title,
        "texts": [card.explanation],
        "grade": card.grade,
        "directness": card.directness,
        "evidence": list(dict.fromkeys(card.thresholds + card.sources)),
        "sources": _sources(card.sources),
    }


def _contributor(what: str) -> dict[str, Any] | None:
    card = contributors().get(what.upper())
    if card is None:
        return None
    return {
        "title": card.name,
        "texts": [card.plain, card.counter, f"Seen by: {', '.join(card.families)}."],
        "grade": card.grade,
        "directness": card.directness,
        "sources": _sources(card.sources),
        "against": list(card.against),
    }


def _test(what: str) -> dict[str, Any] | None:
    card = tests().get(what)
    if card is None:
        return None
    return {
        "title": card.name,
        "texts": [
            *card.how.strip().splitlines(),
            f"Shows: {card.shows}",
            f"Does not show: {card.not_shown}",
            f"Stop rule: {card.stop} {card.not_when}",
        ],
        "grade": card.grade,
        "directness": "indirect",
        "evidence": list(dict.fromkeys(card.sources + card.norms)),
        "sources": _sources(card.sources),
    }


def _flag(what: str) -> dict[str, Any] | None:
    card = red_flags().get(what)
    if card is None:
        return None
    rule = rules()[card.rule]
    return {
        "title": card.text,
        "texts": [f"Level: {card.level}. Rule {card.rule}: {rule.title}.", rule.explanation],
        "grade": rule.grade,
        "directness": rule.directness,
        "sources": _sources(rule.sources),
    }


def _edge(what: str) -> dict[str, Any] | None:
    found = next((edge for edge in graph().edges if edge.key == what.replace("->", "→")), None)
    if found is None:
        return None
    effect = {"+": "raises", "-": "lowers", "0": "has no effect on"}[found.sign]
    return {
        "title": f"{effect} the next link; {found.label}",
        "texts": [found.mechanism],
        "grade": found.grade,
        "directness": found.directness,
        "evidence": list(found.sources),
        "sources": _sources(found.sources),
        "against": list(found.against),
    }


def _node(what: str) -> dict[str, Any] | None:
    node = graph().nodes.get(what)
    if node is None:
        return None
    leaving = [
        f"{edge.key} ({edge.sign}): {edge.mechanism}" for edge in graph().edges if what in {edge.start, edge.end}
    ]
    seen = ", ".join((*node.families, *node.measures)) or "nothing; it cannot be measured with gerdy"
    return {"title": node.name, "texts": [node.plain, f"Seen by: {seen}.", *leaving]}


def _sources(keys: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(registry()[key].source for key in keys))
