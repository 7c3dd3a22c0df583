"""The hip's range: turning in, folding, and the front of the hip (C7, C8); length or control first (R-025)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gerdy.assess.catalogue import tests
from gerdy.assess.findings import LARGE, MILD, SIDED, Finding, State, other
from gerdy.assess.say import decide
from gerdy.assess.scored import not_known, scored
from gerdy.evidence import value
from gerdy.records import Side

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gerdy.assess.readings import Readings
    from gerdy.records import Decision

SEATED, PRONE = "hip_internal_rotation_seated", "hip_internal_rotation_prone"


def hip_findings(readings: Readings) -> tuple[Finding, ...]:
    """Return what range tests say about length at the back of the hip (C7) and the front of it (C8)."""
    mean, sd = value("ferber2010.thomas_mean"), value("ferber2010.thomas_sd")
    found: list[Finding] = []
    for side in SIDED:
        found += [_rotation(readings, test, side) for test in (SEATED, PRONE)]
        found.append(scored(readings, "hinge_quality", "C7", "hinge", side, mark=MILD - 0.5, large=LARGE - 0.5))
        found.append(
            scored(
                readings,
                "thomas_extension",
                "C8",
                "thomas angle",
                side,
                usual=mean,
                mark=mean + value("house_assess.z_mild") * sd,
                large=mean + value("house_assess.z_large") * sd,
            )
        )
        found.append(_drift(readings, side))
        found.append(
            scored(
                readings,
                "running_pelvic_tilt",
                "C8",
                "running tilt",
                side,
                mark=value("house_assess.pelvic_tilt_high"),
                place=Side.NOT_APPLICABLE,
            )
        )
    return tuple(found)


def length_or_control(readings: Readings, findings: Iterable[Finding], side: Side) -> Decision:
    """Return which track comes first: ``length``, ``control``, ``both`` or ``unknown`` (R-025).

    Notes
    -----
    Control is poor where one control test is a large finding. With normal room to turn in, control comes
    first whatever its score: there is no length to gain.

    References
    ----------
    [Foch2023]_ women with current pain: smaller peak internal rotation. [Noehren2014]_ men: greater.
    """
    seen = {test: readings.number(test, side) for test in (SEATED, PRONE)}
    known = [item for item in seen.values() if item is not None]
    scores = [
        item.severity
        for item in findings
        if item.contributor == "C4" and item.side is side and item.severity is not None
    ]
    poor = None if not scores else max(scores) >= LARGE
    prone = seen[PRONE]
    excessive = prone is not None and prone > value("house_assess.hip_rotation_excessive")
    says, missing = _order(limited=_limited(readings, side), excessive=excessive, poor=poor)
    shown = prone if excessive else min(known, default=None)
    words = {"side": side.value, "value": shown, "missing": missing}
    outcome = "control" if says == "excessive" else says
    return decide("R-025", outcome, says, words, **seen, control_poor=poor)


def ober(readings: Readings, side: Side) -> Decision:
    """Return that the Ober angle is kept and drives nothing."""
    seen = readings.number("ober_modified", side)
    outcome = "unknown" if seen is None else "recorded"
    return decide("ober-never-drives", outcome, outcome, {"side": side.value, "value": seen}, value=seen)


def _order(*, limited: bool | None, excessive: bool, poor: bool | None) -> tuple[str, str]:
    if excessive:
        return "excessive", ""
    if limited is None:
        return "unknown", "the inward turn"
    if not limited:
        return "control", ""
    if poor is None:
        return "unknown", "a control test"
    return ("both" if poor else "length"), ""


def _limited(readings: Readings, side: Side) -> bool | None:
    severities = [_rotation(readings, test, side).severity for test in (SEATED, PRONE)]
    known = [item for item in severities if item is not None]
    return any(known) if known else None


def _rotation(readings: Readings, test: str, side: Side) -> Finding:
    seen, theirs = readings.number(test, side), readings.number(test, other(side))
    # The mark lies ten degrees under the mean of adults, twice the error, so a value under it is beyond error.
    found = scored(
        readings,
        test,
        "C7",
        "hip rotation",
        side,
        mark=value("house_assess.hip_rotation_low"),
        large=value("house_assess.hip_rotation_very_low"),
    )
    gap = None if seen is None or theirs is None else theirs - seen
    if found.severity != 0 or gap is None or gap <= value("house_assess.hip_rotation_side"):
        return found
    words = {"name": tests()[test].name, "side": side.value, "value": seen, "unit": "deg", "other": theirs}
    decision = decide("movement-scores", "finding", "seen_side", words, value=seen, **{"other side": theirs})
    error = value("house_assess.hip_rotation_error")
    return Finding(
        test=test,
        contributor="C7",
        family="hip rotation",
        side=side,
        state=State.FINDING,
        severity=MILD,
        value=seen,
        unit="deg",
        decision=decision,
        borderline=abs(gap - value("house_assess.hip_rotation_side")) < error,
    )


def _drift(readings: Readings, side: Side) -> Finding:
    said = readings.detail("thomas_extension", "abduction_drift", side)
    if said is None:
        return not_known(readings, "thomas_extension", "C8", "thomas drift", side)
    severity = MILD if said == "yes" else 0
    words = {"name": "Thigh drifts outward in the Thomas test", "side": side.value, "value": said}
    state = State.FINDING if severity else State.CLEAR
    decision = decide("movement-scores", state.value, "choice" if severity else "clear_choice", words, value=said)
    return Finding(
        test="thomas_extension",
        contributor="C8",
        family="thomas drift",
        side=side,
        state=state,
        severity=severity,
        value=said,
        decision=decision,
    )
