"""What must hold for every record: more pain never unlocks, a missing morning holds, order of entry is nothing."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gerdy.outlook import history_of
from gerdy.programme.gates import Says
from gerdy.programme.gates.bars import in_a_row
from gerdy.programme.gates.place import Place, moved
from gerdy.programme.gates.scheme import rung, top_rank
from gerdy.records import MorningAnswer, Side, StrengthSession
from programme.gate_story import SCHEMES, ZONE, day, good_set, morning, session, stand

PAINS = st.one_of(st.none(), st.sampled_from([0.0, 1.0, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 8.0]))
MORNINGS = st.one_of(st.none(), st.sampled_from([0.0, 0.5, 1.0, 2.0, 3.0, 6.0]))


@st.composite
def diaries(draw, schemes=tuple(SCHEMES)):
    """A scheme and a diary of sessions every second day, some good, some not, some not recorded."""
    scheme = SCHEMES[draw(st.sampled_from(schemes))]
    entries = []
    for n in range(draw(st.integers(1, 14))):
        number = 1 + 2 * n
        less = draw(st.sampled_from([{}, {}, {}, _missed(scheme)]))
        sets = tuple(good_set(scheme, side=Side.BOTH, pain=draw(PAINS), **less) for _ in range(3))
        entries.append(session(number, *sets))
        stairs = draw(MORNINGS)
        if stairs is not None:
            entries.append(morning(number + 1, stairs, usual=draw(st.sampled_from([None, 0.0, 1.0]))))
    return scheme, entries


def _missed(scheme):
    return (
        {"seconds": 10.0}
        if scheme.progression == "PG-I"
        else {"contacts": 1}
        if scheme.progression == "PG-P"
        else {"reps": 1}
    )


def where(scheme, entries, on=40):
    return stand(history_of(entries, "me", ZONE), on, scheme, Side.BOTH)


@given(diaries(), st.data())
@settings(max_examples=300, deadline=None)
def test_more_pain_in_a_set_or_in_a_morning_never_unlocks(diary, data):
    """Raising any one answer never gives a higher level, a heavier load, more landings, or an exercise that rested."""
    scheme, entries = diary
    place = data.draw(st.integers(0, len(entries) - 1))
    more = data.draw(st.sampled_from([0.5, 1.0, 2.0, 3.0, 6.0]))
    worse = [*entries[:place], raised(entries[place], more), *entries[place + 1 :]]
    before, after = where(scheme, entries), where(scheme, worse)

    assert after.rank <= before.rank
    assert after.level <= before.level
    assert after.contact_steps <= before.contact_steps
    assert (after.load_kg or 0.0) <= (before.load_kg or 0.0)
    assert set(after.offers) <= set(before.offers)
    assert (after.rests_until or day(1)) >= (before.rests_until or day(1))
    assert not before.down or after.down or after.rank < before.rank


def raised(entry, more):
    """Return an entry with every pain answer in it raised; what was not answered stays unanswered."""
    if isinstance(entry, MorningAnswer):
        return replace(entry, stairs_down=min(10.0, entry.stairs_down + more))
    assert isinstance(entry, StrengthSession)
    sets = tuple(s if s.pain is None else replace(s, pain=min(10.0, s.pain + more)) for s in entry.sets)
    return replace(entry, sets=sets)


@given(diaries(), st.data())
@settings(max_examples=150, deadline=None)
def test_a_missing_morning_never_gives_more_than_a_quiet_one(diary, data):
    scheme, entries = diary
    place = data.draw(st.integers(0, len(entries) - 1))
    if not isinstance(entries[place], MorningAnswer):
        return
    quiet = [*entries[:place], replace(entries[place], stairs_down=0.0), *entries[place + 1 :]]
    silent = [*entries[:place], *entries[place + 1 :]]

    assert where(scheme, silent).rank <= where(scheme, quiet).rank


@given(diaries())
@settings(max_examples=60, deadline=None)
def test_without_any_morning_answer_nothing_ever_goes_on(diary):
    scheme, entries = diary

    assert where(scheme, [e for e in entries if not isinstance(e, MorningAnswer)]).rank == 0


@given(diaries(), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_any_order_of_entry_gives_the_same_state(diary, chance):
    scheme, entries = diary
    mixed = list(entries)
    chance.shuffle(mixed)

    assert where(scheme, mixed) == where(scheme, entries)


@given(diaries())
@settings(max_examples=100, deadline=None)
def test_a_rank_rises_by_one_step_for_every_two_sessions_that_counted_and_never_by_more(diary):
    scheme, entries = diary
    ranks = [where(scheme, entries, on).rank for on in range(1, 41)]
    counted = sum(decision.outcome == "count" for _, decision in where(scheme, entries).story)

    assert all(after - before <= 1 for before, after in itertools.pairwise(ranks))
    assert max(ranks) <= counted // in_a_row().n


@given(
    rank=st.integers(0, 5),
    down=st.booleans(),
    one=st.sampled_from(Says),
    other=st.sampled_from(Says),
)
def test_a_stricter_answer_never_leads_higher(rank, down, one, other):
    """Says lists its words from the strictest to the most open."""
    strict, open_ = sorted((one, other), key=list(Says).index)
    start = Place(rank=rank, down=down, answers=(True,))
    after = [moved(start, says, in_a_row(), 9, day(8)) for says in (strict, open_)]

    assert order(after[0]) <= order(after[1])


def order(place: Place):
    return place.rank, not place.down, in_a_row().behind(place.answers)


@pytest.mark.parametrize("name", SCHEMES)
def test_every_rank_raises_exactly_one_thing(name):
    scheme = SCHEMES[name]
    rungs = [rung(scheme, rank) for rank in range(top_rank(scheme) + 1)]

    for low, high in itertools.pairwise(rungs):
        gained = (high.level - low.level, high.load_steps - low.load_steps, high.contact_steps - low.contact_steps)
        assert sorted(gained) in ([0, 0, 1], [0, 0, 0])
        assert sum(gained) == 1 or high == rungs[-1]
