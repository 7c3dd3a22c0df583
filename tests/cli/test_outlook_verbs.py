"""``gerdy outlook`` and ``gerdy simulate`` as a person types them."""

from __future__ import annotations

import csv
import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gerdy.cli.main import app
from gerdy.errors import FileUnreadable, GerdyError, RecordInvalid
from gerdy.journal import open_store
from gerdy.records import Run

DATE = "2026-06-01"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a journal with twenty weeks of running: 8 km on Mondays, 5 km on Thursdays, one run too long."""
    monkeypatch.setenv("GERDY_HOME", str(tmp_path / "home"))
    store = open_store(None)
    runner = store.ensure_runner("me").id
    days = [(7 * week + day, km) for week in range(20) for day, km in ((0, 8.0), (3, 5.0))]
    store.add(*(_run(runner, day, km) for day, km in [*days, (138, 12.0)]))
    store.close()
    return tmp_path


def _run(runner_id: str, day: int, km: float) -> Run:
    when = dt.datetime(2026, 1, 12, 9, tzinfo=dt.UTC) + dt.timedelta(days=day)
    head = {"id": f"run-{day}", "runner_id": runner_id, "event_time": when, "entered_at": when}
    return Run(**head, distance_m=1000.0 * km, moving_s=360.0 * km)


def _do(*words: str) -> str:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == 0, result.output
    return result.stdout


def outlook(*words: str) -> str:
    return _do("outlook", "--date", DATE, "--zone", "UTC", *words)


def test_a_run_that_was_too_long_is_said_with_its_limit_and_grade(home):
    said = outlook()
    assert "2026-06-01: yellow." in said
    assert "12.0 km is more than 8.8 km" in said
    assert "grade A" in said
    assert "days are not recorded" in said


def test_the_json_has_the_documented_keys(home):
    found = json.loads(outlook("--weekly-km", "14", "--weekly-km", "30", "--json"))
    page = Path(__file__).parents[2] / "docs" / "reference" / "outlook-json.md"
    for key in found:
        if key != "schema":
            assert f"`{key}" in page.read_text(encoding="utf-8") or f", `{key}`" in page.read_text(encoding="utf-8")
    assert found["schema"] == "gerdy/outlook/1"
    assert [week["km"] for week in found["build"]] == [14.0, 30.0]
    assert found["signals"][0]["rule"] == "W-3"
    assert len(found["curves"]["days"]) == len(found["curves"]["capacity"]["median"])


def test_a_build_file_is_read_and_each_week_is_judged(home):
    plan = home / "weeks.csv"
    plan.write_text("week,km,strength,longest_km\n2026-06-08,14,1,12\n2026-06-15,40,1,30\n", encoding="utf-8")
    found = json.loads(outlook("--build", str(plan), "--every-run-recorded", "--json"))
    assert [week["longest_run"] for week in found["build"]] == ["within", "above"]
    assert found["build"][1]["standing"] == "above capacity"


def test_the_folder_holds_page_picture_and_numbers_and_may_be_written_again(home):
    out = home / "seen"
    for _ in range(2):
        outlook("--out", str(out), "--alarms")
    assert sorted(file.name for file in out.iterdir()) == ["outlook.html", "outlook.json", "outlook.svg"]
    page = (out / "outlook.html").read_text(encoding="utf-8")
    assert "Check: 12.0 km" in page
    assert "<script" not in page
    assert 'src="http' not in page


def test_the_same_day_gives_the_same_bytes(home):
    pages = []
    for name in ("a", "b"):
        outlook("--out", str(home / name))
        pages.append([file.read_bytes() for file in sorted((home / name).iterdir())])
    assert pages[0] == pages[1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("week,km\n2026-06-08,many\n", "weeks.csv, line 2"),
        ("week,km\nsoon,14\n", "weeks.csv, line 2"),
        ("week,miles\n2026-06-08,14\n", "column 'miles'"),
        ("week,km\n2026-06-08,-4\n", "km is -4"),
        ("week,km\n2026-06-08,nan\n", "km is nan"),
        ("week,km\n", "holds no week"),
        ("", "holds no week"),
    ],
)
def test_a_build_that_cannot_be_read_is_refused_with_its_line(home, text, said):
    plan = home / "weeks.csv"
    plan.write_text(text, encoding="utf-8")
    assert said in str(_refused(RecordInvalid, "outlook", "--date", DATE, "--build", str(plan)))


def test_a_build_file_that_is_missing_or_no_text_is_refused(home):
    picture = home / "weeks.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe")
    for path in (home / "none.csv", picture):
        _refused(FileUnreadable, "outlook", "--build", str(path))


def test_a_day_that_is_no_date_is_a_usage_error(home):
    assert CliRunner().invoke(app, ["outlook", "--date", "yesterday-ish"]).exit_code == 2


def test_a_refusal_leaves_one_message_on_stderr_nothing_on_stdout_and_exit_code_one(tmp_path):
    words = [sys.executable, "-m", "gerdy", "outlook", "--store", str(tmp_path / "nobody")]
    result = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (1, "")
    assert len(result.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "nobody").exists()


def test_simulate_prints_first_what_it_is_and_writes_the_same_bytes_for_the_same_seed(tmp_path):
    pages = []
    for name in ("a", "b"):
        said = _do("simulate", "--seed", "3", "--runners", "60", "--out", str(tmp_path / name))
        assert said.startswith("This is an illustration, not evidence.")
        pages.append([file.read_bytes() for file in sorted((tmp_path / name).iterdir())])
    assert pages[0] == pages[1]
    found = json.loads((tmp_path / "a" / "simulation.json").read_text(encoding="utf-8"))
    assert found["order"]["holds"] + found["order"]["no_difference"] + found["order"]["turns"] == pytest.approx(1.0)


def test_simulate_refuses_too_few_runners(tmp_path):
    said = _refused(RecordInvalid, "simulate", "--runners", "3", "--out", str(tmp_path / "x"))
    assert "50 to 100000" in str(said)
    assert not (tmp_path / "x").exists()


def test_the_example_build_of_the_docs_can_be_used(home):
    page = (Path(__file__).parents[2] / "docs" / "reference" / "outlook-json.md").read_text(encoding="utf-8")
    text = page.partition("```csv\n")[2].partition("```")[0]
    assert len(list(csv.DictReader(text.splitlines()))) == 2
    (home / "weeks.csv").write_text(text, encoding="utf-8")
    outlook("--build", str(home / "weeks.csv"))


def _refused(kind: type[GerdyError], *words: str) -> BaseException:
    result = CliRunner().invoke(app, list(words))
    assert isinstance(result.exception, kind), result.output
    assert result.stdout == ""
    return result.exception
