"""The validation table in words, for the terminal and for the documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gerdy.band.validation.targets import BLOCKS
from gerdy.band.validation.verdicts import FAILING, MET

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gerdy.band.validation.verdicts import Row

__all__ = ["blocks", "cells", "summary", "validation_markdown"]


def blocks(rows: Sequence[Row]) -> Iterator[tuple[str, str, list[Row]]]:
    """Yield name, worth and rows of each block that has any, in order."""
    for block, worth in BLOCKS.items():
        inside = [row for row in rows if row.target.block == block]
        if inside:
            yield block, worth, inside


def cells(row: Row) -> dict[str, str]:
    """Return the printed cells of one row."""
    target = row.target
    # Words need no unit; a figure without one does.
    published = f"{target.published} {target.unit}" if target.published[-1].isdigit() else target.published
    return {
        "id": target.id,
        "what": target.what,
        "published": published,
        "ours": _ours(row),
        "tolerance": target.tolerance(),
        "source": target.source(),
        "verdict": row.verdict,
        "rule": target.rule,
    }


def summary(rows: Sequence[Row]) -> str:
    """Return how many rows are met, failing, not run and not testable."""
    met = sum(row.verdict == MET for row in rows)
    failing = sum(row.verdict.startswith(FAILING) for row in rows)
    untestable = sum(bool(row.target.why_not) for row in rows)
    return f"{met} met, {failing} failing, {len(rows) - met - failing - untestable} not run, {untestable} not testable."


def validation_markdown(rows: Sequence[Row]) -> str:
    """Return all blocks as Markdown tables, with the rules below each."""
    return "\n".join(_block(*part) for part in blocks(rows))


def _block(name: str, worth: str, rows: list[Row]) -> str:
    head = "| | target | published | ours | tolerance | source | verdict |\n| --- | --- | --- | --- | --- | --- | --- |"
    keys = ("id", "what", "published", "ours", "tolerance", "source", "verdict")
    table = "\n".join("| " + " | ".join(cells(row)[key] for key in keys) + " |" for row in rows)
    rules = "\n".join(f"* {row.target.id}, {row.target.what}: {row.target.rule}." for row in rows if row.target.rule)
    return f"## {name.capitalize()}\n\n{worth}\n\n{head}\n{table}\n" + (
        f"\nHow ours is found:\n\n{rules}\n" if rules else ""
    )


def _ours(row: Row) -> str:
    if row.ours is None:
        return "–"
    text = f"{row.ours:.3g} {row.target.unit}"
    if row.interval is None:
        return f"{text} (n {row.n}, {row.over})"
    low, high = row.interval
    return f"{text} ({low:.3g} to {high:.3g}; n {row.n} {row.over}, {100 * row.inside:.0f} % inside)"
