"""What shapes a programme from outside: wishes, a hand-over, clearances, overrides and leaving it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from pydantic import ConfigDict

from gerdy.errors import RecordInvalid
from gerdy.records.base import STRICT, Entry, Side
from gerdy.records.findings import TestResult


class Role(StrEnum):
    """Who decides: what each may open differs."""

    RUNNER = "runner"
    COACH = "coach"
    CLINICIAN = "clinician"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayWish:
    """What one day of the week allows.

    Parameters
    ----------
    weekday : 0 Monday … 6 Sunday
    minutes : for strength and drills; 0 keeps the day free
    run_minutes : for running; None is no limit, 0 keeps the day free of running
    place : ``home``, ``gym``, or empty for any
    slots : how many times of that day are open: 2 is morning and evening, 1 is one go
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    weekday: int
    minutes: float
    run_minutes: float | None = None
    place: str = ""
    slots: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """A race or any other date that a build leads to."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    date: dt.date
    name: str = ""
    km: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes(Entry):
    """The runner's weeks; the last entry before a week holds.

    Parameters
    ----------
    days : what each weekday allows; a weekday that is not named is free of sessions
    equipment : for example ``("step", "band", "dumbbell")``; empty is none
    weekly_km, long_run_km : goal, and usual before the pain; None is not recorded
    long_run_weekday : wished day of the long run
    keep_free : single dates without any session
    races : dates that builds lead to
    """

    kind: ClassVar[str] = "wishes"

    days: tuple[DayWish, ...]
    equipment: tuple[str, ...] = ()
    weekly_km: float | None = None
    long_run_km: float | None = None
    long_run_weekday: int | None = None
    keep_free: tuple[dt.date, ...] = ()
    races: tuple[Race, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discharge(Entry):
    """The hand-over from physiotherapy.

    Parameters
    ----------
    told : what the runner was told, in the physiotherapist's words
    running_allowed : True, False, or None where nothing was said
    restrictions, exercises : as told; exercises as prescriptions or as free words
    results : the last tests, with side and value
    """

    kind: ClassVar[str] = "discharge"

    told: str = ""
    running_allowed: bool | None = None
    restrictions: tuple[str, ...] = ()
    exercises: tuple[str, ...] = ()
    results: tuple[TestResult, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance(Entry):
    """A clinician examined the runner and opened a lock.

    Parameters
    ----------
    opens : red flags, or rules such as ``R-006``, that this opens
    who, profession, examined : all three must be given
    """

    kind: ClassVar[str] = "clearance"

    opens: tuple[str, ...]
    who: str
    profession: str
    examined: str

    def __post_init__(self) -> None:
        super(Clearance, self).__post_init__()
        missing = [name for name in ("who", "profession", "examined") if not getattr(self, name).strip()]
        if missing or not self.opens or self.event_time is None:
            what = ", ".join([*missing, *(() if self.opens else ("opens",)), *(() if self.event_time else ("date",))])
            raise RecordInvalid(
                f"a clearance lacks {what}; it needs who examined, the profession, the date, what was examined, "
                "and which flag it opens."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Override(Entry):
    """Somebody decided otherwise than gerdy; the reason stays visible for ever.

    Parameters
    ----------
    gate : name of the overridden decision, for example ``R-062`` or ``phase``
    subject : exercise, side or week that it is about; empty for all
    to : the outcome that holds instead
    until : last day on which it holds; None for as long as it is not corrected
    """

    kind: ClassVar[str] = "override"

    gate: str
    to: str
    role: Role
    reason: str
    subject: str = ""
    side: Side = Side.NOT_APPLICABLE
    until: dt.date | None = None

    def __post_init__(self) -> None:
        super(Override, self).__post_init__()
        if not self.reason.strip():
            raise RecordInvalid(f"an override of {self.gate} has no reason; give one, it stays beside the decision.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OptOut(Entry):
    """The runner ends the programme knowingly instead of going on to maintenance (R-080).

    Parameters
    ----------
    understood : that maintenance is what the evidence speaks for
    """

    kind: ClassVar[str] = "opt-out"

    understood: bool
    reason: str = ""
