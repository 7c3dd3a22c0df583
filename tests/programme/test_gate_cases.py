"""Gates, phases and maintenance answer every written case as a physio wrote it down."""

from __future__ import annotations

import importlib
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gerdy import evidence
from gerdy.programme.gates.rules import RULES
from programme.gate_cases import answer, cases, wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = cases()
ELSEWHERE = {
    "bickel2011.dose_that_held_size": "cited for the age; the number is shown in the evidence table only",
    "silbernagel2007.pain_monitoring": "cited for the direction; it is no number",
    "house_assess.completeness": "moved by the written sheets of the assessment",
}
"""Keys behind a rule that no case here can notice, and why."""
NUMBERS = sorted({key for rule in RULES.values() for key in rule.numbers} - set(ELSEWHERE))
USED: dict[str, list[int]] = defaultdict(list)
"""Key → cases that read it, so that only those are asked again."""


@pytest.fixture(scope="module", autouse=True)
def _read_by() -> None:
    for number, case in enumerate(CASES):
        with evidence.collect() as used:
            answer(case)
        for key in used:
            USED[key].append(number)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_gates_answer_as_written(case):
    """Expected answers are written by hand from the evidence notes, 3.0, 4.2 and rules R-024 … R-087."""
    assert answer(case) == wanted(case)


@pytest.mark.parametrize("key", NUMBERS)
def test_moving_a_threshold_changes_a_written_case(key, monkeypatch):
    """A threshold that can move by a fifth (a whole number by one) unnoticed is not tested."""
    mine = [CASES[number] for number in USED[key]]
    for moved in moved_values(evidence.entry(key).value):
        with_value(monkeypatch, key, moved)
        changed = any(_differs(case) for case in mine)
        monkeypatch.undo()
        if changed:
            return
    pytest.fail(f"no written case notices when {key} moves")


def test_every_rule_of_the_gates_stands_on_a_number():
    """None of them is without a number, so none is listed as such."""
    assert [rule.id for rule in RULES.values() if not rule.numbers] == []


def _differs(case) -> bool:
    return answer(case) != wanted(case)


def moved_values(value: object) -> Iterator[object]:
    """Move a count by one and any other number by a fifth, up and down; a list number by number, a stage by one."""
    if isinstance(value, tuple):
        for n, item in enumerate(value):
            for moved in moved_values(item):
                yield (*value[:n], moved, *value[n + 1 :])
    elif isinstance(value, str):
        yield f"{value[0]}{int(value[1:]) + 1}"
    else:
        assert isinstance(value, float)
        step = 1.0 if value.is_integer() and value < 100 else 0.2 * value
        yield from (value + step, value - step)


def with_value(monkeypatch: pytest.MonkeyPatch, key: str, value: object) -> None:
    module = importlib.import_module("gerdy.evidence.registry")
    book = module.registry()
    other = replace(book, entries={**book.entries, key: replace(book.entries[key], value=value)})
    monkeypatch.setattr(module, "registry", lambda: other)
