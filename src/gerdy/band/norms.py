"""What the runners of a norm do to their bands, on their own bodies, draw by draw."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy.band.outcomes import interval

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gerdy.motion.norms import Norm
    from gerdy.quantities import Array

__all__ = ["BandNorm", "load_band_norm", "relative_to_norm"]

DATA: Final = "norm_data"


@dataclass(frozen=True, slots=True, eq=False)
class BandNorm:
    """Band outcomes of a norm's runners.

    Parameters
    ----------
    runners : names
    outcomes : dotted path → (runners, draws) mean of both legs; draw d holds the same quantiles of what is not known
        for every body, and no session offset: those of many runners average out
    """

    runners: tuple[str, ...]
    outcomes: Mapping[str, Array]

    def of(self, norm: Norm, path: str) -> Array:
        """Return (runners, draws) of one outcome for the runners that stand in a matched norm."""
        rows = [self.runners.index(runner.name) for runner in norm.runners]
        return np.asarray(self.outcomes[path][rows])


@cache
def load_band_norm(name: str) -> BandNorm:
    """Return the band outcomes of the norm of that name."""
    with (
        as_file(files("gerdy.band").joinpath(DATA)) as folder,
        np.load(folder / f"{name}.npz", allow_pickle=False) as stored,
    ):
        about = json.loads(str(stored["about"]))
        return BandNorm(tuple(about["runners"]), dict(zip(about["outcomes"], stored["values"], strict=True)))


def relative_to_norm(mine: Array, norm: Array, weights: Array) -> dict[str, float | int] | None:
    """Divide a runner's outcome by the norm's, draw by draw.

    Parameters
    ----------
    mine : (draws,) of the runner
    norm : (runners, draws) that begin with the same draws: a sequence of draws begins alike however long it is
    weights : (draws, runners) adding up to one, from `gerdy.band.session_errors.stance_weights`: which runners a norm
        happens to hold is not known better than their number allows

    Returns
    -------
    median, p5, p95, draws of the ratio; None where the norm has fewer draws or nothing was computed
    """
    many = len(mine)
    if many > norm.shape[1]:
        return None
    typical = np.einsum("dr,rd->d", weights[:many], norm[:, :many])
    return interval(np.where(typical > 0.0, mine / np.where(typical > 0.0, typical, 1.0), np.nan))
