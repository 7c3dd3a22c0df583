"""How an exercise grows: its standard progression, and what each rank of it asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from gerdy import evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

PROGRESSIONS: Final = ("PG-S", "PG-I", "PG-C", "PG-M", "PG-P")
"""Strength, hold, control, range, jumping."""


class Trained(Protocol):
    """What gates must know of an exercise of the library."""

    @property
    def id(self) -> str: ...
    @property
    def track(self) -> str: ...
    @property
    def levels(self) -> tuple[int, int]: ...
    @property
    def progression(self) -> str: ...
    @property
    def loads(self) -> Sequence[str]: ...
    @property
    def regress(self) -> Sequence[str]: ...
    @property
    def progress(self) -> Sequence[str]: ...


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


def scheme_of(exercise: Trained) -> Scheme:
    """Return the scheme of an exercise of the library."""
    return Scheme(
        exercise_id=exercise.id,
        progression=exercise.progression,
        levels=exercise.levels,
        loadable=bool(exercise.loads),
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
    span = high - low
    if scheme.progression == "PG-P":
        return Rung(low, contact_steps=rank)
    if scheme.progression == "PG-S" and scheme.loadable:
        ups = min(span, rank // (int(evidence.value("house_gates.steps_in_level")) + 1))
        return Rung(low + ups, load_steps=rank - ups)
    ups = min(span, rank)
    return Rung(low + ups, load_steps=rank - ups)


def top_rank(scheme: Scheme) -> int:
    """Return the highest rank: growth has an end, and then a harder exercise is offered."""
    span = scheme.levels[1] - scheme.levels[0]
    if scheme.progression == "PG-P":
        return int(evidence.value("house_gates.contact_steps"))
    if scheme.loadable and scheme.progression in {"PG-S", "PG-I"}:
        return span + int(evidence.value("house_gates.steps_most"))
    return span


def offers_harder(scheme: Scheme, rank: int) -> bool:
    """Whether the next exercise is offered: at the top, or with a tenth more load at the highest level."""
    if rank >= top_rank(scheme):
        return True
    here = rung(scheme, rank)
    in_level = int(evidence.value("house_gates.steps_in_level"))
    return scheme.progression == "PG-S" and here.level == scheme.levels[1] and _steps_at_top(scheme, rank) >= in_level


def _steps_at_top(scheme: Scheme, rank: int) -> int:
    reached = (scheme.levels[1] - scheme.levels[0]) * (int(evidence.value("house_gates.steps_in_level")) + 1)
    return rank - reached
