"""`gerdy assess`, `why` and `explain` as a person or a program uses them."""

from __future__ import annotations

import json

import pytest
import yaml

from assess.cases import merge, sheet

TIRED = {"hip_abductor_endurance": {"left": 130, "right": 80}, "side_plank": {"left": 75, "right": 40}}


@pytest.fixture
def sheet_file(tmp_path):
    """A filled sheet of a runner whose right hip tires."""

    def write(change=None, name="sheet.yaml"):
        path = tmp_path / name
        path.write_text(yaml.safe_dump(merge(merge(sheet(), {"tests": TIRED}), change or {})), encoding="utf-8")
        return path

    return write


def test_the_json_of_assess_has_the_documented_shape(gerdy_says, sheet_file):
    """The keys that docs/reference/json-assess.md names, and the verdict."""
    document = json.loads(gerdy_says("assess", sheet_file(), "--json").out)

    assert document["schema"] == "gerdy/assess/1"
    assert set(document) == {
        "schema", "record", "verdict", "safety", "completeness", "findings", "reserves", "contributors", "active",
        "changes", "decisions", "sources",
    }  # fmt: skip
    assert document["verdict"] == "complete"
    assert document["active"] == ["C3"]
    assert any("Brown" in text for text in document["sources"])


def test_a_kept_assessment_can_be_compared_with_a_later_one(gerdy_says, sheet_file, tmp_path):
    """Keep as JSON, test again, compare: the change stands against the test's error."""
    kept = tmp_path / "kept.json"
    gerdy_says("assess", sheet_file(), "--out", kept)
    later = sheet_file({"tests": {"side_plank": {"right": 60}}}, "later.yaml")
    said = gerdy_says("assess", later, "--compare", kept)

    assert "Side plank, right: 40 → 60 s (better" in said.out
    assert "no change in" in said.out


def test_an_assessment_is_kept_as_csv_too_and_read_again(gerdy_says, sheet_file, tmp_path):
    """The CSV is a sheet."""
    kept = tmp_path / "kept.csv"
    gerdy_says("assess", sheet_file(), "--out", kept)

    assert "outer hip endurance, right: stands out" in gerdy_says("assess", kept).out


def test_a_refused_sheet_exits_with_one_and_writes_nothing(gerdy_says, sheet_file, tmp_path):
    """Every problem on stderr; no half-written record."""
    bad = sheet_file({"about": {"age_years": 400}, "tests": {"side_plank": {"left": 5000}}})
    out = tmp_path / "kept.json"
    said = gerdy_says("assess", bad, "--out", out)

    assert said.code == 1
    assert "SheetInvalid" in said.err
    assert "age_years is 400 years; it must lie between 5 and 110 years" in said.err
    assert "side_plank left is 5000 s; it must lie between 0 and 900 s" in said.err
    assert not out.exists()


@pytest.mark.parametrize("name", ["kept.pdf", "no/such/folder/kept.json"])
def test_a_place_that_cannot_be_written_is_said(gerdy_says, sheet_file, tmp_path, name):
    """One sentence, exit code 1."""
    said = gerdy_says("assess", sheet_file(), "--out", tmp_path / name)

    assert (said.code, said.err.split(":")[0]) == (1, "OutputBlocked")


def test_a_red_flag_prints_the_referral_and_locks_why(gerdy_says, sheet_file):
    """The answer of assess is the referral; why refuses with it."""
    flagged = sheet_file({"safety": {"groin_hop_pain": True}})
    assessed = gerdy_says("assess", flagged)

    assert "Stop all running and hopping now" in assessed.out
    assert "stands out" not in assessed.out
    assert "VerdictRefused: A safety sign comes first." in gerdy_says("why", flagged).err
    assert json.loads(gerdy_says("why", flagged, "--json").out)["verdict"] == "locked"


def test_without_a_sheet_and_without_a_terminal_it_is_a_usage_error(gerdy_says):
    """Never a prompt without a terminal."""
    said = gerdy_says("assess")

    assert said.code == 2
    assert "there is no terminal to ask at" in said.err


def test_a_blank_sheet_is_printed_and_written(gerdy_says, tmp_path):
    """YAML to fill in, HTML to print."""
    page = tmp_path / "sheet.html"
    gerdy_says("assess", "--blank", "clinic", "--out", page)

    assert "tests:" in gerdy_says("assess", "--blank", "home").out
    assert "<svg" in page.read_text(encoding="utf-8")


def test_why_speaks_draws_and_gives_json(gerdy_says, sheet_file, tmp_path):
    """Words, a picture of one side, and the same as data."""
    picture = tmp_path / "chain.svg"
    said = gerdy_says("why", sheet_file(), "--side", "right", "--picture", picture)
    document = json.loads(gerdy_says("why", sheet_file(), "--json").out)

    assert "Your outer hip tires early." in said.out
    assert picture.read_text(encoding="utf-8").startswith("<?xml")
    assert document["schema"] == "gerdy/why/1"
    assert document["sides"]["right"]["loading"][0]["start"] == "tired_hip"
    assert "--side" in gerdy_says("why", sheet_file(), "--picture", picture).err


def test_explain_speaks_of_a_rule_and_of_a_runner(gerdy_says, sheet_file):
    """In general without a sheet, with reasons for a runner; JSON too."""
    assert "Under 90 % of the other side" in gerdy_says("explain", "R-016").out
    assert "because: " in gerdy_says("explain", "R-017 right", sheet_file()).out
    assert json.loads(gerdy_says("explain", "all", sheet_file(), "--json").out)["schema"] == "gerdy/explain/1"
    assert "Nearest" in gerdy_says("explain", "R-999x").err


def test_a_motion_file_that_is_no_analysis_is_refused(gerdy_says, sheet_file, tmp_path):
    """What to give is said."""
    other = tmp_path / "other.json"
    other.write_text("{}", encoding="utf-8")

    assert "gerdy analyze" in gerdy_says("assess", sheet_file(), "--motion", other).err
