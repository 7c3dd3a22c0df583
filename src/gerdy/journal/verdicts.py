"""What the import says about each activity of each file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gerdy.recordings.activities import Activity


class Outcome(StrEnum):
    """What became of an activity."""

    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    POSSIBLE_DUPLICATE = "possible_duplicate"
    NOT_A_RUN = "not_a_run"
    QUARANTINED = "quarantined"
    NEEDS_DATE = "needs_date"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line of the import; numbers are those of the activity, None where not recorded.

    Parameters
    ----------
    file : as named on the command line, inside an archive joined by ``!``
    verdict, reason : what was done and why
    offset : byte of the unpacked file where it breaks, for a damaged one
    entry : id of the run in the journal
    same_as : id of the run that this one repeats, or may repeat
    """

    file: str
    verdict: Outcome
    reason: str
    part: int = 0
    sport: str | None = None
    start: str | None = None
    distance_m: float | None = None
    moving_s: float | None = None
    elapsed_s: float | None = None
    cadence_spm: float | None = None
    contact_time_ms: float | None = None
    vertical_oscillation_mm: float | None = None
    heart_rate_bpm: float | None = None
    ascent_m: float | None = None
    descent_m: float | None = None
    treadmill: bool | None = None
    laps: int = 0
    offset: int | None = None
    entry: str | None = None
    same_as: str | None = None
    problems: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the entry of ``files`` in ``gerdy import --json``."""
        return {name: getattr(self, name) for name in self.__slots__} | {"problems": list(self.problems)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Verdict:
        """Return the verdict that `to_json` wrote."""
        known = {name: data[name] for name in cls.__slots__ if name in data}
        return cls(**known | {"verdict": Outcome(data["verdict"]), "problems": tuple(data["problems"])})

    def again(self, file: str) -> Verdict:
        """Return the verdict on the same bytes when they come a second time."""
        if self.verdict is not Outcome.IMPORTED:
            return replace(self, file=file)
        reason = f"The same file was imported before, as {self.file}."
        return replace(self, file=file, verdict=Outcome.DUPLICATE, reason=reason, same_as=self.entry)


def about(activity: Activity) -> dict[str, Any]:
    """Return the numbers of an activity as a verdict carries them."""
    return {
        "sport": activity.sport,
        "start": activity.start.isoformat() if activity.start else None,
        "distance_m": activity.distance_m,
        "moving_s": activity.moving_s,
        "elapsed_s": activity.elapsed_s,
        "cadence_spm": activity.cadence_spm,
        "contact_time_ms": activity.contact_time_ms,
        "vertical_oscillation_mm": activity.vertical_oscillation_mm,
        "heart_rate_bpm": activity.heart_rate_bpm,
        "ascent_m": activity.ascent_m,
        "descent_m": activity.descent_m,
        "treadmill": activity.treadmill,
        "laps": len(activity.laps),
        "problems": tuple(problem.message for problem in activity.problems),
    }
