"""``gerdy backup``: the whole journal in one file."""

from __future__ import annotations

import typer

from gerdy.cli.journal_options import AsJson, Overwrite, StoreFolder, To, opened, refuse_overwriting
from gerdy.cli.output import print_json


def backup(to: To, overwrite: Overwrite = False, store: StoreFolder = None, as_json: AsJson = False) -> None:
    """Write all runners with their originals; 'gerdy restore' puts it back, also on another machine."""
    from gerdy.journal.backup import backup as write

    with opened(store, create=False) as journal:
        refuse_overwriting(to, overwrite=overwrite)
        manifest = write(journal, to)
    if as_json:
        print_json(manifest | {"file": str(to)})
        return
    typer.echo(f"{len(manifest['runners'])} runners are in {to}. Keep it on another disk.")
