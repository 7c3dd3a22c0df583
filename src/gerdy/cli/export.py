"""``gerdy export``: everything of one runner in one file that imports again."""

from __future__ import annotations

import typer

from gerdy.cli.journal_options import AsJson, Overwrite, RunnerName, StoreFolder, To, opened, refuse_overwriting
from gerdy.cli.output import print_json


def export(
    to: To, runner: RunnerName = "me", overwrite: Overwrite = False, store: StoreFolder = None, as_json: AsJson = False
) -> None:
    """Write all of a runner: entries, originals, verdicts and tables; 'gerdy import' takes it in again."""
    from gerdy.journal.export import export as write

    with opened(store, create=False) as journal:
        refuse_overwriting(to, overwrite=overwrite)
        manifest = write(journal, journal.runner(runner), to)
    if as_json:
        print_json(manifest | {"file": str(to)})
        return
    typer.echo(
        f"{manifest['entries']} entries and {manifest['originals']} originals of {manifest['runner']['name']} "
        f"are in {to}. "
        "It holds health data and places; keep it as you would a diary."
    )
