"""Control on one leg: stance, squat, step-down and reach (R-018, R-019), and which way the knee goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gerdy.assess.catalogue import tests
from gerdy.assess.findings import LARGE, MILD, SIDED, Finding, State, against_mark, error_of, other
from gerdy.assess.say import decide
from gerdy.assess.scored import chosen, scored
from gerdy.evidence import value

if TYPE_CHECKING:
    from gerdy.assess.readings import Readings
    from gerdy.records import Decision, Side

RATING = {"good": 0, "fair": MILD, "poor": LARGE}
DIRECTED = ("lateral_step_down", "single_leg_squat", "single_leg_stance")


def control_findings(readings: Readings, stiff_ankles: dict[Side, bool | None]) -> tuple[Finding, ...]:
    """Return what control tests say (C4; the squat speaks for strength, C1, too).

    Parameters
    ----------
    stiff_ankles : side → whether the lunge is a finding; None where the lunge is not done
    """
    found: list[Finding] = []
    for side in SIDED:
        found += [_stance(readings, side), _stance_angle(readings, side), _step_down(readings, side)]
        for contributor in ("C4", "C1"):
            found.append(_squat(readings, contributor, side))
            found.append(chosen(readings, "single_leg_squat_rating", contributor, "single-leg squat", side, RATING))
        found.append(_reach(readings, side, stiff_ankles.get(side)))
    return tuple(found)


def knee_direction(readings: Readings, side: Side) -> Decision:
    """Return which way the knee goes; in or out, it is never scored as band load.

    References
    ----------
    [Noehren2014]_ men with the pain: more knee adduction. [Suarez2018]_ less valgus with the pain.
    """
    seen = [readings.detail(test, "knee_direction", side) for test in DIRECTED]
    said = next((item for item in seen if item in {"in", "out"}), None)
    outcome = said or "unknown"
    return decide("valgus-is-not-band-load", outcome, outcome, {"side": side.value}, direction=said)


def _stance(readings: Readings, side: Side) -> Finding:
    # A score of `mark` points is already a finding, so the mark of "less is better" lies just under it.
    return scored(
        readings,
        "single_leg_stance",
        "C4",
        "stance",
        side,
        mark=_under("house_assess.stance_mild"),
        large=_under("house_assess.stance_large"),
    )


def _stance_angle(readings: Readings, side: Side) -> Finding:
    usual, sd = value("youdas2007.angle"), value("youdas2007.angle_sd")
    return scored(
        readings,
        "single_leg_stance_angle",
        "C4",
        "stance",
        side,
        usual=usual,
        mark=usual - value("house_assess.z_mild") * sd,
        large=usual - value("house_assess.z_large") * sd,
    )


def _squat(readings: Readings, contributor: str, side: Side) -> Finding:
    return scored(
        readings,
        "single_leg_squat",
        contributor,
        "single-leg squat",
        side,
        mark=_under("house_assess.squat_mild"),
        large=_under("house_assess.squat_large"),
    )


def _under(key: str) -> float:
    return value(key) - 0.5


def _step_down(readings: Readings, side: Side) -> Finding:
    test = "lateral_step_down"
    points = readings.number(test, side)
    direction = readings.detail(test, "knee_direction", side)
    words = {"side": side.value, "points": points, "direction": direction or "a way that was not written down"}
    common: dict[str, Any] = {"test": test, "contributor": "C4", "family": "step-down", "side": side}
    if points is None:
        decision = decide("R-018", "unknown", "unknown", words, points=None, direction=direction)
        return Finding(**common, state=State.UNKNOWN, severity=None, decision=decision)
    verdict = against_mark(
        -points,
        -_under("piva2006.medium_from"),
        error_of(readings, test, points),
        large=-_under("piva2006.poor_from"),
    )
    says = ("good", "medium", "poor")[verdict.severity]
    decision = decide("R-018", says, says, words, points=points, direction=direction)
    return Finding(
        **common,
        state=verdict.state,
        severity=verdict.severity,
        value=points,
        unit=tests()[test].unit,
        borderline=verdict.borderline,
        decision=decision,
    )


def _reach(readings: Readings, side: Side, stiff: bool | None) -> Finding:
    test = "y_balance_anterior"
    mine, theirs = readings.number(test, side), readings.number(test, other(side))
    common: dict[str, Any] = {"test": test, "contributor": "C4", "family": "reach", "side": side}
    error = value("shaffer2013.mdc_anterior")
    gap = None if mine is None or theirs is None else theirs - mine
    words = {"side": side.value, "difference": gap, "error": error}
    inputs = {"this side": mine, "other side": theirs, "stiff ankle": stiff}
    if gap is None:
        decision = decide("R-019", "unknown", "unknown", words, **inputs)
        return Finding(**common, state=State.UNKNOWN, severity=None, decision=decision)
    says, state, severity = _reach_outcome(gap, stiff)
    borderline = gap > 0 and abs(gap - value("house_assess.reach_finding")) < error
    return Finding(
        **common,
        state=state,
        severity=severity,
        value=mine,
        unit="cm",
        borderline=borderline,
        decision=decide("R-019", says, says, words, **inputs),
    )


def _reach_outcome(gap: float, stiff: bool | None) -> tuple[str, State, int | None]:
    if gap < value("house_assess.reach_note"):
        return "clear", State.CLEAR, 0
    if gap < value("house_assess.reach_finding") or gap <= value("shaffer2013.mdc_anterior"):
        return "note", State.NOTE, 0
    if stiff is None:
        return "ankle_unknown", State.UNKNOWN, None
    return ("ankle", State.NOTE, 0) if stiff else ("finding", State.FINDING, MILD)
