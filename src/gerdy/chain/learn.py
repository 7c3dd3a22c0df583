"""Which test, not yet done, would change the ranking most: expected change over its possible results."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gerdy.assess.catalogue import tests
from gerdy.assess.findings import LARGE, MILD, Finding, State
from gerdy.assess.judge import rank
from gerdy.assess.say import decide
from gerdy.evidence import value
from gerdy.records import Side

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gerdy.assess.contributors import Standing
    from gerdy.assess.judge import Judgement
    from gerdy.records import Decision


@dataclass(frozen=True, slots=True)
class Gain:
    """How much one test would tell.

    Parameters
    ----------
    expected : mean change of the ranking over the test's possible results, 0 (none) to 2 (turned over)
    """

    test: str
    side: Side
    expected: float


def most_telling(judgement: Judgement, who: str | None = None) -> tuple[Gain, ...]:
    """Return the tests not yet done, the one that would change the ranking most first.

    Parameters
    ----------
    who : ``home``, ``partner`` or ``clinic``; only tests that such a person can do

    Notes
    -----
    Each open test is given a clear, a mild and a large result in turn, with the chances of the registry; the
    change is the sum over contributors of the change of their share of all scores. Tests that are open only
    because another test of the same family was done are left out.
    """
    readings, findings = judgement.readings, judgement.findings
    before = _shares(rank(readings, findings))
    gains = []
    for test, side in _open(judgement, who):
        expected = sum(
            chance * _change(before, _shares(rank(readings, _with(findings, test, side, severity))))
            for severity, chance in _chances().items()
        )
        if expected > 0:
            gains.append(Gain(test, side, expected))
    return tuple(sorted(gains, key=lambda gain: (-gain.expected, gain.test, gain.side.value)))


def next_test(gains: Sequence[Gain]) -> Decision:
    """Return which test to do next."""
    if not gains:
        return decide("next-test", "none", "none")
    best = gains[0]
    side = "" if best.side is Side.NOT_APPLICABLE else f", {best.side.value}"
    words = {"name": tests()[best.test].name + side}
    return decide("next-test", best.test, "best", words, expected=round(best.expected, 3), side=best.side.value)


def _chances() -> dict[int, float]:
    mild, large = value("house_chain.finding_chance"), value("house_chain.large_chance")
    return {0: 1 - mild - large, MILD: mild, LARGE: large}


def _open(judgement: Judgement, who: str | None) -> list[tuple[str, Side]]:
    known = {(item.contributor, item.family, item.side) for item in judgement.findings if item.known}
    waiting = [
        (item.test, item.side)
        for item in judgement.findings
        if item.state in {State.UNKNOWN, State.REPEAT}
        and item.test in tests()
        and (item.contributor, item.family, item.side) not in known
        and (who is None or who in tests()[item.test].who)
    ]
    return list(dict.fromkeys(waiting))


def _with(findings: Sequence[Finding], test: str, side: Side, severity: int) -> tuple[Finding, ...]:
    state = State.FINDING if severity else State.CLEAR
    return tuple(
        replace(item, severity=severity, state=state)
        if item.test == test and item.side is side and item.severity is None
        else item
        for item in findings
    )


def _shares(standings: Sequence[Standing]) -> dict[tuple[str, Side], float]:
    total = sum(item.order for item in standings)
    return {(item.contributor, item.side): item.order / total if total else 0.0 for item in standings}


def _change(before: Mapping[tuple[str, Side], float], after: Mapping[tuple[str, Side], float]) -> float:
    return sum(abs(after[key] - before[key]) for key in before)
