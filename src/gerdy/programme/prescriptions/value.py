"""A prescription as a value; what cannot be done cannot be made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gerdy.errors import PrescriptionInvalid
from gerdy.programme.prescriptions.fields import planned
from gerdy.programme.prescriptions.limits import require, require_more, require_whole
from gerdy.programme.prescriptions.say import say
from gerdy.programme.prescriptions.words import Band, Frequency, Sides, Unit, Until

if TYPE_CHECKING:
    import datetime as dt

    from gerdy.programme.prescriptions.numbers import Range
    from gerdy.records import PlannedSet

NAME: Final = re.compile(r"[A-Za-z][\w'’/-]*(?: [A-Za-z][\w'’/-]*)*")
"""Words of an exercise: letters first, one blank between."""

NOT_IN_A_NAME: Final = re.compile(
    r"\b(?:left|right|each side|per side|until|RIR|RPE)\b"
    r"|^(?:of|x|sets?|to|reps?|repetitions?|s|secs?|seconds?|mins?|minutes?|breaths?|contacts?|m|metres?|meters?|km)\b"
    r"|\bwith (?:an? )?\S+ band$",
    re.IGNORECASE,
)
"""Words that would be read as a side, a unit, a load or an end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescription:
    """What to do, how much, how hard, how often and until when.

    Parameters
    ----------
    exercise : name or id, as in the text
    sets, amount : (low, high); the amount counts `unit`
    load_kg : outside load
    body_mass_percent, one_rm_percent : load as a share of body mass, or of the load that goes once
    rir, rpe : repetitions in reserve; rating of perceived exertion 0-10
    tempo : seconds down, pause, up
    hold_s : hold in each repetition
    rest_s : between sets
    pain_at_most : ceiling of 10 during the set
    """

    exercise: str
    amount: Range
    unit: Unit = Unit.REPS
    sets: Range = (1.0, 1.0)
    sides: Sides = Sides.TOGETHER
    band: Band | None = None
    load_kg: Range | None = None
    body_mass_percent: Range | None = None
    one_rm_percent: Range | None = None
    rir: Range | None = None
    rpe: Range | None = None
    tempo: tuple[int, int, int] | None = None
    hold_s: Range | None = None
    rest_s: Range | None = None
    frequency: Frequency | None = None
    pain_at_most: float | None = None
    until: Until | None = None

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.exercise) or NOT_IN_A_NAME.search(self.exercise):
            raise PrescriptionInvalid(
                f"'{self.exercise}' is not the name of an exercise; say it in plain words, or give its id."
            )
        require_whole("sets", self.sets, 20)
        whole = self.unit not in {Unit.SECONDS, Unit.METRES}
        (require_whole if whole else require_more)(self.unit, self.amount, 10_000)
        for name, limit in _FIELD_LIMITS.items():
            if (given := getattr(self, name)) is not None:
                require(name, given, limit)
        if self.pain_at_most is not None:
            require("pain", (self.pain_at_most, self.pain_at_most), 10)

        if self.tempo and not all(0 <= part <= _LONGEST_PART for part in self.tempo):
            raise PrescriptionInvalid("a tempo has three whole numbers of seconds, down, pause and up, as in '3-1-1'.")

    def __str__(self) -> str:
        """Return the canonical text, which reads back as the same value."""
        return say(self)

    def planned(self, date: dt.date, exercise_id: str) -> PlannedSet:
        """Return the sets of one day as one record; see `gerdy.programme.prescriptions.fields`."""
        return planned(self, date, exercise_id)


_LONGEST_PART: Final = 60

_FIELD_LIMITS: Final = {
    "load_kg": 500,
    "body_mass_percent": 300,
    "one_rm_percent": 100,
    "rir": 20,
    "rpe": 10,
    "hold_s": 600,
    "rest_s": 3600,
}
"""Largest number that can be meant; above it a unit was mistaken."""
