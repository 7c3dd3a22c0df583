"""The replay of a real year: the page is fresh, and the year is what its source says."""

from __future__ import annotations

import importlib.util
import itertools
from pathlib import Path

import pytest

from gerdy.outlook import history_of, outlook, timeline

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "validation" / "outlook-replay.md"


@pytest.fixture(scope="module")
def replay():
    """Load the script that makes the page."""
    spec = importlib.util.spec_from_file_location("outlook_replay", ROOT / "scripts" / "outlook_replay.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def year(replay, shared_data):
    """Read the year."""
    return history_of(replay.runs(shared_data / "training-history-gpx" / "runs"), "replay", replay.ZONE)


@pytest.mark.shared
def test_the_page_in_the_docs_is_what_a_fresh_replay_prints(replay, shared_data):
    assert PAGE.read_text(encoding="utf-8") == replay.replay_page(shared_data / "training-history-gpx")


@pytest.mark.shared
def test_the_year_holds_the_pauses_that_its_source_names(year):
    """SOURCE.md: 37 days between the runs of 13 August and 19 September 2024; 143 runs, 791 km."""
    days = [fact.day for fact in year.runs]
    longest = max(((b - a).days, a) for a, b in itertools.pairwise(days))
    assert len(days) == 143
    assert longest[0] == 37
    assert sum(fact.entry.distance_m or 0 for fact in year.runs) / 1000 == pytest.approx(791, abs=1)


@pytest.mark.shared
def test_day_by_day_gives_the_same_as_all_at_once(year):
    """Nothing in the judgement of a day looks ahead."""
    whole = timeline(year, year.runs[0].day, year.runs[-1].day)
    for seen in whole[20::60]:
        assert outlook(year, seen.day).today == seen


def test_the_page_says_that_no_threshold_was_chosen_on_it_and_that_the_reason_is_unknown():
    text = PAGE.read_text(encoding="utf-8")
    assert "None was chosen on this file" in text
    assert "**Why is not known.**" in text
