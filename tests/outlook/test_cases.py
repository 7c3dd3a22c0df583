"""The watch answers every written case as a physio wrote it down."""

from __future__ import annotations

import datetime as dt
import importlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from gerdy import evidence
from gerdy.outlook import RULES, timeline
from gerdy.outlook.alarm_record import alarm_record
from gerdy.outlook.retests import due
from outlook.story import cases, day, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = cases()
NUMBERS = sorted({key for rule in RULES.values() for key in rule.numbers})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_watch_answers_as_written(case):
    """Expected answers are written by hand from rehab rules R-064, R-085 … R-091 and watch signals 3-7."""
    assert answer(case) == wanted(case)


@pytest.mark.parametrize("key", NUMBERS)
def test_moving_a_threshold_changes_a_written_case(key, monkeypatch):
    """A threshold that can move by a fifth (a whole number by one) unnoticed is not tested."""
    assert all(answer(case) == wanted(case) for case in CASES), "first make the written cases hold"
    for moved in moved_values(evidence.entry(key).value):
        with_value(monkeypatch, key, moved)
        changed = any(answer(case) != wanted(case) for case in CASES)
        monkeypatch.undo()
        if changed:
            return
    pytest.fail(f"no written case notices when {key} moves")


def test_every_rule_has_a_written_case_and_a_number():
    """R-092 counts what followed; no rule is without a number, so none is listed as such."""
    spoken = {case["expect"].get("rule") or case["expect"].get("said") for case in CASES}
    spoken |= {"R-092" for case in CASES if "followed" in case["expect"]}
    assert set(RULES) == spoken - {None}
    assert [rule.id for rule in RULES.values() if not rule.numbers] == []


def wanted(case: dict[str, Any]) -> object:
    expect = case["expect"]
    return next(expect[word] for word in ("outcome", "colour", "retest", "times", "followed") if word in expect)


def answer(case: dict[str, Any]) -> object:
    history, expect = tell(case), case["expect"]
    if "said" in expect:
        watched = timeline(history, day(expect["first"]), day(expect["until"]))
        return sum(d.rule == expect["said"] for w in watched for d in w.raised)
    if "followed" in expect:
        return alarm_record(history, timeline(history, day(1), day(expect["until"]))).followed
    on = day(expect["day"])
    if "retest" in expect:
        return due(history, on).outcome
    if "colour" in expect:
        return timeline(history, on, on)[0].colour
    judge = RULES[expect["rule"]].judge
    if judge is not None:
        return judge(history, on).outcome
    return next((d.outcome for d in timeline(history, on, on)[0].raised if d.rule == expect["rule"]), "none")


def moved_values(value: object) -> Iterator[object]:
    """Move a count by one and any other number by a fifth, up and down; a list number by number."""
    if isinstance(value, tuple):
        for n, item in enumerate(value):
            for moved in moved_values(item):
                yield (*value[:n], moved, *value[n + 1 :])
        return
    assert isinstance(value, float)
    step = 1.0 if value.is_integer() and value < 100 else 0.2 * value
    yield from (value + step, value - step)


def with_value(monkeypatch: pytest.MonkeyPatch, key: str, value: object) -> None:
    module = importlib.import_module("gerdy.evidence.registry")
    book = module.registry()
    changed = {**book.entries, key: replace(book.entries[key], value=value)}
    other = replace(book, entries=changed)
    monkeypatch.setattr(module, "registry", lambda: other)


def test_each_retest_week_is_noticed_on_its_own(monkeypatch):
    weeks = evidence.entry("house_signals.retest_weeks").value
    for n, week in enumerate(weeks):
        with_value(monkeypatch, "house_signals.retest_weeks", (*weeks[:n], week + 1, *weeks[n + 1 :]))
        assert any(answer(case) != wanted(case) for case in CASES), f"week {week:g}"
        monkeypatch.undo()


def test_the_colour_of_a_day_needs_only_what_happened_before():
    case = next(c for c in CASES if c["expect"].get("rule") == "R-088" and c["expect"]["outcome"] == "orange")
    whole = timeline(tell(case), day(1), day(10))
    cut = {**case, "runs": [run for run in case["runs"] if run["day"] <= 10]}
    assert [w.colour for w in whole] == [w.colour for w in timeline(tell(cut), day(1), day(10))]
    assert isinstance(whole[0].day, dt.date)
