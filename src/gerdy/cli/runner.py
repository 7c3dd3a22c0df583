"""``gerdy runner``: whose journals are here."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from gerdy.cli.journal_options import AsJson, StoreFolder, opened
from gerdy.cli.output import print_json

app = typer.Typer(help="List, add or rename runners.", no_args_is_help=True)


@app.command("list")
def list_runners(store: StoreFolder = None, as_json: AsJson = False) -> None:
    """List the runners whose journals are here."""
    with opened(store, create=False) as journal:
        rows: list[dict[str, Any]] = [
            {
                "id": one.id,
                "name": one.name,
                "created_at": one.created_at or None,
                "shared_from": one.shared_from or None,
                "entries": len(journal.chain(one.id)),
            }
            for one in journal.runners()
        ]
    if as_json:
        print_json({"schema": "gerdy/runner/1", "runners": rows})
        return
    for row in rows:
        shared = f", shared by {row['shared_from']}" if row["shared_from"] else ""
        typer.echo(f"{row['name']}: {row['entries']} entries{shared}  (id {row['id']})")


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="A name; a nickname is enough.")],
    store: StoreFolder = None,
    as_json: AsJson = False,
) -> None:
    """Add a runner."""
    with opened(store, create=True) as journal:
        made = journal.add_runner(name)
    if as_json:
        print_json({"schema": "gerdy/runner/1", "runners": [{"id": made.id, "name": made.name, "entries": 0}]})
        return
    typer.echo(f"{made.name} is in the journal; enter with --runner {made.name}.")


@app.command("rename")
def rename(
    old: Annotated[str, typer.Argument(help="The name now.")],
    new: Annotated[str, typer.Argument(help="The name from now on.")],
    store: StoreFolder = None,
) -> None:
    """Rename a runner; entries stay as they are."""
    with opened(store, create=False) as journal:
        journal.rename_runner(journal.runner(old), new)
    typer.echo(f"{old} is now called {new}.")
