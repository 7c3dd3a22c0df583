"""The analysis on a terminal: one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from gerdy.band.attribution_words import lines
from gerdy.pipelines.analysis import SIDE_KEYS
from gerdy.report.first_page import first_page
from gerdy.report.words import WORDS, with_spread

if TYPE_CHECKING:
    from pathlib import Path

    from gerdy.pipelines.analysis import Analysis


def print_analysis(found: Analysis, out: Path | None) -> None:
    """Print what was measured, what stands out, what is unknown, and where the report is."""
    console = Console(highlight=False)
    page = first_page(found)
    for sentence in page.measured:
        console.print(sentence)
    console.print(_table(found))
    _list(console, "What stands out beyond error", page.stands_out or ("Nothing.",))
    for side, shares in found.attributions.items():
        _list(console, f"What is loading the {side} band", lines(shares))
    _list(console, "What is unknown", page.unknown or ("Nothing that this recording could have shown.",))
    if found.problems:
        noticed = "One thing was" if len(found.problems) == 1 else f"{len(found.problems)} things were"
        console.print(f"\n{noticed} noticed in the files: see the report or --json.")
    if out:
        console.print(f"\nReport: {out / 'report.html'}", soft_wrap=True)
    else:
        console.print("\nFor the report with pictures and tables add: --out FOLDER")


def _table(found: Analysis) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    table.add_column("unit")
    shown = [(side, result) for side, result in found.sides.items() if result]
    for side, result in shown:
        table.add_column(f"{side} (n = {result.strides})", justify="right")
    for key in SIDE_KEYS:
        word = WORDS[key]
        table.add_row(word.name, word.unit, *(with_spread(result.values.get(key), word) for _, result in shown))
    return table


def _list(console: Console, title: str, sentences: tuple[str, ...]) -> None:
    console.print(f"\n[bold]{title}[/bold]")
    for sentence in sentences:
        console.print(f"  · {sentence}", markup=False)
