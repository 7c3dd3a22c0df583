"""Workouts in words and as FIT files; the files are read by fitdecode and by eye, never by the writer."""

from __future__ import annotations

import datetime as dt
import io

import fitdecode
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerdy.errors import ProgrammeError
from gerdy.running import Effort, Repeat, RunWorkout, Step, fit_workout, stages
from gerdy.running.fit_workout import crc
from gerdy.running.ladder_workout import easy_workout, stage_workout

MADE = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
WALK, RUN = Step(effort=Effort.WALK, seconds=120), Step(effort=Effort.RUN, seconds=60)


def messages(data: bytes, name: str) -> list[fitdecode.FitDataMessage]:
    """Read the messages of one kind with another program's reader; it checks both check sums."""
    with fitdecode.FitReader(io.BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE) as reader:
        return [frame for frame in reader if isinstance(frame, fitdecode.FitDataMessage) and frame.name == name]


LADDER = {
    "R0": "30 min walk",
    "R1": "6 × (2 min walk, 1 min run)",
    "R2": "6 × (2 min walk, 2 min run)",
    "R3": "5 × (2 min walk, 3 min run)",
    "R4": "5 × (1 min walk, 4 min run)",
    "R5": "4 × (1 min walk, 6 min run)",
    "R6": "3 × (1 min walk, 9 min run)",
    "R7": "20 min run",
    "R8": "30 min run",
    "R9": "40 min run",
}
RUNNING = {"R0": 0, "R1": 6, "R2": 12, "R3": 15, "R4": 20, "R5": 24, "R6": 27, "R7": 20, "R8": 30, "R9": 40}


@pytest.mark.parametrize("name", LADDER)
def test_each_stage_reads_as_the_table_prints_it(name):
    """Rehab §5.2: walk/run, and the minutes of running in all."""
    workout = stage_workout(stages()[name])
    assert workout.text().startswith(LADDER[name])
    assert workout.running_min == RUNNING[name]


def test_the_ladder_is_flat_through_r9_and_rests_a_day_through_r6():
    """R-061."""
    assert [name for name, stage in stages().items() if stage.flat] == [f"R{n}" for n in range(10)]
    assert [name for name, stage in stages().items() if stage.rest] == [f"R{n}" for n in range(7)]


def test_the_new_things_come_in_the_published_order():
    """R-070: distance → pace → uphill → rolling/camber → downhill."""
    order = list(dict.fromkeys(stage.opens for stage in stages().values() if stage.opens))
    assert order == ["distance", "pace", "uphill", "rolling", "camber", "downhill", "race"]


def test_a_guard_shortens_the_end_of_a_stage_and_nothing_else():
    """R2 after a longest run of 18 minutes: 23 are allowed, the last run is a minute shorter."""
    cut = stage_workout(stages()["R2"], total_min=23.0)
    assert cut.text().startswith("5 × (2 min walk, 2 min run), 2 min walk, 1 min run")
    assert (cut.total_min, cut.running_min) == (23, 11)


def test_a_walk_that_leads_to_no_run_is_left_out():
    """Seven minutes are two rounds of R1, and a walk that would end the session."""
    assert stage_workout(stages()["R1"], total_min=7.0).text().startswith("2 × (2 min walk, 1 min run). ")


def test_half_of_the_onset_leaves_three_minutes_of_running_at_r1():
    assert stage_workout(stages()["R1"], running_min=3.9).running_min == 3


def test_nothing_is_left_where_the_guards_leave_less_than_a_minute():
    assert stage_workout(stages()["R1"], running_min=0.9) is None
    assert easy_workout(stages()["R10"], 0.5) is None


def test_strides_stand_inside_the_minutes_of_the_session():
    """R-069: four flat strides of 15 s; the session stays as long as it was."""
    plain, brisk = (stage_workout(stages()["R5"], strides=on) for on in (False, True))
    assert brisk.total_min == plain.total_min == 28
    assert brisk.text().startswith(
        "3 × (1 min walk, 6 min run), 1 min walk, 2 min run, 4 × (15 s stride, 45 s run). Flat"
    )


def test_strides_are_left_out_where_the_last_run_is_too_short_for_them():
    assert stage_workout(stages()["R4"], strides=True) == stage_workout(stages()["R4"])


@given(st.sampled_from(sorted(LADDER)[1:]), st.floats(1, 90), st.floats(1, 90), st.booleans())
def test_a_workout_never_exceeds_its_limits(name, total, running, strides):
    workout = stage_workout(stages()[name], total_min=total, running_min=running, strides=strides)
    if workout is not None:
        assert workout.total_min <= total + 1e-6
        assert workout.running_min <= running + 1e-6
        assert [s.effort for s in workout.steps()][-1] is not Effort.WALK


@pytest.mark.parametrize("given_", [{}, {"seconds": 60, "metres": 400}, {"seconds": 0}, {"metres": -1}])
def test_a_step_ends_by_time_or_by_distance(given_):
    with pytest.raises(ProgrammeError, match="give one of them, above 0"):
        Step(effort=Effort.RUN, **given_)


def test_a_workout_in_metres_has_no_minutes_and_says_metres():
    workout = RunWorkout(
        name="hills",
        parts=(Step(effort=Effort.WARM_UP, metres=1500), Repeat(times=4, steps=(Step(effort=Effort.RUN, metres=400),))),
    )
    assert workout.total_min is None
    assert workout.text() == "1.5 km warm-up, 4 × 400 m run"


def bitwise_crc(data: bytes) -> int:
    """Work the check sum out bit by bit: CRC-16/ARC, polynomial 0xA001 (0x8005 reflected), from 0."""
    value = 0
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = (value >> 1) ^ (0xA001 if value & 1 else 0)
    return value


@given(st.binary(max_size=80))
def test_the_check_sum_is_crc_16_arc(data):
    assert crc(data) == bitwise_crc(data)


def test_the_check_sum_of_the_catalogue_of_crcs():
    """The published check value of CRC-16/ARC over the digits 1 to 9."""
    assert crc(b"123456789") == bitwise_crc(b"123456789") == 0xBB3D


SMALL = """
40 00 00 00 00 05  00 01 00  01 02 84  02 02 84  03 04 8C  04 04 86
00  05  FF 00  00 00  00 00 00 00  0A 00 00 00
41 00 00 1A 00 03  04 01 00  06 02 84  08 03 07
01  01  01 00  52 30 00
42 00 00 1B 00 09  FE 02 84  00 05 07  01 01 00  02 04 86  03 01 00  04 04 86  05 04 86  06 04 86  07 01 00
02  00 00  77 61 6C 6B 00  00  40 77 1B 00  02  00 00 00 00  FF FF FF FF  FF FF FF FF  01
"""
"""Half an hour of walking, written by hand from the FIT protocol and its profile.

Three definitions and their data, little-endian: file_id (type 5 workout, manufacturer 255 development, product 0,
no serial number, made 10 s after the epoch); workout (sport 1 running, 1 step, name "R0"); workout_step (index 0,
name "walk", duration_type 0 time, 1 800 000 ms = 0x001B7740, target_type 2 open, no cadence, intensity 1 rest).
"""


def test_a_small_file_is_byte_for_byte_what_the_protocol_asks_for():
    body = bytes.fromhex(SMALL)
    head = bytes.fromhex("0E 10 54 08") + len(body).to_bytes(4, "little") + b".FIT"
    head += bitwise_crc(head).to_bytes(2, "little")
    expected = head + body + bitwise_crc(head + body).to_bytes(2, "little")
    workout = RunWorkout(name="R0", parts=(Step(effort=Effort.WALK, seconds=1800),))
    assert fit_workout(workout, dt.datetime(1989, 12, 31, 0, 0, 10, tzinfo=dt.UTC)) == expected


def test_another_reader_finds_the_intervals_of_a_stage():
    data = fit_workout(stage_workout(stages()["R4"]), MADE)
    (kind,), (head,), steps = (messages(data, name) for name in ("file_id", "workout", "workout_step"))
    assert (kind.get_value("type"), kind.get_value("time_created")) == ("workout", MADE)
    assert (head.get_value("sport"), head.get_value("wkt_name"), head.get_value("num_valid_steps")) == (
        "running",
        "R4",
        3,
    )
    walk, run, again = steps
    assert (walk.get_value("intensity"), walk.get_value("duration_time")) == ("rest", 60.0)
    assert (run.get_value("intensity"), run.get_value("duration_time")) == ("active", 240.0)
    assert again.get_value("duration_type") == "repeat_until_steps_cmplt"
    assert (again.get_value("duration_step"), again.get_value("repeat_steps")) == (0, 5)


def test_another_reader_finds_distance_and_cadence_of_one_foot():
    step = Step(effort=Effort.RUN, metres=1000, cadence_spm=(170, 176), note="Übung ×")
    data = fit_workout(RunWorkout(name="Langer Lauf " * 9, parts=(step,)), MADE)
    (row,), (head,) = messages(data, "workout_step"), messages(data, "workout")
    assert row.get_value("duration_distance") == 1000.0
    assert (row.get_value("custom_target_cadence_low"), row.get_value("custom_target_cadence_high")) == (85, 88)
    assert row.get_value("wkt_step_name") == "Übung ×"
    assert len(head.get_value("wkt_name").encode()) <= 39


STEPS = st.builds(
    Step, effort=st.sampled_from(Effort), seconds=st.integers(1, 7200), note=st.text("abc é×", max_size=50)
)
PARTS = st.one_of(
    STEPS, st.builds(Repeat, times=st.integers(1, 20), steps=st.lists(STEPS, min_size=1, max_size=3).map(tuple))
)


@given(st.lists(PARTS, min_size=1, max_size=5))
def test_another_reader_runs_every_workout_for_as_long_as_it_says(parts):
    """Repeats are written out by what the reader found; the seconds must add up."""
    workout = RunWorkout(name="any", parts=tuple(parts))
    rows, seconds = messages(fit_workout(workout, MADE), "workout_step"), []
    for row in rows:
        if row.get_value("duration_type") == "time":
            seconds.append(row.get_value("duration_time"))
        else:
            first, times = row.get_value("duration_step"), row.get_value("repeat_steps")
            seconds.append(sum(seconds[first:]) * (times - 1))
    assert sum(seconds) == pytest.approx(workout.total_min * 60)


@pytest.mark.parametrize("made", [dt.datetime(1980, 1, 1, tzinfo=dt.UTC), dt.datetime(2026, 1, 1)])  # noqa: DTZ001
def test_a_moment_that_fit_cannot_hold_is_refused(made):
    with pytest.raises(ProgrammeError, match="FIT file cannot be dated"):
        fit_workout(stage_workout(stages()["R1"]), made)
