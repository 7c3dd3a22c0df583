"""Prescriptions: what the words mean, that they print back, and what is refused."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gerdy.errors import PrescriptionInvalid
from gerdy.journal.done_sets import parse_done_sets
from gerdy.programme.exercises import exercise, exercises
from gerdy.programme.prescriptions import (
    EXAMPLES,
    Band,
    Criterion,
    Frequency,
    Measure,
    Prescription,
    Sides,
    Unit,
    Until,
    parse_prescription,
    planned_each,
)
from gerdy.records import Side
from source_code import ROOT
from strategies.prescriptions import PRESCRIPTIONS

MONDAY = dt.date(2026, 3, 2)
gram = 0.001
"""kg"""


def test_the_example_of_the_design_means_what_a_physio_reads():
    """DESIGN §7: three sets of 8 to 12 on each side, two in reserve, thrice a week, until two calm sessions."""
    seen = parse_prescription(
        "3 × 8–12 lateral step-down each side at RIR 2, 3 days a week until 2 sessions pain ≤ 2/10"
    )

    assert seen == Prescription(
        exercise="lateral step-down",
        sets=(3, 3),
        amount=(8, 12),
        sides=Sides.EACH,
        rir=(2, 2),
        frequency=Frequency(times=(3, 3)),
        until=Until(count=2, per="sessions", criteria=(Criterion(measure=Measure.PAIN, value=2),)),
    )


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_that_a_refusal_shows_is_canonical(text):
    assert str(parse_prescription(text)) == text


def test_every_line_in_the_documentation_is_canonical():
    page = (ROOT / "docs" / "reference" / "prescriptions.md").read_text(encoding="utf-8")
    lines = [line for block in re.findall(r"```text\n(.*?)```", page, re.DOTALL) for line in block.splitlines()]
    legal = [line for line in lines if not line.startswith("'")]

    assert len(legal) == 7
    assert [str(parse_prescription(line)) for line in legal] == legal


def test_every_part_of_the_table_in_the_documentation_can_be_read():
    """Each canonical form and each other way, put into a whole line."""
    page = (ROOT / "docs" / "reference" / "prescriptions.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (\w[\w ]*) \| .*? \| (.*) \|$", page, re.MULTILINE))
    pieces = {name: re.findall(r"`([^`]+)`", cell) for name, cell in rows.items()}

    for piece in pieces["sets"]:
        assert parse_prescription(f"{piece} 10 squat")
    for piece in pieces["amount"]:
        assert parse_prescription(f"3 × {piece} squat")
    for name in ("side", "band", "load", "effort", "tempo", "hold", "until"):
        for piece in pieces[name]:
            assert parse_prescription(f"3 × 10 squat {piece}".replace(" ,", ",")), piece
    for name in ("rest", "frequency", "pain ceiling"):
        for piece in pieces[name]:
            assert parse_prescription(f"3 × 10 squat, {piece.removeprefix(', ')}"), piece
    for piece in re.findall(r"`([^`]*(?:≤|≥|top)[^`]*)`", page.partition("## Until")[2].partition("## Units")[0]):
        assert parse_prescription(f"3 × 10 squat until 2 sessions {piece}"), piece


@pytest.mark.parametrize("item", exercises().values(), ids=lambda item: item.id)
def test_the_default_dose_of_every_exercise_is_canonical_and_names_that_exercise(item):
    seen = parse_prescription(item.dose)

    assert str(seen) == item.dose
    assert exercise(seen.exercise) is item


@given(PRESCRIPTIONS)
def test_every_prescription_prints_to_a_text_that_reads_back_as_itself(item):
    assert parse_prescription(str(item)) == item


@given(PRESCRIPTIONS)
def test_what_was_read_prints_the_same_text_again(item):
    text = str(item)

    assert str(parse_prescription(text)) == text


@given(st.text(max_size=60) | st.lists(st.sampled_from(" ".join(EXAMPLES).split()), max_size=14).map(" ".join))
@example("3 × 8 until until 2 sessions")
@example("1 × 2 3 × 4 squat")
def test_any_text_is_read_so_that_it_prints_back_or_is_refused_with_legal_texts(text):
    """Nothing else can happen: no half reading, no other error."""
    seen, refusal = read_or_refused(text)

    if seen is None:
        assert any(f"'{legal}'" in refusal for legal in EXAMPLES)
    else:
        assert parse_prescription(str(seen)) == seen


def read_or_refused(text):
    try:
        return parse_prescription(text), ""
    except PrescriptionInvalid as refusal:
        return None, str(refusal)


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("3 x 8-12 squat", "3 × 8–12 squat"),
        ("3×8—12  squat", "3 × 8–12 squat"),
        ("3 sets of 10 reps of squat", "3 × 10 squat"),
        ("10 squat", "1 × 10 squat"),
        ("2-3 x 8 to 12 squat per side", "2–3 × 8–12 squat each side"),
        ("3 x 10 squat at RIR 2 at 20 kg left", "3 × 10 squat left at 20 kg RIR 2"),
        ("3 x 10 squat @RPE 7", "3 × 10 squat at RPE 7"),
        ("3 x 10 squat at 10-25% BM", "3 × 10 squat at 10–25 % of body mass"),
        ("3 x 5 squat at 80% of 1RM", "3 × 5 squat at 80 % 1RM"),
        ("3 x 10 squat with medium band", "3 × 10 squat with a medium band"),
        ("3 x 10 squat with an extra-heavy band", "3 × 10 squat with an extra-heavy band"),
        ("2 x 1 min plank", "2 × 60 s plank"),
        ("2 x 2 min plank", "2 × 2 min plank"),
        ("1 x 2 km carry", "1 × 2000 m carry"),
        ("1 x 1 breaths drill", "1 × 1 breath drill"),
        ("3 x 10 squat, rest 2 minutes, tempo 3-1-1", "3 × 10 squat, tempo 3-1-1, rest 2 min"),
        ("3 x 10 squat, 3x/week", "3 × 10 squat, 3 days a week"),
        ("3 x 10 squat, twice a week", "3 × 10 squat, 2 days a week"),
        ("3 x 10 squat, daily", "3 × 10 squat, 7 days a week"),
        ("3 x 10 squat, 1-2 x/day", "3 × 10 squat, 1–2 times a day"),
        ("3 x 10 squat, once a week", "3 × 10 squat, 1 day a week"),
        ("3 x 10 squat, pain <= 3 of 10", "3 × 10 squat, pain ≤ 3/10"),
        ("3 x 10 squat until 1 session top reps and clean >= 90%",
         "3 × 10 squat until 1 session top reps and clean ≥ 90 %"),
        ("3 x 10 squat, until 3 weeks morning pain <= 1", "3 × 10 squat until 3 weeks morning pain ≤ 1/10"),
    ],
)  # fmt: skip
def test_other_ways_to_write_it_print_as_one(typed, canonical):
    assert str(parse_prescription(typed)) == canonical


def test_pounds_become_kilograms_by_the_definition_of_the_pound():
    """45 lb × 0.45359237 kg/lb = 20.41 kg, by hand."""
    (low, high) = parse_prescription("3 x 10 squat at 45 lb").load_kg

    assert low == high == pytest.approx(20.41166, abs=5 * gram)


def test_minutes_become_seconds():
    assert parse_prescription("2 x 1.5 min plank, rest 2 min").amount == (90, 90)
    assert parse_prescription("2 x 1.5 min plank, rest 2 min").rest_s == (120, 120)


def test_a_band_is_said_by_its_strength():
    assert parse_prescription("3 x 10 clam with a light band").band is Band.LIGHT


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("squats", "not with 'squats'"),
        ("3 x ten squats", "'ten squats'"),
        ("3 x 10", "no exercise is named"),
        ("3 x 10 squats at 20 stone", "'at 20 stone'"),
        ("3 x 10 squats with a red band", "'red band' does not say how strong"),
        ("3 x 10 squats, rst 60 s", "'rst 60 s' is no clause that gerdy knows; nearest: rest 90 s"),
        ("3 x 10 squats, rest 60 s, rest 90 s", "rest s is said twice"),
        ("3 x 10 squats left right", "sides is said twice"),
        ("3 x 12-8 squats", "reps is 12–8; it must rise"),
        ("0 x 10 squats", "sets is 0; it must be more than 0"),
        ("3 x 2.5 squats", "reps is 2.5; it must be a whole number"),
        ("3 x 10 squats at RPE 11", "between 0 and 10"),
        ("3 x 10 squats at 900 kg", "between 0 and 500"),
        ("3 x 10 squats, 8 days a week", "between 0 and 7"),
        ("3 x 10 squats, pain ≤ 12/10", "between 0 and 10"),
        ("3 x 10 squats, tempo 90-1-1", "a tempo has three whole numbers"),
        ("3 x 10 squats until pain ≤ 2", "'until pain ≤ 2' should count"),
        ("3 x 10 squats until 2 sessions pain ≥ 2", "points the wrong way; pain is asked with ≤"),
        ("3 x 10 squats until 2 sessions clean ≥ 90 kg", "has a unit that clean does not have"),
        ("3 x 10 squats until 2 sessions mood ≥ 5", "'mood ≥ 5' is no criterion that gerdy knows"),
        ("3 x 10 squats until 2 sessions pain ≤ 2/10 until 3 weeks", "no criterion"),
    ],
)
def test_a_refusal_names_the_word_and_shows_legal_texts(text, word):
    with pytest.raises(PrescriptionInvalid) as refusal:
        parse_prescription(text)

    assert word in str(refusal.value)
    assert "Legal are for example: '" in str(refusal.value)


def test_the_texts_that_a_refusal_shows_are_the_nearest():
    with pytest.raises(PrescriptionInvalid, match=r"Legal are for example: '3 × 4–6 deadlift at 80–85 % 1RM RIR 2'"):
        parse_prescription("3 × 4–6 deadlift at 80–85 % RM RIR 2")


@pytest.mark.parametrize(
    "name", ["", "left squat", "squat until", "each side", "10 squats", "squat, deep", "s plank", "with a light band"]
)
def test_a_name_that_would_be_read_as_something_else_is_refused(name):
    with pytest.raises(PrescriptionInvalid, match="is not the name of an exercise"):
        Prescription(exercise=name, amount=(1, 1))


def test_a_criterion_without_its_number_is_refused():
    with pytest.raises(PrescriptionInvalid, match="needs a number"):
        Criterion(measure=Measure.PAIN)
    with pytest.raises(PrescriptionInvalid, match="needs no number"):
        Criterion(measure=Measure.TOP_REPS, value=3)
    with pytest.raises(PrescriptionInvalid, match="an until needs a criterion"):
        Until(count=2, per="sessions", criteria=())


def test_a_plan_stores_the_lower_end_and_the_whole_text():
    text = "2–3 × 8–12 lateral step-down each side at 10–12 kg RIR 2, 3 days a week"
    row = parse_prescription(text).planned(MONDAY, "E23")

    assert (row.date, row.exercise_id, row.sets, row.reps, row.side) == (MONDAY, "E23", 2, (8, 12), Side.BOTH)
    assert (row.seconds, row.load_kg, row.load_body_mass, row.target, row.text) == (None, 10, None, "RIR 2", text)


@pytest.mark.parametrize(
    ("text", "reps", "seconds", "share"),
    [
        ("3 × 20–45 s side plank left at RPE 7", None, 20, None),
        ("3 × 5 breaths hip shift", (5, 5), None, None),
        ("2 × 20–30 contacts pogo hops", (20, 30), None, None),
        ("3 × 20–40 m carry at 10–25 % of body mass", None, None, 0.10),
    ],
)
def test_what_is_counted_decides_which_field_of_the_plan_holds_it(text, reps, seconds, share):
    row = parse_prescription(text).planned(MONDAY, "E67")

    assert (row.reps, row.seconds, row.load_body_mass) == (reps, seconds, share)


def test_sides_of_a_plan_agree_with_the_sides_of_what_was_done():
    """'each side' is two records in the plan and two in the log; no side is one record for both."""
    for words in ("each side", "left", "right", ""):
        plan = planned_each(parse_prescription(f"1 × 10 E60 {words}".strip()), MONDAY, "E60")
        done = parse_done_sets(f"1 x 10 E60 {words}")
        assert [row.side for row in plan] == [row.side for row in done], words


def test_what_can_be_logged_can_be_prescribed_in_the_same_words():
    """The line that `gerdy log strength` shows as an example."""
    seen = parse_prescription("3 x 10 E60 each side at 20 kg RIR 2")

    assert (seen.exercise, seen.sets, seen.load_kg, seen.rir) == ("E60", (3, 3), (20, 20), (2, 2))
    assert seen.unit is Unit.REPS
