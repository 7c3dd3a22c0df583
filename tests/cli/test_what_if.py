"""`gerdy what-if` as a person or a program uses it."""

from __future__ import annotations

import json
import shutil

import pytest


@pytest.fixture(scope="module")
def answered(demo_folder, tmp_path_factory):
    """One answer, asked once: document, page folder and what the terminal said."""
    import sys

    from gerdy.cli.main import main

    out = tmp_path_factory.mktemp("what-if") / "answer"
    patch = pytest.MonkeyPatch()
    patch.setattr(sys, "argv", ["gerdy", "what-if", str(demo_folder), "--change", "hip adduction -4 deg",
                                "--change", "gluteus medius strength +20 %", "--out", str(out)])  # fmt: skip
    with pytest.raises(SystemExit) as left:
        main()
    patch.undo()
    assert not left.value.code
    return out


def test_the_document_has_the_documented_shape(answered):
    found = json.loads((answered / "what_if.json").read_text(encoding="utf-8"))

    assert found["schema"] == "gerdy/what-if/1"
    assert found["changes"] == ["hip adduction -4 deg", "gluteus medius strength +20 %"]
    assert (found["side"], found["runner_id"], found["label"]) == ("right", "participant-5", "hypothesis")
    assert set(found["residual"]) == {"force_bw", "moment_bw_height", "verdict"}
    tension = found["outcomes"]["tension_peak_n"]
    assert set(tension) == {"baseline", "change", "sign_agreement", "per_km"}
    for key in ("baseline", "change"):
        assert {"median", "p5", "p95", "draws"} == set(tension[key])
    assert tension["per_km"] is None
    assert set(found["outcomes"]["contact_impulse_n_s"]["per_km"]) == {"baseline", "change", "sign_agreement"}
    assert set(found["side_effects"]) == {"knee_extension_moment_peak_nm_kg", "calf_force_peak_n"}
    assert {key.partition(".")[0] for key in found["sources"]} <= {one["key"] for one in found["used"]}
    assert found["sentences"][0].startswith("Peak tension of the band: ")


def test_the_page_needs_nothing_else_and_judges_nobody(answered):
    page = (answered / "what_if.html").read_text(encoding="utf-8")

    assert "hip adduction -4 deg and gluteus medius strength +20 %" in page
    assert "sign agreement" in page.lower()
    assert "http" not in page.replace("https://doi.org", "").replace("https://pmc", "").partition("<main>")[2]
    for word in ("unsafe", "safe ", "cause", "cure"):
        assert word not in page.partition("<main>")[2].lower()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("vastus lateralis moment arm +5 mm", "does not cross the hip"),
        ("hip adduction -60 deg", "answered up to 12 deg"),
        ("cadence faster", "by how much"),
        ("slope -10 %", "no shared recording has a slope"),
        ("speed +2 m/s", "between 2.5 and 4.5 m/s only"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_reason_and_legal_examples(gerdy_says, demo_folder, change, words):
    said = gerdy_says("what-if", demo_folder, "--change", change)

    assert said.code == 1
    assert said.out == ""
    assert words in " ".join(said.err.split())


def test_a_change_that_cannot_be_read_is_refused_before_the_file_is_opened(gerdy_says, tmp_path):
    said = gerdy_says("what-if", tmp_path / "nothing.c3d", "--change", "hip aduction -4 deg")

    assert said.code == 1
    assert "hip adduction" in said.err


def test_a_folder_without_a_band_says_what_to_do(gerdy_says, demo_folder, tmp_path):
    bare = tmp_path / "bare"
    bare.mkdir()
    shutil.copy(demo_folder / "analysis.json", bare)
    said = gerdy_says("what-if", bare, "--change", "hip adduction -4 deg")

    assert said.code == 1
    assert "legs.npz" in said.err
    assert "Analyse the recording again" in said.err


@pytest.mark.parametrize("name", ["legs.npz", "body.npz", "band_draws.npz"])
def test_a_damaged_folder_is_one_sentence(gerdy_says, demo_folder, tmp_path, name):
    hurt = tmp_path / "hurt"
    shutil.copytree(demo_folder, hurt)
    (hurt / name).write_bytes((hurt / name).read_bytes()[:2000])
    said = gerdy_says("what-if", hurt, "--change", "hip adduction -4 deg")

    assert said.code == 1
    assert "could not be read" in said.err


def test_a_change_or_a_search_is_asked_for_and_not_both(gerdy_says, demo_folder):
    assert gerdy_says("what-if", demo_folder, "--search", "--change", "cadence +5 %").code == 2
    assert gerdy_says("what-if", demo_folder).code == 1


def test_legs_read_back_as_they_were_written(demo_folder, tmp_path):
    from gerdy.pipelines.legs import read_legs, write_legs

    write_legs(read_legs(demo_folder), tmp_path)

    assert (tmp_path / "legs.npz").read_bytes() == (demo_folder / "legs.npz").read_bytes()
    assert (tmp_path / "body.npz").read_bytes() == (demo_folder / "body.npz").read_bytes()


def test_the_ranking_has_the_documented_shape(demo_folder):
    from gerdy.band.priors import draw_bands
    from gerdy.band.what_if import search
    from gerdy.pipelines.what_if import WhatIf, open_recording
    from gerdy.report.what_if import what_if_html

    recording = open_recording(demo_folder)
    leg = recording.leg(None)
    ranked, refused = search(leg.some(1), draw_bands(leg.body, 2))
    found = WhatIf(recording, leg.side, tuple(ranked), True, tuple(refused), {})
    document = found.to_json()

    assert document["schema"] == "gerdy/what-if-search/1"
    assert {"changes", "outcomes", "side_effects", "label", "residual"} <= set(document["ranked"][0])
    assert "largest lowering first" in what_if_html(found)
