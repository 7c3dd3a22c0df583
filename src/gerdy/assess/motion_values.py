"""Values of a motion analysis by name: joint measures, what strides add up to, and the band's outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gerdy.quantities import SideName

BAND: Final = "band:"
"""How names of band outcomes begin, for example ``band:anterior.path_elongation_peak_pct``."""

UNITS: Final = {"_pct_s": "%/s", "_pct": "%", "_n_s": "N·s", "_n": "N", "_ms": "ms", "_deg": "deg", "_mm": "mm"}
_P5_TO_P95: Final = 2 * 1.6448536269514722
"""Standard deviations between the 5th and the 95th percentile of a normal distribution."""


def motion_value(motion: Mapping[str, Any], side: SideName, names: tuple[str, ...]) -> dict[str, Any] | None:
    """Return the first of some values that is there, as ``{mean, sd, n, unit}``; None where none is.

    Parameters
    ----------
    motion : JSON of ``gerdy analyze``; may be empty
    names : measures of ``sides.*.measures`` or ``sides.*.spread``, or outcomes of ``sides.*.band`` after `BAND`
    """
    here = (motion.get("sides") or {}).get(side) or {}
    spreads = {**(here.get("spread") or {}), **(here.get("measures") or {})}
    for name in names:
        found = _outcome(here.get("band"), name) if name.startswith(BAND) else spreads.get(name)
        if found is not None and found.get("mean") is not None:
            return dict(found)
    return None


def _outcome(band: Any, name: str) -> dict[str, Any] | None:
    path = name.removeprefix(BAND)
    for part in path.split("."):
        band = band.get(part) if isinstance(band, dict) else None
    if not isinstance(band, dict) or band.get("median") is None:
        return None
    unit = next((unit for ending, unit in UNITS.items() if path.endswith(ending)), "")
    sd = (band["p95"] - band["p5"]) / _P5_TO_P95
    return {"mean": band["median"], "sd": sd, "n": band["draws"], "unit": unit}
