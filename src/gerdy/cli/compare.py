"""``gerdy compare A [B]``: what changed between two occasions, or between the sides of one."""

from __future__ import annotations

from pathlib import Path

import typer

from gerdy.cli.output import print_json


def compare(
    a: Path = typer.Argument(..., help="A folder that 'gerdy analyze --out' wrote."),
    b: Path | None = typer.Argument(None, help="The later or other one; without it, right is set against left."),
    across_runners: bool = typer.Option(False, "--across-runners", help="Allow two different runners."),
    out: Path | None = typer.Option(None, "--out", help="Folder for the page and its document."),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Show what changed by more than error, measure by measure and band by band."""
    from gerdy.pipelines.compare import compare as run
    from gerdy.report.comparison import print_comparison, write_comparison

    found = run(a, b, across_runners=across_runners)
    if out:
        write_comparison(found, out)
    if as_json:
        print_json(found.to_json())
    else:
        print_comparison(found, out)
