"""What stands behind an exercise, and what speaks against the idea that it works on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gerdy.assess.catalogue import contributors
from gerdy.evidence import entry, registry
from gerdy.records import Decision, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gerdy.programme.exercises.exercise import Exercise

DOSE: Final = "house_exercises.library"
"""Dose, level, minutes and joint ranges of every exercise are the house's."""

OPEN_TO_DOUBT: Final = ("C", "E")


def standing(item: Exercise) -> dict[str, Any]:
    """Return what every suggestion carries (R-093): sources, grade, directness and status, also of its dose."""
    return {
        "sources": [_cited(key) for key in item.sources],
        "grade": item.grade,
        "directness": item.directness,
        "status": item.certainty,
        "dose": _cited(DOSE),
        "note": item.note,
        "counter_evidence": list(counter_evidence(item)),
    }


def counter_evidence(item: Exercise) -> tuple[str, ...]:
    """Return the sentences that speak against what the exercise builds on (R-094); empty where nothing does."""
    if item.grade not in OPEN_TO_DOUBT:
        return ()
    return tuple(f"{book.name[0].upper()}{book.name[1:]}: {book.counter}" for book in _contradicted(item))


def against_keys(item: Exercise) -> tuple[str, ...]:
    """Return the evidence keys against it: its own and those of the contributors that it works on."""
    theirs = (key for book in _contradicted(item) for key in book.against)
    return tuple(dict.fromkeys((*item.against, *theirs)))


def show_standing(item: Exercise) -> Decision:
    """Decide whether an exercise may be shown as a suggestion: only with everything that R-093 asks."""
    lacking = [name for name in ("sources", "grade", "directness", "note") if not getattr(item, name)]
    outcome = "incomplete" if lacking else "complete"
    says = f"{item.id} lacks {', '.join(lacking)}." if lacking else f"{item.note} Grade {item.grade}, {item.certainty}."
    return _decide("R-093", outcome, (says,), item)


def show_counter_evidence(item: Exercise) -> Decision:
    """Decide which counter-evidence has to stand beside an exercise (R-094)."""
    lines = counter_evidence(item)
    return _decide("R-094", "shown" if lines else "none", lines or ("Nothing known speaks against it.",), item)


def _decide(rule: str, outcome: str, lines: Iterable[str], item: Exercise) -> Decision:
    keys = against_keys(item) if rule == "R-094" else item.sources
    return Decision(
        outcome=outcome,
        rule=rule,
        reasons=tuple(Reason(text=line, evidence=keys) for line in lines),
        inputs_seen={"exercise": item.id, "grade": item.grade, "directness": item.directness, "status": item.certainty},
        sources=tuple(dict.fromkeys(registry()[key].source for key in keys)),
    )


def _contradicted(item: Exercise) -> list[Any]:
    books = contributors()
    return [books[key] for key in item.contributors if books[key].against]


def _cited(key: str) -> dict[str, str]:
    found = entry(key)
    return {
        "key": key,
        "value": found.printed(),
        "source": registry().source_of(key).citation(),
        "grade": found.grade,
        "directness": found.directness,
        "status": found.certainty,
        "does_not_say": found.does_not_say,
    }
