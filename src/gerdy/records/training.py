"""What was done: runs, strength sessions and notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from pydantic import ConfigDict

from gerdy.records.base import STRICT, Entry, Side, require_range
from gerdy.records.plan import PlannedSet


class RunStatus(StrEnum):
    """Whether a run counts towards load."""

    COUNTED = "counted"
    DUPLICATE = "duplicate"
    POSSIBLE_DUPLICATE = "possible_duplicate"
    NEEDS_DATE = "needs_date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lap:
    """One lap of a run; None is not recorded."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    distance_m: float | None = None
    elapsed_s: float | None = None
    cadence_spm: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terrain:
    """What the ground asked, kept after the coordinates are dropped.

    Parameters
    ----------
    distance_by_grade_m : m run at each class of slope, from ``steep down`` to ``steep up``
    turn_deg_per_km : how much the path turned, left and right added
    net_turn_deg_per_km : right turns less left turns; large on a track or a one-way loop
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    distance_by_grade_m: dict[str, float] | None = None
    turn_deg_per_km: float | None = None
    net_turn_deg_per_km: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run(Entry):
    """One run; None is *not recorded*, never zero.

    Parameters
    ----------
    distance_m, moving_s, elapsed_s, ascent_m, descent_m : of the whole activity; elapsed includes pauses
    cadence_spm : steps per minute, both feet, whatever the source wrote
    contact_time_ms, vertical_oscillation_mm : means, where a sensor gave them
    treadmill : True, False, or None where unknown
    surface : free word, for example ``road``
    heart_rate_bpm : mean, where a sensor gave it
    pauses_s : (seconds after the start, length) of each stop
    terrain : slope and turn hints
    extra : developer fields and running dynamics under their source's names
    original : SHA-256 of the file that this run was read from
    original_part : which activity of that file, counted from 0
    duplicate_of : id of the run that this one repeats
    problems : what was wrong with the source, in sentences
    """

    kind: ClassVar[str] = "run"

    sport: str = "running"
    distance_m: float | None = None
    moving_s: float | None = None
    elapsed_s: float | None = None
    ascent_m: float | None = None
    descent_m: float | None = None
    cadence_spm: float | None = None
    contact_time_ms: float | None = None
    vertical_oscillation_mm: float | None = None
    treadmill: bool | None = None
    surface: str | None = None
    heart_rate_bpm: float | None = None
    pauses_s: tuple[tuple[float, float], ...] = ()
    terrain: Terrain | None = None
    laps: tuple[Lap, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)
    status: RunStatus = RunStatus.COUNTED
    original: str | None = None
    original_part: int = 0
    duplicate_of: str | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneSet:
    """One set as it was done; `target` is what was planned.

    Parameters
    ----------
    exercise_id : for example ``E60``
    reps, seconds : one of the two
    load_kg : outside load; None for body weight only
    rir, rpe : repetitions in reserve, rating of perceived exertion 0-10
    pain : 0-10 during the set
    clean_reps : repetitions that looked as they should; None where nobody could judge
    contacts : landings per leg of a jumping set
    filmed : whether a film shows the set
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    exercise_id: str
    side: Side = Side.BOTH
    reps: int | None = None
    seconds: float | None = None
    load_kg: float | None = None
    rir: float | None = None
    rpe: float | None = None
    pain: float | None = None
    clean_reps: int | None = None
    contacts: int | None = None
    filmed: bool | None = None
    target: PlannedSet | None = None

    def __post_init__(self) -> None:
        require_range("pain", self.pain, 0, 10, "of 10")
        require_range("RPE", self.rpe, 0, 10, "of 10")


@dataclass(frozen=True, slots=True, kw_only=True)
class StrengthSession(Entry):
    """The sets of one session, in the order they were done."""

    kind: ClassVar[str] = "strength"

    sets: tuple[DoneSet, ...]
    minutes: float | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Entry):
    """Free words."""

    kind: ClassVar[str] = "note"

    text: str
