"""The same runner, motion, model and reserves in both engines: gerdy gives what OpenSim 4.6 gives.

Comparison case: RajagopalLaiUhlrich2023 scaled with the published set-up; subtalar joint and toes locked; knee and
paths as published; OpenSim's own joint angles, filtered once at 15 Hz; no residual reduction; reserves 2.5, 5, 10, 1
and 1 N·m.
"""

from __future__ import annotations

import dynamics_oracle
import numpy as np
import pytest

from gerdy.body import (
    Loads,
    MotionRates,
    inverse_dynamics,
    muscle_geometry,
    path_lengths,
    path_moment_arms,
    share_load,
    static_optimisation,
)

pytestmark = [pytest.mark.opensim, pytest.mark.shared]

newton = 1.0
newton_metre = 1.0
millimetre = 1e-3
HIP_MUSCLES = [
    f"{name}_{side}"
    for side in "rl"
    for name in [
        "addbrev",
        "addlong",
        "addmagDist",
        "addmagIsch",
        "addmagMid",
        "addmagProx",
        "glmax1",
        "glmax2",
        "glmax3",
        "glmed1",
        "glmed2",
        "glmed3",
        "glmin1",
        "glmin2",
        "glmin3",
        "iliacus",
        "piri",
        "psoas",
        "tfl",
    ]
]


@pytest.fixture(scope="module")
def stride(comparison, comparison_body):
    """Coordinates, rates, net moments of the compared stride."""
    motion, rows = comparison.motion, comparison.rows
    columns = [motion.names.index(name) for name in comparison_body.coordinate_names]
    q, qd, qdd = (x[rows][:, columns] for x in (motion.q, motion.qd, motion.qdd))
    plates = dynamics_oracle.plates(comparison.folder, motion.time[rows])
    loads = Loads(("calcn_r", "calcn_l"), **plates)
    return q, MotionRates(qd, qdd), inverse_dynamics(comparison_body, q, MotionRates(qd, qdd), loads)


@pytest.fixture(scope="module")
def right(comparison_body, stride):
    q, rates, moments = stride
    reserves = dynamics_oracle.RESERVES_NM
    return static_optimisation(
        comparison_body, q, rates.velocity, moments, side="right", mode="opensim", reserves_nm=reserves
    )


def test_every_joint_moment_agrees_with_opensims_inverse_dynamics(comparison, comparison_body, stride):
    _, _, moments = stride
    for j, name in enumerate(comparison_body.coordinate_names):
        kind = "force" if comparison_body.coordinates[j].kind == "translation" else "moment"
        theirs = comparison.moments[:, comparison.moment_names.index(f"{name}_{kind}")].copy()
        if name.startswith("knee_angle"):  # OpenSim lists the patella's share apart; it acts through the knee
            theirs += comparison.moments[:, comparison.moment_names.index(f"{name}_beta_force")]
        assert _rms(moments[:, j] - theirs) <= 1.0 * newton_metre, name


def test_muscle_forces_of_the_leg_agree_with_opensims_static_optimisation(comparison, right):
    theirs = comparison.forces[:, [comparison.actuator_names.index(name) for name in right.muscles]]
    assert len(right.muscles) == 40
    assert _rms(right.force - theirs) <= 10.0 * newton
    tfl = right.muscles.index("tfl_r")
    assert _rms(right.force[:, tfl] - theirs[:, tfl]) <= 2.0 * newton


def test_the_five_moments_asked_of_the_leg_are_those_of_the_comparison(right):
    assert right.coordinates == tuple(
        f"{name}_r" for name in ("hip_flexion", "hip_adduction", "hip_rotation", "knee_angle", "ankle_angle")
    )
    assert right.carried_by == ()


def test_lengths_of_hip_muscles_agree_on_a_thousand_running_poses(comparison, comparison_body):
    columns = [comparison.motion.names.index(name) for name in comparison_body.coordinate_names]
    q = comparison.motion.q[:, columns]  # 510 poses of two legs
    ours = muscle_geometry(comparison_body, q, muscles=HIP_MUSCLES).length
    theirs = _opensim_lengths(comparison, comparison_body, q, HIP_MUSCLES)
    assert _rms(ours - theirs) <= 0.1 * millimetre


def test_paths_laid_cylinder_by_cylinder_are_opensims_to_the_micrometre(comparison, comparison_body):
    columns = [comparison.motion.names.index(name) for name in comparison_body.coordinate_names]
    q = comparison.motion.q[::25, columns]
    names = comparison_body.muscles.names
    theirs = _opensim_lengths(comparison, comparison_body, q, names)
    np.testing.assert_allclose(path_lengths(comparison_body, q, as_opensim=True), theirs, atol=1e-3 * millimetre)


def test_opensims_moment_arms_are_copied_also_where_they_are_not_the_derivative_of_length(comparison, comparison_body):
    from gerdy.body.compiler import opensim
    from gerdy.body.compiler.oracle import Oracle

    columns = [comparison.motion.names.index(name) for name in comparison_body.coordinate_names]
    q = comparison.motion.q[::60, columns]
    coordinates = ("hip_flexion_r", "hip_rotation_r", "knee_angle_r", "ankle_angle_r")
    oracle = Oracle(opensim().Model(str(comparison.model)), comparison_body)
    theirs = oracle.moment_arms(q, coordinates)
    chosen = [comparison_body.coordinate_index(name) for name in coordinates]
    ours = path_moment_arms(comparison_body, q, as_opensim=True)[:, :, chosen]
    np.testing.assert_allclose(ours, theirs, atol=1e-3 * millimetre)


def test_with_opensims_own_arms_and_capacities_the_objective_is_never_larger(
    comparison, comparison_body, stride, right
):
    """Both engines get OpenSim's moment arms and capacities, and balance the moment that OpenSim's answer makes."""
    from gerdy.body.compiler import opensim
    from gerdy.body.compiler.oracle import Oracle

    q, rates, _ = stride
    few = slice(0, None, 6)
    oracle = Oracle(opensim().Model(str(comparison.model)), comparison_body)
    rows = [comparison_body.muscles.index(name) for name in right.muscles]
    arms = oracle.moment_arms(q[few], right.coordinates)[:, rows]
    capacity = oracle.capacities(q[few], rates.velocity[few])[:, rows]
    index = comparison.actuator_names.index
    a = comparison.activations[few][:, [index(name) for name in right.muscles]]
    e = comparison.activations[few][:, [index(f"reserve_{name}") for name in right.coordinates]]
    w = np.array([dynamics_oracle.RESERVES_NM[name[:-2]] for name in right.coordinates])
    moment = np.einsum("fm,fm,fmd->fd", a, capacity, arms) + w * e
    ours = share_load(arms, capacity, moment, reserve=w, lower=0.01)
    theirs = (a**2).sum(axis=1) + (e**2).sum(axis=1)
    assert ours.solved.all()
    assert (ours.objective <= 1.000 * theirs).all()


def _rms(error: np.ndarray) -> float:
    return float(np.sqrt((error**2).mean()))


def _opensim_lengths(comparison, body, q, names):
    from gerdy.body.compiler import opensim
    from gerdy.body.compiler.oracle import Oracle

    oracle = Oracle(opensim().Model(str(comparison.model)), body)
    return oracle.lengths(q)[:, [body.muscles.index(name) for name in names]]
