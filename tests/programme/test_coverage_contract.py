"""Every rule that the programme must keep is in code, explained, sourced, documented and tested."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gerdy.cli.main import app
from gerdy.evidence import registry
from gerdy.outlook.rules import RULES as WATCH_RULES
from gerdy.programme.rules import RULES

ROOT = Path(__file__).resolve().parents[2]
ASKED = tuple(
    f"R-{number:03}"
    for number in (23, 24, 26, *range(30, 37), *range(40, 57), *range(60, 79), *range(80, 85), 87, *range(93, 97))
)
"""R-023, R-024, R-026, R-030 … R-084 (the published list leaves gaps), R-087, R-093 … R-096."""

WITHOUT_NUMBER = {"R-067", "R-074", "R-093", "R-094", "R-095", "R-096", "R-040", "R-051"}
"""Rules that decide without a threshold; each part's own test says why."""


def test_the_list_is_whole():
    assert set(ASKED) <= set(RULES)
    assert {name for name in RULES if name.startswith("R-")} == set(ASKED)
    assert not set(RULES) & set(WATCH_RULES)


@pytest.mark.parametrize("name", ASKED)
def test_a_rule_has_an_explanation_a_grade_and_known_numbers(name):
    rule = RULES[name]

    assert len(rule.explanation) > 30
    assert rule.grade in {"A", "B", "C", "E"}
    assert rule.directness in {"direct", "runner", "indirect", "not applicable"}
    assert set(rule.numbers) | set(rule.against) <= set(registry().entries)


@pytest.mark.parametrize("name", ASKED)
def test_a_rule_stands_on_a_page_and_in_a_test(name):
    pages = "\n".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs" / "reference").glob("rules-*.md"))
    tested = [
        file
        for folder in ("programme", "running", "outlook", "years")
        for file in (ROOT / "tests" / folder).rglob("*")
        if file.suffix in {".py", ".yaml"} and file.name != Path(__file__).name
        if re.search(rf"\b{name}\b|\b{name.replace('-', '_').lower()}\b", file.read_text(encoding="utf-8"))
    ]

    assert f"\n## {name}" in pages
    # Every number of every rule is moved by its part's own test, and a written case has to notice.
    assert tested or RULES[name].numbers, name


def test_rules_without_a_number_are_listed():
    assert {name for name in ASKED if not RULES[name].numbers} == WITHOUT_NUMBER


def test_any_rule_can_be_asked_for_by_its_name():
    for name in (*ASKED, *WATCH_RULES):
        said = CliRunner().invoke(app, ["explain", name])
        assert said.exit_code == 0, name
        assert "evidence: grade" in said.output, name


def test_a_rule_that_does_not_exist_brings_the_nearest():
    said = CliRunner().invoke(app, ["explain", "R-0622"])

    assert "R-062" in str(said.exception)
