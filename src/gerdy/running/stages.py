"""The stages of the walk-run ladder, as data: R0 … R10 on the flat, then H1 … H5."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gerdy import evidence
from gerdy.errors import EvidenceInvalid

ORDER: Final = (*(f"R{n}" for n in range(11)), *(f"H{n}" for n in range(1, 6)))
"""Stages, lowest first."""

LAST_BEFORE_EXPOSURE: Final = "R9"
"""Highest stage before pace and slopes open (phase P4)."""

STAGE_KEYS: Final = tuple(f"house_ladder.{name}" for name in ORDER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage of the ladder.

    Parameters
    ----------
    name : ``R0`` … ``R10``, ``H1`` … ``H5``
    walk_min, run_min, times : minutes of walking and of running, and how often the pair comes
    rest : whether a day must lie between two runs (R-061)
    flat : whether the ground must be flat (R-061)
    opens : what this stage adds: distance, pace, uphill, rolling, camber, downhill, race
    note : what else belongs to it
    """

    name: str
    walk_min: float
    run_min: float
    times: int
    rest: bool
    flat: bool
    opens: str
    note: str

    @property
    def running_min(self) -> float:
        """Minutes of running in all."""
        return self.run_min * self.times

    @property
    def total_min(self) -> float:
        """Minutes of walking and running in all."""
        return (self.walk_min + self.run_min) * self.times

    @property
    def rank(self) -> int:
        """Place on the ladder, 0 for R0."""
        return ORDER.index(self.name)


def stages() -> dict[str, Stage]:
    """Return every stage by name, lowest first.

    References
    ----------
    [Trials2023]_ the published table that the rhythm of R3 and R4 follows.
    """
    return {name: stage(name) for name in ORDER}


def stage(name: str) -> Stage:
    """Return one stage.

    Raises
    ------
    EvidenceInvalid : the registry's row of that stage is not a row of a ladder
    """
    row = evidence.entry(f"house_ladder.{name}").value
    match row:
        case {
            "walk_min": float(walk),
            "run_min": float(run),
            "times": float(times),
            "rest": bool(rest),
            "flat": bool(flat),
            "opens": str(opens),
            **others,
        }:
            return Stage(
                name=name,
                walk_min=walk,
                run_min=run,
                times=int(times),
                rest=rest,
                flat=flat,
                opens=opens,
                note=str(others.get("note", "")),
            )
    raise EvidenceInvalid(f"house_ladder.{name} is no stage of the ladder; it needs minutes, times and where to run.")


def stage_at(rank: int) -> str:
    """Return the stage of a place on the ladder; beyond its ends, the end."""
    return ORDER[min(max(rank, 0), len(ORDER) - 1)]
