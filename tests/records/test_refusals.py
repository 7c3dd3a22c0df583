"""What a stored fact must not be."""

from __future__ import annotations

import datetime as dt

import pytest

from gerdy.errors import RecordInvalid
from gerdy.records import (
    CheckIn,
    DoneSet,
    MorningAnswer,
    Note,
    PainEntry,
    PainMoment,
    Side,
    from_json,
    to_json,
)

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
COMMON = {"id": "1", "runner_id": "anna", "event_time": NOON, "entered_at": NOON}


@pytest.mark.parametrize("moment", ["event_time", "entered_at"])
def test_a_time_without_a_time_zone_is_refused_with_an_example(moment):
    naive = NOON.replace(tzinfo=None)

    with pytest.raises(RecordInvalid, match=rf"{moment} is 2026-03-01T12:00:00 without a time zone.*\+00:00"):
        Note(**(COMMON | {moment: naive}), text="")


def test_a_time_without_a_time_zone_is_refused_when_it_is_read_too():
    data = to_json(Note(**COMMON, text="")) | {"entered_at": "2026-03-01T12:00:00"}

    with pytest.raises(RecordInvalid, match="without a time zone"):
        from_json(data)


def test_an_unknown_date_is_allowed_because_some_devices_have_no_calendar():
    assert Note(**(COMMON | {"event_time": None}), text="").event_time is None


def test_a_field_that_nobody_knows_is_refused_by_name():
    with pytest.raises(RecordInvalid, match=r"note record.*'mood'"):
        from_json(to_json(Note(**COMMON, text="")) | {"mood": "good"})


def test_an_unknown_field_deep_inside_is_refused_with_its_path():
    data = to_json(CheckIn(**COMMON))
    data["kind"] = "strength"
    data = {k: v for k, v in data.items() if k in {"kind", *COMMON}} | {"sets": [{"exercise_id": "E1", "x": 1}]}

    with pytest.raises(RecordInvalid, match=r"sets\.0\.x"):
        from_json(data)


def test_a_kind_that_nobody_knows_is_refused_with_the_nearest_one():
    with pytest.raises(RecordInvalid, match=r"kind 'pains'; known kinds: pain"):
        from_json({"kind": "pains"})


def test_a_record_without_a_kind_is_refused_with_the_list_of_kinds():
    with pytest.raises(RecordInvalid, match=r"kind ''; known kinds: assessment, check-in, clearance, decision"):
        from_json({"text": ""})


@pytest.mark.parametrize("score", [-0.1, 10.1, float("nan")])
def test_pain_lies_between_none_and_the_worst_imaginable(score):
    with pytest.raises(RecordInvalid):
        PainEntry(**COMMON, score=score, moment=PainMoment.NOW, side=Side.LEFT)


def test_what_no_human_can_enter_is_refused_with_the_legal_range():
    with pytest.raises(RecordInvalid, match="sleep is 25 h; it must lie between 0 and 24 h"):
        CheckIn(**COMMON, sleep_h=25)
    with pytest.raises(RecordInvalid, match="RPE is 11"):
        DoneSet(exercise_id="E1", rpe=11)
    with pytest.raises(RecordInvalid, match="baseline is -1"):
        MorningAnswer(**COMMON, stairs_down=0, side=Side.LEFT, baseline=-1)
