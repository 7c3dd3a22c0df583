"""What one exercise holds, and how close it comes to a running step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gerdy.errors import CatalogueInvalid
from gerdy.evidence import entry as evidence_entry
from gerdy.evidence import span

if TYPE_CHECKING:
    from collections.abc import Mapping

FLAGS: Final = ("single_leg", "closed_chain", "loaded_hip", "loaded_knee", "resists_adduction")
"""The five points of specificity: support on one leg; foot on the ground; hip, then knee, loaded at the angles of
running; adduction or rotation of the thigh held or slowed."""

PROGRESSIONS: Final = ("PG-S", "PG-I", "PG-C", "PG-M", "PG-P", "none")
CERTAINTY_ORDER: Final = ("verified", "computed", "secondary", "house choice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One exercise of the library.

    Parameters
    ----------
    id, name : as in prescriptions and in the journal, for example ``E60``
    track : ``T0`` calm first, ``T1`` one muscle, ``T2`` strength, ``T3`` control, ``T4`` ankle and calf, ``T5`` length,
        ``T6`` trunk, ``T7`` jumps, ``T8`` running drills
    levels : (lowest, highest) of 1 to 5; jumps count P1 to P5
    kind : what a week counts it as, for example ``hinge``
    contributors : keys of `gerdy.assess.catalogue.contributors` that it works on
    ranges : coordinate of the working leg → (low, high) degrees; flexion, adduction, internal rotation and
        dorsiflexion positive
    specific : which of `FLAGS` hold
    equipment : all of these are needed; each is a tuple of alternatives
    loads : what it can be loaded with, where it can be done without
    place : where it can be done
    heavy, eccentric, plyometric : what the calendar spaces: heavy legs, unusual lowering, landings
    minutes : for the default dose, rests included
    dose : the default prescription, as text
    how, cues, faults : in plain words
    regress, progress : easier and harder exercises
    progression : which gate moves it on (``PG-S`` … ``PG-P``), or ``none``
    entry : conditions of `conditions` that stand before it
    sources, against : evidence keys for and against
    grade, directness : of the evidence that it does what its track says
    note : what the evidence shows, in a sentence
    known_as : other names, some of them trade names
    """

    id: str
    name: str
    track: str
    levels: tuple[int, int]
    kind: str
    contributors: tuple[str, ...]
    ranges: Mapping[str, tuple[float, float]]
    minutes: float
    dose: str
    how: str
    cues: tuple[str, ...]
    faults: tuple[str, ...]
    regress: tuple[str, ...]
    progress: tuple[str, ...]
    progression: str
    sources: tuple[str, ...]
    grade: str
    directness: str
    note: str
    specific: tuple[str, ...] = ()
    equipment: tuple[tuple[str, ...], ...] = ()
    loads: tuple[str, ...] = ()
    place: tuple[str, ...] = ("home", "gym")
    heavy: bool = False
    eccentric: bool = False
    plyometric: bool = False
    entry: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    known_as: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for flag in self.specific:
            if flag not in FLAGS:
                raise CatalogueInvalid(f"{self.id}: '{flag}' is no point of specificity; use {', '.join(FLAGS)}.")
        if self.progression not in PROGRESSIONS:
            raise CatalogueInvalid(
                f"{self.id}: progression is '{self.progression}'; use one of {', '.join(PROGRESSIONS)}."
            )

    @property
    def specificity(self) -> int:
        """How much it looks like a running step, 0 to 5.

        A flag of load counts only where the joint range of the exercise overlaps the range of running.
        """
        counted = {"single_leg", "closed_chain", "resists_adduction"} & set(self.specific)
        for flag, coordinate, running in _LOADED:
            if flag in self.specific and _overlaps(self.ranges.get(coordinate), span(running)):
                counted.add(flag)
        return len(counted)

    @property
    def each_side(self) -> bool:
        """Whether the left and the right side are trained in turn."""
        return " each side" in self.dose

    @property
    def certainty(self) -> str:
        """How sure the least sure of its sources is."""
        return max((evidence_entry(key).certainty for key in self.sources), key=CERTAINTY_ORDER.index)


_LOADED: Final = (
    ("loaded_hip", "hip_flexion", "house_exercises.hip_flexion_in_running"),
    ("loaded_knee", "knee_angle", "house_exercises.knee_flexion_in_running"),
)


def _overlaps(seen: tuple[float, float] | None, wished: tuple[float, float]) -> bool:
    return seen is not None and min(seen[1], wished[1]) > max(seen[0], wished[0])
