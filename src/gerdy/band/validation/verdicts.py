"""Run the checks and judge them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gerdy.band.validation import (
    bundled_checks,
    cadence_checks,
    geometry_checks,
    lever_checks,
    running_checks,
    standing_checks,
)
from gerdy.band.validation.targets import targets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gerdy.band.validation.material import Material
    from gerdy.band.validation.targets import Target
    from gerdy.quantities import Array

CHECKS: Final[dict[str, Callable[[Material], Array]]] = {
    "V1": geometry_checks.posterior_crossing,
    "V1-front": geometry_checks.anterior_crosses_later,
    "V2": geometry_checks.front_fibre_travel,
    "V3": geometry_checks.internal_rotation_compresses,
    "V4-varus": geometry_checks.varus_compresses,
    "V4-valgus": geometry_checks.valgus_relieves,
    "V4-length": geometry_checks.varus_lengthens,
    "V5-order": bundled_checks.strain_falls_with_width,
    "V5-linear": bundled_checks.strain_is_linear_in_width,
    "V5-rate": bundled_checks.rate_falls_with_width,
    "V6": running_checks.late_elongation,
    "V6-late": running_checks.later_than_early,
    "V7": running_checks.rate_rises,
    "V7-size": running_checks.rate_for_ten_percent,
    "V10-hip": geometry_checks.hip_extension_lengthens,
    "V10-knee": geometry_checks.knee_flexion_lengthens,
    "V10-larger": geometry_checks.hip_over_knee,
    "V11-knee": geometry_checks.deep_knee_lengthens,
    "V11-rotation": geometry_checks.rotation_over_knee,
    "V12-length": standing_checks.drop_lengthens,
    "V12-tension": standing_checks.drop_raises_tension,
    "V13-zero": lever_checks.rotation_arm_at_zero,
    "V13-slope": lever_checks.rotation_arm_slope,
    "V14": lever_checks.abduction_arm,
    "V15-inwards": lever_checks.share_turning_inwards,
    "V15-middle": lever_checks.middle_medius_switch,
    "V15-posterior": lever_checks.posterior_medius_switch,
    "V16": lever_checks.vastus_rotation_arm,
    "V17-medius": cadence_checks.medius_falls_with_cadence,
    "V17-maximus": cadence_checks.maximus_falls_with_cadence,
    "V18-slow": running_checks.energy_slow,
    "V18-fast": running_checks.energy_fast,
    "V19": standing_checks.clinical_stretch,
    "V20": standing_checks.tensioners_share,
    "V21": geometry_checks.crest_per_adduction,
    "R5": bundled_checks.adduction_elongates,
    "R6-contact": bundled_checks.tilt_at_contact,
    "R6-peak": bundled_checks.tilt_at_peak,
}

MET: Final = "met"
FAILING: Final = "failing"
NOT_RUN: Final = "not run: needs recordings"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Parameters
    ----------
    target : what was asked
    ours : middle of our numbers, None where there is none
    interval : 5th and 95th percentile over draws, or smallest and largest over recordings
    n : how many numbers
    inside : share of the numbers that lie inside the tolerance; NaN where there is none
    over : what they are: draws, runs, or the one body
    verdict : *met*, *failing*, *not run* or *not testable*, with the reason
    """

    target: Target
    ours: float | None
    interval: tuple[float, float] | None
    n: int
    over: str
    verdict: str
    inside: float = float("nan")

    def to_json(self) -> dict[str, Any]:
        """Return one entry of ``gerdy/validation/1``."""
        return {
            "key": self.target.key,
            "id": self.target.id,
            "block": self.target.block,
            "what": self.target.what,
            "published": self.target.published,
            "ours": self.ours,
            "interval": None if self.interval is None else list(self.interval),
            "n": self.n,
            "inside": self.inside if self.n else None,
            "over": self.over,
            "unit": self.target.unit,
            "tolerance": self.target.tolerance(),
            "rule": self.target.rule,
            "source": self.target.source(),
            "evidence": list(self.target.keys),
            "verdict": self.verdict,
        }


def rows(material: Material) -> Iterator[Row]:
    """Judge every target in turn, block by block."""
    for target in targets():
        yield judge(target, material)


def judge(target: Target, material: Material) -> Row:
    """Judge one target; without the recordings it needs it is *not run*, never *met*."""
    if target.why_not:
        return Row(target, None, None, 0, "", f"not testable: {target.why_not}")
    found = CHECKS[target.key](material) if target.needs != "recordings" or material.trials else np.empty(0)
    if not found.size:
        return Row(target, None, None, 0, "", NOT_RUN)
    middle = float(np.nanmean(found) if target.average == "mean" else np.nanmedian(found))
    judged = found if target.judge == "every" else np.array([middle])
    inside = float(np.mean([target.holds(float(x)) for x in found]))
    verdict = MET if all(target.holds(float(x)) for x in judged) else _failing(target, judged)
    return Row(target, middle, _interval(target, found), found.size, _over(target, found), verdict, inside)


def _failing(target: Target, judged: Array) -> str:
    outside = sum(not target.holds(float(x)) for x in judged)
    count = "" if judged.size == 1 else f" ({outside} of {judged.size} outside)"
    return f"{FAILING}{count}" + (f": {target.reason}" if target.reason else "")


def _interval(target: Target, found: Array) -> tuple[float, float] | None:
    if found.size == 1:
        return None
    if target.needs == "recordings":
        return float(found.min()), float(found.max())
    low, high = np.nanpercentile(found, (5, 95))
    return float(low), float(high)


def _over(target: Target, found: Array) -> str:
    if target.needs == "recordings":
        return "recordings"
    return "draws" if found.size > 1 else "the shipped body"
