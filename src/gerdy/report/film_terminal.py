"""The analysis of films on a terminal: one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from gerdy.quantities import SIDES
from gerdy.report.film_band_words import BAND_SENTENCES, band_rows, band_shown
from gerdy.report.film_page import film_sentences
from gerdy.report.film_words import SHOWN, with_error
from gerdy.report.words import WORDS, with_spread

if TYPE_CHECKING:
    from pathlib import Path

    from gerdy.pipelines.film_analysis import FilmAnalysis
    from gerdy.pipelines.film_tests import FilmTest


def print_film_analysis(found: FilmAnalysis, out: Path | None) -> None:
    """Print what was measured, how sure it is, what is unknown, and where the report is."""
    console = Console(highlight=False)
    for sentence in film_sentences(found):
        console.print(sentence, markup=False)
    console.print(_table(found))
    console.print("± is one standard error, with joints set off their place, perspective and the camera's roll in it.")
    if band_shown(found):
        console.print(_band_table(found))
        for sentence in BAND_SENTENCES:
            console.print(sentence)
    for problem in found.problems:
        console.print(f"  · {problem.message}", markup=False)
    unknown = dict.fromkeys(why for side in SIDES for why in found.sides[side].missing.values())
    console.print("\n[bold]What is unknown[/bold]")
    for why in unknown:
        console.print(f"  · {why}", markup=False)
    if out:
        console.print(f"\nReport: {out / 'report.html'}", soft_wrap=True)
    else:
        console.print("\nFor the report with stills and the annotated film add: --out FOLDER")


def print_film_test(found: FilmTest) -> None:
    """Print the points of one test, what they were made of, and how to write them into an assessment."""
    console, score = Console(highlight=False), found.score
    name = score.test.replace("_", " ")
    console.print(f"{found.name}: {name}, {score.side} leg, {score.repetitions} seen, from the {found.scene.view}.")
    table = Table(box=None, pad_edge=False)
    for title in ("", "value"):
        table.add_column(title)
    for part, points in score.parts.items():
        table.add_row(f"{part.replace('_', ' ')} (points)", str(points))
    for key, value in score.measures.items():
        table.add_row(key.replace("_", " "), f"{value.mean:.1f} {value.unit}")
    console.print(table)
    if score.points is not None:
        console.print(f"Points: {score.points}; knee goes: {score.knee_direction}.")
    console.print("A camera is one rater: compare it with itself. Write it into an assessment with 'gerdy assess'.")


def _table(found: FilmAnalysis) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for side in SIDES:
        table.add_column(f"{side} (n = {found.sides[side].strides})", justify="right")
    for key in ("cadence_spm", "contact_time_s", "flight_time_s"):
        word = WORDS[key]
        cells = (with_spread(found.sides[side].values.get(key), word) for side in SIDES)
        table.add_row(f"{word.name}, {word.unit}", *cells)
    for key, name in SHOWN.items():
        measures = [found.measures(side).get(key) for side in SIDES]
        if any(measures):
            table.add_row(name, *(with_error(measure) for measure in measures))
    return table


def _band_table(found: FilmAnalysis) -> Table:
    table = Table("The band", *SIDES, box=None, pad_edge=False)
    for row in band_rows(found):
        table.add_row(*row)
    return table
