"""`gerdy batch`: a cohort in one table, and one bad file never stops the rest."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest

from gerdy.pipelines.demo import demo_files


@pytest.fixture
def cohort(tmp_path):
    folder = tmp_path / "cohort"
    for runner in ("ana", "ben"):
        (folder / runner).mkdir(parents=True)
        shutil.copy(demo_files().motion, folder / runner / "run.trc")
        shutil.copy(demo_files().static, folder / runner / "static.trc")
    (folder / "ben" / "broken.trc").write_text("not a recording", encoding="utf-8")
    return folder


def test_one_row_per_stride_and_side_and_the_bad_file_is_named(gerdy_says, cohort, tmp_path):
    out = tmp_path / "cohort.parquet"
    said = gerdy_says("batch", cohort, "--out", out, "--workers", 1)
    table = pd.read_parquet(out)

    assert said.code == 0
    assert "broken.trc" in said.err
    assert set(table["runner_id"]) == {"ana", "ben"}
    assert set(table["side"]) == {"left", "right"}
    assert len(table[table["runner_id"] == "ana"]) == len(table[table["runner_id"] == "ben"])


def test_a_table_of_subjects_gives_mass_height_and_sex(gerdy_says, cohort, tmp_path):
    subjects = tmp_path / "subjects.csv"
    subjects.write_text(
        "file,static,runner_id,mass_kg,height_m,sex\nana/run.trc,ana/static.trc,runner-1,60,1.69,F\n", encoding="utf-8"
    )
    gerdy_says("batch", cohort, "--subjects", subjects, "--out", tmp_path / "c.csv", "--workers", 1)
    table = pd.read_csv(tmp_path / "c.csv")

    assert set(table["runner_id"]) == {"runner-1"}
    assert set(table["mass_kg"]) == {60.0}
    assert set(table["sex"]) == {"female"}


def test_when_no_file_succeeds_it_fails_and_writes_nothing(gerdy_says, tmp_path):
    folder = tmp_path / "bad"
    folder.mkdir()
    (folder / "one.trc").write_text("nothing", encoding="utf-8")
    said = gerdy_says("batch", folder, "--out", tmp_path / "c.parquet", "--workers", 1)

    assert said.code == 1
    assert "None of the 1 files" in " ".join(said.err.split())
    assert not (tmp_path / "c.parquet").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("name,mass\nrun.trc,60\n", "expected file, static"),
        ("file,mass_kg\nana/run.trc,heavy\n", "Line 2"),
        ("file,sex\nana/run.trc,maybe\n", "expected female or male"),
        ("", "expected file, static"),
    ],
)
def test_a_table_of_subjects_that_cannot_be_used_is_refused(gerdy_says, cohort, tmp_path, content, words):
    subjects = tmp_path / "subjects.csv"
    subjects.write_text(content, encoding="utf-8")
    said = gerdy_says("batch", cohort, "--subjects", subjects, "--out", tmp_path / "c.parquet")

    assert said.code == 1
    assert words in " ".join(said.err.split())


def test_a_folder_without_recordings_and_an_unknown_ending_are_refused(gerdy_says, tmp_path):
    assert gerdy_says("batch", tmp_path, "--out", tmp_path / "c.parquet").code == 1
    assert gerdy_says("batch", tmp_path / "nowhere", "--out", tmp_path / "c.parquet").code == 1
    assert "ends in '.xlsx'" in " ".join(gerdy_says("batch", tmp_path, "--out", tmp_path / "c.xlsx").err.split())
