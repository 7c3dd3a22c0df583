"""``gerdy share``: a runner's journal for a coach or physio, without originals and coordinates."""

from __future__ import annotations

from typing import Annotated

import typer

from gerdy.cli.journal_options import AsJson, EnteredBy, Overwrite, StoreFolder, To, opened, refuse_overwriting
from gerdy.cli.output import print_json


def share(
    runner: Annotated[str, typer.Argument(help="Whose journal.")],
    to: To,
    by: EnteredBy = "me",
    overwrite: Overwrite = False,
    store: StoreFolder = None,
    as_json: AsJson = False,
) -> None:
    """Write report, plan and records; another gerdy opens it with 'gerdy import' and shares back."""
    from gerdy.journal.share import share as write

    with opened(store, create=False) as journal:
        refuse_overwriting(to, overwrite=overwrite)
        manifest = write(journal, journal.runner(runner), to, sender=by)
    if as_json:
        print_json(manifest | {"file": str(to)})
        return
    typer.echo(f"{manifest['entries']} entries of {runner} are in {to}; no originals, no coordinates.")
