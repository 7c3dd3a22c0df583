"""Why this runner's band is loaded as it is: each side against a norm, the other side, or another recording."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gerdy import evidence
from gerdy.band.attribution import Attribution, ComparedLeg, Reference, attribute, share_interval
from gerdy.band.attribution_words import outcome_sentence, readings
from gerdy.band.norms import load_band_norm, relative_to_norm
from gerdy.band.session_errors import SEED, LegSize, stance_weights
from gerdy.errors import ReferenceInvalid
from gerdy.motion.norms import Norm, against_norm, match_norm
from gerdy.motion.stance_curves import leg_length
from gerdy.pipelines.reference import method_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gerdy.motion.stance_curves import StanceCurves
    from gerdy.pipelines.band import Bands
    from gerdy.pipelines.reference import OtherRun
    from gerdy.pipelines.subject import Subject
    from gerdy.quantities import Array, SideName, Spread

__all__ = ["NORM", "OTHER_SIDE", "Attributions", "find_attributions", "norm_entry"]

NORM: Final = "norm"
OTHER_SIDE: Final = "other-side"
IMPULSE: Final = "contact_impulse_n_s"
RELATIVE: Final = "relative_contact_impulse"
_NOT_ASKED: Final = "not asked for"
_NEEDS_BAND: Final = "not computed: it needs the band"


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
    norm = _norm(recording, who) if curves else "not matched: it needs joint angles"
    found = Attributions(norm=norm, nothing=_NOT_ASKED if reference is None else _NEEDS_BAND)
    for side in bands.sides:
        chosen = _NOT_ASKED if reference is None else _reference(side, curves, norm, recording, who, reference)
        if isinstance(chosen, str):
            found.why_not[side] = {"attribution": chosen}
        else:
            found.sides[side] = _attribution(side, curves[side], chosen, bands, who, tell)
        found.relative_impulse[side] = _relative_impulse(bands.sides[side].outcomes[IMPULSE], norm)
        if found.relative_impulse[side] is None:
            why = norm if isinstance(norm, str) else bands.missing(side).get(f"band.{IMPULSE}", "no value")
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


def _norm(recording: Mapping[str, Any], who: Subject) -> Norm | str:
    if recording["gait"] != "running":
        return "not matched: the norm is of running, and this is walking"
    static = recording["static"]
    return match_norm(
        marker_set=recording["marker_set"],
        standing=static is not None,
        events_from=recording["events_from"],
        speed_m_s=recording["speed_m_s"]["mean"],
        sex=who.sex,
        files=[file["sha256"] for file in (*recording["files"], *([static] if static else []))],
    )


def _reference(
    side: SideName,
    curves: Mapping[SideName, StanceCurves],
    norm: Norm | str,
    recording: Mapping[str, Any],
    who: Subject,
    wanted: str | OtherRun,
) -> Reference | str:
    """Return what one side is compared with, or why there is nothing."""
    if not isinstance(wanted, str):
        return _other_run(side, wanted, recording, who)
    if wanted == NORM and isinstance(norm, Norm):
        sexes = {runner.sex for runner in norm.runners}
        name = f"the norm of {norm.who} at {norm.speed_m_s:.1f} m/s"
        note = "" if who.sex else "Sex was not given, so the norm holds the runners of both sexes."
        return Reference(
            kind="norm", name=name, curves=norm.curves, markers="averaged", method=norm.method,
            speed_m_s=norm.speed_m_s, sex=sexes.pop() if len(sexes) == 1 else None, note=note,
        )  # fmt: skip
    other: SideName = "left" if side == "right" else "right"
    if other not in curves:
        none = "no usable stride of the other leg"
        return f"norm {norm}; {none}" if wanted == NORM else none
    why = f"Norm {norm}; the other leg is compared with instead." if wanted == NORM else ""
    return Reference(
        kind="other-side", name=f"the {other} leg", curves=curves[other], markers="anew", method=method_of(recording),
        speed_m_s=recording["speed_m_s"]["mean"], sex=who.sex, note=why,
    )  # fmt: skip


def _other_run(side: SideName, other: OtherRun, recording: Mapping[str, Any], who: Subject) -> Reference:
    if side not in other.curves:
        raise ReferenceInvalid(
            f"{other.name} has no usable stride of the {side} leg, which is asked for; give another reference or "
            f"leave that side out with --side."
        )
    same_runner = other.runner_id == who.runner_id
    mine = recording["static"]["sha256"] if recording["static"] else None
    speed = recording["speed_m_s"]["mean"]
    notes = []
    if (
        other.speed_m_s is not None
        and abs(other.speed_m_s - speed) > evidence.value("house_motion.speed_error") * speed
    ):
        notes.append(f"The reference was run at {other.speed_m_s:.2f} m/s, this at {speed:.2f} m/s: shares hold that.")
    if other.method != method_of(recording):
        notes.append("The methods differ, so part of every share is the method's.")
    return Reference(
        kind="recording" if same_runner else "runner",
        name=f"{other.name} of the same runner" if same_runner else f"{other.name} of {other.runner_id}",
        curves=other.curves[side],
        markers="same" if same_runner and mine is not None and mine == other.standing else "anew",
        method=other.method,
        speed_m_s=other.speed_m_s,
        sex=other.sex,
        note=" ".join(notes),
    )


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
