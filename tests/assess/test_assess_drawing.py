"""Drawings: joints stand where the angles put them, worked by hand."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from math import atan2, cos, degrees, hypot, radians, sin

import pytest

from gerdy.assess.catalogue import tests as cards
from gerdy.assess.drawing import draw, drawing_of, front_figure, side_figure

LENGTH = 0.25  # thigh and shank of the figure, in body heights


def slope(start, end):
    return degrees(atan2(end[1] - start[1], end[0] - start[0]))


def test_a_figure_without_angles_stands_upright():
    """Head over shoulder over hip over knee over ankle, foot forward, sole on the ground."""
    joints = side_figure(90, {}).joints

    assert [round(joints[name][0] - joints["hip"][0], 9) for name in ("shoulder", "knee", "ankle")] == [0, 0, 0]
    assert joints["toe"][0] > joints["ankle"][0] > joints["heel"][0]
    assert min(y for _, y in joints.values()) == 0


def test_hip_and_knee_flexion_bend_the_leg_as_in_a_chair():
    """90° at hip and knee: thigh level and forward, shank straight down."""
    joints = side_figure(90, {"hip": 90, "knee": 90}).joints

    assert slope(joints["hip"], joints["knee"]) == pytest.approx(0, abs=1e-9)
    assert slope(joints["knee"], joints["ankle"]) == pytest.approx(-90)
    assert slope(joints["heel"], joints["toe"]) == pytest.approx(0, abs=1e-9)


def test_dorsiflexion_lifts_the_toes():
    """20° of dorsiflexion with a straight leg: the foot points 20° up."""
    joints = side_figure(90, {"ankle": 20}).joints

    assert slope(joints["heel"], joints["toe"]) == pytest.approx(20)


def test_the_lunge_drawing_has_a_flat_front_foot_and_a_shin_over_it():
    """In the drawing of the lunge the heel is down and the knee stands before the ankle."""
    pose = cards()["lunge_bent_angle"].drawing
    joints = side_figure(pose["root"], pose["pose"]).joints

    assert slope(joints["heel"], joints["toe"]) == pytest.approx(0, abs=1.0)
    assert joints["knee"][0] > joints["ankle"][0]
    assert joints["other_toe"][1] == pytest.approx(0, abs=0.02)


def test_pelvic_drop_lowers_the_free_side():
    """10° of drop: the left hip lies lower by the width of the pelvis × sin 10°."""
    joints = front_figure({"pelvis": 10}).joints
    width = hypot(joints["hip_left"][0] - joints["hip_right"][0], joints["hip_left"][1] - joints["hip_right"][1])

    assert joints["hip_right"][1] - joints["hip_left"][1] == pytest.approx(width * sin(radians(10)))


def test_adduction_brings_the_thigh_under_the_body():
    """10° more adduction moves the knee towards the middle by thigh × the change of sine."""
    neutral, across = (front_figure({"adduction_right": angle}).joints for angle in (0, 10))
    moved = (across["knee_right"][0] - across["hip_right"][0]) - (neutral["knee_right"][0] - neutral["hip_right"][0])

    assert moved == pytest.approx(LENGTH * (sin(radians(8)) + sin(radians(2))))
    assert cos(radians(8)) * LENGTH == pytest.approx(across["hip_right"][1] - across["knee_right"][1])


@pytest.mark.parametrize("key", sorted(cards()))
def test_a_drawing_is_whole_svg_with_the_name_of_its_test(key):
    """Every drawing parses, is titled for a screen reader, and holds no word or address from elsewhere."""
    text = drawing_of(cards()[key])
    root = ET.fromstring(text)  # noqa: S314 - our own text

    assert root.find("{http://www.w3.org/2000/svg}title").text == cards()[key].name
    assert "nan" not in text
    assert text.count("http") == 1


def test_the_same_angles_give_the_same_drawing():
    """Byte for byte, so that a printed sheet does not change by itself."""
    assert draw("side", {"hip": 30}) == draw("side", {"hip": 30})
