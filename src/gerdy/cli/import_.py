"""``gerdy import``: runs from watches and apps, exports and shares of gerdy; one verdict per activity."""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gerdy.cli.journal_options import (
    AsJson,
    EnteredBy,
    RunnerName,
    StoreFolder,
    Zone,
    opened,
    runner_for_writing,
    zone_named,
)
from gerdy.cli.output import print_json, progress

if TYPE_CHECKING:
    from gerdy.journal import Runner, Store
    from gerdy.journal.importing import Importer, Wishes
    from gerdy.journal.verdicts import Verdict
    from gerdy.records import Run

SCHEMA = "gerdy/import/1"


def import_(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files, folders, zip exports, exports or shares of gerdy.")
    ] = None,
    sport: Annotated[str, typer.Option(help="What files are that do not name their sport.")] = "",
    accept_damaged: Annotated[
        bool, typer.Option("--accept-damaged", help="Take what could be read of damaged files.")
    ] = False,
    discard_originals: Annotated[
        bool, typer.Option("--discard-originals", help="Keep hashes only; such runs cannot be computed again.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Confirm discarding the originals that are kept already.")] = False,
    resolve: Annotated[
        bool, typer.Option("--resolve", help="Show, and in a terminal ask, what an import left open.")
    ] = False,
    same: Annotated[
        list[str] | None, typer.Option("--same", help="Id of a possible duplicate that is the same run.")
    ] = None,
    different: Annotated[list[str] | None, typer.Option("--different", help="Id of one that is another run.")] = None,
    date: Annotated[
        list[str] | None, typer.Option("--date", help="ID=START of an undated run, for example ID=2012-02-13T11:16.")
    ] = None,
    name: Annotated[str, typer.Option("--as", help="Name here for the runner of an export or a share.")] = "",
    watch: Annotated[bool, typer.Option("--watch", help="Go on looking at one folder until Ctrl-C.")] = False,
    every: Annotated[float, typer.Option(min=0.1, help="Seconds between two looks.")] = 10.0,
    looks: Annotated[int, typer.Option(min=0, help="Stop after so many looks; 0 for never.")] = 0,
    runner: RunnerName = "me",
    by: EnteredBy = "me",
    zone: Zone = "",
    store: StoreFolder = None,
    as_json: AsJson = False,
) -> None:
    """Import files; run it again at any time, nothing is counted twice."""
    from gerdy.journal.importing import Importer, Wishes

    wishes = Wishes(by, zone_named(zone), sport, accept_damaged, keep_originals=not discard_originals)
    with opened(store, create=True) as journal:
        if resolve or same or different or date:
            answers = _Answers(tuple(same or ()), tuple(different or ()), tuple(date or ()))
            _resolve(journal, journal.runner(runner), answers, wishes, as_json=as_json)
            return
        if not paths:
            _without_paths(journal, runner, discard=discard_originals, yes=yes, as_json=as_json)
            return
        ours = [path for path in paths if path.is_file() and _schema_of(path)]
        for path in ours:
            _take_archive(journal, path, name, as_json=as_json)
        others = [path for path in paths if path not in ours]
        if not others:
            return
        importer = Importer(journal, runner_for_writing(journal, runner), wishes)
        if watch:
            _watch(importer, others, every, looks, as_json=as_json)
        else:
            _import(importer, others, as_json=as_json)


def _import(importer: Importer, paths: list[Path], *, as_json: bool) -> None:
    from gerdy.journal.sources import sources
    from gerdy.recordings.activities import count_members

    files = sources(paths)
    found: list[Verdict] = []
    try:
        with progress() as bars:
            total = sum(count_members(file.path) for file in files)
            task = bars.add_task("importing", total=total)
            for done, verdicts in enumerate(importer.files(files), start=1):
                found += verdicts
                # A zip in a zip holds more than was counted.
                bars.update(task, completed=done, total=max(total, done))
    finally:
        # What was done before a full disk or Ctrl-C stays done, and is said.
        _report(found, as_json=as_json)
    if found and all(verdict.verdict == "quarantined" for verdict in found):
        raise typer.Exit(1)


def _watch(importer: Importer, paths: list[Path], every: float, looks: int, *, as_json: bool) -> None:
    from gerdy.journal.watching import watch

    if len(paths) != 1 or not paths[0].is_dir():
        raise typer.BadParameter("--watch looks at one folder", param_hint="'--watch'")
    left = iter(range(looks)) if looks else None

    def wait() -> bool:
        if left is not None and next(left, None) is None:
            return False
        time.sleep(every)
        return True

    typer.echo(f"Watching {paths[0]}; Ctrl-C ends it.", err=True)
    try:
        for verdicts in watch(importer, paths[0], wait=wait):
            _report(verdicts, as_json=as_json)
    except KeyboardInterrupt:
        typer.echo("Stopped; everything named above is in the journal.", err=True)


def _report(verdicts: list[Verdict], *, as_json: bool) -> None:
    if as_json:
        print_json({"schema": SCHEMA, "files": [verdict.to_json() for verdict in verdicts]})
        return
    for verdict in verdicts:
        if verdict.verdict not in {"imported", "duplicate"}:
            typer.echo(f"{verdict.verdict.value}: {verdict.file}: {verdict.reason}")
    counts = Counter(verdict.verdict.value for verdict in verdicts)
    typer.echo(", ".join(f"{count} {name}" for name, count in sorted(counts.items())) or "No activity file found.")
    if counts["possible_duplicate"] or counts["needs_date"]:
        typer.echo("Not counted until you say what they are: gerdy import --resolve")


def _schema_of(path: Path) -> str:
    from gerdy.journal.box import schema_of

    return schema_of(path)


def _take_archive(journal: Store, path: Path, name: str, *, as_json: bool) -> None:
    from gerdy.errors import ArchiveInvalid
    from gerdy.journal import export, share
    from gerdy.journal.rows import fields_of

    schema = _schema_of(path)
    if schema == export.SCHEMA:
        runner, new = export.load(journal, path, name=name)
        told: dict[str, Any] = {"runner": fields_of(runner), "new": new}
        words = f"{path}: {new} new entries for {runner.name}."
    elif schema == share.SCHEMA:
        opened_share = share.open_share(journal, path, name=name)
        told = share.described(opened_share)
        who = ", ".join(f"{count} by {by}" for by, count in opened_share.new.items()) or "none"
        words = f"{path}: new entries for {opened_share.runner.name}: {who}."
        if opened_share.refused:
            words += f" {opened_share.refused} that claim to be the runner's own were left out."
    else:
        raise ArchiveInvalid(f"{path} is a '{schema}'; a backup is put back by 'gerdy restore'.")
    if as_json:
        print_json({"schema": "gerdy/import-archive/1", "file": str(path), "kind": schema} | told)
    else:
        typer.echo(words)


def _without_paths(journal: Store, runner: str, *, discard: bool, yes: bool, as_json: bool) -> None:
    from gerdy.errors import JournalError
    from gerdy.journal.erase import discard_originals

    if not discard:
        raise typer.BadParameter("name a file, a folder or an export", param_hint="PATHS")
    if not yes:
        raise JournalError(
            "Nothing was discarded. Without its original a run cannot be computed again; "
            "'gerdy import --discard-originals --yes' discards all that are kept."
        )
    gone = discard_originals(journal, journal.runner(runner))
    if as_json:
        print_json({"schema": "gerdy/discard-originals/1", "discarded": gone})
    else:
        typer.echo(f"{gone} originals discarded; the runs stay but can no longer be computed again.")


@dataclass(frozen=True)
class _Answers:
    """What the person at the keyboard said about runs that an import left open."""

    same: tuple[str, ...]
    different: tuple[str, ...]
    dates: tuple[str, ...]


def _resolve(journal: Store, runner: Runner, answers: _Answers, wishes: Wishes, *, as_json: bool) -> None:
    from gerdy.journal.moments import parse_when
    from gerdy.journal.resolve import give_date, open_questions, settle
    from gerdy.records import to_json

    answered = [settle(journal, runner, one, same=True, by=wishes.by) for one in answers.same]
    answered += [settle(journal, runner, one, same=False, by=wishes.by) for one in answers.different]
    for pair in answers.dates:
        entry_id, _, text = pair.partition("=")
        start = parse_when(text or "?", journal.clock(), wishes.zone)
        answered.append(give_date(journal, runner, entry_id, start, by=wishes.by))
    if not (answered or as_json) and sys.stdin.isatty():
        answered = _ask_each(journal, runner, wishes)
    left = open_questions(journal, runner)
    if as_json:
        rows = {"resolved": [to_json(run) for run in answered], "open": [to_json(run) for run in left]}
        print_json({"schema": "gerdy/resolve/1"} | rows)
        return
    _say(answered, left)


def _ask_each(journal: Store, runner: Runner, wishes: Wishes) -> list[Run]:
    """Ask about every open run in a terminal; an empty answer leaves it open."""
    from gerdy.cli.journal_entries import line_of
    from gerdy.journal.moments import parse_when
    from gerdy.journal.resolve import give_date, open_questions, settle

    answered = []
    for run in open_questions(journal, runner):
        typer.echo(line_of(run))
        if run.duplicate_of:
            typer.echo(f"    perhaps {line_of(journal.entry(runner.id, run.duplicate_of))}")
            said = typer.prompt("    the same run? yes, no, Enter to leave it", default="", show_default=False).lower()
            if said[:1] in {"y", "n"}:
                answered.append(settle(journal, runner, run.id, same=said[0] == "y", by=wishes.by))
        elif said := typer.prompt("    when? Enter to leave it", default="", show_default=False).strip():
            start = parse_when(said, journal.clock(), wishes.zone)
            answered.append(give_date(journal, runner, run.id, start, by=wishes.by))
    return answered


def _say(answered: list[Run], left: list[Run]) -> None:
    from gerdy.cli.journal_entries import line_of

    for run in answered:
        typer.echo(f"resolved: {line_of(run)}")
    for run in left:
        typer.echo(line_of(run))
        if run.duplicate_of:
            typer.echo(
                f"    perhaps the same as {run.duplicate_of}: gerdy import --same {run.id}  or  --different {run.id}"
            )
        else:
            typer.echo(f"    no date: gerdy import --date {run.id}=2024-05-01T07:30")
    if not left:
        typer.echo("Nothing is open.")
