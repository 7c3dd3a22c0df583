"""What is planned, in plain fields; the text of a prescription stays text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from pydantic import ConfigDict

from gerdy.records.base import STRICT, Entry, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRun:
    """One run of a plan."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    date: dt.date
    km: float | None = None
    minutes: float | None = None
    target: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSet:
    """The sets of one exercise on one day; `text` is the prescription in words.

    Parameters
    ----------
    sets : how many
    reps : (low, high); None for timed sets
    load_kg, load_body_mass : outside load in kg, or as a share of body mass
    target : effort, for example ``RIR 2``
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    date: dt.date
    exercise_id: str
    sets: int = 1
    reps: tuple[int, int] | None = None
    seconds: float | None = None
    side: Side = Side.BOTH
    load_kg: float | None = None
    load_body_mass: float | None = None
    target: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanVersion(Entry):
    """One version of a plan; a change makes the next version."""

    kind: ClassVar[str] = "plan"

    plan_id: str
    version: int
    phase: str
    starts: dt.date
    ends: dt.date
    runs: tuple[PlannedRun, ...] = ()
    sets: tuple[PlannedSet, ...] = ()
    why: str = ""
