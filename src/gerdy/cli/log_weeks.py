"""``gerdy log wishes, assessment, screen``: the runner's weeks, tests and safety answers."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from gerdy.cli.journal_entries import head_of, keep
from gerdy.cli.journal_options import AsJson, EnteredBy, RunnerName, StoreFolder, Zone, opened, runner_for_writing
from gerdy.cli.log import When

if TYPE_CHECKING:
    from collections.abc import Callable


def wishes(
    file: Annotated[
        Path | None, typer.Argument(help="A YAML file with all wishes; else only what the options say changes.")
    ] = None,
    day: Annotated[
        list[str] | None, typer.Option("--day", help='A weekday, for example "mon 45", "tue 15 run 90", "wed 60 gym".')
    ] = None,
    equipment: Annotated[str | None, typer.Option(help="What there is, for example step,band,dumbbell.")] = None,
    weekly_km: Annotated[float | None, typer.Option(min=0, help="Kilometres of a usual week, as the goal.")] = None,
    long_run_km: Annotated[float | None, typer.Option(min=0, help="The long run that is the goal.")] = None,
    long_run_day: Annotated[str | None, typer.Option(help="Weekday of the long run.")] = None,
    keep_free: Annotated[list[str] | None, typer.Option("--keep-free", help="A date without any session.")] = None,
    race: Annotated[list[str] | None, typer.Option("--race", help='A race: "2026-10-10 autumn ten 10 km".')] = None,
    when: When = "",
    runner: RunnerName = "me",
    by: EnteredBy = "me",
    zone: Zone = "",
    store: StoreFolder = None,
    as_json: AsJson = False,
) -> None:
    """Enter the runner's weeks; an option changes only what it names: gerdy log wishes --day "wed 60 gym"."""
    from gerdy.journal.wish_words import (
        check_equipment,
        parse_date,
        parse_day,
        parse_race,
        parse_weekday,
        read_wishes,
        with_days,
    )
    from gerdy.records import Wishes

    changed: dict[str, Any] = {} if file is None else read_wishes(file)
    said = {
        "equipment": None if equipment is None else check_equipment(equipment.split(",")),
        "weekly_km": weekly_km,
        "long_run_km": long_run_km,
        "long_run_weekday": None if long_run_day is None else parse_weekday(long_run_day),
        "keep_free": tuple(parse_date(text) for text in keep_free) if keep_free else None,
        "races": tuple(parse_race(text) for text in race) if race else None,
    }
    changed |= {name: item for name, item in said.items() if item is not None}
    days = [parse_day(text) for text in day or ()]
    if not changed and not days:
        raise typer.BadParameter('nothing was wished; give a FILE, or for example --day "mon 45"', param_hint="FILE")
    with opened(store, create=True) as journal:
        head = head_of(journal, runner, by, when, zone, "")
        before = [one for one in journal.records(head["runner_id"], kinds=("wishes",)) if isinstance(one, Wishes)]
        last = before[-1] if before and file is None else Wishes(**head, days=())
        keep(journal, [with_days(replace(last, **head, **changed), days)], as_json=as_json)


def assessment(
    sheet: Annotated[Path, typer.Argument(help="A sheet of tests (YAML, CSV) or a stored assessment (JSON).")],
    runner: RunnerName = "me",
    store: StoreFolder = None,
    as_json: AsJson = False,
) -> None:
    """Keep an assessment in the journal, where the plan and the outlook find it: gerdy log assessment sheet.yaml."""
    from gerdy.assess.files import read_assessment

    with opened(store, create=True) as journal:
        owner = runner_for_writing(journal, runner)
        entry = replace(read_assessment(sheet, journal.clock()), runner_id=owner.id, id=journal.new_id())
        keep(journal, [entry], as_json=as_json)


def screen(
    all_no: Annotated[
        bool, typer.Option("--all-no", help="Every safety question was read, and what --yes does not name is no.")
    ] = False,
    yes: Annotated[
        list[str] | None, typer.Option("--yes", help="A safety question that is yes, or a number: missed_periods=3.")
    ] = None,
    questions: Annotated[bool, typer.Option("--questions", help="Only print the questions.")] = False,
    when: When = "",
    runner: RunnerName = "me",
    by: EnteredBy = "me",
    zone: Zone = "",
    store: StoreFolder = None,
    as_json: AsJson = False,
) -> None:
    """Answer the safety questions again: every 14 days, every 90 in maintenance, and after any new symptom."""
    from gerdy.assess.catalogue import red_flags
    from gerdy.assess.entries import assessment_from

    if questions:
        for flag in red_flags().values():
            typer.echo(f"{flag.key}: {flag.text}" + (f" [{flag.unit}]" if flag.unit else ""))
        return
    if not all_no:
        raise typer.BadParameter(
            "read the questions first (--questions), then say --all-no, with --yes for each that is not",
            param_hint="'--all-no'",
        )
    said = dict(pair.partition("=")[::2] for pair in yes or ())
    answers = {key: _answer(number) for key, number in said.items()}
    with opened(store, create=True) as journal:
        head = head_of(journal, runner, by, when, zone, "")
        entry = assessment_from({"safety": {**answers, "everything_else": "no"}}, "the screen", head["event_time"])
        keep(journal, [replace(entry, **head)], as_json=as_json)


def _answer(text: str) -> str | float:
    """Return yes where nothing stands behind the name; a word that is no number is refused by the sheet's reader."""
    with suppress(ValueError):
        return float(text)
    return text or "yes"


COMMANDS: Final[dict[str, Callable[..., None]]] = {"wishes": wishes, "assessment": assessment, "screen": screen}
"""The sub-verbs of ``gerdy log`` that this module holds."""
