"""A picture of the chain: links with this runner's state, mechanisms with sign and label, certainty beside them."""

from __future__ import annotations

import io
from textwrap import fill as fill_lines
from typing import TYPE_CHECKING, Final

from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch

from gerdy.assess.say import show
from gerdy.chain.cite import short_citation
from gerdy.chain.walk import loading_ways
from gerdy.errors import OutputBlocked

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from gerdy.chain.fill import Chain, Link
    from gerdy.chain.graph import Edge

FILL: Final = {
    "stands out": "#fde3d3",
    "nothing stands out": "#e3f0e3",
    "measured": "#e2ecf7",
    "unknown": "#ffffff",
    "not measurable": "#f2f2f2",
}
SYMBOL: Final = {"stands out": "▲", "nothing stands out": "✓", "measured": "●", "unknown": "?", "not measurable": "–"}
"""A state has a symbol beside its colour, so that it is never told by colour alone."""

LINE: Final = {"geometry": "-", "measured in runners": "-", "measured in ITBS": "-", "hypothesis": (0, (4, 3))}
WIDTH: Final = {"geometry": 1.0, "measured in runners": 1.8, "measured in ITBS": 2.6, "hypothesis": 1.0}
PAD: Final = 7.0
"""Pixels between the words of a box and the arrows that end at it."""

SIGN_COLOUR: Final = {"+": "#9a3412", "-": "#1d4ed8", "0": "#777777"}


def save_picture(chain: Chain, out: Path) -> None:
    """Draw the chain of one side into an SVG or PNG file.

    Raises
    ------
    OutputBlocked : another ending, or a place that cannot be written
    """
    kind = out.suffix.lower().lstrip(".")
    if kind not in {"svg", "png"}:
        raise OutputBlocked(f"{out.name} ends in '{out.suffix}'; a picture is an .svg or a .png.")
    try:
        out.write_bytes(picture_bytes(chain, kind))
    except OSError as error:
        raise OutputBlocked(f"{out} cannot be written: {error.strerror}. Give another place.") from error


def picture_bytes(chain: Chain, kind: str = "svg") -> bytes:
    """Return the picture as ``svg`` or ``png``; the same chain gives the same bytes."""
    with rc_context({"svg.hashsalt": "gerdy", "svg.fonttype": "none"}):
        figure = Figure(figsize=(12.5, 11.5))
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0.02, 0.14, 0.96, 0.82))
        _draw(figure, axes, chain)
        figure.text(0.03, 0.012, _legend(chain), fontsize=9, va="bottom", linespacing=1.5, wrap=True)
        buffer = io.BytesIO()
        figure.savefig(buffer, format=kind, dpi=110, metadata={"Date": None} if kind == "svg" else {})
    return buffer.getvalue()


def _draw(figure: Figure, axes: Axes, chain: Chain) -> None:
    axes.set_xlim(-0.06, 1.06)
    axes.set_ylim(0.0, 0.98)
    axes.axis("off")
    axes.set_title(f"What may load the band, {chain.side.value} side", loc="left", fontsize=14)
    boxes = {key: _box(axes, link) for key, link in chain.links.items()}
    # The boxes know their size only once they are drawn; the arrows end at their edges.
    figure.canvas.draw()
    for edge in chain.graph.edges:
        _arrow(axes, edge, boxes)


def _box(axes: Axes, link: Link) -> Text:
    return axes.text(
        *link.node.place, _label(link), ha="center", va="center", fontsize=8.5, zorder=3,
        bbox={
            "boxstyle": "round,pad=0.35", "facecolor": FILL[link.state], "edgecolor": "#333333",
            "linewidth": 2.0 if link.state == "stands out" else 0.8,
        },
    )  # fmt: skip


def _arrow(axes: Axes, edge: Edge, boxes: dict[str, Text]) -> None:
    start, end = boxes[edge.start], boxes[edge.end]
    ends = (_border(axes, start, end), _border(axes, end, start))
    arrow = FancyArrowPatch(
        *ends, arrowstyle="-|>", mutation_scale=13, color=SIGN_COLOUR[edge.sign], linestyle=LINE[edge.label],
        linewidth=WIDTH[edge.label], alpha=0.75, shrinkA=0, shrinkB=0, connectionstyle="arc3,rad=0.08", zorder=1,
    )  # fmt: skip
    axes.add_patch(arrow)
    x, y = ((a + b) / 2 for a, b in zip(start.get_position(), end.get_position(), strict=True))
    mark = f"{'−' if edge.sign == '-' else edge.sign} {edge.grade}" + ("!" if edge.against else "")
    axes.text(
        x, y, mark, fontsize=7, color=SIGN_COLOUR[edge.sign], ha="center", va="center", zorder=2,
        bbox={"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.8},
    )  # fmt: skip


def _border(axes: Axes, box: Text, towards: Text) -> tuple[float, float]:
    """Return where the line from one box to another leaves the first, in the units of the axes."""
    x, y = axes.transData.transform(box.get_position())
    dx, dy = axes.transData.transform(towards.get_position()) - (x, y)
    extent = box.get_window_extent()
    half_width, half_height = extent.width / 2 + PAD, extent.height / 2 + PAD
    share = min(half_width / abs(dx) if dx else 1.0, half_height / abs(dy) if dy else 1.0, 1.0)
    left, up = axes.transData.inverted().transform((x + share * dx, y + share * dy))
    return float(left), float(up)


def _label(link: Link) -> str:
    words = link.node.name.split()
    half = (len(words) + 1) // 2
    name = link.node.name if len(link.node.name) < 18 else " ".join(words[:half]) + "\n" + " ".join(words[half:])
    return f"{SYMBOL[link.state]} {name}" + (f"\n{shown}" if (shown := _value(link)) else "")


def _value(link: Link) -> str:
    """Return the value in words: mean and spread of the motion before a single test value."""
    if not link.measure:
        return link.shown
    mean, sd = (float(link.measure.get(name) or 0.0) for name in ("mean", "sd"))
    return f"{'~ ' if link.shown.startswith('~') else ''}{show(mean)} ± {show(sd)} {link.measure['unit']}"


def _legend(chain: Chain) -> str:
    states = "   ".join(f"{SYMBOL[state]} {state}" for state in SYMBOL)
    keys = [key for way in loading_ways(chain) for edge in way.edges for key in (*edge.sources, *edge.against)]
    names = [short_citation(key) for key in keys]
    listed = fill_lines(f"Sources of the ways that carry load: {', '.join(dict.fromkeys(names)) or 'none'}.", 165)
    return (
        f"{states}   ~ close to the line, repeat the test\n"
        "Arrows: + raises (brown), − lowers (blue), 0 no effect. Letter: grade of the evidence (A best, E opinion); "
        "! studies speak against it.\n"
        "Line: thick seen in runners with the pain, medium seen in runners, thin geometry, dashed a hypothesis.\n"
        f"{listed}"
    )
