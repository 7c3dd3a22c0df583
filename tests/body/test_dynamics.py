"""Moments obey Newton: by hand, by second differences, with and without the ground."""

from __future__ import annotations

import numpy as np
import pytest

from gerdy.body import Loads, MotionRates, differentiate, forward, inverse_dynamics, load
from gerdy.errors import BodyError

newton = 1.0
newton_metre = 1.0
g = 9.80665


@pytest.fixture(scope="module")
def generic():
    return load()


def still(body, frames=1):
    zero = np.zeros((frames, len(body.coordinates)))
    return MotionRates(zero, zero)


def test_standing_still_in_the_air_the_pelvis_carries_the_whole_weight(generic):
    force = inverse_dynamics(generic, generic.default_pose(), still(generic))[0]
    weight = force[generic.coordinate_index("pelvis_ty")]
    assert abs(weight - generic.mass * abs(generic.skeleton.gravity[1])) < 1e-9 * newton


def test_a_raised_shank_asks_the_knee_for_weight_times_horizontal_distance(generic):
    """Thigh level, shank hanging level: gravity alone, by hand.

    With the hip flexed 90 degrees and the knee straight the leg points forwards; the moment at the hip that holds it
    is the sum of m g x over the leg, x the horizontal distance of each mass centre from the hip.
    """
    q = generic.default_pose()
    q[0, generic.coordinate_index("hip_flexion_r")] = np.pi / 2
    moment = inverse_dynamics(generic, q, still(generic))[0, generic.coordinate_index("hip_flexion_r")]
    poses, s = forward(generic, q), generic.skeleton
    hip = poses.position[0, generic.body_index("femur_r"), 0]
    leg = [generic.body_index(f"{name}_r") for name in ("femur", "patella", "tibia", "talus", "calcn", "toes")]
    by_hand = 0.0
    for b in leg:
        centre = poses.position[0, b] + poses.rotation[0, b] @ s.mass_center[b]
        by_hand += s.mass[b] * abs(s.gravity[1]) * (centre[0] - hip)
    assert abs(moment - by_hand) < 1e-9 * newton_metre
    assert moment > 20.0 * newton_metre


def test_a_force_under_the_foot_that_equals_the_weight_leaves_no_vertical_residual(generic):
    weight = generic.mass * abs(generic.skeleton.gravity[1])
    half = np.array([[[0.0, weight / 2, 0.0], [0.0, weight / 2, 0.0]]])
    point = np.array([[[0.0, 0.0, 0.1], [0.0, 0.0, -0.1]]])
    loads = Loads(("calcn_r", "calcn_l"), half, point, np.zeros_like(half))
    force = inverse_dynamics(generic, generic.default_pose(), still(generic), loads)[0]
    assert abs(force[generic.coordinate_index("pelvis_ty")]) < 1e-9 * newton


def test_a_load_of_zero_needs_no_point(generic):
    nothing = np.zeros((1, 1, 3))
    loads = Loads(("calcn_r",), nothing, np.full((1, 1, 3), np.nan), nothing)
    with_load = inverse_dynamics(generic, generic.default_pose(), still(generic), loads)
    np.testing.assert_array_equal(with_load, inverse_dynamics(generic, generic.default_pose(), still(generic)))


def test_the_pelvis_residual_is_the_second_difference_of_the_mass_centre(generic):
    """Momentum, from positions only: mass times the acceleration of the mass centre less gravity, knees turning."""
    rng = np.random.default_rng(2)
    q = generic.default_pose(5) + rng.uniform(-0.3, 0.3, (5, len(generic.coordinates)))
    rate = rng.uniform(-3, 3, q.shape)
    speed_up = rng.uniform(-20, 20, q.shape)
    h = 1e-3

    def momentum_sum(t):
        poses = forward(generic, q + rate * t + 0.5 * speed_up * t**2)
        centres = poses.position + np.einsum("fbij,bj->fbi", poses.rotation, generic.skeleton.mass_center)
        return np.einsum("b,fbi->fi", generic.skeleton.mass, centres)

    terms = ((-2, -1), (-1, 16), (0, -30), (1, 16), (2, -1))
    expected = sum(weight * momentum_sum(k * h) for k, weight in terms) / (12 * h**2)
    expected -= generic.mass * generic.skeleton.gravity
    ours = inverse_dynamics(generic, q, MotionRates(rate, speed_up))
    columns = [generic.coordinate_index(name) for name in ("pelvis_tx", "pelvis_ty", "pelvis_tz")]
    np.testing.assert_allclose(ours[:, columns], expected, atol=1e-3 * newton)


def test_the_power_of_the_joints_is_the_rate_of_the_bodys_energy(generic):
    """Work and energy, from positions only: checks every joint moment at once."""
    rng = np.random.default_rng(4)
    q = generic.default_pose() + rng.uniform(-0.3, 0.3, (1, len(generic.coordinates)))
    rate = rng.uniform(-2, 2, q.shape)
    speed_up = rng.uniform(-10, 10, q.shape)
    h = 1e-3
    times = h * np.arange(-4, 5)
    poses = forward(generic, np.vstack([q + rate * t + 0.5 * speed_up * t**2 for t in times]))
    energy = _energy(generic, poses, h)
    power = (energy[3] - energy[1]) / (2 * h)
    moments = inverse_dynamics(generic, q, MotionRates(rate, speed_up))
    assert abs(power - float((moments * rate).sum())) < 2e-3 * abs(power)


def test_rates_follow_a_known_motion_and_stop_at_gaps():
    t = np.arange(0, 1, 0.01)
    q = np.column_stack([np.sin(2 * t), 3 * t**2])
    rates = differentiate(t, q)
    np.testing.assert_allclose(rates.velocity, np.column_stack([2 * np.cos(2 * t), 6 * t]), atol=1e-6)
    np.testing.assert_allclose(rates.acceleration[5:-5, 1], 6.0, atol=1e-6)
    q[40] = np.nan
    gap = differentiate(t, q)
    assert np.isnan(gap.velocity[40]).all()
    assert np.isfinite(gap.velocity[[39, 41]]).all()
    q[3] = np.nan
    assert np.isnan(differentiate(t, q).velocity[:4]).all()  # three frames are too few for a spline


def test_loads_of_another_shape_are_refused(generic):
    wrong = np.zeros((2, 1, 3))
    with pytest.raises(BodyError, match="expected"):
        inverse_dynamics(generic, generic.default_pose(), still(generic), Loads(("calcn_r",), wrong, wrong, wrong))


def test_a_pose_that_was_not_recorded_has_no_moments(generic):
    q = generic.default_pose(2)
    q[1] = np.nan
    moments = inverse_dynamics(generic, q, still(generic, 2))
    assert np.isfinite(moments[0]).all()
    assert np.isnan(moments[1]).all()


def _energy(body, poses, h):
    """Kinetic and potential energy at the inner times, from central differences of the poses."""
    s = body.skeleton
    centres = poses.position + np.einsum("fbij,bj->fbi", poses.rotation, s.mass_center)
    inner = slice(2, -2)

    def slope(x):
        return (x[:-4] - 8 * x[1:-3] + 8 * x[3:-1] - x[4:]) / (12 * h)

    v = slope(centres)
    spin = np.einsum("fbji,fbjk->fbik", poses.rotation[inner], slope(poses.rotation))
    w = np.stack([spin[..., 2, 1], spin[..., 0, 2], spin[..., 1, 0]], axis=-1)
    kinetic = 0.5 * np.einsum("b,fbi,fbi->f", s.mass, v, v) + 0.5 * np.einsum("fbi,bij,fbj->f", w, s.inertia, w)
    return kinetic - np.einsum("b,fbi,i->f", s.mass, centres[inner], s.gravity)
