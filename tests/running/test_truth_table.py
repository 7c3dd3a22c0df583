"""The edge cases of criteria-based progress, for runs (anchors-programme §4.2); written from the rules' text.

The ladder advances by one stage after two green sessions, holds on amber and on what is not known, and goes
back two stages on red (rehab §5.2, R-030, R-062, R-063). Cases 7 (deload) and 8 (both ends of a range move together)
concern strength work and stand with the programme's gates.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from gerdy.outlook import history_of
from gerdy.records import MorningAnswer, PainEntry, PainMoment, Run, RunStatus, Side
from gerdy.running import Limits, Said, ladder, run_colour
from running.diary import SINCE, at, day, diary, greens, head, medicine, morning_after, plan, session, walk, written


def stage_of(*parts, now=90, **options):
    return ladder(diary(*parts), day(now), start=SINCE, **{"first": "R1", **options}).stage


def colours(state):
    return [step.colour for step in state.steps]


# 1 A qualifying session advances exactly one step; skipped weeks are not back-filled.


def test_two_green_sessions_advance_exactly_one_stage():
    assert stage_of(greens(1, 1), now=5) == "R1"
    assert stage_of(greens(1, 2), now=5) == "R2"


def test_the_worked_example_of_the_rule_at_r5():
    """R-062: R5 green, green → R6; R5 amber → R5; R5 red → R3."""
    amber = session(1, pain=3, settled=10)
    assert stage_of(greens(1, 2), first="R5", now=5) == "R6"
    assert stage_of(amber, first="R5", now=5) == "R5"
    assert stage_of(session(1, pain=5), first="R5", now=5) == "R3"


def test_weeks_without_a_run_are_not_filled_in_afterwards():
    assert stage_of(greens(1, 2), session(20), now=25) == "R2"


def test_a_very_long_run_advances_no_further_than_a_short_one():
    assert stage_of(session(1, 200), session(3, 200), now=5) == "R2"


def test_one_green_run_that_is_logged_in_three_pieces_is_one_session():
    pieces = written(*(session(1, 20, hour=hour, morning=None) for hour in (7, 8, 9)), morning_after(1, 0))
    state = ladder(diary(pieces), day(5), start=SINCE)
    assert (state.stage, state.green, colours(state)) == ("R1", 1, ["green"])


# 2 A late qualification fires once, then re-arms; a newer phase cancels an older rule.


def test_a_morning_that_is_answered_late_counts_once_and_for_its_own_session():
    before = written(session(1), session(3, morning=None))
    assert stage_of(before, now=10) == "R1"
    late = replace(morning_after(3, 0), entered_at=at(9))
    assert stage_of(before, late, now=10) == "R2"
    assert stage_of(before, late, session(11), now=12) == "R2"
    assert stage_of(before, late, session(11), session(13), now=15) == "R3"


def test_late_answers_do_not_turn_runs_of_an_old_plan_into_later_stages():
    """Four runs were asked for as R1; answered late, they qualify for R1 and for nothing above it."""
    runs = greens(1, 4)
    assert stage_of(plan(1, (1, 3, 5, 7), "R1"), runs, now=9) == "R2"


def test_a_new_start_of_the_ladder_forgets_what_was_half_earned_before():
    history = diary(greens(1, 1), greens(9, 1))
    assert ladder(history, day(12), start=SINCE).stage == "R2"
    assert ladder(history, day(12), start=day(8)).stage == "R1"


# 3 Quantifiers are explicit.


def test_the_two_green_sessions_need_not_follow_each_other():
    amber = session(3, pain=3, settled=10)
    assert stage_of(session(1), amber, session(5), now=7) == "R2"


def test_all_signals_of_a_run_must_be_green_and_the_worst_decides():
    """R-030: run 2, morning + 2 → red."""
    history = diary(session(1, pain=2, settled=20, morning=3, usual=1))
    assert run_colour(history, history.runs[0], day(3)).outcome == "red"


def test_of_two_runs_on_one_day_the_worse_decides():
    both = written(session(1, hour=7, morning=None), session(1, pain=4, settled=10, hour=18))
    assert colours(ladder(diary(both), day(3), start=SINCE)) == ["amber"]


def test_a_second_run_whose_pain_was_not_asked_leaves_the_day_unknown():
    both = written(session(1, hour=7), session(1, pain=None, morning=None, hour=18))
    assert colours(ladder(diary(both), day(3), start=SINCE)) == ["unknown"]


# 4 Where a stage is a length, most of it must be done; the top of it is not asked for.


@pytest.mark.parametrize(("minutes", "stage"), [(16.2, "R2"), (16.0, "R1"), (9.0, "R1")])
def test_nine_tenths_of_the_stage_count_and_half_of_it_does_not(minutes, stage):
    """R1 is 6 × (2 + 1) = 18 minutes; 0.9 × 18 = 16.2."""
    assert stage_of(session(1, minutes), session(3, minutes), now=5) == stage


# 5 Compared as shown.


def test_a_length_is_compared_as_it_is_shown():
    """16.16 minutes are shown as 16.2, which is what nine tenths of R1 are."""
    assert stage_of(session(1, 16.16), session(3, 16.16), now=5) == "R2"


# 6 Missing is neither zero nor a reason to go back.


@pytest.mark.parametrize("pain", [0, 2])
def test_a_missing_morning_answer_holds_and_never_advances(pain):
    runs = [session(n, pain=pain, settled=5, morning=None) for n in (1, 3, 5, 7)]
    state = ladder(diary(*runs), day(9), start=SINCE)
    assert (state.stage, set(colours(state)), state.action) == ("R1", {"unknown"}, "hold")


def test_a_pain_that_was_not_asked_is_not_a_pain_of_zero():
    assert stage_of(session(1, pain=None), session(3, pain=None), now=5) == "R1"


def test_a_length_that_was_not_recorded_holds_and_says_so():
    state = ladder(diary(session(1, None, km=3.0), session(3, None, km=3.0)), day(5), start=SINCE)
    assert state.stage == "R1"
    assert "not recorded" in state.steps[-1].decision.reasons[0].text


def test_a_pain_of_two_whose_end_is_not_recorded_holds():
    assert stage_of(session(1, pain=2), session(3, pain=2), now=5) == "R1"


def test_pain_that_was_gone_right_after_the_run_has_settled():
    gone = [
        PainEntry(**head(n, "after", 8), score=0, moment=PainMoment.AFTER, side=Side.RIGHT, activity=f"run-{n}-7")
        for n in (1, 3)
    ]
    assert stage_of(session(1, pain=2), session(3, pain=2), gone, now=5) == "R2"


def test_a_missing_answer_never_hides_a_red_one():
    assert stage_of(session(1, pain=6, morning=None), first="R5", now=3) == "R3"
    assert stage_of(session(1, pain=None, morning=6), first="R5", now=3) == "R3"


def test_a_sore_morning_without_a_usual_one_beside_it_holds():
    history = diary(session(1, morning=1))
    assert run_colour(history, history.runs[0], day(3)).outcome == "unknown"


def test_pain_that_a_tablet_hid_never_advances_but_red_stays_red():
    """R-009: masked pain data do not advance."""
    assert stage_of(session(1), session(3), medicine(3), now=5) == "R1"
    assert stage_of(session(1, pain=5), medicine(1), first="R5", now=3) == "R3"


# 9 Caps.


def test_no_number_of_green_sessions_goes_beyond_the_cap_of_low_energy():
    """R-010: R4 until a clearance; then what was earned comes once, not all that was missed."""
    runs = greens(1, 20)
    assert stage_of(runs, limits=Limits(cap=4), now=60) == "R4"
    cleared = Limits(cap=4, cap_until=day(45))
    assert stage_of(runs, limits=cleared, now=44) == "R4"
    assert stage_of(runs, limits=cleared, now=45) == "R5"
    assert stage_of(runs, greens(46, 1), limits=cleared, now=48) == "R5"
    assert stage_of(runs, greens(46, 2), limits=cleared, now=50) == "R6"


def test_what_was_earned_under_a_cap_is_lost_by_a_later_amber_until_the_next_green():
    runs = written(greens(1, 10), session(21, pain=3, settled=5))
    cleared = Limits(cap=4, cap_until=day(25))
    assert stage_of(runs, limits=cleared, now=26) == "R4"
    assert stage_of(runs, session(27), limits=cleared, now=29) == "R5"


def test_nothing_beyond_r9_opens_before_the_fourth_phase():
    runs = greens(1, 30)
    assert stage_of(runs, now=80) == "R9"
    assert stage_of(runs, limits=Limits(exposed_from=day(70)), now=80) == "R10"


def test_a_coach_may_hold_a_stage_and_what_was_earned_comes_once_when_the_hold_ends():
    hold = Limits(said=(Said(day=day(2), to="hold", until=day(20)),))
    assert stage_of(greens(1, 8), limits=hold, now=20) == "R1"
    assert stage_of(greens(1, 8), limits=hold, now=21) == "R2"


def test_a_coach_may_set_a_stage_and_the_record_says_that_a_person_did():
    state = ladder(
        diary(greens(1, 6)), day(20), start=SINCE, first="R3", limits=Limits(said=(Said(day=day(12), to="R2"),))
    )
    assert state.stage == "R2"
    assert (state.steps[-1].before, state.steps[-1].after) == ("R6", "R2")
    assert state.steps[-1].decision.reasons[0].text == "a person decided so"


def test_no_word_of_a_coach_goes_beyond_the_cap_of_low_energy():
    """R-010 opens with a clearance and with nothing else."""
    said = (Said(day=day(2), to="R8"),)
    assert stage_of(greens(1, 1), limits=Limits(cap=4, said=said), now=5) == "R4"
    assert stage_of(greens(1, 1), limits=Limits(said=said), now=5) == "R8"


def test_three_reds_are_not_talked_away():
    """R-063: the ladder starts anew; nobody sets a stage of one that is closed."""
    reds = [session(n, pain=5) for n in (1, 5, 9)]
    said = Limits(said=(Said(day=day(15), to="R8"),))
    assert stage_of(*reds, first="R6", limits=said, now=20) == "R0"


# 10 Two logs on one day count once; logs of another person never count.


def test_two_logs_on_one_day_count_once():
    twice = written(session(1, hour=7), session(1, hour=18, morning=None))
    assert stage_of(twice, now=3) == "R1"
    assert stage_of(twice, session(3), now=5) == "R2"


def test_the_runs_of_another_runner_never_count():
    theirs = written(session(1, runner="kim"), session(3, runner="kim"))
    assert ladder(history_of(theirs, "me", dt.UTC), day(9), start=SINCE).steps == ()


def test_a_duplicate_of_a_run_is_no_second_session():
    copy = Run(**head(3, "copy"), moving_s=3600, status=RunStatus.DUPLICATE)
    assert stage_of(session(1), copy, morning_after(3, 0), now=5) == "R1"


# 11 Left and right: the worse side rules.


def test_the_worse_of_two_knees_gives_the_colour():
    left = MorningAnswer(**head(2, "left", 6), stairs_down=3, side=Side.LEFT, baseline=0)
    history = diary(session(1), left)
    assert run_colour(history, history.runs[0], day(3)).outcome == "red"


# 12 Clocks.


def test_a_run_at_ten_to_midnight_belongs_to_its_local_day_and_its_answers_with_it():
    zone = ZoneInfo("America/New_York")
    late = dt.datetime(2026, 3, 2, 23, 50, tzinfo=zone)
    base = {"runner_id": "me", "entered_at": late}
    run = Run(**base, id="r", event_time=late, moving_s=1800)
    after_midnight = late + dt.timedelta(minutes=40)
    felt = PainEntry(
        **base, id="p", event_time=after_midnight, score=0, moment=PainMoment.DURING, side=Side.LEFT, activity="r"
    )
    fine = MorningAnswer(**base, id="m", event_time=late + dt.timedelta(hours=8), stairs_down=0, side=Side.LEFT)
    history = history_of([run, felt, fine], "me", zone)
    assert history.runs[0].day == dt.date(2026, 3, 2)
    assert run_colour(history, history.runs[0], dt.date(2026, 3, 3)).outcome == "green"


def test_the_night_of_the_clock_change_is_one_night():
    """Clocks went forward in Berlin on 29 March 2026."""
    zone = ZoneInfo("Europe/Berlin")
    evening = dt.datetime(2026, 3, 28, 20, 0, tzinfo=zone)
    base = {"runner_id": "me", "entered_at": evening}
    run = Run(**base, id="r", event_time=evening, moving_s=3600)
    felt = PainEntry(**base, id="p", event_time=evening, score=0, moment=PainMoment.DURING, side=Side.LEFT)
    morning = dt.datetime(2026, 3, 29, 7, 0, tzinfo=zone)
    fine = MorningAnswer(**base, id="m", event_time=morning, stairs_down=0, side=Side.LEFT)
    history = history_of([run, felt, fine], "me", zone)
    assert run_colour(history, history.runs[0], dt.date(2026, 3, 29)).outcome == "green"


def test_a_run_that_is_entered_two_days_late_counts_on_the_day_it_was_run():
    late = [replace(entry, entered_at=at(9)) for entry in session(3)]
    assert stage_of(session(1), late, session(5), now=7) == "R2"
    assert ladder(diary(session(1), late, session(5)), day(7), start=SINCE).since == day(3)


def test_on_the_evening_of_a_run_its_morning_is_still_to_come():
    history = diary(session(1))
    assert run_colour(history, history.runs[0], day(1)).outcome == "unknown"
    assert run_colour(history, history.runs[0], day(2)).outcome == "green"


def test_the_ladder_of_an_evening_knows_nothing_of_later_days():
    """A page that shows a past day shows what was known then."""
    history = diary(session(1), session(3), session(5, pain=6))
    assert colours(ladder(history, day(1), start=SINCE)) == ["unknown"]
    assert ladder(history, day(4), start=SINCE).stage == "R2"
    assert ladder(history, day(5), start=SINCE).stage == "R0"


# 13 Regression stays readable.


def test_a_stage_that_was_lost_by_pain_stays_in_the_record():
    runs = written(greens(1, 6), session(13, pain=5), greens(17, 2))
    state = ladder(diary(runs), day(21), start=SINCE)
    assert [(s.before, s.after) for s in state.steps][-4:] == [("R3", "R4"), ("R4", "R2"), ("R2", "R2"), ("R2", "R3")]
    back = state.steps[-3].decision
    assert (back.outcome, back.rule, back.inputs_seen["stage"]) == ("back", "R-062", "R4")
    assert "48-72 h" in back.reasons[0].text


def test_three_reds_within_fourteen_days_lead_back_to_p1_and_to_a_clinician():
    reds = [session(n, pain=5) for n in (1, 5, 9)]
    state = ladder(diary(*reds), day(12), start=SINCE, first="R6")
    assert state.closed is not None
    assert (state.closed.rule, state.closed.outcome) == ("R-063", "P1")
    assert "clinician" in " ".join(reason.text for reason in state.closed.reasons)
    assert stage_of(*reds, greens(20, 8), first="R6") == "R0"


def test_three_reds_over_a_longer_time_do_not_close_the_ladder():
    spread = [session(n, pain=5) for n in (1, 8, 15)]
    assert ladder(diary(*spread), day(20), start=SINCE, first="R9").closed is None


def test_the_lowest_stage_is_a_walk_and_walks_lead_out_of_it():
    down = session(1, pain=5)
    assert stage_of(down, now=3) == "R0"
    assert stage_of(down, walk(5), walk(7), now=9) == "R1"
    assert stage_of(down, walk(5), now=9) == "R0"
    assert stage_of(walk(1), walk(3), first="R1", now=5) == "R1"


# 14 A plan that was edited: old runs keep the version they were judged by.


def test_a_newer_plan_does_not_change_what_an_earlier_run_was_asked_to_be():
    first = plan(1, (1, 3), "R1")
    second = replace(plan(5, (1, 3, 5), "R4", version=2), id="second")
    runs = greens(1, 2)
    assert stage_of(first, runs, now=4) == "R2"
    assert stage_of(first, second, runs, now=5) == "R2"
