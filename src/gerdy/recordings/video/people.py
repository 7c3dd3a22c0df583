"""Which of the people in a film is meant: size, centre and staying decide, or a box that the user gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gerdy import evidence
from gerdy.errors import FootageRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.quantities import Array
    from gerdy.recordings.video.detector import Person

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels of the film."""


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """One person through the pictures that were looked at.

    Parameters
    ----------
    time_s : (sightings,) s
    hips, head : (sightings, 2) pixels
    radius, score : (sightings,) pixels, 0-1
    """

    time_s: Array
    hips: Array
    head: Array
    radius: Array
    score: Array

    def at(self, time_s: float) -> tuple[Array, Array]:
        """Return hips and head at a time, linearly between sightings."""
        points = np.concatenate([self.hips, self.head], axis=1)
        found = np.array([np.interp(time_s, self.time_s, column) for column in points.T])
        return found[:2], found[2:]

    def covers(self, time_s: float, gap_s: float) -> bool:
        """Whether the person was sighted within `gap_s` of a time."""
        return bool(np.min(np.abs(self.time_s - time_s)) <= gap_s)


def tracks(sightings: Sequence[tuple[float, Sequence[Person]]]) -> list[Track]:
    """Join sightings into people.

    Each sighting goes to the track whose last hips lie nearest, measured in that person's size, if it is near enough.

    Parameters
    ----------
    sightings : (s, people) of each picture that was looked at, in order
    """
    near = evidence.value("house_video.step_between_sightings")
    forget = evidence.value("house_video.forget_after")
    open_tracks: list[list[tuple[float, Person]]] = []
    for time_s, people in sightings:
        free = [track for track in open_tracks if time_s - track[-1][0] <= forget]
        for person in people:
            best = min(free, key=lambda track: _away(track[-1][1], person), default=None)
            if best is not None and _away(best[-1][1], person) <= near:
                best.append((time_s, person))
                free = [track for track in free if track is not best]
            else:
                open_tracks.append([(time_s, person)])
    return [_track(items) for items in open_tracks]


def choose(found: Sequence[Track], looked_at: int, size: tuple[int, int], box: Box | None = None) -> Track:
    """Return the person that is meant.

    Parameters
    ----------
    found : from `tracks`
    looked_at : how many pictures were looked at
    size : (width, height) pixels of the film
    box : where the person's hips are at some time; None lets size, centre and staying decide

    Raises
    ------
    FootageRefused : nobody, or nobody in the box
    """
    inside = [track for track in found if box is None or _enters(track, box)]
    if not inside:
        where = "" if box is None else " in the box that was given"
        raise FootageRefused(
            f"No person was found{where}. Film one runner from head to foot, at least a third of the picture high, "
            "in good light, and see 'gerdy film-guide'."
        )
    return max(inside, key=lambda track: _meant(track, looked_at, size))


def _meant(track: Track, looked_at: int, size: tuple[int, int]) -> float:
    """Size × how near the middle × how often seen: a passer-by is small, aside or short."""
    tall = float(np.median(track.radius)) / size[1]
    aside = np.abs(track.hips[:, 0] / size[0] - 0.5)
    return tall * float(np.mean(1.0 - aside)) * len(track.time_s) / looked_at * float(track.score.mean())


def _enters(track: Track, box: Box) -> bool:
    low, high = np.array(box[:2]), np.array(box[2:])
    return bool(((track.hips >= low) & (track.hips <= high)).all(axis=1).any())


def _away(one: Person, other: Person) -> float:
    """Distance of hips in the larger one's size; beyond reach where their sizes differ too much."""
    larger, smaller = max(one.radius, other.radius), min(one.radius, other.radius)
    alike = larger <= evidence.value("house_video.size_step") * smaller
    return float(np.hypot(*(other.hips - one.hips)) / larger) if alike else np.inf


def _track(items: Sequence[tuple[float, Person]]) -> Track:
    people = [person for _, person in items]
    return Track(
        np.array([time_s for time_s, _ in items]),
        np.array([person.hips for person in people]),
        np.array([person.head for person in people]),
        np.array([person.radius for person in people]),
        np.array([person.score for person in people]),
    )
