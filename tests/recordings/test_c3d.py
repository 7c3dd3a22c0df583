"""C3D files, made by hand and recorded."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from gerdy.errors import MissingExtra
from gerdy.recordings import read_c3d
from recordings.builders import write_c3d

GRAVITY = 9.80665


@pytest.fixture
def points():
    return 100.0 + np.arange(5 * 3 * 3, dtype=float).reshape(5, 3, 3)


def test_points_come_out_in_metres_with_time_and_labels(tmp_path, points):
    found = read_c3d(write_c3d(tmp_path / "a.c3d", points, ["A", "B", "C"], rate_hz=150))
    markers = found.data.markers
    assert markers.labels == ("A", "B", "C")
    assert markers.rate_hz == 150
    np.testing.assert_allclose(markers.xyz_m, points / 1e3, rtol=1e-6)
    np.testing.assert_allclose(markers.time_s, np.arange(5) / 150)
    assert found.problems == ()


def test_points_in_metres_stay_metres(tmp_path, points):
    found = read_c3d(write_c3d(tmp_path / "m.c3d", points / 1e3, ["A", "B", "C"], units="m"))
    np.testing.assert_allclose(found.data.markers.xyz_m, points / 1e3, rtol=1e-6)


def test_a_unit_that_is_not_stated_is_taken_as_millimetres_and_reported(tmp_path, points):
    found = read_c3d(write_c3d(tmp_path / "u.c3d", points, ["A", "B", "C"], units=""))
    assert [problem.code for problem in found.problems] == ["unit_assumed"]
    np.testing.assert_allclose(found.data.markers.xyz_m, points / 1e3, rtol=1e-6)


def test_a_missing_sample_may_be_nan_a_negative_residual_or_the_origin(tmp_path, points):
    residuals = np.zeros((5, 3))
    points[1, 0] = np.nan
    residuals[2, 1] = -1
    points[3, 2] = 0.0
    markers = read_c3d(write_c3d(tmp_path / "g.c3d", points, ["A", "B", "C"], residuals=residuals)).data.markers
    missing = np.argwhere(np.isnan(markers.xyz_m).any(axis=2)).tolist()
    assert missing == [[1, 0], [2, 1], [3, 2]]


def test_one_coordinate_that_is_zero_is_a_place_and_not_a_gap(tmp_path, points):
    points[2, 1, 0] = 0.0
    markers = read_c3d(write_c3d(tmp_path / "z.c3d", points, ["A", "B", "C"])).data.markers
    assert np.isfinite(markers.xyz_m).all()


def test_the_subject_is_dropped_from_labels(tmp_path, points):
    markers = read_c3d(write_c3d(tmp_path / "s.c3d", points, ["Anna:A", "Anna:B", "Anna:C"])).data.markers
    assert markers.labels == ("A", "B", "C")


def test_angles_of_a_model_are_not_markers(tmp_path, points):
    file = write_c3d(tmp_path / "v.c3d", points, ["A", "LHipAngles", "C"], extra={("POINT", "ANGLES"): ["LHipAngles"]})
    assert read_c3d(file).data.markers.labels == ("A", "C")


def test_analog_channels_are_kept_as_the_file_has_them(tmp_path, points):
    analog = np.arange(20.0).reshape(10, 2)
    found = read_c3d(write_c3d(tmp_path / "e.c3d", points, ["A", "B", "C"], analog=analog, analog_units=["V", "N"]))
    assert found.data.analog.units == ("V", "N")
    assert found.data.analog.rate_hz == 200
    np.testing.assert_allclose(found.data.analog.values, analog)
    assert found.data.forces is None


def test_without_ezc3d_the_refusal_says_what_to_install(tmp_path, points, monkeypatch):
    file = write_c3d(tmp_path / "a.c3d", points, ["A", "B", "C"])
    monkeypatch.setitem(__import__("sys").modules, "ezc3d", None)
    with pytest.raises(MissingExtra, match=r"pip install 'gerdy\[mocap\]'"):
        read_c3d(file)


@pytest.mark.shared
def test_volts_of_the_treadmill_become_the_runners_weight(shared_data):
    """Mean vertical force over body weight of every shared trial, against its row in the reference table."""
    with (shared_data / "rbds-running" / "expected_gait_events.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 12
    for row in rows:
        path = next((shared_data / "rbds-running").glob(f"*/{row['trial']}.c3d"))
        vertical = read_c3d(path).data.forces.force_n[:, 0, 1].mean()
        weights = (vertical - float(row["baseline_N"])) / float(row["mass_kg"]) / GRAVITY
        # The table averages whole strides, the test all samples: one stride in eighty may be cut.
        assert weights == pytest.approx(float(row["mean_vGRF_over_BW"]), abs=0.01)


@pytest.mark.shared
def test_the_point_of_force_lies_under_the_foot_on_the_belt(shared_data):
    """The file's own markers say where the foot is; nothing of ours stands between them and the plate."""
    data = read_c3d(shared_data / "rbds-running/RBDS05/RBDS05runT35.c3d").data
    loaded = data.forces.force_n[::2, 0, 1] > 400
    point = data.forces.point_m[::2, 0][loaded][:, [0, 2]]
    feet = np.stack([data.markers[f"{s}.{m}"][loaded] for s in "LR" for m in ("Heel.Bottom", "MT1", "MT5")], axis=1)
    near = np.linalg.norm(feet[:, :, [0, 2]] - point[:, None], axis=2).min(axis=1)
    assert np.percentile(near, 95) < 0.12


@pytest.mark.shared
def test_a_standing_trial_without_analog_samples_is_normal(shared_data):
    found = read_c3d(shared_data / "rbds-running/RBDS05/RBDS05static.c3d")
    assert len(found.data.markers.labels) == 48
    assert found.data.markers.xyz_m.shape == (150, 48, 3)
    assert found.data.forces is None
    assert found.problems == ()


@pytest.mark.shared
def test_overground_walking_on_two_plates_of_type_2(shared_data):
    """Counts from the file's SOURCE.md: 40 points, 1103 frames, 45 % of samples missing, plates at 2000 Hz."""
    found = read_c3d(shared_data / "opensim-core-file-quirks/walking5.c3d")
    markers, forces = found.data.markers, found.data.forces
    assert markers.xyz_m.shape == (1103, 40, 3)
    assert np.isnan(markers.xyz_m[:, :, 0]).mean() == pytest.approx(0.45, abs=0.01)
    assert forces.rate_hz == 2000
    assert forces.names == ("plate 1", "plate 2")
    # Lab z is up; plate 2 spans 0 to 0.6096 m by 0 to 1.2192 m and is stepped on once.
    step = forces.force_n[:, 1, 2] > 100
    assert forces.force_n[step, 1, 2].max() == pytest.approx(910.5, abs=0.1)
    inside = forces.point_m[step, 1]
    assert (inside[:, 0].min(), inside[:, 1].min()) > (0.0, 0.0)
    assert (inside[:, 0].max(), inside[:, 1].max()) < (0.6096, 1.2192)
    assert {problem.code for problem in found.problems} == {"plate_origin_reversed"}
