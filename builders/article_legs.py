"""Recorded runners as the articles' claims need them: one `Leg` for each leg of each recording."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np

from gerdy import Analysis, analyze
from gerdy.band.circle import tilt_circle
from gerdy.band.evaluate import outcomes_at, zero_length
from gerdy.band.outcomes import at_stances
from gerdy.band.priors import draw_bands
from gerdy.body.dynamics import differentiate
from gerdy.chain.articles.running import Leg
from gerdy.errors import GerdyError
from gerdy.evidence import value
from gerdy.motion.measures import phase_curves
from gerdy.pipelines.band import leg_motion
from gerdy.pipelines.validate import find_trials
from gerdy.quantities import SIDES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from gerdy.band.outcomes import LegMotion
    from gerdy.quantities import Array, SideName

WEAKER = ("glmed1", "glmed2", "glmed3")
MID = 50
"""Point of 101 over stance."""


def legs_of(folders: Sequence[Path]) -> Iterator[Leg]:
    """Analyse every running trial at the one speed; one that cannot be used is named and left out."""
    speed = f"T{10 * value('house_articles.speed'):.0f}"
    for folder in folders:
        for run, static in find_trials(folder):
            if speed not in run.stem:
                continue
            print(run.name, file=sys.stderr, flush=True)
            try:
                yield from legs(analyze(run, static=static, mass_from_forces=True, reference=None), run.parent.name)
            except GerdyError as error:
                print(f"left out: {run.name}: {error}", file=sys.stderr)


def legs(found: Analysis, runner: str) -> Iterator[Leg]:
    """Return both legs of an analysis; nothing for a leg without a band or forces."""
    for side in SIDES:
        if side in found.bands and side in found.motion.curves and found.moments is not None:
            yield _leg(found, runner, side)


def _leg(found: Analysis, runner: str, side: SideName) -> Leg:
    joints, moments, good = found.joints, found.moments, found.motion.good(side)
    assert joints is not None  # noqa: S101 - there is a band
    assert moments is not None  # noqa: S101 - the caller has looked
    velocity = differentiate(joints.time_s, joints.poses.q).velocity
    motion = leg_motion(joints, moments, found.motion, velocity, side)

    def over_stance(values: Array) -> Array:
        return phase_curves(joints.time_s, values, good.contact_s, good.toe_off_s)

    force = found.motion.curves[side].curve_n
    abduction = -over_stance(moments.values[:, moments.names.index(f"hip_adduction_{side[0]}")])
    circle = tilt_circle(motion, draw_bands(motion.body))
    assert circle is not None  # noqa: S101 - there are moments
    return Leg(
        runner=runner,
        side=side,
        speed_m_s=found.motion.speed.mean,
        mass_kg=float(found.subject.mass_kg or np.nan),
        band=found.bands[side].outcomes,
        angles={name: over_stance(values) for name, values in joints.angles(side).items()},
        force_n=force,
        foot_m=over_stance(joints.distances(side)["pelvis_to_foot"])[:, MID],
        hip_lever_m=float(np.nanmean(abduction[:, MID]) / force[:, MID].mean()),
        tension_change=_weaker(motion),
        circle=circle,
    )


def _weaker(motion: LegMotion) -> Array:
    """Change of peak tension when gluteus medius is weaker and everything else stays, (draws,) %."""
    factors = {f"{name}_{motion.side[0]}": value("house_articles.weaker") for name in WEAKER}
    cut, changes = at_stances(motion), []
    for draw in draw_bands(motion.body):
        zero = zero_length(motion.body, motion.side, motion.standing, draw)
        as_is, weak = (
            np.nanmean(outcomes_at(motion.body, motion.side, cut, draw, zero, strength=strength)[0]["tension_peak_n"])
            for strength in (None, factors)
        )
        changes.append(100 * (weak / as_is - 1.0))
    return np.array(changes)
