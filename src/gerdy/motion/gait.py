"""Running or walking: told by the time without ground contact."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from gerdy.motion.stances import Stances
    from gerdy.quantities import Array


class Gait(StrEnum):
    """What the legs were doing."""

    RUNNING = "running"
    WALKING = "walking"
    STANDING = "standing"


def flight_times(stances: Stances) -> Array:
    """Return the time from each toe-off to the next contact of the other foot.

    Returns
    -------
    (stances,) s; negative where both feet are down; NaN where the next contact is not the other foot's
    """
    flight = np.full(len(stances), np.nan)
    flight[:-1] = stances.contact_s[1:] - stances.toe_off_s[:-1]
    flight[:-1][stances.right[1:] == stances.right[:-1]] = np.nan
    return flight


def recognise(stances: Stances) -> Gait:
    """Name the gait from the median flight time: running flies, walking has both feet down."""
    flight = flight_times(stances)
    if not np.isfinite(flight).any():
        return Gait.STANDING
    return Gait.RUNNING if np.nanmedian(flight) > 0 else Gait.WALKING
