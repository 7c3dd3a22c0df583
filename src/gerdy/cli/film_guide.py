"""``gerdy film-guide``: how to film a runner, on one page."""

from __future__ import annotations

from pathlib import Path

import typer


def film_guide(
    out: Path | None = typer.Option(None, help="Write the page with drawings to this HTML file, for printing."),
) -> None:
    """Say how to film a runner so that the film can be measured."""
    from gerdy.recordings.files import whole_file
    from gerdy.report.film_guide import guide_html, guide_text

    if out is None:
        typer.echo(guide_text())
        typer.echo("\nFor the page with drawings add: --out guide.html")
        return
    with whole_file(out) as draft:
        draft.write_text(guide_html(), encoding="utf-8")
    typer.echo(f"The guide is in {out}.")
