"""``gerdy assess [SHEET]``: what the tests of a runner show, and what stands before any plan."""

from __future__ import annotations

import datetime as dt
import sys
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer

from gerdy.cli.output import print_json


class Who(StrEnum):
    """Who can do the tests."""

    HOME = "home"
    PARTNER = "partner"
    CLINIC = "clinic"


def assess(
    sheet: Path | None = typer.Argument(None, help="A sheet (YAML, CSV) or a stored assessment (JSON)."),
    blank: Who | None = typer.Option(None, help="Print a blank sheet for home, partner or clinic."),
    ask: bool = typer.Option(False, "--ask", help="Ask at the terminal for what the sheet lacks."),
    compare: Path | None = typer.Option(None, help="An earlier sheet or assessment to compare with."),
    motion: Path | None = typer.Option(None, help="The JSON of 'gerdy analyze', for reserves and running."),
    runner: str | None = typer.Option(None, help="Whose sheet this is; by default what the sheet says, else 'me'."),
    out: Path | None = typer.Option(
        None, help="Where to keep it: a .json record, a .csv sheet, or with --blank a .yaml or .html sheet."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print the answer as JSON."),
) -> None:
    """Read a sheet of tests: safety first, then what stands out beyond measurement error, and what is unknown."""
    from gerdy.assess.answer import answer_json, answer_lines
    from gerdy.assess.compare import compare as compared
    from gerdy.assess.files import read_assessment
    from gerdy.assess.judge import judge
    from gerdy.cli.assessment_files import capacities_for, keep, read_motion

    if blank is not None:
        _print_blank(blank, out)
        return
    now = dt.datetime.now().astimezone()
    assessment = _asked(sheet, now, runner) if ask or sheet is None else read_assessment(sheet, now, runner)
    moved = read_motion(motion)
    found = judge(assessment, today=now.date(), motion=moved, capacities=capacities_for(moved))
    changes = () if compare is None else compared(assessment, read_assessment(compare, now))
    if out is not None:
        keep(assessment, out)
    if as_json:
        print_json(answer_json(found, changes))
        return
    for line in answer_lines(found, changes):
        typer.echo(line)
    if out is not None:
        typer.echo(f"Kept in {out}.")


def _print_blank(who: Who, out: Path | None) -> None:
    from gerdy.assess.blank import blank_html, blank_yaml
    from gerdy.cli.assessment_files import write_text

    page = out is not None and out.suffix.lower() in {".html", ".htm"}
    text = blank_html(who.value) if page else blank_yaml(who.value)
    if out is None:
        typer.echo(text, nl=False)
        return
    write_text(out, text)
    typer.echo(f"Blank sheet in {out}. Fill it in, then: gerdy assess {out}" if not page else f"Page in {out}.")


def _asked(sheet: Path | None, now: dt.datetime, runner: str | None) -> Any:
    from gerdy.assess.ask import ask
    from gerdy.assess.entries import assessment_from
    from gerdy.assess.files import read_table

    if not sys.stdin.isatty():
        raise typer.BadParameter(
            "there is no terminal to ask at; give a SHEET, or print one with --blank home", param_hint="SHEET"
        )
    table = {} if sheet is None else read_table(sheet)
    typer.echo("Safety first. Enter yes or no; leave it empty to skip.")
    ask(table, lambda text: str(typer.prompt(text, default="", show_default=False, prompt_suffix="")), typer.echo)
    return assessment_from(table, sheet.name if sheet else "what you entered", now, runner)
