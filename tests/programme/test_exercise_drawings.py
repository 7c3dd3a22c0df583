"""Drawings: joints stand where the angles put them, worked by hand; feet are on what they stand on."""

from __future__ import annotations

import re
from math import cos, hypot, radians, sin

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from gerdy.errors import CatalogueInvalid, ProgrammeError
from gerdy.programme.exercises import drawing, drawn, exercise, exercises
from gerdy.programme.exercises.drawing import _drawings
from gerdy.programme.exercises.props import prop_ink
from gerdy.programme.exercises.skeleton import pose_figure

THIGH = SHANK = 0.25
TRUNK = 0.29
SOLE = 0.035
FRONT, SIDE = 0.0, 90.0
share = 1e-9
"""body heights"""

LIKELY_IN_P1_TO_P5 = (
    "E03 E04 E05 E07 E08 E09 E10 E12 E13 E14 E15 E16 E17 E18 E19 E20 E21 E22 E23 E24 E28 E30 E31 E33 E34 E35 E36 E37 "
    "E40 E41 E42 E43 E44 E45 E46 E47 E48 E49 E51 E54 E56 E57 E58 E59 E60 E61 E62 E63 E66 E67 E70 E71 E72 E73 E74 E75 "
    "E76 E85 E86"
)
NO_DRAWING = {
    "E06": "only the thigh turns; a stick figure cannot show it",
    "E11": "only the thigh turns; a stick figure cannot show it",
    "E25": "as E22, with the legs crossed one behind the other",
    "E27": "a machine",
    "E32": "as E30; the head turns",
    "E52": "circles have no start and end",
    "E53": "a floor position that needs a photograph",
    "E55": "only a breath moves",
    "E77": "three drills, not one",
    "E80": "a run downhill",
    "E81": "a run", "E82": "a run", "E83": "a run", "E84": "a run",
}  # fmt: skip


def test_every_exercise_has_a_drawing_or_a_reason_why_not():
    assert set(drawn()) == set(exercises()) - set(NO_DRAWING)


def test_what_the_phases_are_likely_to_use_is_drawn():
    likely = set(LIKELY_IN_P1_TO_P5.split())

    assert len(likely) >= 45
    assert likely <= set(drawn())


def test_an_exercise_without_a_drawing_gives_its_cues_instead():
    with pytest.raises(ProgrammeError, match=r"no drawing of E84 .*its cues say how: Tall and quick\."):
        drawing("E84")


@pytest.mark.parametrize("key", drawn())
def test_a_drawing_is_one_picture_that_says_its_name(key):
    """Well-formed, named for a screen reader, inside its frame, small enough for a page of twenty."""
    picture = fromstring(drawing(key))
    left, top, width, height = map(float, picture.attrib["viewBox"].split())
    name = picture.find("{http://www.w3.org/2000/svg}title").text

    assert name.startswith(exercise(key).name)
    assert width > 100
    assert height > 40
    assert top < 0 < top + height
    assert left < 0
    assert len(drawing(key)) < 25_000


@pytest.mark.parametrize("key", drawn())
def test_nothing_of_a_figure_lies_under_the_floor(key):
    card = _drawings()[key]
    for pose in (card["start"], card["start"] | card.get("end", {})):
        seen = pose_figure(pose, card.get("view", SIDE)).joints
        assert min(y for _, y, _ in seen.values()) >= -share


@pytest.mark.parametrize("key", drawn())
def test_bones_keep_their_length_in_three_dimensions(key):
    """On the page they are never longer: a drawing is a projection."""
    seen = pose_figure(_drawings()[key]["start"], 33.0).joints

    for side in "rl":
        for a, b, length in (("hip", "knee", THIGH), ("knee", "ankle", SHANK)):
            (ax, ay, az), (bx, by, bz) = seen[f"{side}_{a}"], seen[f"{side}_{b}"]
            assert hypot(ax - bx, ay - by, az - bz) == pytest.approx(length)


def test_a_figure_without_angles_stands_upright():
    seen = pose_figure({}, SIDE).joints

    for name in ("neck", "head", "r_knee", "r_ankle"):
        assert seen[name][0] == pytest.approx(seen["pelvis"][0], abs=share)
    assert seen["pelvis"][1] == pytest.approx(THIGH + SHANK + SOLE)
    assert seen["r_toe"][0] > seen["r_heel"][0], "it faces right"


def test_hip_and_knee_flexion_bend_the_leg_as_in_a_chair():
    """90° at hip and knee: knee ahead of the hip by a thigh, ankle straight under the knee."""
    seen = pose_figure({"r_hip": 90, "r_knee": 90}, SIDE).joints

    assert seen["r_knee"][0] - seen["r_hip"][0] == pytest.approx(THIGH)
    assert seen["r_knee"][1] == pytest.approx(seen["r_hip"][1])
    assert seen["r_ankle"][0] == pytest.approx(seen["r_knee"][0])


def test_adduction_brings_the_foot_under_the_body_on_either_side():
    """20° of adduction: the ankle moves inward by the straight leg × sin 20°; seen from the front."""
    for side, inward in (("r", 1), ("l", -1)):
        moved = pose_figure({f"{side}_add": 20}, FRONT).joints
        hip, ankle = moved[f"{side}_hip"], moved[f"{side}_ankle"]
        assert (ankle[0] - hip[0]) * inward == pytest.approx((THIGH + SHANK) * sin(radians(20)))


def test_pelvic_drop_lowers_the_free_side():
    """A roll of -10° in right stance: the left hip lies lower by the width of the pelvis × sin 10°."""
    seen = pose_figure({"roll": -10}, FRONT).joints

    assert seen["r_hip"][1] - seen["l_hip"][1] == pytest.approx(0.12 * sin(radians(10)))


def test_a_forward_lean_takes_the_trunk_along():
    """30° of pelvic pitch: the neck stands ahead of the pelvis by the trunk × sin 30°."""
    seen = pose_figure({"pitch": 30}, SIDE).joints

    assert seen["neck"][0] - seen["pelvis"][0] == pytest.approx(TRUNK * sin(radians(30)))
    assert seen["neck"][1] - seen["pelvis"][1] == pytest.approx(TRUNK * cos(radians(30)))


@given(st.floats(-30, 30), st.floats(0, 60), st.floats(0, 90))
def test_a_flat_foot_is_level_whatever_the_leg_does(pitch, hip, knee):
    seen = pose_figure({"pitch": pitch, "r_hip": hip, "r_knee": knee, "flat": "r"}, SIDE).joints

    assert seen["r_heel"][1] == pytest.approx(seen["r_toe"][1], abs=share)


@given(st.floats(-40, 40), st.floats(-20, 60), st.floats(0, 90))
def test_left_and_right_are_mirror_images(add, hip, knee):
    """The same angles on the other side give the mirrored figure, seen from the front."""
    right = pose_figure({"r_add": add, "r_hip": hip, "r_knee": knee}, FRONT).joints
    left = pose_figure({"l_add": add, "l_hip": hip, "l_knee": knee}, FRONT).joints
    middle = [seen["pelvis"][0] for seen in (right, left)]

    for name in ("hip", "knee", "ankle", "toe"):
        assert right[f"r_{name}"][0] - middle[0] == pytest.approx(-(left[f"l_{name}"][0] - middle[1]))


def test_the_end_of_the_step_down_bends_the_knee_at_work_and_lowers_the_other_foot():
    """E23: hip 66° and knee 68°; the free foot ends lower than it began, the standing foot stays on the step."""
    card = _drawings()["E23"]
    start, end = (pose_figure(pose, SIDE).joints for pose in (card["start"], card["start"] | card["end"]))

    assert end["l_heel"][1] < start["l_heel"][1] - 0.03
    assert end["r_toe"][1] == pytest.approx(start["r_toe"][1]) == pytest.approx(0.115)
    assert exercise("E23").ranges["knee_angle"][1] == pytest.approx(65, abs=5)


def test_the_single_leg_deadlift_folds_at_the_hip_and_keeps_the_free_leg_in_line():
    """E60: trunk and free thigh lie within 10° of one line; the weight hangs from the other hand."""
    card = _drawings()["E60"]
    seen = pose_figure(card["start"] | card["end"], SIDE).joints
    slope = {
        name: (seen[b][1] - seen[a][1]) / (seen[b][0] - seen[a][0])
        for name, a, b in (("trunk", "pelvis", "neck"), ("thigh", "l_knee", "l_hip"))
    }

    assert abs(slope["trunk"] - slope["thigh"]) < sin(radians(10))
    assert ["weight", "l_hand"] in card["props"]


def test_bands_weights_steps_and_walls_are_drawn():
    for key, ink in (("E08", "stroke-dasharray"), ("E60", "#0369a1"), ("E23", "<rect"), ("E45", "<line")):
        assert ink in drawing(key)


def test_the_leg_at_work_is_told_by_width_as_well_as_by_tone():
    widths = {colour: set() for colour in ("#111", "#9aa0a6")}
    for colour, width in re.findall(r'stroke="(#\w+)" stroke-width="([\d.]+)"', drawing("E60")):
        if colour in widths:
            widths[colour].add(float(width))

    assert max(widths["#111"]) > max(widths["#9aa0a6"])


def test_a_thing_that_cannot_be_drawn_is_refused():
    with pytest.raises(CatalogueInvalid, match="'sofa' cannot be drawn; use one of wall, step"):
        prop_ink(pose_figure({}, SIDE), "sofa", "pelvis")
