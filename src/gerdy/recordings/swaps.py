"""Two labels of one foot that were exchanged, found because medial must lie medial of lateral."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import median_filter

if TYPE_CHECKING:
    from gerdy.quantities import Array, Flags


def swapped_frames(medial: Array, lateral: Array, outward: Array, window: int, share: float) -> Flags:
    """Frames in which two labels of one foot stand in the wrong order.

    Parameters
    ----------
    medial, lateral : (frames, 3) m, positions under the two labels
    outward : (frames, 3) from the body's middle to this side; its length does not matter
    window : frames, odd; an exchange shorter than half of it is not looked for
    share : how far into the wrong side, as a share of the usual distance, before an order counts as wrong

    Returns
    -------
    (frames,) True where they are exchanged; False where one of them is not seen
    """
    unit = outward / np.linalg.norm(outward, axis=1, keepdims=True)
    order = np.einsum("ij,ij->i", lateral - medial, unit)
    seen = np.isfinite(order)
    if not seen.any():
        return seen
    usual = float(np.median(np.abs(order[seen])))
    wrong = seen & (order < -share * usual)
    smooth: Flags = median_filter(wrong, size=window, mode="nearest")
    return smooth & seen & (order < 0)


def exchange(first: Array, second: Array, where: Flags) -> tuple[Array, Array]:
    """Return two markers with their samples exchanged where told."""
    mask = where[:, None]
    return np.where(mask, second, first), np.where(mask, first, second)
