"""How the runner runs (C9), from film or from a motion analysis, and what film may decide (R-020)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gerdy.assess.findings import MILD, SIDED, Finding
from gerdy.assess.say import decide
from gerdy.assess.scored import chosen, scored
from gerdy.evidence import value
from gerdy.records import Side

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gerdy.assess.readings import Readings
    from gerdy.records import Decision


def gait_findings(readings: Readings) -> tuple[Finding, ...]:
    """Return what the running film, the watch or a motion analysis says, per side."""
    found: list[Finding] = []
    for side in SIDED:
        found += [
            _film(readings, "running_crossover", "crossover", side, {"no": 0, "yes": MILD}),
            _film(readings, "running_knee_window", "knee window", side, {"open": 0, "closed": MILD}),
            scored(
                readings,
                "running_step_rate",
                "C9",
                "step rate",
                side,
                mark=value("house_assess.step_rate_low"),
                place=Side.NOT_APPLICABLE,
            ),
            scored(
                readings,
                "running_pelvic_drop",
                "C9",
                "pelvic drop",
                side,
                mark=value("house_assess.pelvic_drop_high"),
            ),
            scored(
                readings,
                "running_trunk_lean",
                "C9",
                "trunk lean",
                side,
                mark=value("house_assess.trunk_lean_high"),
            ),
        ]
    return tuple(found)


def film_weight(findings: Iterable[Finding]) -> Decision:
    """Return how far film without markers may move a contributor (R-020).

    References
    ----------
    [Neal2020]_ smartphone film without markers: ICC 0.06 for hip adduction.
    """
    films = [item for item in findings if item.known and item.test.startswith("running_")]
    unmarked = sorted({item.test for item in films if item.unmarked_film})
    outcome = "none" if not films else "capped" if unmarked else "full"
    return decide("R-020", outcome, outcome, unmarked=unmarked)


def quiet_hip(readings: Readings) -> Decision:
    """Return whether a quiet hip on film is cleared; with current pain it is not.

    References
    ----------
    [Foch2020]_ [Grau2011]_ less hip adduction in runners with the pain.
    """
    status = readings.answer("pain_status")
    outcome = {"now": "hidden", "past": "open", "never": "open"}.get(status, "unknown")
    return decide("pain-can-hide-adduction", outcome, outcome, pain_status=status)


def _film(readings: Readings, test: str, family: str, side: Side, weights: dict[str, int]) -> Finding:
    found = chosen(readings, test, "C9", family, side, weights)
    return replace(found, unmarked_film=not readings.marked(test, side))
