"""What a change moves, what it keeps, and what that asks of the joints: by hand and by second differences."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gerdy.band.evaluate import AtStances
from gerdy.band.what_if import parse_changes
from gerdy.band.what_if.case import FootForce
from gerdy.band.what_if.ground import carried, leaned, pressure_point
from gerdy.band.what_if.pose import move
from gerdy.band.what_if.space import mass_centre
from gerdy.body import forward, jacobian

metre = 1.0
newton_metre = 1.0
degree = np.pi / 180.0
PELVIS_MOVES = ("hip adduction -4 deg", "pelvic drop +4 deg", "pelvic tilt +5 deg")
LEG = ("femur", "tibia", "patella", "talus", "calcn", "toes")
EVERY = (*PELVIS_MOVES, "step width +4 cm", "trunk lean +3 deg", "femoral rotation +5 deg", "knee varus +2 deg",
         "tibial rotation -5 deg", "dorsiflexion +5 deg")  # fmt: skip


def moved(case, *texts):
    return move(case, parse_changes(texts), 0.5)


def angle(case, q, name):
    return q[:, case.body.coordinate_index(name)]


@pytest.mark.parametrize("text", PELVIS_MOVES)
@pytest.mark.parametrize("side", ["right", "left"])
def test_where_the_pelvis_moves_the_stance_leg_stays_in_space(stance, mirrored, text, side):
    case = stance if side == "right" else mirrored(stance)
    before, after = forward(case.body, case.at.q), forward(case.body, moved(case, text).q)
    rows = [case.body.body_index(f"{name}_{side[0]}") for name in LEG]

    assert np.abs(after.position[:, rows] - before.position[:, rows]).max() < 1e-9 * metre
    assert np.abs(after.rotation[:, rows] - before.rotation[:, rows]).max() < 1e-9
    assert np.abs(after.rotation[:, case.body.body_index("pelvis")] - before.rotation[:, 0]).max() > 0.01


@pytest.mark.parametrize("text", PELVIS_MOVES)
def test_where_the_pelvis_moves_trunk_and_swing_thigh_keep_their_direction(stance, text):
    before, after = forward(stance.body, stance.at.q), forward(stance.body, moved(stance, text).q)
    for name in ("torso", "femur_l"):
        b = stance.body.body_index(name)
        assert np.abs(after.rotation[:, b] - before.rotation[:, b]).max() < 1e-9


@pytest.mark.parametrize(
    ("text", "coordinate", "change"),
    [
        ("hip adduction -4 deg", "hip_adduction_r", -4.0),
        ("pelvic drop +4 deg", "pelvis_list", -4.0),
        ("pelvic tilt +5 deg", "pelvis_tilt", -5.0),
        ("trunk lean +3 deg", "lumbar_bending", 3.0),
        ("femoral rotation +5 deg", "hip_rotation_r", 5.0),
        ("knee varus +2 deg", "knee_adduction_r", 2.0),
        ("tibial rotation +5 deg", "knee_rotation_r", 5.0),
        ("dorsiflexion +5 deg", "knee_rotation_r", -2.5),
    ],
)
def test_the_named_angle_changes_by_the_named_amount(stance, text, coordinate, change):
    """Signs from the nomenclature: list is negative where the swing side is lower in right stance."""
    difference = angle(stance, moved(stance, text).q - stance.at.q, coordinate)

    assert np.abs(difference - change * degree).max() < 1e-9


def test_a_dropped_pelvis_adducts_the_hip_and_a_tilted_one_flexes_it(stance):
    drop, tilt = (moved(stance, text).q - stance.at.q for text in ("pelvic drop +4 deg", "pelvic tilt +5 deg"))

    assert (angle(stance, drop, "hip_adduction_r") > 3.0 * degree).all()
    assert np.abs(angle(stance, tilt, "hip_flexion_r") - 5.0 * degree).max() < 0.5 * degree


def test_a_trunk_that_leans_comes_over_the_stance_leg(stance, mirrored):
    for case, out in ((stance, 1.0), (mirrored(stance), -1.0)):
        before, after = (forward(case.body, q) for q in (case.at.q, moved(case, "trunk lean +3 deg").q))
        shift = (mass_centre(case.body, after) - mass_centre(case.body, before))[:, 2]
        assert (out * shift > 0.003 * metre).all()


def test_each_foot_moves_by_half_of_the_step_width(stance, mirrored):
    for case, out in ((stance, 1.0), (mirrored(stance), -1.0)):
        foot = case.body.body_index(f"calcn_{case.side[0]}")
        found = moved(case, "step width +4 cm")
        shift = forward(case.body, found.q).position[:, foot] - forward(case.body, case.at.q).position[:, foot]
        assert np.abs(out * shift[:, 2] - 0.02).max() < 1e-9 * metre
        assert np.abs(shift[:, 0]).max() < 1e-9 * metre


@pytest.mark.parametrize("text", EVERY)
def test_rates_are_the_differences_of_the_moved_pose_in_time(stance, text):
    """Independent of the rule: move the pose of a little earlier and later, and take differences."""
    h = 1e-3

    def at(shift):
        q = stance.at.q + shift * stance.at.velocity + 0.5 * shift**2 * stance.acceleration
        case = replace(stance, at=AtStances(stance.at.when_s, q, stance.at.velocity, None), ground=None)
        return moved(case, text).q

    found = moved(stance, text)
    earlier, now, later = at(-h), at(0.0), at(h)
    assert np.abs((later - earlier) / (2 * h) - found.velocity).max() < 2e-4
    assert np.abs((later - 2 * now + earlier) / h**2 - found.acceleration).max() < 2e-3


@pytest.mark.parametrize("text", PELVIS_MOVES)
def test_a_moving_pelvis_asks_the_same_moment_of_the_hip_about_other_axes(stance, text):
    """By hand: leg and force are where they were, so the hip carries the same vector; only its axes turned."""
    body, found = stance.body, moved(stance, text)
    columns = [body.coordinate_index(f"{name}_r") for name in ("hip_flexion", "hip_adduction", "hip_rotation")]
    femur = body.body_index("femur_r")
    axes, axes_after = (jacobian(body, q).angular[:, femur, columns] for q in (stance.at.q, found.q))
    vector = np.linalg.solve(axes, stance.at.moments[:, columns, None])[..., 0]
    by_hand = np.einsum("fcx,fx->fc", axes_after, vector)
    below = [body.coordinate_index(f"{name}_r") for name in ("knee_angle", "ankle_angle", "subtalar_angle")]

    assert np.abs(found.moments[:, columns] - by_hand).max() < 1e-3 * newton_metre
    assert np.abs(found.moments[:, below] - stance.at.moments[:, below]).max() < 1e-3 * newton_metre
    assert np.abs(found.moments[:, columns] - stance.at.moments[:, columns]).max() > 1.0 * newton_metre


def test_a_wider_step_changes_the_lever_of_the_force_at_the_hip_by_what_height_leaves_of_it(stance):
    """A vertical force F, by hand: the foot goes out by d, the mass centre by e, the force leans by (d - e) / h.

    h is the height of the mass centre. At the hip's height H the line of force has moved by d - (d - e) H / h: that,
    and not d, is the change of lever.
    """
    body = stance.body
    still = np.zeros_like(stance.at.q)
    q = still.copy()
    q[:, body.coordinate_index("pelvis_ty")] = 0.95
    poses = forward(body, q)
    hip, foot = (poses.position[:, body.body_index(f"{name}_r")] for name in ("femur", "calcn"))
    force = np.tile([0.0, 1500.0, 0.0], (len(q), 1))
    ground = FootForce(force, np.cross(foot * [1, 0, 1], force))
    standing = replace(stance, at=AtStances(stance.at.when_s, q, still, still), acceleration=still, ground=ground)
    found = moved(standing, "step width +4 cm")
    before, after = mass_centre(body, poses), mass_centre(body, forward(body, found.q))
    leaning = (0.02 - (after - before)[:, 2]) / after[:, 1]
    lever = 0.02 - leaning * hip[:, 1]
    masses, centres = body.skeleton.mass, _centres(body, found.q) - _centres(body, q)
    leg = [body.body_index(f"{name}_r") for name in LEG]
    weight = 9.80665 * (masses[leg] * centres[:, leg, 2]).sum(axis=1)
    change = (found.moments - standing.at.moments)[:, body.coordinate_index("hip_adduction_r")]

    assert change == pytest.approx(1500.0 * lever - weight, abs=0.01 * newton_metre)
    assert (change > 0.0).all()  # the hip abducts less: hip adduction moments are negative under a foot outside the hip
    assert np.abs(found.ground.force[:, 2] + 1500.0 * leaning).max() < 1e-6


def _centres(body, q):
    poses = forward(body, q)
    return poses.position + np.einsum("fbij,bj->fbi", poses.rotation, body.skeleton.mass_center)


def test_a_leaning_force_keeps_its_frontal_moment_about_the_mass_centre():
    rng = np.random.default_rng(3)
    force = rng.uniform([-200, 300, -150], [200, 2000, 150], (50, 3))
    point = rng.uniform([-0.2, 0, -0.2], [0.2, 0, 0.2], (50, 3))
    free = np.zeros((50, 3))
    free[:, 1] = rng.uniform(-20, 20, 50)
    ground = FootForce(force, np.cross(point, force) + free)
    before = rng.uniform([-0.1, 0.8, -0.1], [0.1, 1.1, 0.1], (50, 3))
    after = before + rng.uniform(-0.03, 0.03, (50, 3))
    found = leaned(ground, 0.02, before, after)

    def frontal(one, centre):
        return (one.about_origin - np.cross(centre, one.force))[:, 0]

    assert np.abs(frontal(found, after) - frontal(ground, before)).max() < 1e-9 * newton_metre
    assert np.abs(found.force[:, :2] - force[:, :2]).max() == 0.0
    assert np.abs(pressure_point(found)[0] - point - [0.0, 0.0, 0.02]).max() < 1e-9 * metre
    assert np.abs(_free(found) - free[:, 1]).max() < 1e-9 * newton_metre


def _free(ground):
    point, _ = pressure_point(ground)
    return (ground.about_origin - np.cross(point, ground.force))[:, 1]


def test_a_force_carried_with_the_foot_keeps_its_point_on_the_foot_and_its_direction_in_space(stance):
    body, foot = stance.body, stance.body.body_index("calcn_r")
    found = moved(stance, "knee varus +2 deg")
    before, after = forward(body, stance.at.q), forward(body, found.q)
    point, pressed = pressure_point(stance.ground)
    turn = after.rotation[:, foot] @ np.swapaxes(before.rotation[:, foot], 1, 2)
    drawn = after.position[:, foot] + np.einsum("fij,fj->fi", turn, point - before.position[:, foot])
    free, free_before = (
        ground.about_origin - np.cross(where, ground.force)
        for ground, where in ((found.ground, drawn), (stance.ground, point))
    )

    assert np.abs(free - free_before)[pressed].max() < 1e-9 * newton_metre
    assert np.array_equal(found.ground.force, stance.ground.force)
    same = carried(stance.ground, before, before, foot)
    assert np.abs(same.about_origin - stance.ground.about_origin).max() < 1e-9 * newton_metre


@pytest.mark.parametrize("text", EVERY)
def test_a_mirrored_runner_gets_the_mirrored_change(stance, mirrored, text):
    right, left = moved(stance, text), moved(mirrored(stance), text)

    assert np.abs(left.q - mirrored.of_q(right.q)).max() < 1e-9
    assert np.abs(left.velocity - mirrored.of_q(right.velocity)).max() < 1e-6
    assert np.abs(left.moments - mirrored.of_q(right.moments)).max() < 1e-4 * newton_metre


def test_without_forces_only_the_pose_changes(stance):
    case = replace(stance, ground=None, at=stance.at._replace(moments=None))
    found = moved(case, "step width +4 cm")

    assert found.moments is None
    assert found.ground is None
    assert np.array_equal(found.q, moved(stance, "step width +4 cm").q)


def test_nothing_changes_where_nothing_is_asked(stance):
    found = move(stance, (), 0.5)

    assert found.q is stance.at.q
    assert found.moments is stance.at.moments
