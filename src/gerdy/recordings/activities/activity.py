"""What one activity file gave, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from gerdy.recordings.data import Problem
    from gerdy.records import Lap, Terrain


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One activity; None is *not recorded*, never zero.

    Parameters
    ----------
    sport : ``running``, another sport, or ``unknown`` where the file does not say
    start : with time zone; None where the file holds no usable date
    start_hint : a date that the file mentions but does not vouch for, as text
    elapsed_s, moving_s : with and without pauses
    distance_m : the device's own, or straight lines between all points where it gives none
    cadence_spm : steps per minute, both feet
    extra : running dynamics and developer fields under their source's names
    problems : what was wrong, in the order found
    """

    sport: str
    sub_sport: str | None = None
    start: datetime | None = None
    start_hint: str = ""
    elapsed_s: float | None = None
    moving_s: float | None = None
    distance_m: float | None = None
    ascent_m: float | None = None
    descent_m: float | None = None
    cadence_spm: float | None = None
    contact_time_ms: float | None = None
    vertical_oscillation_mm: float | None = None
    heart_rate_bpm: float | None = None
    treadmill: bool | None = None
    surface: str | None = None
    laps: tuple[Lap, ...] = ()
    pauses_s: tuple[tuple[float, float], ...] = ()
    terrain: Terrain | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Damage:
    """Where and why a file could not be read to its end.

    Parameters
    ----------
    offset : bytes from the start of the unpacked file; None where the file as a whole is refused
    reason : what was seen and what was expected
    read_before : what could be read before it, in words; empty where nothing could
    """

    offset: int | None
    reason: str
    read_before: str = ""

    def sentence(self) -> str:
        """Return reason, place and what was saved, as the import prints it."""
        place = "" if self.offset is None else f" at byte {self.offset}"
        kept = f" Read before it: {self.read_before}." if self.read_before else " Nothing could be read."
        return f"{self.reason}{place}.{kept}"


@dataclass(frozen=True, slots=True)
class ActivitiesRead:
    """What `read_activities` returns; unpacks as ``activities, metadata, problems``.

    Parameters
    ----------
    activities : in file order; a multisport file holds several
    metadata : plain values such as format, device and file type
    problems : those of the file as a whole
    damage : set where the file breaks before its end
    """

    activities: tuple[Activity, ...]
    metadata: dict[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    damage: Damage | None = None

    def __iter__(self) -> Iterator[Any]:
        return iter((self.activities, self.metadata, self.problems))
