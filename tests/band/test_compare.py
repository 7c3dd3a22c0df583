"""Changes of band outcomes, draw by draw: expected values by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gerdy.band.compare import paired_change
from gerdy.errors import ComparisonInvalid

loads = arrays(float, st.integers(2, 40), elements=st.floats(0.0, 5000.0))


def test_a_change_that_every_band_agrees_on_is_told_apart_though_the_loads_overlap():
    # 100 ... 900 N against the same plus 10 %: every band says more, although each load is in the other's range.
    a = np.linspace(100.0, 900.0, 9)
    found = paired_change("tension_peak_n", a, 1.1 * a)

    assert found.median == pytest.approx(50.0)
    assert (found.p5, found.p95) == (pytest.approx(14.0), pytest.approx(86.0))
    assert found.sign_agreement == 1.0
    assert found.told_apart


def test_a_change_that_bands_disagree_on_cannot_be_told_apart():
    found = paired_change("x", np.zeros(10), np.array([-1.0, -1, -1, 1, 1, 1, 1, 1, 1, 1]))

    assert found.sign_agreement == 0.7
    assert not found.told_apart


def test_a_band_without_a_value_on_one_occasion_leaves_its_pair_out():
    found = paired_change("x", np.array([1.0, np.nan, 3.0]), np.array([2.0, 9.0, 4.0]))

    assert (found.draws, found.median) == (2, 1.0)


def test_no_pair_gives_no_change_and_not_zero():
    assert paired_change("x", np.array([np.nan]), np.array([1.0])) is None


def test_draws_that_do_not_pair_are_refused():
    with pytest.raises(ComparisonInvalid, match="64 draws in A and 16 in B were seen; differences need the same draws"):
        paired_change("x", np.zeros(64), np.zeros(16))


@given(loads)
def test_an_occasion_against_itself_never_changes(a):
    found = paired_change("x", a, a)

    assert (found.median, found.p5, found.p95) == (0.0, 0.0, 0.0)
    assert not found.told_apart


@given(loads, st.floats(-100.0, 100.0))
def test_there_and_back_are_opposite(a, shift):
    there, back = paired_change("x", a, a + shift), paired_change("x", a + shift, a)

    assert there.median == pytest.approx(-back.median, abs=1e-9)
    assert there.p5 == pytest.approx(-back.p95, abs=1e-9)
    assert there.told_apart == back.told_apart
