"""Entries are added, never changed; what stands is what was not corrected."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activity_files import START
from gerdy.errors import EntryUnknown, JournalError, RecordInvalid, RunnerUnknown
from gerdy.journal import chain, day_state
from gerdy.journal.done_sets import parse_done_sets
from gerdy.journal.moments import parse_when
from gerdy.records import Side, from_json, to_json
from journal_facts import check_in, note, pain, run, strength

DAY = dt.timedelta(days=1)


def test_what_was_entered_comes_back_as_it_was(store, me):
    facts = [run("a", me.id), pain("b", me.id), check_in("c", me.id), strength("d", me.id), note("e", me.id)]
    store.add(*facts)
    assert store.records(me.id) == facts


def test_records_come_by_the_time_of_the_event_and_not_of_the_entry(store, me):
    late, early = note("late", me.id, when=START + DAY), note("early", me.id)
    store.add(late)
    store.add(early)
    assert [entry.id for entry in store.records(me.id)] == ["early", "late"]


def test_a_correction_stands_and_what_it_corrects_stays_in_the_history(store, me):
    store.add(pain("a", me.id, score=2))
    store.add(pain("b", me.id, score=4, corrects="a"))
    assert [(entry.id, entry.score) for entry in store.records(me.id)] == [("b", 4)]
    assert [entry.id for entry in store.records(me.id, history=True)] == ["a", "b"]


def test_a_correction_of_nothing_is_refused_and_nothing_is_kept(store, me):
    with pytest.raises(EntryUnknown, match="holds no entry 'nowhere'"):
        store.add(note("a", me.id), note("b", me.id, corrects="nowhere"))
    assert store.records(me.id) == []


def test_the_same_id_twice_is_refused(store, me):
    store.add(note("a", me.id))
    with pytest.raises(JournalError, match="there already"):
        store.add(note("a", me.id, text="other"))


@pytest.mark.parametrize("statement", ["UPDATE entries SET body = 'x'", "DELETE FROM entries"])
def test_the_database_itself_refuses_to_change_or_drop_an_entry(store, me, statement):
    store.add(note("a", me.id))
    with pytest.raises(JournalError, match="append-only"), store.writing() as connection:
        connection.exec_driver_sql(statement)
    assert [entry.text for entry in store.records(me.id)] == ["hello"]


def test_what_is_no_text_is_refused_in_words(store, me):
    """A terminal with another encoding hands over bytes that are no UTF-8."""
    with pytest.raises(RecordInvalid, match="no text"):
        store.add(note("a", me.id, text="shoes \udcff"))
    assert store.records(me.id) == []


def test_runners_do_not_see_each_other(store, me):
    other = store.add_runner("kim")
    store.add(note("a", me.id))
    store.add(note("a", other.id, text="mine"))
    assert [entry.text for entry in store.records(me.id)] == ["hello"]
    assert [entry.text for entry in store.records(other.id)] == ["mine"]


def test_an_entry_of_another_runner_is_refused(store, me):
    other = store.add_runner("kim")
    with pytest.raises(JournalError, match="belongs to runner"):
        store.write(me.id, entries=[note("a", other.id)])


def test_an_unknown_runner_is_answered_with_the_nearest_name(store, me):
    store.add_runner("kim")
    with pytest.raises(RunnerUnknown) as refusal:
        store.runner("kmi")
    assert refusal.value.near[0] == "kim"


def test_a_renamed_runner_keeps_every_entry(store, me):
    store.add(note("a", me.id))
    store.rename_runner(me, "ana")
    assert store.records(store.runner("ana").id) == [note("a", me.id)]


def test_kinds_and_days_are_bounds(store, me):
    store.add(note("a", me.id), run("b", me.id, when=START + DAY), note("c", me.id, when=START + 2 * DAY))
    assert [e.id for e in store.records(me.id, kinds=["note"])] == ["a", "c"]
    assert [e.id for e in store.records(me.id, since=START + DAY, until=START + 2 * DAY)] == ["b"]


def test_an_undated_run_falls_outside_every_day(store, me):
    store.add(run("a", me.id, when=None))
    assert len(store.records(me.id)) == 1
    assert store.records(me.id, since=START - 1000 * DAY) == []


def test_the_same_moment_in_two_zones_is_one_moment(store, me):
    tokyo = dt.timezone(dt.timedelta(hours=9))
    store.add(note("a", me.id, when=START.astimezone(tokyo)))
    assert store.records(me.id, since=START, until=START + DAY)


def test_a_commit_that_returned_survives_a_power_cut_as_sqlite_promises(store):
    """Write-ahead log with synchronous=FULL (2); what is deleted is overwritten (secure_delete=1)."""
    with store.reading() as connection:
        asked = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("journal_mode", "synchronous")]
        erased = connection.exec_driver_sql("PRAGMA secure_delete").scalar_one()
    assert asked == ["wal", 2]
    assert erased == 1


def test_two_who_write_at_once_make_one_chain(store, me):
    def write(name: str) -> None:
        for number in range(20):
            store.add(note(f"{name}{number}", me.id))

    writers = [threading.Thread(target=write, args=(name,)) for name in "abc"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    links = store.chain(me.id)
    assert len(links) == 60
    assert chain.broken_at(me.id, links) is None


@given(st.lists(st.text(max_size=20), min_size=1, max_size=8), st.data())
def test_any_change_of_any_entry_breaks_the_chain_there(texts, data):
    bodies = [chain.canonical({"text": text}) for text in texts]
    links = [(body, *pair) for body, pair in zip(bodies, chain.links("me", bodies), strict=True)]
    assert chain.broken_at("me", links) is None
    place = data.draw(st.integers(0, len(links) - 1))
    changed = (links[place][0] + " ", *links[place][1:])
    assert chain.broken_at("me", [*links[:place], changed, *links[place + 1 :]]) == place + 1


def test_an_entry_that_was_left_out_breaks_the_chain():
    bodies = ['"a"', '"b"', '"c"']
    links = [(body, *pair) for body, pair in zip(bodies, chain.links("me", bodies), strict=True)]
    assert chain.broken_at("me", [links[0], links[2]]) == 2


def test_the_hash_is_that_of_the_previous_hash_and_the_body():
    r"""Printed by coreutils: printf 'gerdy/journal/1\nme' | sha256sum, then printf '<that>\n{}' | sha256sum."""
    first = "d9aeadfd46b9feadf2276e9f35a706481a31a4fda8a3d9261af7c6a560a87d9a"
    assert chain.genesis("me") == first
    assert chain.link(first, "{}") == "a7301be00938e676706df6c64d44812cf9ef83328ea375cd3c6c4492538059ad"


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(5)))
def test_the_order_of_entry_on_one_day_does_not_matter(tmp_path_factory, open_at, order):
    journal = open_at(tmp_path_factory.mktemp("order"))
    owner = journal.ensure_runner("me")
    facts = [note(str(n), owner.id, when=START + n * dt.timedelta(minutes=1)) for n in range(5)]
    for n in order:
        journal.add(facts[n])
    assert journal.records(owner.id) == facts


def test_a_day_sees_its_window_the_latest_plan_and_nothing_later(store, me):
    store.add(*(note(f"n{n}", me.id, when=START + n * DAY) for n in range(200)))
    state = day_state(store, me.id, (START + 150 * DAY).date(), dt.UTC)
    days = {entry.event_time.date() for entry in state.recent}
    assert max(days) == (START + 150 * DAY).date()
    assert len(days) == 112


NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("now", "2026-11-20T12:00"),
        ("today 07:30", "2026-11-20T07:30"),
        ("7:30", "2026-11-20T07:30"),
        ("yesterday", "2026-11-19T12:00"),
        ("yesterday 23:50", "2026-11-19T23:50"),
        ("2026-11-18", "2026-11-18T12:00"),
        ("2026-11-18T18:05", "2026-11-18T18:05"),
    ],
)
def test_moments_are_said_in_plain_words(said, meant):
    assert parse_when(said, NOON, dt.UTC) == dt.datetime.fromisoformat(meant).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize("said", ["tomorrow", "25:00", "2026-13-01", "next week"])
def test_what_is_no_moment_is_refused_with_examples(said):
    with pytest.raises(Exception, match="Say for example"):
        parse_when(said, NOON, dt.UTC)


def test_the_future_is_refused():
    with pytest.raises(Exception, match="future"):
        parse_when("2027-01-01", NOON, dt.UTC)


def test_sets_are_said_in_words():
    done = parse_done_sets("3 x 10 E60 each side at 20 kg RIR 2")
    assert [(one.side, one.reps, one.load_kg, one.rir) for one in done] == [
        *[(Side.LEFT, 10, 20.0, 2.0)] * 3,
        *[(Side.RIGHT, 10, 20.0, 2.0)] * 3,
    ]


def test_falling_repetitions_and_held_seconds_are_said_in_words():
    assert [one.reps for one in parse_done_sets("10/9/8 E21 left RPE 7")] == [10, 9, 8]
    assert [one.seconds for one in parse_done_sets("2 x 45 s E70 pain 1")] == [45.0, 45.0]


def test_how_clean_a_set_was_and_whether_it_was_filmed_are_said_in_words():
    (first, *_) = parse_done_sets("3 x 8 E24 left all clean filmed")
    (jumps,) = parse_done_sets("10 E75 right clean 9 contacts 10")

    assert (first.reps, first.clean_reps, first.filmed) == (8, 8, True)
    assert (jumps.clean_reps, jumps.contacts, jumps.filmed) == (9, 10, None)


@given(
    st.integers(1, 5),
    st.integers(1, 30),
    st.sampled_from(["left", "right", "both"]),
    st.none() | st.integers(1, 100),
    st.none() | st.integers(0, 5),
)
def test_every_set_that_can_be_said_is_understood(sets, reps, side, load, rir):
    text = f"{sets} x {reps} E60 {side}"
    text += "" if load is None else f" at {load} kg"
    text += "" if rir is None else f" RIR {rir}"
    done = parse_done_sets(text)
    assert len(done) == sets
    assert {(one.reps, one.side.value, one.load_kg, one.rir) for one in done} == {(reps, side, load, rir)}


@pytest.mark.parametrize("text", ["", "a lot", "3 x E60", "3 x 10 E60 at twenty kg", "3 x 10 E60 somehow"])
def test_sets_that_do_not_read_are_refused_with_examples(text):
    with pytest.raises(Exception, match="Say for example"):
        parse_done_sets(text)


def test_a_run_with_everything_survives_json():
    full = run("a", "me", pauses_s=((10.0, 5.0),), extra={"power": 218.0}, problems=("odd",))
    assert from_json(to_json(full)) == replace(full)
