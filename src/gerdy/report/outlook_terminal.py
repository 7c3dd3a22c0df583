"""The outlook on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from gerdy.report.outlook_words import (
    BUILD_HEAD,
    alarm_sentence,
    build_rows,
    load_sentences,
    today_sentences,
)

if TYPE_CHECKING:
    from pathlib import Path

    from gerdy.pipelines.outlook import Answer


def print_outlook(answer: Answer, *, alarms: bool, out: Path | None) -> None:
    """Print today, load and capacity, and the planned build."""
    console = Console(highlight=False, soft_wrap=True)
    for sentence in (*today_sentences(answer.found), "", *load_sentences(answer.found)):
        console.print(sentence, markup=False)
    if rows := build_rows(answer.found):
        table = Table(*BUILD_HEAD, box=None, pad_edge=False)
        for row in rows:
            table.add_row(*row)
        console.print()
        console.print(table)
    if alarms:
        console.print("\n" + alarm_sentence(answer.found), markup=False)
    if out is not None:
        console.print(f"\nWritten: {out / 'outlook.html'}", markup=False)
