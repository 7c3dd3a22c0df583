"""`gerdy plan` and `gerdy today` as a runner and a coach meet them; what must stand before a plan is named."""

from __future__ import annotations

import datetime as dt
import json
import re

import fitdecode
import pytest
from icalendar import Calendar
from typer.testing import CliRunner

from gerdy.cli.main import app
from gerdy.errors import GerdyError
from gerdy.journal import open_store
from gerdy.pipelines.demo_story import RUNNER, demo_story
from gerdy.records import Clearance

NOW = "2026-03-02"


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("GERDY_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def runs(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def plan(*words, day=NOW, runner=RUNNER):
    return runs("plan", "--runner", runner, "--zone", "UTC", "--date", day, *words)


def today(*words, day=NOW):
    return runs("today", "--runner", RUNNER, "--zone", "UTC", "--date", day, *words)


def told(result):
    assert result.exit_code == 0, (result.output, result.exception)
    return json.loads(result.stdout)


def refusal(result):
    assert isinstance(result.exception, GerdyError), (result.output, result.exception)
    return str(result.exception)


def journal(*leave_out, more=()):
    """Keep the demo's invented runner, but for some kinds of records."""
    store = open_store(None, create=True)
    store.add_runner(RUNNER, runner_id=RUNNER)
    store.add(*(entry for entry in demo_story().entries if entry.kind not in leave_out), *more)
    store.close()


def test_a_runner_without_an_assessment_is_told_how_to_begin(home):
    journal("assessment")
    assert "gerdy assess --blank home" in refusal(plan())
    assert "gerdy assess --blank home" in told(today("--json"))["do"][0]


def test_too_little_of_the_home_set_is_refused_with_what_is_missing(home):
    journal("assessment")
    runs("log", "screen", "--all-no", "--runner", RUNNER, "--when", "2026-03-01")
    assert "Side plank" in refusal(plan())


def test_a_red_flag_shuts_the_plan_and_only_a_clearance_opens_it(home):
    journal()
    runs("log", "screen", "--all-no", "--yes", "night_pain", "--runner", RUNNER, "--when", NOW)
    said = refusal(plan())
    assert "gerdy log clearance night_pain" in said
    assert told(today("--json"))["may_run_tomorrow"] == "no"

    runs("log", "screen", "--all-no", "--runner", RUNNER, "--when", "2026-03-03")
    assert "gerdy log clearance night_pain" in refusal(plan(day="2026-03-03"))

    store = open_store(None, create=False)
    at = dt.datetime(2026, 3, 4, 9, tzinfo=dt.UTC)
    who = {"who": "A. Novak", "profession": "physician", "examined": "hip and spine"}
    store.add(Clearance(id="c", runner_id=RUNNER, event_time=at, entered_at=at, opens=("night_pain",), **who))
    store.close()
    assert told(plan("--json", day="2026-03-04"))["state"]["locked"] is False


def test_a_screen_older_than_fourteen_days_comes_first(home):
    journal()
    assert "gerdy log screen --all-no" in refusal(plan(day="2026-03-17"))


def test_without_wishes_no_week_is_laid_out(home):
    journal("wishes")
    assert "gerdy log wishes" in refusal(plan())


def test_the_json_holds_what_the_reference_page_promises(home):
    journal()
    found = told(plan("--weeks", 2, "--json"))
    assert found["schema"] == "gerdy/plan/1"
    assert (found["state"]["phase"], found["state"]["step"]) == ("P3", "R4")
    assert [week["starts"] for week in found["weeks"]] == ["2026-03-02", "2026-03-09"]
    assert [run["step"] for run in found["weeks"][0]["runs"]] == ["R4", "R4", "R5"]


def test_the_same_plan_twice_is_one_version_and_a_changed_wish_makes_the_next(home):
    journal()
    assert told(plan("--json"))["versions"][0]["changed"] is True
    assert told(plan("--json"))["versions"][0]["changed"] is False

    runs("log", "wishes", "--day", "fri 0", "--runner", RUNNER, "--when", NOW)
    runs("log", "wishes", "--day", "mon 20 run 0", "--runner", RUNNER, "--when", NOW)
    assert told(plan("--json"))["versions"][0]["record"]["version"] == 2


def test_calendar_entries_keep_their_id_when_the_plan_changes(home, tmp_path):
    journal()
    plan("--out", tmp_path / "one.ics")
    runs("log", "wishes", "--day", "mon 20 run 0", "--runner", RUNNER, "--when", NOW)
    plan("--out", tmp_path / "two.ics")
    first, second = (Calendar.from_ical((tmp_path / name).read_bytes()) for name in ("one.ics", "two.ics"))
    ids = [{str(event["uid"]) for event in one.walk("VEVENT")} for one in (first, second)]
    assert ids[0] <= ids[1]


def test_the_folder_holds_page_text_calendar_json_and_workouts_that_another_reader_opens(home, tmp_path):
    journal()
    plan("--weeks", 2, "--out", tmp_path / "plan")
    folder = tmp_path / "plan"
    page = (folder / "plan.html").read_text()
    assert re.findall(r'(?:src|href)="http|url\(http|@import', page) == []
    assert page.count("<svg") >= 4
    assert "Sketch, if every run before is green" in (folder / "plan.txt").read_text()
    with fitdecode.FitReader(folder / "2026-03-03-R4.fit") as reader:
        names = [frame.name for frame in reader if frame.frame_type == fitdecode.FIT_FRAME_DATA]
    assert names[:2] == ["file_id", "workout"]


def test_a_place_that_cannot_be_written_leaves_nothing_half(home, tmp_path):
    journal()
    assert "ends in '.pdf'" in refusal(plan("--out", tmp_path / "plan.pdf"))
    assert list(tmp_path.glob("plan*")) == []


def test_wishes_that_collide_are_named_with_the_smallest_change(home):
    journal()
    for day in ("mon", "wed", "fri"):
        runs("log", "wishes", "--day", f"{day} 5 run 0", "--runner", RUNNER, "--when", NOW)
    said = refusal(plan())
    assert "collide" in said
    assert "Smallest change" in said


def test_a_plan_that_is_asked_for_on_a_friday_takes_what_is_left_of_the_week(home):
    """The demo's strength days are Monday and Wednesday; they are over, so the sessions wait instead of colliding."""
    journal()
    late = plan("--no-save", day="2026-03-06")

    assert late.exit_code == 0, late.exception
    assert "what no longer fits waits for Monday" in " ".join(late.output.split())


def test_a_coach_s_decision_is_followed_and_stays_beside_gerdy_s_own(home):
    journal()
    words = ("--role", "coach", "--by", "Ana", "--reason", "travels", "--until", "2026-03-15")
    runs("log", "override", "R-062", "hold", *words, "--runner", RUNNER, "--when", NOW)
    found = told(plan("--json"))
    assert [run["step"] for run in found["weeks"][0]["runs"]] == ["R4", "R4", "R4"]
    assert found["overrides"][0]["reason"] == "travels"


def test_nobody_overrides_a_red_flag(home):
    journal()
    words = ("--role", "clinician", "--reason", "looks fine")
    assert "clearance" in refusal(runs("log", "override", "R-001", "open", *words, "--runner", RUNNER))


def test_a_runner_may_do_less_but_not_more(home):
    journal()
    words = ("--role", "runner", "--reason", "I feel good", "--runner", RUNNER, "--when", NOW)
    assert "do less" in refusal(runs("log", "override", "R-062", "R7", *words))
    assert runs("log", "override", "R-062", "hold", *words).exit_code == 0


def test_today_answers_three_questions_and_asks_for_the_morning(home):
    journal()
    assert "gerdy plan" in " ".join(told(today("--json"))["do"])
    plan()
    found = told(today("--json"))
    assert found["may_run_tomorrow"] == "yes"
    assert found["tomorrow"][0].startswith("R4")
    assert any("deadlift" in line for line in found["do"])
    tomorrow = told(today("--json", day="2026-03-03"))
    assert "gerdy check-in" in tomorrow["do"][0]


def test_leaving_knowingly_ends_the_plan_and_says_how_to_come_back(home):
    journal()
    runs("log", "opt-out", "--understood", "--runner", RUNNER, "--when", NOW)
    assert "take it up again" in refusal(plan())


def test_the_demo_s_story_says_everywhere_that_it_is_invented():
    from gerdy.report.demo_story import NAME

    assert "invented" in NAME
    assert all("INVENTED" in one.text for one in demo_story().entries if one.kind == "assessment" and one.text)
