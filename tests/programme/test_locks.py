"""A red flag shuts the programme until a clearance opens it; nothing else does."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from assess.cases import sheet
from gerdy.assess.entries import assessment_from
from gerdy.outlook.history import history_of
from gerdy.programme.safety import judged, lock, rescreen
from gerdy.records import Clearance

START = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def answered(day, table):
    moment = START + day * DAY
    entry = assessment_from(table | {"date": moment.date()}, "sheet", moment)
    return replace(entry, id=f"a{day}", event_time=moment, runner_id="me")


def screened(day, **flags):
    return answered(day, {"safety": {**flags, "everything_else": False}})


def cleared(day, *opens):
    moment = START + day * DAY
    return Clearance(
        id=f"c{day}",
        runner_id="me",
        event_time=moment,
        entered_at=moment,
        opens=opens,
        who="A. Novak",
        profession="physician",
        examined="history and blood tests",
    )


def said(day, *entries):
    now = (START + day * DAY).date()
    return lock(judged(history_of(entries, "me", dt.UTC), now).on(now)).outcome


def test_a_later_screen_that_no_longer_names_the_flag_opens_nothing():
    facts = (answered(0, sheet()), screened(5, missed_periods=3), screened(8))

    assert said(4, *facts) == "open"
    assert said(5, *facts) == "locked"
    assert said(8, *facts) == "locked"


def test_a_clearance_of_that_flag_opens_it_from_its_day_on():
    facts = (answered(0, sheet()), screened(5, missed_periods=3), screened(8), cleared(10, "missed_periods"))

    assert said(9, *facts) == "locked"
    assert said(10, *facts) == "open"


def test_a_clearance_of_another_flag_or_before_the_flag_opens_nothing():
    flag = screened(5, missed_periods=3)
    facts = (answered(0, sheet()), cleared(3, "missed_periods"), flag, cleared(6, "night_pain"))

    assert said(7, *facts) == "locked"


def test_a_screen_alone_keeps_the_tests_that_were_done_before():
    now = (START + 8 * DAY).date()
    found = judged(history_of((answered(0, sheet()), screened(8)), "me", dt.UTC), now).on(now)

    assert found.verdict == "complete"


def test_the_screen_is_due_after_fourteen_days_whatever_else_was_tested_since():
    retest = answered(10, {"tests": {"side_plank": {"unit": "s", "left": 50, "right": 45}}})
    history = history_of((answered(0, sheet()), retest), "me", dt.UTC)
    days = [(START + day * DAY).date() for day in (14, 15)]

    assert [rescreen(judged(history, day).on(day), "P2", day).outcome for day in days] == ["not due", "due"]


def test_judging_day_by_day_says_the_same_as_judging_at_once():
    facts = (answered(0, sheet()), screened(5, missed_periods=3), cleared(10, "missed_periods"))
    history = history_of(facts, "me", dt.UTC)
    known = None
    for day in range(12):
        known = judged(history, (START + day * DAY).date(), known)

    at_once = judged(history, (START + 11 * DAY).date())
    assert [(day, found.verdict) for day, found in known.rows] == [(day, found.verdict) for day, found in at_once.rows]
