"""Small tools for time series with missing samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from gerdy.quantities import Array


def bridge(values: Array) -> Array:
    """Return a copy with missing samples joined by straight lines, column by column.

    For quantities that only need a rough height or trend; never used for angles or loads.

    Parameters
    ----------
    values : (frames, columns); a column without any sample stays NaN
    """
    filled = values.copy()
    frames = np.arange(len(values))
    for column in filled.T:
        seen = np.isfinite(column)
        if seen.any():
            column[~seen] = np.interp(frames[~seen], frames[seen], column[seen])
    return filled
