"""The phases P0-P5: what opens the next, what pain takes back, and what a hand-over may open."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gerdy.outlook import history_of
from gerdy.programme.criteria import CRITERIA
from gerdy.programme.phases import PHASES, phase_on
from gerdy.programme.safety import judged
from gerdy.programme.watched import Watched
from gerdy.records import MorningAnswer, OptOut, PainEntry, Side, TestResult
from programme.gate_story import ZONE, day, head, morning
from programme.phase_story import (
    READY,
    cleared,
    felt,
    goal,
    handed,
    loaded_control,
    phases,
    run,
    settling,
    state,
    told_by,
    walk,
    weekly,
    written,
)


def returning() -> list:
    """Return a record that reaches P3 on day 8 and keeps P2 beside it until the UWRI has risen on day 20."""
    return [written(1, READY), *settling(), walk(8), morning(8), morning(9), weekly(20, UWRI=26)]


def returned() -> list:
    """Go on to P4 on day 28: three long runs, loaded control; then to P5 on day 50."""
    long_runs = [e for n in (22, 24, 26) for e in run(n, 40)]
    later = [goal(30, 10), *run(40, 60, km=10), *run(47, 60, km=10), *(weekly(n, OSTRC=0) for n in (36, 43, 50))]
    return [*returning(), *long_runs, loaded_control(27), *later, weekly(49, UWRI=34), written(45, READY | NOW)]


NOW = {"scores": {"uwri": 33, "ostrc": 0, "confidence": 8}}


class TestTheWayUp:
    def test_without_a_sheet_there_is_no_phase(self):
        assert phases(told_by(morning(1)), 1) == [None]

    def test_a_complete_sheet_without_a_flag_opens_p1(self):
        assert phases(told_by(written(1)), 1) == ["P1"]

    def test_an_incomplete_sheet_stays_in_triage_and_says_what_is_missing(self):
        history = told_by(
            written(
                1,
                {
                    "tests": dict.fromkeys(
                        [
                            "side_plank",
                            "heel_raise",
                            "single_leg_bridge",
                            "lateral_step_down",
                            "single_leg_stance",
                            "lunge_bent_angle",
                            "lunge_straight_angle",
                        ]
                    )
                },
            )
        )

        assert phases(history, 1) == ["P0"]
        assert [one.met for one in state(history, 1).exits] == ["met", "not met"]

    def test_settled_days_open_capacity_and_nine_items_open_the_return_beside_it(self):
        history = told_by(returning())

        assert phases(history, 5, 6, 7, 21) == ["P1", "P2", "P3", "P3"]
        assert state(history, 10).phase.beside == ("P2",)
        assert state(history, 21).phase.beside == ()

    def test_what_was_not_recorded_keeps_the_next_phase_shut(self):
        without_walks = [e for e in settling() if not isinstance(e, PainEntry)]
        without = replace(written(1, READY), answers=written(1, READY).answers | {"pain_walking": None})

        assert phases(told_by(without, without_walks), 9) == ["P1"]

    def test_long_runs_even_strength_and_loaded_control_open_re_exposure(self):
        history = told_by(returned())

        assert phases(history, 26, 27) == ["P3", "P4"]

    def test_the_goal_twice_and_quiet_weeks_open_maintenance(self):
        history = told_by(returned())

        assert phases(history, 49, 50) == ["P4", "P5"]
        assert state(history, 50).decision("R-080").decision.outcome == "maintenance"

    def test_each_day_opens_one_phase_at_most(self):
        history = told_by(returned())
        seen = [PHASES.index(found) for found in phases(history, *range(1, 51))]

        assert all(after - before <= 1 for before, after in itertools.pairwise(seen))

    def test_the_ladder_starts_on_the_day_of_readiness_and_opens_its_end_with_p4(self):
        history = told_by(returned())

        assert state(history, 6).ladder is None
        assert state(history, 10).ladder.since == day(7)
        assert state(history, 10).ladder.limits.exposed_from is None
        assert state(history, 30).ladder.limits.exposed_from == day(27)


class TestTheWayBack:
    def test_strong_pain_on_the_stairs_leads_back_to_p1_and_stays_readable(self):
        history = told_by(returning(), morning(12, 6.0))
        found = state(history, 12).phase

        assert phases(history, 11, 12) == ["P3", "P1"]
        assert [step.after for step in found.steps] == ["P1", "P2", "P3", "P1"]
        assert found.steps[-1].decision.rule == "R-033"

    def test_three_red_runs_in_two_weeks_lead_back_to_p1(self):
        history = told_by(returning(), run(10, 6, pain=6), run(13, 6, pain=6), run(16, 6, pain=6))

        assert phases(history, 15, 17) == ["P3", "P1"]
        assert state(history, 17).phase.steps[-1].decision.rule == "R-063"

    def test_a_red_signal_in_maintenance_leads_back_to_p1(self):
        history = told_by(returned(), felt(55, 5.0))

        assert phases(history, 54, 55) == ["P5", "P1"]

    def test_an_orange_signal_in_maintenance_leads_back_to_short_runs(self):
        history = told_by(returned(), felt(55, 4.0))

        assert phases(history, 55) == ["P3"]
        assert state(history, 55).ladder.stage == "R5"

    def test_the_way_up_asks_for_new_sessions_after_a_step_back(self):
        history = told_by(returning(), morning(12, 6.0), *(morning(n) for n in (13, 14, 15, 16)), walk(14))

        assert phases(history, 16) == ["P1"]
        assert [one.met for one in state(history, 16).exits][-1] == "not met"


class TestHandOver:
    def test_a_word_alone_opens_nothing(self):
        assert phases(told_by(handed(1, allowed=True)), 1) == ["P0"]
        assert phases(told_by(handed(1, allowed=True), written(1)), 1) == ["P1"]

    def test_a_hand_over_enters_where_the_criteria_allow(self):
        calm = [morning(n) for n in (-1, 0, 1)]
        history = told_by(*calm, walk(0), written(1, READY), handed(1))

        assert phases(history, 1) == ["P3"]
        assert [step.after for step in state(history, 1).phase.steps] == ["P1", "P2", "P3"]

    def test_a_no_to_running_keeps_the_ladder_shut(self):
        calm = [morning(n) for n in (-1, 0, 1)]
        history = told_by(*calm, walk(0), written(1, READY), handed(1, allowed=False))

        assert phases(history, 1, 5) == ["P2", "P2"]

    def test_tests_of_the_hand_over_count_as_tests(self):
        results = tuple(
            TestResult(test="heel_raise", side=side, value=12.0, unit="repetitions") for side in (Side.LEFT, Side.RIGHT)
        )
        history = told_by(written(1, READY), handed(2, results=results))
        heel = next(c for c in CRITERIA["P2"] if c.name == "heel raises")
        from gerdy.programme.facts import Facts

        assert heel.ask(Facts(history, judged(history, day(2)), day(2)), day(1))[0] == "not met"


RED = {"safety": {"everything_else": "no", "night_pain": "yes"}}


class TestLocks:
    def test_a_red_flag_stops_every_phase(self):
        history = told_by(returning(), written(12, READY | RED), *(morning(n) for n in range(10, 30)))

        assert phases(history, 11, 12, 25) == ["P3", "P3", "P3"]
        assert state(history, 12).locked
        assert "night" in state(history, 12).decision("R-001").decision.reasons[0].text.lower()

    def test_nothing_opens_while_a_red_flag_stands_however_quiet_the_days(self):
        locked = told_by(returning(), written(5, READY | RED))
        opened = told_by(returning(), written(5, READY | RED), cleared(8, "night_pain"))

        assert phases(locked, 5, 6, 7, 21) == ["P1", "P1", "P1", "P1"]
        assert phases(opened, 7, 8) == ["P1", "P2"]

    def test_only_a_clearance_for_that_flag_opens_it(self):
        locked = told_by(written(1, READY | RED), cleared(3, "cancer_history"))
        opened = told_by(written(1, READY | RED), cleared(3, "night_pain"))

        assert state(locked, 5).locked
        assert [state(opened, on).locked for on in (2, 3)] == [True, False]
        assert phases(opened, 2, 3) == ["P0", "P1"]

    def test_a_clearance_may_name_the_rule(self):
        history = told_by(written(1, READY | RED), cleared(3, "R-002"))

        assert not state(history, 3).locked

    def test_an_unanswered_screen_is_not_open(self):
        history = told_by(written(1, {"safety": {"everything_else": None, "night_pain": "no"}}))

        assert state(history, 1).locked
        assert phases(history, 1) == ["P0"]

    def test_the_screen_is_asked_again_after_two_weeks(self):
        history = told_by(written(1, READY))

        assert [state(history, on).decision("R-008").decision.outcome for on in (15, 16)] == ["not due", "due"]


class TestLeaving:
    def test_only_a_knowing_opt_out_ends_the_plan(self):
        for understood in (False, True):
            out = OptOut(**head(52, "out"), understood=understood)

            assert state(told_by(returned(), out), 52).ended is understood


@given(st.integers(0, 200), st.sampled_from([0.5, 1.0, 2.0, 4.0, 8.0]))
@settings(max_examples=60, deadline=None)
def test_more_pain_never_raises_the_phase_before_maintenance(which, more):
    """Raise any one pain answer of a record that climbs to P4: on no day does the phase stand higher."""
    entries = [e for e in returned() if e.event_time.date() <= day(48)]
    painful = [n for n, e in enumerate(entries) if isinstance(e, PainEntry | MorningAnswer)]
    place = painful[which % len(painful)]
    worse = [*entries[:place], hurt(entries[place], more), *entries[place + 1 :]]

    for before, after in zip(way(entries), way(worse), strict=True):
        assert after <= before


def hurt(entry, more):
    name = "score" if isinstance(entry, PainEntry) else "stairs_down"
    return replace(entry, **{name: min(10.0, getattr(entry, name) + more)})


def way(entries) -> list[int]:
    """Return the rank of the phase at the end of every day."""
    history = history_of(entries, "me", ZONE)
    steps = phase_on(Watched(history, day(48)), judged(history, day(48))).steps
    found, rank = [], 0
    for number in range(1, 49):
        rank = next((PHASES.index(s.after) for s in reversed(steps) if s.day <= day(number)), 0)
        found.append(rank)
    return found


@given(st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_any_order_of_entry_gives_the_same_phases(chance):
    entries = returned()
    chance.shuffle(entries)

    assert way(entries) == way(returned())


@pytest.mark.parametrize("phase", CRITERIA)
def test_every_criterion_says_what_to_do(phase):
    for criterion in CRITERIA[phase]:
        assert criterion.asks
        assert criterion.to_do
