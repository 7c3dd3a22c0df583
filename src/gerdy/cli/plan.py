"""``gerdy plan``: what the next week may hold, from the journal, by published rules."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gerdy.cli.journal_options import AsJson, EnteredBy, RunnerName, StoreFolder, Zone, opened
from gerdy.cli.output import print_json, progress

if TYPE_CHECKING:
    from gerdy.journal import Store
    from gerdy.pipelines.programme import Programme


def plan(
    weeks: Annotated[int, typer.Option(min=1, help="How many weeks; those after the first are a sketch.")] = 1,
    from_: Annotated[str, typer.Option("--from", help="A day of the first week; by default this week.")] = "",
    date: Annotated[str, typer.Option(help="The day to look from, as 2026-11-20; by default today.")] = "",
    out: Annotated[
        Path | None, typer.Option(help="A .txt, .html, .ics or .json file, or a folder for all with FIT workouts.")
    ] = None,
    save: Annotated[
        bool, typer.Option("--save/--no-save", help="Keep a changed plan in the journal as its next version.")
    ] = True,
    runner: RunnerName = "me",
    by: EnteredBy = "me",
    zone: Zone = "",
    store: StoreFolder = None,
    as_json: AsJson = False,
) -> None:
    """Suggest the week: exercises, runs, days, and why; refuses after a red flag and says what to do."""
    from gerdy.cli.local_time import zone_of_days
    from gerdy.pipelines.programme import Request, programme_of
    from gerdy.pipelines.programme_json import plan_json
    from gerdy.report.plan_terminal import print_plan

    lives = zone_of_days(zone)
    with opened(store, create=False) as journal, progress() as bars:
        task = bars.add_task("Laying out the week", total=2 if out else 1)
        whose = journal.runner(runner)
        now = day_named(date, "'--date'") if date else dt.datetime.now(lives).date()
        at = journal.clock() if not date else dt.datetime.combine(now, dt.time(12), lives)
        starts = day_named(from_, "'--from'") if from_ else now
        request = Request(now=now, at=at, starts=starts, weeks=weeks, by=by, new_id=journal.new_id)
        found = programme_of(journal, whose.id, lives, request, name=whose.name)
        bars.advance(task)
        if out is not None:
            from gerdy.report.plan_write import write_plan

            write_plan(found, out)
            bars.advance(task)
        if save:
            _keep(journal, found)
    if as_json:
        print_json(plan_json(found))
    else:
        print_plan(found, kept=save, out=out)


def _keep(journal: Store, found: Programme) -> None:
    """Keep each version that asks for something new, and each decision that a person decided otherwise."""
    from gerdy.pipelines.programme import decisions_to_keep

    new = [version for version, changed in zip(found.versions, found.changed, strict=True) if changed]
    if new:
        journal.add(*new, *decisions_to_keep(found, new[0], journal.new_id))


def day_named(text: str, option: str) -> dt.date:
    """Return the date that an option says."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"'{text}' is no date; write it as 2026-11-20", param_hint=option) from error
