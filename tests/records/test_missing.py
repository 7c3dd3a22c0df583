"""Missing is not zero."""

from __future__ import annotations

import datetime as dt

import pytest

from gerdy.errors import RecordInvalid
from gerdy.records import Assessment, CheckIn, Lap, Run, Side, TestResult, from_json, to_json

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
COMMON = {"id": "1", "runner_id": "anna", "event_time": NOON, "entered_at": NOON}


def test_a_run_without_a_distance_is_not_a_run_of_zero_metres():
    unknown, zero = Run(**COMMON), Run(**COMMON, distance_m=0.0)

    assert unknown != zero
    assert to_json(unknown)["distance_m"] is None
    assert to_json(zero)["distance_m"] == 0.0


def test_an_unanswered_question_is_not_answered_with_no():
    assert to_json(CheckIn(**COMMON))["ill"] is None
    assert to_json(CheckIn(**COMMON, ill=False))["ill"] is False


def test_a_test_that_was_not_done_keeps_its_place_without_a_value():
    result = TestResult(test="ober", side=Side.LEFT, value=None, unit="deg")
    read = from_json(to_json(Assessment(**COMMON, results=(result,))))

    assert read.results[0].value is None


@pytest.mark.parametrize("nothing", [float("nan"), float("inf"), float("-inf")])
def test_nan_and_infinity_are_refused_because_they_are_neither_a_value_nor_missing(nothing):
    with pytest.raises(RecordInvalid, match=r"run\.distance_m is .*not recorded"):
        Run(**COMMON, distance_m=nothing)
    with pytest.raises(RecordInvalid, match=r"run\.laps\.0\.cadence_spm"):
        Run(**COMMON, laps=(Lap(cadence_spm=nothing),))
    with pytest.raises(RecordInvalid, match=r"run\.extra\.power"):
        Run(**COMMON, extra={"power": nothing})
