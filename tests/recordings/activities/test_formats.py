"""What each format can do to us, on small files written by the makers' layouts."""

from __future__ import annotations

import datetime as dt
import gzip
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activity_files import METRES_PER_DEGREE, NOW, START, fit, gpx, straight_run, tcx, zipped
from gerdy.recordings.activities import archive, looks_like_activity, members, read_activities

RUN = straight_run(km=3)
patient = settings(deadline=None, max_examples=50)


def one(content: bytes):
    (activity,) = read_activities("x", content, now=NOW).activities
    return activity


@pytest.mark.parametrize("write", [gpx, tcx, fit])
def test_one_run_is_the_same_in_every_format(write):
    run = one(write(RUN))
    assert run.sport == "running"
    assert run.start == START
    assert run.elapsed_s == 1000
    assert run.distance_m == pytest.approx(3000, abs=1)
    assert run.cadence_spm == 170
    assert run.heart_rate_bpm == 140


@pytest.mark.parametrize("write", [gpx, tcx, fit])
def test_no_coordinate_survives_in_any_format(write):
    text = repr(one(write(RUN)))
    assert "46.0" not in text
    assert "14.5" not in text


def test_a_multisport_file_holds_one_activity_per_session():
    race = read_activities("x", fit(straight_run(8), ("swimming", "transition", "cycling", "running")), now=NOW)
    assert [activity.sport for activity in race.activities] == ["swimming", "transition", "cycling", "running"]
    starts = [activity.start for activity in race.activities]
    assert starts == sorted(starts)


def test_the_watch_knows_its_zone_and_the_start_keeps_it():
    run = one(fit(RUN, local_offset_h=5.5))
    assert run.start == START
    assert run.start.utcoffset() == dt.timedelta(hours=5.5)


def test_the_timer_of_a_watch_leaves_pauses_out_of_moving_time():
    run = one(fit(RUN, pause_s=120))
    assert run.elapsed_s == 1000
    assert run.moving_s == 880
    assert run.pauses_s == ((60.0, 120.0),)


def test_a_treadmill_is_named_by_the_file():
    assert one(fit(RUN, sub_sport=1)).treadmill is True
    assert one(fit(RUN)).treadmill is None


def test_a_trail_is_named_by_the_file():
    assert one(gpx(RUN, sport="trail_running")).surface == "trail"


def test_half_and_whole_cadence_come_out_the_same():
    both_feet = [replace(point, cadence=170) for point in RUN]
    assert one(gpx(RUN)).cadence_spm == one(gpx(both_feet)).cadence_spm == 170


def test_a_run_without_cadence_has_none_and_not_zero():
    assert one(gpx(RUN, cadence=False)).cadence_spm is None


def test_a_track_on_one_spot_has_time_and_no_distance():
    spot = [replace(point, lat=46.0, lon=14.5) for point in RUN]
    run = one(gpx(spot))
    assert run.distance_m is None
    assert run.moving_s is None
    assert run.elapsed_s == 1000
    assert [problem.code for problem in run.problems] == ["no_distance"]


def test_a_track_without_times_has_no_date_and_keeps_its_length():
    run = one(gpx([replace(point, time=None) for point in RUN]))
    assert run.start is None
    assert run.elapsed_s is None
    assert run.distance_m == pytest.approx(3000, abs=1)


def test_one_absurd_date_in_a_good_track_loses_its_time_only():
    points = [*RUN]
    points[10] = replace(points[10], time=dt.datetime(2085, 1, 1, tzinfo=dt.UTC))
    run = one(gpx(points))
    assert run.elapsed_s == 1000
    assert [problem.code for problem in run.problems] == ["absurd_date"]


def test_a_date_of_the_year_after_next_is_not_believed():
    ahead = [replace(point, time=point.time + dt.timedelta(days=800)) for point in RUN]
    assert one(gpx(ahead)).start is None


def test_a_hill_is_seen_in_climb_and_slopes():
    hill = [replace(p, altitude_m=100 + min(p.distance_m, 3000 - p.distance_m) * 0.05) for p in RUN]
    run = one(gpx(hill))
    assert run.ascent_m == pytest.approx(75, abs=3)
    assert run.descent_m == pytest.approx(75, abs=3)
    assert run.terrain.distance_by_grade_m["up"] == pytest.approx(1500, abs=100)


def test_an_xml_that_breaks_off_names_the_byte_and_keeps_the_points():
    content = gpx(RUN)
    cut = content[: len(content) // 2]
    found = read_activities("x.gpx", cut, now=NOW)
    assert abs(found.damage.offset - len(cut)) < 200
    assert "points" in found.damage.read_before
    assert found.activities[0].distance_m == pytest.approx(1500, rel=0.05)


def test_an_xml_with_entities_is_refused_before_they_unfold():
    bomb = b'<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "aaaa">]><gpx><trk><name>&a;</name></trk></gpx>'
    found = read_activities("x.gpx", bomb, now=NOW)
    assert found.activities == ()
    assert "entity" in found.damage.reason


def test_a_picture_under_a_gpx_name_is_refused_in_words():
    found = read_activities("x.gpx", b"\x89PNG\r\n\x1a\n....", now=NOW)
    assert "neither FIT, GPX nor TCX" in found.damage.sentence()


def test_an_empty_file_is_refused_in_words():
    assert "empty" in read_activities("x.fit", b"", now=NOW).damage.sentence()


@patient
@given(st.integers(0, 1000), st.binary(max_size=64))
def test_a_fit_file_cut_or_scratched_anywhere_never_raises(place, scratch):
    whole = fit(straight_run(km=0.2))
    place = min(place, len(whole))
    read_activities("x.fit", whole[:place], now=NOW)
    read_activities("x.fit", whole[:place] + scratch + whole[place + len(scratch) :], now=NOW)


@patient
@given(st.integers(0, 4000))
def test_a_gpx_file_cut_anywhere_never_raises(place):
    read_activities("x.gpx", gpx(straight_run(km=0.1))[:place], now=NOW)


def test_points_that_are_no_numbers_are_missing():
    content = gpx(RUN).replace(b'lat="46.000000000"', b'lat="here"')
    assert one(content).distance_m == pytest.approx(3000, abs=20)


def test_gzip_and_zip_give_the_same_bytes_as_the_plain_file():
    plain = gpx(RUN)
    packed = zipped({"activities/1.gpx.gz": gzip.compress(plain)})
    (member,) = members("export.zip", packed)
    assert member.content == plain
    assert member.name == "export.zip!activities/1.gpx.gz"


def test_a_garmin_export_layout_not_verified_is_read_through_its_inner_zip():
    """Published layout: DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip holds the FIT files."""
    inner = zipped({"kim_123.fit": fit(RUN), "kim_124.fit": fit(RUN)})
    outer = zipped(
        {
            "DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip": inner,
            "DI_CONNECT/DI-Connect-Fitness/kim_summarizedActivities.json": b"[]",
        }
    )
    assert [member.name.rpartition("!")[2] for member in members("export.zip", outer)] == ["kim_123.fit", "kim_124.fit"]


def test_a_strava_export_layout_not_verified_names_the_sport_of_silent_files():
    """Published layout: activities.csv with 'Activity Type' and 'Filename', files below activities/."""
    table = b"Activity ID,Activity Type,Filename\n1,Run,activities/1.gpx\n2,Ride,activities/2.gpx\n"
    export = zipped({"activities.csv": table, "activities/1.gpx": gpx(RUN, None), "activities/2.gpx": gpx(RUN, None)})
    assert [member.sport for member in members("export.zip", export)] == ["Run", "Ride"]


def test_a_gzip_that_breaks_off_is_refused_in_words():
    (member,) = members("x.gpx.gz", gzip.compress(gpx(RUN))[:-20])
    assert "cut off" in member.refused


def test_a_gzip_bomb_is_refused_before_it_fills_the_memory(monkeypatch):
    monkeypatch.setattr(archive, "MAX_UNPACKED_BYTES", 10_000)
    (member,) = members("x.gpx.gz", gzip.compress(b" " * 1_000_000))
    assert "more than" in member.refused


def test_zips_in_zips_in_zips_are_refused():
    deep = zipped({"c.zip": zipped({"b.zip": zipped({"a.fit": fit(RUN)})})})
    (member,) = members("export.zip", deep)
    assert "deep" in member.refused


@pytest.mark.parametrize(
    ("name", "taken"),
    [("a.FIT", True), ("a.gpx.gz", True), ("export.zip", True), ("a.tcx", True), ("a.csv", False), ("._a.fit", False)],
)
def test_a_folder_import_looks_at_activity_files_only(name, taken):
    assert looks_like_activity(name) is taken


def test_metres_per_degree_of_the_helper_is_that_of_the_sphere():
    assert pytest.approx(2 * 3.141592653589793 * 6_371_008.8 / 360, abs=0.01) == METRES_PER_DEGREE
