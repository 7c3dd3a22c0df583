"""The menu for any runner: limits, order, and pain that never leads to more."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gerdy.errors import ProgrammeError
from gerdy.programme.exercises import conditions, exercises
from gerdy.programme.exercises.at_hand import missing
from gerdy.programme.menu import MenuQuery, menu, of_standings
from gerdy.programme.menu.template import PHASES, common, template
from gerdy.programme.prescriptions import parse_prescription
from gerdy.programme.week import RunDemand, RunKind, plan_week
from gerdy.programme.week.from_menu import demand, planned_runs, planned_sets
from programme.some_weeks import MONDAY, wishes
from programme.week_checker import faults

IDS = sorted(exercises())
SETS_OF_IDS = st.frozensets(st.sampled_from(IDS), max_size=12)
EQUIPMENT = st.lists(st.sampled_from(["band", "step", "dumbbell", "kettlebell", "roller", "box"]), unique=True).map(
    tuple
)


@st.composite
def queries(draw):
    """Any runner of the four phases with a menu."""
    return MenuQuery(
        phase=draw(st.sampled_from(PHASES)),
        active=tuple(draw(st.lists(st.sampled_from([f"C{n}" for n in range(1, 13)]), max_size=3, unique=True))),
        order=draw(st.sampled_from(["length", "control", "both", "unknown"])),
        ankle=draw(st.sampled_from(["significant", "mild", "normal", "within", "unknown"])),
        ankle_class=draw(st.sampled_from(["joint", "gastrocnemius", "soleus", "mixed", "none", "unknown"])),
        ankle_work_done=draw(st.sampled_from([True, False, None])),
        pinch=draw(st.booleans()),
        doing=tuple(draw(st.lists(st.sampled_from(IDS), max_size=6, unique=True))),
        offers={key: exercises()[key].progress for key in draw(SETS_OF_IDS)},
        opened=draw(st.frozensets(st.sampled_from(sorted(conditions())))),
        equipment=draw(EQUIPMENT),
        gym=draw(st.booleans()),
        days=draw(st.sampled_from([None, 1, 2, 3, 5])),
        minutes=draw(st.sampled_from([None, 15.0, 25.0, 45.0])),
        strength_weeks=draw(st.integers(0, 12)),
        novice=draw(st.booleans()),
        adherence=tuple(draw(st.lists(st.floats(0, 1), max_size=3))),
    )


@given(queries())
def test_at_most_four_exercises_at_home_and_a_fifth_only_where_the_ankle_must_come_before_running(query):
    found = menu(query)
    limit = 6 if query.gym else 4
    patterns = {key for ids in common().patterns.values() for key in ids}
    fifth = found.decision("R-024").outcome == "before running" and len(found.learnt) == limit + 1

    assert len(found.learnt) <= limit + fifth
    if fifth:
        assert {"ankle"} == {item.need for item in found.daily}
        assert query.gym or {item.id for item in found.learnt if item.need != "ankle"} <= patterns


@given(queries(), st.integers(1, 8))
def test_a_coach_sets_the_number_and_then_it_holds_for_all(query, most):
    found = menu(replace(query, at_most=most))

    assert len(found.learnt) <= most
    assert all(item.why.text for item in found.left_out)


@given(queries())
def test_every_strength_week_of_capacity_and_return_holds_the_four_patterns(query):
    """R-040."""
    if query.phase in {"P2", "P3"}:
        assert menu(query).decision("R-040").outcome == "complete"


@given(queries())
def test_the_ankle_track_stands_only_where_the_ankle_is_stiff_and_before_running_where_significantly_so(query):
    """R-023, R-024."""
    found = menu(query)
    ankle = [item for item in found.items if item.need == "ankle"]
    if query.ankle not in {"significant", "mild"}:
        assert ankle == []
    if query.ankle == "significant" and not query.ankle_work_done and not query.pinch:
        assert len(ankle) == 1
        assert ankle[0].id in common().ankle.get(query.ankle_class, common().ankle["unknown"])


@given(queries())
def test_calming_stands_only_first_in_a_session_with_strength_work_right_behind_it(query):
    """R-047; the library has no exercise on the band itself."""
    for session in menu(query).sessions:
        calm = [n for n, item in enumerate(session.items) if item.exercise.track == "T0"]
        assert calm in ([], [0])
        if calm:
            assert session.items[1].exercise.track in {"T1", "T2", "T5"}


@given(queries())
def test_where_control_comes_first_no_length_drill_is_asked_for(query):
    """R-025 with the article's order: length, integrate, dynamic."""
    found = menu(replace(query, order="control", doing=()))

    assert not {"E54", "E55", "E56"} & {item.id for item in found.items}


@given(queries())
def test_where_length_comes_first_its_drill_stands_before_control(query):
    """R-025, in the calm phase; later phases integrate it into the hinge."""
    found = menu(replace(query, phase="P1", order="length", at_most=None, adherence=(), minutes=None))
    needs = [item.need for session in found.sessions[:1] for item in session.items]

    assert needs.index("length") < needs.index("control")


@given(queries(), SETS_OF_IDS)
@settings(max_examples=200)
def test_an_exercise_that_rests_after_pain_never_brings_a_harder_or_another_one(query, resting):
    """More pain never unlocks: with more at rest, each need has the same exercise, an easier one, or none."""
    before, after = menu(query), menu(replace(query, resting=resting))
    stood = {item.need: item.id for item in before.items}
    for item in after.items:
        assert item.id not in resting
        assert item.need in stood
        sequence = _sequence(query, item.need)
        if item.id not in sequence:
            assert item.id == stood[item.need], "a substitute for what the runner lacks"
            continue
        assert sequence.index(item.id) <= sequence.index(stood[item.need])


def _sequence(query, need):
    if need == "ankle":
        return list(common().ankle.get(query.ankle_class, common().ankle["unknown"]))
    found = next(item for item in template(query.phase).needs if item.name == need)
    return list(found.candidates)


@given(queries())
def test_every_dose_reads_back_and_every_exercise_is_in_the_library(query):
    for item in menu(query).items:
        assert str(parse_prescription(item.dose)) == item.dose
        assert exercises()[item.id] is item.exercise


@given(queries(), EQUIPMENT)
def test_nothing_is_asked_for_that_the_runner_does_not_have(query, equipment):
    found = menu(replace(query, gym=False, equipment=equipment))
    for item in found.items:
        assert missing(item.exercise, (*equipment, "backpack")) == (), item.id


def test_weeks_of_isolated_work_are_ended_by_control_even_where_a_coach_allows_one_exercise():
    """R-043."""
    found = menu(MenuQuery(phase="P1", isolated_weeks=3, at_most=1, order="control"))

    assert {item.exercise.track for item in found.items} == {"T3"}


def test_a_fourth_week_of_isolated_work_is_an_error_of_the_plan_not_of_the_runner():
    """R-043; nothing but the trunk and the outer hip is open here."""
    rests = frozenset(key for key, item in exercises().items() if item.track in {"T2", "T3"})
    with pytest.raises(ProgrammeError, match="still holds no T2 or T3 exercise"):
        menu(MenuQuery(phase="P1", isolated_weeks=3, resting=rests))


@pytest.mark.parametrize("phase", ["P0", "P5", "P9"])
def test_a_phase_without_exercises_of_its_own_here_says_so(phase):
    with pytest.raises(ProgrammeError, match=f"no menu for phase {phase}"):
        menu(MenuQuery(phase=phase))


@dataclass
class Told:
    exercise_id: str
    offers: tuple[str, ...] = ()
    use_instead: tuple[str, ...] = ()
    rests_until: dt.date | None = None


def test_the_worse_side_of_an_exercise_rules():
    """One side may go on, the other may not: neither goes on; one side rests: both rest until its day is over."""
    both = [Told("E58", offers=("E59",)), Told("E58"), Told("E48", rests_until=MONDAY), Told("E48")]
    query = of_standings(MenuQuery(phase="P2"), both, MONDAY)

    assert query.offers["E58"] == ()
    assert query.resting == {"E48"}
    assert of_standings(MenuQuery(phase="P2"), both, MONDAY + dt.timedelta(days=1)).resting == frozenset()


def test_a_menu_and_its_runs_become_a_week_and_plain_planned_sets():
    query = MenuQuery(
        phase="P3", active=("C1",), order="control", opened=frozenset({"squat_fair", "stairs_calm", "hop_tested"})
    )
    found = menu(query)
    runs = [RunDemand(key=f"run {n}", kind=RunKind.WALK_RUN, minutes=30, text="R4") for n in range(3)]
    asked, wanted = demand(found, runs, MONDAY, runs_apart=True), wishes(*range(7))
    week = plan_week(asked, wanted)
    sets = planned_sets(week, found)

    assert faults(week, asked, wanted) == []
    assert {item.exercise_id for item in sets} == {item.id for item in found.items}
    assert {item.date for item in sets if item.exercise_id == "E71"} == {
        p.date for p in week.sessions if "jumps" in p.key
    }
    assert [run.text for run in planned_runs(week)] == ["R4", "R4", "R4"]
