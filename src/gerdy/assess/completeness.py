"""How much of the home set is there, and what is missing (R-011)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gerdy.assess.catalogue import home_set, questions, tests
from gerdy.assess.findings import SIDED
from gerdy.assess.say import decide
from gerdy.evidence import value

if TYPE_CHECKING:
    from gerdy.assess.readings import Readings
    from gerdy.assess.safety import Screen
    from gerdy.records import Decision


@dataclass(frozen=True, slots=True)
class Completeness:
    """Share of the home set that is there, from 0 to 1, and the names of what is missing."""

    share: float
    missing: tuple[str, ...]
    decision: Decision


def completeness(readings: Readings, safety: Screen) -> Completeness:
    """Return how complete an assessment is; below 80 %, or with an open safety screen, there is no verdict."""
    slots = {"safety screen": safety.complete}
    slots |= {card.text: readings.answered(card.key) for card in questions().values() if card.set == "home"}
    for slot in home_set().values():
        for side in SIDED:
            filled = any(readings.raw(test, side) is not None for test in slot)
            slots[f"{tests()[slot[0]].name}, {side.value}"] = filled
    missing = tuple(name for name, there in slots.items() if not there)
    share = 1 - len(missing) / len(slots)
    limit = value("house_assess.completeness")
    refused = share < limit or not safety.complete
    outcome = "refused" if refused else "complete"
    words = {"percent": int(100 * share), "limit": round(100 * limit), "missing": "; ".join(missing)}
    return Completeness(share, missing, decide("R-011", outcome, outcome, words, share=round(share, 3)))
