"""The rules as a whole: each is documented and explained, and the way they speak keeps R-092."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerdy import evidence
from gerdy.outlook import RULES, history_of, timeline
from gerdy.outlook.alarm_record import alarm_record
from gerdy.outlook.pain_signals import pain, run_pain
from gerdy.outlook.retests import due
from gerdy.outlook.wording import colour_rank
from gerdy.records import PainEntry, PainMoment, Run, Side
from outlook.story import ZONE, cases, day, shared, tell

PAGE = Path(__file__).parents[2] / "docs" / "concepts" / "load-and-capacity.md"
ASKED = {"R-085", "R-086", "R-088", "R-089", "R-090", "R-091", "R-092", "W-3", "W-4", "W-5", "W-7"}
SPOKEN = [decision for case in cases() for w in timeline(tell(case), day(1), day(100)) for decision in w.raised]


def test_every_rule_that_was_asked_for_is_there():
    """Issue: R-085, R-086, R-088 … R-092 and watch signals 3-7; signal 6 is R-089."""
    assert set(RULES) == ASKED


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_is_documented_explained_and_stands_on_registered_sources(rule):
    assert f"**{rule.id}**" in PAGE.read_text(encoding="utf-8")
    assert rule.explanation.endswith(".")
    assert rule.grade in {"A", "B", "C", "E"}
    for key in rule.numbers:
        assert evidence.registry().source_of(key).title


def test_every_signal_asks_for_a_check_and_names_trigger_rule_and_grade():
    assert SPOKEN
    for decision in SPOKEN:
        text = decision.reasons[0].text
        assert re.fullmatch(rf"Check: .+ \({decision.rule}, grade [A-E]\)\.", text), text
        assert decision.sources
        assert decision.inputs_seen


def test_no_signal_speaks_of_risk_or_probability():
    """R-092; the only percentages are shares of planned work and of test values."""
    for decision in SPOKEN:
        text = decision.reasons[0].text.lower()
        assert not re.search(r"risk|probab|likel|chance|injur|ratio", text), text


def test_no_rule_reads_the_acute_chronic_ratio():
    folder = Path(__file__).parents[2] / "src" / "gerdy" / "outlook"
    for file in folder.glob("*.py"):
        assert not re.search(r"acwr|acute", file.read_text(encoding="utf-8"), re.IGNORECASE), file.name


@given(
    scores=st.lists(st.one_of(st.none(), st.integers(0, 10)), min_size=1, max_size=6),
    which=st.integers(0, 5),
    more=st.integers(0, 10),
)
def test_more_pain_never_lowers_the_colour(scores, which, more):
    """Raising any one answer, or giving one where none was, leaves every later colour at least as strong."""
    raised = list(scores)
    place = which % len(scores)
    raised[place] = max(more, scores[place] or 0)
    colours = [[pain(_runs(kind), day(2 * n)).outcome for n in range(1, 7)] for kind in (scores, raised)]
    for before, after in zip(*colours, strict=True):
        assert colour_rank(after) >= colour_rank(before)


def test_pain_that_names_a_run_belongs_to_that_run_alone():
    morning, evening = (Run(**shared(1, "run", hour), distance_m=5000.0) for hour in (7, 18))
    felt = PainEntry(**shared(1, "pain", 19), score=3, moment=PainMoment.AFTER, side=Side.LEFT, activity=evening.id)
    unnamed = replace(felt, id="unnamed", activity=None)
    named, both = (history_of([morning, evening, entry], "me", ZONE) for entry in (felt, unnamed))
    assert [run_pain(named, run) for run in named.runs] == [None, 3]
    assert [run_pain(both, run) for run in both.runs] == [3, 3]


def test_an_empty_record_is_quiet_and_never_reassures():
    empty = history_of([], "me", ZONE)
    for rule in RULES.values():
        if rule.judge is not None and rule.id != "R-090":
            assert rule.judge(empty, day(1)).outcome == "not recorded"


def test_a_retest_is_due_two_weeks_before_a_build():
    history = tell({"exit": 1, "tests": [{"day": 44, "results": [["lateral_step_down", "right", 1, "points of 6"]]}]})
    assert due(history, day(60)).outcome == "quiet"
    assert due(history, day(60), build_starts=day(70)).outcome == "due"


def test_coloured_days_are_counted_with_what_followed():
    """Yellow on days 5-11; runs on 1, 5 and 13, then 40: a pause of 26 days begins on day 14."""
    history = tell({"runs": [{"day": 1, "km": 10}, {"day": 5, "km": 12}, {"day": 13, "km": 5}, {"day": 40, "km": 5}]})
    found = alarm_record(history, timeline(history, day(1), day(40)))
    assert (found.coloured, found.followed, found.not_followed, found.open) == (7, 7, 0, 0)
    assert found.pauses == ((day(14), 26),)


def test_a_coloured_day_near_the_end_is_left_open():
    history = tell({"runs": [{"day": 1, "km": 10}, {"day": 5, "km": 12}]})
    found = alarm_record(history, timeline(history, day(1), day(11)))
    assert (found.coloured, found.open) == (7, 7)


def _runs(scores: list[int | None]):
    entries = []
    for n, score in enumerate(scores, start=1):
        run = Run(**shared(2 * n, "run"), distance_m=5000.0, moving_s=1800.0)
        entries.append(run)
        if score is not None:
            note = PainEntry(**shared(2 * n, "pain", 12), score=score, moment=PainMoment.DURING, side=Side.LEFT)
            entries.append(replace(note, activity=run.id))
    return history_of(entries, "me", ZONE)
