"""Capacity: held by one session a week, faded without, and never raised by running more."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gerdy.outlook.capacity import CapacityDraws, capacity_draws, carried_step, follow, held, trained_step
from gerdy.outlook.series import fill_unknown

P = CapacityDraws(
    gain=np.full(1, 0.25),
    build_time=np.full(1, 42.0),
    fade_time=np.full(1, 112.0),
    full_dose=np.full(1, 2.0),
    repair_time=np.full(1, 4.0),
    headroom=np.full(1, 1.2),
    session_load=np.full(1, 0.1),
    hold_dose=1.0,
)


def after(days: int, sessions: float, start: float) -> float:
    share = np.full(1, start)
    for _ in range(days):
        share = trained_step(share, np.full(1, sessions), P)
    return float(share[0])


def test_one_session_a_week_loses_nothing_over_thirty_two_weeks():
    """Spiering 2021: strength is held for up to 32 weeks by one session a week with the load kept."""
    assert after(32 * 7, 1.0, 0.6) >= 0.6


def test_without_strength_work_the_trained_share_falls_to_one_over_e_in_the_fade_time():
    assert after(112, 0.0, 1.0) == pytest.approx(np.exp(-1.0), abs=0.003)


def test_with_full_work_an_untrained_runner_gains_63_per_cent_in_the_build_time():
    assert after(42, 2.0, 0.0) == pytest.approx(1.0 - np.exp(-1.0), abs=0.01)


def test_usual_running_settles_at_the_usual_load():
    carried = np.zeros(1)
    for _ in range(60):
        carried = carried_step(carried, np.ones(1), P)
    assert carried[0] == pytest.approx(1.0, abs=1e-6)


def test_a_day_of_double_load_is_repaired_to_one_over_e_in_the_repair_time():
    excess = carried_step(np.ones(1), np.full(1, 2.0), P)[0] - 1.0
    carried = np.full(1, 1.0 + excess)
    for _ in range(4):
        carried = carried_step(carried, np.ones(1), P)
    assert (carried[0] - 1.0) / excess == pytest.approx(np.exp(-1.0))


def test_capacity_is_headroom_untrained_and_grows_by_the_gain():
    assert held(np.zeros(1), P)[0] == pytest.approx(1.2)
    assert held(np.ones(1), P)[0] == pytest.approx(1.5)


@given(
    load=st.lists(st.floats(0.0, 5.0), min_size=20, max_size=20),
    extra=st.lists(st.floats(0.0, 5.0), min_size=20, max_size=20),
    seed=st.integers(0, 100),
)
@settings(max_examples=60)
def test_more_load_never_raises_what_is_left(load, extra, seed):
    """On the day of the extra load and on every day after it."""
    rng = np.random.default_rng(seed)
    p = capacity_draws(8, rng)
    sessions = rng.integers(0, 2, (8, 20)).astype(float)
    start = rng.random(8)
    base = np.tile(load, (8, 1))
    margins = []
    for done in (base, base + np.array(extra)):
        capacity, carried = follow(done, sessions, start, p)
        margins.append(capacity - carried)
    assert np.all(margins[1] <= margins[0] + 1e-12)


@given(st.lists(st.booleans(), min_size=30, max_size=30), st.integers(0, 29), st.floats(0.0, 1.0))
def test_a_day_that_is_not_recorded_never_counts_as_rest(ran, hidden, share):
    """Hiding a day leaves it open up to the usual day, and only a share of zero of that equals rest."""
    load = np.array([ran], dtype=float)
    known = np.ones(30, dtype=bool)
    known[hidden] = False
    seen = np.where(known, load, 0.0)
    filled = fill_unknown(seen, known, np.full((1, 30), share))
    usual = seen[:, :hidden].sum() / max(1, min(hidden, 28)) if hidden else 0.0
    assert filled[0, hidden] >= 0.0
    assert np.array_equal(filled[:, known], load[:, known])
    if usual > 0 and share > 0 and hidden <= 28:
        assert filled[0, hidden] == pytest.approx(share * usual)


def test_silence_keeps_the_usual_of_the_last_recorded_weeks():
    """Four runs in the first four weeks, then ten weeks of silence: the usual does not fade away."""
    known = np.zeros(98, dtype=bool)
    known[:28] = True
    load = np.zeros((1, 98))
    load[0, [3, 10, 17, 24]] = 1.0
    filled = fill_unknown(load, known, np.ones((1, 98)))
    assert filled[0, 97] == pytest.approx(4 / 28)


def test_from_sixty_on_two_sessions_hold_what_one_held():
    rng = np.random.default_rng(1)
    assert (capacity_draws(4, rng).hold_dose, capacity_draws(4, rng, older=True).hold_dose) == (1.0, 2.0)


def test_every_parameter_is_drawn():
    drawn = capacity_draws(64, np.random.default_rng(1))
    for field in fields(CapacityDraws):
        if field.name != "hold_dose":
            assert np.ptp(getattr(drawn, field.name)) > 0
    assert replace(drawn, hold_dose=2.0).hold_dose == 2.0
