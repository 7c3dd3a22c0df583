"""What-ifs for a report: each side's single changes within a runner's reach, ranked by what they do to the load."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gerdy import evidence
from gerdy.band.priors import draw_bands
from gerdy.band.what_if import search
from gerdy.pipelines.legs import legs_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from gerdy.evidence import Entry
    from gerdy.pipelines.analysis import Analysis
    from gerdy.quantities import SideName

__all__ = ["RankedWhatIfs", "rank_what_ifs"]


@dataclass(frozen=True, slots=True)
class RankedWhatIfs:
    """Ranked answers by side.

    Parameters
    ----------
    sides : side → answers of ``gerdy/what-if/1``, the largest lowering of the load first
    used : registry entries relied on
    """

    sides: dict[SideName, list[dict[str, Any]]] = field(default_factory=dict)
    used: dict[str, Entry] = field(default_factory=dict)


def rank_what_ifs(found: Analysis, tell: Callable[[], None] = lambda: None) -> RankedWhatIfs:
    """Search each side of an analysis; a side without a band has no answers.

    Parameters
    ----------
    found : with ``depth="band"``
    tell : called after each believable band, for progress
    """
    with evidence.collect() as used:
        count = int(evidence.value("house_what_if.search_draws"))
        legs = legs_of(found)
        sides = {side: search(leg, draw_bands(leg.body, count), tell)[0] for side, leg in legs.items()}
    return RankedWhatIfs({side: [one.to_json() for one in ranked] for side, ranked in sides.items()}, used)
