"""What an answer says in words: a direction only where nine bands of ten agree on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gerdy.band.compare import PairedChange
    from gerdy.band.what_if.language import Change
    from gerdy.band.what_if.residual import Residual
    from gerdy.band.what_if.subjects import Label

__all__ = ["HEADLINES", "direction", "label_of", "number", "rule_of", "sentence", "sentences"]

HEADLINES: Final = {
    "tension_peak_n": ("peak tension of the band", "N"),
    "contact_impulse_n_s": ("contact impulse on the epicondyle", "N·s"),
    "contact_impulse_zone_n_s": ("contact impulse within the zone", "N·s"),
    "anterior.path_elongation_peak_pct": ("peak elongation of the anterior strand", "%"),
    "posterior.path_elongation_peak_pct": ("peak elongation of the posterior strand", "%"),
    "anterior.path_elongation_rate_peak_pct_s": ("peak elongation rate of the anterior strand", "%/s"),
    "posterior.path_elongation_rate_peak_pct_s": ("peak elongation rate of the posterior strand", "%/s"),
    "tfl_share_of_internal_rotation_moment": ("share of tensor fasciae latae in internal rotation", ""),
}
"""Outcomes that are put into words: dotted path → words and unit. The others stand in the JSON document."""

SAME: Final = "cannot be told apart"

_WEAKEST_FIRST: Final[tuple[Label, ...]] = ("hypothesis", "geometry", "measured in runners", "measured in ITBS")


def label_of(changes: Sequence[Change]) -> Label:
    """Return how the answer is known: as well as the least known of its changes."""
    return min((change.subject.label for change in changes), key=_WEAKEST_FIRST.index)


def rule_of(changes: Sequence[Change]) -> str:
    """Return what each change keeps fixed, in the order in which they are applied."""
    if len(changes) == 1:
        return changes[0].subject.rule
    return "; then ".join(f"{change.subject.name}: {change.subject.rule}" for change in changes)


def sentences(
    changes: Sequence[Change],
    found: Residual | None,
    outcomes: Mapping[str, tuple[PairedChange, PairedChange | None]],
) -> tuple[str, ...]:
    """Put an answer into words.

    Parameters
    ----------
    found : what the change leaves unexplained
    outcomes : dotted path → change per stride and, where it adds up, per kilometre
    """
    said = [sentence(path, *outcomes[path]) for path in HEADLINES if path in outcomes]
    if found is not None and found.verdict == "warning":
        said.append(
            f"The change leaves {100 * found.force:.1f} % of body weight of the whole body's motion unexplained, more "
            "than half of what is refused: other things would have to change with it."
        )
    if any(change.subject.group == "strength" for change in changes):
        said.append(
            "Less strength stands for fatigue late in a run and more for training; that a stronger runner moves "
            "otherwise is not in it, and in a trial strengthening alone did not change running mechanics."
        )
    return tuple(said)


def sentence(path: str, per_stride: PairedChange, per_km: PairedChange | None) -> str:
    """Say one outcome: direction, size, interval and agreement, or that it cannot be told apart."""
    words, unit = HEADLINES[path]
    said = f"{words[0].upper()}{words[1:]}: {direction(per_stride, unit)}"
    return f"{said}; per kilometre {direction(per_km, unit)}." if per_km is not None else f"{said}."


def direction(change: PairedChange, unit: str) -> str:
    """Say size, direction, interval and agreement of one change, or that it cannot be told apart."""
    if change.p5 == change.p95 == 0.0:
        return "does not change"
    interval = f"90 % interval {number(change.p5)} to {number(change.p95)}{_unit(unit)}"
    told = f"{interval}; sign agreement {100 * change.sign_agreement:.0f} %"
    if not change.told_apart:
        return f"{SAME} ({told})"
    way = "higher" if change.median > 0.0 else "lower"
    return f"{number(abs(change.median))[1:]}{_unit(unit)} {way} ({_share(change)}{told})"


def _share(change: PairedChange) -> str:
    before = abs(float(change.a["median"]))
    return f"{100 * abs(change.median) / before:.0f} % of {number(before)[1:]}; " if before > 0.0 else ""


def number(value: float) -> str:
    """Three figures with sign."""
    return f"{value:+.0f}" if abs(value) >= 1000.0 else f"{value:+.3g}"


def _unit(unit: str) -> str:
    return f" {unit}" if unit else ""
