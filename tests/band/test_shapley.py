"""Shares of a game are the mean over all orders of coming: hand examples, every order, and what must hold of any."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gerdy.band.shapley import coalitions, shapley

GAMES = st.integers(1, 5).flatmap(
    lambda players: arrays(float, 2**players, elements=st.floats(-1e3, 1e3, allow_nan=False, width=32))
)


def by_every_order(worth):
    """Let the players come in every order, and average what each adds on arrival."""
    players = len(worth).bit_length() - 1
    shares = np.zeros(players)
    orders = list(permutations(range(players)))
    for order in orders:
        present = 0
        for player in order:
            shares[player] += worth[present | (1 << player)] - worth[present]
            present |= 1 << player
    return shares / len(orders)


def test_the_only_left_glove_is_worth_four_times_each_of_two_right_gloves():
    """The glove game: player 0 has a left glove, the others a right one; a pair is worth 1. By hand 2/3, 1/6, 1/6."""
    worth = np.array([0, 0, 0, 1, 0, 1, 0, 1], dtype=float)

    assert shapley(worth) == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_three_aeroplanes_pay_for_the_piece_of_runway_that_they_use():
    """The airport game: a coalition costs what its largest member needs (1, 2, 3); each piece is split by its users."""
    needs = np.array([1.0, 2.0, 3.0])
    worth = np.array([max(needs[members], default=0.0) for members in coalitions(3)])

    assert shapley(worth) == pytest.approx([1 / 3, 1 / 3 + 1 / 2, 1 / 3 + 1 / 2 + 1])


@given(GAMES)
def test_shares_are_the_mean_over_every_order_of_coming(worth):
    assert shapley(worth) == pytest.approx(by_every_order(worth), abs=1e-9 * (1 + np.abs(worth).max()))


@given(GAMES)
def test_shares_add_up_to_the_worth_of_all(worth):
    assert shapley(worth).sum() == pytest.approx(worth[-1] - worth[0], abs=1e-9 * (1 + np.abs(worth).max()))


@given(GAMES)
def test_swapping_in_and_out_turns_every_sign(worth):
    assert shapley(worth[::-1]) == pytest.approx(-shapley(worth), abs=1e-9 * (1 + np.abs(worth).max()))


@given(GAMES)
def test_a_player_who_changes_nothing_gets_exactly_nothing(worth):
    with_idler = np.concatenate([worth, worth])

    assert shapley(with_idler)[-1] == 0.0


def test_several_outcomes_are_shared_at_once_as_each_alone():
    games = np.random.default_rng(3).normal(size=(16, 4))

    assert shapley(games) == pytest.approx(np.stack([shapley(game) for game in games.T], axis=1))
