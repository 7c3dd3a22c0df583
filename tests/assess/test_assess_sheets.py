"""Sheets: what is read, what is refused, and that a kept assessment reads back as it was."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.cases import NAMES, NOW, case, case_records, merge, record, sheet
from gerdy.assess.ask import ask
from gerdy.assess.blank import blank_html, blank_yaml
from gerdy.assess.blank import tests_for as cards_for
from gerdy.assess.compare import compare
from gerdy.assess.entries import assessment_from
from gerdy.assess.files import as_csv, as_json, read_assessment, record_from_text
from gerdy.assess.judge import judge
from gerdy.assess.sheet import parse_csv, parse_yaml
from gerdy.errors import FileUnreadable, RecordInvalid, SheetInvalid

GOOD = [name for name in NAMES if "problems" not in case(name)["expect"]]


@pytest.mark.parametrize("name", GOOD)
def test_an_assessment_kept_as_json_reads_back_the_same(name):
    """Nothing is lost in the record file."""
    now, _ = case_records(name)

    assert record_from_text(as_json(now), "kept.json") == now


@pytest.mark.parametrize("name", GOOD)
def test_an_assessment_kept_as_csv_reads_back_with_the_same_values(name):
    """Answers, trials, scores, extras and clearances survive the CSV sheet."""
    now, _ = case_records(name)
    again = assessment_from(parse_csv(as_csv(now), "kept.csv"), "kept.csv", NOW)

    assert again.answers == now.answers
    assert {(item.test, item.side): item.value for item in again.results} == {
        (item.test, item.side): item.value for item in now.results
    }
    assert (again.runner_id, again.by, again.event_time) == (now.runner_id, now.by, now.event_time)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 70), min_size=1, max_size=5), st.floats(0, 10))
def test_any_number_of_trials_survives_yaml_csv_and_json(trials, pain):
    """The best of the tries counts, in every format."""
    table = merge(sheet(), {"tests": {"lunge_bent_angle": {"left": trials, "pain": {"left": pain, "right": 0}}}})
    one = assessment_from(parse_yaml(yaml.safe_dump(table), "a.yaml"), "a.yaml", NOW)
    two = assessment_from(parse_csv(as_csv(one), "a.csv"), "a.csv", NOW)
    value = next(item.value for item in one.results if item.test == "lunge_bent_angle" and item.side == "left")

    assert value == max(trials)
    assert two.answers == one.answers
    assert set(two.results) == set(one.results)


def test_the_same_sheet_gives_the_same_id_and_another_value_another():
    """Reading a sheet twice is no second assessment."""
    other = merge(sheet(), {"tests": {"side_plank": {"left": 76}}})

    assert record(sheet()).id == record(sheet()).id
    assert record(sheet()).id != record(other).id


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"tests": {"side_plank": {"unit": None}}}, "the unit is 'missing'; write unit: s"),
        ({"tests": {"side_plank": {"left": 1000}}}, "side_plank left is 1000 s; it must lie between 0 and 900 s"),
        ({"tests": {"side_plank": {"left": True}}}, "it must be a number in s"),
        ({"tests": {"side_planck": {"left": 3}}}, "unknown test 'side_planck'; nearest: side_plank"),
        ({"tests": {"side_plank": {"middle": 3}}}, "side_plank: unknown entry 'middle'"),
        ({"tests": {"lateral_step_down": {"left": {"knee": 3}}}}, "give whole points from 0 to 2"),
        ({"tests": {"lateral_step_down": {"left": {"hat": 1}}}}, "unknown part 'hat'"),
        ({"tests": {"lateral_step_down": {"left": 3}}}, "give the parts arms, trunk, pelvis, knee, stance"),
        ({"tests": {"heel_raise": 30}}, "heel_raise: give 'unit: repetitions' and a value per side"),
        ({"tests": {"hip_abduction_isometric": {"position": "standing"}}}, "must be one of: side-lying, supine"),
        ({"tests": {"hip_abduction_isometric": {"lever_m": 80}}}, "must lie between 0.15 and 1.2 m"),
        ({"about": {"age_years": "old"}}, "age_years is 'old'; it must be a number in years"),
        ({"pain": {"pain_rest": -1}}, "pain_rest is -1 points of 10; it must lie between 0 and 10"),
        ({"pain": {"pain_place": "toe"}}, "pain_place is 'toe'; it must be one of: outer thigh-bone bump"),
        ({"safety": {"everything_else": True}}, "everything_else can only be no"),
        ({"safety": {"foot_dorp": False}}, "unknown question 'foot_dorp'; nearest: foot_drop"),
        ({"date": "2026-11-21"}, "date 2026-11-21 lies in the future"),
        ({"date": "yesterday"}, "write it as 2026-11-20"),
        ({"history": {"last_screen": "long ago"}}, "write a date as 2026-11-20"),
        ({"clearance": [{"covers": ["age"], "who": "Dr Lind"}]}, "a clearance lacks profession, date, examined"),
        ({"clearance": "yes"}, "clearance must be a list"),
        ({"testz": {}}, "unknown part 'testz'; nearest: tests"),
        ({"tests": [1, 2]}, "'tests' must be a list of entries"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused_with_what_is_legal(change, says):
    """What was seen, what was expected, what to do."""
    with pytest.raises(SheetInvalid) as caught:
        record(merge(sheet(), change) if change.get("tests") != [1, 2] else {**sheet(), **change})

    assert says in str(caught.value)


def test_every_problem_of_a_sheet_is_listed_at_once():
    """A person corrects a sheet once, not ten times."""
    with pytest.raises(SheetInvalid) as caught:
        record(merge(sheet(), {"about": {"age_years": 400, "mass_kg": 3}, "tests": {"heel_raise": {"left": 900}}}))

    assert len(caught.value.problems) == 3
    assert "3 problems. Nothing was stored." in str(caught.value)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.yaml", "tests: [", "it is not YAML"),
        ("a.yaml", "- 1\n- 2\n", "it is not a sheet; print one with: gerdy assess --blank home"),
        ("a.csv", "a,b\n1,2\n", "a CSV sheet needs the columns item, side, value, unit"),
        ("a.csv", "item,side,value,unit\nside_planck,left,3,s\n", "line 2: unknown item 'side_planck'"),
        ("a.json", "{", "it is not JSON"),
        ("a.json", '{"kind": "run"}', "it is no assessment"),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path, name, text, says):
    """The message names the file."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")

    with pytest.raises(SheetInvalid, match=name) as caught:
        read_assessment(path, NOW)
    assert says in str(caught.value)


def test_a_record_with_an_impossible_field_is_refused(tmp_path):
    """A stored file that was changed by hand does not pass."""
    data = json.loads(as_json(record(sheet()))) | {"results": "none"}
    path = tmp_path / "a.json"
    path.write_text(json.dumps(data), encoding="utf-8")

    with pytest.raises(RecordInvalid, match="not valid at 'results'"):
        read_assessment(path, NOW)


@pytest.mark.parametrize("name", ["missing.yaml", "sheet.docx"])
def test_a_missing_file_or_another_ending_is_refused(tmp_path, name):
    """What can be given is said."""
    with pytest.raises(FileUnreadable, match=name):
        read_assessment(tmp_path / name, NOW)


@pytest.mark.parametrize("who", ["home", "partner", "clinic"])
def test_a_blank_sheet_reads_as_nothing_recorded(who):
    """Empty is not recorded: no answer, no result, and no verdict."""
    blank = assessment_from(parse_yaml(blank_yaml(who), "blank"), "blank", NOW)
    answer = judge(blank, today=NOW.date())

    assert (blank.answers, blank.results) == ({}, ())
    assert answer.verdict == "refused"
    assert answer.completeness.share == 0


def test_a_home_sheet_asks_nothing_that_needs_a_clinician():
    """Tests are offered to who can do them, and runs and hops come last."""
    home = cards_for("home")

    assert all("home" in card.who for card in home)
    assert [card.provocative for card in home] == sorted(card.provocative for card in home)
    assert len(cards_for("clinic")) > len(cards_for("partner")) > len(home)


def test_the_printed_sheet_has_a_drawing_for_each_test_and_no_foreign_address():
    """One drawing per test, nothing fetched from elsewhere."""
    page = blank_html("clinic")

    assert page.count("<svg") == len(cards_for("clinic"))
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")


def test_values_from_another_position_are_not_compared():
    """Side-lying and supine differ by 30 % (Cerda Vega 2018): the reason is said, no change is shown."""
    now = record(merge(sheet(), {"tests": {"hip_abduction_isometric": {"position": "supine"}}}))
    change = next(item for item in compare(now, record(sheet())) if item.test == "hip_abduction_isometric")

    assert (change.outcome, change.change) == ("not comparable", None)
    assert "position was side-lying and is supine" in change.why


def test_a_questionnaire_change_counts_from_its_published_importance():
    """UWRI: 5 points are the smallest important change, 4 are no measurable one (Nelson 2020)."""
    earlier = record(merge(sheet(), {"scores": {"uwri": 20}}))
    outcomes = {}
    for score in (24, 25, 14):
        now = record(merge(sheet(), {"scores": {"uwri": score}}))
        outcomes[score] = next(item.outcome for item in compare(now, earlier) if item.test == "uwri")

    assert outcomes == {24: "within measurement error", 25: "better", 14: "worse"}


def scripted(answers):
    seen = []

    def read(text):
        seen.append(text)
        return next((item for key, item in answers.items() if text.startswith(key)), "")

    return read, seen


def test_asking_goes_safety_first_and_stops_at_an_emergency():
    """After a yes to an emergency question nothing more is asked."""
    read, seen = scripted({"Hot, swollen joint": "yes"})
    table = ask({}, read, lambda text: None)

    assert seen[0].startswith("Hot, swollen joint")
    assert len(seen) == 1
    assert judge(assessment_from(table, "asked", NOW), today=NOW.date()).safety.level == "emergency"


def test_asking_fills_what_a_sheet_lacks_and_leaves_the_rest():
    """Known values are not asked again; an empty answer stays not recorded; nonsense is asked again."""
    table = sheet()
    table = {**table, "tests": {key: item for key, item in table["tests"].items() if key != "heel_raise"}}
    said = []
    tries = iter(["a lot", "900", "22", ""])

    def read(text):
        return next(tries, "")

    filled = ask(table, read, said.append)

    assert filled["tests"]["heel_raise"] == {"unit": "repetitions", "left": 22.0}
    assert sum("Leave it empty to skip" in text for text in said) == 2
    assert any("Single-leg heel raise" in text for text in said)


def test_asking_a_whole_runner_gives_a_sheet_that_reads():
    """Every question is put; the answers make an assessment."""
    read, seen = scripted(
        {"Sex": "female", "Age": "32", "Pain in walking": "0", "  left [deg]": "40", "  right [deg]": "38",
         "  left arms": "0", "An injury to this knee": "no"}
    )  # fmt: skip
    table = ask({}, read, lambda text: None)
    made = assessment_from(table, "asked", NOW)

    assert made.answers["sex"] == "female"
    assert any(item.test == "lunge_bent_angle" and item.value == 40 for item in made.results)
    assert not any(text.startswith("After it") for text in seen)
