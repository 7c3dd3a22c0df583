"""Exact Shapley values: what each player adds, averaged over every order in which the players can come.

References
----------
.. [Shapley1953] Shapley LS (1953). A value for n-person games. Contributions to the Theory of Games 2:307-317.
"""

from __future__ import annotations

from math import factorial
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from gerdy.quantities import Array, Flags

__all__ = ["coalitions", "shapley"]


def coalitions(players: int) -> Flags:
    """Return (2^players, players) whether each player is in each coalition; player p is bit p of the row's number.

    Examples
    --------
    >>> coalitions(2).astype(int).tolist()
    [[0, 0], [1, 0], [0, 1], [1, 1]]
    """
    members: Flags = (np.arange(2**players)[:, None] >> np.arange(players)) & 1 == 1
    return members


def shapley(worth: Array) -> Array:
    """Share the worth of all players among them.

    Parameters
    ----------
    worth : (2^players, …) of each coalition, in the order of `coalitions`; NaN makes the shares NaN

    Returns
    -------
    (players, …) that add up to the worth of all less the worth of none

    Notes
    -----
    Exact: the mean over all players! orders, gathered by coalition. A player who changes nothing gets exactly
    nothing, and swapping what *in* and *out* mean changes every sign.

    References
    ----------
    [Shapley1953]_

    Examples
    --------
    Two players who earn 1 and 2 alone and 4 together:

    >>> shapley(np.array([0.0, 1.0, 2.0, 4.0])).tolist()
    [1.5, 2.5]
    """
    players = len(worth).bit_length() - 1
    members = coalitions(players)
    size = members.sum(axis=1)
    shares = np.empty((players, *worth.shape[1:]))
    for player in range(players):
        out = np.flatnonzero(~members[:, player])
        weight = np.array([factorial(s) * factorial(players - s - 1) for s in size[out]]) / factorial(players)
        shares[player] = np.tensordot(weight, worth[out | (1 << player)] - worth[out], axes=1)
    return shares
