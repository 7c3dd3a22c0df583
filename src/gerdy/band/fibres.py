"""Loading through length: what the fibres of the hip's side and back do in stance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gerdy.band.stance import Stances, over
from gerdy.band.tension import REPORTED_FIBRES

if TYPE_CHECKING:
    from gerdy.band.tension import Fibres
    from gerdy.quantities import Array


def fibre_outcomes(fibres: Fibres, stances: Stances) -> dict[str, Array]:
    """Return length, lengthening velocity and work of each fibre, (stances,) each.

    Work needs forces: negative while the muscle lengthens under load, in loading (knee bending) and push-off.
    """
    length, velocity, power = (over(part, stances) for part in fibres)
    middle = (length.shape[1] - 1) // 2
    step_s = stances.duration_s / (length.shape[1] - 1)
    found: dict[str, Array] = {}
    for i, name in enumerate(REPORTED_FIBRES):
        key = f"fibres.{name}"
        found[f"{key}.length_contact"] = length[:, 0, i]
        found[f"{key}.length_mid_stance"] = length[:, middle, i]
        found[f"{key}.lengthening_velocity_peak_per_s"] = velocity[:, :, i].max(axis=1)
        for phase, inside in (("loading", stances.loading()), ("push_off", ~stances.loading())):
            for sign, part in (("negative", np.minimum), ("positive", np.maximum)):
                work = np.where(inside, part(power[:, :, i], 0.0), 0.0)
                found[f"{key}.{sign}_work_{phase}_j"] = np.trapezoid(work, axis=1) * step_s
    return found
