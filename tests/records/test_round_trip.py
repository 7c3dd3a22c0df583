"""A stored fact comes back as it was written."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gerdy.records import KINDS, from_json, to_json
from gerdy.records.base import Entry
from strategies.records import STRATEGIES


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_record_survives_json_text_without_loss(kind):
    @settings(max_examples=40, deadline=None)
    @given(STRATEGIES[kind])
    def survives(entry):
        text = json.dumps(to_json(entry), allow_nan=False)

        assert from_json(json.loads(text)) == entry

    survives()


def test_every_kind_of_record_has_a_strategy():
    assert set(STRATEGIES) == set(KINDS)


def test_every_strategy_fills_every_field_of_its_record():
    for kind, strategy in STRATEGIES.items():
        given_fields = set(strategy.wrapped_strategy.kwargs)

        assert given_fields == {field.name for field in fields(KINDS[kind])}, kind


def test_every_class_of_stored_fact_is_known_by_its_kind():
    def below(cls):
        return {cls} | {deeper for child in cls.__subclasses__() for deeper in below(child)}

    # A dataclass with slots leaves its slotless twin behind as a subclass; the twin has no slots of its own.
    concrete = {cls for cls in below(Entry) - {Entry} if cls.kind and "__slots__" in vars(cls)}

    assert concrete == set(KINDS.values())
    assert {cls.kind for cls in concrete} == set(KINDS)


def test_no_fact_can_be_made_without_saying_whose_it_is():
    for kind, cls in KINDS.items():
        owner = next(field for field in fields(cls) if field.name == "runner_id")

        assert owner.default is MISSING, kind
        assert owner.default_factory is MISSING, kind


@given(st.sampled_from(sorted(KINDS)).flatmap(STRATEGIES.get))
@settings(max_examples=50, deadline=None)
def test_a_stored_fact_cannot_be_changed_in_place(entry):
    with pytest.raises(AttributeError):
        entry.runner_id = "somebody else"
