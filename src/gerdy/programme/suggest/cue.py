"""The stride cue of today, from what the assessment saw of the run (R-072, R-073)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gerdy.assess.findings import SIDED
from gerdy.evidence import value
from gerdy.records import Side
from gerdy.running.cues import Cue, GaitFacts, cue

if TYPE_CHECKING:
    from gerdy.programme.facts import Facts
    from gerdy.programme.state import ProgrammeState


def cue_of(facts: Facts, state: ProgrammeState) -> Cue | None:
    """Return the cue that the stride asks for and where it stands; None before the ladder."""
    if state.ladder is None:
        return None
    return cue(gait_facts(facts), state.ladder, facts.history, facts.day)


def gait_facts(facts: Facts) -> GaitFacts:
    """Return what a cue is chosen by; a film without markers shows no drop that counts (R-020)."""
    found = facts.judgements.on(facts.day)
    if found is None:
        return GaitFacts()
    crossing = [word for side in SIDED if (word := found.readings.word("running_crossover", side)) is not None]
    drops = [
        seen
        for side in SIDED
        if found.readings.marked("running_pelvic_drop", side)
        and (seen := facts.number("running_pelvic_drop", side)) is not None
    ]
    raises = [seen for side in SIDED if (seen := facts.number("heel_raise", side)) is not None]
    leg_cm = facts.answer("leg_length_cm")
    return GaitFacts(
        step_rate_spm=facts.number("running_step_rate", Side.NOT_APPLICABLE),
        overstride=None,
        crossover="yes" in crossing if crossing else None,
        drop_or_adduction_high=max(drops) > value("house_assess.pelvic_drop_high") if drops else None,
        heel_raises=min(raises) if len(raises) == len(SIDED) else None,
        leg_length_m=None if leg_cm is None else leg_cm / 100,
    )
