"""Moving a threshold must be noticed by at least one written case; rules without a number are listed."""

from __future__ import annotations

import dataclasses
import sys

import pytest

from assess.cases import NAMES, misses
from gerdy.assess.catalogue import rules
from gerdy.errors import GerdyError
from gerdy.evidence.registry import Registry, registry

COUNTED = (
    "points",
    "years",
    "days",
    "months",
    "sessions",
    "items",
    "repetitions",
    "diseases",
    "periods",
    "injuries",
    "stage",
    "contributors",
    "steps",
    "severity",
)
"""Units that are counted: these move by 1, all others by 20 %."""

THRESHOLDS = tuple(dict.fromkeys(key for card in rules().values() for key in card.thresholds))

WITHOUT_NUMBER = {
    "R-005",
    "R-007",
    "R-013",
    "R-015",
    "valgus-is-not-band-load",
    "ober-never-drives",
    "pain-can-hide-adduction",
    "sexes-read-apart",
    "differential",
    "reserves",
    "next-test",
}


def moved(key, factor, step):
    book = registry()
    item = book.entries[key]
    counted = item.unit.startswith(COUNTED) and not item.unit.startswith("steps/min")
    new = item.value + step if counted else item.value * factor
    return Registry({**book.entries, key: dataclasses.replace(item, value=new)}, book.sources)


def noticed(monkeypatch, book):
    monkeypatch.setattr(sys.modules["gerdy.evidence.registry"], "registry", lambda: book)
    try:
        return any(_fails(name) for name in NAMES)
    finally:
        monkeypatch.undo()


def _fails(name):
    try:
        return bool(misses(name))
    except GerdyError:
        return True


@pytest.mark.parametrize("key", THRESHOLDS)
def test_moving_a_threshold_by_a_fifth_or_by_one_changes_a_written_case(key, monkeypatch):
    """In one direction at least; a threshold that no case notices guards nothing."""
    assert noticed(monkeypatch, moved(key, 1.2, 1)) or noticed(monkeypatch, moved(key, 0.8, -1))


def test_rules_without_a_number_are_listed():
    """A rule that decides without a number says so here, so that a forgotten threshold is a red build."""
    without = {key for key, card in rules().items() if not card.thresholds}

    assert without == WITHOUT_NUMBER
