"""Pictures of the section *What is loading it*: bars of shares, the mean stance against the reference, what-ifs."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy.report.pictures import Picture
from gerdy.report.style import ACCENT, INK, MUTED, PAPER, SIDE_STYLE, figure, house_style, to_svg
from gerdy.report.why_words import GROUP_WORDS, OutcomeWord

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

    from gerdy.quantities import Array, SideName
    from gerdy.report.why_shapes import Difference, Share, Why

SHOWN: Final = 3
"""How many outcomes are drawn and stand in the table; ``analysis.json`` holds all of them."""


def share_picture(side: SideName, why: Why) -> Picture | None:
    """Draw the share of each group of inputs in the difference from the reference, with its interval.

    A share that can be told apart is a full bar with a filled mark; one that cannot is an outline with a hollow mark.
    """
    if not why.differences:
        return None
    shown = why.differences[:SHOWN]
    names = _group_names(why)
    with house_style():
        drawn, axes = figure(0.9 + 0.3 * (len(names) + 1), columns=len(shown), sharey=True)
        for ax, difference in zip(axes, shown, strict=True):
            _bars(ax, difference, names)
        axes[0].set_yticks(range(len(names) + 1), [*names, "Altogether"])
        axes[0].invert_yaxis()
        drawn.supxlabel(f"difference from {why.reference}", fontsize=8)
        svg = to_svg(drawn)
    head = ("Share in the difference", *(f"{d.word.name}, {d.word.unit}".rstrip(", ") for d in shown))
    rows = [(name, *(_cell(d, name) for d in shown)) for name in names]
    rows.append(("Altogether", *(d.total.printed(d.word, d.digits) for d in shown)))
    return Picture(f"What loads the {side} band", svg, _says(side, why), head, tuple(rows))


def _group_names(why: Why) -> list[str]:
    """Return the groups that any drawn outcome holds a share of, in their order."""
    known = {name for difference in why.differences[:SHOWN] for name, share in difference.shares if share is not None}
    return sorted(known, key=list(GROUP_WORDS.values()).index)


def _bars(ax: Axes, difference: Difference, names: Sequence[str]) -> None:
    word, shares = difference.word, dict(difference.shares)
    for row, name in enumerate(names):
        share = shares.get(name)
        if share is None:
            ax.text(0, row, " not recorded" if name in shares else " has no part in it", va="center", fontsize=6.5)
        else:
            draw_bar(ax, row, share, word, ACCENT)
    draw_bar(ax, len(names), difference.total, word, INK)
    ax.axvline(0, color=INK, linewidth=0.8)
    ax.axhline(len(names) - 0.5, color=MUTED, linewidth=0.6)
    ax.grid(visible=False, axis="y")
    ax.set_title(textwrap.fill(word.name, 22), fontsize=7.5)
    ax.set_xlabel(f"less  ←  {word.unit or 'as computed'}  →  more", fontsize=8)


def draw_bar(ax: Axes, row: int, share: Share, word: OutcomeWord, colour: str) -> None:
    """Draw a share with its interval: full where it can be told apart, dotted with a hollow mark where not."""
    p5, median, p95 = share.ends(word)
    if share.told_apart:
        ax.barh(row, median, height=0.62, color=colour, alpha=0.85)
    else:
        ax.barh(row, median, height=0.62, facecolor=PAPER, edgecolor=MUTED, hatch="....", linewidth=0.8)
    ax.plot([p5, p95], [row, row], color=INK, linewidth=1.1)
    ax.plot(median, row, "o", markersize=4, color=INK, markerfacecolor=INK if share.told_apart else PAPER)


def _cell(difference: Difference, name: str) -> str:
    shares = dict(difference.shares)
    share = shares.get(name)
    if share is None:
        return "not recorded" if name in shares else "–"
    return share.printed(difference.word, difference.digits)


def _says(side: SideName, why: Why) -> str:
    draws = why.differences[0].total.draws
    return (
        f"Each bar is the share of one group of inputs in how the {side} band differs from {why.reference}; the line "
        f"holds nine of ten of {draws} draws of anatomy, marker error and strides. Full bars with a filled mark can be "
        "told apart from none, dotted bars with a hollow mark cannot. Shares add up to the bar at the bottom."
    )


def curve_picture(
    side: SideName, curves: Mapping[str, tuple[Array, Array, Array]], reference: str, n: int | None
) -> Picture | None:
    """Draw the runner's mean stance against the reference.

    Parameters
    ----------
    curves : name with unit → runner (points,), reference's mean and standard deviation (points,) each; a spread of
        NaN draws the reference as a line alone
    reference : in words
    n : how many runners stand behind the reference; None where it is no group
    """
    if not curves:
        return None
    style, count = SIDE_STYLE[side], "" if n is None else f", n = {n}"
    rows = []
    with house_style():
        drawn, axes = figure(
            1.75 * ((len(curves) + 2) // 3) + 0.35, columns=3, rows=(len(curves) + 2) // 3, sharex=True
        )
        for ax, (name, (mine, mean, sd)) in zip(axes, curves.items(), strict=False):
            phase = np.linspace(0, 100, len(mine))
            ax.fill_between(phase, mean - sd, mean + sd, color=MUTED, alpha=0.22, linewidth=0)
            ax.plot(phase, mean, color=MUTED, linewidth=1.1, label=f"reference ± 1 SD{count}")
            ax.plot(phase, mine, style.line, color=style.colour, linewidth=2, label=f"this runner, {side}")
            ax.set_title(name, fontsize=8)
            rows.append((name, *(_against(mine, mean, sd, at) for at in (0.0, 0.5, 1.0))))
        for ax in axes[len(curves) :]:
            ax.set_visible(False)
        for ax in axes[-3:]:
            ax.set_xlabel("Percent of stance", fontsize=8)
        drawn.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
        svg = to_svg(drawn)
    says = (
        f"The {side} leg's mean stance against {reference}: the line is this runner, the shade is one standard "
        "deviation of the reference to either side. Lying outside the shade is common and is no finding by itself."
    )
    head = ("Runner (reference ± SD)", "At contact", "At half of stance", "At toe-off")
    return Picture(f"The {side} stance against the reference", svg, says, head, tuple(rows))


def _against(mine: Array, mean: Array, sd: Array, share: float) -> str:
    at = round(share * (len(mine) - 1))
    spread = f" ± {sd[at]:.1f}" if np.isfinite(sd[at]) else ""
    return f"{mine[at]:.1f} ({mean[at]:.1f}{spread})"
