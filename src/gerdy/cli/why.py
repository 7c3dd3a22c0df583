"""``gerdy why SHEET``: what may load the band, walked through the chain in plain words."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path

import typer

from gerdy.cli.output import print_json


class WhySide(StrEnum):
    """Which side to walk."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


def why(
    sheet: Path = typer.Argument(..., help="A sheet (YAML, CSV) or a stored assessment (JSON)."),
    motion: Path | None = typer.Option(None, help="The JSON of 'gerdy analyze'."),
    side: WhySide = typer.Option(WhySide.BOTH, help="Walk one side or both."),
    picture: Path | None = typer.Option(None, help="Draw the chain of one side into this SVG or PNG file."),
    as_json: bool = typer.Option(False, "--json", help="Print the walk as JSON."),
) -> None:
    """Say where the chain from foot to band carries load, how sure that is, and which test would tell most."""
    from gerdy.chain.why import why_json, why_text
    from gerdy.cli.assessment_files import judged_file
    from gerdy.errors import VerdictRefused
    from gerdy.quantities import SIDES

    found = judged_file(sheet, motion, dt.datetime.now().astimezone())
    sides = SIDES if side is WhySide.BOTH else tuple(name for name in SIDES if name == side.value)
    if as_json:
        print_json(why_json(found, sides))
        return
    if found.verdict == "locked":
        raise VerdictRefused(why_text(found, sides))
    if picture is not None:
        if len(sides) > 1:
            raise typer.BadParameter("a picture shows one side; add --side left or --side right", param_hint="--side")
        _draw(found, sides[0], picture)
    typer.echo(why_text(found, sides))
    if picture is not None:
        typer.echo(f"Picture in {picture}.")


def _draw(found: object, side: str, out: Path) -> None:
    from gerdy.chain.fill import fill
    from gerdy.chain.picture import save_picture

    save_picture(fill(found, side), out)  # type: ignore[arg-type]
