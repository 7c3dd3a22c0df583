"""Markers of one segment as a rigid body: where one must be when the others are seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.quantities import Array

_SHAPE_FRAMES = 300
_ROUNDS = 5


def shape_of(xyz: Array) -> Array | None:
    """Mean shape of a segment, from frames that show all of it.

    Parameters
    ----------
    xyz : (frames, markers, 3) m; NaN is a gap

    Returns
    -------
    (markers, 3) m about their own centre; None where fewer than two frames show all markers
    """
    whole = xyz[np.isfinite(xyz).all(axis=(1, 2))]
    if len(whole) < 2:
        return None
    whole = whole[:: max(1, len(whole) // _SHAPE_FRAMES)]
    shape = whole[0] - whole[0].mean(axis=0)
    for _ in range(_ROUNDS):
        turn = turns(shape, whole)
        centred = whole - whole.mean(axis=1, keepdims=True)
        shape = np.asarray(np.einsum("fkj,fij->fki", centred, turn).mean(axis=0))
    return np.asarray(shape)


def turns(shape: Array, xyz: Array) -> Array:
    """Rotation that best lays a shape onto each frame.

    Parameters
    ----------
    shape : (markers, 3) m
    xyz : (frames, markers, 3) m, without gaps

    Returns
    -------
    (frames, 3, 3): a row vector of the shape times it is a row vector in the laboratory

    References
    ----------
    [Kabsch1976]_ the least-squares rotation between two sets of points.
    """
    here, there = shape - shape.mean(axis=0), xyz - xyz.mean(axis=1, keepdims=True)
    u, _, vt = np.linalg.svd(np.einsum("ki,fkj->fij", here, there))
    hand = np.sign(np.linalg.det(u @ vt))
    u[:, :, 2] *= hand[:, None]
    return np.asarray(u @ vt)


def predict(shape: Array, xyz: Array, marker: int, others: Sequence[int]) -> Array:
    """Place of one marker as the others of its segment tell it.

    Parameters
    ----------
    shape : (markers, 3) m, see `shape_of`
    xyz : (frames, markers, 3) m; `others` without gaps
    marker, others : positions in the segment

    Returns
    -------
    (frames, 3) m
    """
    chosen = list(others)
    turn = turns(shape[chosen], xyz[:, chosen])
    arm = shape[marker] - shape[chosen].mean(axis=0)
    return np.asarray(np.einsum("i,fij->fj", arm, turn) + xyz[:, chosen].mean(axis=1))
