"""Words for groups and outcomes of the section *What is loading it*."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class OutcomeWord:
    """How one outcome of the band is named.

    Parameters
    ----------
    name, unit : as printed
    scale : factor from the number to the printed unit
    digits : decimals shown
    """

    name: str
    unit: str
    scale: float = 1.0
    digits: int = 1


OUTCOMES: Final[dict[str, OutcomeWord]] = {
    "anterior.path_elongation_rate_peak_pct_s": OutcomeWord("Front strand, speed of stretch", "%/s"),
    "posterior.path_elongation_rate_peak_pct_s": OutcomeWord("Back strand, speed of stretch", "%/s"),
    "crest.path_elongation_rate_peak_pct_s": OutcomeWord("Crest strand, speed of stretch", "%/s"),
    "tension_peak_n": OutcomeWord("Largest tension", "N", digits=0),
    "contact_impulse_n_s": OutcomeWord("Press on the outer knee, each step", "N·s", digits=2),
    "contact_impulse_zone_n_s": OutcomeWord("The same, knee bent 20 to 30 degrees", "N·s", digits=2),
    "tfl_share_of_internal_rotation_moment": OutcomeWord("Front hip muscle's share of inward turn", "%", 100.0),
}
"""Outcomes in the order in which they are shown; the others stand in the table under their own names."""

GROUPS: Final[dict[str, str]] = {
    "frontal_hip": "Hip and pelvis, sideways",
    "hip_rotation": "Hip rotation",
    "hip_flexion_tilt": "Hip bend and pelvic tilt",
    "knee_flexion": "Knee bend",
    "knee_adduction_rotation": "Knee, sideways and turn",
    "ankle_subtalar": "Ankle and heel",
    "hip_moments": "Work asked of the hip",
    "knee_ankle_moments": "Work asked of knee and ankle",
    "timing": "Time on the ground, step rate",
    "strength": "Strength",
}
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
    return OUTCOMES.get(path) or OutcomeWord(path.replace(".", " ").replace("_", " "), "", digits=2)


def group_word(key: str) -> str:
    """Return the words of a group of inputs."""
    return GROUPS.get(key, key.replace("_", " "))
