"""Pictures of the band: what a stance does to it, and a drawn stride with the band coloured by load."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy import evidence
from gerdy.quantities import SIDES
from gerdy.report.pictures import Picture
from gerdy.report.style import SIDE_STYLE, figure, house_style, to_svg

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes

    from gerdy.band.outcomes import SideBand
    from gerdy.pipelines.analysis import Analysis
    from gerdy.quantities import Array, SideName

_AT: Final = (0, 20, 40, 60, 80, 100)


def band_pictures(found: Analysis) -> tuple[Picture, ...]:
    """Return the pictures of the band that this recording allows."""
    shown = {side: found.bands[side] for side in SIDES if side in found.bands}
    if not shown:
        return ()
    drawn = [elongation_picture(shown)]
    if all(np.isfinite(band.curves.contact_n).any() for band in shown.values()):
        drawn.append(load_picture(shown))
    return tuple(drawn)


def elongation_picture(bands: dict[SideName, SideBand]) -> Picture:
    """Draw how each strand's path lengthens over stance, with its interval, and where the knee is in the zone."""
    return _curves(
        bands,
        "How the strands lengthen in stance",
        (
            (
                "Front strand (tensor fasciae latae)",
                "Elongation, percent",
                lambda b: 100 * b.curves.elongation[:, :, 0],
            ),
            ("Back strand (gluteus maximus)", "Elongation, percent", lambda b: 100 * b.curves.elongation[:, :, 1]),
        ),
        "Elongation of the path, zero at {zero}; the line is the median of {draws} believable bands, the shade holds "
        "nine in ten of them. The bar marks when the knee is bent {low:.0f} to {high:.0f} degrees.",
    )


def load_picture(bands: dict[SideName, SideBand]) -> Picture:
    """Draw tension and the force on the epicondyle over stance with their intervals."""
    return _curves(
        bands,
        "What the band carries in stance",
        (
            ("Tension of both strands", "Newtons", lambda b: b.curves.tension_n.sum(axis=2)),
            ("Force on the outer side of the knee", "Newtons", lambda b: b.curves.contact_n),
        ),
        "Tension and contact force; the line is the median of {draws} believable bands, the shade holds nine in ten. "
        "The absolute size is not certain; differences between sides and changes are more so. "
        "No study gives a limit for either.",
    )


def _curves(
    bands: dict[SideName, SideBand],
    title: str,
    panels: tuple[tuple[str, str, Callable[[SideBand], Array]], ...],
    says: str,
) -> Picture:
    low, high = evidence.span("orchard1996.zone_knee_flexion")
    rows = []
    with house_style():
        drawn, axes = figure(2.9, columns=len(panels))
        for ax, (name, unit, read) in zip(axes, panels, strict=True):
            for side, band in bands.items():
                rows.append((f"{name}, {side}", *_draw(ax, side, read(band))))
            for row, (side, band) in enumerate(bands.items()):
                _mark_zone(ax, side, band.knee_flexion_deg, (low, high), row)
            ax.set(title=name, xlabel="Percent of stance", ylabel=unit, xlim=(0, 100))
        drawn.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
        svg = to_svg(drawn)
    any_band = next(iter(bands.values()))
    words = says.format(zero=any_band.zero, draws=len(any_band.curves.elongation), low=low, high=high)
    return Picture(title, svg, words, ("Median (5th to 95th percentile)", *(f"{i} %" for i in _AT)), tuple(rows))


def _draw(ax: Axes, side: SideName, values: Array) -> tuple[str, ...]:
    style = SIDE_STYLE[side]
    phase = np.linspace(0, 100, values.shape[1])
    p5, median, p95 = np.nanpercentile(values, (5, 50, 95), axis=0)
    ax.plot(phase, median, style.line, color=style.colour, label=style.word)
    ax.fill_between(phase, p5, p95, color=style.colour, alpha=0.14, linewidth=0)
    at = [round(i / 100 * (values.shape[1] - 1)) for i in _AT]
    digits = 0 if np.nanmax(np.abs(median)) > 20 else 1
    return tuple(f"{median[i]:.{digits}f} ({p5[i]:.{digits}f} to {p95[i]:.{digits}f})" for i in at)


def _mark_zone(ax: Axes, side: SideName, knee_deg: Array, zone: tuple[float, float], row: int) -> None:
    """Draw a thin bar above the axis where the knee is in the zone, one row a side."""
    inside = (knee_deg >= zone[0]) & (knee_deg <= zone[1])
    phase = np.linspace(0, 100, len(knee_deg))
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inside.astype(int), [0]])))
    for start, stop in edges.reshape(-1, 2):
        ax.plot(
            [phase[start], phase[stop - 1]],
            [0.985 - 0.03 * row] * 2,
            SIDE_STYLE[side].line,
            color=SIDE_STYLE[side].colour,
            linewidth=3,
            transform=ax.get_xaxis_transform(),
        )
