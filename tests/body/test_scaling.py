"""Segments are scaled as OpenSim's ScaleTool scales them, hips are placed as Harrington predicts them."""

from __future__ import annotations

import ik_oracle
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.spatial.transform import Rotation

from gerdy.body import forward, load
from gerdy.body.hips import hip_joint_centres, with_hip_centres
from gerdy.body.marker_maps import load_marker_map
from gerdy.body.scaled_body import scaled_body, scaled_skeleton
from gerdy.body.scaling import How, scale_from_static, scale_from_stature
from gerdy.errors import BodyError

micrometre = 1e-6
millimetre = 1e-3
degree = np.pi / 180


@pytest.fixture(scope="module")
def generic(opensim_run):
    return ik_oracle.compiled(opensim_run.generic)


def test_the_published_set_up_gives_the_scale_factors_that_opensim_applies(opensim_run, generic):
    labels, _, xyz = ik_oracle.read_trc(opensim_run.static)
    ours = scale_from_static(generic, load_marker_map("rajagopal"), labels, xyz, unmeasured=How.GENERIC)
    theirs = opensim_run.scale_factors()
    for name in generic.bodies:
        assert_allclose(ours.of(name), theirs[name], atol=2e-5, err_msg=name)  # OpenSim prints six digits


def test_a_scaled_skeleton_stands_where_opensims_scaled_model_stands(opensim_run, generic):
    factors = np.array([opensim_run.scale_factors()[name] for name in generic.bodies])
    theirs = ik_oracle.compiled(opensim_run.scaled)
    ours = scaled_body(generic, factors, 72.84)
    q = np.random.default_rng(7).uniform(-0.3, 0.3, (50, len(generic.coordinates)))
    a, b = forward(ours, q), forward(theirs, q)
    assert_allclose(a.position, b.position, atol=5 * micrometre)
    assert_allclose(a.rotation, b.rotation, atol=1e-9)
    assert_allclose(ours.skeleton.mass, theirs.skeleton.mass, rtol=1e-9)
    assert_allclose(ours.skeleton.mass_center, theirs.skeleton.mass_center, atol=2 * micrometre)
    assert_allclose(ours.skeleton.inertia, theirs.skeleton.inertia, atol=5e-6)


def test_a_segment_scaled_unevenly_gets_the_inertia_of_opensims_cylinder():
    opensim = pytest.importorskip("opensim", reason="the opensim extra is not installed")
    body = load()
    rng = np.random.default_rng(3)
    factors = rng.uniform(0.8, 1.2, (len(body.bodies), 3))
    ours = scaled_skeleton(body.skeleton, factors, body.mass).inertia
    for b, by in enumerate(factors):
        tensor = body.skeleton.inertia[b]
        theirs = opensim.Body("b", body.skeleton.mass[b], opensim.Vec3(0), opensim.Inertia(*_six(tensor)))
        theirs.scaleInertialProperties(opensim.Vec3(*by), False)
        moments, products = theirs.getInertia().getMoments(), theirs.getInertia().getProducts()
        expected = [moments.get(i) for i in range(3)] + [products.get(i) for i in range(3)]
        assert_allclose(_six(ours[b]), expected, rtol=1e-6, atol=1e-9, err_msg=body.bodies[b])


def _six(tensor):
    return [float(tensor[i, j]) for i, j in ((0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2))]


def test_hip_centres_of_a_level_pelvis_lie_where_harringtons_equations_put_them():
    # By hand: width 240 mm, depth 150 mm; x = -0.24*150 - 9.9, y = -0.30*240 - 10.9, z = 0.33*240 + 7.3.
    asis_r, asis_l = np.array([0.0, 0.0, 0.12]), np.array([0.0, 0.0, -0.12])
    psis_r, psis_l = np.array([-0.15, 0.0, 0.05]), np.array([-0.15, 0.0, -0.05])
    right, left = hip_joint_centres(asis_r, asis_l, psis_r, psis_l)
    assert_allclose(right, [-0.0459, -0.0829, 0.0865], atol=1e-9)
    assert_allclose(left, [-0.0459, -0.0829, -0.0865], atol=1e-9)


@given(st.lists(st.floats(-3, 3), min_size=6, max_size=6))
def test_hip_centres_turn_and_move_with_the_pelvis(six):
    turn, shift = Rotation.from_rotvec(six[:3]), np.array(six[3:])
    pelvis = np.array([[0.0, 0.0, 0.12], [0.0, 0.0, -0.12], [-0.15, 0.01, 0.05], [-0.15, 0.01, -0.05]])
    here = np.array(hip_joint_centres(*pelvis))
    there = np.array(hip_joint_centres(*(turn.apply(pelvis) + shift)))
    assert_allclose(there, turn.apply(here) + shift, atol=1e-9)


def test_a_runner_of_generic_size_is_not_scaled():
    body, marker_map = load(), load_marker_map("rajagopal")
    labels, xyz = _standing(body, marker_map)
    found = scale_from_static(body, marker_map, labels, xyz)
    assert_allclose(found.factors, 1.0, atol=1e-9)


@given(st.floats(0.75, 1.3))
def test_a_runner_larger_in_all_lengths_is_scaled_by_that_factor(factor):
    body, marker_map = load(), load_marker_map("rajagopal")
    labels, xyz = _standing(body, marker_map)
    found = scale_from_static(body, marker_map, labels, xyz * factor)
    assert_allclose(found.factors, factor, rtol=1e-9)


def test_a_segment_that_no_marker_measures_is_scaled_in_proportion_and_says_so():
    body, marker_map = load(), load_marker_map("rajagopal")
    labels, xyz = _standing(body, marker_map)
    keep = [k for k, label in enumerate(labels) if not label.startswith(("RCAL", "LCAL"))]
    found = scale_from_static(body, marker_map, [labels[k] for k in keep], xyz[:, keep] * 1.1)
    row = body.body_index("calcn_r")
    assert found.how[row] is How.PROPORTION
    assert found.how[body.body_index("femur_r")] is How.MARKERS
    assert_allclose(found.factors[row], 1.1, rtol=1e-9)


def test_a_missing_marker_leaves_the_other_pairs_of_its_measurement():
    body, marker_map = load(), load_marker_map("rajagopal")
    labels, xyz = _standing(body, marker_map)
    xyz = xyz.copy()
    xyz[:, labels.index("RLFC")] = np.nan
    thigh = next(m for m in scale_from_static(body, marker_map, labels, xyz).measured if m.name == "thigh")
    assert len(thigh.pairs) == 3
    assert thigh.scale == pytest.approx(1.0)


def test_millimetres_taken_for_metres_are_refused_with_what_was_seen():
    body, marker_map = load(), load_marker_map("rajagopal")
    labels, xyz = _standing(body, marker_map)
    with pytest.raises(BodyError, match=r"1000\.00 times the generic body .* Check the unit"):
        scale_from_static(body, marker_map, labels, xyz * 1000.0)


def test_a_static_trial_without_a_pelvic_marker_says_which_is_lacking():
    with pytest.raises(BodyError, match=r"lacks R\.PSIS"):
        with_hip_centres(load_marker_map("rbds"), ("R.ASIS", "L.ASIS", "L.PSIS"), np.zeros((1, 3, 3)))


def test_stature_alone_scales_every_segment_alike_and_a_measured_thigh_overrides_it():
    body = load()
    position = forward(body, body.default_pose()).position[0]
    thigh = np.linalg.norm(position[body.body_index("femur_r")] - position[body.body_index("tibia_r")])
    found = scale_from_stature(body, 1.87, {"thigh": 1.2 * thigh})
    torso, femur = body.body_index("torso"), body.body_index("femur_r")
    assert found.how[torso] is How.STATURE
    assert found.how[femur] is How.LENGTH
    assert_allclose(found.factors[femur], 1.2, rtol=1e-12)
    assert np.ptp(found.factors[torso]) == 0.0


def test_an_impossible_height_and_an_unknown_length_are_refused():
    body = load()
    with pytest.raises(BodyError, match="height"):
        scale_from_stature(body, 187.0)
    with pytest.raises(BodyError, match="thigh, shank, pelvis_width"):
        scale_from_stature(body, 1.8, {"femur": 0.4})


def test_the_whole_mass_is_kept_and_shared_as_in_the_generic_body():
    body = load().replace(muscles=None)
    scaled = scaled_body(body, np.full((len(body.bodies), 3), 1.1), 60.0)
    assert scaled.mass == pytest.approx(60.0)
    assert_allclose(scaled.skeleton.mass / 60.0, body.skeleton.mass / body.mass, rtol=1e-12)


def _standing(body, marker_map):
    poses = forward(body, body.default_pose())
    seen = [m for m in marker_map if m.place_m is not None and m.body in body.bodies]
    xyz = [poses.position[0, b] + poses.rotation[0, b] @ m.place_m for m in seen for b in (body.body_index(m.body),)]
    return [m.label for m in seen], np.array([xyz])
