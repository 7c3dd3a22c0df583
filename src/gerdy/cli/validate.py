"""``gerdy validate``: what others found about the band, beside what gerdy computes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from gerdy.cli.output import print_json, progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.band.validation.verdicts import Row
    from gerdy.recordings.data import Problem


def validate(
    recordings: Path | None = typer.Option(
        None, "--recordings", help="Folder of runners: each with a standing trial and running trials at several speeds."
    ),
    draws: int | None = typer.Option(None, "--draws", min=1, help="Believable bands, a power of two; 64 by default."),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Compare the band model with what others found: target, ours, tolerance, source, verdict."""
    from gerdy.pipelines.validate import validate as run

    if draws is not None and draws & (draws - 1):
        raise typer.BadParameter(f"{draws} is no power of two; the draws are balanced only then.", param_hint="--draws")
    with progress() as bars:
        task = bars.add_task("Validating", total=None)
        rows, problems = run(recordings, lambda what: bars.update(task, description=what), draws)
    if as_json:
        print_json(
            {
                "schema": "gerdy/validation/1",
                "rows": [row.to_json() for row in rows],
                "problems": [problem.to_json() for problem in problems],
            }
        )
    else:
        _print(rows, problems)


def _print(rows: Sequence[Row], problems: Sequence[Problem]) -> None:
    from gerdy.report.validation import blocks, cells, summary

    for block, worth, inside in blocks(rows):
        typer.echo(f"\n{block.upper()}\n{worth}\n")
        for row in inside:
            shown = cells(row)
            typer.echo(f"  {shown['id']:<4} {shown['what']}")
            typer.echo(f"       published {shown['published']}; ours {shown['ours']}; tolerance {shown['tolerance']}")
            typer.echo(f"       {shown['source']}")
            typer.echo(f"       {shown['verdict']}")
    typer.echo(f"\n{summary(rows)}")
    for problem in problems:
        typer.echo(f"left out: {problem.where}: {problem.message}")
