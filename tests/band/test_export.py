"""A body with its band as an OpenSim model: OpenSim opens it and measures what gerdy measures."""

from __future__ import annotations

import json

import numpy as np
import pytest

from gerdy.body.scaled_body import scaled_body

pytestmark = pytest.mark.opensim
MILLIMETRE = 1.0


@pytest.fixture(scope="module")
def exported(tmp_path_factory, body):
    from gerdy.pipelines.export_model import export_model

    place = tmp_path_factory.mktemp("exported") / "model.osim"
    return place, {row.quantity: row for row in export_model(body, place)}


def test_strands_are_as_long_as_ours_within_half_a_millimetre_on_two_hundred_running_poses(exported):
    _, rows = exported
    strands = [row for quantity, row in rows.items() if "strands" in quantity]

    assert {"length of strands, lying on the epicondyle", "length of strands, free of it"} <= set(rows)
    assert rows["place of segments"].poses >= 200
    assert rows["length of strands, lying on the epicondyle"].poses >= 200
    for row in strands:
        assert row.largest_mm < 0.5 * MILLIMETRE, row


def test_segments_stand_and_muscles_run_where_they_do_in_gerdy(exported):
    _, rows = exported

    assert rows["place of segments"].largest_mm < 1e-6 * MILLIMETRE
    assert rows["length of muscle paths"].largest_mm < 1e-6 * MILLIMETRE


def test_the_parts_of_each_compartment_have_its_strength_together(exported, body, draw):
    import opensim

    model = opensim.Model(str(exported[0]))
    muscles = model.getMuscles()
    for i, name in enumerate(("glmax1", "glmax2", "glmax3")):
        femoral, band = (muscles.get(part).getMaxIsometricForce() for part in (f"{name}_r", f"{name}_band_r"))
        whole = body.muscles.hill.max_force[body.muscles.index(f"{name}_r")]

        assert femoral + band == pytest.approx(whole)
        assert band == pytest.approx(draw.share[i] * whole)


def test_a_runner_of_another_size_can_be_written_as_well(body, tmp_path):
    """A body scaled unevenly: segments and strands still agree, and the mass is the runner's."""
    import opensim

    from gerdy.band.export import add_band
    from gerdy.band.priors import central_draw
    from gerdy.body.compiler.writer import opensim_model
    from gerdy.pipelines.export_model import agreement

    rng = np.random.default_rng(3)
    runner = scaled_body(body, rng.uniform(0.92, 1.08, (len(body.bodies), 3)), 61.0)
    draw = central_draw(runner)
    model = opensim_model(runner)
    add_band(model, runner, draw)
    model.printToXML(str(tmp_path / "runner.osim"))
    q = np.zeros((12, len(body.coordinates)))
    for side in "rl":
        q[:, body.coordinate_index(f"knee_angle_{side}")] = np.radians(np.linspace(5, 50, 12))
        q[:, body.coordinate_index(f"hip_flexion_{side}")] = np.radians(np.linspace(30, -10, 12))
    rows = {row.quantity: row for row in agreement(tmp_path / "runner.osim", runner, draw, q)}

    assert max(row.largest_mm for row in rows.values()) < 0.5 * MILLIMETRE
    opened = opensim.Model(str(tmp_path / "runner.osim"))
    assert opened.getTotalMass(opened.initSystem()) == pytest.approx(61.0)


def test_the_verb_says_how_far_the_model_is_from_ours(gerdy_says, tmp_path, exported):
    said = gerdy_says("export-model", "--out", tmp_path / "again.osim", "--json")
    document = json.loads(said.out)

    assert document["schema"] == "gerdy/exported-model/1"
    assert {row["quantity"] for row in document["agreement"]} == set(exported[1])


def test_a_folder_that_is_not_there_is_refused_before_anything_is_written(gerdy_says, tmp_path):
    refused = gerdy_says("export-model", "--out", tmp_path / "none" / "model.osim")

    assert refused.code == 1
    assert "is not a folder" in refused.err
