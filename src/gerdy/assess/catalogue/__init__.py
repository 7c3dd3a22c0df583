"""The texts and tables of assessment, read once: tests, questions, red flags, patterns, contributors, rules.

They are data, so that a clinician can read them, a translator can replace them and a test can check each word.
"""

from __future__ import annotations

from gerdy.assess.catalogue.cards import Contributor, Extra, Pattern, Question, RedFlag, RuleCard, TestCard
from gerdy.assess.catalogue.load import (
    contributors,
    extras,
    home_set,
    patterns,
    questions,
    red_flags,
    rules,
    tests,
)

__all__ = [
    "Contributor",
    "Extra",
    "Pattern",
    "Question",
    "RedFlag",
    "RuleCard",
    "TestCard",
    "contributors",
    "extras",
    "home_set",
    "patterns",
    "questions",
    "red_flags",
    "rules",
    "tests",
]
