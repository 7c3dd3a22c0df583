"""Two methods for the same steps: how far they agree, and what one can lend the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gerdy import evidence
from gerdy.motion.stances import Stances, differences, in_order
from gerdy.quantities import SIDES

if TYPE_CHECKING:
    from gerdy.quantities import Array


class Agreement(NamedTuple):
    """How two methods that know nothing of each other agree on the steps.

    Attributes
    ----------
    share : 0-1, steps that both see on the same foot
    contact_s, toe_off_s : median of pelvis minus legs over these steps
    """

    share: float
    contact_s: float
    toe_off_s: float


def agree(legs: Stances, pelvis: Stances) -> Agreement:
    """Compare the steps that two methods find, foot by foot."""
    within = evidence.value("house_film.agree_within")
    gaps = [
        (
            differences(legs.of(side).contact_s, pelvis.of(side).contact_s, within),
            differences(legs.of(side).toe_off_s, pelvis.of(side).toe_off_s, within),
        )
        for side in SIDES
    ]
    contact, toe_off = (np.concatenate([gap[k] for gap in gaps]) for k in range(2))
    both = np.isfinite(contact) & np.isfinite(toe_off)
    most = max(len(legs), len(pelvis))
    if not both.any():
        return Agreement(0.0, float("nan"), float("nan"))
    return Agreement(float(both.sum() / most), float(np.median(contact[both])), float(np.median(toe_off[both])))


def filled(legs: Stances, pelvis: Stances) -> Stances:
    """Take the legs' times, and the pelvis's where a leg was hidden; angles of a hidden leg stay missing.

    Parameters
    ----------
    legs, pelvis : stances of both feet by the two methods
    """
    within = evidence.value("house_film.agree_within")
    pairs: list[Array] = []
    for side in SIDES:
        mine, other = legs.of(side), pelvis.of(side)
        middle = [(stances.contact_s + stances.toe_off_s) / 2.0 for stances in (mine, other)]
        alone = np.isnan(differences(middle[1], middle[0], 2.0 * within))
        times = [np.stack([stances.contact_s, stances.toe_off_s], axis=1) for stances in (mine, other.where(alone))]
        pairs.append(np.concatenate(times))
    return in_order(pairs[0], pairs[1], "film")
