"""The suggested week: what is over stays, what is done is not asked twice, and names follow the days."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from gerdy.outlook.history import history_of
from gerdy.pipelines.demo_story import RUNNER, ZONE, demo_story
from gerdy.pipelines.programme import Request, plan_from
from gerdy.programme.facts import Facts
from gerdy.programme.safety import judged
from gerdy.programme.state import programme_state
from gerdy.programme.suggest import Stamp, is_new, standing_version, version_of, with_runs
from gerdy.programme.suggest.begun import begun
from gerdy.programme.suggest.entry import opened
from gerdy.programme.suggest.running_days import easy_km, long_run_km, runs_per_week
from gerdy.records import DoneSet, PlannedRun, PlanVersion, Run, StrengthSession

STORY = demo_story()
MONDAY = STORY.today
DAY = dt.timedelta(days=1)


def planned(now, *more, weeks=1):
    entries = [entry for entry in (*STORY.entries, *more) if entry.event_time.date() <= now]
    history = history_of(entries, RUNNER, ZONE)
    judgements = judged(history, now)
    state = programme_state(history, judgements, now)
    at = dt.datetime.combine(now, dt.time(12), ZONE)
    return plan_from(
        history, judgements, state, Request(now=now, at=at, starts=now, weeks=weeks, by="t", new_id=lambda: f"p{now}")
    )


def head(name, day, hour=18):
    moment = dt.datetime.combine(day, dt.time(hour), ZONE)
    return {"id": f"{name}-{day}", "runner_id": RUNNER, "event_time": moment, "entered_at": moment}


def ran(day, km, minutes=40):
    return Run(**head("ran", day, 9), distance_m=km * 1000, moving_s=minutes * 60)


def plan_of(day, step):
    return PlanVersion(
        **head("plan", day, 6),
        plan_id=f"week-{day - day.weekday() * DAY}",
        version=1,
        phase="P4",
        starts=day,
        ends=day,
        runs=(PlannedRun(date=day, target=step),),
    )


def test_a_plan_made_on_wednesday_keeps_monday_and_tuesday_as_they_were():
    first = planned(MONDAY).versions[0]
    again = planned(MONDAY + 2 * DAY, first).versions[0]

    assert again.version == 2
    assert [one for one in again.sets if one.date < MONDAY + 2 * DAY] == [
        one for one in first.sets if one.date < MONDAY + 2 * DAY
    ]
    assert [run for run in again.runs if run.date < MONDAY + 2 * DAY] == [
        run for run in first.runs if run.date < MONDAY + 2 * DAY
    ]


def test_a_session_that_is_done_is_not_asked_for_again_in_the_same_week():
    done = StrengthSession(**head("done", MONDAY), sets=(DoneSet(exercise_id="E58", reps=8),))
    week = planned(MONDAY + DAY, done).weeks[0]

    assert len(week.menu.sessions) == len(planned(MONDAY).weeks[0].menu.sessions) - 1


def test_sessions_that_hold_the_same_are_named_in_the_order_of_their_days():
    week = planned(MONDAY).weeks[0].week
    names = [one.key for one in week.sessions if one.key.startswith("strength")]

    assert names == sorted(names)


def test_a_run_written_anew_makes_the_next_version_and_leaves_all_else():
    first = planned(MONDAY).versions[0]
    history = history_of((*STORY.entries, first), RUNNER, ZONE)
    run = planned(MONDAY).weeks[0].runs[0]
    shorter = replace(run, run=replace(run.run, minutes=20.0))
    stamp = Stamp(id="next", at=dt.datetime.combine(MONDAY, dt.time(13), ZONE), by="t")
    second = with_runs(standing_version(history, MONDAY), [shorter], stamp)

    assert second.version == first.version + 1
    assert second.sets == first.sets
    assert [one.minutes for one in second.runs if one.date == run.day] == [20]


def test_the_same_week_again_is_no_new_version():
    found = planned(MONDAY)
    history = history_of((*STORY.entries, found.versions[0]), RUNNER, ZONE)
    again = planned(MONDAY, found.versions[0])

    assert is_new(found.versions[0], history_of(STORY.entries, RUNNER, ZONE))
    assert not is_new(again.versions[0], history)
    assert version_of(again.weeks[0], again.state, history, Stamp(id="x", at=found.versions[0].entered_at, by="t"))


def test_later_weeks_take_the_runs_before_them_as_green_and_climb():
    first, second = planned(MONDAY, weeks=2).weeks

    assert [one.run.target for one in first.runs] == ["R4", "R4", "R5"]
    assert [one.run.target for one in second.runs] == ["R5", "R6", "R6"]


def test_the_seven_days_of_one_change_count_from_the_first_run_of_a_step():
    """R-068: H1 was first run on day 0; on day 6 it still stands in the way, on day 7 it does not."""
    entries = (plan_of(MONDAY, "H1"), ran(MONDAY, 7), plan_of(MONDAY + 4 * DAY, "H1"), ran(MONDAY + 4 * DAY, 7))
    history = history_of(entries, RUNNER, ZONE)

    assert [(one.day, one.kind) for one in begun(history, MONDAY + 6 * DAY)] == [(MONDAY, "gradient")]
    assert begun(history, MONDAY + 7 * DAY) == ()


@pytest.mark.parametrize(("grow", "km"), [(True, 11.0), (False, 10.0)])
def test_the_long_run_grows_by_a_tenth_unless_something_else_has_just_changed(grow, km):
    """R-064: longest of thirty days 10 km → 11 km."""
    history = history_of((ran(MONDAY - 7 * DAY, 10, 60),), RUNNER, ZONE)
    assert long_run_km(history, MONDAY, 21.0, grow=grow) == pytest.approx(km)


def test_a_run_beside_the_long_one_is_at_most_three_quarters_of_it():
    history = history_of((ran(MONDAY - 7 * DAY, 10, 60),), RUNNER, ZONE)
    wishes = replace(planned(MONDAY).wishes, weekly_km=60)
    assert easy_km(history, MONDAY, wishes, 10.0, 2, None) == pytest.approx(7.5)


def test_a_week_has_no_more_runs_than_days_that_the_wishes_give_to_running():
    found = planned(MONDAY)
    few = replace(found.wishes, days=tuple(day for day in found.wishes.days if day.weekday != 3))

    assert runs_per_week(found.wishes, found.state.ladder) == 3
    assert runs_per_week(few, found.state.ladder) == 2


def test_what_is_not_recorded_opens_no_condition_of_entry():
    history = history_of((), RUNNER, ZONE)
    assert opened(Facts(history, judged(history, MONDAY), MONDAY), None) == frozenset()
