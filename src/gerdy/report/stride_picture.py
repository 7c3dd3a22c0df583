"""A drawn stance from the side and from behind, with the strands of the band coloured by what they carry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib import colormaps
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize

from gerdy.band.geometry import band_geometry
from gerdy.band.priors import central_draw
from gerdy.body.kinematics import forward
from gerdy.quantities import SIDES
from gerdy.report.pictures import Picture
from gerdy.report.style import HAIRLINE, INK, MUTED, figure, house_style, to_svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from gerdy.band.design import Design
    from gerdy.body.model import CompiledBody
    from gerdy.pipelines.analysis import Analysis
    from gerdy.quantities import Array, SideName

INSTANTS: Final = ((0.0, "contact"), (0.35, "loading"), (0.5, "mid-stance"), (0.95, "toe-off"))
_BONES: Final = ("femur", "tibia", "talus", "calcn", "toes")
_STRANDS: Final = ((0, 0), (1, 1))
"""Path and guide of the anterior and the posterior strand."""


def stride_picture(found: Analysis, side: SideName) -> Picture | None:
    """Draw four instants of the mean stance of one leg; None without a band.

    The leg is drawn at the runner's own size in the mean pose of the used stances; a strand's colour is its median
    tension over believable bands, or its elongation where there are no forces.
    """
    if side not in found.bands or found.joints is None:
        return None
    body, band = found.joints.runner.body, found.bands[side]
    design = central_draw(body).designs[side]
    with_forces = bool(np.isfinite(band.curves.tension_n).any())
    values = band.curves.tension_n if with_forces else 100 * band.curves.elongation[:, :, :2]
    median = np.nanmedian(values, axis=0)
    scale = Normalize(float(min(0.0, median.min())), float(median.max()))
    unit = "tension, newtons" if with_forces else "elongation, percent"
    poses = _mean_poses(found, side)
    with house_style():
        drawn, axes = figure(4.6, columns=len(INSTANTS), rows=2, sharey=True)
        for column, (share, name) in enumerate(INSTANTS):
            now = median[round(share * (len(median) - 1))]
            lines = _lines(body, poses[column], design, side)
            for row, (across, sign) in enumerate(((0, 1.0), (2, 1.0))):
                _draw(axes[row * len(INSTANTS) + column], lines, across, sign, now, scale)
            axes[column].set_title(name, fontsize=9)
        axes[0].set_ylabel("from the side")
        axes[len(INSTANTS)].set_ylabel("from behind")
        drawn.colorbar(ScalarMappable(scale, _COLOURS), ax=axes, label=unit, shrink=0.7)
        svg = to_svg(drawn)
    low, high = np.nanpercentile(values, (5, 95), axis=0)
    rows = []
    for share, name in INSTANTS:
        at = round(share * (len(median) - 1))
        rows.append((name, *(_interval(median[at, i], low[at, i], high[at, i], with_forces) for i in range(2))))
    kind = unit.split(",", maxsplit=1)[0]
    says = (
        f"The {side} leg in its mean stance from the side (facing right) and from behind, with the front strand (whole "
        f"line) and the back strand (dashed) of the band; darker means more {kind}. Medians of believable bands: the "
        "absolute size is not certain."
    )
    name = unit.split(", ")[1]
    head = ("Median (5th to 95th percentile)", f"Front strand, {name}", f"Back strand, {name}")
    return Picture(f"The {side} stance with its band", svg, says, head, tuple(rows))


_COLOURS: Final = colormaps["YlOrRd"]


def _interval(median: float, low: float, high: float, whole: bool) -> str:
    digits = 0 if whole else 1
    return f"{median:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def _mean_poses(found: Analysis, side: SideName) -> Array:
    """Mean pose (instants, coordinates) of the good stances; the pelvis stays where it is in ground."""
    assert found.joints is not None  # noqa: S101  # the caller has looked
    good = found.motion.good(side)
    shares = np.array([share for share, _ in INSTANTS])
    when = good.contact_s[:, None] + shares * (good.toe_off_s - good.contact_s)[:, None]
    q, time_s = np.nan_to_num(found.joints.poses.q), found.joints.time_s
    return np.stack([np.interp(when, time_s, column).mean(axis=0) for column in q.T], axis=1)


def _lines(body: CompiledBody, pose: Array, design: Design, side: SideName) -> dict[str, Array]:
    """Polylines (points, 3) of the leg's bones, the pelvis and the two strands, relative to the hip."""
    posed = forward(body, pose)
    R, p = posed.rotation[0], posed.position[0]

    def ground(segment: str, point: Array) -> Array:
        b = body.body_index(segment)
        return np.asarray(R[b] @ point + p[b])

    letter = side[0]
    bones = np.stack([p[body.body_index(f"{name}_{letter}")] for name in _BONES])
    hips = np.stack([p[body.body_index(f"femur_{each[0]}")] for each in SIDES])
    geometry = band_geometry(body, pose, design, side)
    found = {"leg": bones, "pelvis": hips}
    for (path, guide), name in zip(_STRANDS, ("front", "back"), strict=True):
        crossing = design.apex + np.array([geometry.position[0, guide], 0.0, 0.0])
        found[name] = np.stack(
            [
                ground("pelvis", design.origin[path, 0]),
                ground("pelvis", design.origin[path, 1]),
                ground(f"femur_{letter}", design.guide[guide]),
                ground(f"femur_{letter}", crossing),
                ground(f"tibia_{letter}", design.gerdy),
            ]
        )
    return {name: line - bones[0] for name, line in found.items()}


def _draw(ax: Axes, lines: dict[str, Array], across: int, sign: float, now: Array, scale: Normalize) -> None:
    for name in ("pelvis", "leg"):
        ax.plot(sign * lines[name][:, across], lines[name][:, 1], "-o", color=HAIRLINE, linewidth=4, markersize=4)
        ax.plot(sign * lines[name][:, across], lines[name][:, 1], "o", color=INK, markersize=2)
    for value, name in zip(now, ("front", "back"), strict=True):
        style = "-" if name == "front" else (0, (4, 1))
        x, y = sign * lines[name][:, across], lines[name][:, 1]
        ax.plot(x, y, color=MUTED, linewidth=4.2)
        ax.plot(x, y, linestyle=style, color=_COLOURS(scale(value)), linewidth=3)
    ax.set_aspect("equal", adjustable="datalim")
    ax.set(xticks=[], yticks=[])
    ax.grid(visible=False)
    for spine in ax.spines.values():
        spine.set_visible(False)
