"""Who may decide otherwise than gerdy: every role at every gate, and what stays visible for ever."""

from __future__ import annotations

from itertools import product

import pytest

from gerdy.errors import OverrideRefused
from gerdy.outlook.rules import RULES as OUTLOOK_RULES
from gerdy.programme.gates.rules import RULES
from gerdy.programme.overrides import (
    GATES,
    LOCKS,
    OPEN_TO_COACH,
    is_stricter,
    kind_of,
    may_override,
    permitted,
    require_allowed,
    ruled,
)
from gerdy.records import Decision, Role, Side
from gerdy.running.rules import RULES as RUNNING_RULES
from programme.gate_story import day, good_day, good_set, morning, session
from programme.phase_story import READY, cleared, override, state, told_by, written
from programme.test_phases import returned, returning

PAIRS = list(product(Role, GATES))


@pytest.mark.parametrize(("role", "gate"), PAIRS, ids=str)
def test_no_role_opens_a_red_flag_the_age_lock_or_the_low_energy_lock(role, gate):
    """Issue 7: a coach may decide about progression, scheduling and amount; locks open with a clearance only."""
    answer = may_override(role, gate)
    kind = GATES[gate]

    if kind in LOCKS:
        assert answer.outcome == "refused"
        assert "clearance" in answer.reasons[0].text
    elif kind in OPEN_TO_COACH:
        assert answer.outcome == ("stricter only" if role is Role.RUNNER else "allowed")
    else:
        assert answer.outcome == "refused"


def test_the_locks_are_exactly_the_rules_of_the_safety_screen():
    assert {gate for gate, kind in GATES.items() if kind in LOCKS} == {
        "R-001", "R-002", "R-003", "R-004", "R-005", "R-006", "R-007", "R-010",
    }  # fmt: skip


def test_every_rule_that_decides_in_a_plan_is_a_gate_of_some_kind():
    watch = {name for name in OUTLOOK_RULES if name.startswith("R-")}

    assert (set(RULES) | set(RUNNING_RULES) | watch) - set(GATES) == set()


@pytest.mark.parametrize(
    ("to", "said", "stricter"),
    [
        ("hold", "advance", True),
        ("advance", "hold", False),
        ("P1", "P3", True),
        ("P4", "P3", False),
        ("R3", "R5", True),
        ("H1", "R9", False),
        ("wait", "go", True),
        ("20", "30", True),
        ("30", "20", False),
        ("anything", "hold", False),
        ("hold", "hold", True),
    ],
)
def test_stricter_is_the_careful_side_of_the_same_family(to, said, stricter):
    assert is_stricter(to, said) is stricter


@pytest.mark.parametrize("role", [Role.COACH, Role.CLINICIAN])
def test_a_red_flag_override_is_refused_and_says_what_opens_it(role):
    with pytest.raises(OverrideRefused, match="recorded clearance: who examined"):
        require_allowed(override(1, "R-001", "open", role), "locked")


def test_a_runner_may_always_do_less_and_never_more():
    require_allowed(override(1, "R-062", "back", Role.RUNNER), "advance")
    with pytest.raises(OverrideRefused, match="A runner may always do less"):
        require_allowed(override(1, "R-062", "advance", Role.RUNNER), "hold")


def test_an_unknown_gate_is_refused_with_the_nearest_names():
    with pytest.raises(OverrideRefused, match="R-062"):
        kind_of("R-0622")


@pytest.mark.parametrize(("role", "gate"), PAIRS, ids=str)
def test_an_override_that_the_role_may_not_make_changes_nothing(role, gate):
    """Whatever was written into the record: only what the role may decide is in force."""
    said = Decision(outcome="hold", rule=gate, reasons=())
    history = told_by(override(1, gate, "advance", role))
    found = ruled(said, history.overrides, day(2))
    allowed = may_override(role, gate).outcome == "allowed"

    assert found.holds == ("advance" if allowed else "hold")
    assert (found.override is not None) is allowed
    assert bool(permitted(history.overrides)) is allowed
    assert found.decision == said


class TestExercises:
    def test_a_coach_advances_an_exercise_once_and_gerdys_own_word_stays_beside_it(self):
        history = told_by(good_day(1), override(3, "PG-S", "advance", subject="E23", side=Side.RIGHT), good_day(4))
        found = state(history, 10)

        assert found.standings["E23", Side.RIGHT].rank == 1
        assert found.said_standings["E23", Side.RIGHT].rank == 1  # gerdy came there by itself on day 5
        assert [state(history, on).standings["E23", Side.RIGHT].rank for on in (2, 3)] == [0, 1]
        assert [state(history, on).said_standings["E23", Side.RIGHT].rank for on in (2, 3)] == [0, 0]

    def test_an_override_for_one_side_leaves_the_other(self):
        both = [good_set()] * 3 + [good_set(side=Side.LEFT)] * 3
        history = told_by(session(1, *both), morning(2), override(3, "PG-S", "advance", side=Side.LEFT))
        found = state(history, 3)

        assert [found.standings["E23", side].rank for side in (Side.LEFT, Side.RIGHT)] == [1, 0]
        assert found.exercise("E23").side is Side.RIGHT

    def test_a_runner_holds_an_exercise_until_a_day_and_then_it_counts_again(self):
        hold = override(2, "PG-S", "hold", Role.RUNNER, subject="E23", until=day(4))
        history = told_by(hold, good_day(3), good_day(5))

        assert state(history, 6).standings["E23", Side.RIGHT].toward == (1, 2)
        assert "held by a person" in state(history, 6).standings["E23", Side.RIGHT].story[0][1].reasons[0].text

    def test_a_runner_cannot_advance_an_exercise(self):
        history = told_by(good_day(1), override(3, "PG-S", "advance", Role.RUNNER, subject="E23"))

        assert state(history, 4).standings["E23", Side.RIGHT].rank == 0

    def test_a_coach_who_watched_stands_in_for_a_film(self):
        unseen = [session(n, *(good_set(_control(), filmed=False),) * 3, scheme=_control()) for n in (1, 3)]
        watched = override(1, "R-049", "seen", subject="E37")
        history = told_by(*unseen, morning(2), morning(4), watched)

        assert state(history, 4).standings["E37", Side.RIGHT].rank == 1
        assert state(history, 4).said_standings["E37", Side.RIGHT].rank == 0


class TestPhases:
    def test_a_coach_sets_a_phase_and_what_gerdy_says_stays_beside_it(self):
        history = told_by(written(1, READY), override(2, "phase", "P2"))
        found = state(history, 3)

        assert (found.phase.phase, found.said_phase.phase) == ("P2", "P1")
        assert "I watched her" in found.phase.steps[-1].decision.reasons[0].text

    def test_pain_takes_back_a_phase_that_a_coach_had_set(self):
        history = told_by(written(1, READY), override(2, "phase", "P3"), morning(5, 6.0))

        assert state(history, 5).phase.phase == "P1"

    def test_nobody_sets_a_phase_before_the_assessment_or_over_a_red_flag(self):
        locked = written(1, READY | {"safety": {"everything_else": "no", "night_pain": "yes"}})

        assert state(told_by(locked, override(2, "phase", "P4", Role.CLINICIAN)), 3).phase.phase == "P0"

    def test_a_runner_may_go_down_and_not_up(self):
        down = told_by(returning(), override(10, "phase", "P2", Role.RUNNER))
        up = told_by(returning(), override(10, "phase", "P5", Role.RUNNER))

        assert "P2" in [step.after for step in state(down, 10).phase.steps[3:]]
        assert state(up, 10).phase.phase == "P3"

    def test_a_coach_sets_the_stage_and_gerdys_own_stage_stays_beside_it(self):
        history = told_by(returning(), override(10, "R-062", "R4"), override(10, "R-062", "R6", Role.RUNNER))
        found = state(history, 12)

        assert (found.ladder.stage, found.said_ladder.stage) == ("R4", "R1")

    def test_a_clearance_is_no_override_and_opens_only_its_flag(self):
        history = told_by(written(1, {"about": {"age_years": 17}}), override(2, "R-006", "open"), cleared(4, "age"))

        assert [state(history, on).locked for on in (3, 4)] == [True, False]


def test_a_state_that_goes_on_from_an_earlier_one_is_the_same_state():
    history = told_by(returned(), override(30, "phase", "P3"))
    earlier = state(history, 35)
    from gerdy.programme.safety import judged
    from gerdy.programme.state import programme_state

    onward = programme_state(history, judged(history, day(50)), day(50), onward=earlier)

    assert onward == state(history, 50)


def _control():
    from programme.gate_story import CONTROL

    return CONTROL
