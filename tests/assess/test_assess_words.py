"""Every word that a user reads stands in a catalogue, and is read here."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from importlib.resources import files

import pytest

from assess.cases import NAMES, NOW, case, case_records
from gerdy.assess.catalogue import contributors, extras, patterns, questions, red_flags, rules
from gerdy.assess.catalogue import tests as cards
from gerdy.assess.judge import judge
from gerdy.chain.graph import graph
from gerdy.chain.why import why_text

ASSERTING = re.compile(
    r"\b(caus(e[sd]?|ing|al)|fix(es|ing)?|cur(e[sd]?|ing)|heal(s|ed|ing)?|diagnos\w*|prescri\w*|treat(s|ed|ing|ment)?|"
    r"therap\w*|risk score|decision support|prevents? your|guarantee\w*|because of your)\b",
    re.IGNORECASE,
)
ALLOWED = {
    "Ask a clinician to look at the diagnosis again.": "the clinician's, not gerdy's",
    "A diagnosis of the calf.": "says that the test is none",
    "Cancer now or treated in the last half year": "a question about the past",
}
"""Sentences that may hold such a word, each with the reason."""


def sentences():
    books = (contributors(), extras(), patterns(), questions(), red_flags(), rules(), cards(), graph().nodes)
    for book in books:
        for card in book.values():
            yield from texts_in(dataclasses.asdict(card))
    for edge in graph().edges:
        yield from texts_in(dataclasses.asdict(edge))
    yield from texts_in(tomllib.loads(files("gerdy.chain").joinpath("words.toml").read_text(encoding="utf-8")))


def texts_in(item):
    if isinstance(item, str):
        yield from (part.strip() for part in re.split(r"(?<=[.?!])\s+", item) if part.strip())
    elif isinstance(item, dict):
        for inner in item.values():
            yield from texts_in(inner)
    elif isinstance(item, list | tuple):
        for inner in item:
            yield from texts_in(inner)


def test_nothing_asserts_that_something_causes_fixes_or_cures_this_pain():
    """Word by word over every catalogue; each allowed sentence is argued."""
    found = {text for text in sentences() if ASSERTING.search(text)}

    assert found == set(ALLOWED)


def test_commercial_names_and_unsupported_claims_do_not_appear():
    """Names of a commercial system, and claims that no study supports, are not said as ours."""
    for text in sentences():
        assert not re.search(r"\b(CARs|PAILs|RAILs|pelvic floor)\b", text), text
        assert not re.search(r"probabilit|% chance|chance of injury", text, re.IGNORECASE), text


def syllables(word):
    """Count the groups of vowels, with the silent e of English taken off: the usual counting rule."""
    word = re.sub(r"[^a-z]", "", word.lower())
    if len(word) <= 3:
        return 1
    word = re.sub(r"(?:[^laeiouy]es|[^laeiouytd]ed|[^laeiouy]e)$", lambda hit: hit.group()[0], word)
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def grade_level(text):
    """Return the Flesch-Kincaid grade: 0.39 words/sentences + 11.8 syllables/words - 15.59 (Kincaid 1975)."""
    parts = [part for part in re.split(r"[.?!\n]+", text) if re.search(r"[a-zA-Z]{2}", part)]
    words = re.findall(r"[A-Za-z][A-Za-z'’-]*", text)
    return 0.39 * len(words) / len(parts) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def test_the_grade_formula_gives_the_published_scale():
    """Plain short words lie under grade 1; one long clinical sentence lies far above grade 12 (by hand)."""
    assert grade_level("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)
    assert grade_level("Biomechanical considerations necessitate individualised physiotherapeutic evaluation.") > 20


@pytest.mark.parametrize("name", [name for name in NAMES if "problems" not in case(name)["expect"]])
def test_why_reads_at_grade_seven_or_lower(name):
    """A runner of twelve could read it aloud."""
    now, _ = case_records(name)
    text = why_text(judge(now, today=NOW.date(), motion=case(name).get("motion")))

    assert grade_level(text) <= 7.0
