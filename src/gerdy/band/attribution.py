"""What makes a runner's band load differ from a reference: exact Shapley shares of the difference, with intervals."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gerdy.band.evaluate import zero_length
from gerdy.band.groups import GROUPS, STRENGTH
from gerdy.band.hybrids import FORCE_OUTCOMES, GEOMETRY_OUTCOMES, OUTCOMES, coalition_outcomes
from gerdy.band.session_errors import NO_ERROR, SEED, believed, session_errors, stance_weights
from gerdy.band.shapley import shapley

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gerdy.band.design import Draw
    from gerdy.band.groups import Group
    from gerdy.band.reference import ComparedLeg, Reference
    from gerdy.motion.stance_curves import MeanStance, StanceCurves
    from gerdy.quantities import Array

__all__ = ["Attribution", "Shares", "attribute", "share_interval", "shares_of"]

NO_FORCES: Final = "not recorded: needs ground reaction forces and body mass on both sides of the comparison"
NO_STRENGTH: Final = "not recorded: no strength is measured together with a motion"


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """A difference and its parts.

    Parameters
    ----------
    difference : outcome → (draws,) runner minus reference
    parts : outcome → group → (draws,) share of that difference
    """

    difference: dict[str, Array]
    parts: dict[str, dict[str, Array]]


@dataclass(frozen=True, slots=True, eq=False)
class Attribution:
    """Shares of one leg's difference from a reference.

    Parameters
    ----------
    reference : what was compared with
    shares : draw by draw; a force outcome that could not be computed is not in it
    missing : group → why it has no share
    said : outcome → what a reader should know of it
    readings : how sex and pain change what shares mean
    """

    reference: Reference
    shares: Shares
    missing: dict[str, str]
    said: Mapping[str, str] = field(default_factory=dict)
    readings: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the entry ``sides.*.attribution``."""
        return {
            "reference": self.reference.to_json(),
            "difference": {path: share_interval(self.shares.difference.get(path)) for path in OUTCOMES},
            "outcomes": {path: self.parts(path) for path in OUTCOMES},
            "missing": self.missing,
            "sentences": [*self.said.values(), *self.readings],
        }

    def parts(self, path: str) -> dict[str, dict[str, float | int] | None]:
        """Return group → interval of its share in one outcome, None where it was not recorded.

        Geometry has no share of moments, so those groups are not in it.
        """
        found = self.shares.parts.get(path, {})
        names = [group.name for group in GROUPS if path in FORCE_OUTCOMES or not group.is_force]
        return {name: share_interval(found.get(name)) for name in names}


def attribute(
    leg: ComparedLeg,
    runner: StanceCurves,
    reference: Reference,
    draws: Sequence[Draw],
    tell: Callable[[], None] = lambda: None,
    *,
    groups: Sequence[Group] = GROUPS,
    seed: int = SEED,
) -> Attribution:
    """Share the difference between a runner and a reference among groups of inputs.

    Parameters
    ----------
    leg : the runner's
    runner : its stances
    reference : what to compare with
    draws : believable bands of that body
    tell : called after each draw, for progress
    groups : a partition of the inputs
    seed : of measurement errors

    Returns
    -------
    Attribution, without sentences

    Notes
    -----
    Each draw takes one believable band, one believable error of each session, and weights of stances; the interval
    over draws therefore holds what is not known about the runner's anatomy, about markers and about the scatter of
    stances. A group that either side did not record is left at the runner's values and has no share.
    """
    missing = _missing(runner, reference.curves, groups)
    used = [group for group in groups if group.name not in missing]
    rng = np.random.default_rng(seed)
    mine, theirs = (stance_weights(len(rows), len(draws), rng) for rows in (runner, reference.curves))
    worths = []
    for i, (draw, (own, other)) in enumerate(zip(draws, session_errors(draws, seed), strict=True)):
        placed = {"anew": other, "same": own, "averaged": NO_ERROR}[reference.markers]
        pair = believed(runner, mine[i], own, leg.size), believed(reference.curves, theirs[i], placed, leg.size)
        zero = zero_length(leg.body, leg.side, leg.standing, draw)
        worths.append(_worth(leg, pair, used, draw, zero))
        tell()
    return Attribution(reference, _gather(worths, used), missing | {STRENGTH: NO_STRENGTH})


def shares_of(
    leg: ComparedLeg, runner: MeanStance, reference: MeanStance, groups: Sequence[Group], draw: Draw, zero_m: Array
) -> Shares:
    """Share one difference on one band, taking both stances as they are; moments in N·m.

    Parameters
    ----------
    leg, groups, draw : as in `attribute`; the draw's session offsets are not used
    runner, reference : mean stances
    zero_m : (5,) m, lengths at zero elongation

    Returns
    -------
    Shares with one draw
    """
    return _gather([_worth(leg, (runner, reference), groups, draw, zero_m)], groups)


def share_interval(values: Array | None) -> dict[str, float | int] | None:
    """Return median, p5, p95 and number of draws; None where nothing was computed.

    Notes
    -----
    Percentiles are at rank p (n + 1), so that a further draw falls inside with a chance of 90 % for any n; the usual
    ranks of 64 draws would hold 87 %.

    Examples
    --------
    >>> share_interval(np.arange(1.0, 20.0))
    {'median': 10.0, 'p5': 1.0, 'p95': 19.0, 'draws': 19}
    """
    seen = np.array([]) if values is None else values[np.isfinite(values)]
    if seen.size == 0:
        return None
    p5, median, p95 = (float(x) for x in np.percentile(seen, (5, 50, 95), method="weibull"))
    return {"median": median, "p5": p5, "p95": p95, "draws": int(seen.size)}


def _worth(
    leg: ComparedLeg, pair: tuple[MeanStance, MeanStance], groups: Sequence[Group], draw: Draw, zero_m: Array
) -> dict[str, Array]:
    # The errors of both sessions stand in the stances already.
    bare = replace(draw, offset_rad=np.zeros_like(draw.offset_rad))
    return coalition_outcomes(leg.body, leg.side, *pair, groups, bare, zero_m)


def _gather(worths: list[dict[str, Array]], groups: Sequence[Group]) -> Shares:
    difference, parts = {}, {}
    for path in worths[0]:
        worth = np.stack([one[path] for one in worths], axis=1)
        relevant = [g for g, group in enumerate(groups) if path not in GEOMETRY_OUTCOMES or not group.is_force]
        shares = shapley(worth)
        difference[path] = worth[-1] - worth[0]
        parts[path] = {groups[g].name: shares[g] for g in relevant}
    return Shares(difference, parts)


def _missing(runner: StanceCurves, reference: StanceCurves, groups: Sequence[Group]) -> dict[str, str]:
    """Return group → why it has no share."""
    both = runner.recorded & reference.recorded
    found = {}
    for group in groups:
        unseen = [name for name in group.coordinates if name not in both]
        if unseen:
            found[group.name] = f"not recorded: no marker shows {', '.join(unseen)} on both sides of the comparison"
    if runner.moments is None or reference.moments is None:
        found |= {group.name: NO_FORCES for group in groups if group.is_force}
    return found
