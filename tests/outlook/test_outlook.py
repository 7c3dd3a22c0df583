"""The outlook of a day as a whole: curves, planned builds, and what silence does to them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from gerdy.errors import RecordInvalid
from gerdy.outlook import BuildWeek, Question, history_of, outlook
from gerdy.outlook.build import adherence_to_runs, longest_run_checks, planned_days
from gerdy.outlook.forecast import ABOVE, BELOW, BETWEEN
from gerdy.records import CheckIn, DoneSet, PlannedRun, PlanVersion, Run, StrengthSession
from outlook.story import ZONE, day, shared

KM = 8.0


def steady(last: int = 140, *, strength: bool = False) -> list:
    """Three runs of eight kilometres a week, a check-in on every other day."""
    found: list = []
    for n in range(1, last + 1):
        if n % 7 in {1, 3, 5}:
            found.append(Run(**shared(n, "run"), distance_m=KM * 1000, moving_s=KM * 360, cadence_spm=170.0))
        else:
            found.append(CheckIn(**shared(n, "check-in"), sleep_h=8.0))
        if strength and n % 7 in {2, 6}:
            sets = tuple(DoneSet(exercise_id=name) for name in ("E60", "E24", "E67", "E48"))
            found.append(StrengthSession(**shared(n, "strength", 18), sets=sets))
    return found


def weeks(after: int, km: list[float], **more) -> tuple[BuildWeek, ...]:
    return tuple(BuildWeek(day(after + 1 + 7 * n), k, **more) for n, k in enumerate(km))


def seen(entries: list, now: int, **question):
    return outlook(history_of(entries, "me", ZONE), day(now), Question(**question))


def test_steady_running_carries_its_own_usual_load():
    found = seen(steady(), 140)
    assert found.yard.usual_km == 3 * KM
    week = found.curves.carried[1, -7:].mean()
    assert week == pytest.approx(1.0, abs=0.08)
    assert found.not_recorded == 0


def test_the_interval_of_load_is_narrow_where_everything_is_recorded_and_wide_where_not():
    every = seen(steady(), 140).curves
    gone = [e for e in steady() if not (isinstance(e, CheckIn) and e.event_time.date() > day(110))]
    sparse = seen(gone, 140).curves
    assert np.ptp(sparse.expected[:, -1]) > np.ptp(every.expected[:, -1])
    assert np.ptp(every.expected[:, -1]) == pytest.approx(0.0, abs=1e-9)


def test_hiding_the_check_in_of_a_rest_day_never_makes_the_load_look_lower():
    whole = seen(steady(), 139)
    hidden = seen([e for e in steady() if e.event_time.date() != day(139)], 139)
    assert whole.today.day == day(139)
    assert np.all(hidden.curves.carried[:, -1] >= whole.curves.carried[:, -1] - 1e-12)
    assert hidden.not_recorded == 1


@pytest.mark.parametrize("usual_km", [None, 24.0])
def test_one_more_run_never_raises_the_margin_of_any_day(usual_km):
    """Within the last four weeks, so that the yardstick of earlier weeks stays what it was."""
    base = seen(steady(), 140, usual_km=usual_km).curves
    extra = Run(**shared(120, "extra", 18), distance_m=9000.0, moving_s=3000.0)
    more = seen([*steady(), extra], 140, usual_km=usual_km).curves
    assert np.all(more.margin <= base.margin + 1e-9)
    assert np.any(more.margin < base.margin - 0.01)


def test_strength_work_raises_capacity_and_stopping_lets_it_fade():
    trained = seen(steady(strength=True), 140).curves.capacity
    untrained = seen(steady(), 140).curves.capacity
    assert trained[1, -1] > untrained[1, -1]
    stopped = [
        e for e in steady(strength=True) if not (isinstance(e, StrengthSession) and e.event_time.date() > day(60))
    ]
    faded = seen(stopped, 140).curves.capacity
    assert untrained[1, -1] < faded[1, -1] < trained[1, -1]


def test_a_small_build_stays_below_and_a_wild_one_goes_above():
    found = seen(steady(), 140, build=weeks(140, [12.0, 12.0]))
    assert found.curves.weeks[1].standing == BELOW
    found = seen(steady(), 140, build=weeks(140, [90.0, 90.0]))
    assert found.curves.weeks[1].standing == ABOVE


def test_more_kilometres_in_a_build_never_raise_its_margin():
    small = seen(steady(), 140, build=weeks(140, [24.0, 24.0]))
    large = seen(steady(), 140, build=weeks(140, [24.0, 30.0]))
    assert np.all(large.curves.margin <= small.curves.margin + 1e-9)


def test_planned_weeks_are_judged_by_the_longest_run_of_the_weeks_before_them():
    history = history_of(steady(), "me", ZONE)
    build = weeks(140, [24.0] * 4)
    build = tuple(replace(w, longest_km=k) for w, k in zip(build, (8.8, 9.7, 12.0, None), strict=True))
    assert longest_run_checks(history, build) == ("within", "above", "above", "not recorded")


def test_without_four_earlier_weeks_no_curve_is_drawn_until_the_runner_names_a_usual_week():
    young = list(steady(30))
    assert seen(young, 30).curves is None
    assert seen(young, 30, usual_km=24.0).curves is not None


def test_a_build_of_the_named_usual_week_is_one_usual_week_whatever_the_pace():
    """Two runs a week old at 6 min/km, and 20 km named: 20 km planned are 1.0, with the spread of adherence only."""
    young = steady(10)
    found = seen(young, 10, usual_km=20.0, build=weeks(10, [20.0]))
    assert found.curves.planned[-7:] == pytest.approx(1.0)
    assert found.curves.expected[:, -1] == pytest.approx([0.7, 1.0, 1.1], abs=0.11)


def test_an_empty_journal_is_quiet_and_says_that_nothing_is_recorded():
    found = seen([], 5)
    assert (found.today.colour, found.not_recorded, found.curves, found.next_run_m) == ("quiet", 28, None, None)


def test_a_day_inside_a_plan_without_a_run_is_planned_rest_and_outside_it_is_no_plan():
    plan = PlanVersion(
        **shared(1, "plan"),
        plan_id="p",
        version=1,
        phase="P4",
        starts=day(2),
        ends=day(4),
        runs=(PlannedRun(date=day(3), km=5.0),),
    )
    km = planned_days(history_of([plan], "me", ZONE), day(1), day(5), ()).km
    assert np.array_equal(km, [np.nan, 0.0, 5.0, 0.0, np.nan], equal_nan=True)


def test_a_newer_version_of_a_plan_replaces_the_older_one():
    head = {"plan_id": "p", "phase": "P4", "starts": day(1), "ends": day(2)}
    old = PlanVersion(**shared(1, "b"), **head, version=1, runs=(PlannedRun(date=day(1), km=9.0),))
    new = PlanVersion(**shared(1, "a"), **head, version=2, runs=(PlannedRun(date=day(1), km=5.0),))
    assert planned_days(history_of([old, new], "me", ZONE), day(1), day(1), ()).km[0] == 5.0


def test_adherence_to_planned_runs_is_open_on_days_without_a_record():
    """28 planned days of 1 km, 14 run, 7 answered rest, 7 silent: done between 50 and 75 per cent."""
    plan = PlanVersion(
        **shared(1, "plan"),
        plan_id="p",
        version=1,
        phase="P4",
        starts=day(1),
        ends=day(28),
        runs=tuple(PlannedRun(date=day(n), km=1.0) for n in range(1, 29)),
    )
    done = [Run(**shared(n, "run"), distance_m=1000.0, moving_s=400.0) for n in range(1, 15)]
    rest = [CheckIn(**shared(n, "check-in")) for n in range(15, 22)]
    found = adherence_to_runs(history_of([plan, *done, *rest], "me", ZONE), day(28), np.array([0.0, 1.0]))
    assert found == pytest.approx([0.5, 0.75])


def test_a_build_that_ends_years_ahead_is_refused():
    with pytest.raises(RecordInvalid, match="two years ahead"):
        seen(steady(), 140, build=(BuildWeek(dt.date(9000, 1, 1), 10.0),))


def test_a_week_with_negative_kilometres_is_refused():
    with pytest.raises(RecordInvalid, match="km is -3"):
        BuildWeek(day(1), -3.0)


def test_the_same_question_has_the_same_answer_to_the_last_bit():
    first, second = seen(steady(), 140), seen(list(reversed(steady())), 140)
    assert np.array_equal(first.curves.margin, second.curves.margin)
    assert first.curves.days[-1] == day(140)
    assert isinstance(first.now, dt.date)


def test_a_build_near_the_capacity_cannot_be_told_apart():
    """Headroom is drawn from 1.0 to 1.5, so a week at 1.25 times the usual lies inside the interval."""
    found = seen(steady(), 140, build=weeks(140, [30.0, 30.0]))
    assert found.curves.weeks[1].standing == BETWEEN


def test_a_run_planned_in_minutes_is_taken_at_the_runners_usual_speed_and_without_a_size_leaves_the_day_open():
    """8 km in 48 min is 6 min/km, so 30 min are 5 km."""
    plan = PlanVersion(
        **shared(140, "plan"),
        plan_id="p",
        version=1,
        phase="P3",
        starts=day(141),
        ends=day(143),
        runs=(PlannedRun(date=day(141), minutes=30.0), PlannedRun(date=day(143), text="easy")),
    )
    km = planned_days(history_of([*steady(), plan], "me", ZONE), day(1), day(143), ()).km[-3:]
    assert np.allclose(km, [5.0, 0.0, np.nan], equal_nan=True)


def test_another_seed_moves_a_percentile_by_less_than_a_twentieth_of_the_usual_load():
    """What is said must not hang on the seed."""
    ends = [seen(steady(), 140, seed=seed).curves.margin[:, -1] for seed in range(1, 5)]
    assert np.ptp(ends, axis=0).max() < 0.05
