"""How the journal's verbs make, keep and print entries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import typer

from gerdy.cli.journal_options import runner_for_writing, zone_named
from gerdy.cli.output import print_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from gerdy.journal import Runner, Store
    from gerdy.records import Entry


def asked(question: str) -> float | None:
    """Ask for a number in a terminal; an empty answer is *not recorded*."""
    answer = typer.prompt(question, default="", show_default=False).strip()
    try:
        return float(answer) if answer else None
    except ValueError as error:
        raise typer.BadParameter(f"'{answer}' is no number") from error


def head_of(journal: Store, runner: str, by: str, when: str, zone: str, corrects: str) -> dict[str, Any]:
    """Return what every entry carries: id, whose, when, by whom, and what it corrects."""
    owner: Runner = runner_for_writing(journal, runner)
    moment: datetime | None = moment_of(journal, when, zone)
    if corrects and not when:
        # A correction that says nothing about the time is about the time of what it corrects.
        moment = journal.entry(owner.id, corrects).event_time
    return {
        "id": journal.new_id(),
        "runner_id": owner.id,
        "event_time": moment,
        "entered_at": journal.clock(),
        "by": by,
        "corrects": corrects or None,
    }


def moment_of(journal: Store, when: str, zone: str) -> datetime:
    """Return the moment that was said, in the named zone."""
    from gerdy.journal.moments import parse_when

    return parse_when(when, journal.clock(), zone_named(zone))


def keep(journal: Store, entries: list[Entry], *, as_json: bool) -> None:
    """Add entries and print them."""
    corrected = entries[0].corrects
    if corrected is not None and entries[0].kind != "note":
        # A correction keeps what the runner did not say again: the original, its laps and its terrain.
        entries[0] = _completed(journal, entries[0], corrected)
    journal.add(*entries)
    print_entries(entries, as_json=as_json)


def _completed(journal: Store, entry: Entry, corrected: str) -> Entry:
    from gerdy.records import RunStatus

    before = journal.entry(entry.runner_id, corrected)
    if type(before) is not type(entry):
        return entry
    kept = {
        name: getattr(before, name)
        for name in entry.__dataclass_fields__
        if name not in {"id", "entered_at", "by", "corrects"} and getattr(entry, name) in (None, (), {}, "")
    }
    status = getattr(before, "status", None)
    if status is not None and not (status == RunStatus.NEEDS_DATE and entry.event_time is not None):
        kept["status"] = status
    return replace(entry, **kept)


def print_entries(entries: list[Entry], *, as_json: bool) -> None:
    """Print entries as JSON or as one line each."""
    from gerdy.records import to_json

    if as_json:
        print_json({"schema": "gerdy/log/1", "entries": [to_json(entry) for entry in entries]})
        return
    for entry in entries:
        typer.echo(line_of(entry))


def line_of(entry: Entry) -> str:
    """Return one line for a person: day, kind, what was recorded, id."""
    day = f"{entry.event_time:%Y-%m-%d %H:%M}" if entry.event_time else "no date         "
    by = "" if entry.by == "me" else f", by {entry.by}"
    return f"{day}  {entry.kind:<9} {_words(entry)}{by}  [{entry.id}]"


def _words(entry: Entry) -> str:
    words: dict[str, Callable[[Any], str]] = {
        "run": _run_words,
        "pain": lambda e: f"{e.score:g} of 10 {e.moment.value}, {e.place}, side {e.side.value}",
        "strength": lambda e: f"{len(e.sets)} sets of {', '.join(sorted({one.exercise_id for one in e.sets}))}",
        "morning": lambda e: f"stairs down {e.stairs_down:g} of 10, side {e.side.value}",
        "check-in": lambda e: "answers" if e.sleep_h is None else f"sleep {e.sleep_h:g} h",
        "note": lambda e: e.text,
        "wishes": lambda e: f"{len(e.days)} days of the week, {', '.join(e.equipment) or 'no equipment'}",
        "assessment": lambda e: f"{len(e.results)} test results",
        "discharge": lambda e: e.told or f"{len(e.results)} test results",
        "clearance": lambda e: f"opens {', '.join(e.opens)}: {e.who}, {e.profession}; examined {e.examined}",
        "override": lambda e: f"{e.gate} → {e.to}, {e.role.value}: {e.reason}",
        "opt-out": lambda e: e.reason or "the programme ends here",
        "plan": lambda e: f"{e.phase}, version {e.version}, {e.starts} to {e.ends}",
        "decision": lambda e: f"{e.decision.rule}: {e.decision.outcome}",
    }
    return words[entry.kind](entry) if entry.kind in words else ""


def _run_words(run: Any) -> str:
    km = "distance not recorded" if run.distance_m is None else f"{run.distance_m / 1000:.2f} km"
    seconds = run.moving_s if run.moving_s is not None else run.elapsed_s
    time = "time not recorded" if seconds is None else f"{seconds / 60:.0f} min"
    return f"{km}, {time}" + ("" if run.status == "counted" else f", {run.status.value}, not counted")
