"""Holds, scores and film values against a mark, against the other side, or both."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from gerdy.assess.catalogue import tests
from gerdy.assess.findings import (
    Finding,
    State,
    Verdict,
    against_mark,
    against_other_side,
    error_of,
    other,
    worse,
)
from gerdy.assess.say import decide

if TYPE_CHECKING:
    from gerdy.assess.readings import Readings
    from gerdy.records import Side

RULE = "movement-scores"


def scored(
    readings: Readings,
    test: str,
    contributor: str,
    family: str,
    side: Side,
    *,
    mark: float | None = None,
    large: float | None = None,
    usual: float | None = None,
    sides: bool = False,
    place: Side | None = None,
) -> Finding:
    """Return what one number says.

    Parameters
    ----------
    mark, large, usual : in the unit of the test; None where there is no such mark
    sides : also compare with the other side
    place : where the value stands when it is not `side`, for a test without sides
    """
    place = side if place is None else place
    seen = readings.number(test, place)
    theirs = readings.number(test, other(side)) if sides else None
    if seen is None or (mark is None and theirs is None):
        return not_known(readings, test, contributor, family, side)
    error = error_of(readings, test, max(abs(seen), abs(theirs or 0)))
    by_mark = None if mark is None else _by_mark(tests()[test].better, seen, mark, error, large, usual)
    by_side = None if theirs is None else against_other_side(seen, theirs, error)
    verdict = worse(by_mark, by_side)
    assert verdict is not None  # noqa: S101 - one of the two is there
    from_side = by_side is not None and verdict == by_side and verdict != by_mark
    return _told(readings, test, contributor, family, side, seen, theirs, mark, verdict, from_side)


def chosen(
    readings: Readings, test: str, contributor: str, family: str, side: Side, severities: dict[str, int]
) -> Finding:
    """Return what one word says; `severities` gives each legal word its weight."""
    word = readings.word(test, side)
    if word is None:
        return not_known(readings, test, contributor, family, side)
    severity = severities[word]
    state = State.FINDING if severity else State.CLEAR
    words = {"name": tests()[test].name, "side": where(side), "value": word}
    decision = decide(RULE, state.value, "choice" if severity else "clear_choice", words, value=word)
    return Finding(
        test=test,
        contributor=contributor,
        family=family,
        side=side,
        state=state,
        severity=severity,
        value=word,
        decision=decision,
    )


def not_known(readings: Readings, test: str, contributor: str, family: str, side: Side) -> Finding:
    """Return the finding of a test that was not done, or that pain held back."""
    pain = readings.limited_by_pain(test, side)
    words = {"name": tests()[test].name, "side": where(side), "pain": pain}
    decision = decide(RULE, "unknown", "unknown" if pain is None else "limited", words, value=None, pain=pain)
    return Finding(
        test=test,
        contributor=contributor,
        family=family,
        side=side,
        state=State.UNKNOWN,
        severity=None,
        decision=decision,
    )


def where(side: Side) -> str:
    """Return the words for a side in a sentence."""
    return "overall" if side.value == "not applicable" else side.value


def _by_mark(better: str, seen: float, mark: float, error: float, large: float | None, usual: float | None) -> Verdict:
    sign = -1 if better == "less" else 1
    return against_mark(
        sign * seen,
        sign * mark,
        error,
        large=None if large is None else sign * large,
        usual=None if usual is None else sign * usual,
    )


def _told(
    readings: Readings,
    test: str,
    contributor: str,
    family: str,
    side: Side,
    seen: float,
    theirs: float | None,
    mark: float | None,
    verdict: Verdict,
    from_side: bool,
) -> Finding:
    card = tests()[test]
    says = {
        State.FINDING: "seen_side" if from_side else "seen",
        State.WITHIN_ERROR: "within",
        State.CLEAR: "clear",
    }[verdict.state]
    words = {
        "name": card.name,
        "side": where(side),
        "value": seen,
        "unit": card.unit,
        "other": theirs,
        "limit": ceil(mark) if mark is not None and card.unit.startswith("points") else mark,
    }
    decision = decide(RULE, verdict.state.value, says, words, value=seen, **{"other side": theirs})
    return Finding(
        test=test,
        contributor=contributor,
        family=family,
        side=side,
        state=verdict.state,
        severity=verdict.severity,
        value=seen,
        unit=card.unit,
        borderline=verdict.borderline,
        decision=decision,
        unmarked_film="markers" in card.extra and not readings.marked(test, side),
    )
