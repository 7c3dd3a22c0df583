"""An assessment against an earlier one: change per test and side, beyond the test's error or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gerdy.assess.catalogue import questions, tests
from gerdy.assess.findings import SIDED, error_of
from gerdy.assess.readings import Readings
from gerdy.assess.strength import comparable
from gerdy.errors import NotComparable
from gerdy.evidence import value
from gerdy.records import Side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gerdy.records import Assessment


@dataclass(frozen=True, slots=True)
class Change:
    """How one value changed.

    Parameters
    ----------
    before, after, change, error : in `unit`; None where not recorded
    outcome : ``better``, ``worse``, ``changed`` (where neither way is better), ``within measurement error``,
        ``no change``, ``only then``, ``only now`` or ``not comparable``
    """

    test: str
    name: str
    side: Side
    before: float | None
    after: float | None
    change: float | None
    error: float | None
    unit: str
    outcome: str
    why: str = ""


def compare(now: Assessment, earlier: Assessment) -> tuple[Change, ...]:
    """Return the change of every test and score that is in one of the two, in the order of the catalogue.

    Strength values from another position, lever or device are not compared (R-013); the reason is in `why`.
    """
    today, then = Readings(now), Readings(earlier)
    return (*_tests(today, then), *_scores(today, then))


def _tests(today: Readings, then: Readings) -> Iterator[Change]:
    for card in tests().values():
        if card.text or card.choices:
            continue
        for side in SIDED if card.sides else (Side.NOT_APPLICABLE,):
            before, after = then.number(card.key, side), today.number(card.key, side)
            if before is None and after is None:
                continue
            yield _test(today, then, card.key, side, before, after)


def _test(today: Readings, then: Readings, test: str, side: Side, before: float | None, after: float | None) -> Change:
    card = tests()[test]
    common: dict[str, Any] = {"test": test, "name": card.name, "side": side, "unit": card.unit}
    if before is None or after is None:
        return _alone(common, before, after)
    try:
        comparable(test, today, then)
    except NotComparable as refusal:
        return Change(
            **common, before=before, after=after, change=None, error=None, outcome="not comparable", why=str(refusal)
        )
    known = "none" not in card.error
    error = error_of(today, test, max(abs(before), abs(after))) if known else None
    return _both(common, before, after, error, card.better)


def _scores(today: Readings, then: Readings) -> Iterator[Change]:
    for card in questions().values():
        if not card.change:
            continue
        before, after = then.answer(card.key), today.answer(card.key)
        common = {"test": card.key, "name": card.text, "side": Side.NOT_APPLICABLE, "unit": card.unit}
        if before is not None and after is not None:
            yield _both(common, before, after, value(card.change), card.better, reach=True)
        elif before is not None or after is not None:
            yield _alone(common, before, after)


def _alone(common: dict[str, Any], before: float | None, after: float | None) -> Change:
    outcome = "only then" if after is None else "only now"
    return Change(**common, before=before, after=after, change=None, error=None, outcome=outcome)


def _both(
    common: dict[str, Any], before: float, after: float, error: float | None, better: str, *, reach: bool = False
) -> Change:
    """Judge a change; a measurement error must be passed, an important change of a score only reached."""
    change = after - before
    if change == 0:
        outcome = "no change"
    elif error is not None and (abs(change) < error or (abs(change) == error and not reach)):
        outcome = "within measurement error"
    elif better == "none" or error is None:
        outcome = "changed"
    else:
        outcome = "better" if (change > 0) == (better == "more") else "worse"
    return Change(**common, before=before, after=after, change=change, error=error, outcome=outcome)
