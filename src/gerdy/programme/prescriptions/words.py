"""The words of a prescription: what is counted, which side, how often, until when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from gerdy.errors import PrescriptionInvalid
from gerdy.programme.prescriptions.limits import require, require_whole

if TYPE_CHECKING:
    from gerdy.programme.prescriptions.numbers import Range


class Unit(StrEnum):
    """What is counted in a set."""

    REPS = "reps"
    SECONDS = "s"
    BREATHS = "breaths"
    METRES = "m"
    CONTACTS = "contacts"


class Sides(StrEnum):
    """Which side a set is for; ``TOGETHER`` is any exercise that is not done side by side."""

    EACH = "each side"
    LEFT = "left"
    RIGHT = "right"
    TOGETHER = ""


class Band(StrEnum):
    """How strong a band is; colours differ from maker to maker."""

    LIGHT = "light"
    MEDIUM = "medium"
    HEAVY = "heavy"
    EXTRA_HEAVY = "extra-heavy"


class Measure(StrEnum):
    """What an until-criterion looks at."""

    PAIN = "pain"
    MORNING_PAIN = "morning pain"
    RIR = "RIR"
    RPE = "RPE"
    CLEAN = "clean"
    REPS = "reps"
    HOLD = "hold"
    LOAD = "load"
    TOP_REPS = "top reps"


UPPER: Final = frozenset({Measure.PAIN, Measure.MORNING_PAIN, Measure.RPE})
"""Measures of which less is better: the criterion is *at most*."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequency:
    """How often.

    Parameters
    ----------
    times : days of a week, or times of a day
    per : ``week`` or ``day``
    """

    times: Range
    per: str = "week"

    def __post_init__(self) -> None:
        limit = 7 if self.per == "week" else 24
        require_whole("days a week" if self.per == "week" else "times a day", self.times, limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One condition of an until: the measure on the good side of `value`.

    Parameters
    ----------
    value : 0-10 for pain and RPE, percent for ``clean``, seconds for ``hold``, kg for ``load``; None for ``top reps``
    """

    measure: Measure
    value: float | None = None

    def __post_init__(self) -> None:
        if (self.value is None) != (self.measure is Measure.TOP_REPS):
            raise PrescriptionInvalid(f"'{self.measure}' in an until needs {_needs(self.measure)}.")
        if self.value is not None:
            require("the criterion", (self.value, self.value), _LIMITS.get(self.measure, 1000))


@dataclass(frozen=True, slots=True, kw_only=True)
class Until:
    """When it is done: all criteria in `count` sessions or weeks running."""

    count: int
    per: str
    criteria: tuple[Criterion, ...]

    def __post_init__(self) -> None:
        require_whole(self.per, (self.count, self.count), 100)
        if not self.criteria:
            raise PrescriptionInvalid("an until needs a criterion, for example 'until 2 sessions pain ≤ 2/10'.")


_LIMITS: Final = {
    Measure.PAIN: 10,
    Measure.MORNING_PAIN: 10,
    Measure.RPE: 10,
    Measure.RIR: 20,
    Measure.CLEAN: 100,
}


def _needs(measure: Measure) -> str:
    return "no number" if measure is Measure.TOP_REPS else f"a number, for example '{measure} ≤ 2'"
