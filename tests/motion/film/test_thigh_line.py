"""The thigh as cameras see it and as the hip has it, against the shipped body's own joints."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerdy.body.kinematics import forward
from gerdy.body.model import load
from gerdy.motion.film.thigh_line import HipPose, as_joint, as_seen

ROUNDING = 1e-9
POSES = (
    HipPose(-12.0, 0.0, 0.0, 30.0, 0.0),
    HipPose(0.0, -6.0, 0.0, 0.0, 10.0),
    HipPose(0.0, 0.0, 8.0, 40.0, 5.0),
    HipPose(-15.0, 5.0, -8.0, -20.0, -6.0),
)
"""Degrees, a right stance."""


@pytest.mark.parametrize("pose", POSES, ids=str)
def test_a_distant_camera_sees_the_lines_between_the_bodys_own_joint_centres(pose):
    body = load()
    q = np.zeros((1, len(body.coordinates)))
    for name, degrees in pose._asdict().items():
        q[0, body.coordinate_index(name if name.startswith("pelvis") else f"{name}_r")] = np.radians(degrees)
    posed = forward(body, q)
    right, left, knee = (posed.position[0, body.body_index(name)] for name in ("femur_r", "femur_l", "tibia_r"))
    thigh, across = knee - right, right - left

    seen = as_seen(HipPose(*map(np.radians, pose)))

    # The knee's centre lies a few millimetres off the femur's long axis, half a degree of the thigh.
    half_a_degree = np.radians(0.6)
    assert seen.thigh_forward == pytest.approx(np.arctan2(thigh[0], -thigh[1]), abs=half_a_degree)
    assert seen.thigh_inward == pytest.approx(np.arctan2(-thigh[2], -thigh[1]), abs=half_a_degree)
    assert seen.pelvic_drop == pytest.approx(np.arctan2(across[1], across[2]), abs=ROUNDING)


small = st.floats(-0.4, 0.4)


@given(tilt=small, side_tilt=small, turn=small, flexion=st.floats(-0.7, 0.9), adduction=small)
def test_what_cameras_see_gives_the_hip_back_where_the_pelvis_is_known(tilt, side_tilt, turn, flexion, adduction):
    pose = HipPose(*map(np.array, (tilt, side_tilt, turn, flexion, adduction)))

    back = as_joint(as_seen(pose), pose.pelvis_tilt, pose.pelvis_rotation)

    assert np.allclose(back, pose, atol=1e-7)
