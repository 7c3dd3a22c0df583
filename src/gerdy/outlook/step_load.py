"""How much one step loads this runner's band, relative to the matched norm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gerdy import evidence
from gerdy.outlook.draws import Estimate

if TYPE_CHECKING:
    import datetime as dt

    from gerdy.outlook.history import History

KEY = "house_load.step_load"
FIELD = "relative_contact_impulse"
"""Entry of ``sides.*.band`` that holds total contact impulse per step over the matched norm's."""


@dataclass(frozen=True, slots=True)
class StepLoad:
    """Per-step band load of one runner.

    Parameters
    ----------
    ratio : to the matched norm; 1 is the norm's step
    assumed : True where it does not come from this runner's motion
    obtained : one sentence: from which recording and side, or why assumed
    """

    ratio: Estimate
    assumed: bool
    obtained: str


def step_load(history: History, now: dt.date) -> StepLoad:
    """Take the per-step band load from the latest recording that has one; the more loaded side counts.

    Without forces, motion or a matched norm the ratio is 1 with its registered spread, marked assumed.
    """
    for fact in reversed(history.recordings):
        found = _sides(fact.entry.analysis) if fact.day <= now else {}
        if found:
            side, ratio = max(found.items(), key=lambda item: item[1].median)
            return StepLoad(ratio, False, f"motion of {fact.day.isoformat()}, {side} side (the more loaded)")
    return _assumed()


def _assumed() -> StepLoad:
    entry = evidence.entry(KEY)
    low, high = entry.interval or (float("nan"), float("nan"))
    ratio = Estimate(low, evidence.value(KEY), high, "ratio to the norm")
    return StepLoad(ratio, True, "assumed: no recording with forces and a matched norm")


def _sides(analysis: dict[str, Any]) -> dict[str, Estimate]:
    """Read ``sides.*.band.relative_contact_impulse``; a side without it is left out."""
    bands = {side: (data or {}).get("band") or {} for side, data in (analysis.get("sides") or {}).items()}
    return {
        side: Estimate(float(r["p5"]), float(r["median"]), float(r["p95"]), "ratio to the norm")
        for side, band in bands.items()
        if isinstance(r := band.get(FIELD), dict) and {"p5", "median", "p95"} <= r.keys()
    }
