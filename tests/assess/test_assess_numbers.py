"""Numbers against papers and hand calculations."""

from __future__ import annotations

from math import pi, sqrt

import pytest

from assess.cases import judged, merge, sheet
from gerdy.assess.findings import State, against_mark, against_other_side
from gerdy.assess.reserves import Uncertain, from_mdc, range_reserve, strength_reserve
from gerdy.assess.runner_reserves import reserves
from gerdy.assess.strength import break_test_z
from gerdy.assess.units import convert
from gerdy.errors import AssessmentError
from gerdy.evidence import value
from gerdy.records import Side

DEGREE = 1.0
CENTIMETRE = 1.0


@pytest.mark.parametrize(
    ("age", "sex", "seen", "z"),
    [
        (35, "female", 1.071, 1.00),  # the worked example beside rule R-014
        (35, "female", 1.425, 0.00),  # predicted for a woman of 35, Ramskov 2014 as computed in the evidence file
        (35, "male", 1.640, 0.00),
        (35, "male", 1.29, 0.99),  # "-1 SD" for a man of 35, rounded to two decimals there
    ],
)
def test_a_break_test_is_read_against_novice_runners(age, sex, seen, z):
    """By Ramskov 2014: z = (1.600 − 0.005·age + 0.215·man − value) / 0.354."""
    assert break_test_z(seen, age, sex) == pytest.approx(z, abs=0.01)


def test_the_large_mark_is_near_the_ratio_of_injured_to_uninjured_hips():
    """Fredericson 2000: 7.82/9.82 in women and 6.86/8.62 in men, both 0.796."""
    assert value("fredericson2000.injured_to_uninjured") == pytest.approx(7.82 / 9.82, abs=0.001)
    assert value("fredericson2000.injured_to_uninjured") == pytest.approx(6.86 / 8.62, abs=0.001)


@pytest.mark.parametrize(
    ("key", "sem_cm"), [("mdc_anterior", 2.0), ("mdc_posteromedial", 2.7), ("mdc_posterolateral", 3.5)]
)
def test_the_reach_errors_follow_from_the_published_standard_errors(key, sem_cm):
    """Shaffer 2013 gives SEM 2.0, 2.7 and 3.5 cm; the detectable difference is 1.96 √2 times that."""
    assert value(f"shaffer2013.{key}") == pytest.approx(1.96 * sqrt(2) * sem_cm, abs=0.05 * CENTIMETRE)


@pytest.mark.parametrize(
    ("mine", "theirs", "error", "severity", "state"),
    [
        (100, 100, 10, 0, State.CLEAR),
        (91, 100, 5, 0, State.CLEAR),  # 91 %, though beyond the error
        (89, 100, 12, 0, State.WITHIN_ERROR),  # 89 %, but the gap of 11 is within 12
        (89, 100, 10, 1, State.FINDING),
        (79, 100, 10, 2, State.FINDING),
        (110, 100, 10, 0, State.CLEAR),  # the stronger side
    ],
)
def test_a_side_counts_under_ninety_percent_and_beyond_error(mine, theirs, error, severity, state):
    """R-012 and R-016, worked by hand."""
    verdict = against_other_side(mine, theirs, error)

    assert (verdict.severity, verdict.state) == (severity, state)


def test_a_value_within_one_error_of_its_mark_is_borderline():
    """36° and 34° are within 4.7° of 35°; 40° is not."""
    assert against_mark(36, 35, 4.7).borderline
    assert against_mark(34, 35, 4.7).borderline
    assert not against_mark(40, 35, 4.7).borderline


def test_the_range_reserve_is_test_minus_stride_with_both_spreads():
    """40 − 22.7 = 17.3°; half-width 1.96 √((4.7/(1.96√2))² + 2²) = 5.14°, by hand."""
    left = range_reserve("dorsiflexion", Side.RIGHT, from_mdc(40.0, 4.7), Uncertain(22.7, 2.0))

    assert left.value == pytest.approx(17.3, abs=0.01 * DEGREE)
    assert left.high - left.value == pytest.approx(5.14, abs=0.01 * DEGREE)
    assert left.state == "enough"


def test_a_range_that_the_stride_exceeds_is_used_up():
    """20° in the test and 40° in the stride leave nothing, beyond any error here."""
    assert range_reserve("x", Side.LEFT, from_mdc(20.0, 4.7), Uncertain(40.0, 2.0)).state == "used up"


@pytest.mark.parametrize(("test", "used"), [(None, Uncertain(20, 1)), (Uncertain(20, 1), None)])
def test_no_test_or_no_motion_leaves_the_reserve_unknown(test, used):
    """Unknown has no number at all, never a zero."""
    left = range_reserve("x", Side.LEFT, test, used)

    assert (left.state, left.value, left.low, left.high) == ("unknown", None, None, None)


def test_the_strength_reserve_scales_the_group_from_test_to_running_posture():
    """96 N·m at 0° with a group that keeps 90 % at the middle of 20-35° gives 86.4 N·m; over 72 N·m that is 1.2."""
    middle = (20 + 35) / 2 * pi / 180
    left = strength_reserve(
        "hip abduction", Side.LEFT, Uncertain(96.0, 0.0), 0.0, Uncertain(72.0, 0.0),
        lambda q: 100.0 * (1 - 0.1 * q / middle),
    )  # fmt: skip

    assert left.value == pytest.approx(1.2)
    assert left.low == pytest.approx(96 / 72 * (1 - 0.1 * 35 / 27.5))
    assert left.high == pytest.approx(96 / 72 * (1 - 0.1 * 20 / 27.5))
    assert left.state == "enough"


def test_a_capacity_can_be_plugged_in_for_a_whole_runner():
    """120 N at 0.8 m are 96 N·m; 1.6 N·m/kg at 60 kg are 96 N·m; with a flat group all strength is just used."""
    motion = {
        "sides": {
            "right": {
                "measures": {"hip_abduction_moment_peak_nm_kg": {"mean": 1.6, "sd": 0.1, "n": 20, "unit": "N·m/kg"}}
            }
        }
    }
    answer = judged(sheet(), motion=motion)
    found = reserves(answer.readings, {"hip abduction": lambda q: 100.0})
    right = next(item for item in found if item.name == "hip abduction" and item.side is Side.RIGHT)

    assert right.value == pytest.approx(1.0)
    assert right.state == "not clear"


@pytest.mark.parametrize(
    ("number", "given", "unit", "expected"),
    [
        (4, "in", "cm", 10.16),
        (95, "mm", "cm", 9.5),
        (12.2, "kgf", "N", 119.641),
        (1.5, "min", "s", 90),
        (0.5, "rad", "deg", 28.6479),
    ],
)
def test_other_units_are_converted(number, given, unit, expected):
    """Inch, kilogram-force and radian by definition."""
    assert convert(number, given, unit) == pytest.approx(expected, rel=1e-4)


def test_an_unknown_unit_is_refused_with_the_legal_ones():
    """A fathom is no centimetre."""
    with pytest.raises(AssessmentError, match=r"write unit: cm .also understood: mm, m, in"):
        convert(1, "fathoms", "cm")


def test_ober_never_changes_a_contributor():
    """Whatever the Ober angle is, the standings stay the same."""
    without = judged(sheet())
    with_it = judged(merge(sheet(), {"tests": {"ober_modified": {"unit": "deg", "left": 10, "right": -40}}}))

    assert [(item.contributor, item.status, item.score) for item in without.standings] == [
        (item.contributor, item.status, item.score) for item in with_it.standings
    ]


def test_knee_direction_alone_never_changes_a_contributor():
    """In or out is control that the points already hold; it is never band load by itself."""
    both = [
        judged(merge(sheet(), {"tests": {"lateral_step_down": {"knee_direction": {"right": way, "left": "none"}}}}))
        for way in ("in", "out", "none")
    ]

    assert len({tuple((item.contributor, item.score) for item in answer.standings) for answer in both}) == 1
