"""The library of exercises against the table it was made from, and against its own form."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.test_assess_words import grade_level
from gerdy.assess.catalogue import contributors
from gerdy.errors import CatalogueInvalid, ProgrammeError
from gerdy.evidence import registry
from gerdy.programme.exercises import (
    TRACKS,
    at_hand,
    check_equipment,
    conditions,
    exercise,
    exercises,
    known_equipment,
    missing,
)
from gerdy.programme.exercises.exercise import Exercise
from gerdy.programme.exercises.library import make_exercise

ALL = tuple(exercises().values())
READING_GRADE = 8.0

# rehab.md §3.2 (E03-E14), §3.3 (E15-E29), §3.4 (E30-E39), §3.6 (E52-E65), column S.
SPECIFICITY = dict(
    zip(
        [f"E{number:02d}" for number in (*range(3, 40), *range(52, 66))],
        map(int, "000033330403122445455553344353454544500104224525535"),
        strict=True,
    )
)
COMPUTED_OTHERWISE = {
    "E18": (3, "the knee stays straight and the hip nearly so: neither is loaded at the angles of running"),
    "E61": (3, "a deadlift bends the knees to 80 degrees, unlike the stiff-knee hinges it stands with"),
    "E62": (4, "both feet are on the ground: no point for support on one leg"),
}
"""Where the computed specificity differs from the table: ours, and why."""

TARGETS = {
    "E01": "C8", "E03": "C1 C3", "E05": "C2 C8", "E08": "C1 C3", "E12": "C2 C4", "E18": "C1 C3 C4", "E19": "C1 C2 C7",
    "E23": "C1 C4 C5", "E24": "C1 C4", "E33": "C3 C4 C11", "E36": "C4 C7", "E43": "C5", "E45": "C6", "E48": "C6 C11",
    "E51": "C5 C6 C7", "E54": "C7 C8", "E56": "C7 C4 C8", "E58": "C7 C2", "E60": "C1 C2 C7 C4", "E62": "C7 C4 C2",
}  # fmt: skip
"""rehab.md §3, column Target, a row of each kind."""

WEEKLY_PATTERN = {
    "hinge": {"E58", "E59", "E60"},
    "single_leg_squat": {"E19", "E20", "E21", "E22", "E23", "E24"},
    "lateral_chain": {"E18", "E67", "E08"},
    "calf": {"E48", "E49"},
}
"""R-040: which exercises a strength week counts as which pattern."""

ENTRY = {
    "E71": {"squat_fair", "stairs_calm"}, "E72": {"squat_fair", "stairs_calm"}, "E73": {"first_jumps_clean"},
    "E74": {"step_down_good"}, "E75": {"abduction_even", "heel_raises_done"}, "E76": {"second_jumps_clean"},
    "E77": {"drill_stage"}, "E79": {"abduction_even_for_hops"}, "E80": {"re_exposure"}, "E84": {"stride_stage"},
}  # fmt: skip
"""rehab.md §3.8, column Entry, and §3.9."""


def test_the_library_holds_the_84_exercises_of_the_table_and_two_stretches():
    assert list(exercises()) == [f"E{number:02d}" for number in range(1, 87)]
    assert {item.track for item in ALL} == set(TRACKS)
    assert exercise("E85").track == exercise("E86").track == "T0"


@pytest.mark.parametrize("key", SPECIFICITY)
def test_specificity_is_that_of_the_table_or_the_difference_is_explained(key):
    """One point each: one leg, closed chain, hip loaded at 10-45°, knee at 15-50°, adduction or rotation resisted."""
    ours, _ = COMPUTED_OTHERWISE.get(key, (SPECIFICITY[key], ""))

    assert exercise(key).specificity == ours


def test_every_explained_difference_is_a_difference():
    for key, (ours, why) in COMPUTED_OTHERWISE.items():
        assert ours != SPECIFICITY[key]
        assert len(why) > 20


def test_a_loaded_hip_counts_only_where_the_range_overlaps_that_of_running():
    """A half squat at 45 to 65° of hip flexion only touches 10-45°; moved by 5° it counts."""
    base = {name: getattr(exercise("E08"), name) for name in Exercise.__dataclass_fields__}
    moved = Exercise(**base | {"ranges": {"hip_flexion": (40.0, 60.0), "knee_angle": (40.0, 60.0)}})

    assert moved.specificity == exercise("E08").specificity + 1


@pytest.mark.parametrize("key", TARGETS)
def test_an_exercise_works_on_what_the_table_says(key):
    assert set(exercise(key).contributors) == set(TARGETS[key].split())


def test_a_week_can_count_its_hinges_squats_side_chain_and_calf():
    for kind, members in WEEKLY_PATTERN.items():
        found = {item.id for item in ALL if item.kind == kind}
        assert found >= members
        assert found - members <= {"E61", "E68"}, "heavier forms of the same pattern"


@pytest.mark.parametrize("key", ENTRY)
def test_jumps_and_strides_wait_for_what_the_table_asks(key):
    assert set(exercise(key).entry) >= ENTRY[key]


def test_only_exercises_with_conditions_name_them_and_each_is_said_with_its_number():
    used = {key for item in ALL for key in item.entry}

    assert used == set(conditions())
    assert conditions()["heel_raises_done"].say() == "At least 20 single-leg heel raises with body weight."
    assert all(re.search(r"\{", item.say()) is None for item in conditions().values())


@pytest.mark.parametrize("item", ALL, ids=lambda item: item.id)
def test_every_row_is_whole(item):
    """Levels 1 to 5, known contributors, easier and harder ones that exist, words, sources, an honest grade."""
    assert 1 <= item.levels[0] <= item.levels[1] <= 5
    assert set(item.contributors) <= set(contributors())
    assert item.contributors
    assert item.ranges
    assert all(low < high for low, high in item.ranges.values())
    assert set(item.ranges) <= {"hip_flexion", "hip_adduction", "hip_rotation", "knee_angle", "ankle_angle"}
    assert set(item.regress) | set(item.progress) <= set(exercises())
    assert item.id not in (*item.regress, *item.progress)
    assert item.minutes > 0
    assert item.how
    assert item.note
    assert len(item.cues) >= 2
    assert item.faults
    assert all(key in registry().entries for key in (*item.sources, *item.against))
    assert item.grade in {"C", "E"}, "nothing here has been tried in a large trial in runners with this pain"
    assert set(item.place) <= {"home", "gym", "outside"}


@pytest.mark.parametrize("item", ALL, ids=lambda item: item.id)
def test_easier_is_not_a_higher_level_and_harder_is_not_a_lower_one(item):
    """Within a track; between tracks the levels are not compared."""
    for other in map(exercise, item.regress):
        assert other.track != item.track or other.levels[0] <= item.levels[1]
    for other in map(exercise, item.progress):
        assert other.track != item.track or other.levels[1] >= item.levels[0]


@pytest.mark.parametrize("item", ALL, ids=lambda item: item.id)
def test_a_runner_can_read_it(item):
    """Flesch-Kincaid grade of what is read before and during the exercise."""
    assert grade_level(" ".join((item.how, *item.cues))) <= READING_GRADE
    assert grade_level(" ".join(f"{fault.rstrip('.')}." for fault in (*item.faults, item.note))) <= READING_GRADE + 2


def test_no_trade_name_stands_outside_known_as():
    for item in ALL:
        for text in (item.name, item.how, item.note, *item.cues, *item.faults, item.dose):
            assert not re.search(r"\b(CARs?|PAILs?|RAILs?|Pallof|McKay|Thera)\b", text), text


def test_jumps_are_marked_as_jumps_and_hold_the_dose_in_contacts():
    jumps = {item.id for item in ALL if item.plyometric}

    assert jumps == {f"E{number}" for number in range(71, 81)}
    assert all("contacts" in exercise(key).dose for key in jumps)
    assert {item.id for item in ALL if item.progression == "PG-P"} == jumps


def test_heavy_leg_work_is_marked_so_that_a_week_can_space_it():
    assert {"E17", "E19", "E20", "E24", "E48", "E49", "E58", "E59", "E60", "E61"} <= {i.id for i in ALL if i.heavy}
    assert not any(item.heavy for item in ALL if item.track in {"T0", "T1", "T3", "T7", "T8"})


@pytest.mark.parametrize("word", ["E60", "e60", "Single-leg Romanian deadlift", "single-leg romanian deadlift "])
def test_an_exercise_is_found_by_id_or_name(word):
    assert exercise(word).id == "E60"


def test_a_name_that_others_use_finds_it_too():
    assert exercise("Pallof press on one leg").id == "E35"


def test_an_unknown_exercise_brings_the_nearest():
    with pytest.raises(ProgrammeError, match=r"no exercise 'lateral stepdown'. Nearest: lateral step-down"):
        exercise("lateral stepdown")


def test_names_are_unique_whatever_the_case():
    names = [name.lower() for item in ALL for name in (item.id, item.name, *item.known_as)]

    assert len(names) == len(set(names))


def test_a_misspelt_or_missing_field_is_refused_by_name():
    with pytest.raises(CatalogueInvalid, match="unknown field 'cue'; did you mean cues"):
        make_exercise("E99", {"cue": []}, "T2")
    with pytest.raises(CatalogueInvalid, match="every field must be given"):
        make_exercise("E99", {}, "T2")


def test_an_unknown_flag_or_gate_is_refused():
    base = {name: getattr(exercise("E08"), name) for name in Exercise.__dataclass_fields__}

    with pytest.raises(CatalogueInvalid, match="'hip' is no point of specificity"):
        Exercise(**base | {"specific": ("hip",)})
    with pytest.raises(CatalogueInvalid, match="progression is 'PG-X'"):
        Exercise(**base | {"progression": "PG-X"})


def test_everyday_things_need_not_be_named_and_a_gym_has_its_own():
    assert "wall" in at_hand(())
    assert "barbell" in at_hand((), "gym")
    assert "barbell" not in at_hand((), "home")
    assert "wall" not in at_hand(("wall",), "outside")


def test_what_is_missing_is_said_with_its_alternatives():
    assert missing(exercise("E20"), ("bench",)) == ("dumbbell or kettlebell or backpack",)
    assert missing(exercise("E27"), ("leg press",), "home") == ("gym as the place",)
    assert missing(exercise("E30"), ()) == ()


@given(st.sets(st.sampled_from(sorted(known_equipment()))), st.sets(st.sampled_from(sorted(known_equipment()))))
def test_more_equipment_never_takes_an_exercise_away(some, more):
    for item in ALL:
        assert missing(item, some) or not missing(item, some | more)


def test_a_word_that_no_exercise_uses_is_refused_with_the_nearest():
    assert check_equipment([" Dumbbell"]) == ("dumbbell",)
    with pytest.raises(ProgrammeError, match=r"No exercise uses a 'dumbell'\. Nearest: dumbbell"):
        check_equipment(["dumbell"])
