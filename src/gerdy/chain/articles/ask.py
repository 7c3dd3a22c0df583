"""Every question of the two articles that gerdy can compute, and the function that answers it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from gerdy.band.validation import geometry_checks, lever_checks, standing_checks
from gerdy.chain.articles import levers, running, stretches
from gerdy.chain.articles.answers import Answer, questions
from gerdy.chain.articles.running import MAXIMUS, MEDIUS, by_runner, outcome
from gerdy.errors import EvidenceInvalid
from gerdy.evidence import value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gerdy.band.validation.material import Material
    from gerdy.chain.articles.running import Leg
    from gerdy.quantities import Array

OfModel: TypeAlias = "Callable[[Material], Array]"
OfLeg: TypeAlias = "Callable[[Leg], float]"


def _elongation(material: Material, hip: str, at: float, by: float) -> Array:
    """Points of elongation of the front strand when the hip turns from one angle by some degrees, (draws,)."""
    length = material.lengths(material.pose(**{hip: [0.0, at, at + by]}))[:, :, 0]
    return np.asarray(100 * (length[:, 2] - length[:, 1]) / length[:, 0])


def adduction_front(material: Material) -> Array:
    """Front strand, hip adducted from neutral."""
    return _elongation(material, "hip_adduction", 0.0, value("house_validation.small_tilt"))


def tilt_front(material: Material) -> Array:
    """Front strand, pelvis tipped forward over a thigh fixed in space."""
    return _elongation(material, "hip_flexion", 20.0, value("house_validation.small_turn"))


def _stretch(material: Material, pose: str, part: str) -> Array:
    return np.asarray(getattr(stretches.stretched(material, pose), part))


OF_THE_MODEL: Final[dict[str, OfModel]] = {
    "posterior_crossing": geometry_checks.posterior_crossing,
    "anterior_later": geometry_checks.anterior_crosses_later,
    "adduction_front": adduction_front,
    "drop_standing": standing_checks.drop_lengthens,
    "valgus_press": geometry_checks.valgus_relieves,
    "varus_press": geometry_checks.varus_compresses,
    "varus_length": geometry_checks.varus_lengthens,
    "shin_turn_press": geometry_checks.internal_rotation_compresses,
    "band_standing_stretch": partial(_stretch, pose="standing_stretch", part="band_pct"),
    "band_mm_standing_stretch": partial(_stretch, pose="standing_stretch", part="band_mm"),
    "fibre_standing_stretch": partial(_stretch, pose="standing_stretch", part="fibre_pct"),
    "band_side_lying_stretch": partial(_stretch, pose="side_lying_stretch", part="band_pct"),
    "fibre_side_lying_stretch": partial(_stretch, pose="side_lying_stretch", part="fibre_pct"),
    "tfl_arm_tilt": levers.tilt_on_strand,
    "medius_arm_tilt": levers.tilt_on_middle_medius,
    "tfl_length_tilt": tilt_front,
    "medius_inwards": levers.medius_turning_inwards,
    "gluteals_outwards": levers.gluteals_turning_outwards,
    "middle_switch": lever_checks.middle_medius_switch,
    "posterior_switch": lever_checks.posterior_medius_switch,
    "vastus_arm": lever_checks.vastus_rotation_arm,
    "maximus_length_clamshell": partial(stretches.maximus_length, name="clamshell"),
    "maximus_length_donkey_kick": partial(stretches.maximus_length, name="donkey_kick"),
    "maximus_length_hinge": partial(stretches.maximus_length, name="hinge"),
    "medius_length_clamshell": partial(stretches.medius_length, name="clamshell"),
    "medius_length_hinge": partial(stretches.medius_length, name="hinge"),
}
"""Questions that the shipped body answers, (draws,) or (1,) each."""

OF_RUNNERS: Final[dict[str, OfLeg]] = {
    "press_peak_knee": outcome("contact_force_peak_knee_flexion_deg"),
    "zone_loading": outcome("zone.loading_ms"),
    "zone_push_off": outcome("zone.push_off_ms"),
    "front_peak_time": outcome("anterior.path_elongation_peak_pct_stance"),
    "press_peak_time": outcome("contact_force_peak_pct_stance"),
    "weaker_medius": lambda leg: float(np.median(leg.tension_change)),
    "heel_and_shin": running.shin_per_heel,
    "tfl_share": lambda leg: 100 * outcome("tfl_share_of_internal_rotation_moment")(leg),
    "circle_gain": lambda leg: float(np.median(leg.circle.gain)),
    "circle_gain_high": lambda leg: float(np.percentile(leg.circle.gain, 95)),
    "circle_runaway": lambda leg: float(np.median(leg.circle.runaway_stiffness)),
    "force_peak_time": running.force_peak,
    "turn_at_middle": running.angle_at_middle("hip_internal_rotation"),
    "maximus_absorbs": running.per_kg(MAXIMUS, "negative"),
    "medius_absorbs": running.per_kg(MEDIUS, "negative"),
    "tfl_absorbs": running.per_kg(("tfl",), "negative"),
    "maximus_length_run": running.fibre_length(MAXIMUS),
    "medius_length_run": running.fibre_length(MEDIUS),
    "foot_from_middle": lambda leg: 1000 * float(np.nanmean(leg.foot_m)),
    "hip_lever": lambda leg: 1000 * float(leg.hip_lever_m),
}
"""Questions that recorded runners answer, one number for each leg."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Every number behind an answer, for pictures."""

    answer: Answer
    numbers: Array


def of_the_model(material: Material) -> dict[str, Asked]:
    """Ask the shipped body."""
    return {key: _answered(key, function(material)) for key, function in OF_THE_MODEL.items()}


def of_runners(legs: Sequence[Leg]) -> dict[str, Asked]:
    """Ask the recorded runners; one number each, the mean of both legs.

    Raises
    ------
    EvidenceInvalid : nobody ran at the one speed of ``house_articles.speed``
    """
    if not running.at_one_speed(legs):
        raise EvidenceInvalid(
            f"None of {len(legs)} legs ran at {value('house_articles.speed'):g} m/s; give recordings at that speed."
        )
    found = {key: _answered(key, by_runner(legs, read)) for key, read in OF_RUNNERS.items()}
    heel, ankle = running.excursion("subtalar_eversion"), running.peak("dorsiflexion")
    r, low, high = map(float, running.between_runners(legs, ankle, heel))
    n = int(np.isfinite(by_runner(legs, ankle) + by_runner(legs, heel)).sum())
    key = "dorsiflexion_and_heel"
    return found | {key: Asked(Answer(questions()[key], r, low, high, n), np.array([r]))}


def _answered(key: str, numbers: Array) -> Asked:
    known = numbers[np.isfinite(numbers)]
    question = questions()[key]
    middle = float(np.median(known))
    if known.size == 1:
        return Asked(Answer(question, middle, None, None, 1), known)
    ends = (0, 100) if question.over == "runners" else (5, 95)
    low, high = (float(end) for end in np.percentile(known, ends))
    return Asked(Answer(question, middle, low, high, known.size), known)
