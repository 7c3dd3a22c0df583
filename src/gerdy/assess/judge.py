"""One assessment judged from safety to contributors; pure, and in that order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gerdy.assess.ankle import ankle_class, ankle_findings, lunge_amount, stiff
from gerdy.assess.completeness import Completeness, completeness
from gerdy.assess.contributors import Standing, active, standings
from gerdy.assess.control import control_findings, knee_direction
from gerdy.assess.differential import differential
from gerdy.assess.endurance import endurance_findings, weak_or_tired
from gerdy.assess.findings import SIDED, Finding, beyond_error
from gerdy.assess.gait import film_weight, gait_findings, quiet_hip
from gerdy.assess.hip import hip_findings, length_or_control, ober
from gerdy.assess.load import life_findings, load_findings
from gerdy.assess.readings import Readings
from gerdy.assess.runner_reserves import reserves
from gerdy.assess.safety import Screen, screen
from gerdy.assess.say import decide
from gerdy.assess.screening import masked, provocation, rescreen
from gerdy.assess.strength import own_baseline, strength_findings

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from gerdy.assess.reserves import Capacity, Reserve
    from gerdy.records import Assessment, Decision, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What an assessment says.

    Parameters
    ----------
    safety, completeness : what stands before every verdict
    standings, active : contributors, empty where locked or refused; the ones to work on now
    findings, reserves : empty where locked
    decisions : every decision by ``<rule>`` or ``<rule> <side>``
    """

    readings: Readings
    safety: Screen
    completeness: Completeness
    decisions: Mapping[str, Decision]
    findings: tuple[Finding, ...] = ()
    standings: tuple[Standing, ...] = ()
    active: tuple[str, ...] = ()
    reserves: tuple[Reserve, ...] = field(default=())

    @property
    def verdict(self) -> str:
        """``locked`` by a red flag, ``refused`` for too little of the sheet, or ``complete``."""
        if self.safety.locked:
            return "locked"
        return self.completeness.decision.outcome

    def standing(self, contributor: str, side: Side) -> Standing | None:
        """Return how one contributor stands on a side; None without a verdict."""
        hits = (item for item in self.standings if item.contributor == contributor and item.side is side)
        return next(hits, None)


def judge(
    assessment: Assessment,
    *,
    today: dt.date,
    motion: Mapping[str, Any] | None = None,
    capacities: Mapping[str, Capacity] | None = None,
) -> Judgement:
    """Judge an assessment.

    Parameters
    ----------
    today : the day for which the next safety screen is worked out
    motion : JSON of ``gerdy analyze``; None where there is none
    capacities : muscle group → its largest moment at a hip flexion, for the strength reserve

    Returns
    -------
    a `Judgement`; where a red flag stands, nothing after the safety screen is worked out
    """
    readings = Readings(assessment, motion or {})
    safety = screen(readings)
    share = completeness(readings, safety)
    first = _before(readings, safety, share, today)
    if safety.locked:
        return Judgement(readings=readings, safety=safety, completeness=share, decisions=first)
    findings = all_findings(readings)
    ranked = rank(readings, findings) if share.decision.outcome == "complete" else ()
    left = reserves(readings, capacities)
    return Judgement(
        readings=readings,
        safety=safety,
        completeness=share,
        decisions=first | _after(readings, findings) | _standing_decisions(ranked) | _reserve_decisions(left),
        findings=findings,
        standings=ranked,
        active=active(ranked),
        reserves=left,
    )


def all_findings(readings: Readings) -> tuple[Finding, ...]:
    """Return every finding of every test, also the unknown ones."""
    return (
        *strength_findings(readings),
        *endurance_findings(readings),
        *control_findings(readings, stiff(readings)),
        *ankle_findings(readings),
        *hip_findings(readings),
        *gait_findings(readings),
        *load_findings(readings),
        *life_findings(readings),
    )


def rank(readings: Readings, findings: tuple[Finding, ...]) -> tuple[Standing, ...]:
    """Return how the contributors stand, whatever the completeness (`judge` asks that first)."""
    tired = {side: weak_or_tired(findings, side).outcome for side in SIDED}
    return standings(readings, findings, tired)


def _before(readings: Readings, safety: Screen, share: Completeness, today: dt.date) -> dict[str, Decision]:
    return {item.rule: item for item in safety.decisions} | {
        "R-008": rescreen(readings, safety, today),
        "R-009": masked(readings),
        "R-011": share.decision,
        "provocation": provocation(readings, safety),
        "differential": differential(readings),
    }


def _after(readings: Readings, findings: tuple[Finding, ...]) -> dict[str, Decision]:
    sex = readings.answer("sex") or "unknown"
    found = {
        "R-012": beyond_error(findings),
        "R-020": film_weight(findings),
        "pain-can-hide-adduction": quiet_hip(readings),
        "sexes-read-apart": decide("sexes-read-apart", sex, sex, sex=sex),
    }
    for side in SIDED:
        found |= {
            f"R-017 {side.value}": weak_or_tired(findings, side),
            f"R-021 {side.value}": lunge_amount(readings, side).decision,
            f"R-022 {side.value}": ankle_class(readings, side),
            f"R-025 {side.value}": length_or_control(readings, findings, side),
            f"valgus-is-not-band-load {side.value}": knee_direction(readings, side),
            f"ober-never-drives {side.value}": ober(readings, side),
        }
    found |= {f"R-015 {item.inputs_seen['test']}": item for item in own_baseline(readings)}
    for item in findings:
        if item.decision.rule in {"R-014", "R-016", "R-018", "R-019"}:
            found[f"{item.decision.rule} {item.side.value} {item.test}"] = item.decision
    return found


def _standing_decisions(ranked: tuple[Standing, ...]) -> dict[str, Decision]:
    return {f"{item.contributor} {item.side.value}": item.decision for item in ranked}


def _reserve_decisions(left: tuple[Reserve, ...]) -> dict[str, Decision]:
    return {f"reserve {item.name} {item.side.value}": item.decision for item in left}
