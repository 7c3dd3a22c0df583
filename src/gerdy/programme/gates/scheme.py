"""How an exercise grows: its standard progression, and what each rank of it asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gerdy import evidence

if TYPE_CHECKING:
    from gerdy.programme.exercises import Exercise

PROGRESSIONS: Final = ("PG-S", "PG-I", "PG-C", "PG-M", "PG-P")
"""Strength, hold, control, range, jumping."""
WITHOUT_STEPS: Final = frozenset({"PG-M", "none"})
"""Range work is moved by retests, and cues by their own module; sessions take neither further."""


WEIGHTS: Final = frozenset(
    {"ankle weight", "backpack", "barbell", "dumbbell", "kettlebell", "leg press", "trap bar", "weight plate"}
)
"""What can be made heavier in kilograms; a band cannot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """One exercise as gates see it.

    Parameters
    ----------
    progression : one of `PROGRESSIONS`
    levels : (lowest, highest) of the exercise
    loadable : whether weight can be added
    isolation : isolated work, which may step a little further than a main lift
    easier, harder : exercises below and above it
    """

    exercise_id: str
    progression: str
    levels: tuple[int, int] = (1, 1)
    loadable: bool = False
    isolation: bool = False
    easier: tuple[str, ...] = ()
    harder: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rung:
    """What one rank asks: the level and how many steps of load or landings beyond the start."""

    level: int
    load_steps: int = 0
    contact_steps: int = 0


def scheme_of(exercise: Exercise) -> Scheme:
    """Return the scheme of an exercise of the library."""
    things = {*exercise.loads, *(thing for choice in exercise.equipment for thing in choice)}
    return Scheme(
        exercise_id=exercise.id,
        progression=exercise.progression,
        levels=exercise.levels,
        loadable=bool(things & WEIGHTS),
        isolation=exercise.track == "T1",
        easier=tuple(exercise.regress),
        harder=tuple(exercise.progress),
    )


def rung(scheme: Scheme, rank: int) -> Rung:
    """Return what a rank asks. Each rank raises one thing: level, load or landings, never two.

    Loaded strength raises the load four times, then the level, then the load again; holds raise the level first and
    then the load; control raises the level; jumping raises the landings.
    """
    low, high = scheme.levels
    if scheme.progression == "PG-P":
        return Rung(low, contact_steps=rank)
    every = int(evidence.value("house_gates.steps_in_level")) + 1 if _load_first(scheme) else 1
    ups = min(high - low, rank // every)
    return Rung(low + ups, load_steps=rank - ups if _loads(scheme) else 0)


def top_rank(scheme: Scheme) -> int:
    """Return the highest rank: growth has an end, and then a harder exercise is offered."""
    span = scheme.levels[1] - scheme.levels[0]
    if scheme.progression in WITHOUT_STEPS:
        return 0
    if scheme.progression == "PG-P":
        return int(evidence.value("house_gates.contact_steps"))
    return span + (int(evidence.value("house_gates.steps_most")) if _loads(scheme) else 1)


def offers_harder(scheme: Scheme, rank: int) -> bool:
    """Whether the next exercise is offered: at the top, or with enough more load at the highest level."""
    if scheme.progression in WITHOUT_STEPS:
        return False
    if not _loads(scheme):
        return rank >= top_rank(scheme)
    in_level = int(evidence.value("house_gates.steps_in_level"))
    span = scheme.levels[1] - scheme.levels[0]
    return rank >= span * (in_level + 1 if _load_first(scheme) else 1) + in_level


def _loads(scheme: Scheme) -> bool:
    return scheme.loadable and scheme.progression in {"PG-S", "PG-I"}


def _load_first(scheme: Scheme) -> bool:
    return scheme.loadable and scheme.progression == "PG-S"
