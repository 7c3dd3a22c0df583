"""A plan, and today, on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from gerdy.report.day_words import date_words, day_words
from gerdy.report.plan_words import PROMISE, days_of, headline, sections

if TYPE_CHECKING:
    from pathlib import Path

    from gerdy.pipelines.programme import Programme
    from gerdy.pipelines.today import Today
    from gerdy.programme.suggest import SuggestedWeek
    from gerdy.report.plan_words import Day


def print_plan(found: Programme, *, kept: bool, out: Path | None) -> None:
    """Print the week day by day, then why, what was left out and what is open."""
    console = Console(highlight=False)
    first, second = headline(found)
    console.print(Text(first, "bold"))
    console.print(Text(second))
    for number, week in enumerate(found.weeks):
        if number:
            console.print(Text(f"\nSketch, if every run before is green: week of {date_words(week.starts)}", "bold"))
        console.print()
        console.print(_table(week))
    for title, lines in sections(found):
        _list(console, title, lines)
    console.print()
    console.print(Text(PROMISE, "dim"))
    for line in _after(found, kept=kept, out=out):
        console.print(Text(line), soft_wrap=True)


def print_today(found: Today) -> None:
    """Print the three answers."""
    console = Console(highlight=False)
    console.print(Text(f"{found.runner}: {day_words(found.now)} {found.now.year}", "bold"))
    _list(console, "How is it?", found.how)
    _list(console, "What do I do now?", found.do)
    _list(console, f"May I run tomorrow? {found.tomorrow.outcome.capitalize()}.", found.tomorrow.says)


def _table(week: SuggestedWeek) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, style="dim")
    table.add_column()
    for day in days_of(week):
        _add(table, day)
    return table


def _add(table: Table, day: Day) -> None:
    if not day.parts:
        table.add_row(Text(day_words(day.date), "bold"), "", Text("rest", "dim"))
    for number, part in enumerate(day.parts):
        name = Text("" if number else day_words(day.date), "bold")
        what = Table.grid(padding=(0, 1, 0, 0))
        what.add_row(Text(part.title))
        for line in part.lines:
            what.add_row(_indented(line))
        table.add_row(name, part.when, what)


def _indented(line: str) -> Table:
    """Return a line whose wrapped rest stays under its beginning."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_row(" ", Text(line))
    return grid


def _list(console: Console, title: str, lines: tuple[str, ...]) -> None:
    console.print(Text(f"\n{title}", "bold"))
    grid = Table.grid(padding=(0, 1, 0, 0))
    for line in lines:
        grid.add_row(" ·", Text(line))
    console.print(grid)


def _after(found: Programme, *, kept: bool, out: Path | None) -> tuple[str, ...]:
    new = sum(found.changed)
    said = "Nothing changed since the last version." if not new else f"Kept in the journal: {new} new version(s)."
    lines = [said] if kept else ["Not kept in the journal (--no-save)."]
    lines += [] if out is None else [f"Written: {out}"]
    return (*lines, "Why a rule says so: gerdy explain R-062. Today: gerdy today.")
