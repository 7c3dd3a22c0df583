"""Other sources of pain on the outer side of the knee: patterns that fit are named, to ask a clinician about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gerdy.assess.catalogue import patterns
from gerdy.assess.say import decide

if TYPE_CHECKING:
    from gerdy.assess.catalogue import Pattern
    from gerdy.assess.readings import Readings
    from gerdy.records import Decision

ITB = "itb_pain"


def differential(readings: Readings) -> Decision:
    """Return which patterns fit: ``itb``, ``ask a clinician``, ``open`` or ``unknown``.

    A pattern fits with enough of its place and signs; an unanswered sign is not a no, it just does not count.
    """
    place = readings.answer("pain_place")
    fitting = [card for card in patterns().values() if _signs(card, readings) >= card.needs]
    others = [card for card in fitting if card.key != ITB]
    inputs = {"place": place, "fits": [card.key for card in fitting]}
    if others:
        words = {"names": [card.name for card in others], "checks": " ".join(card.check for card in others)}
        return decide("differential", "ask a clinician", "ask", words, **inputs)
    if any(card.key == ITB for card in fitting):
        return decide("differential", "itb", "itb", **inputs)
    outcome = "unknown" if place is None else "open"
    return decide("differential", outcome, outcome, **inputs)


def _signs(card: Pattern, readings: Readings) -> int:
    place = readings.answer("pain_place") == card.place
    return int(place) + sum(_yes(readings, sign) for sign in card.signs)


def _yes(readings: Readings, sign: str) -> bool:
    kind, _, flag = sign.partition(":")
    return readings.flag(flag) is True if kind == "flag" else readings.answer(sign) == "yes"
