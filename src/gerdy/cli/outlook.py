"""``gerdy outlook``: load against capacity, now and for a planned build."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import typer

from gerdy.cli.output import print_json


def outlook(
    runner: str = typer.Option("me", help="Whose journal."),
    store: Path | None = typer.Option(None, help="The data folder; by default the platform's, or GERDY_HOME."),
    build: Path | None = typer.Option(None, help="Planned weeks (CSV: week, km, strength, longest_km)."),
    weekly_km: list[float] | None = typer.Option(None, help="Kilometres of a week to come; once for each week."),
    strength: float | None = typer.Option(None, help="Strength sessions a week, with --weekly-km."),
    usual_km: float | None = typer.Option(None, help="Kilometres of a week that went well, as the yardstick."),
    every_run_recorded: bool = typer.Option(False, help="A day without a run in the journal was a day of rest."),
    age: int | None = typer.Option(None, help="Age in years; from 60 on two sessions a week hold strength."),
    date: str | None = typer.Option(None, help="The day to look from, as 2026-11-20; by default today."),
    time_zone: str | None = typer.Option(
        None, help="The runner's time zone, as Europe/Vienna; by default this machine's."
    ),
    alarms: bool = typer.Option(False, help="Also say how often the watch spoke and what followed."),
    out: Path | None = typer.Option(None, help="Folder for the page, the picture and the numbers."),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Show the signals of today, load against capacity, and what a planned build would ask."""
    from gerdy.cli.local_time import local_zone
    from gerdy.journal import open_store
    from gerdy.outlook import Question
    from gerdy.pipelines.outlook import outlook_of, read_build, to_json, weeks_from
    from gerdy.report.outlook_terminal import print_outlook
    from gerdy.report.outlook_write import write_outlook

    zone = local_zone(time_zone)
    now = _day(date) if date else dt.datetime.now(zone).date()
    weeks = read_build(build) if build else weeks_from(now + dt.timedelta(days=1), weekly_km or (), strength)
    question = Question(build=weeks, usual_km=usual_km, older=_older(age))
    journal = open_store(store)
    owner = journal.runner(runner)
    answer = outlook_of(journal, owner.id, now, zone, question, every_run_recorded=every_run_recorded, name=owner.name)
    if out is not None:
        write_outlook(answer, out)
    if as_json:
        print_json(to_json(answer))
    else:
        print_outlook(answer, alarms=alarms, out=out)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"'{text}' is no date; write it as 2026-11-20.", param_hint="--date") from error


def _older(age: int | None) -> bool:
    from gerdy import evidence

    return age is not None and age >= evidence.value("house_capacity.older_age")
