"""From findings to contributors: two independent signs, or one very large one that fits the story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gerdy.assess.catalogue import contributors
from gerdy.assess.findings import LARGE, SIDED, Finding, State
from gerdy.assess.say import decide
from gerdy.assess.scored import where
from gerdy.evidence import entry, value
from gerdy.records import Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gerdy.assess.catalogue import Contributor
    from gerdy.assess.readings import Readings
    from gerdy.records import Decision

STATUS: Final = ("unknown", "not seen", "possible", "stands out")
CERTAINTY: Final = ("very low", "low", "moderate", "good")
_GRADE_CAP: Final = {"A": 3, "B": 3, "C": 2, "E": 1}
UNSIDED: Final = frozenset({"C10", "C12"})


@dataclass(frozen=True, slots=True)
class Standing:
    """How a contributor stands on one side.

    Parameters
    ----------
    status : one of `STATUS`
    score : weight × sum of severities over independent families; orders, decides nothing
    order : score × how far training can change it
    coverage : share of the families that are known, 0-1
    certainty : one of `CERTAINTY`, from coverage, capped by the grade of the evidence
    borderline : tests whose repeat could change the status
    disagree : some known signs speak for it and some do not
    """

    contributor: str
    name: str
    side: Side
    status: str
    score: float
    order: float
    coverage: float
    certainty: str
    borderline: tuple[str, ...]
    disagree: bool
    families: Mapping[str, int | None]
    decision: Decision


def standings(readings: Readings, findings: Sequence[Finding], tired: Mapping[Side, str]) -> tuple[Standing, ...]:
    """Return how every contributor stands, the weightiest first.

    Parameters
    ----------
    tired : side → outcome of R-017; where endurance is short and strength is normal, the outer hip is called
        tired, not weak
    """
    found = []
    for card in contributors().values():
        for side in (Side.NOT_APPLICABLE,) if card.key in UNSIDED else SIDED:
            mine = [item for item in findings if item.contributor == card.key and item.side in {side, _NONE}]
            if card.key == "C1" and tired.get(side) == "endurance":
                mine = [item for item in mine if item.family == "abduction torque" or not item.severity]
            found.append(_standing(card, side, mine, fits=_fits(card, side, readings)))
    return tuple(sorted(found, key=lambda item: (-STATUS.index(item.status), -item.order, item.contributor)))


def active(all_standings: Iterable[Standing]) -> tuple[str, ...]:
    """Return the contributors to work on in one block, the weightiest first, three at most."""
    limit = int(value("house_assess.active_contributors"))
    names = dict.fromkeys(item.contributor for item in all_standings if item.status == "stands out")
    return tuple(names)[:limit]


_NONE: Final = Side.NOT_APPLICABLE


def _standing(card: Contributor, side: Side, mine: list[Finding], *, fits: bool) -> Standing:
    families = _families(card, mine)
    seen = {name: level for name, level in families.items() if level is not None}
    strong = _capped(mine, seen)
    status, says = _status(strong, seen, families, fits=fits)
    turning = _turning(card, mine, status, fits=fits)
    weight, ease = _weights(card.key)
    score = weight * sum(strong.values())
    coverage = len(seen) / len(families) if families else 0.0
    words = {
        "name": _upper(card.name),
        "side": where(side),
        "count": sum(1 for it in strong.values() if it),
        "known": len(seen),
        "all": len(families),
    }
    decision = decide("contributors", status, says, words, families=families, fits_story=fits, score=score)
    grades = sum(1 for level in strong.values() if level)
    return Standing(
        card.key,
        card.name,
        side,
        status,
        score,
        score * ease,
        coverage,
        _certainty(coverage, card.grade),
        turning,
        0 < grades < len(seen),
        families,
        decision,
    )


def _families(card: Contributor, mine: list[Finding]) -> dict[str, int | None]:
    """Return the largest severity per independent family; None where none of its tests is known."""
    families: dict[str, int | None] = {}
    for family in card.families:
        inside = [item for item in mine if item.family == family]
        if inside and all(item.state is State.NOT_APPLICABLE for item in inside):
            continue
        families[family] = max((item.severity for item in inside if item.severity is not None), default=None)
    return families


def _capped(mine: list[Finding], seen: Mapping[str, int]) -> dict[str, int]:
    """Return the severities with all families from unmarked film together worth one step at most (R-020)."""
    film = {item.family for item in mine if item.unmarked_film}
    left = int(value("house_assess.video_cap"))
    strong: dict[str, int] = {}
    for family, level in sorted(seen.items(), key=lambda pair: -pair[1]):
        strong[family] = min(level, left) if family in film else level
        left -= strong[family] if family in film else 0
    return strong


def _status(
    strong: Mapping[str, int], seen: Mapping[str, int], families: Mapping[str, int | None], *, fits: bool
) -> tuple[str, str]:
    signs = [level for level in strong.values() if level]
    if len(signs) >= 2:
        return "stands out", "stands_out"
    if signs and signs[0] >= LARGE and fits:
        return "stands out", "stands_out_large"
    if signs:
        return "possible", "possible"
    enough = seen and len(seen) / len(families) >= value("house_assess.coverage_seen")
    return ("not seen", "not_seen") if enough else ("unknown", "unknown")


def _turning(card: Contributor, mine: list[Finding], status: str, *, fits: bool) -> tuple[str, ...]:
    """Return the borderline tests without which the status would be another."""
    names = []
    for item in mine:
        if item.state is State.REPEAT:
            names.append(item.test)
        if not item.borderline or not item.severity:
            continue
        rest = [it for it in mine if it is not item]
        families = _families(card, rest)
        seen = {name: level for name, level in families.items() if level is not None}
        if _status(_capped(rest, seen), seen, families, fits=fits)[0] != status:
            names.append(item.test)
    return tuple(dict.fromkeys(names))


def _fits(card: Contributor, side: Side, readings: Readings) -> bool:
    """Return whether one very large sign fits the runner's story."""
    if card.history == "any":
        return True
    key = "sprain_history" if card.history == "sprain" else "painful_side"
    return readings.answer(key) in {side.value, "both"}


def _certainty(coverage: float, grade: str) -> str:
    level = int(coverage > 0) + int(coverage >= value("house_assess.coverage_seen"))
    level += int(coverage >= value("house_assess.certainty_moderate"))
    return CERTAINTY[min(level, _GRADE_CAP[grade])] if coverage else CERTAINTY[0]


def _weights(key: str) -> tuple[float, float]:
    tables = [entry(f"house_contributors.{name}").value for name in ("weight", "modifiability")]
    weight, ease = (float(table[key]) for table in tables if isinstance(table, dict))  # type: ignore[arg-type]
    return weight, ease


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]
