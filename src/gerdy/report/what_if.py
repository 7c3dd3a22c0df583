"""Answers to what-ifs: on the terminal, and as one HTML page that needs nothing else."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, StrictUndefined
from rich.console import Console

from gerdy import __version__
from gerdy.band.what_if.search import RANKED_BY, ranked_by
from gerdy.band.what_if.words import HEADLINES, direction, number
from gerdy.report.write import whole_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gerdy.band.compare import PairedChange
    from gerdy.band.what_if import Answer
    from gerdy.pipelines.what_if import WhatIf

__all__ = ["print_what_if", "what_if_html", "write_what_if"]

MARK: Final = "what_if.json"
_ENVIRONMENT: Final = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)

_VISIBLE: Final = 0.0005
"""Share that is still printed as other than 0.0 %."""

SIDE_EFFECTS: Final = {
    "knee_extension_moment_peak_nm_kg": "peak knee extension moment",
    "calf_force_peak_n": "peak force of the calf",
}


def print_what_if(found: WhatIf, out: Path | None) -> None:
    """Print the answer, or the ranking, and where the page is."""
    console = Console(highlight=False)
    console.print(title(found), markup=False)
    if found.ranked:
        console.print("Largest lowering first; each change alone, the rest kept:", markup=False)
    for one in found.answers:
        for line in _ranked(one) if found.ranked else _answered(one):
            console.print(line, markup=False)
    for reason in found.refused:
        console.print(f"Not tried: {reason}", markup=False)
    if out:
        console.print(f"\nPage: {out / 'what_if.html'}", soft_wrap=True)


def write_what_if(found: WhatIf, out: Path) -> None:
    """Write the page and its document into one folder.

    Raises
    ------
    OutputBlocked : the place cannot be written, or holds something that gerdy did not make
    """
    with whole_folder(out, MARK) as folder:
        text = json.dumps(found.to_json(), indent=2, ensure_ascii=False)
        folder.joinpath(MARK).write_text(text + "\n", encoding="utf-8")
        folder.joinpath("what_if.html").write_text(what_if_html(found), encoding="utf-8")


def what_if_html(found: WhatIf) -> str:
    """Return the answers as one HTML document."""
    folder = files("gerdy.report").joinpath("templates")
    template = _ENVIRONMENT.from_string(folder.joinpath("what_if.html.j2").read_text(encoding="utf-8"))
    return template.render(
        title=title(found),
        version=__version__,
        style=folder.joinpath("report.css").read_text(encoding="utf-8"),
        who=f"Runner {found.recording.runner_id} · {found.side} side",
        ranked=[_row(one) for one in found.answers] if found.ranked else [],
        answers=[(asked(one), one, list(_effects(one)), list(_lines(one))) for one in _full(found)],
        refused=found.refused,
        sources=found.to_json()["used"],
    )


def title(found: WhatIf) -> str:
    """Return one line that names the recording and what was asked."""
    what = "what would change the load" if found.ranked else f"what if {asked(found.answers[0])}"
    return f"{found.recording.name}, {found.side} side: {what}?"


def asked(one: Answer) -> str:
    """Return the changes of an answer as one text."""
    return " and ".join(map(str, one.changes))


def _full(found: WhatIf) -> tuple[Answer, ...]:
    return () if found.ranked else found.answers


def _answered(one: Answer) -> Iterator[str]:
    yield f"Kept: {one.rule}."
    yield f"Known as: {one.label}."
    yield from (f"  {sentence}" for sentence in one.sentences)
    yield from (f"  {line}" for line in _effects(one))
    if one.missing:
        yield f"{len(one.missing)} outcomes need forces and are not recorded; --json names them."


def _ranked(one: Answer) -> Iterator[str]:
    row = _row(one)
    yield f"  {row['change']} ({row['label']}): {row['what']} {row['by']}"
    yield from (f"      {line}" for line in (*row["also"], row["effects"]) if line)


def _row(one: Answer) -> dict[str, Any]:
    path, change = ranked_by(one)
    words = HEADLINES[path][0] + (" per kilometre" if one.outcomes[path].per_km is not None else "")
    return {
        "change": asked(one),
        "what": words,
        "by": direction(change, HEADLINES[path][1]),
        "also": [
            f"{HEADLINES[other][0]} {direction(one.outcomes[other].per_stride, HEADLINES[other][1])}"
            for other in RANKED_BY
            if other != path and other in one.outcomes
        ],
        "label": one.label,
        "effects": "; ".join(_effects(one)),
    }


def _effects(one: Answer) -> Iterator[str]:
    for key, effect in one.side_effects.items():
        share = effect.change / effect.baseline
        by = f"{100 * share:+.1f} % of" if abs(share) >= _VISIBLE else "unchanged at"
        yield f"{SIDE_EFFECTS[key]} {by} {number(effect.baseline)[1:]} {effect.unit}"


def _lines(one: Answer) -> Iterator[tuple[str, str, str, str, str]]:
    for path, outcome in one.outcomes.items():
        yield _line(path, outcome.per_stride)
        if outcome.per_km is not None:
            yield _line(f"{path}, per km", outcome.per_km)


def _line(what: str, one: PairedChange) -> tuple[str, str, str, str, str]:
    before = f"{one.a['median']:.3g} ({one.a['p5']:.3g} to {one.a['p95']:.3g})"
    interval = f"{number(one.p5)} to {number(one.p95)}"
    return what, before, number(one.median), interval, f"{100 * one.sign_agreement:.0f} %"
