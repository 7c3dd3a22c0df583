"""A run as steps: warm-up, intervals of running and walking, strides, cool-down; in minutes or metres."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from gerdy.errors import ProgrammeError

if TYPE_CHECKING:
    from collections.abc import Iterator


class Effort(StrEnum):
    """What a step asks for."""

    WARM_UP = "warm-up"
    RUN = "run"
    WALK = "walk"
    STRIDE = "stride"
    COOL_DOWN = "cool-down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step; exactly one of time and distance ends it.

    Parameters
    ----------
    seconds, metres : how long; the other is None
    cadence_spm : step rate to aim at, (low, high); None for none
    note : free words for the watch and the page

    Raises
    ------
    ProgrammeError : both or neither of seconds and metres, or nothing left of it
    """

    effort: Effort
    seconds: float | None = None
    metres: float | None = None
    cadence_spm: tuple[float, float] | None = None
    note: str = ""

    def __post_init__(self) -> None:
        known = [given for given in (self.seconds, self.metres) if given is not None]
        if len(known) != 1 or known[0] <= 0:
            raise ProgrammeError(
                f"a step of {self.effort.value} has {self.seconds} s and {self.metres} m; give one of them, above 0."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """Some steps, several times over."""

    times: int
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        if self.times < 1 or not self.steps:
            raise ProgrammeError(f"a repeat of {len(self.steps)} steps, {self.times} times; give at least one of each.")


Part: TypeAlias = Step | Repeat


@dataclass(frozen=True, slots=True, kw_only=True)
class RunWorkout:
    """A run that a watch can guide.

    Parameters
    ----------
    name : short, for the list on the watch
    parts : steps and repeats, in order
    note : what else belongs to it, for the page
    """

    name: str
    parts: tuple[Part, ...]
    note: str = ""

    def steps(self) -> Iterator[Step]:
        """Give every step as it will be run, repeats written out."""
        for part in self.parts:
            if isinstance(part, Repeat):
                yield from part.steps * part.times
            else:
                yield part

    def minutes(self, *efforts: Effort) -> float | None:
        """Return the minutes of some efforts, of all where none is named; None where a step ends by distance."""
        wanted = [step for step in self.steps() if not efforts or step.effort in efforts]
        if any(step.seconds is None for step in wanted):
            return None
        return sum(step.seconds or 0.0 for step in wanted) / 60

    @property
    def total_min(self) -> float | None:
        """Minutes in all; None where a step ends by distance."""
        return self.minutes()

    @property
    def running_min(self) -> float | None:
        """Minutes of running, strides and a running warm-up included; None where a step ends by distance."""
        return self.minutes(Effort.WARM_UP, Effort.RUN, Effort.STRIDE, Effort.COOL_DOWN)

    def text(self) -> str:
        """Return the workout in words.

        Examples
        --------
        >>> walk, run = Step(effort=Effort.WALK, seconds=120), Step(effort=Effort.RUN, seconds=60)
        >>> RunWorkout(name="R1", parts=(Repeat(times=6, steps=(walk, run)),)).text()
        '6 × (2 min walk, 1 min run)'
        """
        body = ", ".join(_part(part) for part in self.parts)
        return f"{body}. {self.note[0].upper()}{self.note[1:]}" if self.note else body


def _part(part: Part) -> str:
    if isinstance(part, Step):
        return _step(part)
    inside = ", ".join(_step(step) for step in part.steps)
    return f"{part.times} × ({inside})" if len(part.steps) > 1 else f"{part.times} × {inside}"


def _step(step: Step) -> str:
    length = _time(step.seconds) if step.seconds is not None else _distance(step.metres or 0.0)
    beat = "" if step.cadence_spm is None else f" at {step.cadence_spm[0]:g}–{step.cadence_spm[1]:g} steps/min"
    note = f" ({step.note})" if step.note else ""
    return f"{length} {step.effort.value}{beat}{note}"


def _time(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:g} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min" if rest == 0 else f"{minutes}:{rest:02d} min"


def _distance(metres: float) -> str:
    return f"{metres:g} m" if metres < 1000 else f"{metres / 1000:g} km"
