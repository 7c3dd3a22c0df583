"""``gerdy compare`` on folders written by hand."""

from __future__ import annotations

import json

import numpy as np
import pytest


def side(cadence, adduction, zero="neutral standing"):
    return {
        "strides": 25,
        "spread": {"cadence_spm": {"mean": cadence, "sd": 1.0, "n": 25, "unit": "steps/min"}},
        "measures": {"hip_adduction_peak_deg": {"mean": adduction, "sd": 1.0, "n": 25, "unit": "deg"}},
        "band": {"zero_elongation": zero, "stances": 20},
        "missing": {"band.energy_j": "not recorded: needs ground reaction forces and body mass"},
    }


@pytest.fixture
def folder(tmp_path):
    """Write a folder as ``gerdy analyze --out`` does, as small as it can be."""

    def write(name, *, runner="me", left=None, right=None, standing="abc", draws=None):
        place = tmp_path / name
        place.mkdir()
        document = {
            "schema": "gerdy/analysis/1",
            "recording": {
                "files": [{"name": f"{name}.c3d"}],
                "static": {"sha256": standing} if standing else None,
                "speed_m_s": {"mean": 3.5},
                "events_from": "forces",
            },
            "subject": {"runner_id": runner},
            "sides": {"left": left or side(170.0, 8.0), "right": right or side(170.0, 8.0)},
        }
        (place / "analysis.json").write_text(json.dumps(document), encoding="utf-8")
        np.savez(place / "band_draws.npz", **(draws or bands()))
        return place

    return write


def bands(factor=1.0, count=8):
    tension, strain = np.linspace(300.0, 900.0, count), np.linspace(1.0, 2.0, count)
    outcomes = {
        "tension_peak_n": factor * tension,
        "anterior.path_elongation_peak_pct": strain,
        "energy_j": np.nan * strain,
    }
    return {f"{one}.{path}": values for one in ("left", "right") for path, values in outcomes.items()}


def answer(said):
    assert said.code == 0, said.err
    return json.loads(said.out)


def test_two_occasions_say_what_changed_and_what_cannot_be_told_apart(folder, gerdy_says):
    fresh = folder("fresh")
    tired = folder("tired", right=side(170.2, 9.0), draws=bands(1.1))
    found = answer(gerdy_says("compare", fresh, tired, "--json"))
    right = found["pairs"]["right"]

    assert found["schema"] == "gerdy/comparison/1"
    assert found["same_markers"]
    assert right["measures"]["hip_adduction_peak_deg"]["verdict"] == "changed"
    assert right["measures"]["hip_adduction_peak_deg"]["change"] == pytest.approx(1.0)
    assert right["measures"]["cadence_spm"]["verdict"] == "cannot be told apart"
    assert right["band"]["tension_peak_n"]["verdict"] == "changed"
    assert right["band"]["tension_peak_n"]["change"]["median"] == pytest.approx(60.0)
    assert right["band"]["tension_peak_n"]["sign_agreement"] == 1.0
    assert found["pairs"]["left"]["measures"]["hip_adduction_peak_deg"]["verdict"] == "cannot be told apart"


def test_every_load_stands_with_its_interval(folder, gerdy_says):
    found = answer(gerdy_says("compare", folder("a"), folder("b"), "--json"))

    for key in ("a", "b", "change"):
        assert {"median", "p5", "p95", "draws"} == set(found["pairs"]["left"]["band"]["tension_peak_n"][key])


def test_what_was_not_recorded_is_missing_with_its_reason_and_not_zero(folder, gerdy_says):
    found = answer(gerdy_says("compare", folder("a"), folder("b"), "--json"))
    left = found["pairs"]["left"]

    assert "energy_j" not in left["band"]
    assert left["missing"]["band.energy_j"].endswith("needs ground reaction forces and body mass")


def test_markers_placed_anew_hide_a_change_of_one_degree(folder, gerdy_says):
    found = answer(gerdy_says("compare", folder("a"), folder("b", standing="other", right=side(170.0, 9.0)), "--json"))

    assert not found["same_markers"]
    assert found["pairs"]["right"]["measures"]["hip_adduction_peak_deg"]["verdict"] == "cannot be told apart"
    assert any("placed anew" in note for note in found["notes"])


def test_one_folder_sets_right_against_left(folder, gerdy_says):
    found = answer(gerdy_says("compare", folder("a", right=side(170.0, 20.0)), "--json"))
    sides = found["pairs"]["sides"]

    assert (sides["a"], sides["b"]) == ("left", "right")
    assert sides["measures"]["hip_adduction_peak_deg"]["change"] == pytest.approx(12.0)
    assert sides["measures"]["hip_adduction_peak_deg"]["verdict"] == "changed"


def test_two_runners_are_refused_unless_asked_for(folder, gerdy_says):
    a, b = folder("a"), folder("b", runner="ana")
    refused = gerdy_says("compare", a, b)

    assert refused.code == 1
    assert "runner 'me' and B is runner 'ana'" in refused.err
    assert gerdy_says("compare", a, b, "--across-runners").code == 0


def test_draws_that_do_not_pair_are_refused(folder, gerdy_says):
    refused = gerdy_says("compare", folder("a"), folder("b", draws=bands(count=16)))

    assert refused.code == 1
    assert "8 draws in A and 16 in B" in refused.err


def test_elongation_from_two_zeros_is_not_compared(folder, gerdy_says):
    standing = side(170.0, 8.0, zero="the runner's standing trial")
    found = answer(gerdy_says("compare", folder("a"), folder("b", left=standing), "--json"))
    left = found["pairs"]["left"]

    assert "anterior.path_elongation_peak_pct" not in left["band"]
    assert "elongation is zero at" in left["missing"]["band.anterior.path_elongation_peak_pct"]


@pytest.mark.parametrize(
    ("content", "seen"), [("{}", "holds 'None'"), ("[1]", "holds 'list'"), ("{", "could not be read")]
)
def test_a_folder_that_is_no_analysis_is_refused(tmp_path, gerdy_says, content, seen):
    (tmp_path / "analysis.json").write_text(content, encoding="utf-8")
    refused = gerdy_says("compare", tmp_path)

    assert refused.code == 1
    assert seen in refused.err


def test_the_page_and_its_document_stand_in_the_folder_and_judge_nobody(folder, gerdy_says, tmp_path):
    out = tmp_path / "out"
    said = gerdy_says("compare", folder("a"), folder("b", draws=bands(1.2)), "--out", out)
    page = (out / "comparison.html").read_text(encoding="utf-8")

    assert said.code == 0
    assert json.loads((out / "comparison.json").read_text(encoding="utf-8"))["schema"] == "gerdy/comparison/1"
    assert "band.tension_peak_n" in page
    for word in ("better", "worse", "unsafe", "safe "):
        assert word not in page.partition("<main>")[2].lower() + said.out.lower()


def test_a_second_run_replaces_its_own_folder_and_nobody_elses(folder, gerdy_says, tmp_path):
    a, out = folder("a"), tmp_path / "out"

    assert gerdy_says("compare", a, "--out", out).code == 0
    assert gerdy_says("compare", a, "--out", out).code == 0
    refused = gerdy_says("compare", a, "--out", a)
    assert refused.code == 1
    assert "was not made by gerdy" in refused.err
