"""The stances of each leg of a recording, as curves that two runners, legs or days can be compared in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gerdy import evidence
from gerdy.band.outcomes import even_choice
from gerdy.motion.stance_curves import StanceCurves, leg_length, stance_curves
from gerdy.pipelines.band import leg_motions

if TYPE_CHECKING:
    from gerdy.motion.joint_moments import JointMoments
    from gerdy.motion.joint_motion import JointMotion
    from gerdy.motion.study import Motion
    from gerdy.quantities import SideName

__all__ = ["curves_of_legs"]


def curves_of_legs(
    joints: JointMotion, moments: JointMoments | None, motion: Motion, mass_kg: float | None
) -> dict[SideName, StanceCurves]:
    """Cut the same stances that the band is computed on out of a recording.

    Parameters
    ----------
    joints, moments, motion : of the recording
    mass_kg : of the runner; None leaves moments out

    Returns
    -------
    side → stances; a leg without a good stride is left out
    """
    seen = joints.poses.observed
    names = [name for name, known in zip(joints.poses.coordinates, seen, strict=True) if known]
    found: dict[SideName, StanceCurves] = {}
    for side, leg in leg_motions(joints, moments, motion).items():
        chosen = even_choice(len(leg.contact_s), int(evidence.value("house_band.stances")))
        net = None if leg.moments is None or mass_kg is None else leg.moments[:, seen]
        size = (mass_kg or 1.0) * leg_length(leg.body, side)
        stances = leg.contact_s[chosen], leg.toe_off_s[chosen]
        points = int(evidence.value("house_norms.points"))
        found[side] = stance_curves(
            names, side, leg.time_s, leg.q[:, seen], leg.velocity[:, seen], net, stances, points, size
        )
    return found
