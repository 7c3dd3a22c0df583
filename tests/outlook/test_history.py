"""What counts as a fact: corrections, other runners, days by the runner's own clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerdy.outlook import history_of, outlook, timeline
from gerdy.outlook.coverage import DayKind, day_kinds
from gerdy.outlook.history import up_to
from gerdy.records import CheckIn, Note, Run, RunStatus, Wishes
from outlook.story import START, ZONE, at, cases, day, entries_of, shared

BUSY = [case for case in cases() if len(entries_of(case)) > 4]


@given(st.sampled_from(BUSY), st.randoms(use_true_random=False))
def test_the_order_of_entry_does_not_matter(case, random):
    entries = entries_of(case)
    shuffled = random.sample(entries, len(entries))
    assert history_of(shuffled, "me", ZONE) == history_of(entries, "me", ZONE)


def test_two_runs_of_one_day_count_the_same_in_any_order():
    morning = Run(**shared(9, "a", 7), distance_m=4000.0, moving_s=1500.0)
    evening = Run(**shared(9, "b", 19), distance_m=9000.0, moving_s=3000.0)
    first = Run(**shared(1, "c"), distance_m=6000.0, moving_s=2000.0)
    both = [history_of(order, "me", ZONE) for order in ([first, morning, evening], [evening, first, morning])]
    assert timeline(both[0], day(1), day(12)) == timeline(both[1], day(1), day(12))


def test_of_two_wishes_for_one_moment_the_later_entered_one_holds():
    """Whatever their ids: a runner who wishes again on the same day means the second."""
    head = shared(9, "z", 7)
    first = Wishes(**head, days=(), weekly_km=20.0)
    second = replace(first, id="a", entered_at=first.entered_at + dt.timedelta(seconds=1), weekly_km=30.0)

    for said in ([first, second], [second, first]):
        assert history_of(said, "me", ZONE).wishes[-1].entry.weekly_km == 30.0


def test_facts_of_another_runner_never_count():
    other = Run(**{**shared(1, "run"), "runner_id": "kim"}, distance_m=9000.0)
    assert history_of([other], "me", ZONE).runs == ()


def test_a_correction_replaces_what_it_corrects_and_the_last_entered_stands():
    wrong = Run(**shared(1, "run"), distance_m=90_000.0)
    better = replace(wrong, id="x", corrects=wrong.id, distance_m=9000.0)
    best = replace(wrong, id="y", corrects=wrong.id, distance_m=8900.0, entered_at=at(2))
    runs = history_of([best, wrong, better], "me", ZONE).runs
    assert [fact.entry.distance_m for fact in runs] == [8900.0]


def test_a_correction_of_a_correction_stands_alone():
    wrong = Run(**shared(1, "run"), distance_m=90_000.0)
    better = replace(wrong, id="x", corrects=wrong.id, distance_m=9000.0, entered_at=at(2))
    best = replace(wrong, id="y", corrects="x", distance_m=8900.0, entered_at=at(3))
    runs = history_of([best, wrong, better], "me", ZONE).runs
    assert [fact.entry.distance_m for fact in runs] == [8900.0]


@pytest.mark.parametrize("status", [s for s in RunStatus if s is not RunStatus.COUNTED])
def test_runs_that_are_not_counted_add_no_load(status):
    assert history_of([Run(**shared(1, "run"), distance_m=5000.0, status=status)], "me", ZONE).runs == ()


@pytest.mark.parametrize("sport", ["cycling", "rowing", "walking"])
def test_other_sports_never_count_as_runs(sport):
    assert history_of([Run(**shared(1, "run"), distance_m=5000.0, sport=sport)], "me", ZONE).runs == ()


def test_an_undated_run_counts_only_when_its_date_is_given():
    undated = replace(Run(**shared(1, "run"), distance_m=5000.0), event_time=None)
    dated = replace(undated, id="x", corrects=undated.id, event_time=at(4))
    assert history_of([undated], "me", ZONE).runs == ()
    assert [f.day for f in history_of([undated, dated], "me", ZONE).runs] == [day(4)]


def test_a_run_at_ten_to_midnight_belongs_to_the_runners_own_day():
    late = dt.datetime(2026, 3, 1, 15, 50, tzinfo=dt.UTC)
    run = Run(id="r", runner_id="me", event_time=late, entered_at=late, distance_m=5000.0)
    assert history_of([run], "me", ZoneInfo("Asia/Shanghai")).runs[0].day == dt.date(2026, 3, 1)
    assert history_of([run], "me", ZoneInfo("Pacific/Auckland")).runs[0].day == dt.date(2026, 3, 2)


def test_a_day_is_rest_only_if_the_runner_said_something_about_it():
    entries = [
        Run(**shared(1, "run"), distance_m=5000.0),
        CheckIn(**shared(2, "check-in"), sleep_h=7.0),
        Note(**shared(3, "note"), text="rain"),
    ]
    kinds = day_kinds(history_of(entries, "me", ZONE), START, day(3))
    assert kinds == (DayKind.RUN, DayKind.REST, DayKind.NOT_RECORDED)


def test_a_runner_may_state_that_every_run_is_recorded():
    entries = [Run(**shared(1, "run"), distance_m=5000.0)]
    kinds = day_kinds(history_of(entries, "me", ZONE, every_run_recorded=True), START, day(2))
    assert kinds == (DayKind.RUN, DayKind.REST)


def test_the_outlook_of_a_day_ignores_what_came_later():
    entries = [Run(**shared(n, "run"), distance_m=5000.0 + 400.0 * n, moving_s=1800.0) for n in range(1, 140, 3)]
    whole = history_of(entries, "me", ZONE)
    assert outlook(whole, day(100)).today == outlook(up_to(whole, day(100)), day(100)).today
