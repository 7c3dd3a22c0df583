"""The pictures of the joints: angles over the stride on both sides, and how well the body fits the markers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy.motion.measures import phase_curves
from gerdy.quantities import SIDES
from gerdy.report.pictures import Picture
from gerdy.report.style import MUTED, band, figure, house_style, to_svg

if TYPE_CHECKING:
    from gerdy.body.fit_report import FitReport, PriorFit
    from gerdy.motion.joint_motion import JointMotion
    from gerdy.pipelines.analysis import Analysis
    from gerdy.quantities import Array, SideName, Spread

__all__ = ["angle_picture", "fit_picture"]

SHOWN: Final = {
    "contralateral_pelvic_drop": ("Pelvic drop", "of the swinging side"),
    "hip_adduction": ("Hip adduction", "thigh inward"),
    "hip_internal_rotation": ("Hip rotation", "thigh inward"),
    "hip_flexion": ("Hip flexion", "thigh forward"),
    "knee_flexion": ("Knee flexion", "bent"),
    "tibial_internal_rotation": ("Tibial rotation", "shin inward"),
    "dorsiflexion": ("Dorsiflexion", "toes up"),
    "subtalar_eversion": ("Heel eversion", "outer edge up"),
}
"""Measure → name, and what positive means; the order of the panels."""

INSTANTS: Final = {"contact": "At contact", "mid_stance": "At mid-stance", "peak": "Largest in stance"}


def angle_picture(found: Analysis) -> Picture | None:
    """Draw the joint angles over the stride with one standard deviation; None without joint angles."""
    if found.joints is None:
        return None
    curves = {side: _curves(found, found.joints, side) for side in SIDES if found.sides[side]}
    seen = [name for name in SHOWN if any(name in mine for mine in curves.values())]
    if not seen:
        return None
    phase = np.linspace(0, 100, 101)
    with house_style():
        drawn, panels = figure(1.75 * ((len(seen) + 1) // 2), rows=(len(seen) + 1) // 2, columns=2, sharex=True)
        flat = np.ravel(np.asarray(panels, dtype=object))
        for name, axes in zip(seen, flat, strict=False):
            for side, mine in curves.items():
                if name in mine:
                    band(axes, phase, np.nanmean(mine[name], axis=0), np.nanstd(mine[name], axis=0), side)
            for off in _toe_offs(found):
                axes.axvline(off, color=MUTED, linewidth=0.6)
            title, positive = SHOWN[name]
            axes.set(ylabel=f"{title}, degrees\n({positive} is +)", xlim=(0, 100))
        for axes in flat[-2:]:
            axes.set(xlabel="Percent of the stride, contact to contact")
        drawn.legend(*flat[0].get_legend_handles_labels(), loc="outside upper right", ncols=2)
        svg = to_svg(drawn)
    rows = tuple(_row(found, name, side) for name in seen for side in SIDES if found.sides[side])
    says = (
        "Mean of all used strides with one standard deviation; upright lines are toe-offs. Angles come from markers "
        "on skin: bending of hip, knee and ankle is sure to a few degrees, rotations and sideways angles less so."
    )
    head = ("Angle, degrees", "Side", *INSTANTS.values())
    return Picture("How pelvis, hip, knee and foot move", svg, says, head, rows)


def fit_picture(found: Analysis) -> Picture | None:
    """Draw the distance of measured to model markers; None without joint angles."""
    if found.joints is None:
        return None
    fit = found.joints.fit
    counted = sorted((m for m in fit.markers if m.weight > 0 and m.rms_mm), key=lambda m: m.rms_mm or 0.0)
    labels, rms = [m.label for m in counted], np.array([m.rms_mm for m in counted], dtype=float)
    with house_style():
        drawn, (axes,) = figure(0.6 + 0.13 * len(labels))
        axes.barh(labels, rms, color=MUTED, height=0.6)
        axes.tick_params(axis="y", labelsize=6)
        axes.set(xlabel="Distance of measured to model marker, millimetres (root mean square)", xlim=(0, None))
        svg = to_svg(drawn)
    worst = ", ".join(f"{m.label} {m.rms_mm:.0f}" for m in fit.worst())
    says = (
        f"The scaled body follows the markers to {fit.rms_mm:.1f} millimetres (root mean square, {fit.frames} frames); "
        f"farthest are {worst}. {_priors(fit)}"
    )
    rows = tuple((s.segment, *(f"{x:.3f}" for x in s.scale), s.how) for s in fit.segments)
    head = ("Segment", "Length forward", "Length up", "Width", "Scale against the generic body: how it is known")
    return Picture("How well the body fits this runner", svg, says, head, rows)


def _curves(found: Analysis, joints: JointMotion, side: SideName) -> dict[str, Array]:
    good = found.motion.good(side)
    return {
        name: np.degrees(phase_curves(joints.time_s, values, good.contact_s, good.end_s))
        for name, values in joints.angles(side).items()
        if name in SHOWN and len(good)
    }


def _toe_offs(found: Analysis) -> list[float]:
    sides = (found.motion.good(side) for side in SIDES if found.sides[side])
    return [float(np.mean(100 * (s.toe_off_s - s.contact_s) / (s.end_s - s.contact_s))) for s in sides if len(s)]


def _row(found: Analysis, name: str, side: SideName) -> tuple[str, ...]:
    result = found.sides[side]
    measures = (result.measures if result else None) or {}
    cells = (_cell(measures.get(f"{name}_{instant}_deg")) for instant in INSTANTS)
    return (SHOWN[name][0], side.capitalize(), *cells)


def _cell(value: Spread | None) -> str:
    return "not recorded" if value is None else f"{value.mean:.1f} ± {value.sd:.1f} (n = {value.n})"


def _priors(fit: FitReport) -> str:
    if not fit.priors:
        return ""
    said = "; ".join(_prior(prior) for prior in fit.priors)
    return f"The two small knee angles carry a stated belief; the markers moved them by: {said}."


def _prior(prior: PriorFit) -> str:
    stem, _, side = prior.coordinate.rpartition("_")
    word = "adduction" if "adduction" in stem else "rotation"
    where = "left" if side == "l" else "right"
    share = f"{100 * prior.data_share:.0f} percent markers"
    return f"{where} {word} {prior.moved_deg:+.1f} ± {prior.moved_sd_deg:.1f} degrees ({share})"
