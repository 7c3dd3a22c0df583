"""The pictures of the motion report; each comes with a table and a sentence for readers who do not see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gerdy.quantities import GRAVITY_M_S2, SIDES
from gerdy.report.style import MUTED, SIDE_STYLE, band, figure, house_style, to_svg

if TYPE_CHECKING:
    from gerdy.motion.paths import FootPath
    from gerdy.pipelines.analysis import Analysis
    from gerdy.quantities import Array, SideName


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG with what it says in words and as a table.

    Parameters
    ----------
    title : a heading
    svg : the element itself
    says : one or two sentences
    head, rows : the table behind the picture
    """

    title: str
    svg: str
    says: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def force_picture(found: Analysis) -> Picture | None:
    """Draw the vertical force over stance, both sides; None without forces."""
    curves = _force_curves(found)
    if not curves:
        return None
    phase = found.stances["phase_pct"].to_numpy()
    unit = "body weights" if found.subject.mass_kg else "newtons"
    with house_style():
        drawn, (axes,) = figure(2.9)
        for side, curve in curves.items():
            band(axes, phase, curve.mean(axis=0), curve.std(axis=0), side)
        axes.set(xlabel="Percent of stance", ylabel=f"Vertical force, {unit}", xlim=(0, 100), ylim=(0, None))
        axes.legend(loc="upper right")
        svg = to_svg(drawn)
    at = (0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100)
    rows = tuple((side.capitalize(), *(f"{curve[:, i].mean():.2f}" for i in at)) for side, curve in curves.items())
    peaks = "; ".join(_peak_words(side, curve, phase) for side, curve in curves.items())
    says = (
        f"Mean vertical force over stance with one standard deviation, in {unit}: {peaks}. "
        "The largest force comes near the middle of stance."
    )
    return Picture("Force under each foot", svg, says, ("Side", *(f"{i} %" for i in at)), rows)


def timing_picture(found: Analysis) -> Picture:
    """Draw contact and flight time stride by stride."""
    table = found.strides.where(found.strides["verdict"] == "good", drop=True)
    with house_style():
        drawn, axes = figure(3.4, rows=2, sharex=True)
        for name, title, ax in zip(_TIMES, ("Contact time", "Flight time"), axes, strict=True):
            for side in SIDES:
                mine = table.where(table["side"] == side, drop=True)
                style = SIDE_STYLE[side]
                values = 1000 * mine[name].to_numpy()
                fill = {"facecolors": "none"} if side == "right" else {"color": style.colour}
                ax.scatter(
                    mine["contact_s"],
                    values,
                    s=14,
                    marker=style.mark,
                    edgecolors=style.colour,
                    label=style.word,
                    **fill,
                )
                if len(values):
                    ax.axhline(float(np.nanmean(values)), color=style.colour, linestyle=style.line, linewidth=1)
            ax.set(ylabel=f"{title},\nmilliseconds")
        drawn.legend(*axes[0].get_legend_handles_labels(), loc="outside upper right", ncols=2)
        axes[1].set(xlabel="Time in the recording, seconds")
        svg = to_svg(drawn)
    rows = tuple(_timing_row(table, side) for side in SIDES if found.sides[side])
    head = ("Side", "Strides", "Contact, ms", "Flight, ms", "Shortest and longest contact, ms")
    says = "Every used stride is one mark: filled circles left, open squares right; the lines are the means."
    return Picture("Stride by stride", svg, says, head, rows)


def path_picture(paths: dict[SideName, FootPath]) -> Picture:
    """Draw how each heel travels under the pelvis, from the side and from behind."""
    with house_style():
        drawn, axes = figure(2.9, columns=2, width_ratios=(3, 1))
        for side, path in paths.items():
            style = SIDE_STYLE[side]
            stance = path.phase_pct <= path.toe_off_pct
            for ax, column in zip(axes, (0, 2), strict=True):
                across, height = 100 * path.mean_m[:, column], 100 * path.mean_m[:, 1]
                ax.plot(across, height, style.line, color=style.colour, linewidth=1.2, label=style.word)
                ax.plot(across[stance], height[stance], style.line, color=style.colour, linewidth=3)
                ax.plot(across[0], height[0], style.mark, color=style.colour, markersize=6, markerfacecolor="white")
        axes[0].set(xlabel="Behind ← centimetres from the pelvis → in front", ylabel="Heel height, centimetres")
        axes[0].set_aspect("equal", adjustable="datalim")
        axes[0].legend(loc="upper right")
        axes[1].axvline(0, color=MUTED, linewidth=0.8)
        axes[1].annotate(
            "midline", (0, 1), xycoords=("data", "axes fraction"), ha="center", va="bottom", color=MUTED, fontsize=7
        )
        axes[1].set(xlabel="Centimetres outwards")
        svg = to_svg(drawn)
    rows = tuple(_path_row(side, path) for side, path in paths.items())
    head = (
        "Side",
        "Heel in front of the pelvis at contact, cm",
        "Heel from the midline at mid-stance, cm",
        "Highest heel in swing, cm",
    )
    says = (
        "Mean path of each heel relative to the pelvis, seen from the side and, with outwards to the right for both "
        "feet, from behind. The thick part is on the ground; the open mark is the contact."
    )
    return Picture("How the feet travel under the pelvis", svg, says, head, rows)


_TIMES = ("contact_time_s", "flight_time_s")


def _force_curves(found: Analysis) -> dict[SideName, Array]:
    scale = 1 / (found.subject.mass_kg * GRAVITY_M_S2) if found.subject.mass_kg else 1.0
    force, side = found.stances["vertical_force_n"].to_numpy() * scale, found.stances["side"].to_numpy()
    wanted = [name for name in SIDES if found.sides[name] is not None and (side == name).any()]
    return {name: force[side == name] for name in wanted}


def _peak_words(side: SideName, curve: Array, phase: Array) -> str:
    mean = curve.mean(axis=0)
    return f"{side} {mean.max():.2f} at {phase[mean.argmax()]:.0f} percent (n = {len(curve)})"


def _timing_row(table: object, side: SideName) -> tuple[str, ...]:
    mine = table.where(table["side"] == side, drop=True)  # type: ignore[attr-defined, index]
    contact, flight = (1000 * mine[name].to_numpy() for name in _TIMES)
    return (
        side.capitalize(),
        str(len(contact)),
        f"{contact.mean():.0f} ± {contact.std(ddof=1):.0f}",
        f"{np.nanmean(flight):.0f} ± {np.nanstd(flight, ddof=1):.0f}",
        f"{contact.min():.0f} and {contact.max():.0f}",
    )


def _path_row(side: SideName, path: FootPath) -> tuple[str, ...]:
    middle = int(path.toe_off_pct / 2)
    values = (
        (path.mean_m[0, 0], path.sd_m[0, 0]),
        (path.mean_m[middle, 2], path.sd_m[middle, 2]),
        (path.mean_m[:, 1].max(), path.sd_m[path.mean_m[:, 1].argmax(), 1]),
    )
    return (side.capitalize(), *(f"{100 * mean:.1f} ± {100 * sd:.1f}" for mean, sd in values))
