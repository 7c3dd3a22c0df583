"""Six written years: what the rules' text says by hand, and what the programme says week by week."""

from __future__ import annotations

from functools import cache

import pytest

from years.follow import WEEKS, live, table
from years.life import FOLDER, RUNNERS

year = cache(live)


@pytest.mark.parametrize("name", RUNNERS)
def test_phase_step_and_colour_of_every_week_are_those_of_the_table_written_by_hand(name):
    lived, written = year(name).lines, table(name)

    assert len(written) == WEEKS
    assert [line for line in lived if line not in written] == []


@pytest.mark.parametrize("name", RUNNERS)
def test_the_text_of_every_weeks_plan_is_the_one_that_was_read_and_kept(name, request):
    folder = FOLDER / name / "plans"
    files = [folder / f"{week:02}.txt" for week in range(1, WEEKS + 1)]
    if request.config.getoption("--golden"):
        folder.mkdir(exist_ok=True)
        for file, text in zip(files, year(name).texts, strict=True):
            file.write_text(text, encoding="utf-8")

    changed = [
        file.name
        for file, text in zip(files, year(name).texts, strict=True)
        if not file.is_file() or file.read_text(encoding="utf-8") != text
    ]
    assert changed == [], "read the difference, then: make golden"


def test_every_contributor_that_has_exercises_is_somebodys():
    active = {key for name in RUNNERS for plan in year(name).plans if plan for key in plan.judgement.active}

    assert {"C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10", "C11", "C12"} - active == set()
