"""What changed beyond error, when to ask again, and what others needed (R-076 to R-078)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from gerdy import evidence
from gerdy.outlook.history import between
from gerdy.outlook.pain_signals import run_pain
from gerdy.outlook.volume import adherence
from gerdy.programme.phases import NAMES, PHASES
from gerdy.running.say import decide

if TYPE_CHECKING:
    from gerdy.outlook.history import History
    from gerdy.programme.facts import Facts
    from gerdy.records import Decision

CHANGE_KEYS: Final = (
    "nelson2020.important_change",
    "nelson2020.clear_change",
    "salaffi2004.nprs_important",
    "house_phases.lefs_change",
)
REVIEW_KEYS: Final = (
    "house_phases.review_weeks",
    "house_phases.review_adherence",
    "nelson2020.important_change",
    "salaffi2004.nprs_important",
)
TIME_KEYS: Final = (
    "house_phases.phase_weeks",
    "house_phases.half_way_weeks",
    "beals2013.without_complaint_8_weeks",
    "beals2013.without_complaint_6_months",
    "mulvad2018.days_to_recovery",
)


def improvement(facts: Facts) -> Decision:
    """R-076: whether scores changed enough to say so.

    Returns
    -------
    outcome ``clearly improved``, ``improved``, ``no measurable change``, ``worse`` or ``not recorded``
    """
    changes = _changes(facts)
    seen: dict[str, Any] = dict(changes)
    known = {name: change for name, change in changes.items() if change is not None}
    if not known:
        return decide("R-076", "not recorded", "No score was taken twice.", seen, CHANGE_KEYS)
    limits = dict(zip(("UWRI", "pain", "LEFS"), (CHANGE_KEYS[0], CHANGE_KEYS[2], CHANGE_KEYS[3]), strict=True))
    better = [name for name, change in known.items() if change >= evidence.value(limits[name])]
    worse = [name for name, change in known.items() if -change >= evidence.value(limits[name])]
    said = ", ".join(f"{name} {change:+g}" for name, change in known.items())
    if worse:
        return decide(
            "R-076", "worse", f"Worse by more than the error of {' and '.join(worse)}: {said}.", seen, CHANGE_KEYS
        )
    if known.get("UWRI", 0.0) >= evidence.value(CHANGE_KEYS[1]):
        return decide("R-076", "clearly improved", f"Clearly improved: {said}.", seen, CHANGE_KEYS)
    if better:
        return decide("R-076", "improved", f"Improved: {said}.", seen, CHANGE_KEYS)
    return decide("R-076", "no measurable change", f"No measurable change: {said}.", seen, CHANGE_KEYS)


def review(facts: Facts, started: dt.date) -> Decision:
    """R-077: six weeks of honest work without a change ask for a clinician and a new look at the contributors.

    Parameters
    ----------
    started : first day of P1

    Returns
    -------
    outcome ``clinician``, ``go on``, or ``not recorded`` (too early, no plan to go by, or no score taken twice)
    """
    weeks = (facts.day - started).days / 7
    kept = adherence(facts.history, facts.day)
    changes = _changes(facts)
    seen = {"weeks": round(weeks, 1), "adherence": None if kept is None else round(kept.least, 2), **changes}
    if weeks < evidence.value(REVIEW_KEYS[0]):
        return decide("R-077", "not recorded", "It is too early to judge the plan by its effect.", seen, REVIEW_KEYS)
    if kept is None or (changes["UWRI"] is None and changes["pain"] is None):
        return decide("R-077", "not recorded", "No plan to go by, or no score taken twice.", seen, REVIEW_KEYS)
    moved = (changes["UWRI"] or 0.0) >= evidence.value(REVIEW_KEYS[2])
    eased = (changes["pain"] or 0.0) >= evidence.value(REVIEW_KEYS[3])
    if kept.least >= evidence.value(REVIEW_KEYS[1]) and not moved and not eased:
        text = f"{weeks:.0f} weeks of work without a measurable change: ask a clinician, and assess again."
        return decide("R-077", "clinician", text, seen, REVIEW_KEYS)
    return decide(
        "R-077", "go on", "The plan is doing something, or was not done often enough to tell.", seen, REVIEW_KEYS
    )


def time_frame(phase: str, weeks_in_plan: float) -> Decision:
    """R-078: how long this phase usually takes, as a range with its source and never as a date.

    Parameters
    ----------
    weeks_in_plan : since P1 began

    Returns
    -------
    outcome ``range``, or ``no range`` for P0
    """
    if phase == "P0":
        return decide("R-078", "no range", "Triage takes as long as its answers.", {"phase": phase}, TIME_KEYS)
    low, high = _weeks(phase)
    says = [f"{phase} ({NAMES[phase]}) usually takes {low:g}-{high:g} weeks; criteria decide, not the calendar."]
    if weeks_in_plan >= evidence.value(TIME_KEYS[1]):
        share = 1 - evidence.value(TIME_KEYS[2])
        later = evidence.value(TIME_KEYS[3])
        says.append(
            f"In older series {share:.0%} of runners still had complaints after eight weeks, and {later:.0%} had none "
            "after six months (Beals 2013)."
        )
        days = evidence.value(TIME_KEYS[4])
        says.append(f"Injured recreational runners of one trial needed {days:g} days in the middle (Mulvad 2018).")
    return decide("R-078", "range", says, {"phase": phase, "weeks": [low, high]}, TIME_KEYS)


def _weeks(phase: str) -> tuple[float, float]:
    table = evidence.entry(TIME_KEYS[0]).value
    match table[PHASES.index(phase) - 1] if isinstance(table, tuple) else None:
        case (float(low), float(high)):
            return low, high
    return 0.0, 0.0


def _changes(facts: Facts) -> dict[str, float | None]:
    """Return score → change from the first to the latest, positive is better; None where it was taken once or never."""
    uwri, lefs = facts.scores("uwri"), facts.scores("lefs")
    pains = _run_pains(facts.history, facts.day)
    return {
        "UWRI": uwri[-1][1] - uwri[0][1] if len(uwri) > 1 else None,
        "pain": pains[0] - pains[-1] if len(pains) > 1 else None,
        "LEFS": lefs[-1][1] - lefs[0][1] if len(lefs) > 1 else None,
    }


def _run_pains(history: History, day: dt.date) -> list[float]:
    found = (run_pain(history, run) for run in between(history.runs, dt.date.min, day))
    return [pain for pain in found if pain is not None]
