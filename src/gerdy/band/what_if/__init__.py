"""What would change the load: a small language, changes with the rule each keeps fixed, and paired answers."""

from gerdy.band.what_if.answer import Answer, OutcomeChange, answer, answers
from gerdy.band.what_if.case import Case, FootForce, case_of
from gerdy.band.what_if.language import Change, parse_change, parse_changes
from gerdy.band.what_if.search import search
from gerdy.band.what_if.subjects import MUSCLES, SUBJECTS, Subject

__all__ = [
    "MUSCLES",
    "SUBJECTS",
    "Answer",
    "Case",
    "Change",
    "FootForce",
    "OutcomeChange",
    "Subject",
    "answer",
    "answers",
    "case_of",
    "parse_change",
    "parse_changes",
    "search",
]
