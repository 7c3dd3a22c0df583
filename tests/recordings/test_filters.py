"""The low pass: where it cuts, what it delays, and what it does at gaps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import butter, filtfilt

from gerdy.errors import RecordingError
from gerdy.recordings import lowpass
from gerdy.recordings.filters import pass_cutoff

RATE = 200.0
TIME = np.arange(2000) / RATE


def amplitude(frequency, cutoff, order=2):
    middle = lowpass(np.sin(2 * np.pi * frequency * TIME), cutoff, RATE, order)[500:1500]
    return np.sqrt(2) * middle.std()


@pytest.mark.parametrize("order", [1, 2, 4])
@pytest.mark.parametrize("cutoff", [6.0, 15.0, 40.0])
def test_the_whole_filter_is_3_db_down_at_the_cut_off(cutoff, order):
    assert amplitude(cutoff, cutoff, order) == pytest.approx(1 / np.sqrt(2), abs=0.01)


def test_slow_movement_passes_and_fast_noise_does_not():
    assert amplitude(1.0, 15.0) == pytest.approx(1.0, abs=0.001)
    assert amplitude(80.0, 15.0) < 0.001


def test_one_pass_of_order_2_is_designed_at_the_textbook_factor():
    """Winter: two passes of a second-order filter need a cut-off divided by 0.802."""
    assert pass_cutoff(8.02, 10_000, 2) == pytest.approx(10.0, abs=0.005)


def test_nothing_is_delayed():
    pulse = np.exp(-(((TIME - 5) / 0.05) ** 2))
    assert TIME[np.argmax(lowpass(pulse, 10, RATE))] == 5.0


def test_it_is_scipys_forward_and_backward_filter():
    """Second opinion: transfer-function form of SciPy, same design cut-off, away from the ends."""
    noise = np.random.default_rng(1).normal(size=2000)
    b, a = butter(2, pass_cutoff(15, RATE, 2), fs=RATE)
    np.testing.assert_allclose(lowpass(noise, 15, RATE)[200:-200], filtfilt(b, a, noise)[200:-200], atol=1e-9)


@given(gaps=st.lists(st.tuples(st.integers(0, 399), st.integers(1, 60)), max_size=6), seed=st.integers(0, 99))
def test_a_gap_stays_as_it_is_and_spreads_nowhere(gaps, seed):
    x = np.random.default_rng(seed).normal(size=(400, 2, 3))
    for start, length in gaps:
        x[start : start + length, 0] = np.nan
    found = lowpass(x, 15, RATE)
    np.testing.assert_array_equal(np.isnan(found), np.isnan(x))
    np.testing.assert_array_equal(found[:, 1], lowpass(x[:, 1], 15, RATE))


def test_what_lies_behind_a_gap_does_not_leak_through_it():
    x = np.zeros(400)
    x[200:220] = np.nan
    x[220:] = 1000.0
    found = lowpass(x, 15, RATE)
    np.testing.assert_allclose(found[:200], 0, atol=1e-9)
    np.testing.assert_allclose(found[220:], 1000, atol=1e-6)


@pytest.mark.parametrize("cutoff", [0.0, -5.0, 100.0, 150.0])
def test_an_impossible_cut_off_is_refused(cutoff):
    with pytest.raises(RecordingError, match=r"of a signal at 200 Hz; expected one above 0 and below 100 Hz"):
        lowpass(np.zeros(100), cutoff, RATE)
