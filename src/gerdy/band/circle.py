"""The vicious circle of the second article as a small model: one degree of tilt, followed once round.

The article's circle: a pelvis tipped forward gives tensor fasciae latae a longer arm to turn the thigh in; it is used
more; its pull tips the pelvis further. Every link is a number here, and their product is the gain of the loop: one
degree of tilt comes back as `gain` degrees. Below one the circle dies out, and a tilt that starts it ends
1 / (1 - gain) times as large; at one and above it would run away.

The arms come from this runner's body and motion. How much more the muscle is used lies between two readings: least
effort shares this runner's moments anew, or, as the article has it, the pull grows as the arm does. How much of that
pull other muscles leave standing, and how stiffly the trunk holds the pelvis, nobody measured. All three are drawn from
wide stated ranges, so the answer is a hypothesis with an interval and not a finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy.stats import qmc

from gerdy import evidence
from gerdy.band.design import JOINT_COORDINATES
from gerdy.band.outcomes import at_stances, interval
from gerdy.band.priors import SEED
from gerdy.band.tension import joint_columns, leg_band
from gerdy.errors import EvidenceInvalid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.band.design import Draw
    from gerdy.band.outcomes import LegMotion
    from gerdy.band.tension import LegBand
    from gerdy.quantities import Array

__all__ = ["Circle", "loop_gain", "tilt_circle"]

LINKS: Final = {
    "arm_mm_per_deg": "how much longer the inward-turning arm becomes for each degree of tilt: geometry",
    "least_effort_n_per_mm": "how much more the muscle pulls for each millimetre of arm if effort is least",
    "in_proportion_n_per_mm": "the same if its pull grows as its arm does, as the article has it",
    "force_n_per_mm": "drawn between the two: hypothesis",
    "flexion_arm_mm": "arm with which that pull flexes the hip, and so tips the pelvis: geometry",
    "left_over": "share of that moment which no other muscle takes up: drawn, hypothesis",
    "tilt_deg_per_nm": "how far a moment tips the pelvis: drawn, hypothesis",
}
"""Links of the circle; the gain is the product of all but the two ends that `force_n_per_mm` is drawn between."""


@dataclass(frozen=True, slots=True, eq=False)
class Circle:
    """The loop of one leg.

    Parameters
    ----------
    links : name of `LINKS` → (draws,)
    gain : (draws,) degrees of tilt that one degree comes back as; one and above would run away
    runaway_stiffness : (draws,) N·m per degree below which it would run away if nothing else took up the pull
    """

    links: dict[str, Array]
    gain: Array
    runaway_stiffness: Array

    @property
    def share_running_away(self) -> float:
        """Share of the draws in which the gain is one or more."""
        return float(np.mean(self.gain >= 1.0))

    def to_json(self) -> dict[str, Any]:
        """Return ``sides.*.vicious_circle``: the links, the gain, and when it would exceed one."""
        return {
            "label": "hypothesis",
            "links": {name: interval(values) for name, values in self.links.items()},
            "gain": interval(self.gain),
            "share_of_draws_above_one": self.share_running_away,
            "runs_away_below_nm_per_deg": interval(self.runaway_stiffness),
        }


def loop_gain(arm: Array, force: Array, flexion_arm: Array, left_over: Array, yielding: Array) -> Array:
    """Multiply the links of the circle.

    Parameters
    ----------
    arm : mm of inward-turning arm per degree of tilt
    force : N per mm of arm
    flexion_arm : mm
    left_over : share, 0 to 1
    yielding : degrees of tilt per N·m

    Returns
    -------
    degrees of tilt for each degree of tilt

    Examples
    --------
    Half a millimetre a degree, 10 N a millimetre, an arm of 40 mm, half left over, 8 N·m a degree:

    >>> float(loop_gain(0.5, 10.0, 40.0, 0.5, 1 / 8))
    0.0125
    """
    return np.asarray(arm * force * (flexion_arm / 1000.0) * left_over * yielding)


def tilt_circle(motion: LegMotion, draws: Sequence[Draw]) -> Circle | None:
    """Follow one degree of anterior tilt once round the circle, from contact to mid-stance of a leg's mean stance.

    The tilt turns the pelvis with the thigh fixed in space, so the hip flexes by as much; net joint moments stay as
    they were measured, and static optimisation shares them anew.

    Parameters
    ----------
    motion : of the leg
    draws : believable bands on the same body, as many as a power of two

    Returns
    -------
    Circle, or None where there are no forces
    """
    if motion.moments is None:
        return None
    stance = _mean_loading(motion)
    found = np.array([_one(motion, stance, draw) for draw in draws])
    arm, least_effort, in_proportion, flexion_arm = found.T
    use, left_over, stiffness = _unknown(len(draws))
    force = least_effort + use * (in_proportion - least_effort)
    gain = loop_gain(arm, force, flexion_arm, left_over, 1.0 / stiffness)
    values = (arm, least_effort, in_proportion, force, flexion_arm, left_over, 1.0 / stiffness)
    links = dict(zip(LINKS, values, strict=True))
    return Circle(links, gain, np.maximum(arm * force * flexion_arm / 1000.0, 0.0))


def _mean_loading(motion: LegMotion) -> tuple[Array, Array, Array]:
    """Pose, velocity and moments of the mean stance from contact to mid-stance, (points, coordinates) each."""
    cut = at_stances(motion)
    stances, points = cut.when_s.shape
    parts = (cut.q, cut.velocity, cut.moments)
    shaped = (np.zeros(0) if part is None else part.reshape(stances, points, -1) for part in parts)
    q, velocity, moments = (np.nanmean(part, axis=0)[: points // 2 + 1] for part in shaped)
    return q, velocity, moments


def _one(motion: LegMotion, stance: tuple[Array, Array, Array], draw: Draw) -> tuple[float, float, float, float]:
    """Arm per degree (mm), force per millimetre by either reading (N) and flexion arm (mm), means over loading."""
    degrees = evidence.value("house_validation.small_tilt")
    as_is, tipped = _tipped(motion, stance, draw, 0.0), _tipped(motion, stance, draw, degrees)
    arm = _mean_arm(as_is, "hip_rotation")
    longer = _mean_arm(tipped, "hip_rotation") - arm
    pull = _mean_pull(as_is)
    more = _mean_pull(tipped) - pull
    in_proportion = pull / arm if arm > 0.0 else 0.0
    return longer / degrees, more / longer, in_proportion, _mean_arm(as_is, "hip_flexion")


def _tipped(motion: LegMotion, stance: tuple[Array, Array, Array], draw: Draw, degrees: float) -> LegBand:
    q, velocity, moments = stance
    column = joint_columns(motion.body, motion.side)[JOINT_COORDINATES.index("hip_flexion")]
    tilted = q.copy()
    tilted[:, column] += np.radians(degrees)
    return leg_band(motion.body, tilted, velocity, moments, draw, motion.side)


def _mean_arm(band: LegBand, coordinate: str) -> float:
    return 1000 * float(band.geometry.moment_arm[:, 0, JOINT_COORDINATES.index(coordinate)].mean())


def _mean_pull(band: LegBand) -> float:
    assert band.tension is not None  # noqa: S101  # there are moments
    return float(np.nanmean(band.tension.strand_n[:, 0]))


def _unknown(count: int) -> tuple[Array, Array, Array]:
    """Draw what nobody measured: how leverage is used, the share left over, the pelvis' stiffness in N·m per degree."""
    points = qmc.Sobol(3, scramble=True, rng=SEED).random(count)
    keys = ("house_circle.use", "house_circle.left_over", "house_circle.pelvis_stiffness")
    (none, full), (low, high), (soft, stiff) = (_ends(key) for key in keys)
    use, left = none + points[:, 0] * (full - none), low + points[:, 1] * (high - low)
    return use, left, soft * (stiff / soft) ** points[:, 2]


def _ends(key: str) -> tuple[float, float]:
    found = evidence.entry(key).interval
    if found is None:
        raise EvidenceInvalid(f"{key} needs an interval: it is drawn from.")
    return found
