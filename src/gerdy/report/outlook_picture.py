"""The picture of the outlook: load against capacity by week, and the colour of each day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import matplotlib as mpl
import numpy as np

from gerdy.report.style import ACCENT, HAIRLINE, INK, LEFT, MUTED, PAPER, RIGHT, figure, house_style, to_svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from gerdy.outlook import Forecast, Outlook, WatchDay
    from gerdy.quantities import Array

WEEKS_SHOWN: Final = 26


@dataclass(frozen=True, slots=True)
class ColourStyle:
    """How one colour of the watch is drawn: height, mark and tone together."""

    height: int
    mark: str
    tone: str


COLOUR_STYLE: Final = {
    "yellow": ColourStyle(1, "o", "#c9a227"),
    "orange": ColourStyle(2, "D", "#c76b1e"),
    "red": ColourStyle(3, "s", "#8f1d21"),
}


def outlook_svg(found: Outlook) -> str:
    """Draw load and capacity (where they are known) above the colours of the days."""
    with house_style(), mpl.rc_context({"date.converter": "concise"}):
        rows = 1 if found.curves is None else 2
        ratios = {"height_ratios": (1,) if rows == 1 else (3, 1)}
        drawn, axes = figure(1.8 if rows == 1 else 5.2, rows=rows, sharex=True, gridspec_kw=ratios)
        if found.curves is not None:
            _load_and_capacity(axes[0], found.curves, found.now)
        _colours(axes[-1], found.watch, found.now)
        axes[-1].xaxis_date()
        return to_svg(drawn)


def weekly(values: Array) -> Array:
    """Return the mean of each whole week counted back from the last day, oldest first; NaN where none is known.

    Parameters
    ----------
    values : (..., days)
    """
    whole = values.shape[-1] // 7 * 7
    cut = values[..., values.shape[-1] - whole :].reshape(*values.shape[:-1], -1, 7)
    known = np.isfinite(cut)
    total = np.where(known, cut, 0.0).sum(axis=-1)
    count = known.sum(axis=-1)
    mean: Array = np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
    return mean


def _load_and_capacity(axes: Axes, curves: Forecast, now: dt.date) -> None:
    weeks = list(curves.days[len(curves.days) % 7 :: 7])
    keep = [n for n, week in enumerate(weeks) if week >= now - dt.timedelta(weeks=WEEKS_SHOWN)]
    x = _days_since_1970([weeks[n] + dt.timedelta(days=3) for n in keep])
    done, planned = weekly(curves.done)[keep], weekly(curves.planned)[keep]
    carried, capacity = weekly(curves.carried)[:, keep], weekly(curves.capacity)[:, keep]
    axes.bar(x, done, width=5.0, color=HAIRLINE, edgecolor=MUTED, linewidth=0.6, label="Load done")
    axes.bar(x, planned, width=6.2, color="none", edgecolor=INK, linestyle=":", label="Load planned")
    axes.plot(x, carried[1], "--", color=RIGHT, label="Load carried, expected")
    axes.fill_between(
        x, carried[0], carried[2], facecolor="none", edgecolor=RIGHT, hatch="\\\\\\", linewidth=0, alpha=0.5
    )
    axes.plot(x, capacity[1], "-", color=LEFT, linewidth=2.4, label="Capacity")
    axes.fill_between(x, capacity[0], capacity[2], color=LEFT, alpha=0.14, linewidth=0)
    _mark_today(axes, now)
    axes.set(ylabel="Times the usual week", ylim=(0, None))
    axes.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=4)


def _colours(axes: Axes, watch: tuple[WatchDay, ...], now: dt.date) -> None:
    shown = [w for w in watch if w.day >= now - dt.timedelta(weeks=WEEKS_SHOWN)]
    for word, style in COLOUR_STYLE.items():
        x = _days_since_1970([w.day for w in shown if w.colour == word])
        axes.plot(x, [style.height] * len(x), style.mark, color=style.tone, markeredgecolor=INK, markersize=4)
    _mark_today(axes, now)
    axes.set(ylim=(0.4, 3.6), yticks=[s.height for s in COLOUR_STYLE.values()], yticklabels=list(COLOUR_STYLE))
    axes.set_title("Days with a signal")
    axes.set_facecolor(PAPER)


def _mark_today(axes: Axes, now: dt.date) -> None:
    axes.axvline(float(_days_since_1970([now])[0]), color=ACCENT, linewidth=1.0)


def _days_since_1970(days: list[dt.date]) -> Array:
    """Return Matplotlib's own count of days."""
    return np.array(days, dtype="datetime64[D]").astype(np.float64)
