"""Why this runner's band is loaded as it is: each side against a norm, the other side, or another recording."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gerdy.band.attribution import Attribution, attribute, share_interval
from gerdy.band.attribution_words import outcome_sentence, readings
from gerdy.band.norms import load_band_norm, relative_to_norm
from gerdy.band.reference import ComparedLeg, Reference
from gerdy.band.session_errors import SEED, LegSize, stance_weights
from gerdy.motion.norms import Norm, against_norm
from gerdy.motion.stance_curves import leg_length
from gerdy.pipelines.choose_reference import norm_of, reference_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gerdy.motion.stance_curves import StanceCurves
    from gerdy.pipelines.band import Bands
    from gerdy.pipelines.reference import OtherRun
    from gerdy.pipelines.subject import Subject
    from gerdy.quantities import Array, SideName, Spread

__all__ = ["Attributions", "find_attributions", "norm_entry"]

IMPULSE: Final = "contact_impulse_n_s"
RELATIVE: Final = "relative_contact_impulse"
_NOT_ASKED: Final = "not asked for"


@dataclass(frozen=True, slots=True)
class Attributions:
    """Attributions by side, and the norm that stands behind them.

    Parameters
    ----------
    sides : computed sides
    norm : matched, or one sentence why none fits
    relative_impulse : side → contact impulse per stance over the norm's: median, p5, p95, draws
    why_not : side → dotted path → why there is no value
    nothing : why a side has no attribution where nothing else says so
    """

    sides: dict[SideName, Attribution] = field(default_factory=dict)
    norm: Norm | str = ""
    relative_impulse: dict[SideName, dict[str, float | int] | None] = field(default_factory=dict)
    why_not: dict[SideName, dict[str, str]] = field(default_factory=dict)
    nothing: str = ""

    def of_band(self, side: SideName) -> dict[str, Any]:
        """Return what the norm adds to ``sides.*.band``."""
        return {RELATIVE: self.relative_impulse.get(side)}

    def missing(self, side: SideName) -> dict[str, str]:
        """Return dotted path → why there is no value."""
        none = {"norm": self.norm} if isinstance(self.norm, str) else {}
        nothing = {} if side in self.sides else {"attribution": self.nothing}
        return none | nothing | self.why_not.get(side, {})


def find_attributions(
    curves: Mapping[SideName, StanceCurves],
    bands: Bands,
    recording: Mapping[str, Any],
    who: Subject,
    reference: str | OtherRun | None,
    tell: Callable[[], None],
) -> Attributions:
    """Attribute each computed side of a recording.

    Parameters
    ----------
    curves : stances of both legs
    bands : of the sides that are reported
    recording : facts of the analysis
    who : the runner
    reference : ``norm``, ``other-side``, another recording, or None to leave attributions out
    tell : called after each draw of each side, for progress

    Returns
    -------
    Attributions : a side without a reference says why in `why_not`

    Raises
    ------
    ReferenceInvalid : the other recording has no leg of a side that is reported
    """
    norm = norm_of(recording, who) if curves else "not matched: it needs joint angles"
    found = Attributions(norm=norm, nothing=_NOT_ASKED if reference is None else bands.why_not)
    for side in bands.sides:
        chosen = _NOT_ASKED if reference is None else reference_of(side, curves, norm, recording, who, reference)
        if isinstance(chosen, str):
            found.why_not[side] = {"attribution": chosen}
        else:
            found.sides[side] = _attribution(side, curves[side], chosen, bands, who, tell)
        found.relative_impulse[side] = _relative_impulse(bands.sides[side].outcomes[IMPULSE], norm)
        if found.relative_impulse[side] is None:
            lacking = bands.missing(side).get(f"band.{IMPULSE}", "no value")
            why = "not computed: no norm is matched" if isinstance(norm, str) else lacking
            found.why_not.setdefault(side, {})[f"band.{RELATIVE}"] = why
    return found


def norm_entry(norm: Norm | str, measures: Mapping[str, Spread] | None) -> dict[str, Any] | None:
    """Return ``sides.*.norm``: the norm with method, speed, sex and n, and each measure against it; or None."""
    if isinstance(norm, str) or measures is None:
        return None
    against = {key: against_norm(key, value, norm) for key, value in measures.items()}
    return {
        "name": norm.name,
        "who": norm.who,
        "n": norm.n,
        "method": norm.method,
        "speed_m_s": norm.speed_m_s,
        "measures": {key: one.to_json() for key, one in against.items() if one is not None},
    }


def _attribution(
    side: SideName,
    curves: StanceCurves,
    reference: Reference,
    bands: Bands,
    who: Subject,
    tell: Callable[[], None],
) -> Attribution:
    motion = bands.legs[side]
    size = LegSize(who.mass_kg or motion.body.mass, leg_length(motion.body, side))
    leg = ComparedLeg(motion.body, side, size, motion.standing)
    found = attribute(leg, curves, reference, bands.draws, tell)
    return replace(found, said=_said(found), readings=readings(who.sex, who.pain, found.missing))


def _said(found: Attribution) -> dict[str, str]:
    said = {}
    for path, values in found.shares.difference.items():
        difference = share_interval(values)
        if difference is not None:
            said[path] = outcome_sentence(path, difference, found.parts(path), found.reference)
    return said


def _relative_impulse(mine: Array, norm: Norm | str) -> dict[str, float | int] | None:
    if isinstance(norm, str):
        return None
    theirs = load_band_norm(norm.name).of(norm, IMPULSE)
    weights = stance_weights(norm.n, theirs.shape[1], np.random.default_rng(SEED))
    return relative_to_norm(mine, theirs, weights)
