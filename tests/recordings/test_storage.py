"""MOT and STO files: coordinates and ground reactions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gerdy.errors import FileUnreadable, OutputBlocked
from gerdy.recordings import Coordinates, Forces, read_storage, write_coordinates, write_forces
from gerdy.recordings.force_columns import find_plates

NEW = "name\nversion=1\nnRows=2\nnColumns=3\ninDegrees={degrees}\nendheader\n"
OLD = "name a.mot\t\t\ndatacolumns 3\t\t\ndatarows 2\t\t\nrange 0.0 0.1\t\t\nendheader\t\t\n"
BLANK = "a.mot\nversion=3\nnRows 2\nnColumns  3\ninDegrees=no\nendheader\n"
ANGLES = "time\thip_flexion_r\tpelvis_tx\n0.0\t90\t0.5\n0.1\t45\t0.6\n"


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def forces_text(
    stem="ground_force_r_", torque="ground_torque_r_", rows=("0 1 800 3 0.1 0 0.2 0 5 0", "0.001" + " 0" * 9)
):
    names = [f"{stem}{kind}{axis}" for kind in "vp" for axis in "xyz"] + [f"{torque}{axis}" for axis in "xyz"]
    head = f"x\nversion=1\nnRows={len(rows)}\nnColumns=10\ninDegrees=no\nendheader\n"
    return head + "\t".join(["time", *names]) + "\n" + "".join(row.replace(" ", "\t") + "\n" for row in rows)


@pytest.mark.parametrize(
    ("head", "in_radians"),
    [
        pytest.param(NEW.format(degrees="yes"), np.pi / 2, id="degrees"),
        pytest.param(NEW.format(degrees="no"), 90.0, id="radians"),
        pytest.param(NEW.format(degrees="Yes").replace("nRows", "NROWS"), np.pi / 2, id="any case"),
        pytest.param(OLD, np.pi / 2, id="no version: degrees, as OpenSim 4.6 takes it"),
        pytest.param(BLANK, 90.0, id="a blank instead of an equals sign"),
    ],
)
def test_angles_arrive_in_radians_and_lengths_in_metres(tmp_path, head, in_radians):
    found = read_storage(write(tmp_path / "a.mot", head + ANGLES)).data.coordinates
    assert found.names == ("hip_flexion_r", "pelvis_tx")
    assert found.values[0, 0] == pytest.approx(in_radians)
    np.testing.assert_allclose(found.values[:, 1], [0.5, 0.6])


def test_angles_of_90_that_call_themselves_radians_are_doubted_aloud(tmp_path):
    found = read_storage(write(tmp_path / "a.mot", NEW.format(degrees="no") + ANGLES))
    assert [problem.code for problem in found.problems] == ["angle_unit_doubtful"]


def test_names_of_states_are_shortened_and_speeds_left_out(tmp_path):
    table = "time\t/jointset/hip_r/hip_flexion_r/value\t/jointset/hip_r/hip_flexion_r/speed\n0\t1\t2\n0.1\t1\t2\n"
    found = read_storage(write(tmp_path / "a.sto", NEW.format(degrees="no") + table)).data.coordinates
    assert found.names == ("hip_flexion_r",)
    np.testing.assert_array_equal(found.values, [[1], [1]])


@pytest.mark.parametrize(
    ("stem", "torque", "name"),
    [
        ("ground_force_r_", "ground_torque_r_", "right"),
        ("L_ground_force_", "L_ground_torque_", "left"),
        ("ground_force_calcn_l_", "ground_torque_calcn_l_", "left"),
        ("ground_force_right_", "ground_moment_right_m", "right"),
        ("ground_force_1_", "ground_torque_1_", "plate 1"),
        ("ground_force_", "ground_torque_", "plate 1"),
    ],
)
def test_column_names_tell_the_foot_or_the_plate(tmp_path, stem, torque, name):
    forces = read_storage(write(tmp_path / "f.mot", forces_text(stem, torque))).data.forces
    assert forces.names == (name,)
    assert forces.rate_hz == 1000
    np.testing.assert_allclose(forces.force_n[0, 0], [1, 800, 3])
    np.testing.assert_allclose(forces.point_m[0, 0], [0.1, 0, 0.2])
    np.testing.assert_allclose(forces.free_moment_nm[0, 0], [0, 5, 0])
    assert np.isnan(forces.point_m[1, 0]).all()


def test_two_entries_for_one_foot_are_numbered():
    names = [f"ground_force_{i}_r_{kind}{axis}" for i in (1, 2) for kind in "vp" for axis in "xyz"]
    assert [plate.name for plate in find_plates(["time", *names])] == ["plate 1", "plate 2"]


def test_points_in_millimetres_are_recognised_where_there_is_force(tmp_path):
    rows = ("0 1 800 3 1500 0 -200 0 5000 0", "0.001 1 790 3 1510 0 -201 0 5000 0")
    found = read_storage(write(tmp_path / "f.mot", forces_text(rows=rows)))
    assert [problem.code for problem in found.problems] == ["points_in_millimetres"]
    np.testing.assert_allclose(found.data.forces.point_m[0, 0], [1.5, 0, -0.2])
    np.testing.assert_allclose(found.data.forces.free_moment_nm[0, 0], [0, 5, 0])


def test_a_far_point_without_force_means_nothing(tmp_path):
    rows = ("0 1 800 3 1.5 0 -0.2 0 5 0", "0.001 0 0 0 346 0 96 0 0 0")
    found = read_storage(write(tmp_path / "f.mot", forces_text(rows=rows)))
    assert found.problems == ()
    np.testing.assert_allclose(found.data.forces.point_m[0, 0], [1.5, 0, -0.2])
    assert np.isnan(found.data.forces.point_m[1]).all()


def test_a_blank_force_is_refused_because_it_is_not_zero(tmp_path):
    rows = ("0 1 800 3 0.1 0 0.2 0 5 0", "0.001 nan 0 0 0 0 0 0 0 0")
    with pytest.raises(FileUnreadable, match="a force is missing in row 2"):
        read_storage(write(tmp_path / "f.mot", forces_text(rows=rows)))


def test_muscle_activations_are_neither_coordinates_nor_forces(tmp_path):
    text = NEW.format(degrees="no") + "time\tsoleus_r\ttfl_r\n0\t0.1\t0.2\n0.1\t0.1\t0.2\n"
    with pytest.raises(FileUnreadable, match=r"neither joint coordinates nor ground reactions \(its columns: soleus_r"):
        read_storage(write(tmp_path / "a.sto", text))


@given(values=arrays(float, (3, 2), elements=st.floats(-3, 3)), start=st.floats(0, 100))
def test_coordinates_are_written_and_read_back(tmp_path_factory, values, start):
    written = Coordinates(("hip_adduction_r", "pelvis_ty"), values, start + np.array([0.0, 0.01, 0.02]))
    path = tmp_path_factory.mktemp("mot") / "a.mot"
    write_coordinates(path, written)
    found = read_storage(path).data.coordinates
    assert found.names == written.names
    np.testing.assert_allclose(found.values, written.values, atol=1e-8)
    np.testing.assert_allclose(found.time_s, written.time_s, rtol=1e-8)


def test_forces_are_written_and_read_back_with_their_missing_points(tmp_path):
    force = np.array([[[1.0, 800, 3], [0, 0, 0]], [[2.0, 805, 4], [0, 600, 1]]])
    point = np.array([[[0.1, 0, 0.2], [np.nan] * 3], [[0.11, 0, 0.2], [0.5, 0, -0.1]]])
    written = Forces(("right", "plate 2"), force, point, np.zeros_like(force) + 0.5, 500.0, 2.0)
    write_forces(tmp_path / "f.mot", written)
    found = read_storage(tmp_path / "f.mot").data.forces
    assert found.names == written.names
    assert (found.rate_hz, found.start_s) == (500, 2)
    np.testing.assert_allclose(found.force_n, force)
    np.testing.assert_allclose(found.point_m, point)
    np.testing.assert_allclose(found.free_moment_nm, 0.5)


def test_a_blocked_folder_is_said_in_one_sentence(tmp_path):
    with pytest.raises(OutputBlocked, match="expected a folder that exists"):
        write_coordinates(tmp_path / "no" / "a.mot", Coordinates(("hip_flexion_r",), np.zeros((2, 1)), np.arange(2.0)))


@pytest.mark.shared
def test_the_running_forces_of_the_old_header(shared_data):
    """First row printed in grf_run.mot: 0.23 s, right -91.735275 1194.667969 54.175838 N at 1.105542 0 -0.332055 m."""
    found = read_storage(shared_data / "opensim-rajagopal-run/grf_run.mot")
    forces = found.data.forces
    assert forces.names == ("right", "left")
    assert (forces.rate_hz, forces.start_s, len(forces.force_n)) == (1000, 0.23, 5091)
    np.testing.assert_array_equal(forces.force_n[0, 0], [-91.735275, 1194.667969, 54.175838])
    np.testing.assert_array_equal(forces.point_m[0, 0], [1.105542, 0, -0.332055])
    np.testing.assert_array_equal(forces.free_moment_nm[0, 0], [0, -12.310616, 0])
    assert found.problems == ()


@pytest.mark.shared
def test_the_walking_forces_have_points_in_metres_while_there_is_force(shared_data):
    """Its large points (346, -503) stand in rows without force; under load they stay within 2.1 m."""
    found = read_storage(shared_data / "opensim-rajagopal-run/grf_walk.mot")
    assert found.problems == ()
    assert np.nanmax(np.abs(found.data.forces.point_m)) < 2.1


@pytest.mark.shared
def test_the_header_with_a_blank_and_version_3(shared_data):
    found = read_storage(shared_data / "opensim-itb-ligament-models/overground_17_grf.mot")
    assert found.data.forces.names == ("plate 1", "plate 2", "plate 3")
    assert found.data.forces.rate_hz == 2000
    # Its last step is twice as long as the others: 5150 rows stand on 5151 places.
    assert len(found.data.forces.force_n) == 5151
    assert [problem.code for problem in found.problems] == ["frames_dropped"]
