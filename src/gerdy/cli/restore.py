"""``gerdy restore``: put a backup back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gerdy.cli.journal_options import AsJson, StoreFolder, opened
from gerdy.cli.output import print_json


def restore(
    file: Annotated[Path, typer.Argument(help="What 'gerdy backup' wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="In place of what is there; a copy is made first.")
    ] = False,
    store: StoreFolder = None,
    as_json: AsJson = False,
) -> None:
    """Put a backup back, whole or not at all."""
    from gerdy.journal.backup import restore as put_back

    with opened(store, create=True) as journal:
        manifest = put_back(journal, file, replace=replace)
        folder = journal.home.root
    if as_json:
        print_json(manifest | {"schema": "gerdy/restore/1", "file": str(file), "folder": str(folder)})
        return
    counts = ", ".join(f"{one['runner']['name']} ({one['entries']} entries)" for one in manifest["runners"])
    typer.echo(f"Restored into {folder}: {counts or 'an empty journal'}.")
