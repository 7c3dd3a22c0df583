"""`gerdy analyze` and `gerdy demo` as a person or a program uses them."""

from __future__ import annotations

import json
import math
import os

import pandas as pd
import pytest

from gerdy.pipelines.demo import demo_files
from gerdy.recordings import read


@pytest.fixture(scope="module")
def demo():
    return demo_files()


def analyse(gerdy_says, demo, *more, depth="strides"):
    given = ("--forces", demo.forces, "--static", demo.static, "--mass", 60, "--height", 1.69, "--depth", depth)
    return gerdy_says("analyze", demo.motion, *given, *more)


def test_the_json_has_the_documented_shape(gerdy_says, demo):
    said = analyse(
        gerdy_says, demo, "--sex", "male", "--pain", "past", "--painful-side", "right", "--json", depth="band"
    )
    document = json.loads(said.out)

    assert said.code == 0
    assert document["schema"] == "gerdy/analysis/1"
    assert set(document) >= {"recording", "subject", "sides", "problems", "sources"}
    assert document["subject"] | {"mass_kg": 60.0, "pain": "past", "painful_side": "right"} == document["subject"]
    for side in ("left", "right"):
        found = document["sides"][side]
        assert found["strides"] >= 10
        for key in ("cadence_spm", "contact_time_s", "flight_time_s", "peak_vertical_force_bw"):
            assert found[key] == pytest.approx(found["spread"][key]["mean"])
            assert found["spread"][key].keys() == {"mean", "sd", "n", "unit"}
        for path in found["missing"]:
            assert found[path.split(".")[0]] is None or "." in path
    for problem in document["problems"]:
        assert set(problem) == {"code", "message", "where"}


def test_without_mass_the_force_in_body_weights_is_null_with_its_reason(gerdy_says, demo):
    document = json.loads(
        gerdy_says("analyze", demo.motion, "--forces", demo.forces, "--depth", "strides", "--json").out
    )

    assert document["sides"]["left"]["peak_vertical_force_bw"] is None
    assert "body mass" in document["sides"]["left"]["missing"]["peak_vertical_force_bw"]
    assert document["sides"]["left"]["peak_vertical_force_pct_stance"] is not None


def test_without_forces_the_times_come_from_the_markers_and_forces_are_null(gerdy_says, demo):
    document = json.loads(gerdy_says("analyze", demo.motion, "--mass", 60, "--depth", "strides", "--json").out)

    assert document["recording"]["events_from"] == "markers"
    assert document["sides"]["right"]["peak_vertical_force_bw"] is None
    assert "not recorded" in document["sides"]["right"]["missing"]["peak_vertical_force_bw"]


def test_one_side_can_be_asked_for(gerdy_says, demo):
    document = json.loads(analyse(gerdy_says, demo, "--side", "right", "--json").out)

    assert document["sides"]["left"] is None
    assert document["sides"]["right"]["strides"] > 0


def test_the_folder_holds_a_report_tables_and_motion_that_read_back(gerdy_says, demo, tmp_path):
    out = tmp_path / "out"
    said = analyse(gerdy_says, demo, "--out", out)
    strides = pd.read_parquet(out / "strides.parquet")
    document = json.loads(out.joinpath("analysis.json").read_text(encoding="utf-8"))
    markers = read(out / "markers.trc").data.markers

    assert said.code == 0
    assert str(out / "report.html") in said.out.replace("\n", "")
    assert (strides["verdict"] == "good").sum() == sum(side["strides"] for side in document["sides"].values())
    assert pd.read_csv(out / "strides.csv")["contact_s"].to_numpy() == pytest.approx(strides["contact_s"], rel=1e-5)
    assert markers.labels == read(demo.motion).data.markers.labels
    assert read(out / "forces.mot").data.forces.names == ("left", "right")


def test_a_folder_that_gerdy_did_not_make_is_never_touched(gerdy_says, demo, tmp_path):
    tmp_path.joinpath("thesis.txt").write_text("years of work", encoding="utf-8")
    said = analyse(gerdy_says, demo, "--out", tmp_path)

    assert said.code == 1
    assert "was not made by gerdy" in said.err
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_second_run_replaces_the_folder_of_the_first_with_equal_bytes(gerdy_says, demo, tmp_path):
    analyse(gerdy_says, demo, "--out", tmp_path / "out")
    first = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    analyse(gerdy_says, demo, "--out", tmp_path / "out")
    second = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}

    assert first == second


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_one_sentence(gerdy_says, demo, tmp_path):
    tmp_path.chmod(0o500)
    said = analyse(gerdy_says, demo, "--out", tmp_path / "out")

    assert said.code == 1
    assert "cannot be written" in said.err


def test_the_demo_runs_offline_and_names_its_runner(gerdy_says, tmp_path):
    said = gerdy_says("demo", "--out", tmp_path / "demo")

    assert said.code == 0
    assert "Participant 5 of a public data set" in said.out
    assert (tmp_path / "demo" / "report.html").is_file()


def test_numbers_in_json_are_finite(gerdy_says, demo):
    def walk(item):
        if isinstance(item, dict):
            return all(walk(value) for value in item.values())
        if isinstance(item, list):
            return all(walk(value) for value in item)
        return not isinstance(item, float) or math.isfinite(item)

    assert walk(json.loads(analyse(gerdy_says, demo, "--json", depth="joints").out))


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--mass", 6000), 1, "between 25 and 250 kg"),
        (("--mass", "heavy"), 2, "neither a mass in kg"),
        (("--height", 169), 1, "between 1.2 and 2.3 m"),
        (("--pain", "never", "--painful-side", "left"), 1, "drop one of the two"),
        (("--speed", 9.0), 0, ""),
    ],
)
def test_impossible_answers_are_refused_with_what_is_legal(gerdy_says, demo, options, code, words):
    said = gerdy_says("analyze", demo.motion, "--depth", "strides", *options)

    assert said.code == code
    assert words in " ".join(said.err.split())
