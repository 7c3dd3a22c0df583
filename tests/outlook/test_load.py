"""The load of a run: steps, band load, and what is assumed where nothing was recorded."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerdy.outlook import guard
from gerdy.outlook.history import history_of
from gerdy.outlook.load import LoadDraws, band_load, damage, load_draws, run_loads, speed_response, steps
from gerdy.outlook.step_load import step_load
from gerdy.records import RecordingEntry, Run
from outlook.story import ZONE, day, shared, tell

PLAIN = LoadDraws(
    cadence=np.ones(1), step=np.ones(1), speed=np.full(1, 0.5), downhill=np.ones(1), exponent=np.full(1, 4.0)
)
"""One draw with every factor at its middle."""


def run(**fields):
    return Run(**shared(1, "run"), **fields)


@pytest.mark.parametrize(
    ("speed_m_s", "steps_per_km"),
    [(2.5, 1133.0), (3.3, 899.0), (4.0, 750.0)],
)
def test_steps_per_kilometre_follow_the_worked_example_of_the_notes(speed_m_s, steps_per_km):
    """rehab.md 5.4: 170 spm at 2.5 m/s 1133; 178 at 3.3 m/s 899; 180 at 4.0 m/s 750 steps per km."""
    found = steps(run(distance_m=1000.0, moving_s=1000.0 / speed_m_s), PLAIN)
    assert found[0] == pytest.approx(steps_per_km, abs=0.5)


def test_a_recorded_cadence_is_used_as_it_is():
    found = steps(run(distance_m=5000.0, moving_s=1500.0, cadence_spm=172.0), PLAIN)
    assert found[0] == 172.0 * 25.0


def test_five_per_cent_more_steps_with_three_per_cent_less_load_change_damage_as_the_notes_say():
    """rehab.md 5.4: +5 % steps with -3 % strain: damage x 0.93 (b=4), x 0.99 (b=2), x 0.80 (b=9)."""
    slow = run(moving_s=1500.0, cadence_spm=170.0)
    quick = run(moving_s=1500.0, cadence_spm=170.0 * 1.05)
    lighter = LoadDraws(PLAIN.cadence, np.full(1, 0.97), PLAIN.speed, PLAIN.downhill, PLAIN.exponent)
    for exponent, ratio in ((4.0, 0.93), (2.0, 0.99), (9.0, 0.80)):
        found = damage(quick, lighter, exponent) / damage(slow, PLAIN, exponent)
        assert found[0] == pytest.approx(ratio, abs=0.005)


def test_a_run_that_drops_five_per_cent_loads_each_step_by_five_per_cent_more():
    """rehab.md 5.4, a design default: downhill -5 % 1.05, -10 % 1.10."""
    flat = band_load(run(distance_m=1000.0, moving_s=300.0), PLAIN)
    for drop, factor in ((50.0, 1.05), (100.0, 1.10)):
        down = band_load(run(distance_m=1000.0, moving_s=300.0, descent_m=drop), PLAIN)
        assert down[0] / flat[0] == pytest.approx(factor)


def test_the_speed_response_is_what_the_shared_runners_showed():
    """engine.md: posterior strand 3.7, 4.3, 4.6 % at 2.5, 3.5, 4.5 m/s; anterior rate 33, 42, 54 %/s."""
    assert speed_response(2.5, np.array([0.5]))[0] == pytest.approx(3.7 / 4.3)
    assert speed_response(4.5, np.array([1.0]))[0] == pytest.approx(54 / 42)
    assert speed_response(3.5, np.array([0.0, 0.5, 1.0])) == pytest.approx([1.0, 1.0, 1.0])
    assert speed_response(6.0, np.array([1.0]))[0] == pytest.approx(54 / 42), "held beyond the measured speeds"


def test_a_run_without_distance_and_time_has_no_load_rather_than_none():
    history = history_of([run()], "me", ZONE)
    loads = run_loads(history.runs, PLAIN, assumed_step=True)
    assert loads[0].band_load is None
    assert loads[0].damage == {}


def test_what_was_assumed_is_said():
    history = history_of([run(moving_s=1800.0, treadmill=True)], "me", ZONE)
    found = run_loads(history.runs, PLAIN, assumed_step=True)[0]
    assert found.assumed == ("per-step load", "cadence", "speed", "descent")
    assert set(found.damage) == {"2", "4", "9"}


def test_without_motion_a_step_counts_one_with_its_registered_spread():
    found = step_load(history_of([], "me", ZONE), day(1))
    assert (found.assumed, found.ratio.median, found.ratio.p5, found.ratio.p95) == (True, 1.0, 0.6, 1.6)


def test_with_motion_the_more_loaded_side_of_the_latest_recording_counts():
    def recording(number, left, right):
        sides = {
            side: {"band": {"relative_contact_impulse": {"median": m, "p5": m - 0.1, "p95": m + 0.1}}}
            for side, m in (("left", left), ("right", right))
        }
        return RecordingEntry(**shared(number, "recording"), files={}, analysis={"sides": sides})

    history = history_of([recording(1, 2.0, 2.0), recording(5, 1.1, 1.3)], "me", ZONE)
    found = step_load(history, day(6))
    assert (found.assumed, found.ratio.median) == (False, 1.3)
    assert "right side" in found.obtained
    assert step_load(history, day(3)).ratio.median == 2.0


def test_a_recording_without_forces_leaves_the_step_assumed():
    entry = RecordingEntry(**shared(1, "r"), files={}, analysis={"sides": {"left": {"band": None}, "right": None}})
    assert step_load(history_of([entry], "me", ZONE), day(2)).assumed


def test_draws_of_the_unknowns_stay_within_their_intervals_and_are_centred():
    draws = load_draws(step_load(history_of([], "me", ZONE), day(1)), 1000, np.random.default_rng(3))
    assert draws.step.min() >= 0.6
    assert draws.step.max() <= 1.6
    assert np.median(draws.step) == pytest.approx(1.0, abs=0.01)


@given(st.floats(100.0, 50_000.0), st.floats(100.0, 50_000.0))
def test_a_longer_longest_run_never_lowers_the_limit(a, b):
    assert guard.cap_m(min(a, b)) <= guard.cap_m(max(a, b))


def test_the_limit_is_as_the_rule_gives_it():
    """R-064: longest 10 km -> 11.0 cap; longest 3.0 -> 3.5."""
    assert guard.cap_m(10_000.0) == pytest.approx(11_000.0)
    assert guard.cap_m(3_000.0) == pytest.approx(3_500.0)


def test_the_guard_never_says_yes_without_anything_to_compare_with():
    history = tell({"runs": [{"day": 1, "km": None}]})
    assert guard.longest_run_guard(history, day(5), 3000.0).outcome == "no basis"
