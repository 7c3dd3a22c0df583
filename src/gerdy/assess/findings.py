"""A finding: what one test says on one side, beyond its own error or not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from gerdy.assess.catalogue import tests
from gerdy.assess.say import decide
from gerdy.evidence import value
from gerdy.records import Side

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gerdy.assess.readings import Readings
    from gerdy.records import Decision

SIDED = (Side.LEFT, Side.RIGHT)
MILD, LARGE = 1, 2


class State(StrEnum):
    """What a test says."""

    FINDING = "finding"
    WITHIN_ERROR = "within measurement error"
    CLEAR = "nothing stands out"
    NOTE = "note"
    REPEAT = "repeat"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A value against a mark: how far, and whether a repeat could turn it.

    Parameters
    ----------
    severity : 0 none, 1 mild, 2 large
    borderline : within one measurement error of the mark
    """

    state: State
    severity: int
    borderline: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one test says about one contributor on one side.

    Parameters
    ----------
    test : key of the test or question
    contributor, family : which contributor it speaks for, and by which independent way of seeing
    severity : 0 none, 1 mild, 2 large; None where unknown
    borderline : within one measurement error of its mark; `test` is then the one to repeat
    unmarked_film : from film without markers, so it may move a contributor by one step at most (R-020)
    """

    test: str
    contributor: str
    family: str
    side: Side
    state: State
    severity: int | None
    decision: Decision
    value: float | str | None = None
    unit: str = ""
    borderline: bool = False
    unmarked_film: bool = False

    @property
    def known(self) -> bool:
        """Whether the test was done and could be read."""
        return self.severity is not None


def against_mark(
    seen: float, mark: float, error: float, *, large: float | None = None, usual: float | None = None
) -> Verdict:
    """Judge a value of which more is better against a mark.

    A finding lies below the mark and, where a usual value is known, more than one measurement error below that.
    For a value of which less is better, negate all arguments but `error`.

    Parameters
    ----------
    seen, mark, error, large, usual : in the unit of the test; `large` is the mark of a large finding

    Examples
    --------
    >>> against_mark(33.0, 35.0, 4.7, large=30.0, usual=39.0)
    Verdict(state=<State.FINDING: 'finding'>, severity=1, borderline=True)
    >>> against_mark(34.5, 35.0, 4.7, large=30.0, usual=39.0).state
    <State.WITHIN_ERROR: 'within measurement error'>
    """
    borderline = abs(seen - mark) < error
    if seen >= mark:
        return Verdict(State.CLEAR, 0, borderline)
    if usual is not None and usual - seen <= error:
        return Verdict(State.WITHIN_ERROR, 0, borderline)
    return Verdict(State.FINDING, LARGE if large is not None and seen < large else MILD, borderline)


def against_other_side(seen: float, other: float, error: float) -> Verdict:
    """Judge a value of which more is better against the other side (R-012, R-016).

    Parameters
    ----------
    seen, other, error : in the unit of the test

    Returns
    -------
    a finding where `seen` is under 90 % of `other` and the gap is beyond the error; large under 80 %

    Examples
    --------
    >>> against_other_side(78.0, 100.0, 10.0).severity
    2
    """
    gap = other - seen
    mark = max(error, (1 - value("house_assess.lsi_finding")) * other)
    borderline = gap > 0 and abs(gap - mark) < error
    if seen >= value("house_assess.lsi_finding") * other:
        return Verdict(State.CLEAR, 0, borderline)
    if gap <= error:
        return Verdict(State.WITHIN_ERROR, 0, borderline)
    large = seen < value("house_assess.lsi_large") * other
    return Verdict(State.FINDING, LARGE if large else MILD, borderline)


def beyond_error(findings: Iterable[Finding]) -> Decision:
    """Return which differences are beyond the error of their test, and which are not (R-012)."""
    done = list(findings)
    beyond = sorted({f"{item.test} {item.side.value}" for item in done if item.state is State.FINDING})
    within = sorted({f"{item.test} {item.side.value}" for item in done if item.state is State.WITHIN_ERROR})
    words = {"beyond": beyond or "nothing", "within": within or "nothing"}
    return decide("R-012", "some" if beyond else "none", "summary", words, beyond=beyond, within=within)


def worse(*verdicts: Verdict | None) -> Verdict | None:
    """Return the verdict that weighs most: a finding before an open one before a clear one; None when none is there."""
    order = (State.CLEAR, State.WITHIN_ERROR, State.FINDING)
    known = [item for item in verdicts if item is not None]
    return max(known, key=lambda item: (item.severity, order.index(item.state), item.borderline), default=None)


def error_of(readings: Readings, test: str, size: float) -> float:
    """Return the measurement error of a test in its own unit.

    Parameters
    ----------
    size : the larger value of a pair, to which a relative error refers; an unknown device counts as a hand
    """
    card = tests()[test]
    device = readings.detail(test, "device") or "hand"
    key = card.error.get("any") or card.error.get(device) or ""
    return value(key) * (size if card.error_relative else 1)


def other(side: Side) -> Side:
    """Return the opposite side; a test without sides has none."""
    return {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}.get(side, side)
