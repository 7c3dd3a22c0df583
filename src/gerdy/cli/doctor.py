"""``gerdy doctor``: whether the journal is whole."""

from __future__ import annotations

import typer

from gerdy.cli.journal_options import AsJson, StoreFolder, opened
from gerdy.cli.output import print_json


def doctor(store: StoreFolder = None, as_json: AsJson = False) -> None:
    """Check pages, chains and originals; exit code 1 when something is wrong."""
    from gerdy import __version__
    from gerdy.journal.doctor import examine

    with opened(store, create=False) as journal:
        checks = list(examine(journal, __version__))
    well = all(check.ok for check in checks)
    if as_json:
        print_json({"schema": "gerdy/doctor/1", "ok": well, "checks": [check.to_json() for check in checks]})
    else:
        for check in checks:
            typer.echo(f"{'ok   ' if check.ok else 'WRONG'}  {check.name}: {check.detail}")
    if not well:
        if not as_json:
            typer.echo("Put your last backup back with 'gerdy restore', into an empty folder first.", err=True)
        raise typer.Exit(1)
