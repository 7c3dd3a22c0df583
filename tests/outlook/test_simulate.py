"""The simulation: reproducible, honest about its order, and the same physics as the outlook."""

from __future__ import annotations

import json

import numpy as np
import pytest

from gerdy.errors import RecordInvalid
from gerdy.outlook.order import order
from gerdy.outlook.simulate import DAYS, KEYS, STRATEGIES, Simulation, simulate
from gerdy.pipelines.simulation import illustrate, to_json
from gerdy.report.simulation_page import simulation_html
from gerdy.report.simulation_words import first_page


def made(rest: list[int], stop: list[int], maintain: list[int]) -> Simulation:
    """Return a simulation in which each runner has so many flare days after a first episode of ten days."""
    runners = len(rest)
    flare = np.zeros((3, runners, DAYS), dtype=bool)
    flare[:, :, :10] = True
    for n, days in enumerate((rest, stop, maintain)):
        for r, count in enumerate(days):
            flare[n, r, 100 : 100 + count] = True
    draws = {"house_capacity.strength_gain": np.linspace(0.0, 0.5, runners)}
    empty = np.zeros((3, runners, DAYS))
    return Simulation(draws, empty, empty, flare)


def test_the_first_episode_is_not_counted():
    assert made([5], [3], [1]).flare_days()[:, 0].tolist() == [5, 3, 1]


def test_the_order_is_counted_by_hand():
    """Ten runners: four in order, three the same, three turned."""
    rest = [9, 9, 9, 9, 4, 4, 4, 2, 5, 5]
    stop = [5, 5, 9, 5, 4, 4, 4, 5, 5, 2]
    maintain = [1, 5, 1, 1, 4, 4, 4, 5, 6, 3]
    found = order(made(rest, stop, maintain))
    assert (found.holds, found.same, found.turns) == (0.4, 0.3, 0.3)
    assert found.steps["train then maintain against train then stop"] == (0.3, 0.5, 0.2)
    assert found.by_parameter[0].turns[-1] == 1.0


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others():
    first, again, other = (simulation_html(illustrate(60, seed)) for seed in (4, 4, 5))
    assert first == again
    assert first != other
    assert json.dumps(to_json(illustrate(60, 4))) == json.dumps(to_json(illustrate(60, 4)))


def test_without_any_effect_of_strength_the_two_training_strategies_hold_the_same_capacity():
    found = simulate(64, np.random.default_rng(2))
    weak = np.abs(found.draws["house_capacity.strength_gain"]) < 0.01
    assert weak.any()
    assert found.capacity[2, weak] == pytest.approx(found.capacity[1, weak], rel=0.02)


def test_resting_holds_the_untrained_capacity_throughout():
    found = simulate(64, np.random.default_rng(2))
    headroom = found.draws["house_capacity.headroom"]
    assert np.allclose(found.capacity[0], headroom[:, None])


def test_nobody_runs_in_a_flare_under_rest_and_load_falls():
    found = simulate(64, np.random.default_rng(2))
    assert np.all(found.load[0, :, 0] == 0.0)


def test_every_parameter_of_the_registry_is_varied_and_named_on_the_page():
    found = illustrate(60, 1)
    page = simulation_html(found)
    for key in KEYS:
        assert key in page
        assert key in found.used
    for name in STRATEGIES:
        assert name in page


def test_the_first_page_says_illustration_and_where_it_turns_before_any_curve():
    page = simulation_html(illustrate(60, 1))
    words = first_page(illustrate(60, 1))
    assert words[0].startswith("This is an illustration, not evidence.")
    assert page.index("Over the ranges of all parameters") < page.index("<svg")


def test_the_page_needs_nothing_else():
    page = simulation_html(illustrate(60, 1))
    assert "<script" not in page
    assert 'src="http' not in page
    assert 'href="http' not in page


def test_too_few_virtual_runners_are_refused():
    with pytest.raises(RecordInvalid, match="50 to 100000"):
        illustrate(10, 1)
