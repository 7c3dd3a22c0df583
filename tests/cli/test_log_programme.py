"""What shapes a plan from outside is entered in words, checked, and kept whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gerdy.cli.main import app
from gerdy.errors import GerdyError

YEARS = Path(__file__).parents[1] / "years"


@pytest.fixture
def gerdy(tmp_path, monkeypatch):
    monkeypatch.setenv("GERDY_HOME", str(tmp_path / "home"))
    return lambda *words: CliRunner().invoke(app, ["log", *map(str, words)])


def entered(result):
    assert result.exit_code == 0, (result.output, result.exception)
    return json.loads(result.stdout)["entries"][0]


def refusal(result):
    assert isinstance(result.exception, GerdyError), (result.output, result.exception)
    return str(result.exception)


def test_a_file_of_wishes_is_kept_as_it_is_written(gerdy):
    kept = entered(gerdy("wishes", YEARS / "jonas" / "wishes.yaml", "--json"))

    assert [day["weekday"] for day in kept["days"]] == [0, 1, 2, 3, 4, 5]
    assert kept["days"][2] == {"weekday": 2, "minutes": 60.0, "run_minutes": 0.0, "place": "gym", "slots": 2}
    assert (kept["weekly_km"], kept["long_run_km"], kept["long_run_weekday"]) == (24, 8.5, 5)


def test_an_option_changes_only_the_wish_that_it_names(gerdy):
    before = entered(gerdy("wishes", YEARS / "jonas" / "wishes.yaml", "--json"))
    after = entered(gerdy("wishes", "--day", "fri 30 run 20 one go", "--race", "2027-05-02 spring ten 10 km", "--json"))

    assert after["days"][4] == {"weekday": 4, "minutes": 30.0, "run_minutes": 20.0, "place": "", "slots": 1}
    assert after["races"] == [{"date": "2027-05-02", "name": "spring ten", "km": 10.0}]
    assert after["days"][:4] == before["days"][:4]
    assert after["equipment"] == before["equipment"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("wishes", "--day", "someday 45"), "no weekday"),
        (("wishes", "--day", "mon plenty"), "mon 45"),
        (("wishes", "--equipment", "kettelbell"), "kettlebell"),
        (("wishes", "--race", "next spring"), "2026-10-10 autumn ten 10 km"),
        (("wishes", "--keep-free", "24.12."), "2026-11-20"),
        (("discharge", "--result", "hip_abduction left 116 N"), "hip_abduction_isometric"),
        (("discharge", "--result", "single_hop left 116 stones"), "unit"),
        (("screen", "--all-no", "--yes", "missd_periods=3"), "missed_periods"),
        (("clearance", "missed_periods", "--who", "", "--profession", "physician", "--examined", "blood"), "who"),
        (("opt-out",), "--understood"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_say_instead(gerdy, words, says):
    assert says in refusal(gerdy(*words))


def test_a_hand_over_keeps_each_side_and_value(gerdy):
    kept = entered(
        gerdy("discharge", "--told", "may run", "--running-allowed", "--result", "single_hop left 1.18 m", "--json")
    )

    assert kept["running_allowed"] is True
    assert kept["results"][0]["side"] == "left"
    assert kept["results"][0]["value"] == pytest.approx(118)


def test_a_safety_screen_needs_the_word_that_all_questions_were_read(gerdy):
    assert gerdy("screen").exit_code == 2
    kept = entered(gerdy("screen", "--all-no", "--yes", "missed_periods=3", "--json"))
    assert kept["answers"]["safety.missed_periods"] == 3
    assert kept["answers"]["safety.foot_drop"] is False


def test_an_assessment_is_kept_under_the_name_of_the_journals_runner(gerdy):
    kept = entered(gerdy("assessment", YEARS / "maya" / "sheet.yaml", "--json"))
    assert kept["event_time"].startswith("2026-01-05")
    assert len(kept["results"]) > 50
