"""``gerdy simulate``: two years of virtual runners under three strategies."""

from __future__ import annotations

from pathlib import Path

import typer

from gerdy.cli.output import print_json, progress


def simulate(
    seed: int = typer.Option(1, min=0, help="The same seed gives the same bytes."),
    runners: int = typer.Option(2000, help="How many virtual runners."),
    out: Path | None = typer.Option(None, help="Folder for the page and the numbers."),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Illustrate rest, stopping and maintaining over two years; an illustration, not evidence."""
    from gerdy.pipelines.simulation import illustrate, to_json
    from gerdy.report.simulation_words import first_page

    with progress() as bars:
        task = bars.add_task("Two years under three strategies", total=2 if out else 1)
        found = illustrate(runners, seed)
        bars.advance(task)
        if out is not None:
            from gerdy.report.simulation_write import write_simulation

            write_simulation(found, out)
            bars.advance(task)
    if as_json:
        print_json(to_json(found))
        return
    for sentence in first_page(found):
        typer.echo(sentence)
    if out is not None:
        typer.echo(f"Written: {out / 'simulation.html'}")
