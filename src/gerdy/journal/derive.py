"""From an activity to the run that the journal keeps; the same bytes always give the same run."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from gerdy.records import Obtained, Run, RunStatus

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from gerdy.recordings.activities import Activity

DERIVED = (
    "sport",
    "distance_m",
    "moving_s",
    "elapsed_s",
    "ascent_m",
    "descent_m",
    "cadence_spm",
    "contact_time_ms",
    "vertical_oscillation_mm",
    "treadmill",
    "surface",
    "heart_rate_bpm",
    "pauses_s",
    "terrain",
    "laps",
    "extra",
)
"""Fields of a run that follow from its original and nothing else."""


def derived(activity: Activity) -> dict[str, Any]:
    """Return the fields that follow from the original; no coordinate is among them."""
    fields = {name: getattr(activity, name) for name in DERIVED}
    return fields | {"problems": tuple(problem.message for problem in activity.problems)}


def run_of(
    activity: Activity,
    *,
    entry_id: str,
    runner_id: str,
    entered_at: datetime,
    by: str,
    zone: tzinfo | None,
    original: str,
    part: int,
) -> Run:
    """Return the run of an activity, counted unless its date is missing.

    Parameters
    ----------
    zone : where the runner was, for files that write universal time only; None for this machine's
    """
    status = RunStatus.COUNTED if activity.start is not None else RunStatus.NEEDS_DATE
    return Run(
        id=entry_id,
        runner_id=runner_id,
        event_time=local(activity.start, zone),
        entered_at=entered_at,
        by=by,
        obtained=Obtained.IMPORTED,
        status=status,
        original=original,
        original_part=part,
        **derived(activity),
    )


def local(start: datetime | None, zone: tzinfo | None) -> datetime | None:
    """Return a moment in the runner's zone; one that came with an offset of its own keeps it."""
    if start is None or start.utcoffset() != timedelta(0):
        return start
    return start.astimezone(zone)
