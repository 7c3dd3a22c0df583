"""The look of every picture: quiet axes, two sides told apart by line and mark as well as colour."""

from __future__ import annotations

import io
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes

    from gerdy.quantities import SideName

INK: Final = "#22303c"
MUTED: Final = "#6b7884"
HAIRLINE: Final = "#d5dbe0"
PAPER: Final = "#ffffff"
LEFT: Final = "#1f6f8b"
RIGHT: Final = "#b5482a"
ACCENT: Final = "#7a5195"
ZONE: Final = "#f1e6c8"

A4_WIDTH_IN: Final = 7.1


@dataclass(frozen=True, slots=True)
class SideStyle:
    """How one side is drawn everywhere: colour, line and mark together."""

    colour: str
    line: str
    mark: str
    word: str


SIDE_STYLE: Final[dict[SideName, SideStyle]] = {
    "left": SideStyle(LEFT, "-", "o", "Left"),
    "right": SideStyle(RIGHT, "--", "s", "Right"),
}

_SETTINGS: Final[Any] = {
    "font.size": 9.0,
    "axes.titlesize": 10.0,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": HAIRLINE,
    "grid.linewidth": 0.6,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "text.color": INK,
    "legend.frameon": False,
    "lines.linewidth": 1.8,
    # Fixed salt and outlined glyphs make the same picture the same bytes on every machine.
    "svg.hashsalt": "gerdy",
    "svg.fonttype": "path",
}


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in the house style inside the ``with`` block and leave Matplotlib as it was."""
    with mpl.rc_context(_SETTINGS):
        yield


def figure(height_in: float, columns: int = 1, rows: int = 1, **options: Any) -> tuple[Figure, Any]:
    """Return a figure as wide as the text of an A4 page, and its axes (always a flat list)."""
    drawn = Figure(figsize=(A4_WIDTH_IN, height_in), layout="constrained", facecolor=PAPER)
    axes = drawn.subplots(rows, columns, squeeze=False, **options)
    return drawn, list(axes.flat)


def to_svg(drawn: Figure) -> str:
    """Return the figure as an SVG element without a date, so that equal input gives equal bytes."""
    out = io.StringIO()
    drawn.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    text = out.getvalue()
    return text[text.index("<svg") :]


def band(axes: Axes, x: Any, mean: Any, sd: Any, side: SideName) -> None:
    """Draw a mean curve with a band of one standard deviation in a side's style."""
    style = SIDE_STYLE[side]
    axes.plot(x, mean, style.line, color=style.colour, label=style.word)
    axes.fill_between(x, mean - sd, mean + sd, color=style.colour, alpha=0.16, linewidth=0)
