"""What holds for every diary: pain never unlocks, gaps hold, order does not matter, one step at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from gerdy.outlook import history_of
from gerdy.records import Decision
from gerdy.running import ORDER, Limits, Said, Signals, ladder, next_run, run_colour, stage
from gerdy.running.colour import colour_rank, judge_signals
from running.diary import SINCE, ZONE, day, diary, session, written

DAYS = 40
ZERO_TO_TEN = st.integers(0, 10)


@dataclass(frozen=True)
class Line:
    """One line of a diary."""

    number: int
    minutes: float | None
    pain: int | None
    morning: int | None
    usual: int | None
    settled: float | None
    limp: bool | None


@st.composite
def lines(draw: st.DrawFn) -> list[Line]:
    """Give sessions one to four days apart, often green, with any answer missing now and then."""
    gaps = draw(st.lists(st.integers(1, 4), min_size=1, max_size=12))
    mostly_fine = st.one_of(st.just(0), st.just(0), ZERO_TO_TEN, st.none())
    return [
        Line(
            number=1 + sum(gaps[:n]),
            minutes=draw(st.sampled_from([60.0, 60.0, 30.0, 10.0, None])),
            pain=draw(mostly_fine),
            morning=draw(mostly_fine),
            usual=draw(st.one_of(st.none(), st.integers(0, 3))),
            settled=draw(st.sampled_from([None, 0.0, 10.0, 60.0, 61.0, 3000.0])),
            limp=draw(st.sampled_from([None, None, False, True])),
        )
        for n in range(len(gaps))
    ]


def told(diary_lines):
    return written(*(session(**vars(line)) for line in diary_lines))


def history(diary_lines):
    return diary(told(diary_lines))


def climbed(diary_lines, now=DAYS, first="R3", limits=None):
    return ladder(history(diary_lines), day(now), start=SINCE, first=first, limits=limits)


def height(state) -> int:
    return -1 if state.closed is not None else ORDER.index(state.stage)


def worse(line: Line, score: int, kind: str) -> Line:
    """Raise one answer; an answer that was not given stays out."""
    before = getattr(line, kind)
    return line if before is None else replace(line, **{kind: max(before, score)})


RAISED = st.tuples(st.integers(0, 11), ZERO_TO_TEN, st.sampled_from(["pain", "morning"]))


LIMITS = st.sampled_from(
    [
        None,
        Limits(cap=4, cap_until=day(15)),
        Limits(exposed_from=day(15)),
        Limits(said=(Said(day=day(2), to="hold", until=day(15)), Said(day=day(18), to="R5"))),
    ]
)


@given(lines(), RAISED, st.sampled_from(["R0", "R1", "R4", "R9"]), LIMITS)
def test_more_pain_never_raises_the_stage_on_any_day(diary_lines, raised, first, limits):
    which, score, kind = raised
    n = which % len(diary_lines)
    sore = [*diary_lines[:n], worse(diary_lines[n], score, kind), *diary_lines[n + 1 :]]
    for now in (10, 20, 30, DAYS):
        assert height(climbed(sore, now, first, limits)) <= height(climbed(diary_lines, now, first, limits))


@given(lines(), RAISED, st.integers(1, 4))
def test_more_pain_never_allows_a_run_that_less_pain_refused(diary_lines, raised, after):
    which, score, kind = raised
    n = which % len(diary_lines)
    sore = [*diary_lines[:n], worse(diary_lines[n], score, kind), *diary_lines[n + 1 :]]
    now = diary_lines[-1].number + after
    fine = next_run(history(diary_lines), climbed(diary_lines, now), day(now))
    hurt = next_run(history(sore), climbed(sore, now), day(now))
    if isinstance(fine, Decision):
        assert isinstance(hurt, Decision)
    elif not isinstance(hurt, Decision):
        assert ORDER.index(hurt.stage) <= ORDER.index(fine.stage)


@given(lines(), st.integers(0, 11), st.sampled_from(["settled", "limp"]))
def test_slower_settling_or_a_limp_never_raises_the_stage(diary_lines, which, kind):
    n = which % len(diary_lines)
    changed = {"settled": 3000.0} if kind == "settled" else {"limp": True}
    sore = [*diary_lines[:n], replace(diary_lines[n], **changed), *diary_lines[n + 1 :]]
    assert height(climbed(sore)) <= height(climbed(diary_lines))


@given(lines())
def test_without_morning_answers_nothing_ever_advances(diary_lines):
    silent = [replace(line, morning=None) for line in diary_lines]
    state = climbed(silent)
    assert height(state) <= ORDER.index("R3")
    assert all(step.decision.outcome != "advance" for step in state.steps)


@given(lines(), st.integers(0, 11))
def test_leaving_one_morning_out_never_raises_the_stage(diary_lines, which):
    n = which % len(diary_lines)
    if diary_lines[n].morning not in (None, 0):
        return  # A sore morning that is left out can hide an amber or a red; that is why every morning is asked.
    silent = [*diary_lines[:n], replace(diary_lines[n], morning=None), *diary_lines[n + 1 :]]
    assert height(climbed(silent)) <= height(climbed(diary_lines))


@given(lines(), st.randoms(use_true_random=False))
def test_the_order_of_entry_does_not_matter(diary_lines, random):
    entries = told(diary_lines)
    shuffled = random.sample(entries, len(entries))
    one, other = (history_of(order, "me", ZONE) for order in (entries, shuffled))
    assert ladder(one, day(DAYS), start=SINCE) == ladder(other, day(DAYS), start=SINCE)


@given(lines(), st.one_of(st.none(), st.integers(1, 6)))
def test_each_session_moves_one_stage_up_at_most_and_two_down(diary_lines, cap):
    state = ladder(history(diary_lines), day(DAYS), start=SINCE, first="R3", limits=Limits(cap=cap))
    for step in state.steps:
        moved = ORDER.index(step.after) - ORDER.index(step.before)
        assert -2 <= moved <= 1 or step.decision.rule == "R-065"
        assert (moved == 1) == (step.decision.outcome == "advance")
    assert cap is None or ORDER.index(state.stage) <= cap


@given(lines())
def test_every_advance_stands_on_two_green_sessions_of_its_stage(diary_lines):
    greens = 0
    for step in climbed(diary_lines).steps:
        greens += step.colour == "green"
        assert step.decision.outcome != "advance" or greens >= 2
        if step.before != step.after or step.decision.rule == "R-065":
            greens = 0


@given(lines(), st.integers(0, 6), st.sampled_from(["R1", "R2", "R5", "R6", "R7", "R8", "R9"]), st.booleans())
def test_no_suggested_run_breaks_rest_length_or_pause(diary_lines, after, first, strides):
    """R-061, R-064 and R-065, worked out here once more from their text."""
    now = diary_lines[-1].number + after
    past = history(diary_lines)
    found = next_run(past, climbed(diary_lines, now, first), day(now), with_strides=strides)
    if isinstance(found, Decision):
        return
    ran = [(now - line.number, line.minutes) for line in diary_lines]
    assert min(gap for gap, _ in ran) >= (2 if stage(found.stage).rest else 1)
    known = [minutes for gap, minutes in ran if 1 <= gap <= 30 and minutes is not None]
    if known:
        longest = max(known)
        floor = longest + 5 if longest < 30 else 0
        assert found.minutes <= max(1.10 * longest, floor) + 1e-9


@given(st.integers(31, 60), st.sampled_from([60.0, 40.0, 20.0, 10.0]))
def test_after_a_month_without_a_run_nothing_above_r1_and_half_of_the_easy_run_is_suggested(gap, easy):
    past = diary(*(session(n, easy) for n in (1, 3, 5)))
    found = next_run(past, ladder(past, day(5 + gap), start=SINCE, first="R6"), day(5 + gap))
    assert not isinstance(found, Decision)
    assert ORDER.index(found.stage) <= ORDER.index("R1")
    assert found.minutes <= 0.5 * easy


SIGNALS = st.builds(
    Signals,
    pain=st.one_of(st.none(), ZERO_TO_TEN),
    elsewhere=st.one_of(st.none(), ZERO_TO_TEN),
    gait_changed=st.sampled_from([None, False, True]),
    settled_min=st.sampled_from([None, 0, 60, 61, 1440, 1441]),
    morning=st.one_of(st.none(), ZERO_TO_TEN),
    rise=st.one_of(st.none(), st.integers(-3, 5)),
    masked=st.booleans(),
)


@given(SIGNALS, st.sampled_from(["pain", "elsewhere", "morning", "rise"]), ZERO_TO_TEN)
def test_a_worse_signal_never_gives_a_better_colour(seen, kind, score):
    before = getattr(seen, kind)
    sore = replace(seen, **{kind: score if before is None and kind == "elsewhere" else max(before or 0, score)})
    if before is not None or kind == "elsewhere":
        assert colour_rank(judge_signals(sore).outcome) >= colour_rank(judge_signals(seen).outcome)


@given(SIGNALS)
def test_green_needs_every_answer(seen):
    if judge_signals(seen).outcome == "green":
        assert None not in (seen.pain, seen.morning, seen.rise)
        assert seen.settled_min is not None or seen.pain == 0
        assert not seen.masked


def test_the_colour_of_a_run_is_only_what_was_known_by_then():
    past = diary(session(1), session(3, pain=5))
    assert run_colour(past, past.runs[0], day(2)).outcome == "green"
