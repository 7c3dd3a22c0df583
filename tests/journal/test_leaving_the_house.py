"""Export, share, backup and restore: everything comes back, byte for byte, and nothing leaves that should not."""

from __future__ import annotations

import datetime as dt
import json
import os
import zipfile
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activity_files import START, fit, gpx, straight_run
from gerdy.errors import ArchiveInvalid, JournalError
from gerdy.journal import backup, box, chain, export, originals, share
from gerdy.journal.places import without_places
from gerdy.records import Decision, DecisionEntry, PlanVersion, Reason
from journal_facts import check_in, note, pain, run, strength
from strategies.records import STRATEGIES

DAY = dt.timedelta(days=1)


@pytest.fixture
def full(store, me, take, put):
    """Fill the journal with a bit of everything."""
    take(put(a_dot_fit=fit(straight_run()), b_dot_gpx=gpx(straight_run(3, start=START + 2 * DAY)), c_dot_fit=b"broken"))
    store.add(pain("p1", me.id), check_in("c1", me.id), strength("s1", me.id), note("n1", me.id, text="čevlji – novi"))
    store.add(pain("p2", me.id, score=4, corrects="p1"), run("r1", me.id, when=None))
    store.add(
        PlanVersion(
            id="plan1",
            runner_id=me.id,
            event_time=START,
            entered_at=START,
            plan_id="spring",
            version=1,
            phase="P2",
            starts=START.date(),
            ends=START.date() + 28 * DAY,
        )
    )
    return store


def test_an_export_taken_into_a_fresh_journal_exports_to_the_same_bytes(full, me, tmp_path, open_at):
    export.export(full, me, tmp_path / "one.zip")
    other = open_at(tmp_path / "other", prefix="x")
    runner, new = export.load(other, tmp_path / "one.zip")
    export.export(other, runner, tmp_path / "two.zip")
    assert new == len(full.chain(me.id))
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_an_export_taken_in_twice_adds_nothing(full, me, tmp_path, open_at):
    export.export(full, me, tmp_path / "one.zip")
    other = open_at(tmp_path / "other", prefix="x")
    export.load(other, tmp_path / "one.zip")
    runner, new = export.load(other, tmp_path / "one.zip")
    assert new == 0
    assert other.chain(runner.id) == full.chain(me.id)


def test_after_an_export_came_in_a_second_import_of_the_files_changes_nothing(full, me, tmp_path, open_at, take):
    from gerdy.journal.importing import Importer, Wishes
    from gerdy.journal.sources import sources

    export.export(full, me, tmp_path / "one.zip")
    other = open_at(tmp_path / "other", prefix="x")
    runner, _ = export.load(other, tmp_path / "one.zip")
    again = [v for some in Importer(other, runner, Wishes()).files(sources([tmp_path / "in"])) for v in some]
    assert [v.verdict for v in again] == ["duplicate", "duplicate", "quarantined"]
    assert other.chain(runner.id) == full.chain(me.id)


def test_an_export_holds_originals_tables_and_the_quarantine(full, me, tmp_path):
    export.export(full, me, tmp_path / "one.zip")
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        names = archive.namelist()
        table = archive.read("tables/pain.csv").decode()
    assert sum(name.startswith("originals/") for name in names) == 2
    assert sum(name.startswith("quarantine/") for name in names) == 1
    assert table.splitlines()[1].startswith("p2,")


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_records_of_every_kind_survive_export_and_import_byte_for_byte(tmp_path_factory, open_at, data):
    folder = tmp_path_factory.mktemp("any")
    journal = open_at(folder / "a")
    owner = journal.ensure_runner("me")
    facts = data.draw(st.lists(st.one_of(*STRATEGIES.values()), max_size=5))
    for number, fact in enumerate(facts):
        journal.add(replace(fact, id=str(number), runner_id=owner.id, corrects=None))
    export.export(journal, owner, folder / "one.zip")
    other = open_at(folder / "b", prefix="x")
    runner, _ = export.load(other, folder / "one.zip")
    assert other.records(runner.id) == journal.records(owner.id)
    export.export(other, runner, folder / "two.zip")
    assert (folder / "one.zip").read_bytes() == (folder / "two.zip").read_bytes()


def test_line_ends_of_every_alphabet_survive(store, me, tmp_path, open_at):
    text = "line\u2028paragraph\u2029next\x85end\x1c\r\n"
    store.add(note("a", me.id, text=text))
    export.export(store, me, tmp_path / "one.zip")
    other = open_at(tmp_path / "b", prefix="x")
    runner, _ = export.load(other, tmp_path / "one.zip")
    assert other.entry(runner.id, "a").text == text


def test_an_export_that_somebody_edited_is_refused_and_nothing_is_taken(full, me, tmp_path, open_at):
    export.export(full, me, tmp_path / "one.zip")
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["entries.jsonl"] = members["entries.jsonl"].replace(b'"score":4.0', b'"score":1.0')
    manifest = json.loads(members.pop("manifest.json"))
    box.write_box(tmp_path / "edited.zip", manifest, members)
    other = open_at(tmp_path / "other", prefix="x")
    with pytest.raises(ArchiveInvalid, match="not what was exported"):
        export.load(other, tmp_path / "edited.zip")
    assert other.runners() == []


def test_an_archive_with_a_damaged_original_is_refused(full, me, tmp_path, open_at):
    export.export(full, me, tmp_path / "one.zip")
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members.pop("manifest.json"))
    name = next(name for name in members if name.startswith("originals/"))
    box.write_box(tmp_path / "bad.zip", manifest, members | {name: b"other"})
    other = open_at(tmp_path / "other", prefix="x")
    with pytest.raises(ArchiveInvalid, match="original"):
        export.load(other, tmp_path / "bad.zip")
    assert other.runners() == []


def test_a_name_that_is_taken_asks_for_another(full, me, tmp_path, open_at):
    export.export(full, me, tmp_path / "one.zip")
    other = open_at(tmp_path / "other", prefix="x")
    other.ensure_runner("me")
    with pytest.raises(JournalError, match="--as NAME"):
        export.load(other, tmp_path / "one.zip")
    assert export.load(other, tmp_path / "one.zip", name="kim")[0].name == "kim"


def test_a_backup_that_was_restored_backs_up_to_the_same_bytes(full, me, tmp_path, open_at):
    kim = full.add_runner("kim")
    full.add(note("k1", kim.id))
    backup.backup(full, tmp_path / "one.gerdy")
    other = open_at(tmp_path / "other", prefix="x")
    backup.restore(other, tmp_path / "one.gerdy")
    backup.backup(other, tmp_path / "two.gerdy")
    assert (tmp_path / "one.gerdy").read_bytes() == (tmp_path / "two.gerdy").read_bytes()
    (row, *_) = other.originals(me.id)
    assert originals.fetch(other.home.originals(me.id), row.sha256)


def test_a_restore_over_a_journal_needs_a_word_and_keeps_a_copy(full, me, tmp_path, open_at):
    backup.backup(full, tmp_path / "one.gerdy")
    other = open_at(tmp_path / "other", prefix="x")
    kim = other.add_runner("kim")
    other.add(note("k1", kim.id))
    with pytest.raises(JournalError, match="--replace"):
        backup.restore(other, tmp_path / "one.gerdy")
    backup.restore(other, tmp_path / "one.gerdy", replace=True)
    assert [runner.name for runner in other.runners()] == ["me"]
    (copy,) = other.home.copies.iterdir()
    third = open_at(tmp_path / "third", prefix="y")
    backup.restore(third, copy)
    assert third.records(kim.id) == [note("k1", kim.id)]


def test_a_backup_cut_short_is_refused_and_nothing_changes(full, me, tmp_path, open_at):
    backup.backup(full, tmp_path / "one.gerdy")
    whole = (tmp_path / "one.gerdy").read_bytes()
    (tmp_path / "half.gerdy").write_bytes(whole[: len(whole) // 2])
    other = open_at(tmp_path / "other", prefix="x")
    with pytest.raises(ArchiveInvalid):
        backup.restore(other, tmp_path / "half.gerdy")
    assert other.runners() == []


def test_a_share_holds_report_plan_and_records_and_no_originals(full, me, tmp_path):
    share.share(full, me, tmp_path / "share.zip")
    with zipfile.ZipFile(tmp_path / "share.zip") as archive:
        assert sorted(archive.namelist()) == ["entries.jsonl", "manifest.json", "plan.json", "report.html"]
        assert json.loads(archive.read("plan.json"))["plan_id"] == "spring"
        page = archive.read("report.html").decode()
    assert "4 of 10" in page or "<td>4</td>" in page


def test_no_coordinate_leaves_with_a_share(full, me, tmp_path):
    store = full
    store.add(run("geo", me.id, extra={"start": {"latitude": 46.05, "Longitude": 14.5}, "track": [{"lat": 46.05}]}))
    share.share(store, me, tmp_path / "share.zip")
    content = (tmp_path / "share.zip").read_bytes()
    assert b"46.0" not in content
    assert b"14.5" not in content


@given(st.sampled_from(["lat", "lon", "latitude", "Longitude", "start_lat", "position_long", "gps", "coordinates"]))
def test_places_are_found_however_deep_they_lie(name):
    data = {"a": [{"b": {name: 46.05, "power": 218}}]}
    assert without_places(data) == {"a": [{"b": {"power": 218}}]}


def test_ordinary_names_are_no_places():
    data = {"lateral_knee": 1, "plate": 2, "location_of_pain": 3, "long_run": 4, "position": "side"}
    assert without_places(data) == data


def test_what_a_coach_adds_comes_back_under_the_coachs_name(full, me, tmp_path, open_at):
    share.share(full, me, tmp_path / "to.zip")
    coach = open_at(tmp_path / "coach", prefix="ann")
    runner = share.open_share(coach, tmp_path / "to.zip", name="kim").runner
    coach.add(note("advice", runner.id, text="hold the hills", by="Ann"))
    coach.add(pain("p3", runner.id, score=3, corrects="p2", by="Ann"))
    share.share(coach, runner, tmp_path / "back.zip", sender="Ann")
    told = share.open_share(full, tmp_path / "back.zip")
    assert told.new == {"Ann": 2}
    by = {entry.id: entry.by for entry in full.records(me.id)}
    assert by["advice"] == by["p3"] == "Ann"
    assert by["s1"] == "me"
    assert chain.broken_at(me.id, full.chain(me.id)) is None


def test_a_coach_cannot_enter_in_the_runners_name(full, me, tmp_path, open_at):
    share.share(full, me, tmp_path / "to.zip")
    coach = open_at(tmp_path / "coach", prefix="ann")
    runner = share.open_share(coach, tmp_path / "to.zip").runner
    with pytest.raises(JournalError, match="--by NAME"):
        coach.add(note("x", runner.id))


def test_a_returning_share_cannot_speak_for_the_runner(full, me, tmp_path, open_at):
    share.share(full, me, tmp_path / "to.zip")
    with zipfile.ZipFile(tmp_path / "to.zip") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members.pop("manifest.json")) | {"from_the_runner": False, "sender": "Ann"}
    forged = note("forged", me.id, text="I feel fine")
    from gerdy.records import to_json

    members["entries.jsonl"] += box.lines([to_json(forged)])
    box.write_box(tmp_path / "back.zip", manifest, members)
    told = share.open_share(full, tmp_path / "back.zip")
    assert told.refused == 1
    assert "forged" not in {entry.id for entry in full.records(me.id)}


def test_a_share_opened_twice_adds_nothing(full, me, tmp_path, open_at):
    share.share(full, me, tmp_path / "to.zip")
    coach = open_at(tmp_path / "coach", prefix="ann")
    runner = share.open_share(coach, tmp_path / "to.zip").runner
    before = coach.chain(runner.id)
    assert share.open_share(coach, tmp_path / "to.zip").new == {}
    assert coach.chain(runner.id) == before


def test_a_decision_with_its_reasons_survives_the_way_out_and_in(full, me, tmp_path, open_at):
    decided = Decision(outcome="hold", rule="R-064", reasons=(Reason(text="longer than the longest of 30 days"),))
    full.add(DecisionEntry(id="d1", runner_id=me.id, event_time=START, entered_at=START, decision=decided))
    export.export(full, me, tmp_path / "one.zip")
    other = open_at(tmp_path / "other", prefix="x")
    runner, _ = export.load(other, tmp_path / "one.zip")
    assert other.entry(runner.id, "d1").decision == decided


@pytest.mark.skipif(os.name != "posix", reason="permissions of a POSIX system")
def test_data_folder_and_archives_are_closed_to_other_accounts(full, me, tmp_path):
    export.export(full, me, tmp_path / "one.zip")
    assert full.home.root.stat().st_mode & 0o077 == 0
    assert (tmp_path / "one.zip").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06" + b"\0" * 18, b"hello"])
def test_a_file_that_is_no_archive_is_refused_in_words(store, tmp_path, content):
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(ArchiveInvalid, match="no archive of gerdy"):
        export.load(store, tmp_path / "x.zip")


def test_an_archive_cannot_write_outside_its_folders(full, me, tmp_path, open_at):
    export.export(full, me, tmp_path / "one.zip")
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members.pop("manifest.json"))
    members["quarantine/../../escaped"] = b"x"
    members["originals/..\\..\\escaped"] = b"x"
    box.write_box(tmp_path / "evil.zip", manifest, members)
    export.load(open_at(tmp_path / "other", prefix="x"), tmp_path / "evil.zip")
    assert not list(tmp_path.rglob("escaped"))
