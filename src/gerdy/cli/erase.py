"""``gerdy erase``: a runner, without a trace."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from gerdy.cli.journal_options import AsJson, StoreFolder, opened
from gerdy.cli.output import print_json


def erase(
    runner: Annotated[str, typer.Option("--runner", help="Whom to erase.")],
    yes: Annotated[bool, typer.Option("--yes", help="Erase without asking.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    store: StoreFolder = None,
    as_json: AsJson = False,
) -> None:
    """Erase a runner: entries, originals, quarantine, cache and automatic copies; others stay whole."""
    from gerdy.journal.erase import erase as wipe
    from gerdy.journal.erase import refuse_unless_sure, what_would_go

    with opened(store, create=False) as journal:
        person = journal.runner(runner)
        told = what_would_go(journal, person)
        if not dry_run:
            if not yes and sys.stdin.isatty():
                typer.echo(_words(told, "would go"))
                yes = typer.prompt(f"Type the name '{person.name}' to erase", default="") == person.name
            refuse_unless_sure(sure=yes, runner=person)
            told = wipe(journal, person)
    if as_json:
        print_json({"schema": "gerdy/erase/1", "erased": not dry_run} | told)
        return
    typer.echo(_words(told, "would go" if dry_run else "are gone"))
    if not dry_run:
        typer.echo("Backups, exports and shares that were written elsewhere are yours to delete.")


def _words(told: dict[str, object], verb: str) -> str:
    copies = told["copies"]
    count = len(copies) if isinstance(copies, list) else 0
    return f"{told['entries']} entries, {told['files']} files and {count} automatic copies {verb}."
