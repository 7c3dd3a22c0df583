"""Words for groups and outcomes of the section *What is loading it*: those of the attribution, cut for pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gerdy.band.attribution_words import LINE, WORDS
from gerdy.band.groups import GROUPS, STRENGTH


@dataclass(frozen=True, slots=True)
class OutcomeWord:
    """How one outcome is named in a picture.

    Parameters
    ----------
    name, unit : as printed
    scale : factor from the number to the printed unit; negative where less of the number is more of the name
    """

    name: str
    unit: str
    scale: float = 1.0


PANELS: Final = (*reversed(LINE), "posterior.path_elongation_rate_peak_pct_s")
"""Outcomes that are drawn, as far as they are there, the first three."""

GROUP_WORDS: Final = {group.name: group.words[0].upper() + group.words[1:] for group in GROUPS} | {STRENGTH: "Strength"}
"""Groups of inputs in the order in which they are shown."""

LABELS: Final = {
    "geometry": "shape of the body",
    "measured in runners": "measured in runners",
    "measured in ITBS": "measured in runners with this pain",
    "hypothesis": "hypothesis",
}
"""How a what-if is known, in words."""


def outcome_word(path: str) -> OutcomeWord:
    """Return the words of an outcome; one without words of its own is named by its path."""
    known = WORDS.get(path)
    if known is None:
        return OutcomeWord(path.replace(".", " ").replace("_", " "), "")
    return OutcomeWord(known.name, known.unit.strip(), known.scale)


def group_word(key: str) -> str:
    """Return the words of a group of inputs."""
    return GROUP_WORDS.get(key, key.replace("_", " "))
