"""Muscles pull where anatomy and the published models say, and their arms are the derivative of their length."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gerdy.body import load, muscle_capacity, muscle_geometry, path_lengths, path_moment_arms
from gerdy.body.surrogates import exponents, monomials, sample_poses
from gerdy.body.wrapping import GEODESIC, IN_PLANE, MUST_WRAP, wrap_cylinder
from gerdy.errors import BodyError

degree = np.pi / 180
millimetre = 1e-3


@pytest.fixture(scope="module")
def generic():
    return load()


def arms_over_hip_flexion(body, muscle, flexion_deg, coordinate="hip_rotation_r"):
    """Moment arm in mm of one muscle as the hip flexes, everything else neutral."""
    q = body.default_pose(len(flexion_deg))
    q[:, body.coordinate_index("hip_flexion_r")] = np.radians(flexion_deg)
    return muscle_geometry(body, q, muscles=[muscle], coordinates=[coordinate]).moment_arm[:, 0, 0] / millimetre


def test_tensor_fasciae_latae_gains_half_a_millimetre_of_internal_rotation_arm_per_degree_of_hip_flexion(generic):
    """Published models 0.6 to 6.2 mm at 0 degrees, 0 +/- 8 mm (Dostal 1986: 0), +0.5 +/- 0.1 mm per degree."""
    flexion = np.arange(0.0, 31.0, 5.0)
    arm = arms_over_hip_flexion(generic, "tfl_r", flexion)
    assert abs(arm[0]) < 8.0
    assert np.polyfit(flexion, arm, 1)[0] == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize(
    ("flexion_deg", "arm_mm"), [(0.0, 3.4), (10.0, 8.4), (20.0, 13.4), (30.0, 18.2), (45.0, 25.3), (60.0, 32.0)]
)
def test_tensor_fasciae_latae_has_the_arms_that_opensim_gives_this_model(generic, flexion_deg, arm_mm):
    """OpenSim's computeMomentArm on RajagopalLaiUhlrich2023, hip rotation 0, printed to 0.1 mm."""
    assert arms_over_hip_flexion(generic, "tfl_r", [flexion_deg])[0] == pytest.approx(arm_mm, abs=0.15)


@pytest.mark.parametrize(("muscle", "between_deg"), [("glmed2_r", (9.0, 17.0)), ("glmed3_r", (29.0, 50.0))])
def test_gluteus_medius_turns_to_internal_rotation_as_the_hip_flexes(generic, muscle, between_deg):
    flexion = np.arange(0.0, 60.0, 0.5)
    arm = arms_over_hip_flexion(generic, muscle, flexion)
    crossing = flexion[np.flatnonzero(np.diff(np.sign(arm)))]
    assert len(crossing) == 1
    assert between_deg[0] <= crossing[0] <= between_deg[1]


def test_vastus_lateralis_has_no_arm_at_the_hip_at_all(generic):
    hip = ["hip_flexion_r", "hip_adduction_r", "hip_rotation_r"]
    q = sample_poses(generic, 50, 3)
    assert (muscle_geometry(generic, q, muscles=["vaslat_r"], coordinates=hip).moment_arm == 0.0).all()


def test_abduction_arm_of_tensor_fasciae_latae_is_that_of_dostal(generic):
    """52 mm (Dostal 1986), 49 to 55 in the published models; abduction is negative adduction."""
    assert 45.0 < -arms_over_hip_flexion(generic, "tfl_r", [0.0], "hip_adduction_r")[0] < 60.0


@pytest.mark.parametrize("inner", [0.5])
def test_every_moment_arm_is_the_derivative_of_length(generic, inner):
    """Virtual work in correct mode, central differences of 1e-5 rad, all muscles and coordinates."""
    q = _middle_poses(generic, 20, inner)
    ours = muscle_geometry(generic, q)
    step = 1e-5
    for k, name in enumerate(ours.coordinates):
        ahead, behind = q.copy(), q.copy()
        ahead[:, generic.coordinate_index(name)] += step
        behind[:, generic.coordinate_index(name)] -= step
        slope = (muscle_geometry(generic, ahead).length - muscle_geometry(generic, behind).length) / (2 * step)
        np.testing.assert_allclose(ours.moment_arm[:, :, k], -slope, atol=0.05 * millimetre)


def test_lengthening_velocity_is_minus_arms_times_joint_velocity(generic):
    q = _middle_poses(generic, 10, 0.5)
    rate = np.random.default_rng(1).normal(size=q.shape)
    moving = muscle_geometry(generic, q, rate)
    columns = [generic.coordinate_index(name) for name in moving.coordinates]
    np.testing.assert_allclose(
        moving.velocity, -np.einsum("fmc,fc->fm", moving.moment_arm, rate[:, columns]), atol=1e-12
    )


def test_a_polynomial_gives_what_its_slow_twin_gives(generic):
    q = _middle_poses(generic, 5, 0.9)
    s = generic.muscles.surrogates
    ours = muscle_geometry(generic, q).length
    for g in range(len(s.term_start) - 1):
        variables = s.variable[s.variable_start[g] : s.variable_start[g + 1]]
        powers = exponents(tuple(generic.coordinate_names[j] for j in variables))
        low, high = s.low[variables], s.high[variables]
        basis = monomials((2 * q[:, variables] - low - high) / (high - low), powers)
        members = s.member[s.member_start[g] : s.member_start[g + 1]]
        at = s.coefficient_start[g]
        table = s.coefficient[at : at + len(members) * len(powers)].reshape(len(members), -1)
        np.testing.assert_allclose(ours[:, members], basis @ table.T, atol=1e-12)


def test_beyond_the_sampled_range_a_muscle_is_flagged_and_continues_straight(generic):
    knee = generic.coordinate_index("knee_angle_r")
    edge = generic.muscles.surrogates.high[knee]
    q = generic.default_pose(3)
    q[:, knee] = edge - 1e-9, edge + 0.1, edge + 0.2
    found = muscle_geometry(generic, q, muscles=["vaslat_r", "soleus_r"])
    assert found.outside.tolist() == [[False, False], [True, False], [True, False]]
    assert np.isfinite(found.length).all()
    assert np.diff(found.length[:, 0], n=2)[0] == pytest.approx(0.0, abs=1e-8)


def test_a_pose_that_was_not_recorded_has_no_length_where_the_muscle_spans_it(generic):
    q = generic.default_pose()
    q[0, generic.coordinate_index("hip_flexion_r")] = np.nan
    found = muscle_geometry(generic, q, muscles=["tfl_r", "soleus_r"])
    assert np.isnan(found.length[0, 0])
    assert np.isfinite(found.length[0, 1])


def test_left_and_right_muscles_are_exchangeable(generic):
    q = _middle_poses(generic, 5, 0.6)  # sampled alike on both sides
    found = muscle_geometry(generic, q)
    right = [m for m, name in enumerate(found.muscles) if name.endswith("_r")]
    left = [found.muscles.index(found.muscles[m][:-2] + "_l") for m in right]
    # The published model is mirrored to some tenths of a millimetre only.
    np.testing.assert_allclose(found.length[:, right], found.length[:, left], atol=1.0 * millimetre)


def test_an_unknown_mode_is_refused(generic):
    with pytest.raises(BodyError, match="correct, opensim"):
        muscle_geometry(generic, generic.default_pose(), mode="wrong")


def test_a_belt_half_round_a_pulley_has_the_length_of_two_tangents_and_half_the_circle():
    """By hand: ends 40 mm to the sides of a 20 mm pulley's rim, 100 mm below: 2 * 100 mm + pi * 20 mm."""
    radius = 0.02
    p1, p2 = np.array([-radius, -0.1, 0.0]), np.array([radius, -0.1, 0.0])
    r1, r2 = np.empty(3), np.empty(3)
    _, arc = wrap_cylinder(p1, p2, radius * (1 - 1e-12), 1.0, 1, 1.0, IN_PLANE, r1, r2)
    chords = np.linalg.norm(p1 - r1) + np.linalg.norm(p2 - r2)
    assert chords + arc == pytest.approx(0.2 + np.pi * radius, abs=1e-6)


@settings(max_examples=50, deadline=None)
@given(z=st.floats(-0.05, 0.05), x=st.floats(0.03, 0.1), y=st.floats(-0.01, 0.01))
def test_a_geodesic_leaves_the_cylinder_at_the_angle_it_arrived_with(z, x, y):
    """On the unrolled cylinder the shortest path is a straight line."""
    p1, p2 = np.array([-0.06, y, 0.0]), np.array([x, y, z])
    r1, r2 = np.empty(3), np.empty(3)
    status, arc = wrap_cylinder(p1, p2, 0.02, 1.0, 0, 0.0, GEODESIC, r1, r2)
    assert status == MUST_WRAP
    before, after = np.hypot(*(p1 - r1)[:2]), np.hypot(*(p2 - r2)[:2])
    around = np.sqrt(max(arc**2 - (r2[2] - r1[2]) ** 2, 0.0))
    climb = z / (before + around + after)
    assert r1[2] == pytest.approx(climb * before, abs=1e-12)
    assert z - r2[2] == pytest.approx(climb * after, abs=1e-12)


def test_in_correct_mode_the_gastrocnemii_conserve_energy_and_opensims_do_not(generic):
    """Sequential cylinders: OpenSim measures with wrap points of its first sweep, gerdy with the last."""
    q = _middle_poses(generic, 30, 0.5)
    knee = generic.coordinate_index("knee_angle_r")
    step = 1e-6

    def mismatch(as_opensim):
        ahead, behind = q.copy(), q.copy()
        ahead[:, knee] += step
        behind[:, knee] -= step
        a = path_lengths(generic, ahead, ("gasmed_r",), as_opensim=as_opensim)
        b = path_lengths(generic, behind, ("gasmed_r",), as_opensim=as_opensim)
        arm = path_moment_arms(generic, q, ("gasmed_r",), as_opensim=as_opensim)[:, 0, knee]
        return np.abs(arm + (a - b)[:, 0] / (2 * step)).max()

    assert mismatch(as_opensim=False) < 0.05 * millimetre
    assert mismatch(as_opensim=True) > 1.0 * millimetre


def test_a_fibre_at_optimal_length_held_still_pulls_its_full_force_times_the_cosine(generic):
    """By hand: F_max cos(pennation), from the muscle's own parameters; without the cosine in opensim mode."""
    m = generic.muscles.index("soleus_r")
    hill = generic.muscles.hill
    along = hill.tendon_slack[m] + hill.optimal_fibre[m] * np.cos(hill.pennation[m])
    geometry = muscle_geometry(
        generic, generic.default_pose(), np.zeros_like(generic.default_pose()), muscles=["soleus_r"]
    )
    at_optimal = geometry._replace(length=np.array([[along]]), velocity=np.zeros((1, 1)))
    correct = muscle_capacity(generic, at_optimal)
    assert correct.active[0, 0] == pytest.approx(hill.max_force[m] * np.cos(hill.pennation[m]), rel=1e-4)
    assert correct.fibre_length[0, 0] == pytest.approx(1.0)
    as_opensim = muscle_capacity(generic, at_optimal, mode="opensim")
    assert as_opensim.active[0, 0] == pytest.approx(hill.max_force[m], rel=1e-4)


def test_a_fibre_that_shortens_at_full_speed_cannot_pull(generic):
    m = generic.muscles.index("tibpost_r")
    hill = generic.muscles.hill
    still = muscle_geometry(
        generic, generic.default_pose(), np.zeros_like(generic.default_pose()), muscles=["tibpost_r"]
    )
    fast = still._replace(velocity=-np.array([[hill.max_velocity[m] * hill.optimal_fibre[m] * 1.1]]))
    assert muscle_capacity(generic, fast).active[0, 0] == pytest.approx(0.0, abs=1e-3 * hill.max_force[m])


def _middle_poses(body, count, part):
    """Sampled poses drawn towards the middle of every range."""
    s = body.muscles.surrogates
    q = sample_poses(body, count, 17)
    used = np.isfinite(s.low)
    center = 0.5 * (s.low + s.high)
    q[:, used] = center[used] + part * (q[:, used] - center[used])
    return q
