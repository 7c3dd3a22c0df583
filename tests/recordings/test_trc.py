"""TRC files in all their dialects."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gerdy.errors import FileUnreadable, OutputBlocked
from gerdy.recordings import Markers, read_trc, write_trc

HEAD = "PathFileType\t4\t(X/Y/Z)\ta.trc\n"
KEYS = "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames\n"
NAMES = "Frame#\tTime\tA\t\t\tB\t\t\n\t\tX1\tY1\tZ1\tX2\tY2\tZ2\n\n"
ROWS = ("1\t0.00\t1\t2\t3\t4\t5\t6", "2\t0.01\t7\t8\t9\t10\t11\t12", "3\t0.02\t1\t1\t1\t2\t2\t2")


def write(path, rows=ROWS, values="100\t100\t3\t2\tmm\t100\t1\t3\n", names=NAMES, end="\n"):
    path.write_bytes((HEAD + KEYS + values + names + "\n".join(rows) + "\n").replace("\n", end).encode())
    return path


def test_the_plain_form(tmp_path):
    markers = read_trc(write(tmp_path / "a.trc")).data.markers
    assert markers.labels == ("A", "B")
    assert markers.rate_hz == 100
    np.testing.assert_allclose(markers["A"], [[0.001, 0.002, 0.003], [0.007, 0.008, 0.009], [0.001, 0.001, 0.001]])


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"end": "\r\n"}, id="line ends of Windows"),
        pytest.param({"end": "\r"}, id="line ends of old Macs"),
        pytest.param({"rows": tuple(f"{row}\t\t" for row in ROWS)}, id="tabs after the last cell"),
        pytest.param({"rows": tuple(row.replace("\t", "\t\t") for row in ROWS)}, id="every tab doubled"),
        pytest.param({"rows": tuple(row.replace("\t", "\t   ") for row in ROWS)}, id="blanks before numbers"),
        pytest.param({"rows": tuple(row.replace("\t", "  \t") for row in ROWS)}, id="blanks after numbers"),
        pytest.param({"rows": tuple(row.replace("\t", "  ") for row in ROWS)}, id="blanks instead of tabs"),
        pytest.param({"rows": (*ROWS, "", "  ")}, id="blank lines at the end"),
        pytest.param({"values": "100\t\t100\t\t3\t\t2\t\tmm\t100\t1\t3\n"}, id="doubled tabs in the header"),
        pytest.param({"values": " 100.0 \t 100.0 \t 3 \t 2 \t mm \t 100.0\t 1\t 3\n"}, id="blanks in the header"),
        pytest.param({"names": NAMES.replace("\n\n", "\n\t\t\t\n")}, id="a row of tabs before the numbers"),
        pytest.param({"names": NAMES.removesuffix("\n")}, id="no blank row before the numbers"),
    ],
)
def test_dialects_say_the_same(tmp_path, change):
    plain = read_trc(write(tmp_path / "a.trc"))
    other = read_trc(write(tmp_path / "b.trc", **change))
    np.testing.assert_array_equal(other.data.markers.xyz_m, plain.data.markers.xyz_m)
    assert other.data.markers.labels == plain.data.markers.labels
    assert other.problems == ()


@pytest.mark.parametrize("word", ["nan", "NaN", "NAN", "nAn", "", "   ", "-NaN", "1.#QNAN"])
def test_a_cell_without_a_number_is_a_missing_marker(tmp_path, word):
    rows = (ROWS[0], f"2\t0.01\t{word}\t{word}\t{word}\t10\t11\t12", ROWS[2])
    markers = read_trc(write(tmp_path / "a.trc", rows)).data.markers
    assert np.isnan(markers["A"][1]).all()
    assert np.isfinite(markers["B"]).all()


def test_blank_cells_at_the_end_of_a_row_may_be_left_out(tmp_path):
    markers = read_trc(write(tmp_path / "a.trc", (ROWS[0], "2\t0.01\t7\t8\t9", ROWS[2]))).data.markers
    assert np.isnan(markers["B"][1]).all()
    assert np.isfinite(markers["A"]).all()


def test_the_point_zero_is_a_missing_marker(tmp_path):
    markers = read_trc(write(tmp_path / "a.trc", (ROWS[0], "2\t0.01\t0\t0\t0\t10\t11\t12", ROWS[2]))).data.markers
    assert np.isnan(markers["A"][1]).all()


def test_exponents_are_numbers(tmp_path):
    markers = read_trc(write(tmp_path / "a.trc", ("1\t0.00\t-2.73E-01\t7.46e+2\t1E0\t4\t5\t6", *ROWS[1:]))).data.markers
    np.testing.assert_allclose(markers["A"][0], [-0.000273, 0.746, 0.001])


@pytest.mark.parametrize(("unit", "factor"), [("m", 1.0), ("cm", 0.01), ("MM", 0.001)])
def test_units_are_honoured(tmp_path, unit, factor):
    markers = read_trc(write(tmp_path / "a.trc", values=f"100\t100\t3\t2\t{unit}\t100\t1\t3\n")).data.markers
    np.testing.assert_allclose(markers["A"][0], np.array([1, 2, 3]) * factor)


def test_a_wrong_rate_in_the_header_gives_way_to_the_time_column(tmp_path):
    found = read_trc(write(tmp_path / "a.trc", values="24000\t24000\t3\t2\tmm\t100\t1\t3\n"))
    assert found.data.markers.rate_hz == 100
    assert [problem.code for problem in found.problems] == ["rate_differs"]


def test_a_frame_that_was_dropped_comes_back_as_missing(tmp_path):
    rows = (*ROWS[:2], "4\t0.03\t1\t1\t1\t2\t2\t2")
    found = read_trc(write(tmp_path / "a.trc", rows))
    assert found.data.markers.xyz_m.shape == (4, 2, 3)
    assert np.isnan(found.data.markers.xyz_m[2]).all()
    assert [problem.code for problem in found.problems] == ["frames_dropped"]


def test_more_rows_than_promised_are_read_and_reported(tmp_path):
    found = read_trc(write(tmp_path / "a.trc", values="100\t100\t2\t2\tmm\t100\t1\t2\n"))
    assert len(found.data.markers.xyz_m) == 3
    assert [problem.code for problem in found.problems] == ["frame_count_differs"]


def test_a_label_used_twice_names_two_markers(tmp_path):
    markers = read_trc(write(tmp_path / "a.trc", names=NAMES.replace("B", "A"))).data.markers
    assert markers.labels == ("A", "A (2)")
    np.testing.assert_allclose(markers["A (2)"][0], [0.004, 0.005, 0.006])


def test_names_that_do_not_add_up_are_refused(tmp_path):
    with pytest.raises(FileUnreadable, match="promises 3 markers and names 2 in line 4"):
        read_trc(write(tmp_path / "a.trc", values="100\t100\t3\t3\tmm\t100\t1\t3\n"))


coordinates = st.floats(-10, 10).map(lambda x: x if abs(x) > 1e-3 else 1e-3)


@given(
    xyz=arrays(float, (4, 3, 3), elements=coordinates), gap=st.integers(0, 11), rate=st.sampled_from([60, 119.88, 250])
)
def test_what_is_written_is_read_back_to_the_micrometre(tmp_path_factory, xyz, gap, rate):
    xyz[gap // 3, gap % 3] = np.nan
    written = Markers(("L.A", "B 2", "C"), xyz, rate, 1.5)
    path = tmp_path_factory.mktemp("trc") / "a.trc"
    write_trc(path, written)
    found = read_trc(path).data.markers
    assert found.labels == written.labels
    assert found.rate_hz == pytest.approx(rate)
    assert found.start_s == 1.5
    np.testing.assert_allclose(found.xyz_m, xyz, atol=1e-9)


def test_a_folder_that_is_not_there_blocks_the_output_and_leaves_nothing(tmp_path):
    markers = Markers(("A",), np.ones((2, 1, 3)), 100)
    with pytest.raises(OutputBlocked, match=r"nowhere.*cannot be written"):
        write_trc(tmp_path / "nowhere" / "a.trc", markers)
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_fails_leaves_the_old_file_whole(tmp_path, monkeypatch):
    path = write(tmp_path / "a.trc")
    before = path.read_bytes()

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_text", full)
    with pytest.raises(OutputBlocked, match="No space left on device"):
        write_trc(path, Markers(("A",), np.ones((2, 1, 3)), 100))
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["a.trc"]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "frames", "markers", "rate"),
    [
        ("opensim-rajagopal-run/motion_capture_run.trc", 510, 42, 100),
        ("opensim-rajagopal-run/motion_capture_walk.trc", 238, 41, 100),
        ("opensim-rajagopal-run/static_run.trc", 397, 64, 100),
        ("opensim-itb-ligament-models/overground_17.trc", 515, 40, 200),
        ("opensim-core-file-quirks/dataWithNaNsOfDifferentCases.trc", 5, 14, 250),
        ("opensim-core-file-quirks/dataWithEformat.trc", 5, 14, 119.88012),
    ],
)
def test_real_files_give_the_counts_in_their_headers(shared_data, file, frames, markers, rate):
    found = read_trc(shared_data / file)
    assert found.data.markers.xyz_m.shape == (frames, markers, 3)
    assert found.data.markers.rate_hz == pytest.approx(rate)
    assert found.problems == ()


@pytest.mark.shared
def test_the_nan_of_any_case_blanks_exactly_one_marker(shared_data):
    markers = read_trc(shared_data / "opensim-core-file-quirks/dataWithNaNsOfDifferentCases.trc").data.markers
    gone = np.isnan(markers.xyz_m).any(axis=2)
    assert gone[:, markers.labels.index("thigh")].all()
    assert gone.sum() == 5


@pytest.mark.shared
def test_the_first_cells_of_a_real_file_are_the_ones_printed_in_it(shared_data):
    """First row of motion_capture_run.trc: 0.230000 s, LPSI 878.948715 1067.420124 -433.885912 mm."""
    markers = read_trc(shared_data / "opensim-rajagopal-run/motion_capture_run.trc").data.markers
    assert markers.start_s == 0.23
    np.testing.assert_allclose(markers["LPSI"][0], [0.878948715, 1.067420124, -0.433885912], rtol=1e-12)
