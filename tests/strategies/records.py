"""One generating strategy for every kind of stored fact."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from gerdy.records import (
    Assessment,
    CheckIn,
    Clearance,
    DayWish,
    Decision,
    DecisionEntry,
    Discharge,
    DoneSet,
    Lap,
    MorningAnswer,
    Note,
    Obtained,
    OptOut,
    Override,
    PainEntry,
    PainMoment,
    PlannedRun,
    PlannedSet,
    PlanVersion,
    Race,
    Reason,
    RecordingEntry,
    Role,
    Run,
    RunStatus,
    Side,
    StrengthSession,
    Terrain,
    TestResult,
    Wishes,
)

if TYPE_CHECKING:
    from gerdy.records import Entry

WORDS = st.text(max_size=20)
NAMES = st.text(min_size=1, max_size=12)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
OUT_OF_TEN = st.floats(0, 10)
DATES = st.dates()
YES_NO = st.booleans()
PLAIN = st.recursive(
    st.none() | YES_NO | st.integers(-(2**53), 2**53) | NUMBERS | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=5,
)
"""What JSON can hold."""


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    """Give a value, or None for *not recorded*."""
    return st.none() | strategy


def several(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(strategy, max_size=3).map(tuple)


OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: dt.timezone(dt.timedelta(minutes=minutes)))
MOMENTS = st.datetimes(min_value=dt.datetime(1950, 1, 1), max_value=dt.datetime(2200, 1, 1), timezones=OFFSETS)  # noqa: DTZ001 - hypothesis wants naive limits and adds the zone
COMMON = {
    "id": NAMES,
    "runner_id": NAMES,
    "event_time": maybe(MOMENTS),
    "entered_at": MOMENTS,
    "by": NAMES,
    "obtained": st.sampled_from(Obtained),
    "corrects": maybe(NAMES),
}
SIDE = st.sampled_from(Side)

SAID = NAMES.filter(str.strip)
DAY_WISHES = st.builds(
    DayWish,
    weekday=st.integers(0, 6),
    minutes=NUMBERS,
    run_minutes=maybe(NUMBERS),
    place=st.sampled_from(["", "home", "gym"]),
)
RACES = st.builds(Race, date=DATES, name=WORDS, km=maybe(NUMBERS))

PLANNED_SETS = st.builds(
    PlannedSet,
    date=DATES,
    exercise_id=NAMES,
    sets=st.integers(1, 9),
    reps=maybe(st.tuples(st.integers(1, 10), st.integers(10, 30))),
    seconds=maybe(NUMBERS),
    side=SIDE,
    load_kg=maybe(NUMBERS),
    load_body_mass=maybe(NUMBERS),
    target=WORDS,
    text=WORDS,
)
DONE_SETS = st.builds(
    DoneSet,
    exercise_id=NAMES,
    side=SIDE,
    reps=maybe(st.integers(0, 100)),
    seconds=maybe(NUMBERS),
    load_kg=maybe(NUMBERS),
    rir=maybe(NUMBERS),
    rpe=maybe(OUT_OF_TEN),
    pain=maybe(OUT_OF_TEN),
    clean_reps=maybe(st.integers(0, 100)),
    contacts=maybe(st.integers(0, 200)),
    filmed=maybe(YES_NO),
    target=maybe(PLANNED_SETS),
)
RESULTS = st.builds(
    TestResult,
    test=NAMES,
    side=SIDE,
    value=st.none() | NUMBERS | WORDS | YES_NO,
    unit=WORDS,
    trials=several(NUMBERS),
    obtained=st.sampled_from(Obtained),
    note=WORDS,
)
DECISIONS = st.builds(
    Decision,
    outcome=NAMES,
    rule=NAMES,
    reasons=several(st.builds(Reason, text=WORDS, evidence=several(NAMES))),
    inputs_seen=st.dictionaries(NAMES, PLAIN, max_size=3),
    sources=several(NAMES),
)
TERRAINS = st.builds(
    Terrain,
    distance_by_grade_m=maybe(st.dictionaries(NAMES, NUMBERS, max_size=3)),
    turn_deg_per_km=maybe(NUMBERS),
    net_turn_deg_per_km=maybe(NUMBERS),
)
LAPS = st.builds(Lap, distance_m=maybe(NUMBERS), elapsed_s=maybe(NUMBERS), cadence_spm=maybe(NUMBERS))

STRATEGIES: dict[str, st.SearchStrategy[Entry]] = {
    "assessment": st.builds(
        Assessment,
        **COMMON,
        results=several(RESULTS),
        answers=st.dictionaries(NAMES, PLAIN, max_size=3),
        text=WORDS,
    ),
    "check-in": st.builds(
        CheckIn,
        **COMMON,
        sleep_h=maybe(st.floats(0, 24)),
        soreness=maybe(OUT_OF_TEN),
        fatigue=maybe(OUT_OF_TEN),
        stress=maybe(OUT_OF_TEN),
        ill=maybe(YES_NO),
        pain_medicine=maybe(YES_NO),
        questionnaires=several(st.tuples(NAMES, NUMBERS)),
        text=WORDS,
    ),
    "decision": st.builds(
        DecisionEntry, **COMMON, decision=DECISIONS, overridden_to=maybe(NAMES), override_reason=WORDS
    ),
    "morning": st.builds(
        MorningAnswer,
        **COMMON,
        stairs_down=OUT_OF_TEN,
        side=SIDE,
        baseline=maybe(OUT_OF_TEN),
        stiffness_min=maybe(NUMBERS),
    ),
    "note": st.builds(Note, **COMMON, text=WORDS),
    "pain": st.builds(
        PainEntry,
        **COMMON,
        score=OUT_OF_TEN,
        moment=st.sampled_from(PainMoment),
        side=SIDE,
        place=NAMES,
        activity=maybe(NAMES),
        onset_m=maybe(NUMBERS),
        settled_min=maybe(NUMBERS),
        gait_changed=maybe(YES_NO),
    ),
    "plan": st.builds(
        PlanVersion,
        **COMMON,
        plan_id=NAMES,
        version=st.integers(1, 99),
        phase=NAMES,
        starts=DATES,
        ends=DATES,
        runs=several(
            st.builds(PlannedRun, date=DATES, km=maybe(NUMBERS), minutes=maybe(NUMBERS), target=WORDS, text=WORDS)
        ),
        sets=several(PLANNED_SETS),
        why=WORDS,
    ),
    "recording": st.builds(
        RecordingEntry,
        **COMMON,
        files=st.dictionaries(NAMES, NAMES, max_size=2),
        analysis=st.dictionaries(NAMES, PLAIN, max_size=3),
    ),
    "run": st.builds(
        Run,
        **COMMON,
        sport=NAMES,
        distance_m=maybe(NUMBERS),
        moving_s=maybe(NUMBERS),
        elapsed_s=maybe(NUMBERS),
        ascent_m=maybe(NUMBERS),
        descent_m=maybe(NUMBERS),
        cadence_spm=maybe(NUMBERS),
        contact_time_ms=maybe(NUMBERS),
        vertical_oscillation_mm=maybe(NUMBERS),
        treadmill=maybe(YES_NO),
        surface=maybe(WORDS),
        heart_rate_bpm=maybe(NUMBERS),
        pauses_s=several(st.tuples(NUMBERS, NUMBERS)),
        terrain=maybe(TERRAINS),
        laps=several(LAPS),
        extra=st.dictionaries(NAMES, PLAIN, max_size=3),
        status=st.sampled_from(RunStatus),
        original=maybe(NAMES),
        original_part=st.integers(0, 9),
        duplicate_of=maybe(NAMES),
        problems=several(WORDS),
    ),
    "clearance": st.builds(
        Clearance,
        **COMMON | {"event_time": MOMENTS},
        opens=st.lists(NAMES, min_size=1, max_size=3).map(tuple),
        who=SAID,
        profession=SAID,
        examined=SAID,
    ),
    "discharge": st.builds(
        Discharge,
        **COMMON,
        told=WORDS,
        running_allowed=maybe(YES_NO),
        restrictions=several(WORDS),
        exercises=several(WORDS),
        results=several(RESULTS),
    ),
    "opt-out": st.builds(OptOut, **COMMON, understood=YES_NO, reason=WORDS),
    "override": st.builds(
        Override,
        **COMMON,
        gate=NAMES,
        to=NAMES,
        role=st.sampled_from(Role),
        reason=SAID,
        subject=WORDS,
        side=SIDE,
        until=maybe(DATES),
    ),
    "wishes": st.builds(
        Wishes,
        **COMMON,
        days=several(DAY_WISHES),
        equipment=several(NAMES),
        weekly_km=maybe(NUMBERS),
        long_run_km=maybe(NUMBERS),
        long_run_weekday=maybe(st.integers(0, 6)),
        keep_free=several(DATES),
        races=several(RACES),
        text=WORDS,
    ),
    "strength": st.builds(StrengthSession, **COMMON, sets=several(DONE_SETS), minutes=maybe(NUMBERS), text=WORDS),
}
"""Kind → strategy; `test_every_kind_of_record_has_a_strategy` fails when one is missing."""
