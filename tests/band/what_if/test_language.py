"""A what-if reads as it is spoken, prints back to the same text, and is refused with what can be asked instead."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerdy.band.what_if import MUSCLES, SUBJECTS, Change, parse_change, parse_changes
from gerdy.band.what_if.language import limit_of
from gerdy.band.what_if.search import candidates
from gerdy.band.what_if.subjects import strength_subject
from gerdy.errors import GerdyError, WhatIfInvalid, WhatIfRefused

ALL = (*SUBJECTS, *(strength_subject(muscles) for muscles in MUSCLES))


@st.composite
def changes(draw):
    subject = draw(st.sampled_from(ALL))
    most = limit_of(subject) or 2.0
    amount = draw(st.floats(0.0001, most)) * draw(st.sampled_from((-1.0, 1.0)))
    return Change(subject, round(amount, 4))


@given(changes())
def test_every_change_prints_to_a_text_that_reads_back_to_it(change):
    assert parse_change(str(change)) == change


@given(changes(), st.sampled_from(("{}", "  {} ", "{0}", "\t{}\n")))
def test_blanks_and_capitals_do_not_matter(change, form):
    assert parse_change(form.format(str(change).upper().replace("%", " % "))) == change


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("step width +40 mm", "step width +4 cm"),
        ("Anterior pelvic tilt +5°", "pelvic tilt +5 deg"),
        ("strength of gluteus medius −20 percent", "gluteus medius strength -20 %"),
        ("contralateral pelvic drop -2.50 degrees", "pelvic drop -2.5 deg"),
        ("step rate by +7.5%", "cadence +7.5 %"),
        ("speed + 0.5 m/s", "speed +0.5 m/s"),
        ("epicondyle prominence +2 mm", "epicondyle prominence +2 mm"),
    ],
)
def test_what_people_say_is_understood(spoken, written):
    assert str(parse_change(spoken)) == written


def test_vastus_lateralis_has_no_arm_at_the_hip_and_none_can_be_given_to_it():
    with pytest.raises(WhatIfRefused, match="does not cross the hip") as refused:
        parse_change("vastus lateralis moment arm +5 mm")
    for legal in ("vastus lateralis strength +20 %", "vastus lateralis bulge +5 mm"):
        assert legal in str(refused.value)
        assert str(parse_change(legal)) == legal


def test_sixty_degrees_of_hip_adduction_are_refused_with_the_limit():
    with pytest.raises(WhatIfRefused, match="answered up to 12 deg"):
        parse_change("hip adduction -60 deg")


def test_faster_is_not_an_amount():
    with pytest.raises(WhatIfInvalid, match=r"by how much.*cadence \+7.5 %"):
        parse_change("cadence faster")


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("hip aduction -4 deg", "hip adduction"),
        ("gluteus medus strength +20 %", "gluteus medius strength"),
        ("step wdth +4 cm", "step width"),
    ],
)
def test_a_slip_of_the_pen_is_answered_with_the_nearest_legal_words(text, near):
    with pytest.raises(WhatIfInvalid, match="does not know") as refused:
        parse_change(text)
    assert near in str(refused.value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("step width +4 deg", "is changed in cm or mm"),
        ("hip adduction 4 deg", "has no sign"),
        ("hip adduction +0 deg", "changes nothing"),
        ("", "by how much"),
        ("+4 deg", "does not know"),
    ],
)
def test_units_signs_and_amounts_are_asked_for(text, why):
    with pytest.raises(WhatIfInvalid, match=why):
        parse_change(text)


@pytest.mark.parametrize("text", ["slope -10 %", "downhill", "exhaustion", "exhausted +30 min"])
def test_slope_and_exhaustion_give_a_direction_with_its_source_and_no_number(text):
    with pytest.raises(WhatIfRefused, match="direction is known") as refused:
        parse_change(text)
    assert "2022" in str(refused.value) or "2023" in str(refused.value)


def test_a_step_rate_beyond_the_table_is_refused():
    """Heiderscheit 2011, Table 3: -10 to +10 % of the preferred step rate."""
    assert parse_change("cadence +10 %").amount == 10.0
    with pytest.raises(WhatIfRefused, match="up to 10 %"):
        parse_change("cadence +11 %")


def test_the_order_in_which_changes_are_given_does_not_matter():
    texts = ["gluteus medius strength +20 %", "hip adduction -4 deg", "step width +4 cm", "cadence +5 %"]

    assert parse_changes(texts) == parse_changes(texts[::-1])
    assert [str(c) for c in parse_changes(texts)] == [texts[3], texts[2], texts[1], texts[0]]


def test_one_subject_has_one_amount():
    with pytest.raises(WhatIfInvalid, match="changed twice"):
        parse_changes(["hip adduction -4 deg", "hip adduction +1 deg"])
    with pytest.raises(WhatIfInvalid, match="No change was given"):
        parse_changes([])


@given(st.text(max_size=60))
def test_no_text_at_all_ends_in_anything_but_a_change_or_a_refusal(text):
    with suppress(GerdyError):
        assert parse_change(str(parse_change(text))) == parse_change(text)


def test_everything_that_a_search_tries_can_be_asked_for_by_name():
    assert all(parse_change(str(change)) == change for change in candidates())
    assert not {"knee varus", "femoral rotation", "band stiffness", "epicondyle prominence"} & {
        c.subject.name for c in candidates()
    }
