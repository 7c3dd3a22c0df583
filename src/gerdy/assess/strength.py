"""Strength: side against side, and the break test against novice runners (R-012 to R-016)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gerdy.assess.catalogue import tests
from gerdy.assess.findings import SIDED, Finding, State, Verdict, against_other_side, error_of, other
from gerdy.assess.say import decide
from gerdy.errors import NotComparable
from gerdy.evidence import value

if TYPE_CHECKING:
    from gerdy.assess.readings import Readings
    from gerdy.records import Decision, Side

ABDUCTION = ("hip_abduction_isometric", "hip_abduction_scale")
ROTATION = ("hip_external_rotation_isometric", "hip_external_rotation_scale")
WAYS = ("position", "device", "lever_m")


def break_test_z(seen: float, age_years: float, sex: str) -> float:
    """Return how many standard deviations a break-test value lies under novice runners (R-014).

    Parameters
    ----------
    seen : N·m/kg, eccentric
    age_years : years
    sex : ``female`` or ``male``

    Notes
    -----
    z = (1.600 − 0.005·age + 0.215·man − value) / 0.354; positive is weaker. Healthy novice runners only,
    and never for isometric values (R-015).

    References
    ----------
    [Ramskov2014]_ regression in 831 healthy novice runners.

    Examples
    --------
    >>> round(break_test_z(1.071, 35, "female"), 2)
    1.0
    """
    expected = value("ramskov2014.intercept") + value("ramskov2014.per_year") * age_years
    expected += value("ramskov2014.male") if sex == "male" else 0
    return (expected - seen) / value("ramskov2014.sd")


def strength_findings(readings: Readings) -> tuple[Finding, ...]:
    """Return what strength tests say about outer hip (C1) and rotation strength (C2), per side."""
    found: list[Finding] = []
    for side in SIDED:
        found += [_side_to_side(readings, test, "C1", "abduction torque", side) for test in ABDUCTION]
        found.append(_break_test(readings, side))
        found += [_side_to_side(readings, test, "C2", "external rotation torque", side) for test in ROTATION]
        found.append(_side_to_side(readings, "split_stance_rotation_hold", "C2", "split-stance hold", side))
    return tuple(found)


def comparable(test: str, now: Readings, before: Readings) -> Decision:
    """Return the decision that two strength values were taken in the same way (R-013).

    Raises
    ------
    NotComparable : position, device or lever differ, or only one of the two is known
    """
    name = tests()[test].name
    for way in WAYS:
        if way not in tests()[test].extra:
            continue
        then, today = before.detail(test, way), now.detail(test, way)
        if then != today:
            what = f"{way} was {then or 'not recorded'} and is {today or 'not recorded'}"
            raise NotComparable(
                decide("R-013", "not comparable", "not_comparable", {"name": name, "what": what}).reasons[0].text
            )
    return decide("R-013", "comparable", "comparable", {"name": name})


def own_baseline(readings: Readings) -> tuple[Decision, ...]:
    """Return for every isometric test done that only the other side and earlier values count (R-015)."""
    done = [test for test in (*ABDUCTION, *ROTATION) if any(readings.raw(test, side) is not None for side in SIDED)]
    return tuple(decide("R-015", "own", "own", {"name": tests()[test].name}, test=test) for test in done)


def _side_to_side(readings: Readings, test: str, contributor: str, family: str, side: Side) -> Finding:
    name = tests()[test].name
    mine, theirs = readings.number(test, side), readings.number(test, other(side))
    inputs = {"this side": mine, "other side": theirs, "sessions": readings.detail(test, "sessions")}
    if mine is None or theirs is None:
        decision = decide("R-016", "unknown", "unknown", {"name": name, "side": side.value}, **inputs)
        return Finding(
            test=test,
            contributor=contributor,
            family=family,
            side=side,
            state=State.UNKNOWN,
            severity=None,
            decision=decision,
        )
    error = error_of(readings, test, max(mine, theirs))
    verdict = against_other_side(mine, theirs, error)
    state, severity = _for_women(readings, test, verdict, contributor)
    says = {
        State.FINDING: "weak",
        State.REPEAT: "repeat",
        State.WITHIN_ERROR: "within",
        State.CLEAR: "clear",
    }[state]
    size = max(mine, theirs) or 1
    words = {
        "name": name,
        "side": side.value,
        "percent": round(100 * mine / theirs if theirs else 100),
        "error": round(100 * error / size),
    }
    return Finding(
        test=test,
        contributor=contributor,
        family=family,
        side=side,
        state=state,
        severity=severity,
        value=mine,
        unit=tests()[test].unit,
        borderline=verdict.borderline or state is State.REPEAT,
        decision=decide("R-016", state.value, says, words, **inputs),
    )


def _for_women(readings: Readings, test: str, verdict: Verdict, contributor: str) -> tuple[State, int | None]:
    """In women one day does not settle a difference of the outer hip (R-016); unknown sex is treated alike."""
    if verdict.state is not State.FINDING or contributor != "C1" or readings.answer("sex") == "male":
        return verdict.state, verdict.severity
    sessions = readings.detail(test, "sessions") or 1
    if sessions >= value("house_assess.sessions_women"):
        return verdict.state, verdict.severity
    return State.REPEAT, None


def _break_test(readings: Readings, side: Side) -> Finding:
    test = "hip_abduction_eccentric"
    seen, age, sex = readings.number(test, side), readings.answer("age_years"), readings.answer("sex")
    inputs = {"value": seen, "age": age, "sex": sex}
    common: dict[str, Any] = {"test": test, "contributor": "C1", "family": "abduction torque", "side": side}
    if seen is None or age is None or sex is None:
        decision = decide("R-014", "unknown", "unknown", {"side": side.value}, **inputs)
        return Finding(**common, state=State.UNKNOWN, severity=None, decision=decision)
    z = break_test_z(seen, age, sex)
    severity = int(z >= value("house_assess.z_mild")) + int(z >= value("house_assess.z_large"))
    borderline = abs(z - value("house_assess.z_mild")) < error_of(readings, test, seen) / value("ramskov2014.sd")
    state = State.FINDING if severity else State.CLEAR
    words = {"side": side.value, "value": seen, "z": z}
    decision = decide("R-014", state.value, "low" if severity else "clear", words, **inputs, z=round(z, 2))
    return Finding(
        **common,
        state=state,
        severity=severity,
        value=seen,
        unit="N·m/kg",
        borderline=borderline,
        decision=decision,
    )
