"""``gerdy exercises`` as a runner or coach types it."""

from __future__ import annotations

import json


def test_the_list_names_every_exercise_under_its_track(gerdy_says):
    said = gerdy_says("exercises")

    assert said.code == 0
    assert said.out.count("like running") == 86
    assert "T5  length at the back of the hip" in said.out
    assert "E84  Flat strides, level 1, like running 5 of 5  (no drawing)" in said.out


def test_a_track_can_be_asked_for_alone(gerdy_says):
    said = gerdy_says("exercises", "--track", "t6")

    assert said.out.count("like running") == 5
    assert "E67" in said.out


def test_one_exercise_shows_how_what_for_and_what_speaks_against_it(gerdy_says):
    said = gerdy_says("exercises", "lateral step-down")

    assert said.out.startswith("E23  Lateral step-down")
    for part in ("+ Belt level.", "To begin with: 3 × 6–10", "Easier: ", "Without equipment: ", "But: ", "Grade E"):
        assert part in said.out


def test_the_cues_follow_the_knee(gerdy_says):
    assert "Knee over the second toe" in gerdy_says("exercises", "E23").out
    assert "Knee over the second toe" not in gerdy_says("exercises", "E23", "--knee", "out").out


def test_json_has_its_schema_and_every_field(gerdy_says):
    document = json.loads(gerdy_says("exercises", "E60", "--json").out)

    assert document["schema"] == "gerdy/exercises/1"
    (row,) = document["exercises"]
    assert (row["id"], row["specificity"], row["drawn"]) == ("E60", 5, True)
    assert {"key", "value", "source", "grade", "directness", "status", "does_not_say"} <= set(
        row["standing"]["sources"][0]
    )


def test_a_page_holds_the_drawing_and_nothing_from_elsewhere(gerdy_says, tmp_path):
    page = tmp_path / "squat.html"
    said = gerdy_says("exercises", "E24", "--out", page)
    text = page.read_text(encoding="utf-8")

    assert said.code == 0
    assert "<svg" in text
    assert "Single-leg squat to a box" in text
    assert "src=" not in text
    assert "https:" not in text
    assert [file.name for file in tmp_path.iterdir()] == ["squat.html"]


def test_a_page_without_a_drawing_says_so(gerdy_says, tmp_path):
    gerdy_says("exercises", "E81", "--out", tmp_path / "cue.html")

    assert "No drawing: the words say how." in (tmp_path / "cue.html").read_text(encoding="utf-8")


def test_a_place_that_cannot_be_written_is_refused(gerdy_says, tmp_path):
    said = gerdy_says("exercises", "E24", "--out", tmp_path / "no" / "page.html")

    assert said.code == 1
    assert "cannot be written" in said.err
    assert said.out == ""


def test_an_unknown_exercise_or_track_is_refused_with_what_there_is(gerdy_says):
    assert "Nearest: side plank" in gerdy_says("exercises", "side planck").err
    assert "There is no track 'T9'; use one of T0" in gerdy_says("exercises", "--track", "T9").err
    assert "say in, out or none" in gerdy_says("exercises", "E23", "--knee", "valgus").err
