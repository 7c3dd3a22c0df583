"""The damage index as a remark beside a run: it may suggest, it never blocks (R-074)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gerdy.outlook.load import SHOWN_EXPONENTS
from gerdy.running.say import decide

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.outlook.load import RunLoad
    from gerdy.records import Decision

SAID: Final = ("house_load.damage_exponent", "edwards2018.damage_and_load")
LABEL: Final = "relative to this runner's own runs; no measure of damage in the tissue and no risk"


def damage_remark(run: RunLoad, before: Sequence[RunLoad]) -> Decision:
    """R-074: set the index of a run beside the largest of the runs before, for every shown exponent.

    Parameters
    ----------
    before : runs of the thirty days before it

    Returns
    -------
    Decision with outcome ``suggest easier`` where all exponents agree that this run was the largest,
    ``depends`` where they do not, ``quiet``, or ``not recorded``; R-064 alone limits the next run

    References
    ----------
    [Edwards2018]_ damage grows faster than load; the exponent of the band is unknown.
    """
    names = [f"{b:g}" for b in SHOWN_EXPONENTS]
    known = [earlier for earlier in before if earlier.damage]
    if not run.damage or not known:
        return decide("R-074", "not recorded", f"no run to compare with ({LABEL})", {}, SAID)
    ratios = {name: run.damage[name].median / max(e.damage[name].median for e in known) for name in names}
    above = [name for name in names if ratios[name] > 1]
    outcome = "suggest easier" if len(above) == len(names) else "depends" if above else "quiet"
    shown = ", ".join(f"b = {name}: × {ratios[name]:.2f}" for name in names)
    text = f"index against the largest of thirty days, {shown} ({LABEL})"
    return decide("R-074", outcome, text, {f"b_{name}": round(ratio, 2) for name, ratio in ratios.items()}, SAID)
