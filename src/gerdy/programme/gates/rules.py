"""The rules of gates, phases and maintenance by name: what each looks at, how sure it is, on which numbers."""

from __future__ import annotations

from typing import Final

from gerdy.programme import builds, flare, maintenance, outcomes
from gerdy.programme.criteria import CRITERIA
from gerdy.programme.gates.deload import KEYS as DELOAD_KEYS
from gerdy.programme.gates.deload import deload
from gerdy.programme.gates.mornings import TREND_KEYS, trend
from gerdy.programme.gates.ranges import RANGE_KEYS, range_gain
from gerdy.programme.gates.soreness import KEYS as SORENESS_KEYS
from gerdy.programme.gates.soreness import soreness
from gerdy.programme.gates.steps import CONTACT_KEYS, LOAD_KEYS, ramp
from gerdy.programme.gates.verdict import BACK_KEYS
from gerdy.records import Rule


def _of(phase: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for one in CRITERIA[phase] for key in one.numbers))


_STEPS: Final = (
    "house_gates.sessions_in_a_row",
    "house_gates.pain_in_set",
    "house_gates.load_shown",
    "house_gates.steps_in_level",
    "house_gates.steps_most",
)
_ALL: Final = (
    Rule(
        id="PG-S",
        explanation="Strength goes on after two sessions at the top of the range, two left over, and a quiet morning.",
        grade="E",
        numbers=(*_STEPS, "house_gates.repetitions_in_reserve"),
    ),
    Rule(
        id="PG-I",
        explanation="A hold goes on after two sessions with every hold done at an effort of 7 or less.",
        grade="E",
        numbers=("house_gates.sessions_in_a_row", "house_gates.hold_effort"),
    ),
    Rule(
        id="PG-C",
        explanation="Control goes on after two sessions with nine of ten repetitions clean, as a film shows.",
        grade="E",
        numbers=("house_gates.sessions_in_a_row", "house_gates.clean_share"),
    ),
    Rule(
        id="PG-M",
        explanation="Range that grew beyond the error of its test keeps a third of the dose; else the track changes.",
        grade="E",
        numbers=RANGE_KEYS,
        judge=range_gain,
    ),
    Rule(
        id="PG-P",
        explanation="Jumping goes on after two sessions with all landings done, clean and quiet the next morning.",
        grade="E",
        numbers=("house_gates.sessions_in_a_row", "house_gates.clean_share", "house_gates.contact_steps"),
    ),
    Rule(
        id="RG",
        explanation="Pain, unclean repetitions or a bad morning lead one level down until two sessions are good again.",
        grade="E",
        numbers=BACK_KEYS,
    ),
    Rule(
        id="phase",
        explanation="A phase opens the next when every criterion is met; pain can take it back.",
        grade="E",
        numbers=tuple(dict.fromkeys((*_of("P0"), *_of("P1"), *_of("P2"), *_of("P3"), "house_phases.symptom_days"))),
        against=("willydavis2011.mechanics_unchanged",),
    ),
    Rule(
        id="R-034",
        explanation="Mornings that stand a point above the usual ones for days hold every step.",
        grade="E",
        numbers=TREND_KEYS,
        judge=trend,
    ),
    Rule(
        id="R-044",
        explanation="Stability counts as loaded when it is clean with a tenth of body mass; P4 asks for that.",
        grade="E",
        numbers=("house_phases.loaded_share",),
    ),
    Rule(
        id="R-045",
        explanation="Pain above 3 in a set, or a fifth unclean, leads a level down; from 5 the exercise rests.",
        grade="B",
        numbers=(*BACK_KEYS[:4], "silbernagel2007.pain_monitoring"),
    ),
    Rule(
        id="R-048",
        explanation="A step is at most 5 % (main lift), 10 % (isolated), 20 % (landings), not beside a running stage.",
        grade="E",
        numbers=(*LOAD_KEYS, *CONTACT_KEYS, "house_gates.stage_apart"),
        judge=ramp,
    ),
    Rule(
        id="R-049",
        explanation="Where no film of two weeks shows whether it is clean, the level stays.",
        grade="E",
        numbers=("house_gates.film_days",),
    ),
    Rule(
        id="R-054",
        explanation="Sore muscles, or pain in a squat, make a run easy or free; the running stage stays.",
        grade="E",
        numbers=SORENESS_KEYS,
        judge=soreness,
    ),
    Rule(
        id="R-055",
        explanation="After five loaded weeks, or on two of four signs of fatigue, a week has about half of the sets.",
        grade="E",
        numbers=DELOAD_KEYS,
        judge=deload,
    ),
    Rule(
        id="R-075",
        explanation="P4 ends with the goal run twice, quiet weeks, full recovery, even strength and no loss in hops.",
        grade="C",
        numbers=_of("P4"),
        directness="runner",
    ),
    Rule(
        id="R-076",
        explanation="Scores are called better only beyond the change that their studies found to matter.",
        grade="B",
        numbers=outcomes.CHANGE_KEYS,
        judge=outcomes.improvement,
        directness="runner",
    ),
    Rule(
        id="R-077",
        explanation="Six weeks of work without a measurable change ask for a clinician and a new assessment.",
        grade="E",
        numbers=outcomes.REVIEW_KEYS,
        judge=outcomes.review,
    ),
    Rule(
        id="R-078",
        explanation="Times are ranges with their source, never a date; at eight weeks about half still had complaints.",
        grade="C",
        numbers=outcomes.TIME_KEYS,
        judge=outcomes.time_frame,
        directness="direct",
    ),
    Rule(
        id="R-080",
        explanation="When the pain is gone the plan becomes maintenance; only a knowing opt-out ends it.",
        grade="B",
        numbers=maintenance.STAY_KEYS,
        judge=maintenance.after_symptoms,
        directness="runner",
    ),
    Rule(
        id="R-081",
        explanation="One heavy session a week at the load of the exit; from 60 years two, with more sets.",
        grade="B",
        numbers=maintenance.DOSE_KEYS,
        judge=maintenance.minimum_dose,
    ),
    Rule(
        id="R-082",
        explanation="A range that was short is kept with two short sessions a week and tested every six weeks.",
        grade="E",
        numbers=maintenance.RANGE_KEYS,
        judge=maintenance.range_work,
    ),
    Rule(
        id="R-083",
        explanation="Two weeks before a build the heavy work is raised and the tests are repeated.",
        grade="E",
        numbers=maintenance.BUILD_KEYS,
        judge=maintenance.raised_for,
    ),
    Rule(
        id="R-084",
        explanation="Loads that stay more than a tenth below those of the exit for four weeks are named.",
        grade="B",
        numbers=builds.LOAD_KEYS,
        judge=builds.load_kept,
    ),
    Rule(
        id="R-087",
        explanation="Yellow holds a build, orange goes back to short runs, red back to P1 and to the safety screen.",
        grade="E",
        numbers=flare.KEYS,
        judge=flare.response,
    ),
)

RULES: Final[dict[str, Rule]] = {rule.id: rule for rule in _ALL}
"""Id → rule; PG-S to PG-P, RG and ``phase`` are the names under which gates decide."""
