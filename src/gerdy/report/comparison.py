"""A comparison in words: on the terminal, and as one HTML page that needs nothing else."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, StrictUndefined
from rich.console import Console

from gerdy import __version__
from gerdy.pipelines.compare import CHANGED, SAME, verdict
from gerdy.report.write import whole_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gerdy.band.compare import PairedChange
    from gerdy.motion.change import MeasureChange
    from gerdy.pipelines.compare import Comparison, Pair
    from gerdy.pipelines.occasion import Occasion

__all__ = ["comparison_html", "print_comparison", "write_comparison"]

MARK: Final = "comparison.json"
SHOWN: Final = 12
"""How many measures and how many outcomes a terminal shows; the page and the document hold all."""
_ENVIRONMENT: Final = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)


@dataclass(frozen=True, slots=True)
class Line:
    """One measure or outcome in printed form; `what` is its key in the JSON."""

    what: str
    unit: str
    a: str
    b: str
    change: str
    error: str
    verdict: str


def print_comparison(found: Comparison, out: Path | None) -> None:
    """Print what changed, how much cannot be told apart, what is missing, and where the page is."""
    console = Console(highlight=False)
    console.print(title(found), markup=False)
    for name, pair in found.pairs.items():
        console.print(f"\n[bold]{_heading(name)}: {_count(pair)}[/bold]")
        for line in _clearest(pair):
            console.print(f"  {line.what} {line.unit}".rstrip(), markup=False)
            console.print(f"      {pair.a} {line.a}, {pair.b} {line.b}: {line.change} [{line.error}]", markup=False)
        console.print("Everything else, with what cannot be told apart: --json, or --out FOLDER.")
        if pair.missing:
            console.print(f"No change could be computed for {len(pair.missing)} entries; --json says why.")
    for note in found.notes:
        console.print(f"\n{note}", markup=False)
    if out:
        console.print(f"\nPage: {out / 'comparison.html'}", soft_wrap=True)


def write_comparison(found: Comparison, out: Path) -> None:
    """Write the page and its document into one folder.

    Raises
    ------
    OutputBlocked : the place cannot be written, or holds something that gerdy did not make
    """
    with whole_folder(out, MARK) as folder:
        text = json.dumps(found.to_json(), indent=2, ensure_ascii=False)
        folder.joinpath(MARK).write_text(text + "\n", encoding="utf-8")
        folder.joinpath("comparison.html").write_text(comparison_html(found), encoding="utf-8")


def comparison_html(found: Comparison) -> str:
    """Return the comparison as one HTML document."""
    folder = files("gerdy.report").joinpath("templates")
    template = _ENVIRONMENT.from_string(folder.joinpath("comparison.html.j2").read_text(encoding="utf-8"))
    return template.render(
        title=title(found),
        version=__version__,
        style=folder.joinpath("report.css").read_text(encoding="utf-8"),
        who=" · ".join(dict.fromkeys(f"Runner {one.runner_id}" for one in (found.a, found.b))),
        pairs=[(_heading(name), _count(pair), pair, list(_groups(pair))) for name, pair in found.pairs.items()],
        notes=found.notes,
        sources=found.to_json()["sources"],
    )


def title(found: Comparison) -> str:
    """Return one line that names A and B."""
    if found.a is found.b:
        return f"{_named(found.a)}: right against left"
    return f"From A, {_named(found.a)}, to B, {_named(found.b)}"


def _named(one: Occasion) -> str:
    speed = "" if one.speed_m_s is None else f" at {one.speed_m_s:.2f} m/s"
    return f"{one.name} ({one.files[0]}{speed})"


def _heading(name: str) -> str:
    return "Right against left" if name == "sides" else f"{name.capitalize()} side"


def _count(pair: Pair) -> str:
    verdicts = [line.verdict for line in _lines(pair)]
    return f"{verdicts.count(CHANGED)} changed, {verdicts.count(SAME)} cannot be told apart"


def _groups(pair: Pair) -> Iterator[tuple[str, list[Line]]]:
    lines = list(_lines(pair))
    yield "Changed", [line for line in lines if line.verdict == CHANGED]
    yield "Everything else", [line for line in lines if line.verdict != CHANGED]


def _lines(pair: Pair) -> Iterator[Line]:
    for key, one in pair.measures.items():
        yield _measure_line(key, one)
    for path, change in pair.band.items():
        yield _band_line(path, change)


def _measure_line(key: str, one: MeasureChange) -> Line:
    a, b = (
        _number(side.mean) if side.n < 2 else f"{_number(side.mean)} ± {_number(side.sd)}" for side in (one.a, one.b)
    )
    return Line(key, one.a.unit, a, b, _signed(one.change), f"± {_number(one.error)}", verdict(one))


def _band_line(path: str, one: PairedChange) -> Line:
    low, high = _signed(one.p5), _signed(one.p95)
    agree = f"{low} to {high}; sign agrees in {100 * one.sign_agreement:.0f} %"
    return Line(f"band.{path}", "", _interval(one.a), _interval(one.b), _signed(one.median), agree, verdict(one))


def _interval(one: dict[str, Any]) -> str:
    return f"{_number(one['median'])} ({_number(one['p5'])} to {_number(one['p95'])})"


def _number(value: float) -> str:
    return f"{value:.3g}" if math.isfinite(value) else "–"


def _signed(value: float) -> str:
    return f"{value:+.3g}" if math.isfinite(value) else "–"


def _clearest(pair: Pair) -> list[Line]:
    """Return the changes that are largest against their error: some measures, and some band outcomes."""
    measures = [
        (abs(one.change) / one.error, _measure_line(key, one)) for key, one in pair.measures.items() if one.error
    ]
    bands = [(_steadiness(one), _band_line(path, one)) for path, one in pair.band.items()]
    chosen: list[Line] = []
    for found in (measures, bands):
        changed = [(size, line) for size, line in found if line.verdict == CHANGED]
        chosen += [line for _, line in sorted(changed, key=lambda pair: -pair[0])[:SHOWN]]
    return chosen


def _steadiness(one: PairedChange) -> float:
    width = one.p95 - one.p5
    return abs(one.median) / width if width > 0.0 else math.inf
