"""Which conditions of entry of the library's exercises hold for a runner today; what is not recorded holds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gerdy.assess.findings import SIDED
from gerdy.evidence import value
from gerdy.programme.exercises import exercises
from gerdy.programme.gates.bars import clean_enough
from gerdy.programme.gates.sessions import day_sessions, sides_of
from gerdy.programme.ready import readiness_facts
from gerdy.running.stages import ORDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gerdy.programme.facts import Facts
    from gerdy.running.ladder import LadderState

DOWNHILL: Final = "H4"
"""The stage that opens downhill running."""


def opened(facts: Facts, ladder: LadderState | None) -> frozenset[str]:
    """Return the keys of `gerdy.programme.exercises.conditions` that hold.

    Parameters
    ----------
    ladder : None before the return to running; then no stage is reached
    """
    return frozenset(key for key, holds in _answers(facts, ladder) if holds)


def clean_sessions(facts: Facts, exercise_id: str) -> int:
    """Return how many sessions of an exercise were clean so far; of two sides, the side with fewer."""
    sides = [day_sessions(facts.history, exercise_id, side) for side in sides_of(facts.history, exercise_id)]
    counts = [sum(clean_enough(one) is True for one in side if one.day <= facts.day) for side in sides]
    return min(counts, default=0)


def _answers(facts: Facts, ladder: LadderState | None) -> Iterator[tuple[str, bool]]:
    ready = readiness_facts(facts)
    rank = -1 if ladder is None else ORDER.index(ladder.stage)
    yield "squat_fair", ready.squat_fair is True and _step_down(facts, "step_down_before_jumps")
    yield "stairs_calm", _most(ready.stairs_pain, "stairs_pain")
    yield "hop_tested", ready.hop_pain is not None
    yield "step_down_good", _step_down(facts, "step_down_before_single_landing")
    yield "first_jumps_clean", _jumps_clean(facts, 1)
    yield "second_jumps_clean", _jumps_clean(facts, 2)
    yield "abduction_even", _least(ready.abduction_symmetry, "abduction_symmetry")
    yield "abduction_even_for_hops", _least(ready.abduction_symmetry, "abduction_symmetry_repeated")
    yield "heel_raises_done", all(_least(facts.number("heel_raise", side), "heel_raises") for side in SIDED)
    yield "drill_stage", rank > _stage("hop_stage")
    yield "stride_stage", rank >= _stage("stride_stage")
    yield "cue_stage", rank > _stage("cue_stage") and _gait_stands_out(facts)
    yield "re_exposure", rank >= ORDER.index(DOWNHILL)
    yield "control_fair", ready.squat_fair is True


def _jumps_clean(facts: Facts, level: int) -> bool:
    same = [key for key, item in exercises().items() if item.plyometric and item.levels[0] == level]
    return any(clean_sessions(facts, key) >= value("house_exercise_entry.clean_sessions") for key in same)


def _step_down(facts: Facts, key: str) -> bool:
    return all(_most(facts.number("lateral_step_down", side), key) for side in SIDED)


def _gait_stands_out(facts: Facts) -> bool:
    found = facts.judgements.on(facts.day)
    return found is not None and "C9" in {one.contributor for one in found.standings if one.status == "stands out"}


def _stage(key: str) -> int:
    return ORDER.index(f"R{value(f'house_exercise_entry.{key}'):g}")


def _most(seen: float | None, key: str) -> bool:
    return seen is not None and seen <= value(f"house_exercise_entry.{key}")


def _least(seen: float | None, key: str) -> bool:
    return seen is not None and round(seen, 2) >= value(f"house_exercise_entry.{key}")
