"""``gerdy validate``: the table on a terminal and as JSON."""

from __future__ import annotations

import json

import pytest

from gerdy.errors import RecordingError
from gerdy.pipelines.validate import find_trials


@pytest.fixture(scope="module")
def document():
    import subprocess
    import sys

    command = [sys.executable, "-m", "gerdy", "validate", "--draws", "4", "--json"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout)


def test_every_row_has_target_ours_tolerance_source_and_verdict(document):
    assert document["schema"] == "gerdy/validation/1"
    for row in document["rows"]:
        assert row["what"]
        assert row["published"]
        assert row["verdict"].startswith(("met", "failing", "not run: needs recordings", "not testable: "))
        assert (row["ours"] is None) == row["verdict"].startswith("not ")


def test_draws_are_counted_where_they_are_used(document):
    crest = next(row for row in document["rows"] if row["key"] == "V21")

    assert (crest["n"], crest["over"]) == (4, "draws")
    assert crest["interval"][0] <= crest["ours"] <= crest["interval"][1]


def test_a_folder_of_recordings_is_a_standing_trial_beside_running_ones(tmp_path):
    for name in ("one/static.trc", "one/run25.trc", "one/run35.trc", "two/run.trc"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()

    assert [(run.name, static.name) for run, static in find_trials(tmp_path)] == [
        ("run25.trc", "static.trc"),
        ("run35.trc", "static.trc"),
    ]


def test_a_folder_without_a_runner_is_refused(tmp_path):
    with pytest.raises(RecordingError, match="holds no runner: expected folders with one standing trial"):
        find_trials(tmp_path)


def test_draws_that_are_no_power_of_two_are_a_usage_error(gerdy_says):
    assert gerdy_says("validate", "--draws", "3").code == 2
