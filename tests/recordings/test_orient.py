"""Up, forward, left and right are found from the body, and impossible bodies are refused."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerdy.errors import RecordingImplausible
from gerdy.recordings import Forces, Markers, Recording, mirror, orient, read, recognise, shipped_marker_sets
from recordings.builders import BODY, standing, standing_forces, turned

RBDS = next(found for found in shipped_marker_sets() if found.name == "rbds")
AXES = [np.eye(3)[list(order)] * signs for order in permutations(range(3)) for signs in product([1.0, -1.0], repeat=3)]
MARKERS = standing()
PERSON = Recording(markers=MARKERS, forces=standing_forces(MARKERS))


def yaw(degrees):
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])


def same(found, expected):
    np.testing.assert_allclose(found.markers.xyz_m, expected.markers.xyz_m, atol=1e-12)
    np.testing.assert_allclose(found.forces.force_n, expected.forces.force_n, atol=1e-9)
    np.testing.assert_allclose(found.forces.point_m, expected.forces.point_m, atol=1e-12)
    np.testing.assert_allclose(found.forces.free_moment_nm, expected.forces.free_moment_nm, atol=1e-12)


@pytest.mark.parametrize(
    "axes",
    AXES,
    ids=lambda a: "".join("xyz"[np.argmax(np.abs(c))] if c.sum() > 0 else "XYZ"[np.argmax(np.abs(c))] for c in a.T),
)
def test_each_of_the_48_axis_conventions_is_understood_or_refused(axes):
    """Right-handed axes with an axis upwards come back the same; upside-down and mirrored ones are refused."""
    laboratory = turned(PERSON, axes)
    up = axes[:, 1]
    if up.sum() < 0:
        with pytest.raises(RecordingImplausible, match=r"upside down: the pelvis lies 0\.\d\d m below the feet"):
            orient(laboratory, RBDS)
    elif np.linalg.det(axes) < 0:
        with pytest.raises(RecordingImplausible, match="mirrored: the left ASIS lies on the right"):
            orient(laboratory, RBDS)
    else:
        found, orientation, problems = orient(laboratory, RBDS)
        same(found, PERSON)
        assert problems == ()
        assert orientation.forces_up is True
        assert orientation.up_axis == "+" + "XYZ"[int(np.argmax(up))]


def test_what_was_found_is_reported():
    _, found, _ = orient(turned(PERSON, np.array([[0, 0, -1.0], [-1, 0, 0], [0, 1, 0]])), RBDS)
    assert (found.up_axis, found.forward_axis, found.right_axis) == ("+Z", "-Y", "-X")
    # Pelvis at 1.01 m; heels and toes (means of both rays) at 0.0375 m.
    assert found.pelvis_height_m == pytest.approx(1.01 - (0.03 + 0.045) / 2, abs=0.001)
    assert found.to_json()["up_axis"] == "+Z"


@given(st.floats(-14, 14))
def test_a_small_heading_is_toe_out_and_stays(angle):
    found, orientation, _ = orient(turned(PERSON, yaw(angle)), RBDS)
    same(found, turned(PERSON, yaw(angle)))
    assert orientation.heading_kept
    assert orientation.heading_deg == pytest.approx(angle, abs=0.01)


@given(st.floats(16, 74))
def test_a_diagonal_walkway_is_turned_straight(angle):
    found, orientation, _ = orient(turned(PERSON, yaw(angle)), RBDS)
    same(found, PERSON)
    assert not orientation.heading_kept


def test_swapped_or_absent_ray_markers_do_not_turn_the_person():
    labels = [{"R.MT1": "R.MT5", "R.MT5": "R.MT1"}.get(label, label) for label in MARKERS.labels]
    _, swapped, _ = orient(Recording(Markers(tuple(labels), MARKERS.xyz_m, 100)), RBDS)
    assert swapped.heading_deg == pytest.approx(0, abs=1e-9)
    without = MARKERS.select([label for label in MARKERS.labels if label != "R.MT1"])
    _, absent, _ = orient(Recording(without), RBDS)
    assert absent.heading_deg == pytest.approx(0, abs=1e-9)


def test_forces_that_push_down_are_turned_round_and_reported():
    forces = PERSON.forces
    pushed = Forces(forces.names, -forces.force_n, forces.point_m, -forces.free_moment_nm, forces.rate_hz)
    found, orientation, problems = orient(Recording(PERSON.markers, pushed), RBDS)
    same(found, PERSON)
    assert orientation.forces_up is False
    assert [problem.code for problem in problems] == ["forces_reversed"]


def test_forces_in_other_axes_than_the_markers_are_refused():
    other = turned(PERSON, np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]])).forces
    with pytest.raises(RecordingImplausible, match="Export markers and forces in the same axes"):
        orient(Recording(PERSON.markers, other), RBDS)


def test_forces_away_from_both_feet_are_reported():
    forces = PERSON.forces
    away = replace(forces, point_m=np.add(forces.point_m, [0.0, 0.0, 1.0]))
    _, _, problems = orient(Recording(PERSON.markers, away), RBDS, file="run.c3d")
    assert [(problem.code, problem.where) for problem in problems] == [("forces_off_feet", "run.c3d")]
    # The point stands at (0.04, 1.01); the right MT5 at (0.12, 0.15) is nearest, 0.86 m away but for the sway.
    assert "Forces act 0.8" in problems[0].message


def test_forces_of_another_time_are_reported():
    late = replace(PERSON.forces, start_s=100.0)
    _, _, problems = orient(Recording(PERSON.markers, late), RBDS)
    assert [problem.code for problem in problems] == ["forces_without_markers"]


def test_the_noise_of_an_empty_plate_says_nothing_about_up():
    forces = PERSON.forces
    noise = Forces(forces.names, forces.force_n * 0 + [7, -3, 38], forces.point_m, forces.free_moment_nm, 100)
    _, orientation, problems = orient(Recording(PERSON.markers, noise), RBDS)
    assert orientation.forces_up is None
    assert problems == ()


def test_a_person_lying_down_is_refused():
    tilt = np.array([[np.cos(0.8), -np.sin(0.8), 0], [np.sin(0.8), np.cos(0.8), 0], [0, 0, 1]])
    with pytest.raises(RecordingImplausible, match="expected it above them along one axis"):
        orient(turned(PERSON, tilt), RBDS)


def test_feet_that_point_backwards_are_refused():
    labels = [label.replace("Heel.Bottom", "x").replace("MT1", "Heel.Bottom").replace("x", "MT1") for label in BODY]
    labels = [label if "MT5" not in label else f"{label}.unused" for label in labels]
    with pytest.raises(RecordingImplausible, match="toes and the front of the pelvis point in opposite directions"):
        orient(Recording(Markers(tuple(labels), MARKERS.xyz_m, 100)), RBDS)


def test_a_pelvis_never_seen_with_the_feet_is_refused():
    xyz = MARKERS.xyz_m.copy()
    xyz[::2, MARKERS.labels.index("L.ASIS")] = np.nan
    xyz[1::2, MARKERS.labels.index("L.Heel.Bottom")] = np.nan
    with pytest.raises(RecordingImplausible, match="never shows pelvis and feet in one frame"):
        orient(Recording(Markers(MARKERS.labels, xyz, 100)), RBDS)


def test_a_recording_without_markers_cannot_be_turned():
    with pytest.raises(RecordingImplausible, match="holds no markers"):
        orient(Recording(forces=PERSON.forces), RBDS, file="grf.mot")


def test_a_mirror_image_is_a_person_with_sides_exchanged():
    image = mirror(PERSON, RBDS)
    np.testing.assert_allclose(image.markers["L.ASIS"], PERSON.markers["R.ASIS"] * [1, 1, -1])
    np.testing.assert_allclose(image.forces.force_n[0, 0], [5, 600, 3])
    np.testing.assert_allclose(image.forces.point_m[0, 0], [0.04, 0, -0.01])
    # A turn about up, seen in a mirror, is the opposite turn.
    np.testing.assert_allclose(image.forces.free_moment_nm[0, 0], [0, -1.5, 0])
    found, orientation, _ = orient(image, RBDS)
    same(found, image)
    assert orientation.heading_deg == pytest.approx(0, abs=1e-9)


def test_the_mirror_image_of_the_mirror_image_is_the_person():
    twice = mirror(mirror(PERSON, RBDS), RBDS)
    assert twice.markers.labels == PERSON.markers.labels
    same(twice, PERSON)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "up", "forward", "right"),
    [
        ("rbds-running/RBDS05/RBDS05runT35.c3d", "+Y", "+X", "+Z"),
        ("rbds-running/RBDS05/RBDS05static.c3d", "+Y", "+X", "+Z"),
        ("opensim-rajagopal-run/motion_capture_run.trc", "+Y", "+X", "+Z"),
        ("opensim-rajagopal-run/static_run.trc", "+Y", "+Z", "-X"),
    ],
)
def test_real_laboratories(shared_data, file, up, forward, right):
    """RBDS: Y up, X the running direction, Z to the side (SOURCE.md); the static trial of Rajagopal faces Z."""
    data = read(shared_data / file).data
    _, found, problems = orient(data, recognise(data.markers.labels), file=file)
    assert (found.up_axis, found.forward_axis, found.right_axis) == (up, forward, right)
    assert problems == ()
