"""The rules of menu and week: written cases, thresholds that matter, documentation."""

from __future__ import annotations

import importlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gerdy import evidence
from gerdy.programme.menu.rules import RULES as MENU
from gerdy.programme.week.judge import KEYS
from gerdy.programme.week.rules import RULES as WEEK
from programme.planner_cases import differences, holds, made, menu_cases, said_by_rule, said_of_week, week_cases

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES = MENU | WEEK
CASES = [*menu_cases(), *week_cases()]
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "rules-planner.md"
OWN = {
    "R-023",
    "R-024",
    "R-026",
    "R-036",
    "R-040",
    "R-041",
    "R-042",
    "R-043",
    "R-046",
    "R-047",
    "R-052",
    "R-053",
    "R-056",
}
WITHOUT_A_NUMBER = {"R-040": "it asks for four patterns, one of each, by name"}
LIMITS = ("house_menu.home_exercises", "house_menu.gym_exercises")
NUMBERS = sorted(
    {key for rule in RULES.values() for key in rule.numbers} | {k for ks in KEYS.values() for k in ks} | set(LIMITS)
)
TASTE = {
    "house_week.comfort": "an order of preference among weeks that keep every rule",
    "house_week.compromise": "prices of giving way; the sentences of test_week.py are worked out from them by hand",
    "house_menu.phases": "says that the order of phases is ours; holds no number",
}
"""Entries of ours that are no thresholds."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_menu_and_week_answer_as_written(case):
    if "menu" in case:
        assert differences(made(case["menu"]), case["expect"]) == []
    else:
        said = said_of_week(case) if "week" in case else said_by_rule(case["rule"])
        assert said == case["expect"]


@pytest.mark.parametrize("key", NUMBERS)
def test_moving_a_threshold_changes_a_written_case(key, monkeypatch):
    """By a fifth, a whole number by one; each number of a list counts for itself."""
    for where, moves in moved_values(evidence.entry(key).value):
        assert any(noticed(key, moved, monkeypatch) for moved in moves), f"no written case notices {key} {where}"


def noticed(key, moved, monkeypatch):
    with monkeypatch.context() as patch:
        module = importlib.import_module("gerdy.evidence.registry")
        book = module.registry()
        other = replace(book, entries={**book.entries, key: replace(book.entries[key], value=moved)})
        patch.setattr(module, "registry", lambda: other)
        return any(not still_holds(case) for case in CASES)


def still_holds(case):
    from gerdy.errors import GerdyError

    try:
        return holds(case)
    except GerdyError:
        return False


def moved_values(value: object, where: str = "") -> Iterator[tuple[str, list[object]]]:
    """Give, for each number inside, what the whole value is with that number moved up or down."""
    if isinstance(value, dict):
        for name, item in value.items():
            for place, moves in moved_values(item, f"{where} {name}"):
                yield place, [{**value, name: moved} for moved in moves]
    elif isinstance(value, tuple):
        for n, item in enumerate(value):
            for place, moves in moved_values(item, f"{where} [{n}]"):
                yield place, [(*value[:n], moved, *value[n + 1 :]) for moved in moves]
    else:
        assert isinstance(value, float)
        step = 1.0 if value.is_integer() and value < 100 else 0.2 * value
        yield where, [value + step, value - step]


def test_every_rule_of_menu_and_week_is_there_and_has_one_home():
    assert set(RULES) == OWN
    assert not set(MENU) & set(WEEK)


def test_rules_without_a_number_are_listed_with_the_reason():
    assert {rule.id for rule in RULES.values() if not rule.numbers} == set(WITHOUT_A_NUMBER)


def test_every_house_number_of_menu_and_week_is_a_threshold_or_listed_as_taste():
    ours = {key for key in evidence.registry().entries if key.startswith(("house_menu.", "house_week."))}
    assert ours - set(NUMBERS) == set(TASTE)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_is_documented_explained_and_stands_on_registered_sources(rule):
    page = PAGE.read_text(encoding="utf-8")
    section = page.partition(f"\n## {rule.id} ")[2].partition("\n## ")[0]

    assert section, f"{rule.id} is not on the page"
    assert f"grade {rule.grade}" in section
    assert rule.explanation.endswith(".")
    for key in (*rule.numbers, *rule.against):
        assert f"`{key}`" in section, f"{rule.id} does not name {key}"
        assert key in rule.against or f"| `{key}` | {evidence.registry()[key].printed()} |" in section, (
            f"{key} is stale"
        )
        assert evidence.registry().source_of(key).title
    assert rule.judge is not None


def test_every_rule_has_a_written_case():
    judged = {case["rule"]["id"] for case in CASES if "rule" in case}
    judged |= {rule for case in CASES if "week" in case for rule in case["expect"]}
    assert judged >= OWN
    assert judged - OWN == {"R-061", "R-068"}, "rules of running that the week keeps"
