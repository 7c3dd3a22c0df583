"""The Python reference reads our docstrings as we mean them."""

from __future__ import annotations

import pytest

griffe = pytest.importorskip("griffe")
house = pytest.importorskip("house_docstrings")

OURS = """Say one sentence.

Parameters
----------
angle, speed : rad, flexion positive;
    NaN where it was not recorded
path : compiled path

Returns
-------
(frames,) m, internal rotation positive

Raises
------
BodyError : the pose is outside the range

References
----------
[Delp1999]_ 15 of 18 compartments.
"""


def sections():
    text = griffe.Docstring(house.rewritten(OURS), lineno=1)
    return {section.kind.value: section.value for section in griffe.parse_numpy(text, warnings=False)}


def test_what_stands_behind_the_colon_is_the_description_and_not_the_type():
    described = {item.name: item.description for item in sections()["parameters"]}

    assert described["angle"] == described["speed"] == "rad, flexion positive; NaN where it was not recorded"
    assert described["path"] == "compiled path"


def test_a_refusal_is_described_too():
    (refusal,) = sections()["raises"]

    assert refusal.annotation == "BodyError"
    assert refusal.description.strip() == "the pose is outside the range"


def test_what_is_returned_is_described_in_words_and_typed_by_the_signature():
    (returned,) = sections()["returns"]

    assert returned.description.strip() == "(frames,) m, internal rotation positive"
    assert not returned.annotation


def test_references_are_a_block_of_their_own_and_not_one_more_refusal():
    assert "[Delp1999]_ 15 of 18 compartments." in sections()["admonition"].description


def test_a_docstring_of_one_sentence_stays_as_it_is():
    assert house.rewritten("Say one sentence.") == "Say one sentence."
