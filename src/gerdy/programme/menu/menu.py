"""A menu: which exercises at which dose, in which sessions, and what was left out and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gerdy.programme.exercises import Exercise
    from gerdy.records import Decision, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuItem:
    """One exercise of a menu.

    Parameters
    ----------
    need : what it is there for, for example ``hinge``
    dose : the prescription as text, for the first time it is done; the gates move it on
    where : ``strength``, ``daily`` or ``jumps``
    times : how often in the week
    minutes : of one time
    """

    exercise: Exercise
    need: str
    dose: str
    where: str
    times: int
    minutes: float
    why: tuple[Reason, ...]

    @property
    def id(self) -> str:
        """Id of the exercise."""
        return self.exercise.id


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What would have been asked for and is not in the menu.

    Parameters
    ----------
    exercise_id : empty where no exercise is open for the need
    """

    need: str
    exercise_id: str
    why: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuSession:
    """One strength session, its exercises in the order of the session.

    Parameters
    ----------
    heavy : loads the legs heavily
    novel : holds a lowering exercise that is new to the runner and stands in no earlier session
    after : the session that holds it first; empty for none
    equipment : everything that not every home has
    place : ``gym``, or empty for anywhere
    """

    key: str
    items: tuple[MenuItem, ...]
    minutes: float
    heavy: bool
    novel: bool
    after: str
    equipment: tuple[str, ...]
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """The exercises of a week.

    Parameters
    ----------
    sessions : strength sessions; daily : short pieces on many days; jumps : at most twice a week
    left_out : what the phase would also hold, with the reason
    decisions : the rules that shaped it
    """

    phase: str
    sessions: tuple[MenuSession, ...]
    daily: tuple[MenuItem, ...]
    jumps: tuple[MenuItem, ...]
    left_out: tuple[LeftOut, ...]
    decisions: tuple[Decision, ...]

    @property
    def items(self) -> tuple[MenuItem, ...]:
        """Every exercise once, in the order of the menu."""
        every = [item for session in self.sessions for item in session.items] + [*self.daily, *self.jumps]
        return tuple({item.id: item for item in every}.values())

    @property
    def learnt(self) -> tuple[MenuItem, ...]:
        """What counts against the limit of exercises at once; jumps stand with the running."""
        return tuple(item for item in self.items if item.where != "jumps")

    def decision(self, rule: str) -> Decision:
        """Return the decision of one rule."""
        return next(item for item in self.decisions if item.rule == rule)
