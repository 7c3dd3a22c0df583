"""Is this the same run again? Pure comparisons; nothing is dropped, the runner has the last word.

Same start, sport and length: a duplicate. Overlap in time, or the same length with a clock that is off by a
time zone: a possible duplicate, kept and not counted until it is resolved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from gerdy import evidence
from gerdy.records import RunStatus

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from gerdy.records import Run


@dataclass(frozen=True, slots=True)
class Shape:
    """What two recordings of one run have in common.

    Parameters
    ----------
    id : of the entry
    start : with time zone
    elapsed_s, distance_m : None where not recorded
    """

    id: str
    sport: str
    start: datetime
    elapsed_s: float | None
    distance_m: float | None


@dataclass(frozen=True, slots=True)
class Match:
    """The run that this one repeats, or may repeat, and why."""

    of: str
    status: RunStatus
    reason: str


def shape_of(run: Run) -> Shape | None:
    """Return what is compared; None for a run without a date or one that is a duplicate already."""
    if run.event_time is None or run.status is RunStatus.DUPLICATE:
        return None
    return Shape(run.id, run.sport, run.event_time, run.elapsed_s, run.distance_m)


def find_match(new: Shape, known: Iterable[Shape]) -> Match | None:
    """Return the strongest match of a new run among the known ones; a sure one wins over a possible one."""
    found = [match for old in known if old.sport == new.sport and (match := compare(new, old)) is not None]
    sure = (match for match in found if match.status is RunStatus.DUPLICATE)
    return next(sure, next(iter(found), None))


def compare(new: Shape, old: Shape) -> Match | None:
    """Compare two runs of one sport."""
    if _same_start(new, old) and _same_length(new, old, evidence.value("house_import.same_length")):
        return Match(old.id, RunStatus.DUPLICATE, "Same start, sport and length as a run that is there.")
    if _overlaps(new, old):
        return Match(
            old.id,
            RunStatus.POSSIBLE_DUPLICATE,
            "Overlaps in time with a run that is there; not counted until it is resolved.",
        )
    hours = _zone_shift(new, old)
    if hours and _same_length(new, old, evidence.value("house_import.twin_length")):
        reason = (
            f"Same length as a run that is there, {hours:g} h apart: perhaps one clock in another time zone; "
            "not counted until it is resolved."
        )
        return Match(old.id, RunStatus.POSSIBLE_DUPLICATE, reason)
    return None


def _same_start(new: Shape, old: Shape) -> bool:
    return abs((new.start - old.start).total_seconds()) <= evidence.value("house_import.same_start")


def _same_length(new: Shape, old: Shape, share: float) -> bool:
    """Distances agree; where one was not recorded, durations do; where neither was, nothing speaks against it."""
    if new.distance_m is not None and old.distance_m is not None:
        return _agree(new.distance_m, old.distance_m, share)
    if new.elapsed_s is not None and old.elapsed_s is not None:
        return _agree(new.elapsed_s, old.elapsed_s, share)
    return _same_start(new, old)


def _agree(a: float, b: float, share: float) -> bool:
    return abs(a - b) <= share * max(a, b)


def _overlaps(new: Shape, old: Shape) -> bool:
    if new.elapsed_s is None or old.elapsed_s is None:
        return _same_start(new, old)
    ends = (s.start + timedelta(seconds=s.elapsed_s or 0.0) for s in (new, old))
    common = (min(ends) - max(new.start, old.start)).total_seconds()
    return common > evidence.value("house_import.overlap") * min(new.elapsed_s, old.elapsed_s)


def _zone_shift(new: Shape, old: Shape) -> float | None:
    """Return the offset in hours that the clocks are apart, where it is one that civil time knows."""
    apart = abs((new.start - old.start).total_seconds())
    slack = evidence.value("house_import.same_start")
    offsets = evidence.entry("house_import.twin_offsets").value
    hours = [float(h) for h in offsets] if isinstance(offsets, tuple) else []  # type: ignore[arg-type]
    return next((h for h in hours if abs(apart - 3600 * h) <= slack), None)
