"""Killed at any moment, disk full, read-only folder, an older or a newer journal: nothing acknowledged is lost."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from activity_files import gpx, straight_run
from gerdy.errors import GerdyError, StoreBlocked, StoreDamaged, StoreNewer
from gerdy.journal import open_store, originals, upgrade
from gerdy.journal.doctor import examine
from gerdy.journal.export import export, load
from gerdy.journal.rebuild import rebuild
from gerdy.journal.schema import Base
from gerdy.records import KINDS, to_json
from journal_facts import note

HERE = Path(__file__).parent
LEGACY = HERE.parent / "legacy" / "first"
posix = pytest.mark.skipif(os.name != "posix", reason="needs fork, signals and limits of a POSIX system")


def crash(folder: Path, rounds: int, seed: int) -> dict:
    command = [sys.executable, str(HERE / "crash_driver.py"), str(folder / "home"), str(rounds), str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    return json.loads(done.stdout)


@posix
def test_killed_at_random_moments_nothing_acknowledged_is_lost(tmp_path):
    told = crash(tmp_path, rounds=12, seed=1)
    assert told["wrong"] == []
    assert told["acknowledged"] > 0


@posix
@pytest.mark.long
def test_killed_at_fifty_random_moments_nothing_acknowledged_is_lost(tmp_path):
    told = crash(tmp_path, rounds=50, seed=2)
    assert told["wrong"] == []
    assert told["acknowledged"] > 50


# A child process, because its limits and its user cannot be taken back.
CHILD = """
import json, os, resource, sys
sys.path[:0] = json.loads(os.environ["GERDY_TEST_PATH"])
from pathlib import Path
from journal_facts import note
from gerdy.errors import GerdyError
from gerdy.journal import open_store
home, what, limit = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
if what == "readonly" and os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)
try:
    store = open_store(home)
    owner = store.ensure_runner("me")
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    for number in range(100000):
        store.add(note(f"{what}-{number}", owner.id, text="x" * 200))
        print(f"{what}-{number}", flush=True)
except GerdyError as error:
    print(f"{type(error).__name__}: {error}", file=sys.stderr)
    sys.exit(1)
"""


def child(home: Path, what: str, limit: int = 0) -> subprocess.CompletedProcess:
    path = [str(HERE.parent), *sys.path]
    return subprocess.run(
        [sys.executable, "-c", CHILD, str(home), what, str(limit)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=os.environ | {"GERDY_TEST_PATH": json.dumps(path)},
    )


@posix
def test_a_full_disk_is_one_sentence_and_everything_acknowledged_stays(tmp_path, open_at):
    """The limit on the size of a file stands in for a full disk: the write that would cross it fails."""
    done = child(tmp_path / "home", "full", limit=1_000_000)
    assert done.returncode == 1
    assert done.stderr.startswith("StoreBlocked: Nothing more can be written")
    assert done.stderr.count("\n") == 1
    acknowledged = done.stdout.split()
    assert len(acknowledged) > 20
    journal = open_at(tmp_path / "home", prefix="later")
    owner = journal.runner("me")
    assert [entry.id for entry in journal.records(owner.id)] == acknowledged
    assert all(check.ok for check in examine(journal))


def test_a_full_database_refuses_an_entry_whole(store, me):
    """SQLite's own limit of pages gives the very error of a full disk (SQLITE_FULL)."""
    store.add(note("a", me.id))
    with store.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with pytest.raises(StoreBlocked, match="Make room"):
        store.add(note("b", me.id), note("c", me.id, text="x" * 100_000))
    assert [entry.id for entry in store.records(me.id)] == ["a"]


def test_an_original_that_does_not_fit_leaves_no_half_file_and_no_row(store, me, take, put, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    folder = put(a_dot_gpx=gpx(straight_run()))
    monkeypatch.setattr(originals.os, "fsync", full)
    with pytest.raises(StoreBlocked, match="No space left"):
        take(folder)
    monkeypatch.undo()
    assert store.records(me.id) == []
    assert [file for file in store.home.originals(me.id).rglob("*") if file.is_file()] == []
    assert take(folder)[0].verdict == "imported"


@posix
def test_a_read_only_folder_is_one_sentence(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    for folder in (home, *home.parents):
        # The child is nobody; it must be able to come here.
        if folder.stat().st_uid == os.geteuid() and folder != Path("/"):
            folder.chmod(0o755)
    home.chmod(0o555)
    done = child(home, "readonly")
    home.chmod(0o755)
    if "No module named" in done.stderr or "Permission denied: '/" in done.stderr:
        pytest.skip("an unprivileged user cannot read this interpreter")
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert done.stderr.count("\n") == 1
    assert list(home.iterdir()) == []


def test_a_journal_in_use_is_one_sentence(store, me, monkeypatch):
    with store.writing() as held, closing(sqlite3.connect(store.home.database, timeout=0)) as other:
        held.exec_driver_sql("SELECT 1")
        from gerdy.journal.sqlite import translated

        with pytest.raises(StoreBlocked, match="in use by another gerdy"), translated(store.home.root):
            other.execute("BEGIN IMMEDIATE")


def test_a_file_that_is_no_journal_is_refused_and_left_as_it_is(tmp_path):
    (tmp_path / "journal.sqlite").write_bytes(b"my shopping list, long enough to be a page" * 50)
    before = (tmp_path / "journal.sqlite").read_bytes()
    with pytest.raises(StoreDamaged):
        open_store(tmp_path)
    assert (tmp_path / "journal.sqlite").read_bytes() == before


def test_a_database_of_another_program_is_refused(tmp_path):
    with closing(sqlite3.connect(tmp_path / "journal.sqlite")) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
        connection.commit()
    with pytest.raises(StoreDamaged, match="not a gerdy journal"):
        open_store(tmp_path)


@pytest.fixture
def legacy(tmp_path) -> Path:
    """Give a copy of the journal that the first release wrote."""
    return Path(shutil.copytree(LEGACY, tmp_path / "first"))


FIRST_KINDS = {
    *("assessment", "check-in", "decision", "morning", "note", "pain", "plan", "recording", "run", "strength"),
}
"""What the first release could store."""


def test_a_journal_of_the_first_release_opens_verifies_and_comes_out_the_same(legacy, open_at, tmp_path):
    journal = open_at(legacy)
    owner = journal.runner("me")
    assert {entry.kind for entry in journal.records(owner.id)} == FIRST_KINDS <= set(KINDS)
    assert journal.entry(owner.id, "note").text == "čevlji – novi, 新しい靴"
    assert [entry.score for entry in journal.records(owner.id, kinds=["pain"])] == [3]
    assert all(check.ok for check in examine(journal))
    assert {one.outcome for one in rebuild(journal, owner)} == {"identical"}
    export(journal, owner, tmp_path / "out.zip")


def test_every_entry_of_the_first_release_writes_back_what_it_read(legacy, open_at):
    """Later fields may be added; none that the first release wrote may change or go."""
    journal = open_at(legacy)
    owner = journal.runner("me")
    for body, _, _ in journal.chain(owner.id):
        written = json.loads(body)
        now = to_json(journal.entry(owner.id, written["id"]))
        assert _holds(now, written)


def _holds(now, written):
    """Whether everything that was written stands in what is written now, however deep."""
    if isinstance(written, dict):
        return all(name in now and _holds(now[name], item) for name, item in written.items())
    if isinstance(written, list):
        return len(now) == len(written) and all(map(_holds, now, written))
    return now == written


def test_an_export_of_the_first_release_imports_and_exports_to_the_same_bytes(open_at, tmp_path):
    journal = open_at(tmp_path / "home")
    owner, new = load(journal, LEGACY.with_name("first-export.zip"))
    export(journal, owner, tmp_path / "again.zip")
    assert new == 12
    assert (tmp_path / "again.zip").read_bytes() == LEGACY.with_name("first-export.zip").read_bytes()


def test_a_newer_journal_is_refused_in_one_sentence_and_left_as_it_is(legacy):
    with closing(sqlite3.connect(legacy / "journal.sqlite")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(StoreNewer, match="newer than this gerdy knows") as refusal:
        open_store(legacy)
    assert str(refusal.value).count(".") - str(refusal.value).count(legacy.name) <= 1
    assert not (legacy / "copies").exists()


NEXT_REVISION = '''"""A column more, as a later release might add it."""
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None


def upgrade() -> None:
    op.add_column("runners", sa.Column("language", sa.String(8), nullable=True))
'''


def test_an_older_journal_is_copied_before_it_is_migrated(legacy, open_at, tmp_path):
    journal = open_at(legacy)
    scripts = Path(shutil.copytree(upgrade.SCRIPTS, tmp_path / "scripts"))
    (scripts / "versions" / "v0002_language.py").write_text(NEXT_REVISION)
    upgrade.bring_up_to_date(journal.engine, journal.home, journal.clock(), head="0002", scripts=scripts)
    assert upgrade.schema_version(journal.engine) == "0002"
    (copy,) = journal.home.copies.iterdir()
    assert copy.name.startswith("journal-0001-before-0002-")
    with closing(sqlite3.connect(copy)) as old:
        assert old.execute("SELECT count(*) FROM entries").fetchone() == (12,)
        assert "language" not in {row[1] for row in old.execute("PRAGMA table_info(runners)")}
    assert all(check.ok for check in examine(journal) if check.name != "schema")


def test_a_migration_that_fails_leaves_the_journal_as_it_was(legacy, open_at, tmp_path):
    journal = open_at(legacy)
    scripts = Path(shutil.copytree(upgrade.SCRIPTS, tmp_path / "scripts"))
    broken = NEXT_REVISION + '    raise RuntimeError("half-way")\n'
    (scripts / "versions" / "v0002_language.py").write_text(broken)
    with pytest.raises(RuntimeError, match="half-way"):
        upgrade.bring_up_to_date(journal.engine, journal.home, journal.clock(), head="0002", scripts=scripts)
    assert upgrade.schema_version(journal.engine) == "0001"
    assert all(check.ok for check in examine(journal))


def test_the_migrations_make_the_tables_that_the_code_expects(store):
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_newest_migration_is_the_schema_that_this_gerdy_names():
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(upgrade.SCRIPTS))
    scripts = ScriptDirectory.from_config(config)
    assert [scripts.get_current_head()] == list(scripts.get_heads()) == [upgrade.HEAD]


def test_every_refusal_of_the_journal_is_one_sentence_for_a_person():
    assert issubclass(StoreBlocked, GerdyError)
