"""The journal's verbs as a person or a script meets them: words, JSON, exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from activity_files import fit, gpx, straight_run
from gerdy.cli.main import app
from gerdy.errors import GerdyError
from gerdy.journal.verdicts import Verdict

DOCS = Path(__file__).parents[2] / "docs"
RUN = straight_run(km=5)


@pytest.fixture
def gerdy(tmp_path, monkeypatch):
    """Run the command line on a data folder of its own; there is no terminal."""
    monkeypatch.setenv("GERDY_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("GERDY_BY", raising=False)
    monkeypatch.delenv("GERDY_RUNNER", raising=False)

    def run(*words: object, stdin: str = ""):
        return CliRunner().invoke(app, [str(word) for word in words], input=stdin)

    return run


def told(result) -> dict:
    assert result.exit_code == 0, (result.output, result.exception)
    return json.loads(result.stdout)


def refusal(result) -> str:
    assert isinstance(result.exception, GerdyError), (result.output, result.exception)
    return str(result.exception)


def test_a_run_is_entered_with_how_it_felt(gerdy):
    entered = told(gerdy("log", "run", "--km", 8, "--minutes", 45, "--pain-during", 2, "--side", "right", "--json"))
    assert entered["schema"] == "gerdy/log/1"
    run, pain = entered["entries"]
    assert (run["distance_m"], run["moving_s"], run["elapsed_s"]) == (8000, 2700, None)
    assert (pain["score"], pain["moment"], pain["side"], pain["activity"]) == (2, "during", "right", run["id"])


def test_strength_pain_notes_and_the_morning_are_entered(gerdy):
    told(gerdy("log", "strength", "3 x 10 E60 each side at 20 kg RIR 2", "--json"))
    told(gerdy("log", "pain", 3, "--moment", "after", "--side", "left", "--json"))
    told(gerdy("log", "note", "new shoes", "--json"))
    day = told(gerdy("check-in", "--stairs", 2, "--side", "right", "--sleep", 7.5, "--score", "OSTRC=0", "--json"))
    assert [entry["kind"] for entry in day["entries"]] == ["check-in", "morning"]
    kinds = [entry["kind"] for entry in told(gerdy("log", "list", "--json"))["entries"]]
    assert sorted(kinds) == ["check-in", "morning", "note", "pain", "strength"]


def test_how_the_pain_of_a_run_went_is_kept_with_it(gerdy):
    said = ("--pain-during", 3, "--settled-min", 40, "--no-limp", "--onset-km", 2.5, "--side", "right", "--json")
    run, felt = told(gerdy("log", "run", "--km", 5, *said))["entries"]

    assert (felt["settled_min"], felt["gait_changed"], felt["onset_m"]) == (40, False, 2500)
    assert felt["activity"] == run["id"]


def test_how_a_pain_went_needs_the_pain(gerdy):
    assert gerdy("log", "run", "--km", 5, "--settled-min", 40).exit_code == 2


def test_a_usual_morning_is_kept_with_the_answer_when_it_is_known(gerdy):
    """The mean of the quiet mornings before, 1 and 2; a morning after a run does not count."""
    gerdy("check-in", "--stairs", 1, "--when", "2026-01-02T07:00", "--zone", "UTC")
    gerdy("check-in", "--stairs", 2, "--when", "2026-01-03T07:00", "--zone", "UTC")
    gerdy("log", "run", "--km", 5, "--when", "2026-01-03T18:00", "--zone", "UTC")
    gerdy("check-in", "--stairs", 9, "--when", "2026-01-04T07:00", "--zone", "UTC")
    (answer,) = told(gerdy("check-in", "--stairs", 2, "--when", "2026-01-05T07:00", "--zone", "UTC", "--json"))[
        "entries"
    ]

    assert answer["baseline"] == 1.5


def test_what_was_not_said_is_not_recorded(gerdy):
    (entry,) = told(gerdy("check-in", "--sleep", 7, "--json"))["entries"]
    assert entry["soreness"] is None
    assert entry["ill"] is None


def test_a_correction_keeps_what_was_not_said_again(gerdy, tmp_path):
    (tmp_path / "a.fit").write_bytes(fit(RUN))
    (verdict,) = told(gerdy("import", tmp_path / "a.fit", "--zone", "UTC", "--json"))["files"]
    (corrected,) = told(gerdy("log", "run", "--km", 5.2, "--corrects", verdict["entry"], "--json"))["entries"]
    assert corrected["distance_m"] == 5200
    assert corrected["elapsed_s"] == verdict["elapsed_s"]
    assert corrected["event_time"] == "2025-05-01T06:30:00Z"
    (now,) = told(gerdy("log", "list", "--json"))["entries"]
    assert now["id"] == corrected["id"]
    assert told(gerdy("rebuild", "--json"))["runs"] == []


def test_a_removed_entry_leaves_the_count_and_stays_in_the_history(gerdy):
    (run,) = told(gerdy("log", "run", "--km", 8, "--json"))["entries"]
    told(gerdy("log", "remove", run["id"], "--why", "typed twice", "--json"))
    assert [entry["kind"] for entry in told(gerdy("log", "list", "--json"))["entries"]] == ["note"]
    assert len(told(gerdy("log", "list", "--history", "--json"))["entries"]) == 2


def test_a_record_of_any_kind_is_entered_from_json(gerdy):
    assessment = {
        "kind": "assessment",
        "event_time": "2026-01-02T08:00:00+01:00",
        "results": [{"test": "lunge", "side": "left", "value": 41, "unit": "deg"}],
    }
    (entry,) = told(gerdy("log", "record", "-", "--json", stdin=json.dumps(assessment)))["entries"]
    assert entry["results"][0]["value"] == 41


def test_of_a_video_only_the_hash_is_kept(gerdy, tmp_path):
    video, c3d = tmp_path / "run.mp4", tmp_path / "run.c3d"
    video.write_bytes(b"moving pictures")
    c3d.write_bytes(b"markers")
    (entry,) = told(gerdy("log", "recording", video, c3d, "--json"))["entries"]
    assert set(entry["files"]) == {"run.mp4", "run.c3d"}
    kept = [file.read_bytes() for file in (tmp_path / "home" / "originals").rglob("*") if file.is_file()]
    assert kept == [b"markers"]
    assert "are as they came, 1 discarded" in gerdy("doctor").stdout


def test_without_a_terminal_nothing_is_asked_and_the_exit_code_says_usage(gerdy):
    for words in (("check-in",), ("log", "run"), ("import",)):
        result = gerdy(*words)
        assert result.exit_code == 2, words
        assert "Error" in result.stderr


@pytest.mark.parametrize("words", [("log", "pain", "11"), ("log", "run", "--km", "-1"), ("check-in", "--sleep", "25")])
def test_what_no_human_can_do_is_refused_as_usage(gerdy, words):
    assert gerdy(*words).exit_code == 2


def test_a_slip_of_the_pen_makes_no_new_runner(gerdy):
    gerdy("runner", "add", "kim")
    assert "Known: kim" in refusal(gerdy("log", "note", "hello", "--runner", "kmi"))
    assert [one["name"] for one in told(gerdy("runner", "list", "--json"))["runners"]] == ["kim"]


def test_reading_verbs_make_no_journal(gerdy, tmp_path):
    assert "no journal" in refusal(gerdy("log", "list"))
    assert "no journal" in refusal(gerdy("doctor"))
    assert not (tmp_path / "home").exists()


def test_the_import_prints_one_verdict_per_activity_in_the_documented_shape(gerdy, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.fit").write_bytes(fit(RUN))
    (folder / "b.gpx").write_bytes(gpx(RUN, "ride"))
    (folder / "c.fit").write_bytes(fit(RUN)[:-7])
    printed = told(gerdy("import", folder, "--zone", "UTC", "--json"))
    assert printed["schema"] == "gerdy/import/1"
    a, b, c = printed["files"]
    assert (a["file"], a["verdict"], a["sport"]) == ("a.fit", "imported", "running")
    assert (a["distance_m"], a["elapsed_s"], a["cadence_spm"]) == (5000.0, 1665.0, 170.0) or a["distance_m"] == 4995.0
    assert (b["verdict"], c["verdict"]) == ("not_a_run", "quarantined")
    named = {"file", "verdict", "reason", "sport", "start", "distance_m", "moving_s", "elapsed_s", "cadence_spm"}
    assert named | {"contact_time_ms", "vertical_oscillation_mm"} <= set(a)


def test_an_import_of_which_nothing_could_be_used_fails(gerdy, tmp_path):
    (tmp_path / "c.fit").write_bytes(fit(RUN)[:-7])
    assert gerdy("import", tmp_path / "c.fit").exit_code == 1


def test_open_questions_are_shown_and_answered(gerdy, tmp_path):
    from dataclasses import replace

    (tmp_path / "a.gpx").write_bytes(gpx([replace(point, time=None) for point in RUN]))
    (verdict,) = told(gerdy("import", tmp_path / "a.gpx", "--json"))["files"]
    assert verdict["verdict"] == "needs_date"
    (question,) = told(gerdy("import", "--resolve", "--json"))["open"]
    answered = told(gerdy("import", "--date", f"{question['id']}=2025-05-01T08:30", "--zone", "UTC", "--json"))
    assert answered["open"] == []
    assert answered["resolved"][0]["event_time"] == "2025-05-01T08:30:00Z"


def test_a_watched_folder_ends_after_the_looks_that_were_asked_for(gerdy, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.gpx").write_bytes(gpx(RUN))
    result = gerdy("import", folder, "--watch", "--every", 0.1, "--looks", 2)
    assert "1 imported" in result.stdout


def test_originals_are_discarded_only_when_confirmed(gerdy, tmp_path):
    (tmp_path / "a.gpx").write_bytes(gpx(RUN))
    gerdy("import", tmp_path / "a.gpx")
    assert "Nothing was discarded" in refusal(gerdy("import", "--discard-originals"))
    assert told(gerdy("import", "--discard-originals", "--yes", "--json"))["discarded"] == 1
    (one,) = told(gerdy("rebuild", "--json"))["runs"]
    assert one["outcome"] == "not recomputable"


def test_the_way_to_a_coach_and_back(gerdy, tmp_path):
    there, back, coach = tmp_path / "to.zip", tmp_path / "back.zip", tmp_path / "coach"
    gerdy("log", "run", "--km", 8)
    assert told(gerdy("share", "me", "--to", there, "--json"))["entries"] == 1
    opened = told(gerdy("import", there, "--store", coach, "--as", "kim", "--json"))
    assert opened["runner"]["name"] == "kim"
    assert "--by NAME" in refusal(gerdy("log", "note", "easy", "--store", coach, "--runner", "kim"))
    told(gerdy("log", "note", "easy week", "--store", coach, "--runner", "kim", "--by", "Ann", "--json"))
    gerdy("share", "kim", "--by", "Ann", "--to", back, "--store", coach)
    assert told(gerdy("import", back, "--json"))["new_by"] == {"Ann": 1}


def test_export_backup_and_restore_by_hand(gerdy, tmp_path):
    gerdy("log", "run", "--km", 8)
    assert told(gerdy("export", "--to", tmp_path / "x.zip", "--json"))["entries"] == 1
    assert "there already" in refusal(gerdy("export", "--to", tmp_path / "x.zip"))
    assert len(told(gerdy("backup", "--to", tmp_path / "b.gerdy", "--json"))["runners"]) == 1
    assert "gerdy restore" in refusal(gerdy("import", tmp_path / "b.gerdy"))
    restored = told(gerdy("restore", tmp_path / "b.gerdy", "--store", tmp_path / "new", "--json"))
    assert restored["schema"] == "gerdy/restore/1"
    assert len(told(gerdy("log", "list", "--store", tmp_path / "new", "--json"))["entries"]) == 1


def test_erasing_asks_for_a_word_and_says_what_went(gerdy):
    gerdy("log", "run", "--km", 8)
    assert "Nothing was erased" in refusal(gerdy("erase", "--runner", "me"))
    assert told(gerdy("erase", "--runner", "me", "--dry-run", "--json"))["erased"] is False
    assert told(gerdy("erase", "--runner", "me", "--yes", "--json"))["entries"] == 1
    assert told(gerdy("runner", "list", "--json"))["runners"] == []


def test_a_sick_journal_makes_the_doctor_fail(gerdy, tmp_path):
    import sqlite3
    from contextlib import closing

    gerdy("log", "note", "hello")
    assert told(gerdy("doctor", "--json"))["ok"] is True
    with closing(sqlite3.connect(tmp_path / "home" / "journal.sqlite")) as connection:
        connection.execute("DROP TRIGGER entries_never_change")
        connection.commit()
    result = gerdy("doctor", "--json")
    assert result.exit_code == 1
    assert [check["name"] for check in json.loads(result.stdout)["checks"] if not check["ok"]] == ["append-only"]


SHAPES = (
    "gerdy/log/1",
    "gerdy/import/1",
    "gerdy/import-archive/1",
    "gerdy/resolve/1",
    "gerdy/discard-originals/1",
    "gerdy/export/1",
    "gerdy/share/1",
    "gerdy/backup/1",
    "gerdy/restore/1",
    "gerdy/erase/1",
    "gerdy/doctor/1",
    "gerdy/rebuild/1",
    "gerdy/runner/1",
)


@pytest.mark.parametrize("schema", SHAPES)
def test_every_json_shape_of_the_journal_is_documented(schema):
    assert f"`{schema}`" in (DOCS / "reference" / "journal-json.md").read_text(encoding="utf-8")


def test_every_schema_that_the_code_names_is_in_the_list():
    source = Path(__file__).parents[2] / "src" / "gerdy"
    files = [
        *source.glob("journal/*.py"),
        *(source / "cli" / f"{n}.py" for n in ("journal_entries", "import_", "check_in", "runner")),
    ]
    files += [source / "cli" / f"{n}.py" for n in ("erase", "restore", "doctor", "rebuild")]
    named = {name for file in files for name in re.findall(r'"(gerdy/[a-z-]+/\d+)"', file.read_text(encoding="utf-8"))}
    assert named - {"gerdy/journal/1"} == set(SHAPES)


def test_every_field_of_a_verdict_is_documented():
    page = (DOCS / "reference" / "journal-json.md").read_text(encoding="utf-8")
    assert [name for name in Verdict.__slots__ if f"`{name}`" not in page] == []


def test_every_field_of_a_verdict_with_a_unit_is_in_the_nomenclature():
    page = (DOCS / "nomenclature.md").read_text(encoding="utf-8")
    units = ("_m", "_s", "_ms", "_mm", "_spm", "_bpm")
    assert [name for name in Verdict.__slots__ if name.endswith(units) and f"`{name}`" not in page] == []


@pytest.mark.parametrize(
    "verb",
    ["log", "check-in", "import", "export", "share", "backup", "restore", "erase", "doctor", "rebuild", "runner"],
)
def test_every_verb_of_the_journal_has_help_and_a_page(gerdy, verb):
    assert gerdy(verb, "--help").exit_code == 0
    pages = [DOCS / "concepts" / "journal.md", DOCS / "how-to" / "import.md"]
    assert any(f"gerdy {verb}" in page.read_text(encoding="utf-8") for page in pages)
