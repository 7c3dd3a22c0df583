"""``gerdy explain WHAT [SHEET]``: the reasons of a decision, or of a rule, contributor, test or link in general."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import typer

from gerdy.cli.output import print_json


def explain(
    what: str = typer.Argument(..., help="A rule (R-016), contributor (C1), test, red flag or link; or 'all'."),
    sheet: Path | None = typer.Argument(None, help="A sheet or stored assessment, for this runner's decisions."),
    motion: Path | None = typer.Option(None, help="The JSON of 'gerdy analyze'."),
    as_json: bool = typer.Option(False, "--json", help="Print as JSON."),
) -> None:
    """Say what was decided and why: reasons, what the rule saw, grade, directness and sources."""
    from gerdy.chain.explain import explain_decisions, explain_thing, lines_of
    from gerdy.cli.assessment_files import judged_file
    from gerdy.programme.rules import RULES, explained

    if sheet is None:
        entries = [explain_thing(what, explained, RULES)]
    else:
        entries = explain_decisions(judged_file(sheet, motion, dt.datetime.now().astimezone()), what)
    if as_json:
        print_json({"schema": "gerdy/explain/1", "entries": entries})
        return
    for entry in entries:
        for line in lines_of(entry):
            typer.echo(line)
