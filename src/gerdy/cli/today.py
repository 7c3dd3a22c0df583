"""``gerdy today``: how it is, what to do now, and whether a run may be tomorrow."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from gerdy.cli.journal_options import AsJson, RunnerName, StoreFolder, Zone, opened
from gerdy.cli.output import print_json


def today(
    date: Annotated[str, typer.Option(help="Another day than today, as 2026-11-20.")] = "",
    runner: RunnerName = "me",
    zone: Zone = "",
    store: StoreFolder = None,
    as_json: AsJson = False,
) -> None:
    """Say how it is, what to do now, and whether a run may be tomorrow, each with its reasons."""
    from gerdy.cli.local_time import zone_of_days
    from gerdy.cli.plan import day_named
    from gerdy.pipelines.programme_json import today_json
    from gerdy.pipelines.today import today_of
    from gerdy.report.plan_terminal import print_today

    lives = zone_of_days(zone)
    now = day_named(date, "'--date'") if date else dt.datetime.now(lives).date()
    with opened(store, create=False) as journal:
        whose = journal.runner(runner)
        found = today_of(journal, whose.id, lives, now, name=whose.name)
    if as_json:
        print_json(today_json(found))
    else:
        print_today(found)
