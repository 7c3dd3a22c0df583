"""The pictures of the articles' page: what gerdy computes for their claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gerdy.band.validation.material import numbers
from gerdy.body.muscles import muscle_geometry  # noqa: F401
from gerdy.chain.articles import levers, stretches
from gerdy.chain.articles.running import MAXIMUS, MEDIUS, at_one_speed, by_runner, fibre_length, force_peak
from gerdy.evidence import value
from gerdy.quantities import GRAVITY_M_S2
from gerdy.report.style import ACCENT, HAIRLINE, INK, LEFT, MUTED, RIGHT, ZONE, figure, house_style, to_svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.band.validation.material import Material
    from gerdy.chain.articles.running import Leg


def lever_picture(material: Material) -> str:
    """Draw inward-turning arms against hip flexion: strand with its interval, gluteus medius, vastus lateralis."""
    flexion = list(numbers("house_articles.tilts"))
    p5, middle, p95 = np.percentile(levers.strand_arms(material, flexion), (5, 50, 95), axis=0)
    arms = levers.inward_arms(material, ("tfl", *levers.MEDIUS, "vaslat"), flexion)
    lines = (("front", "-", "o"), ("middle", "--", "s"), ("back", ":", "^"))
    landing = value("bmcric.hip_flexion_at_contact"), value("house_articles.contact_hip_flexion")
    with house_style():
        drawn, (axes,) = figure(3.4)
        axes.axvspan(*landing, color=ZONE, zorder=0)
        axes.axhline(0, color=MUTED, linewidth=0.8)
        axes.fill_between(flexion, p5, p95, color=RIGHT, alpha=0.18, linewidth=0)
        axes.plot(flexion, middle, color=RIGHT, linewidth=2.4, label="front strand of the band (nine in ten bands)")
        axes.plot(flexion, arms[:, 0], "x", color=RIGHT, label="tensor fasciae latae, published path")
        for (name, line, mark), column in zip(lines, arms[:, 1:4].T, strict=True):
            axes.plot(flexion, column, line, marker=mark, markersize=3.5, color=LEFT, label=f"gluteus medius, {name}")
        axes.plot(flexion, arms[:, 4], "-.", color=INK, label="vastus lateralis: exactly 0")
        axes.text(sum(landing) / 2, -23, "runners\nat landing", ha="center", fontsize=7, color=MUTED)
        axes.set(xlabel="Hip flexion, degrees (10 more anterior tilt over a fixed thigh are 10 more of these)")
        axes.set(ylabel="Turns the thigh out  ←  arm, mm  →  in")
        axes.legend(fontsize=7, loc="upper left")
        return to_svg(drawn)


def knee_picture(material: Material) -> str:
    """Draw the press for each newton of tension from valgus to varus, knee bent 30 degrees."""
    turn = np.linspace(-8, 8, 17)
    press = material.pressures(material.pose(knee_angle=30.0 + 0 * turn, knee_adduction=turn))
    p5, middle, p95 = np.percentile(press, (5, 50, 95), axis=0)
    with house_style():
        drawn, (axes,) = figure(2.7)
        axes.fill_between(turn, p5, p95, color=ACCENT, alpha=0.18, linewidth=0, label="nine in ten bands")
        axes.plot(turn, middle, color=ACCENT, label="median")
        axes.axvline(0, color=MUTED, linewidth=0.8)
        axes.set(xlabel="Valgus (knee in)  ←  degrees  →  varus (knee out)", ylabel="Press, N for each N of tension")
        axes.legend(fontsize=8)
        return to_svg(drawn)


def stretch_picture(material: Material) -> str:
    """Draw how muscle and band share the lengthening of two stretches."""
    names = {"standing_stretch": "Standing, leg crossed behind", "side_lying_stretch": "Lying on the side, leg lowered"}
    with house_style():
        drawn, (axes,) = figure(1.9)
        for row, (pose, name) in enumerate(names.items()):
            found = stretches.stretched(material, pose)
            band, path = float(np.median(found.band_mm)), float(np.median(found.path_mm))
            axes.barh(row, path - band, color=LEFT, height=0.5, label="muscle" if not row else None)
            axes.barh(row, band, left=path - band, color=RIGHT, height=0.5, hatch="///", label=None if row else "band")
            axes.text(path + 0.3, row, f"{path - band:.0f} mm muscle, {band:.1f} mm band", va="center", fontsize=8)
            axes.text(0.3, row + 0.42, name, fontsize=8)
        axes.set(yticks=[], ylim=(1.8, -0.5), xlim=(0, 36), xlabel="Longer than standing, millimetres")
        axes.invert_yaxis()
        axes.legend(fontsize=8, loc="center right")
        return to_svg(drawn)


def force_picture(legs: Sequence[Leg]) -> str:
    """Draw each runner's vertical force over stance, and when it peaks."""
    shown = at_one_speed(legs)
    peaks = by_runner(legs, force_peak)
    with house_style():
        drawn, (axes,) = figure(2.7)
        for leg in shown:
            mean = leg.force_n.mean(axis=0)[::2] / (leg.mass_kg * GRAVITY_M_S2)
            axes.plot(np.linspace(0, 100, mean.size), mean, color=MUTED, alpha=0.45, linewidth=0.8)
        for peak in peaks:
            axes.plot([peak, peak], [0, 0.08], color=RIGHT, linewidth=1.2, transform=axes.get_xaxis_transform())
        axes.text(
            np.median(peaks),
            0.11,
            f"peaks of {peaks.size} runners",
            ha="center",
            fontsize=8,
            color=RIGHT,
            transform=axes.get_xaxis_transform(),
        )
        axes.set(xlabel="Percent of stance", ylabel="Vertical force, body weights", xlim=(0, 100), ylim=(0, None))
        return to_svg(drawn)


def circle_picture(legs: Sequence[Leg]) -> str:
    """Draw the gain of the circle for each leg with its interval, and one."""
    shown = sorted(at_one_speed(legs), key=lambda leg: float(np.median(leg.circle.gain)))
    with house_style():
        drawn, (axes,) = figure(3.0)
        for row, leg in enumerate(shown):
            low, middle, high = np.percentile(leg.circle.gain, (5, 50, 95))
            axes.plot([low, high], [row, row], color=HAIRLINE, linewidth=2.5)
            axes.plot(
                middle,
                row,
                "o" if leg.side == "left" else "s",
                color=LEFT if leg.side == "left" else RIGHT,
                markersize=3,
            )
        axes.axvline(1, color=INK, linewidth=1.2)
        axes.text(0.99, 1.0, "above this it would run away ", ha="right", fontsize=8)
        axes.axvline(0, color=MUTED, linewidth=0.8)
        axes.set(yticks=[], xlabel="Degrees of tilt that one degree comes back as", ylabel=f"{len(shown)} legs")
        return to_svg(drawn)


def fibre_picture(material: Material, legs: Sequence[Leg]) -> str:
    """Draw fibre lengths in drills beside running."""
    names = {"donkey_kick": "donkey kick", "clamshell": "clamshell", "hinge": "single-leg hinge"}
    with house_style():
        drawn, panels = figure(2.1, columns=2, sharey=True)
        for axes, (title, part, of, muscles) in zip(
            panels,
            (
                ("Gluteus maximus", stretches.maximus_length, LEFT, MAXIMUS),
                ("Gluteus medius", stretches.medius_length, RIGHT, MEDIUS),
            ),
            strict=True,
        ):
            run = by_runner(legs, fibre_length(muscles))
            axes.axvspan(run.min(), run.max(), color=ZONE, zorder=0, label=f"mid-stance, {run.size} runners")
            axes.plot([part(material, pose)[0] for pose in names], list(names.values()), "D", color=of)
            axes.set(title=title, xlabel="Fibre length, optimal lengths", xlim=(0.6, 1.4))
            axes.legend(fontsize=7, loc="lower right")
        return to_svg(drawn)
