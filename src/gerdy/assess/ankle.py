"""The ankle: how far the shin travels under load (R-021), and whether joint or calf stops it (R-022)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from gerdy.assess.catalogue import tests
from gerdy.assess.findings import (
    LARGE,
    MILD,
    SIDED,
    Finding,
    State,
    Verdict,
    against_mark,
    error_of,
    other,
    worse,
)
from gerdy.assess.say import decide
from gerdy.assess.scored import scored
from gerdy.evidence import value

if TYPE_CHECKING:
    from gerdy.assess.readings import Readings
    from gerdy.records import Decision, Side

ANGLE, DISTANCE, STRAIGHT = "lunge_bent_angle", "lunge_bent_distance", "lunge_straight_angle"
FRONT = "front of the ankle"
CLASSES = {"C5": {"joint", "mixed"}, "C6": {"gastrocnemius", "soleus", "mixed"}}


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks of one way to measure the lunge, in its own unit."""

    test: str
    normal: float
    significant: float
    side: float
    usual: float


def ankle_findings(readings: Readings) -> tuple[Finding, ...]:
    """Return what the lunge says about ankle joint (C5) and calf (C6), per side."""
    found: list[Finding] = []
    for side in SIDED:
        kind = ankle_class(readings, side)
        amount = lunge_amount(readings, side)
        found += [_for(amount, contributor, kind.outcome) for contributor in ("C5", "C6")]
        found += [_class_finding(readings, kind, contributor, side) for contributor in ("C5", "C6")]
        found.append(_straight(readings, side))
    return tuple(found)


def stiff(readings: Readings) -> dict[Side, bool | None]:
    """Return per side whether the lunge is a finding; None where it was not done."""
    amounts = {side: lunge_amount(readings, side) for side in SIDED}
    return {side: None if item.severity is None else item.severity > 0 for side, item in amounts.items()}


def lunge_amount(readings: Readings, side: Side) -> Finding:
    """Return whether the bent-knee lunge is normal, mildly or significantly short (R-021).

    The angle goes before the distance where both are there: it does not depend on the length of the foot.
    """
    marks = _marks(readings, side)
    seen = readings.number(marks.test, side)
    theirs = readings.number(marks.test, other(side))
    common: dict[str, Any] = {"test": marks.test, "contributor": "C5", "family": "lunge amount", "side": side}
    inputs = {"value": seen, "other side": theirs}
    unit = tests()[marks.test].unit
    if seen is None:
        decision = decide("R-021", "unknown", "unknown", {"side": side.value}, **inputs)
        return Finding(**common, state=State.UNKNOWN, severity=None, decision=decision)
    error = error_of(readings, marks.test, seen)
    amount = against_mark(seen, marks.normal, error, large=marks.significant, usual=marks.usual)
    gap = None if theirs is None else theirs - seen
    by_side = None if gap is None or gap < marks.side else _side_verdict(gap, marks.side, error)
    verdict = worse(amount, by_side) or amount
    says = _amount_words(verdict, amount)
    words = {"side": side.value, "value": seen, "unit": unit, "difference": gap}
    return Finding(
        **common,
        state=verdict.state,
        severity=verdict.severity,
        value=seen,
        unit=unit,
        borderline=verdict.borderline,
        decision=decide("R-021", "significant" if says == "side" else says, says, words, **inputs),
    )


def ankle_class(readings: Readings, side: Side) -> Decision:
    """Return what stops the shin: ``gastrocnemius``, ``soleus``, ``joint``, ``mixed``, ``none`` or ``unknown`` (R-022).

    Notes
    -----
    The table behind this rule asks for both angles to be low in the joint class, but its own worked example
    (straight 24°, bent 28°, pinch → joint) has a straight angle that is not. The example is followed: where
    bending the knee gains almost nothing, the straight angle says nothing of its own.

    References
    ----------
    [Baumbach2014]_ bending the knee gains 13° under load in healthy young adults.
    """
    straight, bent = readings.number(STRAIGHT, side), readings.number(ANGLE, side)
    felt = _felt(readings, side)
    short = lunge_amount(readings, side).severity
    gain = None if straight is None or bent is None else bent - straight
    inputs = {"straight": straight, "bent": bent, "gain": gain, "felt": felt}
    outcome, missing = _class(straight, gain, short, felt, readings, side)
    return decide("R-022", outcome, outcome, {"side": side.value, "gain": gain, "missing": missing}, **inputs)


def _class(
    straight: float | None, gain: float | None, short: int | None, felt: str | None, readings: Readings, side: Side
) -> tuple[str, str]:
    """Return the class, and what is missing where it is unknown."""
    if short is None or straight is None or gain is None:
        return "unknown", f"the lunge with the knee {'bent' if short is None else 'straight, or its angle bent'}"
    if short:
        return ("unknown", "where it was felt") if felt is None else (_short_class(gain, felt), "")
    if straight >= value("house_assess.straight_low"):
        return "none", ""
    large = gain >= value("house_assess.knee_effect_normal") or _gain_beyond_other(readings, side, gain)
    return ("gastrocnemius" if large else "mixed"), ""


def _short_class(gain: float, felt: str) -> str:
    if gain < value("house_assess.knee_effect_small") and felt == FRONT:
        return "joint"
    deep = felt == "low calf" and gain < value("house_assess.knee_effect_normal")
    return "soleus" if deep else "mixed"


def _gain_beyond_other(readings: Readings, side: Side, gain: float) -> bool:
    straight, bent = readings.number(STRAIGHT, other(side)), readings.number(ANGLE, other(side))
    if straight is None or bent is None:
        return False
    return gain > bent - straight + value("house_assess.knee_effect_side")


def _felt(readings: Readings, side: Side) -> str | None:
    for test in (ANGLE, DISTANCE):
        if readings.detail(test, "end_feel", side) == "pinch":
            return FRONT
        if (felt := readings.detail(test, "felt", side)) is not None:
            return str(felt)
    return None


def _marks(readings: Readings, side: Side) -> Marks:
    test = DISTANCE if readings.number(ANGLE, side) is None else ANGLE
    kind = "angle" if test == ANGLE else "distance"
    usual = value("baumbach2014.bent" if test == ANGLE else "hoch2011.distance")
    normal, significant, side_mark = (
        value(f"house_assess.lunge_{name}_{kind}") for name in ("normal", "significant", "side")
    )
    return Marks(test, normal, significant, side_mark, usual)


def _side_verdict(gap: float, mark: float, error: float) -> Verdict:
    state = State.FINDING if gap > error else State.WITHIN_ERROR
    return Verdict(state, LARGE if state is State.FINDING else 0, abs(gap - mark) < error)


def _amount_words(verdict: Verdict, amount: Verdict) -> str:
    if verdict.severity == LARGE:
        return "significant" if amount.severity == LARGE else "side"
    if verdict.severity == MILD:
        return "mild"
    return "within" if amount.state is State.WITHIN_ERROR else "normal"


def _for(amount: Finding, contributor: str, kind: str) -> Finding:
    """Give a short lunge to joint or calf, whichever stops the shin; to both while that is unknown."""
    if not amount.severity or kind in {"unknown", "none"} or kind in CLASSES[contributor]:
        return replace(amount, contributor=contributor)
    return replace(amount, contributor=contributor, state=State.NOTE, severity=0, borderline=False)


def _class_finding(readings: Readings, kind: Decision, contributor: str, side: Side) -> Finding:
    mine = CLASSES[contributor]
    glide = readings.word("talar_glide", side) if contributor == "C5" else None
    known = kind.outcome != "unknown" or glide is not None
    severity = (MILD if kind.outcome in mine or glide == "reduced" else 0) if known else None
    state = State.UNKNOWN if severity is None else State.FINDING if severity else State.CLEAR
    return Finding(
        test=STRAIGHT,
        contributor=contributor,
        family="ankle class",
        side=side,
        state=state,
        severity=severity,
        value=kind.outcome,
        decision=kind,
    )


def _straight(readings: Readings, side: Side) -> Finding:
    return scored(
        readings,
        STRAIGHT,
        "C6",
        "straight lunge",
        side,
        mark=value("house_assess.straight_low"),
        usual=value("baumbach2014.straight"),
    )
