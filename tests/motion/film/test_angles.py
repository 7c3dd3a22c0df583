"""A figure with known angles, seen from every side: the angle of the nomenclature comes back with its sign."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gerdy.errors import MotionError
from gerdy.motion.film.angles import FRONT_ANGLES, SIDE_ANGLES
from gerdy.motion.film.plane import runner_plane
from motion.film.figure import Figure, film, joints_of

SIDES = ("left", "right")
PLACES = [(640, 360), (80, 650), (1200, 40)]
SIZES = [90.0, 400.0]

FRONTAL = [
    (Figure(pelvic_drop=6.0), {"contralateral_pelvic_drop": 6.0, "hip_adduction": 6.0}),
    (Figure(pelvic_drop=-6.0), {"contralateral_pelvic_drop": -6.0, "hip_adduction": -6.0}),
    (Figure(femoral_adduction=9.0, pelvic_drop=4.0), {"femoral_adduction": 9.0, "hip_adduction": 13.0}),
    (Figure(femoral_adduction=5.0, knee_projection=8.0), {"knee_projection": 8.0, "femoral_adduction": 5.0}),
    (Figure(knee_projection=-7.0), {"knee_projection": -7.0}),
    (Figure(lean_to_stance=5.0), {"trunk_ipsilateral_lean": 5.0}),
    (Figure(lean_to_stance=-3.0), {"trunk_ipsilateral_lean": -3.0}),
    (Figure(heel_everted=10.0), {"heel_ankle_line": 10.0}),
]
"""Figure → what a rear or front view must give; a drop of one side is what a published rival loses the sign of."""

SAGITTAL = [
    (Figure(thigh_forward=25.0, knee_flexion=40.0), {"knee_flexion": 40.0, "hip_flexion": 25.0}),
    (Figure(thigh_forward=-20.0, knee_flexion=15.0), {"knee_flexion": 15.0, "hip_flexion": -20.0}),
    (Figure(thigh_forward=30.0, trunk_forward=8.0), {"hip_flexion": 38.0, "trunk_forward_lean": 8.0}),
    (Figure(foot_up=15.0), {"foot_inclination": 15.0, "dorsiflexion": 15.0}),
    (Figure(foot_up=-20.0, knee_flexion=30.0), {"foot_inclination": -20.0, "dorsiflexion": 10.0}),
    (Figure(thigh_forward=10.0, knee_flexion=100.0), {"knee_flexion": 100.0}),
]


def seen(figure, angles, view, **how):
    plane = runner_plane(film(joints_of(figure), view, **how), view, facing=how.get("facing", "right"))
    return {name: float(np.degrees(angle(plane, figure.side)[0])) for name, angle in angles.items()}


@pytest.mark.parametrize("view", ["rear", "front"])
@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("place", PLACES, ids=str)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("figure", "expected"), FRONTAL, ids=[str(item[1]) for item in FRONTAL])
def test_frontal_angles_come_back_from_behind_and_from_the_front(view, side, place, size, figure, expected):
    found = seen(replace(figure, side=side), FRONT_ANGLES, view, centre=place, metres_px=size)

    assert {name: found[name] for name in expected} == pytest.approx(expected, abs=0.5)


@pytest.mark.parametrize("facing", ["left", "right"])
@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("place", PLACES, ids=str)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("figure", "expected"), SAGITTAL, ids=[str(item[1]) for item in SAGITTAL])
def test_sagittal_angles_come_back_whichever_way_the_runner_faces(facing, side, place, size, figure, expected):
    found = seen(replace(figure, side=side), SIDE_ANGLES, "side", facing=facing, centre=place, metres_px=size)

    assert {name: found[name] for name in expected} == pytest.approx(expected, abs=0.5)


def test_a_level_pelvis_and_a_straight_leg_are_zero():
    found = seen(Figure(), FRONT_ANGLES, "rear") | seen(Figure(), SIDE_ANGLES, "side")

    assert found == pytest.approx(dict.fromkeys(found, 0.0), abs=1e-9)


@pytest.mark.parametrize("roll", [-8.0, 3.0, 12.0])
@pytest.mark.parametrize("view", ["rear", "front"])
def test_a_known_roll_of_the_camera_changes_nothing(roll, view):
    figure = Figure(pelvic_drop=6.0, femoral_adduction=9.0, lean_to_stance=4.0)
    rolled = film(joints_of(figure), view, roll_deg=roll)
    plane, level = (runner_plane(points, view, roll_rad=np.radians(turn)) for points, turn in (
        (rolled, roll), (film(joints_of(figure), view), 0.0)
    ))  # fmt: skip

    for name, angle in FRONT_ANGLES.items():
        assert angle(plane, "right")[0] == pytest.approx(angle(level, "right")[0], abs=1e-9), name


@pytest.mark.parametrize("view", ["rear", "front"])
def test_a_mirrored_film_swaps_the_sides_and_nothing_else(view):
    points = film(joints_of(Figure(pelvic_drop=5.0, femoral_adduction=7.0, knee_projection=3.0)), view)
    as_seen, mirrored = runner_plane(points, view), runner_plane(points.mirrored(), view)

    for name, angle in FRONT_ANGLES.items():
        assert angle(as_seen, "right") == pytest.approx(angle(mirrored, "left")), name


def test_an_oblique_view_is_refused_with_what_to_do():
    with pytest.raises(MotionError, match="from the side, from behind or from the front"):
        runner_plane(film(joints_of(Figure()), "rear"), "oblique")
