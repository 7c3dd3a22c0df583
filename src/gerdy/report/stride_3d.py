"""A stride in three dimensions with the band coloured by load, as plain numbers for a page that can turn it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gerdy.band.geometry import band_geometry
from gerdy.band.priors import central_draw
from gerdy.body.kinematics import forward
from gerdy.quantities import SIDES

if TYPE_CHECKING:
    from gerdy.band.design import Draw
    from gerdy.body.kinematics import BodyPoses
    from gerdy.body.model import CompiledBody
    from gerdy.pipelines.analysis import Analysis
    from gerdy.quantities import Array, SideName

FRAMES: Final = 41
LEG: Final = ("femur", "tibia", "talus", "calcn", "toes")
STRANDS: Final = (("front", 0, 0), ("back", 1, 1))
"""Name, path and guide of the two loaded strands."""


@dataclass(frozen=True, slots=True)
class Stride:
    """One mean stride, contact to contact of one foot.

    Parameters
    ----------
    lines : name → (frames, points, 3) m; x forward, y to the left, z up, the pelvis in the middle
    load : ``<side> <strand>`` → (frames,) median over believable bands; NaN while that foot is off the ground
    low, high : the same, 5th and 95th percentile
    phase_pct : (frames,) of the stride
    unit : of the load
    leading : the foot whose contact begins the stride
    strides : how many were averaged
    """

    lines: dict[str, Array]
    load: dict[str, Array]
    low: dict[str, Array]
    high: dict[str, Array]
    phase_pct: Array
    unit: str
    leading: SideName
    strides: int

    def to_json(self) -> dict[str, Any]:
        """Return plain lists in millimetres, for the page's script."""
        lines = {name: np.round(1000 * line).astype(int).tolist() for name, line in self.lines.items()}
        loads = {name: [_printable(part[name]) for part in (self.load, self.low, self.high)] for name in self.load}
        peak = max(float(np.nanmax(values)) for values in self.load.values())
        phase = np.round(self.phase_pct).astype(int).tolist()
        return {"lines": lines, "loads": loads, "peak": peak, "phase": phase, "unit": self.unit}


def mean_stride(found: Analysis) -> Stride | None:
    """Return the mean stride of a recording with its bands; None where there is no band.

    The body is the runner's own in the mean pose at each share of the stride; strands are drawn on the band as it is
    believed, and their load is the median over believable bands. Off the ground no load is computed, and none is shown.
    """
    if found.joints is None or not found.bands:
        return None
    leading: SideName = "right" if "right" in found.bands else "left"
    body, phase = found.joints.runner.body, np.linspace(0.0, 1.0, FRAMES)
    poses = _mean_poses(found, leading, phase)
    posed, draw = forward(body, poses), central_draw(body)
    middle = (_joint(body, posed, "femur_r") + _joint(body, posed, "femur_l")) / 2.0
    middle[:, 1] = middle[:, 1].mean()  # the bounce stays, the way forward and to the side goes
    lines = {name: _shown(line - middle[:, None]) for name, line in _bones(found, body, posed).items()}
    for side in found.bands:
        strands = _strands(body, poses, posed, draw, side)
        lines |= {name: _shown(line - middle[:, None]) for name, line in strands.items()}
    load, low, high = (_loads(found, leading, phase, share) for share in (50, 5, 95))
    with_forces = any(np.isfinite(band.curves.tension_n).any() for band in found.bands.values())
    unit = "N" if with_forces else "% longer"
    return Stride(lines, load, low, high, 100 * phase, unit, leading, len(found.motion.good(leading)))


def _mean_poses(found: Analysis, leading: SideName, phase: Array) -> Array:
    """Mean pose (frames, coordinates) over the good strides of the leading foot."""
    assert found.joints is not None  # noqa: S101  # the caller has looked
    good = found.motion.good(leading)
    when = good.contact_s[:, None] + phase * (good.end_s - good.contact_s)[:, None]
    q, time_s = np.nan_to_num(found.joints.poses.q), found.joints.time_s
    return np.stack([np.interp(when, time_s, column).mean(axis=0) for column in q.T], axis=1)


def _bones(found: Analysis, body: CompiledBody, posed: BodyPoses) -> dict[str, Array]:
    """Lines (frames, points, 3) through the joints; the trunk only where markers showed it."""
    assert found.joints is not None  # noqa: S101  # the caller has looked
    lines = {
        f"{side} leg": np.stack([_joint(body, posed, f"{name}_{side[0]}") for name in LEG], axis=1) for side in SIDES
    }
    lines["pelvis"] = _pelvis(body, posed, central_draw(body))
    if found.joints.poses.observed[body.coordinate_index("lumbar_bending")]:
        torso = body.body_index("torso")
        top = posed.position[:, torso] + posed.rotation[:, torso] @ np.array([0.0, 0.45, 0.0])
        lines["trunk"] = np.stack([posed.position[:, torso], top], axis=1)
    return lines


def _pelvis(body: CompiledBody, posed: BodyPoses, draw: Draw) -> Array:
    """Outline (frames, points, 3) of the pelvis: hip, front of the crest, back of the crest, and round."""
    pelvis = body.body_index("pelvis")
    front, back = ({side: draw.designs[side].origin[path, 0] for side in SIDES} for path in (0, 1))
    corners = [front["left"], front["right"], back["right"], back["left"], front["left"]]
    edge = np.stack([posed.rotation[:, pelvis] @ point + posed.position[:, pelvis] for point in corners], axis=1)
    hip = {side: _joint(body, posed, f"femur_{side[0]}")[:, None] for side in SIDES}
    return np.concatenate(
        [hip["left"], edge[:, :2], hip["right"], edge[:, 2:3], edge[:, 3:4], hip["left"], edge[:, 4:]], axis=1
    )


def _joint(body: CompiledBody, posed: BodyPoses, name: str) -> Array:
    return np.array(posed.position[:, body.body_index(name)])


def _strands(body: CompiledBody, q: Array, posed: BodyPoses, draw: Draw, side: SideName) -> dict[str, Array]:
    """Lines (frames, 5, 3) of both strands: two points on the pelvis, guide, epicondyle, tubercle."""
    design, letter = draw.designs[side], side[0]
    geometry = band_geometry(body, q, design, side)

    def ground(segment: str, point: Array) -> Array:
        b = body.body_index(segment)
        return np.einsum("fij,...j->fi", posed.rotation[:, b], point) + posed.position[:, b]

    found = {}
    for name, path, guide in STRANDS:
        ahead = np.nan_to_num(geometry.position[:, guide])
        crossing = design.apex + np.stack([ahead, np.zeros_like(ahead), np.zeros_like(ahead)], axis=1)
        femur = body.body_index(f"femur_{letter}")
        at_knee = np.einsum("fij,fj->fi", posed.rotation[:, femur], crossing) + posed.position[:, femur]
        points = [ground("pelvis", point) for point in design.origin[path]]
        points += [ground(f"femur_{letter}", design.guide[guide]), at_knee, ground(f"tibia_{letter}", design.gerdy)]
        found[f"{side} {name}"] = np.stack(points, axis=1)
    return found


def _loads(found: Analysis, leading: SideName, phase: Array, percentile: float) -> dict[str, Array]:
    """Load of each strand (frames,) at a percentile of the draws; NaN while its foot is off the ground."""
    loads: dict[str, Array] = {}
    for side, band in found.bands.items():
        start, length = _stance_in_stride(found, leading, side)
        share = ((phase - start) % 1.0) / length
        curves = band.curves.tension_n if np.isfinite(band.curves.tension_n).any() else 100 * band.curves.elongation
        for name, path, _ in STRANDS:
            over_draws = np.nanpercentile(curves[:, :, path], percentile, axis=0)
            at = np.interp(share, np.linspace(0.0, 1.0, len(over_draws)), over_draws)
            loads[f"{side} {name}"] = np.where(share <= 1.0, at, np.nan)
    return loads


def _stance_in_stride(found: Analysis, leading: SideName, side: SideName) -> tuple[float, float]:
    """When in the leading foot's stride a side's stance begins, and how long it is, shares of the stride."""
    lead, own = found.motion.good(leading), found.motion.good(side)
    period = float(np.mean(lead.end_s - lead.contact_s))
    length = float(np.mean(own.toe_off_s - own.contact_s)) / period
    if side == leading:
        return 0.0, length
    after = (own.contact_s[None] - lead.contact_s[:, None]) / period
    inside = after[(after > 0.0) & (after < 1.0)]
    return (float(np.median(inside)) if inside.size else 0.5), length


def _shown(line: Array) -> Array:
    """Turn ground axes (x forward, y up, z right) into those of the picture (x forward, y left, z up)."""
    return np.asarray(np.stack([line[..., 0], -line[..., 2], line[..., 1]], axis=-1))


def _printable(values: Array) -> list[float | None]:
    return [round(float(x), 1) if np.isfinite(x) else None for x in values]
