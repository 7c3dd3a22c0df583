"""A compiled body is a file with its own certificate; what cannot be compiled is refused in a sentence."""

from __future__ import annotations

import hashlib
import json

import numpy as np
import pytest

from gerdy.body import forward, load, muscle_geometry, path_lengths, save, scale
from gerdy.body.compiler.certificate import _middle
from gerdy.body.compiler.functions import Piecewise, evaluate, fitted_polynomial
from gerdy.body.surrogates import sample_poses
from gerdy.errors import BodyError

micrometre = 1e-6
millimetre = 1e-3


@pytest.fixture(scope="module")
def generic():
    return load()


def checks(body, quantity, over):
    return [r for r in body.certificate["checks"] if r["quantity"].startswith(quantity) and over in r["over"]]


def test_the_shipped_body_is_the_published_model_with_a_knee_that_adducts_and_rotates(generic):
    assert generic.name == "LaiUhlrich2022"
    assert len(generic.muscles.names) == 80
    assert generic.mass == pytest.approx(75.337, abs=1e-3)  # kg, as OpenSim prints it
    free = {c.name for c in generic.coordinates if not c.locked}
    for side in "rl":
        assert {f"knee_adduction_{side}", f"knee_rotation_{side}", f"subtalar_angle_{side}"} <= free


@pytest.mark.shared
def test_the_shipped_body_names_the_file_it_was_made_from(generic, shared_data):
    source = shared_data / "opensim-laiuhlrich2022" / "LaiUhlrich2022.osim"
    assert generic.certificate["model_sha256"] == hashlib.sha256(source.read_bytes()).hexdigest()


def test_the_certificate_states_what_was_measured_and_it_is_small(generic):
    assert checks(generic, "body position", "")[0]["largest"] <= 1e-6  # mm
    assert checks(generic, "path length, cylinder", "middle")[0]["largest"] <= 1e-6  # mm
    assert checks(generic, "path length, polynomials", "middle")[0]["rms"] <= 0.03  # mm, engine.md: 0.029
    assert checks(generic, "moment arm, polynomials", "middle")[0]["rms"] <= 0.12  # mm, engine.md: 0.12
    assert checks(generic, "joint moment", "not turning")[0]["largest"] <= 1e-6  # N m


def test_what_is_saved_is_loaded_byte_for_byte(generic, tmp_path):
    save(generic, tmp_path / "body.npz")
    again = load(tmp_path / "body.npz")
    assert again.certificate == generic.certificate
    assert again.coordinates == generic.coordinates
    assert again.landmarks == generic.landmarks
    for ours, theirs in zip(again.muscles.surrogates, generic.muscles.surrogates, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    q = generic.default_pose()
    np.testing.assert_array_equal(forward(again, q).position, forward(generic, q).position)
    assert [p.name for p in tmp_path.iterdir()] == ["body.npz"]


def test_a_file_that_is_not_a_body_is_refused(tmp_path):
    wrong = tmp_path / "body.npz"
    wrong.write_bytes(b"PK not a body")
    with pytest.raises(BodyError, match="gerdy compile"):
        load(wrong)


def test_a_body_of_another_format_is_refused(generic, tmp_path):
    path = tmp_path / "body.npz"
    save(generic, path)
    with np.load(path) as stored:
        arrays = dict(stored)
    meta = json.loads(str(arrays.pop("meta")))
    meta["format"] = 99
    np.savez(path, meta=np.array(json.dumps(meta)), **arrays)
    with pytest.raises(BodyError, match="format 99"):
        load(path)


def test_a_reflected_function_is_the_function_of_minus_x():
    """How a knee that flexes negatively becomes one that flexes positively."""
    spline = Piecewise((0.0, 1.0), (0.0, 0.0, 1.0), ((0.0, 1.0), (0.0, 1.0, 2.0, -1.0), (2.0, 2.0)))
    for x in (-2.0, -0.5, 0.25, 0.75, 3.0):
        assert evaluate(spline.reflected(), -x) == pytest.approx(evaluate(spline, x))


def test_a_polynomial_that_replaces_a_polynomial_changes_nothing():
    cubic = Piecewise((), (0.0,), ((0.1, -0.2, 0.3, 0.05),))
    replaced, worst = fitted_polynomial(cubic, 0.0, 2.4, 5)
    assert worst < 1e-12
    assert evaluate(replaced, 1.3) == pytest.approx(evaluate(cubic, 1.3))


@pytest.mark.opensim
def test_thelen_muscles_are_refused_in_one_sentence(tmp_path):
    opensim = pytest.importorskip("opensim")
    from gerdy.body.compiler.pipeline import compile_model

    model = opensim.Model()
    body = opensim.Body("femur_r", 1.0, opensim.Vec3(0), opensim.Inertia(1, 1, 1))
    model.addBody(body)
    model.addJoint(opensim.PinJoint("hip_r", model.getGround(), body))
    muscle = opensim.Thelen2003Muscle("soleus_r", 1000.0, 0.1, 0.2, 0.0)
    muscle.addNewPathPoint("a", model.getGround(), opensim.Vec3(0, 0.1, 0))
    muscle.addNewPathPoint("b", body, opensim.Vec3(0, -0.2, 0))
    model.addForce(muscle)
    model.finalizeConnections()
    model.printToXML(str(tmp_path / "thelen.osim"))
    with pytest.raises(BodyError, match="soleus_r is a Thelen2003Muscle; gerdy compiles Millard"):
        compile_model(tmp_path / "thelen.osim")


@pytest.mark.opensim
def test_a_file_that_is_no_model_is_refused(tmp_path):
    from gerdy.body.compiler.pipeline import compile_model

    with pytest.raises(BodyError, match="not found"):
        compile_model(tmp_path / "nothing.osim")
    (tmp_path / "broken.osim").write_text("<OpenSimDocument")
    with pytest.raises(BodyError, match="could not be opened"):
        compile_model(tmp_path / "broken.osim")


@pytest.mark.opensim
@pytest.mark.shared
def test_muscles_of_a_scaled_body_are_those_that_opensims_scale_tool_makes(opensim_run, comparison_body):
    """Generic compiled, then scaled by gerdy, against the model that the ScaleTool wrote."""
    from gerdy.body.compiler import opensim
    from gerdy.body.compiler.oracle import Oracle
    from gerdy.body.compiler.pipeline import compile_model

    generic = compile_model(opensim_run.generic, knee="published")
    factors = np.array([opensim_run.scale_factors()[name] for name in generic.bodies])
    ours = scale(generic, factors, 72.84)
    q = _middle(generic, sample_poses(generic, 40, 21))
    theirs = Oracle(opensim().Model(str(opensim_run.scaled)), ours).lengths(q)
    # The ScaleTool prints its factors with six digits.
    np.testing.assert_allclose(path_lengths(ours, q, as_opensim=True), theirs, atol=10 * micrometre)
    plain = ~ours.muscles.sequential
    error = (muscle_geometry(ours, q).length - theirs)[:, plain]
    assert np.sqrt((error**2).mean()) <= 0.05 * millimetre
    hill, reference = ours.muscles.hill, comparison_body.muscles.hill
    np.testing.assert_allclose(hill.optimal_fibre, reference.optimal_fibre, rtol=1e-4)
    np.testing.assert_allclose(hill.tendon_slack, reference.tendon_slack, rtol=1e-4)
    np.testing.assert_array_equal(hill.max_force, reference.max_force)
