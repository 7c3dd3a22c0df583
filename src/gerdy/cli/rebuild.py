"""``gerdy rebuild``: compute every imported run again from its original."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from gerdy.cli.journal_options import AsJson, RunnerName, StoreFolder, opened
from gerdy.cli.output import print_json, progress


def rebuild(
    check: Annotated[bool, typer.Option("--check", help="Only compare; correct nothing.")] = False,
    runner: RunnerName = "me",
    store: StoreFolder = None,
    as_json: AsJson = False,
) -> None:
    """Compute runs again; one that comes out differently gets a correction, the old one stays in the history."""
    from gerdy.journal.rebuild import rebuild as again

    with opened(store, create=False) as journal, progress() as bars:
        task = bars.add_task("rebuilding", total=None)
        found = again(
            journal,
            journal.runner(runner),
            keep=not check,
            seen=lambda done, total: bars.update(task, completed=done, total=total),
        )
    if as_json:
        print_json({"schema": "gerdy/rebuild/1", "runs": [one.to_json() for one in found]})
        return
    for one in found:
        if one.outcome != "identical":
            typer.echo(f"{one.outcome}: {one.entry}: {one.reason or ', '.join(one.fields)}")
    counts = Counter(one.outcome for one in found)
    typer.echo(", ".join(f"{count} {name}" for name, count in sorted(counts.items())) or "No imported run.")
