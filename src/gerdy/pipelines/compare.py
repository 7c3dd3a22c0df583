"""``gerdy compare``: two occasions, or the two sides of one, measure by measure and outcome by outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from gerdy import evidence
from gerdy.band.compare import PairedChange, paired_change
from gerdy.errors import ComparisonInvalid
from gerdy.motion.change import MeasureChange, measure_change
from gerdy.pipelines.analysis import sources
from gerdy.pipelines.occasion import Occasion, OccasionSide, read_occasion
from gerdy.quantities import SIDES

if TYPE_CHECKING:
    from pathlib import Path

    from gerdy.evidence import Entry
    from gerdy.motion.stances import Method

__all__ = ["CHANGED", "SAME", "Comparison", "Pair", "compare"]

SCHEMA: Final = "gerdy/comparison/1"
CHANGED: Final = "changed"
SAME: Final = "cannot be told apart"
TOO_FEW: Final = "too few strides"

PLACEMENT: Final = (
    "The standing trials differ or are missing, so markers were placed anew: measures carry that error, but the "
    "intervals of band outcomes do not, because a draw takes the same session error on both."
)
EACH_LEG: Final = (
    "Markers of the two legs were placed one by one: measures carry that error, but the intervals of band outcomes do "
    "not, because a draw takes the same session error on both sides."
)
STRIDES: Final = (
    "Intervals of band outcomes are over believable bands, not over strides: they do not hold the scatter from stride "
    "to stride."
)


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """One side on two occasions, or right against left.

    Parameters
    ----------
    a, b : what the columns are called
    measures, band : key or dotted path → change, B minus A
    missing : key or dotted path → why there is no change
    """

    a: str
    b: str
    measures: dict[str, MeasureChange]
    band: dict[str, PairedChange]
    missing: dict[str, str]

    def to_json(self) -> dict[str, Any]:
        """Return one entry of ``pairs``."""
        return {
            "a": self.a,
            "b": self.b,
            "measures": {key: one.to_json() | {"verdict": verdict(one)} for key, one in self.measures.items()},
            "band": {path: one.to_json() | {"verdict": verdict(one)} for path, one in self.band.items()},
            "missing": self.missing,
        }


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """A against B, or left against right.

    Parameters
    ----------
    a, b : the analyses; the same one for its two sides
    same_markers : whether the placement of markers cancels
    pairs : ``left`` and ``right``, or ``sides``
    notes : what a reader must know
    used : registry entries relied on
    """

    a: Occasion
    b: Occasion
    same_markers: bool
    pairs: dict[str, Pair]
    notes: tuple[str, ...]
    used: dict[str, Entry]

    def to_json(self) -> dict[str, Any]:
        """Return the document that ``gerdy compare --json`` prints."""
        return {
            "schema": SCHEMA,
            "a": self.a.to_json(),
            "b": self.b.to_json(),
            "same_markers": self.same_markers,
            "pairs": {name: pair.to_json() for name, pair in self.pairs.items()},
            "notes": list(self.notes),
            "sources": sources(self.used),
        }


def verdict(one: MeasureChange | PairedChange) -> str:
    """Return *changed*, *cannot be told apart*, or *too few strides*."""
    if isinstance(one, MeasureChange) and not one.enough:
        return TOO_FEW
    return CHANGED if one.told_apart else SAME


def compare(a: Path, b: Path | None = None, *, across_runners: bool = False) -> Comparison:
    """Compare two analyses, or the sides of one.

    Parameters
    ----------
    a, b : folders that ``gerdy analyze --out`` wrote; without `b`, right is set against left
    across_runners : allow two different runners

    Returns
    -------
    Comparison

    Raises
    ------
    FileUnreadable : a folder holds no analysis
    ComparisonInvalid : different runners, draws that do not pair, or no side in common
    """
    first = read_occasion(a)
    second = first if b is None else read_occasion(b)
    if first.runner_id != second.runner_id and not across_runners:
        raise ComparisonInvalid(
            f"A is runner '{first.runner_id}' and B is runner '{second.runner_id}'; a change needs one runner. "
            "To set two runners against each other add --across-runners."
        )
    with evidence.collect() as used:
        if b is None:
            return Comparison(first, second, False, {"sides": _sides(first)}, (STRIDES, EACH_LEG), used)
        same = first.standing is not None and first.standing == second.standing
        # The worse of two methods bounds what both can tell.
        method: Method = "markers" if "markers" in (first.method, second.method) else "forces"
        pairs: dict[str, Pair] = {
            side: _pair(first.sides[side], second.sides[side], ("A", "B"), method, same_markers=same)
            for side in SIDES
            if side in first.sides and side in second.sides
        }
        if not pairs:
            raise ComparisonInvalid("A and B have no side in common; analyse both with --side both.")
        return Comparison(first, second, same, pairs, (STRIDES,) if same else (STRIDES, PLACEMENT), used)


def _sides(one: Occasion) -> Pair:
    if len(one.sides) < len(SIDES):
        raise ComparisonInvalid(f"{one.name} holds one side only; give a second folder, or analyse with --side both.")
    # Markers of the two legs were placed one by one, so their error never cancels between sides.
    return _pair(one.sides["left"], one.sides["right"], ("left", "right"), one.method, same_markers=False)


def _pair(a: OccasionSide, b: OccasionSide, names: tuple[str, str], method: Method, *, same_markers: bool) -> Pair:
    measures = {
        key: measure_change(key, a.measures[key], b.measures[key], method, same_markers=same_markers)
        for key in a.measures
        if key in b.measures
    }
    missing = {key: _lacking(key, a, b, names) for key in {*a.measures} ^ {*b.measures}}
    band: dict[str, PairedChange] = {}
    for path in sorted({*a.band} | {*b.band}):
        change = _band_change(path, a, b)
        if change is None:
            missing[f"band.{path}"] = _lacking(f"band.{path}", a, b, names)
        else:
            band[path] = change
    if not a.band and not b.band:
        missing["band"] = a.missing.get("band", "not computed in either analysis")
    return Pair(*names, measures, band, dict(sorted(missing.items())))


def _band_change(path: str, a: OccasionSide, b: OccasionSide) -> PairedChange | None:
    if path not in a.band or path not in b.band or ("path_elongation" in path and a.zero != b.zero):
        return None
    return paired_change(path, a.band[path], b.band[path])


def _lacking(path: str, a: OccasionSide, b: OccasionSide, names: tuple[str, str]) -> str:
    if "path_elongation" in path and a.zero != b.zero and a.zero and b.zero:
        return f"not compared: elongation is zero at {a.zero} in {names[0]} and at {b.zero} in {names[1]}"
    for side, name in ((a, names[0]), (b, names[1])):
        for known in (path, path.partition(".")[0]):
            if known in side.missing:
                return f"{name}: {side.missing[known]}"
    return "no value in one of the two"
