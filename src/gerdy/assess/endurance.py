"""How long the hip, the bridge and the calf last, and whether the hip is tired rather than weak (R-017)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gerdy.assess.findings import SIDED, Finding, State
from gerdy.assess.say import decide
from gerdy.assess.scored import scored
from gerdy.evidence import value
from gerdy.records import Side

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gerdy.assess.readings import Readings
    from gerdy.records import Decision


def endurance_findings(readings: Readings) -> tuple[Finding, ...]:
    """Return what holds say about outer-hip endurance (C3) and the heel raise about the calf (C11)."""
    plank = _plank_mark(readings)
    found = [_late_form(readings)]
    for side in SIDED:
        found += [
            scored(readings, "hip_abductor_endurance", "C3", "abduction hold", side, sides=True),
            scored(readings, "gluteal_abduction_hold", "C3", "abduction hold", side, sides=True),
            scored(readings, "side_plank", "C3", "side plank", side, mark=plank, sides=True),
            scored(
                readings,
                "single_leg_bridge",
                "C3",
                "bridge",
                side,
                mark=value("house_assess.bridge_low"),
                sides=True,
            ),
            scored(readings, "gluteal_bridge_hold", "C3", "bridge", side, sides=True),
            scored(readings, "heel_raise", "C11", "heel raise", side, mark=_heel_mark(readings), sides=True),
        ]
    return tuple(found)


def weak_or_tired(findings: Iterable[Finding], side: Side) -> Decision:
    """Return whether the outer hip of a side lacks strength, endurance, both or neither (R-017).

    References
    ----------
    [Brown2019]_ women with current pain: no gross strength deficit, less resistance to fatigue.
    """
    here = [item for item in findings if item.side is side and item.known]
    torque = [item.severity or 0 for item in here if item.family == "abduction torque"]
    holds = [item.severity or 0 for item in here if item.contributor == "C3"]
    inputs = {"strength": max(torque, default=None), "endurance": max(holds, default=None)}
    if not torque or not holds:
        outcome = "unknown"
    else:
        names = {(0, 0): "neither", (0, 1): "endurance", (1, 0): "strength", (1, 1): "both"}
        outcome = names[min(max(torque), 1), min(max(holds), 1)]
    return decide("R-017", outcome, outcome, {"side": side.value}, **inputs)


def _plank_mark(readings: Readings) -> float | None:
    marks = {"female": "house_assess.plank_low_women", "male": "house_assess.plank_low_men"}
    sex = readings.answer("sex")
    return value(marks[sex]) if sex in marks else None


def _heel_mark(readings: Readings) -> float | None:
    age = readings.answer("age_years")
    if age is None or age >= value("house_assess.heel_raise_age"):
        return None
    return value("house_assess.heel_raise_low")


def _late_form(readings: Readings) -> Finding:
    said = readings.answer("form_fades")
    applies = readings.applies("form_fades")
    severity = {None: None, "no": 0, "yes": 1}[said]
    state = {None: State.UNKNOWN, 0: State.CLEAR, 1: State.FINDING}[severity]
    says = {None: "unknown", 0: "no", 1: "yes"}[severity]
    decision = decide("load-and-life", state.value, says, {"name": "Form fades late in long runs"}, form_fades=said)
    return Finding(
        test="form_fades",
        contributor="C3",
        family="late form",
        side=Side.NOT_APPLICABLE,
        state=state if applies else State.NOT_APPLICABLE,
        severity=severity,
        value=said,
        decision=decision,
    )
