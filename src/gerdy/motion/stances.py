"""Stances: when each foot was on the ground, and how two methods agree on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from gerdy.quantities import Array, Flags, SideName

Method = Literal["forces", "markers", "film"]


@dataclass(frozen=True, slots=True)
class Stances:
    """Ground contacts in order of time.

    Parameters
    ----------
    contact_s, toe_off_s : (stances,) s
    right : (stances,) whether the right foot was on the ground
    method : where the times come from
    """

    contact_s: Array
    toe_off_s: Array
    right: Flags
    method: Method

    def __len__(self) -> int:
        return len(self.contact_s)

    def of(self, side: SideName) -> Stances:
        """Return the stances of one side."""
        return self.where(self.right == (side == "right"))

    def where(self, keep: Flags) -> Stances:
        """Return the stances that `keep` marks."""
        return Stances(self.contact_s[keep], self.toe_off_s[keep], self.right[keep], self.method)


def in_order(left: Array, right: Array, method: Method) -> Stances:
    """Merge the (stances, 2) contact and toe-off times of both feet into one sequence."""
    times = np.concatenate([left, right])
    sides = np.repeat([False, True], [len(left), len(right)])
    order = np.argsort(times[:, 0], kind="stable")
    return Stances(times[order, 0], times[order, 1], sides[order], method)


def differences(reference: Array, other: Array, within_s: float) -> Array:
    """Nearest `other` event minus each `reference` event.

    Returns
    -------
    (reference,) s; NaN where no event of `other` lies within `within_s`
    """
    if other.size == 0:
        return np.full(reference.shape, np.nan)
    ordered = np.sort(other)
    after = np.clip(np.searchsorted(ordered, reference), 1, max(len(ordered) - 1, 1))
    candidates = ordered[np.stack([after - 1, np.minimum(after, len(ordered) - 1)])] - reference
    best = np.where(np.abs(candidates[0]) <= np.abs(candidates[1]), candidates[0], candidates[1])
    return np.where(np.abs(best) <= within_s, best, np.nan)
