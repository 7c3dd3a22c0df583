"""How many must do it: any set, all prescribed sets, n of m sessions, and which end of a range counts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from gerdy.programme.gates.met import all_of, any_of

if TYPE_CHECKING:
    from collections.abc import Sequence


class End(StrEnum):
    """Which end of a prescribed range a set has to reach."""

    BOTTOM = "bottom of the range"
    TOP = "top of the range"


@dataclass(frozen=True, slots=True)
class AllSets:
    """Every set that was done, and no fewer sets than prescribed."""

    words = "in all prescribed sets"

    def holds(self, answers: Sequence[bool | None], prescribed: int | None) -> bool | None:
        """Return whether it holds.

        Parameters
        ----------
        answers : one per set that was done; None where not recorded
        prescribed : how many sets were asked for; None where no prescription is known
        """
        enough = None if prescribed is None else len(answers) >= prescribed
        return all_of([*answers, enough])


@dataclass(frozen=True, slots=True)
class AnySet:
    """At least one set, however many were prescribed."""

    words = "in any set"

    def holds(self, answers: Sequence[bool | None], prescribed: int | None) -> bool | None:
        """Return whether it holds; `prescribed` plays no part."""
        del prescribed
        return any_of(answers)


@dataclass(frozen=True, slots=True)
class Sessions:
    """So many of the last so many sessions that could be judged; ``Sessions(2, of=2)`` is two in a row."""

    n: int
    of: int

    def fires(self, answers: Sequence[bool]) -> bool:
        """Return whether the last answers are enough; the caller empties them when it fires, so it fires once."""
        return sum(answers[-self.of :]) >= self.n

    def behind(self, answers: Sequence[bool]) -> int:
        """Return how many sessions still count when the next one comes."""
        return sum(answers[len(answers) - self.of + 1 :]) if len(answers) >= self.of else sum(answers)


Quantifier = AllSets | AnySet
