"""``gerdy evidence``: every number with its source, grade and certainty."""

from __future__ import annotations

import typer

from gerdy.cli.output import print_json


def evidence(
    key: str = typer.Argument("", help="One key or the beginning of several, for example 'orchard1996'."),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """List what gerdy knows about bodies: value, unit, source, grade and what it does not say."""
    from dataclasses import asdict

    from gerdy.errors import UnknownKey
    from gerdy.evidence import registry

    book = registry()
    found = [item for name, item in book.entries.items() if name.startswith(key)]
    if not found:
        raise UnknownKey(key, book.entries)
    if as_json:
        print_json({"schema": "gerdy/evidence/1", "entries": [asdict(item) for item in found]})
        return
    for item in found:
        typer.echo(f"{item.key} = {item.printed()}  [grade {item.grade}, {item.directness}, {item.certainty}]")
        reported = "as reported by others: " if item.certainty == "secondary" else ""
        where = f" ({item.where})" if item.where else ""
        typer.echo(f"    {reported}{book.sources[item.source].citation()}{where}")
        if item.reason:
            typer.echo(f"    reason: {item.reason}")
        typer.echo(f"    does not say: {item.does_not_say}")
