"""Six written years: what the rules' text says by hand, and what the programme says week by week."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

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


def runs_of(name):
    """Return (day, minutes, step that the plan asked for), oldest first; races and runs of one's own have none."""
    entries = year(name).life.entries
    plans = [one for one in entries if one.kind == "plan"]
    asked = {run.date: run.target for plan in sorted(plans, key=lambda one: one.version) for run in plan.runs}
    own = {one.event_time.date() for one in entries if one.kind == "run" and one.event_time.date() not in asked}
    return [
        (day, one.moving_s / 60, "" if day in own or asked[day] == "race" else asked[day])
        for one in entries
        if one.kind == "run" and (day := one.event_time.date())
    ]


@pytest.mark.parametrize("name", RUNNERS)
def test_no_suggested_run_is_a_tenth_longer_than_the_longest_of_thirty_days(name):
    """R-064: below half an hour five minutes more are allowed."""
    found = runs_of(name)
    for day, minutes, step in found:
        before = [other for then, other, _ in found if 0 < (day - then).days <= 30]
        if step and before:
            longest = max(before)
            assert minutes <= max(1.1 * longest, longest + 5 if longest < 30 else 0) + 0.1, (day, minutes, longest)


@pytest.mark.parametrize("name", RUNNERS)
def test_a_day_lies_between_two_runs_of_the_ladder_through_r6(name):
    days = [day for day, _, step in runs_of(name) if step in {f"R{n}" for n in range(1, 7)}]
    assert all((later - day).days > 1 for day, later in pairwise(days))


@pytest.mark.parametrize("name", RUNNERS)
def test_hills_ground_and_distance_never_begin_within_seven_days_of_each_other(name):
    """R-068: pace with R10, gradient with H1, H2 and H4, surface with H3, distance with a longer longest run."""
    kinds = {"R10": "pace", "H1": "gradient", "H2": "gradient", "H3": "surface", "H4": "gradient", "H5": "pace"}
    found = [row for row in runs_of(name) if row[2] in kinds]
    begun, longest = {}, {}
    for day, minutes, step in found:
        begun.setdefault(step, (day, kinds[step]))
        before = [other for then, other, _ in runs_of(name) if 0 < (day - then).days <= 30]
        if before and minutes > max(before) + 0.6:
            longest[day] = (day, "distance")
    changes = sorted([*begun.values(), *longest.values()])
    close = [(one, two) for one in changes for two in changes if one[1] != two[1] and 0 <= (two[0] - one[0]).days < 7]
    assert close == []
