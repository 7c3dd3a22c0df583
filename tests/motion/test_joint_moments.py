"""Joint moments come from this runner's motion, masses and the force under each foot."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose

from gerdy import body
from gerdy.body.ik import Poses
from gerdy.errors import MotionError
from gerdy.motion.joint_moments import joint_moments
from gerdy.motion.joint_motion import JointMotion, RunnerBody
from gerdy.recordings.data import Forces

FRAMES, RATE = 120, 100.0
NEWTON = 800.0


@pytest.fixture(scope="module")
def standing():
    """A body that stands still in its default pose."""
    generic = body.load().replace(muscles=None)
    q = generic.default_pose(FRAMES)
    flags = np.ones(q.shape, dtype=bool)
    nothing = np.zeros((FRAMES, 0))
    poses = Poses(generic.coordinate_names, q, flags[0], nothing, np.ones(q.shape), ~flags, flags[:, 0])
    return JointMotion(RunnerBody(generic, None, None), poses, np.arange(FRAMES) / RATE, None)


def _forces(point, names=("left", "right"), newton=NEWTON):
    samples = 3 * FRAMES
    force, at = np.zeros((samples, 2, 3)), np.full((samples, 2, 3), np.nan)
    force[:, 1, 1] = newton
    at[:, 1] = point
    return Forces(tuple(names), force, at, np.zeros((samples, 2, 3)), 3 * RATE)


def test_a_force_further_ahead_asks_for_the_moments_of_its_lever(standing):
    """By hand: moving 800 N forward by 0.1 m turns the foot with 80 N·m more about the axis to the right.

    A joint that turns the foot by t about that axis per unit of its coordinate must supply -80 t more (virtual work);
    t is read off the posed foot: 1 at the hip, a little above 1 the other way round at the knee, less than 1 at the
    tilted ankle, 0 on the other side.
    """
    whole = standing.runner.body
    ankle = standing.posed.position[0, whole.body_index("talus_r")]
    here, ahead = (joint_moments(standing, _forces(ankle + np.array([dx, 0.0, 0.0]))) for dx in (0.0, 0.1))
    change = (ahead.values - here.values)[FRAMES // 2]
    for name, about in (("hip_flexion", 1.0), ("knee_angle", -1.02), ("ankle_angle", 0.98)):
        column = whole.coordinate_index(f"{name}_r")
        turn = _foot_turn(whole, column)
        assert turn == pytest.approx(about, abs=0.02), name
        assert change[column] == pytest.approx(-80.0 * turn, abs=0.01), name
        assert change[whole.coordinate_index(f"{name}_l")] == pytest.approx(0.0, abs=1e-6)


def _foot_turn(whole, column, step=1e-6):
    q = whole.default_pose(2)
    q[:, column] += np.array([-step, step])
    R = body.forward(whole, q).rotation[:, whole.body_index("calcn_r")]
    return (R[1] @ R[0].T)[1, 0] / (2 * step)


def test_body_weight_under_one_foot_leaves_no_vertical_force_unexplained(standing):
    weight = 9.80665 * standing.runner.body.mass
    ankle = standing.posed.position[0, standing.runner.body.body_index("talus_r")]
    assert joint_moments(standing, _forces(ankle, newton=weight)).vertical_residual_n < 0.5
    assert joint_moments(standing, _forces(ankle, newton=0.9 * weight)).vertical_residual_n == pytest.approx(
        0.1 * weight, rel=0.01
    )


def test_forces_given_right_foot_first_act_on_the_same_feet(standing):
    ankle = standing.posed.position[0, standing.runner.body.body_index("talus_r")]
    forces = _forces(ankle)
    swapped = replace(
        forces,
        names=("right", "left"),
        force_n=forces.force_n[:, ::-1],
        point_m=forces.point_m[:, ::-1],
        free_moment_nm=forces.free_moment_nm[:, ::-1],
    )
    assert_allclose(joint_moments(standing, swapped).values, joint_moments(standing, forces).values, atol=1e-9)


def test_a_plate_that_is_not_a_foot_is_refused(standing):
    with pytest.raises(MotionError, match=r"one force per foot"):
        joint_moments(standing, _forces([0.0, 0.0, 0.0], names=("plate 1", "plate 2")))


@pytest.mark.shared
def test_the_demo_runners_moments_lie_within_two_standard_deviations_of_published_runners(shared_data):
    """Heiderscheit 2011, table 3, 45 runners: hip abduction 1.8 ± 0.4, knee extension 2.5 ± 0.6 N·m/kg."""
    import gerdy

    folder = shared_data / "rbds-running" / "RBDS05"
    who = gerdy.Subject(mass_kg=60.0)
    found = gerdy.analyze(folder / "RBDS05runT35.c3d", static=folder / "RBDS05static.c3d", subject=who)
    for side in ("left", "right"):
        measures = found.sides[side].measures
        assert measures["hip_abduction_moment_peak_nm_kg"].mean == pytest.approx(1.8, abs=0.8)
        assert measures["knee_extension_moment_peak_nm_kg"].mean == pytest.approx(2.5, abs=1.2)
        assert measures["knee_extension_moment_peak_nm_kg"].unit == "N·m/kg"
    # The plate carries 0.94 of body weight (SOURCE.md of the trial), so a twentieth is the least that can be left.
    assert found.to_json()["fit"]["vertical_residual_n"] < 0.25 * 60.0 * 9.81


@pytest.mark.shared
def test_without_a_body_mass_angles_are_given_and_moments_are_missing_with_the_reason(shared_data):
    import gerdy

    folder = shared_data / "rbds-running" / "RBDS05"
    found = gerdy.analyze(folder / "RBDS05runT35.c3d", static=folder / "RBDS05static.c3d")
    right = found.sides["right"]
    assert "hip_adduction_peak_deg" in right.measures
    assert right.missing["measures.hip_abduction_moment"] == "not recorded: body mass (give --mass)"


@pytest.mark.shared
def test_without_static_trial_or_height_the_strides_stay_and_the_reason_is_said(shared_data):
    import gerdy

    found = gerdy.analyze(shared_data / "rbds-running" / "RBDS05" / "RBDS05runT35.c3d")
    right = found.sides["right"]
    assert right.strides > 30
    assert right.measures is None
    assert "--static" in right.missing["measures"]
