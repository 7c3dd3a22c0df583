"""What may stand in the registry, and what may not."""

from __future__ import annotations

import pytest

from gerdy.errors import EvidenceInvalid
from gerdy.evidence import registry
from gerdy.evidence.registry import load_registry
from source_code import cited

SOURCES = "@misc{paper2000,\n  author = {A},\n  title = {T},\n  year = {2000},\n}\n\n@misc{house,\n  title = {H},\n}\n"
GOOD = """
[knee]
value = 20.0
unit = "deg"
population = "9 runners"
design = "laboratory"
grade = "C"
directness = "direct"
certainty = "verified"
does_not_say = "who gets hurt"
"""


@pytest.fixture
def book(tmp_path):
    """Load a registry of one set, written from TOML text."""

    def load(text, name="paper2000", sources=SOURCES):
        (tmp_path / "sets").mkdir(exist_ok=True)
        (tmp_path / "sources.bib").write_text(sources, encoding="utf-8")
        (tmp_path / "sets" / f"{name}.toml").write_text(text, encoding="utf-8")
        return load_registry(tmp_path)

    return load


def test_every_entry_that_ships_keeps_the_rules_of_the_registry():
    entries = registry().entries

    assert len(entries) > 100
    for key, entry in entries.items():
        assert entry.unit, key
        assert entry.population, key
        assert entry.design, key
        assert entry.does_not_say, key


@pytest.mark.parametrize("word", ["memory", "M", "M (memory)", "from memory", "unverified", ""])
def test_what_somebody_only_remembers_cannot_be_written_down_as_a_fact(book, word):
    with pytest.raises(EvidenceInvalid, match=r"knee: certainty is .* must be one of verified, computed, secondary"):
        book(GOOD.replace('"verified"', f'"{word}"'))


def test_a_house_choice_needs_a_reason(book):
    with pytest.raises(EvidenceInvalid, match="needs a 'reason' that says what would change it"):
        book('[cutoff]\nvalue = 6.0\nunit = "Hz"\n', name="house_filters")


def test_a_house_choice_is_never_shown_as_a_finding(book):
    entry = book('[cutoff]\nvalue = 6.0\nunit = "Hz"\nreason = "habit"\n', name="house_filters")["house_filters.cutoff"]

    assert entry.is_house_choice
    assert (entry.source, entry.grade, entry.population) == ("house", "E", "none")
    assert entry.does_not_say == "that a study found this number"


def test_a_number_of_ours_that_ships_says_why_and_what_would_change_it():
    for key, entry in registry().entries.items():
        if entry.is_house_choice:
            assert len(entry.reason) > 20, key
            assert entry.source == "house", key


@pytest.mark.parametrize("field", ["unit", "population", "design", "grade", "directness", "certainty", "does_not_say"])
def test_an_entry_without_one_of_its_fields_is_refused_by_name(book, field):
    text = "\n".join(line for line in GOOD.splitlines() if not line.startswith(f"{field} ="))

    with pytest.raises(EvidenceInvalid, match=field):
        book(text)


def test_a_misspelt_field_brings_the_right_one(book):
    with pytest.raises(EvidenceInvalid, match="unknown field 'populaton'; did you mean population"):
        book(GOOD + 'populaton = "x"\n')


@pytest.mark.parametrize(("field", "value"), [("grade", "D"), ("directness", "close")])
def test_words_outside_the_lists_are_refused_with_the_list(book, field, value):
    text = "\n".join(f'{field} = "{value}"' if line.startswith(field) else line for line in GOOD.splitlines())

    with pytest.raises(EvidenceInvalid, match=f"{field} is '{value}'; it must be one of"):
        book(text)


def test_an_entry_whose_source_is_not_in_the_bibliography_is_refused(book):
    with pytest.raises(EvidenceInvalid, match=r"source 'nobody1999' is not in sources\.bib; add it there"):
        book(GOOD, name="nobody1999")


def test_a_source_that_stands_twice_is_refused(book):
    with pytest.raises(EvidenceInvalid, match="'paper2000' stands twice"):
        book(GOOD, sources=SOURCES + SOURCES)


def test_a_set_that_is_not_toml_is_refused_by_file_name(book):
    with pytest.raises(EvidenceInvalid, match=r"paper2000\.toml is not valid TOML"):
        book("[knee\n")


def test_fields_before_the_first_table_hold_for_every_entry_and_can_be_overruled(book):
    shared = GOOD.replace("[knee]\nvalue = 20.0\n", "")
    text = shared + '\n[knee]\nvalue = 20\n\n[hip]\nvalue = 10\ngrade = "B"\n'
    entries = book(text).entries

    assert entries["paper2000.knee"].population == entries["paper2000.hip"].population == "9 runners"
    assert (entries["paper2000.knee"].grade, entries["paper2000.hip"].grade) == ("C", "B")
    assert set(entries) == {"paper2000.knee", "paper2000.hip"}


def test_a_spread_belongs_to_a_number_of_people():
    for key, entry in registry().entries.items():
        if entry.sd is not None and not entry.is_house_choice:
            assert entry.n, f"{key} has a spread but does not say between how many"


def test_every_source_has_author_title_year_and_a_sentence_on_its_use():
    for key, source in registry().sources.items():
        assert all((source.author, source.title, source.year)), key


def test_every_source_is_used_by_a_value_or_cited_for_its_method():
    used = {entry.source for entry in registry().entries.values()}

    assert set(registry().sources) - used - cited() == set()
