"""A whole film at once: the view, the roll, the gate, and measures against the same runner's motion capture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gerdy.errors import FootageRefused
from gerdy.motion.film.activity import recognise_activity
from gerdy.motion.film.course import course
from gerdy.motion.film.film_study import Asked, study_film
from gerdy.motion.film.gate import Light
from gerdy.motion.film.measure import standing_error_deg
from gerdy.motion.film.stride_measures import ERRORS
from gerdy.motion.film.view import recognise_view
from gerdy.quantities import SIDES
from motion.film.figure import Figure, film, joints_of
from motion.film.virtual import REPORTED_ON, filmed, runner

DEGREE = 1.0
COMPARED = {
    "side": ("knee_flexion_contact_deg", "knee_flexion_peak_deg", "knee_flexion_mid_stance_deg"),
    "rear": (
        "contralateral_pelvic_drop_mid_stance_deg",
        "hip_adduction_mid_stance_deg",
        "contralateral_pelvic_drop_peak_deg",
        "hip_adduction_peak_deg",
    ),
}
"""Measures that mean the same in a film and in motion capture. Trunk markers were not recorded."""


@pytest.mark.parametrize("turn", [-15.0, 0.0, 15.0])
@pytest.mark.parametrize(
    ("view", "facing"), [("side", "left"), ("side", "right"), ("rear", "right"), ("front", "right")]
)
def test_the_view_is_told_from_the_picture(view, facing, turn):
    points = film(joints_of(Figure(thigh_forward=20.0)), view, facing=facing, yaw_deg=turn)
    seen = recognise_view(points)

    assert seen.view == view
    if view == "side":
        assert seen.facing == facing
        assert seen.near == facing


def test_a_camera_half_way_between_side_and_rear_is_oblique():
    assert recognise_view(film(joints_of(Figure()), "side", yaw_deg=45.0)).view == "oblique"


def test_a_mirrored_film_is_seen_from_the_same_view_with_the_other_leg_near():
    points = film(joints_of(Figure()), "side", facing="left")

    assert recognise_view(points.mirrored()).near == "right"
    assert recognise_view(film(joints_of(Figure()), "rear").mirrored()).view == "rear"


@pytest.mark.shared
@pytest.mark.parametrize("trial", REPORTED_ON)
@pytest.mark.parametrize("view", ["side", "rear"])
def test_measures_of_a_virtual_film_agree_with_motion_capture_within_twice_their_error(trial, view):
    """Joints scatter by 1 cm in each picture and are set off by 1 cm throughout; runners whose films set no value."""
    points, _ = filmed(trial, view, noise_px=4.0, offset_px=4.0)
    found = study_film(trial, points, Asked(view=view))
    for side in SIDES:
        truth = runner(trial).found.sides[side].measures
        for key in COMPARED[view]:
            mine = found.measures[side][key if view == "side" else key.replace("_deg", "_2d_deg")]
            assert abs(mine.mean - truth[key].mean) <= 2 * mine.se, (side, key, mine.mean, truth[key].mean)


@pytest.mark.shared
@pytest.mark.parametrize("view", ["side", "rear", "front"])
@pytest.mark.parametrize("roll", [-7.0, 0.0, 5.0])
def test_the_roll_of_the_camera_is_found(view, roll):
    points, _ = filmed("RBDS001runT35", view, roll_deg=roll, noise_px=2.0)
    found = study_film("run", points)

    assert np.degrees(found.roll.roll_rad) == pytest.approx(roll, abs=1.0 * DEGREE)


@pytest.mark.shared
@pytest.mark.parametrize("view", ["side", "rear"])
def test_place_size_and_roll_change_nothing_beyond_the_error(view):
    plain, moved = (
        study_film("run", filmed("RBDS001runT35", view, noise_px=0.0, **how)[0])
        for how in ({}, {"metres_px": 250.0, "centre": (1000, 600), "roll_deg": 6.0})
    )
    for side in SIDES:
        for key, one in plain.measures[side].items():
            other = moved.measures[side][key]
            if one.unit == "deg" and "heel_ankle" not in key:
                assert abs(one.mean - other.mean) <= 0.5 * DEGREE + 0.1 * one.se, (side, key)


@pytest.mark.shared
def test_a_mirrored_film_swaps_the_sides_and_nothing_else():
    points, _ = filmed("RBDS001runT35", "rear", noise_px=2.0)
    plain, mirrored = study_film("run", points), study_film("run", points.mirrored())
    for key, one in plain.measures["left"].items():
        assert mirrored.measures["right"][key].mean == pytest.approx(one.mean, abs=0.01), key


@pytest.mark.shared
@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda points: points.keep(np.arange(len(points.time_s)) % 4 == 0), "Frame rate"),
        (lambda points: replace(points, xy=points.xy * 0.1, size=(128, 72)), "Size"),
        (lambda points: replace(points, confidence=_hidden(points, "ankle_r")), "Right leg seen"),
        (lambda points: replace(points, xy=np.full_like(points.xy, np.nan)), "Nobody"),
        (lambda points: points.keep(np.arange(len(points.time_s)) < 20), "20 pictures only"),
    ],
)
def test_a_film_that_cannot_carry_a_measure_is_refused_with_its_reason(spoil, why):
    points, _ = filmed("RBDS001runT35", "side", noise_px=2.0)

    with pytest.raises(FootageRefused, match=why):
        study_film("bad.mp4", spoil(points))


@pytest.mark.shared
@pytest.mark.parametrize(("light", "why"), [(Light(12.0, 100.0), "Brightness"), (Light(120.0, 1.0), "Sharpness")])
def test_a_dark_or_blurred_film_is_refused(light, why):
    with pytest.raises(FootageRefused, match=why):
        study_film("bad.mp4", filmed("RBDS001runT35", "side")[0], light=light)


@pytest.mark.shared
def test_a_hidden_far_leg_has_no_angles_and_says_why():
    points, _ = filmed("RBDS001runT35", "side", noise_px=2.0)
    found = study_film("run", replace(points, confidence=_hidden(points, "ankle_l")))

    assert found.scene.near == "right"
    assert found.measures["left"] == {}
    assert "left leg is hidden" in found.missing["left"]["measures"]
    assert found.measures["right"]


@pytest.mark.shared
def test_the_far_leg_is_less_sure_than_the_near_one():
    found = study_film("run", filmed("RBDS001runT35", "side", noise_px=2.0)[0])
    near, far = (found.measures[side]["knee_flexion_peak_deg"] for side in ("right", "left"))

    assert (near.view_fitness, far.view_fitness) == ("suitable", "tolerated")
    assert far.se > 1.5 * near.se


@pytest.mark.shared
def test_a_roll_that_is_not_known_enters_angles_against_the_vertical_and_no_others():
    seen = course(filmed("RBDS001runT35", "side", noise_px=2.0)[0], "side")

    def error(name, roll_error_deg):
        return standing_error_deg(name, ERRORS[name], seen, "right", roll_error_deg)

    for name in ("trunk_forward_lean", "foot_inclination"):
        assert error(name, 5.0) ** 2 - error(name, 0.0) ** 2 == pytest.approx(25.0)
    for name in ("knee_flexion", "hip_flexion", "dorsiflexion"):
        assert error(name, 5.0) == error(name, 0.0)


@pytest.mark.shared
def test_few_strides_and_a_runner_who_leaves_are_said():
    points, _ = filmed("RBDS001runT35", "side", noise_px=2.0, seconds=5.0)
    gone = points.xy.copy()
    gone[:60] = np.nan
    codes = {problem.code for problem in study_film("run", replace(points, xy=gone)).problems}

    assert {"film_few_strides", "film_partly_used"} <= codes


@pytest.mark.shared
@pytest.mark.parametrize("trial", ["RBDS001runT25", "RBDS05runT35"])
def test_running_is_called_running_from_every_view(trial):
    for view in ("side", "rear", "front"):
        assert recognise_activity(course(filmed(trial, view, noise_px=2.0)[0], view)) == "running"


def _hidden(points, joint):
    confidence = points.confidence.copy()
    confidence[::2, points.joints.index(joint)] = 0.0
    return confidence
