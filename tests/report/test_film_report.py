"""What is written about a film: nobody is known in it, every measure has its picture, the guide says when not to."""

from __future__ import annotations

import json
import re

import av
import numpy as np
import pytest
from typer.testing import CliRunner

from gerdy.cli.main import app
from gerdy.motion.film.film_study import study_film
from gerdy.pipelines.film import analyze_films
from gerdy.pipelines.film_analysis import FilmFile
from gerdy.recordings.keypoints import KEYPOINTS
from gerdy.recordings.video.film import open_film
from gerdy.recordings.video.key_point_files import read_keypoints
from gerdy.report.film_guide import guide_html, guide_text
from gerdy.report.film_pictures import hide_people
from gerdy.report.film_stills import stills
from gerdy.report.film_video import write_annotated
from source_code import ROOT

NOISE = np.random.default_rng(3).integers(0, 255, (400, 300, 3), dtype=np.uint8)


def standing(**places):
    """Joints of somebody in the middle of a picture of 300 × 400."""
    joints = {name: np.array([150.0, 250.0]) for name in KEYPOINTS}
    for s in "lr":
        joints[f"shoulder_{s}"], joints[f"hip_{s}"] = np.array([150.0, 150.0]), np.array([150.0, 230.0])
        joints[f"ankle_{s}"] = np.array([150.0, 360.0])
    joints["nose"] = np.array([150.0, 115.0])
    return joints | places


def roughness(rgb, x, y):
    """Standard deviation of a patch; pure noise has 74, a blurred patch nearly none."""
    return float(rgb[y - 8 : y + 8, x - 8 : x + 8].astype(float).std())


def test_the_head_and_everybody_beyond_the_runner_are_blurred():
    shown = hide_people(NOISE, standing())

    assert roughness(shown, 150, 115) < 15
    assert roughness(shown, 40, 100) < 15
    assert roughness(shown, 150, 250) > 60


def test_without_a_nose_all_above_the_shoulders_is_blurred():
    shown = hide_people(NOISE, standing(nose=np.full(2, np.nan)))

    assert roughness(shown, 150, 130) < 15
    assert roughness(shown, 150, 250) > 60


def test_a_picture_without_a_known_runner_is_blurred_throughout():
    shown = hide_people(NOISE, {name: np.full(2, np.nan) for name in KEYPOINTS})

    assert max(roughness(shown, x, y) for x in (40, 150, 260) for y in (40, 200, 360)) < 15


def test_the_guide_says_first_when_not_to_run_and_needs_nothing_else():
    page = guide_html()

    assert re.search(r"Do not run for the camera with pain above 2 of 10", guide_text().splitlines()[1])
    assert page.count("<svg") == 2
    assert "https://" not in page
    assert "http://" not in re.sub(r'xmlns="[^"]+"', "", page)


def test_the_guide_is_printed_and_written(tmp_path):
    told = CliRunner().invoke(app, ["film-guide"])
    written = CliRunner().invoke(app, ["film-guide", "--out", str(tmp_path / "guide.html")])

    assert told.exit_code == written.exit_code == 0
    assert "From behind" in told.stdout
    assert (tmp_path / "guide.html").read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.fixture(scope="module")
def treadmill(shared_data):
    """The shared film with the key points that came with it."""
    folder = shared_data / "video-treadmill-side"
    motion = study_film("male_side.mp4", read_keypoints(folder / "male_side.pose.json"))
    swapped = np.zeros(360, dtype=bool)
    return FilmFile(folder / "male_side.mp4", None, open_film(folder / "male_side.mp4"), motion, swapped)


@pytest.mark.shared
def test_every_angle_of_the_report_has_a_still(treadmill):
    made = stills(treadmill)

    assert {(still.key, still.side) for still in made} >= {
        ("knee_flexion_contact_deg", "left"),
        ("trunk_forward_lean_mid_stance_deg", "right"),
    }
    assert all(still.jpeg.startswith(b"\xff\xd8") and "±" in still.says for still in made)


@pytest.mark.shared
def test_the_annotated_film_has_every_picture_and_no_sound(treadmill, tmp_path):
    told = []
    write_annotated(treadmill, tmp_path / "out.mp4", tell=lambda: told.append(1))
    with av.open(str(tmp_path / "out.mp4")) as container:
        pictures = sum(1 for _ in container.decode(video=0))
        assert not container.streams.audio

    assert pictures == len(told) == 360


@pytest.mark.shared
def test_the_command_writes_a_folder_and_prints_the_document(shared_data, tmp_path):
    file = shared_data / "video-treadmill-side" / "male_side.pose.json"
    out = tmp_path / "run"
    result = CliRunner().invoke(app, ["analyze", str(file), "--height", "1.78", "--out", str(out), "--json"])
    document = json.loads(result.stdout)

    assert result.exit_code == 0, result.output
    assert document["schema"] == "gerdy/film/1"
    assert json.loads((out / "analysis.json").read_text(encoding="utf-8"))["schema"] == "gerdy/film/1"
    assert {"report.html", "measures.csv", "strides.parquet"} <= {item.name for item in out.iterdir()}
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "Knee bent most in stance" in page
    assert "no single camera" in page


@pytest.mark.shared
def test_the_command_says_on_one_screen_what_is_sure_and_what_is_unknown(shared_data):
    file = shared_data / "video-treadmill-side" / "male_side.pose.json"
    told = CliRunner().invoke(app, ["analyze", str(file)]).stdout

    assert "± is one standard error" in told
    assert "What is unknown" in told


def test_a_box_that_is_not_four_numbers_is_a_usage_error(tmp_path):
    result = CliRunner().invoke(app, ["analyze", str(tmp_path / "a.mp4"), "--box", "1,2,3"])

    assert result.exit_code == 2


@pytest.mark.shared
def test_every_key_of_a_film_stands_in_the_nomenclature(shared_data):
    folder = shared_data / "video-treadmill-side"
    document = analyze_films([folder / "male_side.pose.json"]).to_json()
    page = (ROOT / "docs" / "nomenclature.md").read_text(encoding="utf-8")

    def names(value):
        if isinstance(value, list):
            return {key for item in value for key in names(item)}
        if not isinstance(value, dict):
            return set()
        return set(value).union(*(names(v) for k, v in value.items() if k not in {"verdicts", "missing"}))

    keys = {
        re.sub(r"_(contact|zone|mid_stance|toe_off|peak|excursion)(_2d)?_deg$", "", key)
        for part in ("recording", "sides", "symmetry")
        for key in names(document[part])
    }
    assert {key for key in keys - {"left", "right"} if f"`{key}`" not in page} == set()
