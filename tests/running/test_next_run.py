"""The next run as a person gets it, what changed lately, and the remark beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gerdy.errors import ProgrammeError
from gerdy.outlook.draws import Estimate
from gerdy.outlook.load import RunLoad
from gerdy.running import Limits, changes, exposure, ladder, next_run, one_change, upslope_leg
from gerdy.running.damage import damage_remark
from running.diary import SINCE, day, diary, greens, session


def after(*parts, first="R1", now=20, limits=None, **options):
    history = diary(*parts)
    state = ladder(history, day(now), start=SINCE, first=first, limits=limits)
    return next_run(history, state, day(now), **options)


def test_the_plan_keeps_the_stage_by_which_the_run_is_judged_later():
    found = after(greens(15, 2), now=20).planned()
    assert (found.date, found.target, found.minutes) == (day(20), "R2", 24)
    assert found.text.startswith("6 × (2 min walk, 2 min run). Flat and firm")


def test_a_known_distance_is_capped_beside_the_minutes():
    """Longest 3 km in 30 min: five minutes more are 0.5 km, so 3.5 km."""
    found = after(session(17, 30, km=3.0), now=20)
    assert found.at_most_m == pytest.approx(3500)
    assert found.planned().text.endswith("At most 3.5 km.")


def test_forty_minutes_grow_out_of_thirty_by_the_guard():
    """R-064: 30 → 33 → 36 → 39 → 40; the ladder's own step would be a third."""
    seen, minutes = [], 30.0
    for _ in range(4):
        minutes = after(session(17, minutes), first="R9", now=20).minutes
        seen.append(minutes)
    assert seen == [33, 36, 39, 40]


def test_the_long_run_grows_from_r10_by_the_guard_and_stops_at_what_is_wanted():
    open_ = Limits(exposed_from=SINCE)
    assert after(session(17, 60), first="R10", limits=open_, wanted_min=90).minutes == 66
    assert after(session(17, 60), first="R10", limits=open_, wanted_min=50).minutes == 50
    assert after(session(17, 60), first="R10", limits=open_).minutes == 40


def test_the_first_session_says_what_it_does_not_know():
    found = after(now=1)
    assert found.stage == "R1"
    assert "stop at the first sign" in " ".join(r.text for d in found.decisions for r in d.reasons)


def test_an_onset_of_a_minute_leaves_a_walk():
    refused = after(now=1, onset_min=1.5)
    assert (refused.rule, refused.outcome) == ("R-064", "walk")


def test_the_onset_of_the_journal_is_used_where_nobody_names_one():
    """Pain from 1500 m on, at 3 km in 20 minutes: 10 minutes of running; half of it are 5."""
    run, felt = session(1, 20, pain=3, morning=None, km=3.0, settled=5)
    found = after(run, replace(felt, onset_m=1500.0), now=8)
    assert found.workout.running_min == 5


def test_a_stage_that_rose_is_a_change_and_new_ground_is_another():
    road = [session(n, surface="road") for n in (1, 3)]
    trail = session(7, surface="trail")
    history = diary(*road, trail)
    state = ladder(history, day(8), start=SINCE)
    assert [(c.day, c.kind) for c in changes(history, state, day(8))] == [(day(3), "distance"), (day(7), "surface")]
    assert one_change("pace", changes(history, state, day(8)), day(8)).outcome == "wait"
    assert one_change("pace", changes(history, state, day(20)), day(20)).outcome == "may change"


def test_a_slope_that_nobody_planned_counts_as_a_change():
    flat = session(1, km=10, descent_m=0, pain=None)
    down = session(5, km=10, descent_m=200)
    history = diary(flat, down)
    state = ladder(history, day(6), start=SINCE)
    assert [c.kind for c in changes(history, state, day(6))] == ["gradient"]


def test_a_word_that_is_no_step_of_the_order_brings_the_nearest():
    history = diary()
    with pytest.raises(ProgrammeError, match="did you mean downhill"):
        exposure("donhill", ladder(history, day(1), start=SINCE))


def test_the_leg_beside_the_crown_runs_up_slope():
    """A crowned road falls to its edges: on the left side the right leg stands nearer the crown, and higher."""
    assert (upslope_leg("left"), upslope_leg("right")) == ("right", "left")


def load(name: str, number: int, *damage: float) -> RunLoad:
    index = {b: Estimate(d, d, d, "norm steps") for b, d in zip(("2", "4", "9"), damage, strict=False)}
    return RunLoad(name, day(number), 5000.0, 1800.0, None, None, None, index, ())


def test_the_damage_index_may_suggest_and_says_that_it_is_relative():
    before = [load("a", 1, 100, 100, 100)]
    agreed, split, quiet = (
        damage_remark(load("b", 9, *values), before) for values in ((110, 120, 150), (110, 120, 90), (90, 80, 70))
    )
    assert (agreed.outcome, split.outcome, quiet.outcome) == ("suggest easier", "depends", "quiet")
    assert "b = 2: × 1.10, b = 4: × 1.20, b = 9: × 1.50" in agreed.reasons[0].text
    assert "relative" in agreed.reasons[0].text


def test_a_run_without_an_index_is_not_compared():
    assert damage_remark(load("b", 9), [load("a", 1, 1, 1, 1)]).outcome == "not recorded"
    assert damage_remark(load("b", 9, 1, 1, 1), [load("a", 1)]).outcome == "not recorded"


def test_a_ladder_that_starts_higher_still_begins_at_r1_without_a_run_in_a_month():
    """R-065."""
    assert after(now=1, first="R6").stage == "R1"
    assert after(session(1, 30), now=20, first="R6").stage == "R6"
