"""What ``gerdy analyze`` found in films, as a record with arrays inside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gerdy.motion.film.measure import FilmMeasure
from gerdy.pipelines.analysis import SideResult, difference_json, sources

if TYPE_CHECKING:
    from pathlib import Path

    from gerdy.evidence import Entry
    from gerdy.motion.film.film_study import FilmMotion
    from gerdy.pipelines.subject import Subject
    from gerdy.quantities import Flags, SideName, Spread
    from gerdy.recordings.data import Problem
    from gerdy.recordings.video.film import Film

SCHEMA: Final = "gerdy/film/1"


@dataclass(frozen=True, slots=True, eq=False)
class FilmFile:
    """One film and what was found in it.

    Parameters
    ----------
    path : of the file, or of the key points
    sha256 : of the file; None for a folder
    film : None where only key points were given, so that no picture can be drawn
    swapped : (pictures,) whether left and right were exchanged
    """

    path: Path
    sha256: str | None
    film: Film | None
    motion: FilmMotion
    swapped: Flags

    def to_json(self) -> dict[str, Any]:
        """Return one entry of ``recording.films``."""
        motion = self.motion
        facts = motion.points.facts or {}
        start, end = float(motion.points.time_s[0]), float(motion.points.time_s[-1])
        return {
            "name": self.path.name,
            "sha256": self.sha256,
            "key_points_from": motion.points.source,
            "frame_rate_hz": round(motion.course.rate_hz, 3),
            "size_px": list(motion.points.size),
            "used_s": [round(start, 3), round(end, 3)],
            "view": motion.scene.view,
            "view_fitness": motion.scene.fitness,
            "view_named": motion.scene.named,
            "view_away_deg": round(motion.scene.away_deg, 1),
            "facing": motion.scene.facing if motion.scene.view == "side" else None,
            "near_leg": motion.scene.near,
            "activity": motion.activity,
            "roll_deg": round(float(np.degrees(motion.roll.roll_rad)), 2),
            "roll_from": motion.roll.how,
            "event_agreement": round(motion.agreement.share, 3),
            "event_contact_difference_s": motion.agreement.contact_s,
            "event_toe_off_difference_s": motion.agreement.toe_off_s,
            "markers": "none",
            "swapped_pictures": int(facts.get("swapped_pictures", 0)),
            "swapped_s": facts.get("swapped_s", []),
            "track_breaks_s": facts.get("track_breaks_s", []),
            "other_people": facts.get("other_people", 0),
            "checks": [check.to_json() for check in motion.checks],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmAnalysis:
    """One runner in one or two films.

    Parameters
    ----------
    subject : who ran
    films : in the order they were given
    sides : side → result
    symmetry : quantity → left minus right, with the standard error of that difference as its spread
    problems : in the order they were found
    used : every registry entry that this run relied on
    """

    subject: Subject
    films: tuple[FilmFile, ...]
    sides: dict[SideName, SideResult]
    symmetry: dict[str, Spread]
    problems: tuple[Problem, ...]
    used: dict[str, Entry]

    def measures(self, side: SideName) -> dict[str, FilmMeasure]:
        """Return the measures of one side."""
        mine = self.sides[side].measures or {}
        return {key: value for key, value in mine.items() if isinstance(value, FilmMeasure)}

    def to_json(self) -> dict[str, Any]:
        """Return the document that ``gerdy analyze FILM --json`` prints."""
        return {
            "schema": SCHEMA,
            "recording": {"films": [film.to_json() for film in self.films], "gait": self.films[0].motion.activity},
            "subject": self.subject.to_json(),
            "sides": {side: result.to_json() for side, result in self.sides.items()},
            "symmetry": {key: difference_json(value) for key, value in self.symmetry.items()},
            "problems": [problem.to_json() for problem in self.problems],
            "sources": sources(self.used),
        }
