"""Erasing leaves no byte; the doctor finds what is not as it was written."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing

import pytest

from activity_files import fit, gpx, straight_run
from gerdy.errors import JournalError
from gerdy.journal import backup, originals, sqlite
from gerdy.journal.doctor import examine
from gerdy.journal.erase import erase, refuse_unless_sure, what_would_go
from journal_facts import note

SECRET = "my left knee aches on the stairs of the old mill"  # noqa: S105 - what must not be found


def all_bytes(root) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(root.rglob("*")) if file.is_file())


def traces(root, runner, *needles: bytes) -> list[bytes]:
    content = all_bytes(root)
    return [
        needle for needle in (runner.id.encode(), runner.name.encode(), SECRET.encode(), *needles) if needle in content
    ]


@pytest.fixture
def two(store, open_at, tmp_path):
    """Two runners, entries, originals, a broken file, an automatic copy, and a write-ahead log that is in use."""
    from gerdy.journal.importing import Importer, Wishes
    from gerdy.journal.sources import Source

    journal = store
    gone = journal.add_runner("wanda-fictional", runner_id="7c9e6679f3b141d0a3f2")
    stays = journal.add_runner("kim", runner_id="16fd2706885f42c0b6f1")
    good, bad = tmp_path / "a.gpx", tmp_path / "b.fit"
    good.write_bytes(gpx(straight_run()))
    bad.write_bytes(fit(straight_run())[:-5])
    for runner in (gone, stays):
        list(
            Importer(journal, runner, Wishes()).files(
                [Source(good, "a.gpx"), Source(bad, f"broken-of-{runner.name}.fit")]
            )
        )
    journal.add(*(note(f"n{n}", gone.id, text=SECRET) for n in range(200)))
    journal.add(note("k", stays.id, text="fine"))
    sqlite.copy_database(journal.home.database, journal.home.copies / "journal-0000-before-0001.sqlite")
    backup.backup(journal, journal.home.copies / "before-restore.gerdy")
    journal.home.cache(gone.id).mkdir(parents=True)
    (journal.home.cache(gone.id) / "picture.svg").write_text(SECRET)
    return journal, gone, stays


def test_after_an_erasure_no_byte_of_the_runner_is_found(two):
    """Pages, write-ahead file, automatic copies, cache, originals and quarantine are searched byte by byte."""
    journal, gone, _ = two
    original = gpx(straight_run())[300:360]
    assert traces(journal.home.root, gone, original)
    erase(journal, gone)
    content = all_bytes(journal.home.root)
    assert [n for n in (gone.id.encode(), b"wanda", SECRET.encode(), SECRET[:12].encode()) if n in content] == []
    assert not journal.home.erase_mark.exists()


def test_an_erasure_leaves_the_journals_of_others_whole(two):
    journal, gone, stays = two
    before = journal.chain(stays.id)
    erase(journal, gone)
    assert journal.chain(stays.id) == before
    assert all(check.ok for check in examine(journal))
    (row,) = [row for row in journal.originals(stays.id) if row.kept]
    assert originals.fetch(journal.home.originals(stays.id), row.sha256) == gpx(straight_run())


def test_an_erasure_that_was_killed_before_the_pages_were_rewritten_is_finished_at_the_next_start(
    two, open_at, monkeypatch
):
    journal, gone, _ = two

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sqlite, "squeeze", killed)
        with pytest.raises(KeyboardInterrupt):
            erase(journal, gone)
    assert journal.home.erase_mark.exists()
    reopened = open_at(journal.home.root, prefix="z")
    assert [runner.name for runner in reopened.runners()] == ["kim"]
    assert not journal.home.erase_mark.exists()
    content = all_bytes(journal.home.root)
    assert SECRET.encode() not in content
    assert b"wanda" not in content


def test_a_dry_run_says_what_would_go_and_takes_nothing(two):
    journal, gone, _ = two
    told = what_would_go(journal, gone)
    assert told["entries"] == 201
    assert told["files"] == 3
    assert len(told["copies"]) == 2
    assert len(journal.records(gone.id)) == 201


def test_an_erasure_that_nobody_confirmed_is_refused(two):
    _, gone, _ = two
    with pytest.raises(JournalError, match="Nothing was erased"):
        refuse_unless_sure(sure=False, runner=gone)


def test_after_an_erasure_entries_are_protected_again(two):
    journal, gone, _ = two
    erase(journal, gone)
    with pytest.raises(JournalError, match="append-only"), journal.writing() as connection:
        connection.exec_driver_sql("DELETE FROM entries")


def failed(journal) -> list[str]:
    return [check.name for check in examine(journal) if not check.ok]


def meddle(journal, statement: str) -> None:
    journal.close()
    with closing(sqlite3.connect(journal.home.database)) as connection:
        for trigger in ("entries_never_change", "entries_never_go"):
            connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        connection.execute(statement)
        connection.commit()


def test_the_doctor_finds_a_whole_journal_well(two):
    assert failed(two[0]) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET body = replace(body, 'aches', 'is fine') WHERE position = 50",
        "DELETE FROM entries WHERE position = 50",
        "UPDATE entries SET hash = previous_hash WHERE position = 50",
    ],
)
def test_the_doctor_finds_an_entry_that_was_changed_behind_its_back(two, statement):
    journal, gone, _ = two
    meddle(journal, statement)
    assert f"chain of {gone.name}" in failed(journal)
    assert "append-only" in failed(journal)


def test_the_doctor_finds_an_original_that_is_gone_or_changed(two):
    journal, gone, _ = two
    (row,) = [row for row in journal.originals(gone.id) if row.kept]
    place = originals.place_of(journal.home.originals(gone.id), row.sha256)
    place.write_bytes(b"other")
    assert f"originals of {gone.name}" in failed(journal)
    place.unlink()
    assert f"originals of {gone.name}" in failed(journal)


def test_the_doctor_names_an_original_that_a_killed_import_left(two):
    journal, gone, _ = two
    originals.keep(journal.home.originals(gone.id), "ab" * 32, gzip.compress(b"x"))
    details = {check.name: check.detail for check in examine(journal)}
    assert "left by an import that was cut off" in details[f"originals of {gone.name}"]
