"""The rules of running as a whole: documented, explained, sourced, and careful with words."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import rules_page
from gerdy import evidence
from gerdy.running import RULES, stages
from running.test_cases import ASKED, CASES, answer

if TYPE_CHECKING:
    from gerdy.records import Decision

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "rules-running.md"
ASKED_FOR = {f"R-0{n}" for n in (30, 31, 32, 33, 35, *range(60, 75))}
NEVER_SAID = re.compile(
    r"\b(?:caus\w+|fix\w*|cure\w*|diagnos\w+|prescri\w+|risk score|decision support|therap\w+|treat(?:s|ment)\w*"
    r"|probab\w+|unsafe|safe)\b",
    re.IGNORECASE,
)


def test_every_rule_that_was_asked_for_has_its_home_here():
    """R-030 … R-033, R-035 and R-060 … R-074; R-034 and R-036 belong to the programme."""
    assert set(RULES) == ASKED_FOR


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_is_explained_and_stands_on_registered_numbers(rule):
    assert rule.explanation.endswith(".")
    assert rule.grade in {"A", "B", "C", "E"}
    for key in (*rule.numbers, *rule.against):
        assert evidence.registry().source_of(key).title


def test_the_page_of_the_rules_is_what_the_code_says():
    made = rules_page.MADE.format(module="gerdy.running", page="docs/reference/rules-running.md")
    page = PAGE.read_text(encoding="utf-8")
    assert page == rules_page.written(page, RULES, made)


@pytest.fixture(scope="module")
def spoken():
    """Give every decision that the written cases bring out."""
    module = importlib.import_module("gerdy.running.say")
    heard: list[Decision] = []
    users = [importlib.import_module(f"gerdy.running.{name}") for name in SPEAKERS]
    real = module.decide

    def listening(*words, **named):
        heard.append(real(*words, **named))
        return heard[-1]

    with pytest.MonkeyPatch.context() as patch:
        for user in users:
            patch.setattr(user, "decide", listening)
        for case in CASES:
            answer(case)
    return heard


SPEAKERS = ("camber", "colour", "cues", "easing", "exposure", "guards", "ladder", "next_run", "readiness")


def test_every_decision_names_its_rule_its_sources_and_a_reason(spoken):
    assert {d.rule for d in spoken} == ASKED_FOR - {"R-067", "R-074"}
    for decision in spoken:
        assert decision.reasons
        assert decision.sources
        assert all(reason.text for reason in decision.reasons)


def test_no_sentence_promises_or_names_what_is_not_known(spoken):
    texts = [reason.text for decision in spoken for reason in decision.reasons]
    texts += [rule.explanation for rule in RULES.values()] + [stage.note for stage in stages().values()]
    assert {text for text in texts if NEVER_SAID.search(text)} == set()


def test_the_ratio_of_acute_to_chronic_load_is_computed_nowhere():
    """R-067."""
    for folder in ("running", "outlook", "report"):
        for file in (ROOT / "src" / "gerdy" / folder).glob("*.py"):
            assert not re.search(r"acwr|acute", file.read_text(encoding="utf-8"), re.IGNORECASE), file.name


def test_a_weekly_rise_below_the_studied_step_is_no_promise(spoken):
    """R-066: never call it 'safe ≤ 10 %'."""
    quiet = [d for d in spoken if d.rule == "R-066" and d.outcome == "quiet"]
    assert quiet
    assert all("no promise" in d.reasons[0].text for d in quiet)


def test_every_question_of_the_cases_is_asked():
    assert {case["ask"] for case in CASES} == set(ASKED)
