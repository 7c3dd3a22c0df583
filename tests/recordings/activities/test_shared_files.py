"""Every shared activity file against what its SOURCE note and index say."""

from __future__ import annotations

import csv
from datetime import UTC, datetime

import pytest

from activity_files import NOW
from gerdy.recordings.activities import members, read_activities

pytestmark = pytest.mark.shared

HALF_A_PERCENT = 0.005
MILLISECOND = 1.0
MILLIMETRE = 1.0


@pytest.fixture(scope="session")
def read(shared_data):
    """Read the one activity file of a path below the shared folder."""

    def reader(path: str):
        (member,) = members(path, (shared_data / path).read_bytes())
        return read_activities(member.name, member.content, now=NOW)

    return reader


def test_the_fenix_2_run_has_the_length_time_and_dynamics_of_its_note(read):
    """9.0 km in 47:12, vertical oscillation 106 mm, contact 252 ms, 81 strides a minute are 162 steps."""
    (run,), _, _ = read("fit-runs/activity-small-fenix2-run.fit")
    assert run.sport == "running"
    assert run.distance_m == pytest.approx(9008.22, rel=HALF_A_PERCENT)
    assert run.elapsed_s == 47 * 60 + 12
    assert run.vertical_oscillation_mm == pytest.approx(106, abs=MILLIMETRE)
    assert run.contact_time_ms == pytest.approx(252, abs=MILLISECOND)
    assert run.cadence_spm == 162
    assert len(run.laps) == 4


def test_the_treadmill_run_keeps_pauses_and_complete_running_dynamics(read):
    """8.15 km in 45:12 of timer, elapsed longer; 66.3 mm, 263.3 ms, 974 mm, 6.66 %, 50.96 %, 92 strides a minute."""
    (run,), _, _ = read("fit-treadmill-running-dynamics/sample-garmin.fit")
    assert run.treadmill is True
    assert run.distance_m == pytest.approx(8152, rel=HALF_A_PERCENT)
    assert run.moving_s == pytest.approx(45 * 60 + 12, abs=1)
    assert run.elapsed_s > run.moving_s
    assert run.pauses_s
    assert run.cadence_spm == pytest.approx(2 * 92.43, abs=0.1)
    assert run.contact_time_ms == pytest.approx(263.3)
    assert run.vertical_oscillation_mm == pytest.approx(66.3)
    assert run.extra["step_length"] == 974
    assert run.extra["vertical_ratio"] == 6.66
    assert run.extra["stance_time_balance"] == 50.96
    assert len(run.laps) == 9


def test_the_stryd_run_keeps_its_developer_fields_and_leaves_the_zeros_of_pauses_out(read):
    """6.75 km in 57:04; contact time holds zeros and up to 410 ms, so its mean lies between a sprint and a walk."""
    (run,), _, _ = read("fit-runs/developer-types-sample.fit")
    assert run.distance_m == pytest.approx(6754, rel=HALF_A_PERCENT)
    assert run.elapsed_s == 57 * 60 + 4
    assert run.cadence_spm == 148
    assert set(run.extra["developer"]) == {"Form Power", "Leg Spring Stiffness", "Distance", "Speed"}
    assert run.extra["developer"]["Form Power"]["unit"] == "Watts"
    assert run.extra["power"] == 218
    assert 200 < run.contact_time_ms < 410


def test_time_stamps_relative_to_power_on_are_no_dates(read):
    """10.25 km, 11 laps, stamps such as 17217864; the activity message mentions 12:21:03 as local end."""
    (run,), _, _ = read("fit-runs/compressed-speed-distance.fit")
    assert run.start is None
    assert run.start_hint == "2012-02-13T11:16"
    assert run.distance_m == pytest.approx(10_250, rel=HALF_A_PERCENT)
    assert run.elapsed_s == pytest.approx(3883.3, abs=0.1)
    assert len(run.laps) == 11
    assert [problem.code for problem in run.problems] == ["relative_time"]


@pytest.mark.parametrize(
    ("path", "sport"),
    [
        ("fit-runs/garmin-fenix-5-bike.fit", "cycling"),
        ("fit-runs/20170518-191602-1740899583.fit", "rowing"),
        ("tcx-gpx-other/broken5.gpx", "cycling"),
        ("tcx-gpx-other/walking_activity_1.tcx", "other"),
        ("training-history-gpx/not_runs/ride.gpx.gz", "cycling"),
        ("training-history-gpx/not_runs/walk.gpx.gz", "walking"),
        ("training-history-gpx/not_runs/hiking.gpx.gz", "hiking"),
        ("training-history-gpx/not_runs/empty_walk1.gpx", "walking"),
        ("tcx-gpx-other/broken1.gpx", "unknown"),
    ],
)
def test_rides_rows_and_walks_are_named_as_what_they_are(read, path, sport):
    (activity,), _, _ = read(path)
    assert activity.sport == sport


@pytest.mark.parametrize(
    ("path", "offset", "records"),
    [
        ("fit-runs-broken-real/nick.fit", 403_456, "14391 records"),
        ("fit-runs-broken-real/strava-android-app-201.10-b1218918.fit", 7471, "473 records"),
        ("fit-runs-broken-real/activity-settings-nodata.fit", 784, "14 records"),
        ("fit-runs/invalid/activity-filecrc.fit", 769, "14 records"),
        ("fit-runs/invalid/activity-unexpected-eof.fit", 768, "14 records"),
        ("fit-runs/invalid/activity-settings-corruptheader.fit", 771, "14 records"),
    ],
)
def test_a_damaged_file_names_the_byte_and_what_was_read_before_it(read, path, offset, records):
    """Offsets and counts of the SOURCE notes and of fitdecode's own messages."""
    found = read(path)
    assert found.damage.offset == offset
    assert records in found.damage.read_before
    assert found.activities


def test_the_ride_that_stops_before_its_end_is_still_113_km(read):
    (ride,), _, _ = read("fit-runs-broken-real/nick.fit")
    assert ride.sport == "cycling"
    assert ride.distance_m == pytest.approx(113_550, rel=HALF_A_PERCENT)


def test_a_record_of_the_year_2085_does_not_stretch_the_run(read):
    (run,), _, _ = read("fit-runs-broken-real/strava-android-app-201.10-b1218918.fit")
    assert run.start == datetime(2021, 9, 27, 14, 13, 10, tzinfo=UTC)
    assert run.elapsed_s == 3558
    assert any("2085" in problem.message for problem in run.problems)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_dates_of_the_eighth_millennium_leave_the_run_undated_and_keep_its_length(read, number):
    (run,), _, _ = read(f"training-history-gpx/bad_timestamps/bad{number}.gpx.gz")
    assert run.start is None
    assert run.distance_m > 2000
    assert 800 < run.elapsed_s < 10_000


def test_a_byte_order_mark_and_a_missing_name_space_are_no_obstacle(read):
    (activity,), _, _ = read("tcx-gpx-other/broken1.gpx")
    assert activity.start == datetime(2018, 6, 26, 9, 6, 55, tzinfo=UTC)


def test_the_walk_is_3_99_km_in_75_minutes(read):
    (walk,), _, _ = read("tcx-gpx-other/walking_activity_1.tcx")
    assert walk.distance_m == pytest.approx(3990, rel=HALF_A_PERCENT)
    assert walk.elapsed_s == pytest.approx(75 * 60, abs=30)


def test_every_run_of_the_year_has_the_length_start_and_duration_of_the_index(shared_data):
    """143 runs; straight lines between all points, no smoothing; three stand still and have no distance."""
    folder = shared_data / "training-history-gpx"
    rows = list(csv.DictReader((folder / "index.csv").read_text().splitlines()))
    without = []
    for row in rows:
        (member,) = members(row["file"], (folder / row["file"]).read_bytes())
        (run,), _, _ = read_activities(member.name, member.content, now=NOW)
        assert run.start == datetime.fromisoformat(row["first_time_utc"])
        assert run.elapsed_s == pytest.approx(float(row["elapsed_s"]), abs=0.06)
        if run.distance_m is None:
            without.append(row)
        else:
            assert run.distance_m == pytest.approx(float(row["distance_m"]), rel=HALF_A_PERCENT)
    assert len(rows) == 143
    assert [row["distance_m"] for row in without] == ["0", "0", "0"]
