"""How the band from films is written for a reader: outcomes with intervals, and which are mostly the norm's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gerdy.quantities import SIDES

if TYPE_CHECKING:
    from gerdy.pipelines.film_analysis import FilmAnalysis

__all__ = ["BAND_SENTENCES", "BAND_SHOWN", "band_rows", "band_shown"]

BAND_SHOWN: Final = {
    "anterior.path_elongation_peak_pct": ("Front strand's path longer than in standing, at most", "%"),
    "posterior.path_elongation_peak_pct": ("Back strand's path longer than in standing, at most", "%"),
    "anterior.path_elongation_rate_peak_pct_s": ("Front strand lengthens, at most", "%/s"),
    "posterior.path_elongation_rate_peak_pct_s": ("Back strand lengthens, at most", "%/s"),
    "travel_over_epicondyle_mm": ("Travel over the epicondyle", "mm"),
    "zone.loading_ms": ("Time with the knee in the zone, landing", "ms"),
    "zone.push_off_ms": ("Time with the knee in the zone, pushing off", "ms"),
}
"""Outcome → name and unit; the order of tables. All others stand in the JSON."""

BAND_SENTENCES: Final = (
    (
        "Middle and 90 % interval over believable bodies, bands and movements. A film has no force on the ground, so "
        "this is how the path lengthens and where it lies, not how hard it pulls."
    ),
    (
        "Mostly norm: more than half of what the movement leaves open comes from angles that no film shows and that "
        "were taken from other runners. Such a number says more about them than about this runner."
    ),
    "Films make the back strand lengthen more slowly than markers do; its true rate may lie above the interval.",
)


def band_shown(found: FilmAnalysis) -> bool:
    """Whether any side has a band."""
    return any(found.sides[side].band for side in SIDES)


def band_rows(found: FilmAnalysis) -> tuple[tuple[str, ...], ...]:
    """Return rows of outcome, left and right."""
    return tuple(
        (f"{name}, {unit}", *(_cell(found.sides[side].band, path) for side in SIDES))
        for path, (name, unit) in BAND_SHOWN.items()
    )


def _cell(band: dict[str, Any] | None, path: str) -> str:
    if band is None:
        return "–"
    value: Any = band
    for name in path.split("."):
        value = value[name]
    if value is None:
        return "–"
    digits = 1 if value["p95"] - value["p5"] < 10.0 else 0
    text = f"{value['median']:.{digits}f} ({value['p5']:.{digits}f} to {value['p95']:.{digits}f})"
    return f"{text} mostly norm" if path in band["mostly_norm"] else text
