"""Is the changed motion still a motion under that force? A whole-body check on the change alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from gerdy import evidence
from gerdy.band.what_if.momentum import unexplained
from gerdy.errors import WhatIfRefused

if TYPE_CHECKING:
    from gerdy.band.what_if.case import Case
    from gerdy.band.what_if.pose import Moved
    from gerdy.quantities import Array

__all__ = ["Residual", "residual"]

Verdict: TypeAlias = Literal["small", "warning", "refused"]


@dataclass(frozen=True, slots=True)
class Residual:
    """What the change leaves unexplained of the momentum of a stance, per time.

    Parameters
    ----------
    force : share of body weight: rate of linear momentum less force that the change adds, mean vector over stance
    moment : share of body weight times height: the same about the mass centre
    verdict : *small*, *warning* (half of a limit or more), or *refused*
    """

    force: float
    moment: float
    verdict: Verdict

    def to_json(self) -> dict[str, Any]:
        """Return the entry ``residual``."""
        return {"force_bw": self.force, "moment_bw_height": self.moment, "verdict": self.verdict}

    def require(self, words: str) -> Residual:
        """Return itself, or refuse.

        Raises
        ------
        WhatIfRefused : the change is no motion under that force
        """
        if self.verdict != "refused":
            return self
        most_force, most_moment = _limits()
        raise WhatIfRefused(
            f"'{words}' leaves {100 * self.force:.1f} % of body weight and {self.moment:.3f} body weight x height of "
            f"the whole body's motion unexplained (limits {100 * most_force:g} % and {most_moment:g}): with the rest "
            "kept, no runner moves like that under this force. Ask for a smaller change."
        )


def residual(case: Case, moved: Moved) -> Residual | None:
    """Compare the added momentum rates of all segments with the added force and moment.

    Parameters
    ----------
    case : as recorded
    moved : with changes of pose

    Returns
    -------
    Residual, or None without forces

    Notes
    -----
    Momentum is balanced over whole stances: a mass centre that sways by one millimetre within a stance of 0.22 s takes
    eight per cent of body weight at its turning points, so a balance point by point would judge skin motion.
    """
    if case.ground is None:
        return None
    force, moment = unexplained(case.body, moved.q, moved.required)
    force_0, moment_0 = case.unexplained
    points = case.at.when_s.shape[1]
    added_force = _over_stance(force - force_0, points) / case.weight_n
    added_moment = _over_stance(moment - moment_0, points) / (case.weight_n * case.stature_m)
    most_force, most_moment = _limits()
    share = max(added_force / most_force, added_moment / most_moment)
    warn = evidence.value("house_what_if.residual_warning")
    verdict: Verdict = "refused" if share > 1.0 else "warning" if share > warn else "small"
    return Residual(added_force, added_moment, verdict)


def _limits() -> tuple[float, float]:
    return evidence.value("house_what_if.residual_force"), evidence.value("house_what_if.residual_moment")


def _over_stance(vectors: Array, points: int) -> float:
    """Mean over stances of the size of the mean vector over stance."""
    mean = np.trapezoid(vectors.reshape(-1, points, 3), axis=1) / (points - 1)
    return float(np.nanmean(np.linalg.norm(mean, axis=1)))
