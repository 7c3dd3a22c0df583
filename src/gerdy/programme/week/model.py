"""The week as a constraint problem: what is given, and one yes-or-no variable per session and place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from gerdy.programme.week.demand import JumpDemand, RunDemand

if TYPE_CHECKING:
    from gerdy.programme.week.demand import Demand, WeekDemand
    from gerdy.programme.week.numbers import Numbers
    from gerdy.programme.week.spacing import Traits
    from gerdy.programme.week.wishing import Wish

Amount = cp_model.LinearExpr | int
"""A sum of variables; 0 where there is nothing to add."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A demand, the wishes, and what already stands around the week.

    Parameters
    ----------
    fixed : traits and place of what stands in the days before (places below 0) and of races just after
    """

    demand: WeekDemand
    wishes: tuple[Wish, ...]
    numbers: Numbers
    fixed: tuple[tuple[Traits, int], ...] = ()


@dataclass(slots=True)
class Model:
    """A CP-SAT model and its variables.

    Parameters
    ----------
    at : (session, place) → stands there
    daily : (mobility, day) → stands there
    kept : wish → is kept
    placed : session → stands in the week at all
    extra : (day, ``minutes`` or ``run minutes``) → minutes beyond the wish
    """

    problem: Problem
    cp: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    at: dict[tuple[str, int], cp_model.IntVar] = field(default_factory=dict)
    daily: dict[tuple[str, int], cp_model.IntVar] = field(default_factory=dict)
    kept: dict[Wish, cp_model.IntVar] = field(default_factory=dict)
    placed: dict[str, cp_model.IntVar] = field(default_factory=dict)
    extra: dict[tuple[int, str], cp_model.IntVar] = field(default_factory=dict)

    def on(self, what: Demand, day: int) -> cp_model.LinearExpr:
        """Return whether a session stands on a day, as a sum of variables."""
        return self.at[what.key, 2 * day] + self.at[what.key, 2 * day + 1]


def is_hard(what: Demand) -> bool:
    """Whether a session makes its day a hard one."""
    if isinstance(what, RunDemand):
        return what.kind.hard
    return isinstance(what, JumpDemand) or what.heavy
