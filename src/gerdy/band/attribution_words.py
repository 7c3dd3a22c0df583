"""What an attribution says: one sentence per outcome, and how sex and pain change the reading.

A difference or share is *told apart* when its 90 % interval leaves zero out, and *cannot be told apart* otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy import evidence
from gerdy.band.groups import GROUPS
from gerdy.band.hybrids import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gerdy.band.attribution import Attribution
    from gerdy.band.reference import Reference

__all__ = ["LINE", "WORDS", "OutcomeWords", "lines", "outcome_sentence", "readings", "told_apart"]

Interval = dict[str, float | int]


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    """How an outcome is written for a reader.

    Parameters
    ----------
    name : starts a sentence
    unit : as printed, with the blank before it
    scale : from the stored unit to the printed one; negative where the stored value is what muscles absorb
    """

    name: str
    unit: str
    scale: float = 1.0

    def signed(self, seen: Interval) -> str:
        """Return ``+3.1 N (90 % interval +0.2 to +6)``."""
        middle, *ends = (_signed(self.scale * seen[key]) for key in ("median", "p5", "p95"))
        low, high = ends if self.scale > 0 else reversed(ends)
        return f"{middle}{self.unit} (90 % interval {low} to {high})"


def _signed(value: float) -> str:
    """Return three digits that count, with the sign, so that a small share is not printed as none."""
    return np.format_float_positional(value, precision=3, unique=False, fractional=False, sign=True, trim="-")


_MUSCLES: Final = {
    "glmax1": "the upper gluteus maximus",
    "glmax2": "the middle gluteus maximus",
    "glmax3": "the lower gluteus maximus",
    "glmed1": "the front gluteus medius",
    "glmed2": "the middle gluteus medius",
    "glmed3": "the back gluteus medius",
}

WORDS: Final[Mapping[str, OutcomeWords]] = {
    "anterior.path_elongation_rate_peak_pct_s": OutcomeWords("Fastest lengthening of the front strand", " %/s"),
    "posterior.path_elongation_rate_peak_pct_s": OutcomeWords("Fastest lengthening of the back strand", " %/s"),
    "crest.path_elongation_rate_peak_pct_s": OutcomeWords("Fastest lengthening of the crest strand", " %/s"),
    "tension_peak_n": OutcomeWords("Largest tension of the band", " N"),
    "contact_impulse_n_s": OutcomeWords("Force on the outer side of the knee, added up over a stance", " N·s"),
    "contact_impulse_zone_n_s": OutcomeWords("Force on the outer side of the knee within the zone, added up", " N·s"),
    "tfl_share_of_internal_rotation_moment": OutcomeWords(
        "Share of tensor fasciae latae in turning the hip inwards", " percentage points", 100.0
    ),
} | {
    path: words
    for muscle, name in _MUSCLES.items()
    for path, words in (
        (
            f"fibres.{muscle}.length_mid_stance",
            OutcomeWords(f"Fibre length of {name} at mid-stance", " % of its best length", 100.0),
        ),
        (
            f"fibres.{muscle}.negative_work_loading_j",
            OutcomeWords(f"Work absorbed by {name} while the knee bends", " J", -1.0),
        ),
    )
}

LINE: Final = ("contact_impulse_n_s", "tension_peak_n", "anterior.path_elongation_rate_peak_pct_s")
"""Outcomes whose sentence stands on the terminal; the others stand in the document."""

assert set(WORDS) == set(OUTCOMES)  # noqa: S101  # the catalogue is whole, or the module does not load


def lines(found: Attribution) -> tuple[str, ...]:
    """Return the sentences for a terminal: what was compared with, the outcomes of `LINE`, and how to read them."""
    note = (found.reference.note,) if found.reference.note else ()
    return (*note, *(found.said[path] for path in LINE if path in found.said), *found.readings)


def told_apart(seen: Interval) -> bool:
    """Whether the interval leaves zero out."""
    return seen["p5"] > 0 or seen["p95"] < 0


def outcome_sentence(
    path: str,
    difference: Interval,
    parts: Mapping[str, Interval | None],
    reference: Reference,
) -> str:
    """Say how one outcome differs from the reference, and which groups hold a share of that.

    Parameters
    ----------
    path : of the outcome
    difference : runner minus reference
    parts : group → its share; None where it was not recorded
    reference : what was compared with
    """
    words, kinds = WORDS[path], {group.name: group.words for group in GROUPS}
    seen = {name: share for name, share in parts.items() if share is not None}
    sure = [name for name, share in seen.items() if told_apart(share)]
    sure.sort(key=lambda name: -abs(seen[name]["median"]))
    blurred = [kinds.get(name, name) for name in seen if name not in sure]
    unknown = [kinds.get(name, name) for name in parts if name not in seen]
    size, other = words.signed(difference), against(reference)
    pieces = [
        f"{words.name}: {size} against {other}."
        if told_apart(difference)
        else f"{words.name} cannot be told apart from {other}: {size}."
    ]
    if sure:
        pieces.append(f"Shares: {'; '.join(f'{kinds.get(name, name)} {words.signed(seen[name])}' for name in sure)}.")
    if blurred:
        pieces.append(f"Shares that cannot be told apart from none: {', '.join(blurred)}.")
    if unknown:
        pieces.append(f"Not recorded: {', '.join(unknown)}.")
    return " ".join(pieces)


def against(reference: Reference) -> str:
    """Return the reference in words, with its number."""
    many = "runners" if reference.kind == "norm" else "stances"
    return f"{reference.name} (n = {reference.n} {many})"


def readings(sex: str | None, pain: str | None, groups: Mapping[str, str]) -> tuple[str, ...]:
    """Say how the runner's sex and pain change what shares of the hip mean.

    Parameters
    ----------
    sex, pain : as given; None where not
    groups : group → why it has no share; a group that has none is not read

    References
    ----------
    [Grau2011]_ and [Foch2020]_ less hip adduction with the syndrome or a history of it; [Foch2023]_ women with
    current pain turn the hip inwards less; [Noehren2014]_ men with the syndrome more.
    """
    found = []
    if "frontal_hip" not in groups:
        found.append(_pain_reading(pain))
    if "hip_rotation" not in groups:
        found.append(_sex_reading(sex, pain))
    return tuple(found)


def _pain_reading(pain: str | None) -> str:
    evidence.entry("grau2011.less_adduction")
    evidence.entry("foch2020.less_adduction")
    if pain == "now":
        return (
            "Pain now: runners with current or past IT band pain were measured with less hip adduction, perhaps as a "
            "shield, so a small or negative share of hip adduction does not clear the hip."
        )
    if pain is None:
        return (
            "Pain status was not given (--pain now, past or never): with current pain a small share of hip adduction "
            "does not clear the hip, without it the share stands as it is."
        )
    return "No current pain: the share of hip adduction is read as it stands."


def _sex_reading(sex: str | None, pain: str | None) -> str:
    evidence.entry("foch2023.women_current")
    more = (
        f"men with the pain turned the hip {evidence.value('noehren2014.hip_internal_rotation'):g} degrees further in"
    )
    less = "women with current pain turned it in less"
    if sex is None:
        return f"Sex was not given (--sex): hip rotation reads differently, because {more}, and {less}."
    if sex == "female":
        hint = " A share of too little inward turn is therefore worth a look." if pain == "now" else ""
        return f"Hip rotation is read for a woman: {less}, while {more}.{hint}"
    return f"Hip rotation is read for a man: {more}, while {less}."
