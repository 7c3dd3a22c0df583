"""Changes that were measured in runners: curves over stance that are added to angles, with moments and times.

No pose is solved and no moment is recomputed: what was not measured stays as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gerdy.band.evaluate import AtStances

if TYPE_CHECKING:
    from gerdy.band.what_if.case import Case
    from gerdy.quantities import Array

__all__ = ["Measured", "added"]


class Measured(NamedTuple):
    """A change over stance.

    Attributes
    ----------
    angle : coordinate without side → (stances, points) rad, added
    factor, moment : coordinate without side → factor on the net moment, and (points,) N·m that are added
    contact, stride : factors on contact and stride time
    speed_m_s : added
    """

    angle: dict[str, Array]
    factor: dict[str, float]
    moment: dict[str, Array]
    contact: float
    stride: float
    speed_m_s: float


def added(case: Case, at: AtStances, measured: Measured) -> AtStances:
    """Add what was measured, in stances of the measured length.

    Parameters
    ----------
    case : whose leg
    at : its stances, perhaps with changes of pose
    """
    stances, points = at.when_s.shape
    start = at.when_s[:, :1]
    when = start + measured.contact * (at.when_s - start)
    q, velocity = at.q.copy(), at.velocity / measured.contact
    moments = None if at.moments is None else at.moments.copy()
    step_s = ((when[:, -1] - when[:, 0]) / (points - 1))[:, None]
    for name, angle in measured.angle.items():
        column = case.body.coordinate_index(f"{name}_{case.side[0]}")
        q[:, column] += angle.ravel()
        velocity[:, column] += (np.gradient(angle, axis=1) / step_s).ravel()
    if moments is not None:
        for name, factor in measured.factor.items():
            moments[:, case.body.coordinate_index(f"{name}_{case.side[0]}")] *= factor
        for name, more in measured.moment.items():
            moments[:, case.body.coordinate_index(f"{name}_{case.side[0]}")] += np.tile(more, stances)
    return AtStances(when, q, velocity, moments)
