"""Force plates against a hand calculation, for every type that is read.

One push is worked out by hand. Laboratory: z up. The runner stands 0.10 m along x and 0.05 m along y from the middle
of a plate at (1, 2, 0) m; the ground pushes with (30, -20, 700) N and turns the foot by 4 N·m about up.
The plate's axes are x = lab x, y = -lab y, z = -lab z, so in plate axes F = (30, 20, -700) N at p = (0.10, -0.05, 0) m,
and about the middle of the surface M = p × F + (0, 0, -4) = (35, 70, -0.5) N·m.
"""

from __future__ import annotations

import numpy as np
import pytest

from gerdy.recordings import read_c3d
from gerdy.recordings.plates import Plate, plate_reaction
from recordings.builders import write_c3d

MIDDLE = np.array([1.0, 2.0, 0.0])
CORNERS = MIDDLE + np.array([[0.3, -0.2, 0], [-0.3, -0.2, 0], [-0.3, 0.2, 0], [0.3, 0.2, 0]])
FORCE, POINT, FREE = [30, -20, 700], np.add(MIDDLE, [0.10, 0.05, 0]), [0, 0, 4]

# r = (0.01, 0.02, -0.04) m from the sensors to the surface adds r × F = (-13.2, 5.8, -0.4) N·m.
SIX_ORIGIN = np.array([0.01, 0.02, -0.04])
SIX = np.array([30, 20, -700, 21.8, 75.8, -0.9])

# 10 N of Fx leak from each volt of the third channel: 500 V1 + 10 (-0.7) = 30.
CALIBRATION = np.diag([500.0, 500, 1000, 800, 250, 400])
CALIBRATION[0, 2] = 10.0
VOLTS = np.array([0.074, 0.04, -0.7, 0.02725, 0.3032, -0.00225])

# Sensors 0.05 m deep at ±0.12, ±0.20 m: M' = M - F × (0, 0, -0.05) = (36, 68.5, -0.5) N·m, shared out among
# fx12, fx34, fy14, fy23 and fz1 … fz4 by the maker's sums.
EIGHT_ORIGIN = np.array([0.12, 0.20, -0.05])
EIGHT = np.array([15, 15, 95 / 12, 145 / 12, -230, -30, -415 / 12, -4865 / 12])

CASES = [
    pytest.param(Plate(2, CORNERS, SIX_ORIGIN, np.eye(6)), SIX, id="type 2"),
    pytest.param(Plate(3, CORNERS, EIGHT_ORIGIN, np.eye(6)), EIGHT, id="type 3"),
    pytest.param(Plate(4, CORNERS, SIX_ORIGIN, CALIBRATION), VOLTS, id="type 4"),
]


@pytest.mark.parametrize(("plate", "channels"), CASES)
def test_channels_become_the_push_worked_out_by_hand(plate, channels):
    force, point, free = plate_reaction(plate, channels[None], point_force_n=10.0)
    np.testing.assert_allclose(force[0], FORCE, atol=1e-9)
    np.testing.assert_allclose(point[0], POINT, atol=1e-9)
    np.testing.assert_allclose(free[0], FREE, atol=1e-9)


@pytest.mark.parametrize(("plate", "channels"), CASES)
def test_a_plate_that_hardly_feels_anything_has_no_point(plate, channels):
    force, point, free = plate_reaction(plate, channels[None] / 100, point_force_n=10.0)
    np.testing.assert_allclose(force[0], np.array(FORCE) / 100, atol=1e-9)
    assert np.isnan(point).all()
    assert (free == 0).all()


def _group(kind, origin_m, channels):
    return {
        "USED": [1],
        "TYPE": [kind],
        "CORNERS": (CORNERS.T * 1e3)[:, :, None],
        "ORIGIN": (origin_m * 1e3)[:, None],
        "CHANNEL": np.arange(1, channels + 1)[:, None],
        "ZERO": [0, 0],
    }


MILLI = np.array([1, 1, 1, 1e3, 1e3, 1e3])
FILES = [
    pytest.param(_group(2, SIX_ORIGIN, 6), SIX * MILLI, ["N"] * 3 + ["Nmm"] * 3, id="type 2 in N·mm"),
    pytest.param(_group(2, SIX_ORIGIN, 6), SIX, ["N"] * 3 + ["Nm"] * 3, id="type 2 in N·m"),
    pytest.param(_group(2, -SIX_ORIGIN, 6), SIX * MILLI, ["N"] * 3 + ["Nmm"] * 3, id="type 2, origin reversed"),
    pytest.param(_group(3, EIGHT_ORIGIN, 8), EIGHT, ["N"] * 8, id="type 3"),
    pytest.param(_group(3, EIGHT_ORIGIN * [1, 1, -1], 8), EIGHT, ["N"] * 8, id="type 3, depth positive"),
    pytest.param(
        _group(4, SIX_ORIGIN, 6) | {"CAL_MATRIX": (CALIBRATION * MILLI[:, None])[:, :, None]},
        VOLTS,
        ["N"] * 3 + ["Nmm"] * 3,
        id="type 4, volts that call themselves newtons",
    ),
]


@pytest.mark.parametrize(("plates", "channels", "units"), FILES)
def test_a_c3d_with_that_push_gives_it_back(tmp_path, plates, channels, units):
    analog = np.tile(channels, (8, 1))
    file = write_c3d(
        tmp_path / "push.c3d", np.full((4, 1, 3), 50.0), ["A"], analog=analog, analog_units=units, plates=plates
    )
    forces = read_c3d(file).data.forces
    assert forces.names == ("plate 1",)
    assert forces.rate_hz == 200.0
    np.testing.assert_allclose(forces.force_n[:, 0], np.tile(FORCE, (8, 1)), atol=1e-3)
    np.testing.assert_allclose(forces.point_m[:, 0], np.tile(POINT, (8, 1)), atol=1e-5)
    np.testing.assert_allclose(forces.free_moment_nm[:, 0], np.tile(FREE, (8, 1)), atol=1e-3)


def test_an_origin_above_the_surface_is_reversed_and_reported(tmp_path):
    analog = np.tile(SIX * MILLI, (4, 1))
    plates = _group(2, -SIX_ORIGIN, 6)
    file = write_c3d(tmp_path / "up.c3d", np.full((4, 1, 3), 50.0), ["A"], analog=analog, plates=plates)
    assert [problem.code for problem in read_c3d(file).problems] == ["plate_origin_reversed"]


def test_a_plate_of_another_type_is_left_out_and_reported(tmp_path):
    analog = np.tile(SIX, (4, 1))
    file = write_c3d(
        tmp_path / "six.c3d", np.full((4, 1, 3), 50.0), ["A"], analog=analog, plates=_group(6, SIX_ORIGIN, 6)
    )
    found = read_c3d(file)
    assert found.data.forces is None
    assert [problem.code for problem in found.problems] == ["plate_unreadable"]
    assert "type 6; types 2, 3 and 4 can be read" in found.problems[0].message


def test_a_type_4_plate_without_its_calibration_is_left_out(tmp_path):
    analog = np.tile(VOLTS, (4, 1))
    file = write_c3d(
        tmp_path / "bare.c3d", np.full((4, 1, 3), 50.0), ["A"], analog=analog, plates=_group(4, SIX_ORIGIN, 6)
    )
    found = read_c3d(file)
    assert found.data.forces is None
    assert "CAL_MATRIX" in found.problems[0].message
