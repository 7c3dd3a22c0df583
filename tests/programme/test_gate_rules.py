"""Every rule of gates, phases and maintenance is documented, explained, and stands on registered sources."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gerdy import evidence
from gerdy.programme.criteria import CRITERIA
from gerdy.programme.exercises import exercises
from gerdy.programme.gates.rules import RULES
from gerdy.programme.gates.scheme import scheme_of, top_rank
from gerdy.programme.maintenance import slots
from programme.gate_cases import cases, entries_of
from programme.phase_story import state, told_by
from programme.test_phases import returned

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "rules-gates.md"
ASKED = {f"R-0{n}" for n in (34, 44, 45, 48, 49, 54, 55, 75, 76, 77, 78, 80, 81, 82, 83, 84, 87)}
WORDS = re.compile(
    r"\b(?:cure[sd]?|fix(?:es|ed)?|caus(?:e|es|ed|ing)|treatment|therapy|unsafe|safe|prescription for patients|risk)\b",
    re.IGNORECASE,
)


def test_every_rule_that_was_asked_for_is_there():
    assert set(RULES) - ASKED == {"PG-S", "PG-I", "PG-C", "PG-M", "PG-P", "RG", "phase"}
    assert ASKED - set(RULES) == set()


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_is_documented_with_every_number_and_its_grade(rule):
    page = PAGE.read_text(encoding="utf-8")
    section = page.partition(f"\n## {rule.id}\n")[2].partition("\n## ")[0]

    assert section, rule.id
    assert rule.explanation in section
    assert f"grade {rule.grade}" in section
    for key in rule.numbers:
        entry = evidence.entry(key)
        assert f"| `{key}` | {entry.printed()} | {entry.certainty} |" in section, key
        assert evidence.registry().source_of(key).title


def test_every_exit_criterion_stands_on_the_page():
    page = PAGE.read_text(encoding="utf-8")

    for phase, rows in CRITERIA.items():
        assert all(f"| {phase} | {one.name} | {one.asks} | {one.to_do} |" in page for one in rows)


def test_no_sentence_of_the_gates_promises_or_frightens():
    spoken = [rule.explanation for rule in RULES.values()]
    spoken += [text for rows in CRITERIA.values() for one in rows for text in (one.asks, one.to_do)]
    found = state(told_by(returned()), 50)
    spoken += [reason.text for one in found.decisions for reason in one.decision.reasons]
    for case in cases():
        stands = state(told_by(*entries_of(case)), 40).standings.values()
        spoken += [reason.text for one in stands for _, decision in one.story for reason in decision.reasons]

    assert len(spoken) > 200
    assert [text for text in spoken if WORDS.search(text)] == []


def test_every_exercise_of_the_library_has_a_way_to_grow_that_ends():
    for exercise in exercises().values():
        assert 0 <= top_rank(scheme_of(exercise)) <= 20, exercise.id


def test_every_exercise_of_the_maintenance_template_is_in_the_library():
    named = {key for slot in slots() for key in slot.exercises}

    assert named - set(exercises()) == set()
    assert {"E60", "E19", "E24", "E67", "E18", "E23", "E48"} <= named


def test_the_maintenance_template_is_not_the_return_made_shorter():
    """Evidence notes 4.8: hinge, single-leg squat, lateral chain and calf heavy, then a side plank and a landing."""
    heavy = {slot.name for slot in slots() if slot.session == "heavy"}
    landing = next(slot for slot in slots() if slot.name == "landing")

    assert heavy == {"hinge", "single-leg squat", "calf", "lateral chain"}
    assert all(exercises()[key].track == "T7" for key in landing.exercises)
