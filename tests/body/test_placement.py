"""Markers are placed where the standing trial shows them, as OpenSim's MarkerPlacer does; landmarks are kept."""

from __future__ import annotations

import ik_oracle
import numpy as np
import pytest
from numpy.testing import assert_allclose

from gerdy.body import forward, load
from gerdy.body.fit_report import fit_report
from gerdy.body.marker_maps import load_marker_map
from gerdy.body.placement import place_from_map, place_from_static, poses_of, with_landmarks
from gerdy.body.scaled_body import scaled_body
from gerdy.body.scaling import scale_from_static
from gerdy.errors import BodyError

degree = np.pi / 180
millimetre = 1e-3


def test_the_standing_pose_is_the_one_opensim_finds_once_it_has_converged(opensim_run):
    """The MarkerPlacer itself stops with a weighted marker error a tenth above the least possible; see docs."""
    body = ik_oracle.compiled(opensim_run.scaled)
    placed = _placed_on_the_rajagopal_runner(opensim_run, body)
    names, theirs = opensim_run.standing_pose(ik_oracle.CONVERGED_ACCURACY)
    for name, ours in zip(body.coordinate_names, placed.standing, strict=True):
        # The forearm's own turn hangs on two markers 3 cm from its axis; nothing of the leg depends on it.
        within = 0.05 if name.startswith("pro_sup") else 0.02
        if not name.startswith(("pelvis_t", "wrist", "subtalar", "mtp")):
            assert np.degrees(ours) == pytest.approx(theirs[names.index(name)], abs=within), name


def test_every_marker_lies_on_its_segment_where_it_was_measured_in_standing(opensim_run):
    body = ik_oracle.compiled(opensim_run.scaled)
    placed = _placed_on_the_rajagopal_runner(opensim_run, body)
    labels, _, xyz = ik_oracle.read_trc(opensim_run.static)
    poses = forward(body, placed.standing)
    rows = [body.body_index(segment) for segment in placed.segments]
    back = poses.position[0, rows] + np.einsum("mij,mj->mi", poses.rotation[0, rows], placed.place_m)
    mean = np.nanmean(xyz, axis=0)[[labels.index(label) for label in placed.labels]]
    assert len(placed.labels) == 64
    assert_allclose(back, mean, atol=1e-9)


def _placed_on_the_rajagopal_runner(opensim_run, body):
    labels, _, xyz = ik_oracle.read_trc(opensim_run.static)
    factors = np.array([opensim_run.scale_factors()[name] for name in body.bodies])
    marker_map = load_marker_map("rajagopal")
    return place_from_static(body, marker_map, factors, labels, xyz, hyperextension_deg=0.0)


@pytest.fixture(scope="module")
def synthetic():
    """A runner 1.1 times the generic body who stands with known angles, marked as in RBDS."""
    generic, marker_map = load().replace(muscles=None), load_marker_map("rbds")
    factors = np.full((len(generic.bodies), 3), 1.1)
    body = scaled_body(generic, factors, 70.0)
    q = body.default_pose()
    for name, angle in (("hip_flexion_r", 4), ("hip_adduction_l", -6), ("pelvis_tilt", -5)):
        q[0, body.coordinate_index(name)] = angle * degree
    places = {m.label: _place(m) for m in marker_map}
    return generic, marker_map, factors, body, q, places


def _place(marker):
    invented = np.array([0.02, -0.2, 0.06 if marker.label.startswith("R") else -0.06])
    return invented if marker.place_m is None else np.array(marker.place_m)


def _seen(body, marker_map, places, q, scale):
    poses = forward(body, q)
    rows = [body.body_index(m.body) for m in marker_map]
    local = np.array([places[m.label] for m in marker_map]) * scale
    return poses.position[:, rows] + np.einsum("fmij,mj->fmi", poses.rotation[:, rows], local)


def test_a_marker_that_only_the_static_trial_shows_gets_its_place(synthetic):
    _, marker_map, factors, body, q, places = synthetic
    measured = load_marker_map("rbds")
    xyz = _seen(body, marker_map, places, q, 1.1)
    # The hips are given instead of predicted, so that the standing pose is exact.
    with_hips = measured.__class__(measured.name, "", "measured", measured.markers, measured.measurements)
    placed = place_from_static(body, with_hips, factors, marker_map.labels, xyz)
    for label in ("R.Thigh.Top.Lateral", "L.Shank.Bottom.Medial", "R.TT", "L.GTR"):
        assert_allclose(placed.of(label), 1.1 * places[label], atol=0.1 * millimetre, err_msg=label)
    assert placed.standing[body.coordinate_index("hip_adduction_l")] == pytest.approx(-6 * degree, abs=0.01 * degree)


def test_tibial_torsion_goes_into_the_shank_markers_and_not_into_the_knee(synthetic):
    _, marker_map, factors, body, q, places = synthetic
    turned = dict(places)
    for side, sign in (("R", 1.0), ("L", -1.0)):
        for label in (f"{side}.Ankle", f"{side}.Ankle.Medial"):
            x, y, z = places[label]
            turned[label] = np.array([x - sign * 0.1 * z, y, z])
    placed = place_from_static(body, marker_map, factors, marker_map.labels, _seen(body, marker_map, turned, q, 1.1))
    for name in ("knee_rotation_r", "knee_rotation_l"):
        assert placed.standing[body.coordinate_index(name)] == 0.0


def test_a_hyperextended_standing_knee_is_seen_as_such_and_not_put_into_the_running_knee(synthetic):
    _, marker_map, factors, body, q, places = synthetic
    knee = body.coordinate_index("knee_angle_r")
    bent = q.copy()
    bent[0, knee] = -8 * degree
    placed = place_from_static(body, marker_map, factors, marker_map.labels, _seen(body, marker_map, places, bent, 1.1))
    running = np.repeat(q, 5, axis=0)
    running[:, knee] = np.linspace(10, 50, 5) * degree
    poses = poses_of(body, placed, marker_map.labels, _seen(body, marker_map, places, running, 1.1))
    assert placed.standing[knee] == pytest.approx(-8 * degree, abs=1.5 * degree)
    assert_allclose(poses.q[:, knee], running[:, knee], atol=1.5 * degree)


def test_palpated_landmarks_are_kept_on_the_skin_beside_those_of_the_bone(synthetic):
    _, marker_map, factors, body, q, places = synthetic
    placed = place_from_static(body, marker_map, factors, marker_map.labels, _seen(body, marker_map, places, q, 1.1))
    own = {place.name: place for place in with_landmarks(body, placed).landmarks}
    for name, segment in (
        ("tibial_tuberosity_r", "tibia_r"),
        ("fibular_head_l", "tibia_l"),
        ("greater_trochanter_r", "femur_r"),
        ("lateral_epicondyle_l", "femur_l"),
    ):
        assert own[f"skin_{name}"].body == segment
        assert own[f"skin_{name}"].source == "static trial, on the skin"
    bone, skin = (np.array(own[f"{where}lateral_epicondyle_r"].position) for where in ("", "skin_"))
    generic = next(place for place in load().landmarks if place.name == "lateral_epicondyle_r")
    assert_allclose(bone, 1.1 * np.array(generic.position), rtol=1e-12)
    assert skin[2] > bone[2] + 10 * millimetre


def test_without_a_static_trial_only_markers_of_known_place_are_used(synthetic):
    _, marker_map, factors, body, _, _ = synthetic
    labels = ["R.ASIS", "L.ASIS", "R.PSIS", "L.PSIS", "R.Thigh.Top.Lateral"]
    placed = place_from_map(body, marker_map, factors, labels)
    assert set(placed.labels) == set(labels[:4])
    assert_allclose(placed.of("R.PSIS"), 1.1 * np.array(marker_map["R.PSIS"].place_m))
    with pytest.raises(BodyError, match="Give the static trial"):
        place_from_map(body, marker_map, factors, ["R.Thigh.Top.Lateral"])


def test_a_static_trial_with_two_known_markers_is_refused(synthetic):
    _, marker_map, factors, body, q, places = synthetic
    xyz = _seen(body, marker_map, places, q, 1.1)
    keep = [marker_map.labels.index(label) for label in ("R.ASIS", "L.ASIS", "R.PSIS", "L.PSIS")]
    hidden = xyz.copy()
    hidden[:, np.setdiff1d(np.arange(xyz.shape[1]), keep)] = np.nan
    hidden[:, keep[:3]] = np.nan
    with pytest.raises(BodyError, match="at least 3"):
        place_from_static(body, marker_map, factors, marker_map.labels, hidden)


def test_the_fit_report_names_segments_markers_and_what_moved_the_priors(synthetic):
    generic, marker_map, factors, body, q, places = synthetic
    labels, xyz = marker_map.labels, _seen(body, marker_map, places, q, 1.1)
    scaling = scale_from_static(generic, marker_map, [x for x in labels if "HJC" not in x], _no_hips(labels, xyz))
    placed = place_from_static(body, marker_map, factors, labels, xyz)
    running = np.repeat(q, 6, axis=0)
    running[:, body.coordinate_index("knee_rotation_r")] = 10 * degree
    moved = _seen(body, marker_map, places, running, 1.1)
    moved[:2, labels.index("R.MT5")] = np.nan
    fit = fit_report(scaling, placed, poses_of(body, placed, labels, moved))
    thigh = next(s for s in fit.segments if s.segment == "femur_r")
    lost = next(m for m in fit.markers if m.label == "R.MT5")
    turned = next(p for p in fit.priors if p.coordinate == "knee_rotation_r")
    assert thigh.how == "marker distances in the static trial"
    assert lost.seen == pytest.approx(4 / 6)
    assert fit.frames == 6
    assert 5.0 < turned.moved_deg < 10.0
    assert 0.5 < turned.data_share < 1.0
    assert "lumbar_bending" in fit.not_observed
    assert fit.to_json()["markers"][0]["label"] == placed.labels[0]
    assert len(fit.worst(2)) == 2


def _no_hips(labels, xyz):
    return xyz[:, [k for k, label in enumerate(labels) if "HJC" not in label]]
