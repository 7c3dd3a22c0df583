"""The share of least squared activations, checked by hand and against SciPy's bounded least squares."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import lsq_linear

from gerdy.body import load, share_load, static_optimisation
from gerdy.errors import BodyError

newton_metre = 1.0


def one_joint(capacity, moment, reserve=1e-3, **more):
    """Actuators with arms of 1 m about one joint."""
    F = np.array([capacity], dtype=float)
    return share_load(np.ones((1, F.size, 1)), F, np.array([[moment]]), reserve=np.array([reserve]), **more)


def test_two_equal_muscles_share_a_moment_equally():
    shared = one_joint([100.0, 100.0], 60.0)
    np.testing.assert_allclose(shared.force[0], [30.0, 30.0], atol=1e-4)


def test_a_muscle_twice_as_strong_takes_four_times_the_moment():
    """Least a1^2 + a2^2 with 100 a1 + 200 a2 = 100: a in the ratio of the strengths, so 0.2 and 0.4."""
    shared = one_joint([100.0, 200.0], 100.0)
    np.testing.assert_allclose(shared.activation[0], [0.2, 0.4], atol=1e-6)
    np.testing.assert_allclose(shared.force[0], [20.0, 80.0], atol=1e-3)


def test_a_moment_beyond_all_muscles_goes_to_the_reserve_and_none_of_it_is_lost():
    shared = one_joint([100.0], 130.0, reserve=5.0)
    assert shared.activation[0, 0] == 1.0
    assert shared.reserve[0, 0] == pytest.approx(30.0)


def test_without_a_reserve_an_impossible_moment_is_called_unsolved():
    assert not one_joint([100.0], 130.0, reserve=0.0).solved[0]


def test_actuators_of_one_group_share_their_activation_and_count_once():
    """A muscle of 100 N split 60 to 40 acts as the whole muscle where both parts have the same arm."""
    whole = one_joint([100.0, 80.0], 50.0)
    split = one_joint([60.0, 40.0, 80.0], 50.0, group=[0, 0, 1])
    np.testing.assert_allclose(split.activation, whole.activation, atol=1e-9)
    assert split.force[0, 0] / split.force[0, 1] == pytest.approx(60.0 / 40.0)


def test_what_stretched_fibres_pull_is_not_asked_of_activation():
    shared = one_joint([100.0], 50.0, passive=np.array([[20.0]]))
    np.testing.assert_allclose(shared.force[0], [30.0], atol=1e-4)


def test_a_frame_that_was_not_recorded_is_unsolved_and_leaves_the_others_alone():
    F = np.full((3, 2), 100.0)
    moment = np.array([[10.0], [np.nan], [10.0]])
    shared = share_load(np.ones((3, 2, 1)), F, moment, reserve=np.array([1.0]))
    assert shared.solved.tolist() == [True, False, True]
    assert np.isnan(shared.force[1]).all()
    np.testing.assert_array_equal(shared.force[0], shared.force[2])


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 100_000), joints=st.integers(1, 8), muscles=st.integers(1, 40))
def test_the_answer_is_that_of_scipys_bounded_least_squares(seed, joints, muscles):
    """The reserves turn the equality into least squares: min |a|^2 + |(b - B a) / w|^2 with 0 <= a <= 1."""
    rng = np.random.default_rng(seed)
    R = rng.normal(0.0, 0.04, (1, muscles, joints))
    F = rng.uniform(100.0, 4000.0, (1, muscles))
    b = rng.normal(0.0, 60.0, (1, joints))
    w = rng.uniform(1.0, 10.0, joints)
    ours = share_load(R, F, b, reserve=w, lower=0.01)
    B = (R[0] * F[0][:, None]).T
    theirs = lsq_linear(
        np.vstack([np.eye(muscles), B / w[:, None]]),
        np.concatenate([np.zeros(muscles), b[0] / w]),
        bounds=(0.01, 1.0),
        method="bvls",
        tol=1e-14,
        max_iter=1000,
    )
    assert ours.solved[0]
    assert ours.objective[0] == pytest.approx(2.0 * theirs.cost, rel=1e-7)
    np.testing.assert_allclose(ours.activation[0], theirs.x, atol=1e-5)
    np.testing.assert_allclose(B @ ours.activation[0] + ours.reserve[0], b[0], atol=1e-6)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 100_000), factor=st.floats(1.0, 2.0))
def test_stronger_muscles_never_need_more_effort(seed, factor):
    rng = np.random.default_rng(seed)
    R, F = rng.normal(0.0, 0.04, (1, 20, 4)), rng.uniform(100.0, 2000.0, (1, 20))
    b, w = rng.normal(0.0, 40.0, (1, 4)), np.full(4, 2.0)
    weak = share_load(R, F, b, reserve=w)
    strong = share_load(R, factor * F, b, reserve=w)
    assert strong.objective[0] <= weak.objective[0] * (1 + 1e-9)


def test_shapes_that_do_not_match_are_refused():
    with pytest.raises(BodyError, match="do not match"):
        share_load(np.ones((1, 2, 1)), np.ones((1, 3)), np.ones((1, 1)), reserve=np.ones(1))


@pytest.fixture(scope="module")
def generic():
    return load()


@pytest.fixture(scope="module")
def squatting(generic):
    """A still pose with bent hip, knee and ankle, and moments that muscles can make."""
    q = generic.default_pose()
    for name, angle in (("hip_flexion_r", 0.6), ("knee_angle_r", 0.9), ("ankle_angle_r", 0.3)):
        q[0, generic.coordinate_index(name)] = angle
    moments = np.zeros_like(q)
    for name, size in (("hip_flexion_r", -60.0), ("knee_angle_r", -70.0), ("ankle_angle_r", -50.0)):
        moments[0, generic.coordinate_index(name)] = size
    return q, np.zeros_like(q), moments


def test_six_moments_are_balanced_and_the_rest_of_the_knee_is_carried(generic, squatting):
    q, still, moments = squatting
    found = static_optimisation(generic, q, still, moments, side="right")
    assert found.coordinates == tuple(
        f"{n}_r"
        for n in ("hip_flexion", "hip_adduction", "hip_rotation", "knee_angle", "ankle_angle", "subtalar_angle")
    )
    assert found.carried_by == ("knee_adduction_r", "knee_rotation_r")
    arms = found.geometry.moment_arm
    made = np.einsum("fm,fmc->fc", found.force, arms)
    columns = [generic.coordinate_index(name) for name in found.coordinates]
    np.testing.assert_allclose(made[:, :6] + found.reserve, moments[:, columns], atol=1e-6 * newton_metre)
    np.testing.assert_allclose(found.carried, -made[:, 6:], atol=1e-9 * newton_metre)
    assert found.balanced.all()


def test_muscles_asked_for_the_whole_knee_work_harder(generic, squatting):
    q, still, moments = squatting
    moments = moments.copy()
    moments[0, generic.coordinate_index("knee_adduction_r")] = 20.0
    left_to_ligaments = static_optimisation(generic, q, still, moments, side="right")
    asked = static_optimisation(generic, q, still, moments, side="right", ask_knee=True)
    assert asked.carried_by == ()
    assert asked.coordinates[-2:] == ("knee_adduction_r", "knee_rotation_r")
    assert asked.objective[0] > left_to_ligaments.objective[0]


def test_a_stronger_gluteus_medius_relieves_tensor_fasciae_latae(generic, squatting):
    q, still, moments = squatting
    moments = moments.copy()
    moments[0, generic.coordinate_index("hip_adduction_r")] = -60.0
    names = ("glmed1_r", "glmed2_r", "glmed3_r")
    weak = static_optimisation(generic, q, still, moments, side="right", strength=dict.fromkeys(names, 0.7))
    strong = static_optimisation(generic, q, still, moments, side="right", strength=dict.fromkeys(names, 1.2))
    tfl = weak.muscles.index("tfl_r")
    assert strong.force[0, tfl] < weak.force[0, tfl]


def test_a_frame_that_no_muscle_can_balance_says_so(generic, squatting):
    q, still, moments = squatting
    impossible = 20.0 * moments
    assert not static_optimisation(generic, q, still, impossible, side="right").balanced.any()


def test_a_strength_for_a_muscle_of_the_other_leg_is_refused(generic, squatting):
    q, still, moments = squatting
    with pytest.raises(BodyError, match="glmed1_l"):
        static_optimisation(generic, q, still, moments, side="right", strength={"glmed1_l": 0.5})


def test_a_coordinate_without_a_stated_reserve_is_refused(generic, squatting):
    q, still, moments = squatting
    with pytest.raises(BodyError, match="subtalar_angle"):
        static_optimisation(generic, q, still, moments, side="right", reserves_nm={"hip_flexion": 1.0})
