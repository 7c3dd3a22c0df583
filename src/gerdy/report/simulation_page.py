"""The page of the simulation: first where the order holds and where it turns, then the curves."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy import evidence
from gerdy.outlook.capacity import KEYS as CAPACITY_KEYS
from gerdy.outlook.simulate import CLIMB_KEYS, EPISODE_KEYS, STRATEGIES
from gerdy.pipelines.analysis import sources
from gerdy.report.sections import Section, page_of_sections
from gerdy.report.simulation_words import first_page, plain
from gerdy.report.style import LEFT, MUTED, RIGHT, figure, house_style, to_svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from gerdy.outlook.order import Turning
    from gerdy.pipelines.simulation import Illustration
    from gerdy.quantities import Array

TURNERS_SHOWN: Final = 6
WEEKS_PER_QUARTER: Final = 13


def simulation_html(found: Illustration) -> str:
    """Return the page; its first section says what this is and over which share the order holds."""
    sections = (
        Section("What this is", first_page(found)),
        Section(
            "Where the order turns",
            (
                (
                    "Each panel takes one parameter from the lowest to the highest fifth of its range, all others over "
                    "their whole ranges."
                ),
            ),
            turning_svg(found),
            ("Parameter", "Range", "Turns, lowest fifth", "Turns, highest fifth", "Source"),
            tuple(_turn_row(item) for item in found.order.by_parameter),
            "Share of the virtual runners of each fifth of a parameter's range in whom the order turns.",
        ),
        Section(
            "Load and capacity over two years",
            (_curve_words(), _choices_words()),
            curves_svg(found),
            ("Strategy", *(f"week {week + 1}" for week in _quarters(found))),
            _curve_rows(found),
            "Median load / median capacity, in usual weeks.",
        ),
        Section(
            "Days in a flare after the first episode",
            ("Median over the virtual runners, with the 5th and 95th percentile; the ranges overlap widely.",),
            head=("Strategy", "Days in two years"),
            rows=tuple(_flare_row(found, n) for n in range(len(STRATEGIES))),
        ),
        Section(
            "Every number that went in",
            ("A house choice is ours: no study gives it. Verified means that the figure was read in the source.",),
            head=("Key", "Value", "Interval", "Unit", "Certainty", "Why"),
            rows=tuple(_choice_row(key) for key in found.used),
        ),
    )
    who = f"{found.runners} virtual runners, seed {found.seed}"
    return page_of_sections("Rest, stop or maintain: an illustration", who, sections, sources(found.used))


def turning_svg(found: Illustration) -> str:
    """Draw the share of turns over the fifths of the parameters that matter most."""
    with house_style():
        drawn, axes = figure(4.2, rows=2, columns=3, sharey=True)
        for ax, item in zip(axes, found.order.by_parameter[:TURNERS_SHOWN], strict=True):
            middle = (item.edges[:-1] + item.edges[1:]) / 2
            ax.plot(middle, 100 * item.holds, "-o", color=LEFT, label="holds", markersize=4)
            ax.plot(middle, 100 * item.turns, "--s", color=RIGHT, label="turns", markersize=4)
            ax.set_title(plain(item.key), fontsize=8.5)
            ax.set(ylim=(0, 100))
            ax.set_xlabel(_short_unit(item.key), fontsize=7.5)
        axes[0].set(ylabel="Percent of runners")
        axes[0].legend(loc="upper left")
        return to_svg(drawn)


def curves_svg(found: Illustration) -> str:
    """Draw load and capacity of each strategy, median and 90 % range, with the house choices named."""
    weeks = np.arange(found.load.shape[2], dtype=np.float64) + 1.0
    with house_style():
        drawn, axes = figure(6.6, rows=3, sharex=True, sharey=True)
        for n, (ax, name) in enumerate(zip(axes, STRATEGIES, strict=True)):
            _curve(ax, weeks, found.capacity[n], label="Capacity", color=LEFT, linestyle="-")
            _curve(ax, weeks, found.load[n], label="Load carried", color=RIGHT, linestyle="--")
            ax.set_title(f"{name.capitalize()} (illustration)")
            ax.set(ylabel="Usual weeks")
        axes[0].set(ylim=(0, 1.05 * max(found.capacity.max(), found.load.max())))
        axes[0].legend(loc="upper left", ncols=2)
        axes[-1].set(xlabel="Weeks since the first episode")
        named = "House choices: " + ", ".join(plain(key) for key in _OWN)
        drawn.supxlabel(fill(named, 110), fontsize=6.5, color=MUTED)
        return to_svg(drawn)


_OWN: Final = (*CAPACITY_KEYS, *CLIMB_KEYS, *EPISODE_KEYS)


def _curve(ax: Axes, x: Array, rows: Array, *, label: str, color: str, linestyle: str) -> None:
    low, middle, high = rows
    ax.plot(x, middle, label=label, color=color, linestyle=linestyle)
    ax.fill_between(x, low, high, color=color, alpha=0.14, linewidth=0)


def _turn_row(item: Turning) -> tuple[str, ...]:
    entry = evidence.registry()[item.key]
    low, high = entry.interval or (item.edges[0], item.edges[-1])
    return (plain(item.key), f"{low:g}–{high:g}", f"{item.turns[0]:.0%}", f"{item.turns[-1]:.0%}", entry.certainty)


def _curve_words() -> str:
    return (
        "Load carried and capacity, weekly means: the line is the median over the virtual runners, the band holds "
        "nine tenths of them. All three strategies share the draws and the planned volume."
    )


def _choices_words() -> str:
    return "Every curve stands on these house choices: " + ", ".join(_OWN) + "."


def _quarters(found: Illustration) -> range:
    return range(0, found.load.shape[2], WEEKS_PER_QUARTER)


def _curve_rows(found: Illustration) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (name, *(f"{found.load[n, 1, week]:.2f} / {found.capacity[n, 1, week]:.2f}" for week in _quarters(found)))
        for n, name in enumerate(STRATEGIES)
    )


def _flare_row(found: Illustration, n: int) -> tuple[str, ...]:
    low, middle, high = found.flare_days[n]
    return (STRATEGIES[n], f"{middle:.0f} ({low:.0f}–{high:.0f})")


def _choice_row(key: str) -> tuple[str, ...]:
    entry = evidence.registry()[key]
    interval = f"{entry.interval[0]:g}–{entry.interval[1]:g}" if entry.interval else "–"
    return (key, str(entry.value), interval, entry.unit, entry.certainty, entry.reason or entry.population)


def _short_unit(key: str) -> str:
    unit = evidence.registry()[key].unit.split(",")[0]
    return unit if len(unit) < 40 else "share"
