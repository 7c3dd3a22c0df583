"""The picture of what would change the load: what-ifs in the order of their ranking."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from gerdy.report.pictures import Picture
from gerdy.report.style import ACCENT, INK, figure, house_style, to_svg
from gerdy.report.why_pictures import draw_bar
from gerdy.report.why_shapes import PER_KM, decimals
from gerdy.report.why_words import LABELS, OutcomeWord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from gerdy.quantities import SideName
    from gerdy.report.why_shapes import Share, WhatIf

WHAT_IFS: Final = 12
"""How many what-ifs are drawn, from the top of the ranking."""

WHAT_IF_PANELS: Final = {
    f"{PER_KM}contact_impulse_n_s": OutcomeWord("Force on the outer knee, added up over a km", "N·s per km"),
    "tension_peak_n": OutcomeWord("Largest tension of the band", "N"),
    "anterior.path_elongation_rate_peak_pct_s": OutcomeWord("Fastest lengthening of the front strand", "%/s"),
}
"""Outcomes by which what-ifs are drawn: the first two that every answer holds; the first one ranks."""


def what_if_picture(side: SideName, answers: Sequence[WhatIf]) -> Picture | None:
    """Draw what each what-if changes, with its interval, in the order of the ranking."""
    paths = [path for path in WHAT_IF_PANELS if answers and all(path in one.change for one in answers)][:2]
    if not paths:
        return None
    shown = answers[:WHAT_IFS]
    with house_style():
        drawn, axes = figure(1.0 + 0.28 * len(shown), columns=len(paths), sharey=True)
        for ax, path in zip(axes, paths, strict=True):
            _what_if_bars(ax, [one.change[path] for one in shown], WHAT_IF_PANELS[path])
        axes[0].set_yticks(range(len(shown)), [f"{one.changes}\n({LABELS.get(one.label, one.label)})" for one in shown])
        axes[0].tick_params(axis="y", labelsize=7)
        axes[0].invert_yaxis()
        svg = to_svg(drawn)
    rows = tuple(_what_if_row(one, paths) for one in shown)
    words = (WHAT_IF_PANELS[path] for path in paths)
    units = (f"{word.name}, {word.unit}; draws that agree on the sign" for word in words)
    return Picture(
        f"What would change it, {side} side",
        svg,
        _what_if_says(side, len(shown), len(answers), shown[0].change[paths[0]].draws),
        ("What if", *units, "How it is known", "What is kept fixed"),
        rows,
    )


def _what_if_bars(ax: Axes, changes: Sequence[Share], word: OutcomeWord) -> None:
    for row, change in enumerate(changes):
        draw_bar(ax, row, change, word, ACCENT)
    ax.axvline(0, color=INK, linewidth=0.8)
    ax.grid(visible=False, axis="y")
    ax.set_title(textwrap.fill(word.name, 30), fontsize=7.5)
    ax.set_xlabel(f"less  ←  {word.unit}  →  more", fontsize=8)


def _what_if_row(one: WhatIf, paths: Sequence[str]) -> tuple[str, ...]:
    cells = (
        f"{one.change[path].printed(WHAT_IF_PANELS[path], decimals(one.change[path], WHAT_IF_PANELS[path]))}; "
        f"{100 * one.agreement[path]:.0f} %"
        for path in paths
    )
    return one.changes, *cells, LABELS.get(one.label, one.label), one.rule


def _what_if_says(side: SideName, shown: int, asked: int, draws: int) -> str:
    return (
        f"What would change the load on the {side} band: the first {shown} of {asked} single changes within a runner's "
        f"reach, in the order of the ranking, over {draws} believable bands. Full bars can be told apart from none, "
        "dotted bars cannot. Each is a calculation with a stated rule about what stays as it is. It is not advice, and "
        "no promise that a runner who changes this feels better."
    )
