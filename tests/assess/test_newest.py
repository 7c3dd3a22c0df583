"""Retests and repeated screens are read together with what was tested before."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from assess.cases import record, sheet
from gerdy.assess.entries import assessment_from
from gerdy.assess.judge import judge
from gerdy.assess.newest import has_screen, newest
from gerdy.assess.readings import Readings
from gerdy.records import Side

FIRST = dt.datetime(2026, 11, 6, 12, tzinfo=dt.UTC)
LATER = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def at(moment, table):
    return replace(assessment_from(table | {"date": moment.date()}, "sheet", moment), event_time=moment)


def test_a_retest_of_one_strength_leaves_every_other_test_as_it_was():
    first = at(FIRST, sheet())
    again = at(LATER, {"tests": {"side_plank": {"unit": "s", "left": 50, "right": 45}}})
    readings = Readings(newest([first, again]))

    assert readings.number("side_plank", Side.RIGHT) == 45
    assert readings.number("heel_raise", Side.RIGHT) == 30
    assert judge(newest([first, again]), today=LATER.date()).verdict == "complete"


def test_a_screen_of_its_own_renews_the_day_of_the_screen_and_a_retest_does_not():
    first = at(FIRST, sheet())
    screen = at(LATER, {"safety": {"everything_else": False}})
    retest = at(LATER, {"tests": {"side_plank": {"unit": "s", "left": 50, "right": 45}}})

    assert newest([first, screen]).answers["last_screen"] == "2026-11-20"
    assert newest([first, retest]).answers["last_screen"] == "2026-11-06"
    assert not has_screen(retest)


def test_pain_in_the_first_doing_of_a_test_is_not_said_of_the_second():
    first = at(FIRST, sheet(change={"tests": {"side_plank": {"pain": {"left": 0, "right": 5}}}}))
    again = at(LATER, {"tests": {"side_plank": {"unit": "s", "left": 50, "right": 45}}})

    assert Readings(newest([first])).number("side_plank", Side.RIGHT) is None
    assert Readings(newest([first, again])).number("side_plank", Side.RIGHT) == 45


def test_one_assessment_alone_is_its_own_newest():
    only = record(sheet())
    assert newest([only]).results == only.results
