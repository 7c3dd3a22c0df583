"""R-050, R-051 and R-093 to R-096: written cases, and what moving a number changes."""

from __future__ import annotations

import dataclasses
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerdy.errors import ProgrammeError
from gerdy.evidence import registry
from gerdy.programme.exercises import (
    RULES,
    conditions,
    counter_evidence,
    cues_for,
    exercise,
    exercises,
    knee_cue,
    known_equipment,
    missing,
    standing,
    substitute,
    substitutes,
)
from gerdy.programme.exercises.standing import against_keys, show_counter_evidence, show_standing
from gerdy.programme.exercises.wording import allow_claims, allow_unsupported, claims, unsupported
from source_code import ROOT

ALL = tuple(exercises().values())
WITHOUT_A_NUMBER = {
    "R-051": "looks at a direction",
    "R-093": "asks for fields, not for amounts",
    "R-094": "looks at grades and keys",
    "R-095": "looks at words",
    "R-096": "looks at words",
}


def texts(item):
    return (item.name, item.how, item.note, *item.cues, *item.faults, *item.known_as)


# another exercise where equipment is missing.


@given(
    st.sampled_from(ALL),
    st.sets(st.sampled_from(sorted(known_equipment()))),
    st.sampled_from(["", "home", "gym", "outside"]),
)
def test_a_substitute_keeps_track_target_level_and_specificity_and_can_be_done(item, equipment, place):
    for other in substitutes(item, equipment, place):
        assert other.track == item.track
        assert set(other.contributors) & set(item.contributors)
        assert other.levels[0] - 1 <= item.levels[1]
        assert item.levels[0] - 1 <= other.levels[1]
        assert abs(other.specificity - item.specificity) <= 1
        assert missing(other, equipment, place) == ()
        assert other is not item


def test_without_weights_the_single_leg_deadlift_becomes_a_slow_single_leg_squat():
    """E60: T5, level 3-4, S 5. Same track without equipment and S 4-5: E56 (level 2), E63 (3), E65 (4); by hand."""
    assert [other.id for other in substitutes(exercise("E60"), ())] == ["E63", "E65", "E56"]
    seen = substitute(exercise("E60"), ())

    assert (seen.outcome, seen.inputs_seen["instead"]) == ("replace", "E63")
    assert "dumbbell or kettlebell or barbell or backpack" in seen.reasons[0].text


def test_with_what_it_needs_an_exercise_stays():
    assert substitute(exercise("E60"), ("kettlebell",)).outcome == "as planned"


def test_where_nothing_fits_it_is_left_out_and_said():
    """The gym's press has no other way outside, where nothing of its track but free-standing work could be done."""
    seen = substitute(exercise("E81"), (), "home")

    assert seen.outcome == "leave out"
    assert "can be done here" in seen.reasons[0].text


def test_a_band_is_not_replaced_by_lying_down():
    """E08 (S 3) without a band: standing work, never the side-lying lift (S 0)."""
    found = {other.id for other in substitutes(exercise("E08"), ())}

    assert found == {"E07", "E14"}


# words about the knee.

OUTWARD = re.compile(r"\b(?:push|press|drive|spread)\w*[^.]*\bknees?\b|\bknees?\b[^.]*\bout(?:ward)?\b", re.IGNORECASE)


def test_a_knee_that_goes_out_is_never_sent_further_out():
    for item in ALL:
        assert not any(OUTWARD.search(cue) for cue in cues_for(item, "out")), item.id
    assert not any(OUTWARD.search(reason.text) for reason in knee_cue("out").reasons[:-1])


def test_no_cue_of_the_library_sends_any_knee_out():
    assert not [cue for item in ALL for cue in item.cues if OUTWARD.search(cue)]


def test_a_knee_that_goes_out_hears_of_a_level_belt_and_in_the_run_of_wider_feet():
    assert cues_for(exercise("E23"), "out") == ("Belt level.", "Slow all the way down.", "Weight on the big toe.")
    assert "A narrow road between the feet." in cues_for(exercise("E83"), "out")


@pytest.mark.parametrize("direction", ["in", "none", None])
def test_any_other_knee_keeps_the_words_of_the_exercise(direction):
    assert cues_for(exercise("E23"), direction) == exercise("E23").cues


def test_a_knee_that_nobody_looked_at_is_unknown_and_not_straight():
    assert knee_cue(None).outcome == "unknown"
    assert knee_cue(None).inputs_seen == {"knee direction": "not recorded"}
    assert knee_cue("none").outcome == "none"


def test_another_direction_is_refused():
    with pytest.raises(ProgrammeError, match="say in, out or none"):
        knee_cue("valgus")


# what stands behind it, and against it.


@pytest.mark.parametrize("item", ALL, ids=lambda item: item.id)
def test_every_exercise_carries_source_grade_directness_and_status_also_of_its_dose(item):
    seen = standing(item)

    assert show_standing(item).outcome == "complete"
    assert seen["sources"]
    for cited in (*seen["sources"], seen["dose"]):
        assert all(cited[name] for name in ("key", "source", "grade", "directness", "status", "does_not_say"))
    assert seen["status"] in {"verified", "computed", "secondary", "house choice"}


def test_the_status_of_an_exercise_is_that_of_its_least_sure_source():
    assert exercise("E60").certainty == "verified"
    assert exercise("E58").certainty == "house choice"


def test_an_exercise_without_its_sources_may_not_be_shown():
    bare = dataclasses.replace(exercise("E60"), note="")

    assert show_standing(bare).outcome == "incomplete"
    assert "note" in show_standing(bare).reasons[0].text


CONTRADICTED = {
    "E05": "nobody has shown that they come first",  # rehab §7: weakness as the origin
    "E54": "Men turn in more",  # rehab §7: more internal rotation is needed
    "E43": "No study links them to this pain",  # rehab §7: dorsiflexion loads the band
    "E86": "A hypothesis",  # rehab §7: the vicious circle of tilt
    "E81": "bending the knee inward slackens the band",  # rehab §7: the knee collapses in
}


@pytest.mark.parametrize("key", CONTRADICTED)
def test_the_line_against_stands_beside_what_the_literature_contradicts(key):
    item = exercise("E06") if key == "E05" else exercise(key)

    assert any(CONTRADICTED[key] in line for line in counter_evidence(item))
    assert show_counter_evidence(item).outcome == "shown"
    assert against_keys(item)


def test_every_key_against_is_in_the_registry():
    assert {key for item in ALL for key in against_keys(item)} <= set(registry().entries)


def test_where_nothing_is_known_against_it_that_is_said():
    calf_only = dataclasses.replace(exercise("E49"), contributors=("C11",))

    assert show_counter_evidence(calf_only).outcome == "none"


# words.


@pytest.mark.parametrize("item", ALL, ids=lambda item: item.id)
def test_no_text_of_the_library_claims_a_cure_or_an_unsupported_idea(item):
    for text in (*texts(item), *counter_evidence(item)):
        assert claims(text) == (), text
        assert unsupported(text) == (), text


def test_no_text_of_conditions_or_rules_claims_either():
    cues = [reason.text for direction in ("in", "out", "none", None) for reason in knee_cue(direction).reasons]
    for text in (*said(), *cues):
        assert claims(text) == ()
        assert unsupported(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Strong hips fix the mechanics.",
        "Weak hips cause this pain.",
        "This programme cures it.",
        "A treatment for the band.",
        "The root of your pain is the hip.",
    ],
)
def test_a_sentence_that_claims_too_much_is_refused(text):
    assert allow_claims(text).outcome == "refused"


@pytest.mark.parametrize(
    "text",
    [
        "Vastus lateralis gains leverage to rotate the hip.",
        "You must find length in the pelvic floor.",
        "Stretch your IT band before the run.",
    ],
)
def test_an_unsupported_claim_of_the_articles_is_refused(text):
    assert allow_unsupported(text).outcome == "refused"


def test_plain_instructions_pass():
    assert allow_claims("Stand tall and lower slowly.").outcome == "shown"
    assert allow_unsupported("Band round the thighs.").outcome == "shown"


# All rules.


def test_every_rule_explains_itself_and_has_a_judge():
    assert list(RULES) == ["R-050", "R-051", "R-093", "R-094", "R-095", "R-096"]
    for rule in RULES.values():
        assert len(rule.explanation) > 60
        assert rule.judge is not None
        assert all(key in registry().entries for key in (*rule.numbers, *rule.against))


def test_rules_without_a_number_are_listed():
    assert {key for key, rule in RULES.items() if not rule.numbers} == set(WITHOUT_A_NUMBER)


def test_every_rule_stands_on_its_page_with_numbers_grade_and_source():
    page = (ROOT / "docs" / "reference" / "rules-exercises.md").read_text(encoding="utf-8")

    for key, rule in RULES.items():
        part = page.partition(f"\n## {key} ")[2].partition("\n## ")[0]
        assert f"Grade {rule.grade}" in part, key
        assert all(f"`{number}`" in part for number in (*rule.numbers, *rule.against)), key


@pytest.fixture
def moved(monkeypatch):
    """Give the registry with one value changed."""
    book = registry()

    def change(key, to):
        entries = dict(book.entries) | {key: dataclasses.replace(book.entries[key], value=to)}
        changed = dataclasses.replace(book, entries=entries)
        monkeypatch.setattr(sys.modules["gerdy.evidence.registry"], "registry", lambda: changed)

    return change


def stand_ins(key):
    return [other.id for other in substitutes(exercise(key), ())]


def specificity_of(*keys):
    return [exercise(key).specificity for key in keys]


def said():
    return [item.say() for item in conditions().values()]


MOVES = [
    ("house_exercises.same_level", 0.0, lambda: stand_ins("E60")),
    ("house_exercises.same_specificity", 0.0, lambda: stand_ins("E60")),
    ("house_exercises.hip_flexion_in_running", (10.0, 54.0), lambda: specificity_of("E08")),
    ("house_exercises.knee_flexion_in_running", (15.0, 40.0), lambda: specificity_of("E08")),
    ("house_exercise_entry.step_down_before_jumps", 4.0, said),
    ("house_exercise_entry.step_down_before_single_landing", 3.0, said),
    ("house_exercise_entry.stairs_pain", 3.0, said),
    ("house_exercise_entry.abduction_symmetry", 0.68, said),
    ("house_exercise_entry.abduction_symmetry_repeated", 0.72, said),
    ("house_exercise_entry.heel_raises", 21.0, said),
    ("house_exercise_entry.clean_sessions", 3.0, said),
    ("house_exercise_entry.hop_stage", 5.0, said),
    ("house_exercise_entry.stride_stage", 6.0, said),
    ("house_exercise_entry.cue_stage", 4.0, said),
]
"""(number, moved by 20 % or by 1, a case of this page that must change)."""


@pytest.mark.parametrize(("key", "to", "case"), MOVES, ids=[move[0] for move in MOVES])
def test_moving_a_number_changes_a_written_case(moved, key, to, case):
    before = case()
    moved(key, to)

    assert case() != before


def test_every_number_of_the_library_is_moved_or_shown_only():
    shown_only = {"house_exercises.library", "house_exercises.shown_substitutes"}
    numbers = {key for key in registry().entries if key.startswith(("house_exercises.", "house_exercise_entry."))}

    assert numbers - {key for key, _, _ in MOVES} == shown_only


def test_no_rule_uses_the_words_that_it_forbids():
    assert [claims(rule.explanation) for rule in RULES.values()] == [()] * len(RULES)
