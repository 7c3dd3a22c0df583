"""Asking the registry, and remembering what was asked."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerdy import evidence
from gerdy.errors import EvidenceInvalid, UnknownKey

ZONE = "orchard1996.zone_knee_flexion"
ADDUCTION = "heiderscheit2011.hip_adduction_peak_loading"
THRESHOLD = "house.contact_threshold"


def test_an_unknown_key_is_refused_with_the_nearest_names():
    with pytest.raises(UnknownKey, match=r"no key 'orchard1996\.zone_knee'.*Run 'gerdy evidence'") as refusal:
        evidence.value("orchard1996.zone_knee")

    assert ZONE in refusal.value.near


def test_a_pair_is_read_as_a_span_and_never_as_one_number():
    assert evidence.span(ZONE) == (20.0, 30.0)
    with pytest.raises(EvidenceInvalid, match="not a single number"):
        evidence.value(ZONE)


def test_a_single_number_is_never_read_as_a_span():
    with pytest.raises(EvidenceInvalid, match="not a pair"):
        evidence.span(ADDUCTION)


def test_a_run_lists_the_entries_it_relied_on_in_the_order_of_first_use():
    with evidence.collect() as used:
        evidence.value(THRESHOLD)
        evidence.span(ZONE)
        evidence.value(THRESHOLD)

    assert list(used) == [THRESHOLD, ZONE]


def test_what_an_inner_part_used_counts_for_the_whole_run_too():
    with evidence.collect() as whole:
        evidence.value(ADDUCTION)
        with evidence.collect() as part:
            evidence.span(ZONE)
        evidence.value(THRESHOLD)

    assert list(part) == [ZONE]
    assert list(whole) == [ADDUCTION, ZONE, THRESHOLD]


def test_nothing_is_collected_after_a_run_even_when_it_failed():
    with pytest.raises(UnknownKey), evidence.collect() as used:
        evidence.value("nobody.nothing")
    evidence.value(THRESHOLD)

    assert used == {}


def test_a_refused_key_is_not_listed_as_a_source():
    with evidence.collect() as used, pytest.raises(UnknownKey):
        evidence.value("orchard1996.zone")

    assert used == {}


@given(st.sampled_from(sorted(evidence.registry().entries)))
def test_every_key_can_be_asked_for_and_names_its_source(key):
    entry = evidence.entry(key)

    assert entry.key == key
    assert evidence.registry().source_of(key).citation()
    assert entry.printed()


def test_a_printed_norm_carries_spread_unit_and_number_of_people():
    # Heiderscheit 2011, Table 3: 10.4 (3.3) degrees in 45 runners.
    assert evidence.entry(ADDUCTION).printed() == "10.4 ± 3.3 deg (n 45)"


def test_an_entry_cannot_be_changed():
    with pytest.raises(AttributeError):
        evidence.entry(ADDUCTION).value = 0.0


def test_every_entry_of_the_bibliography_is_closed():
    """Merging two branches can lose a brace, which the reader would not notice."""
    text = files("gerdy.evidence").joinpath("sources.bib").read_text(encoding="utf-8")

    for entry in text.split("\n@"):
        assert entry.count("{") == entry.count("}"), entry[:60]
