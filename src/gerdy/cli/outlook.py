"""``gerdy outlook``: load against capacity, now and for a planned build."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from gerdy.cli.journal_options import AsJson, RunnerName, StoreFolder, Zone, opened
from gerdy.cli.output import print_json, progress


def outlook(
    build: Annotated[Path | None, typer.Option(help="Planned weeks (CSV: week, km, strength, longest_km).")] = None,
    weekly_km: Annotated[
        list[float] | None, typer.Option(min=0, help="Kilometres of a week to come; once for each week.")
    ] = None,
    strength: Annotated[float | None, typer.Option(min=0, help="Strength sessions a week, with --weekly-km.")] = None,
    usual_km: Annotated[
        float | None, typer.Option(min=1, help="Kilometres of a week that went well, as the yardstick.")
    ] = None,
    every_run_recorded: Annotated[
        bool, typer.Option("--every-run-recorded", help="A day without a run in the journal was a day of rest.")
    ] = False,
    age: Annotated[int | None, typer.Option(min=18, help="Years; changes what holds strength.")] = None,
    date: Annotated[str, typer.Option(help="The day to look from, as 2026-11-20; by default today.")] = "",
    alarms: Annotated[bool, typer.Option("--alarms", help="Also say how often the watch spoke in vain.")] = False,
    out: Annotated[Path | None, typer.Option(help="Folder for the page, the picture and the numbers.")] = None,
    runner: RunnerName = "me",
    zone: Zone = "",
    store: StoreFolder = None,
    as_json: AsJson = False,
) -> None:
    """Show the signals of today, load against capacity, and what a planned build would ask."""
    from gerdy.cli.local_time import zone_of_days
    from gerdy.outlook import Question
    from gerdy.pipelines.outlook import outlook_of, read_build, to_json, weeks_from
    from gerdy.report.outlook_terminal import print_outlook

    if build is not None and weekly_km:
        raise typer.BadParameter("give --build or --weekly-km, not both", param_hint="'--weekly-km'")
    lives = zone_of_days(zone)
    now = _day(date) if date else dt.datetime.now(lives).date()
    weeks = read_build(build) if build else weeks_from(now + dt.timedelta(days=1), weekly_km or (), strength)
    question = Question(build=weeks, usual_km=usual_km, older=_older(age))
    with opened(store, create=False) as journal, progress() as bars:
        task = bars.add_task("Following load and capacity", total=2 if out else 1)
        whose = journal.runner(runner)
        answer = outlook_of(
            journal, whose.id, now, lives, question, every_run_recorded=every_run_recorded, name=whose.name
        )
        bars.advance(task)
        if out is not None:
            from gerdy.report.outlook_write import write_outlook

            write_outlook(answer, out)
            bars.advance(task)
    if as_json:
        print_json(to_json(answer))
    else:
        print_outlook(answer, alarms=alarms, out=out)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"'{text}' is no date; write it as 2026-11-20", param_hint="'--date'") from error


def _older(age: int | None) -> bool:
    from gerdy import evidence

    return age is not None and age >= evidence.value("house_capacity.older_age")
