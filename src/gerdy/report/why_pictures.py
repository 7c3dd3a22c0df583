"""Pictures of the section *What is loading it*: bars of shares, the mean stance against the reference, what-ifs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy.report.pictures import Picture
from gerdy.report.style import ACCENT, INK, MUTED, PAPER, SIDE_STYLE, figure, house_style, to_svg
from gerdy.report.why_shapes import SAME
from gerdy.report.why_words import LABELS, outcome_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

    from gerdy.quantities import Array, SideName
    from gerdy.report.why_shapes import Difference, Share, WhatIf, Why
    from gerdy.report.why_words import OutcomeWord

PANELS: Final = 3
"""How many outcomes are drawn; the table holds all of them."""

WHAT_IF_PATHS: Final = ("tension_peak_n", "contact_impulse_n_s", "anterior.path_elongation_rate_peak_pct_s")
"""Outcomes by which what-ifs are drawn: the first that every answer holds."""


def share_picture(side: SideName, why: Why) -> Picture | None:
    """Draw the share of each group of inputs in the difference from the reference, with its interval.

    A share that can be told apart is a full bar with a filled mark; one that cannot is an outline with a hollow mark.
    """
    if not why.differences:
        return None
    shown = why.differences[:PANELS]
    names = [name for name, _ in shown[0].shares]
    with house_style():
        drawn, axes = figure(0.9 + 0.3 * (len(names) + 1), columns=len(shown), sharey=True)
        for ax, difference in zip(axes, shown, strict=True):
            _bars(ax, difference)
        axes[0].set_yticks(range(len(names) + 1), [*names, "Altogether"])
        axes[0].invert_yaxis()
        svg = to_svg(drawn)
    head = ("Share in the difference", *(f"{d.word.name}, {d.word.unit}".rstrip(", ") for d in why.differences))
    rows = [(name, *(_cell(d, row) for d in why.differences)) for row, name in enumerate(names)]
    rows.append(("Altogether", *(d.total.printed(d.word) for d in why.differences)))
    return Picture(f"What loads the {side} band", svg, _says(side, why), head, tuple(rows))


def _bars(ax: Axes, difference: Difference) -> None:
    word = difference.word
    lines = [share for _, share in difference.shares] + [difference.total]
    for row, share in enumerate(lines):
        if share is None:
            ax.text(0, row, " not recorded", va="center", fontsize=6.5, color=MUTED)
        else:
            _bar(ax, row, share, word, INK if share is difference.total else ACCENT)
    ax.axvline(0, color=INK, linewidth=0.8)
    ax.axhline(len(lines) - 1.5, color=MUTED, linewidth=0.6)
    ax.grid(visible=False, axis="y")
    ax.set_title(_wrapped(word.name), fontsize=8)
    ax.set_xlabel(f"less  ←  {word.unit or 'as computed'}  →  more", fontsize=8)


def _bar(ax: Axes, row: int, share: Share, word: OutcomeWord, colour: str) -> None:
    p5, median, p95 = (word.scale * x for x in (share.p5, share.median, share.p95))
    if share.told_apart:
        ax.barh(row, median, height=0.62, color=colour, alpha=0.85)
    else:
        ax.barh(row, median, height=0.62, facecolor=PAPER, edgecolor=MUTED, hatch="....", linewidth=0.8)
    ax.plot([p5, p95], [row, row], color=INK, linewidth=1.1)
    ax.plot(median, row, "o", markersize=4, color=INK, markerfacecolor=INK if share.told_apart else PAPER)


def _cell(difference: Difference, row: int) -> str:
    share = difference.shares[row][1]
    return "not recorded" if share is None else share.printed(difference.word)


def _says(side: SideName, why: Why) -> str:
    first = why.differences[0]
    sure = [name for name, share in first.shares if share is not None and share.told_apart]
    named = f"can be told apart from nothing: {', '.join(sure).lower()}" if sure else "none can be told apart"
    return (
        f"{why.reference} Each bar is the share of one group of inputs in how the {side} band differs from the "
        f"reference; the line holds nine of ten believable bands ({first.total.draws} draws). Full bars with a filled "
        f"mark can be told apart from nothing, outlined bars with a hollow mark cannot. For "
        f"{first.word.name[0].lower()}{first.word.name[1:]}, {named}."
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
        drawn, axes = figure(1.75 * ((len(curves) + 2) // 3) + 0.35, columns=3, rows=(len(curves) + 2) // 3, sharex=True)
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
        f"The {side} leg's mean stance against {reference}{count}: the line is this runner, the shade is one standard "
        "deviation of the reference to either side. Lying outside the shade is common and is no finding by itself."
    )
    head = ("Runner (reference ± SD)", "At contact", "At half of stance", "At toe-off")
    return Picture(f"The {side} stance against the reference", svg, says, head, tuple(rows))


def _against(mine: Array, mean: Array, sd: Array, share: float) -> str:
    at = round(share * (len(mine) - 1))
    spread = f" ± {sd[at]:.1f}" if np.isfinite(sd[at]) else ""
    return f"{mine[at]:.1f} ({mean[at]:.1f}{spread})"


def what_if_picture(side: SideName, answers: Sequence[WhatIf]) -> Picture | None:
    """Draw the change that each what-if brings to one outcome, with its interval, in the order of the ranking."""
    path = next((p for p in WHAT_IF_PATHS if answers and all(p in one.change for one in answers)), None)
    if path is None:
        return None
    word = outcome_word(path)
    with house_style():
        drawn, (ax,) = figure(0.9 + 0.27 * len(answers))
        for row, one in enumerate(answers):
            _bar(ax, row, one.change[path], word, ACCENT)
        ax.axvline(0, color=INK, linewidth=0.8)
        ax.set_yticks(range(len(answers)), [f"{one.changes}  [{LABELS.get(one.label, one.label)}]" for one in answers])
        ax.tick_params(axis="y", labelsize=7.5)
        ax.invert_yaxis()
        ax.grid(visible=False, axis="y")
        ax.set_xlabel(f"{word.name}: less  ←  change, {word.unit}  →  more")
        svg = to_svg(drawn)
    rows = tuple(_what_if_row(one, path, word) for one in answers)
    says = (
        f"What would change {word.name[0].lower()}{word.name[1:]} on the {side} side, in the order of the ranking; the "
        "line holds nine of ten believable bands. A what-if is a calculation with a stated rule about what stays as "
        "it is. It is not advice, and not a promise that a runner who changes this feels better."
    )
    head = ("What if", f"Change, {word.unit}", "Draws that agree on the sign", "How it is known", "What is kept fixed")
    return Picture(f"What would change it, {side} side", svg, says, head, rows)


def _what_if_row(one: WhatIf, path: str, word: OutcomeWord) -> tuple[str, ...]:
    agreement = f"{100 * one.agreement[path]:.0f} %"
    return one.changes, one.change[path].printed(word), agreement, LABELS.get(one.label, one.label), one.rule


def _wrapped(name: str) -> str:
    return name.replace(", ", ",\n", 1)


__all__ = ["SAME", "curve_picture", "share_picture", "what_if_picture"]
