"""From a film to the key points of one person: two passes, first who, then where each joint is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from gerdy import evidence
from gerdy.errors import FootageRefused
from gerdy.recordings.keypoints import KEYPOINTS, Keypoints
from gerdy.recordings.video.detector import Detector
from gerdy.recordings.video.film import pictures
from gerdy.recordings.video.landmarks import Landmarks, Seen, region_of, region_of_person
from gerdy.recordings.video.people import Box, Track, choose, tracks

if TYPE_CHECKING:
    from collections.abc import Callable

    from gerdy.recordings.video.film import Film, Picture
    from gerdy.recordings.video.landmarks import Region


class PoseEstimator(Protocol):
    """Anything that finds one person's joints in a film."""

    def estimate(self, film: Film, *, box: Box | None = None, tell: Callable[[], None] = ...) -> Keypoints:
        """Return the key points of the person that is meant.

        Parameters
        ----------
        film : from `gerdy.recordings.video.film.open_film`
        box : where the hips of the person are at some time; None chooses
        tell : called after each picture of each pass, for progress
        """
        ...


@dataclass(frozen=True, slots=True)
class TwoNetworks:
    """The default: a detector chooses the person, a landmark network finds the joints; nothing is smoothed."""

    source: str = "BlazePose full (mediapipe 0.10.14)"

    def estimate(self, film: Film, *, box: Box | None = None, tell: Callable[[], None] = lambda: None) -> Keypoints:
        """Return the key points of the person that is meant.

        Raises
        ------
        FootageRefused : nobody to be found
        MissingExtra : video was not set up
        """
        track, others = find_person(film, box, tell)
        return replace(follow(film, track, tell), source=self.source).with_facts(other_people=others)


def find_person(film: Film, box: Box | None, tell: Callable[[], None] = lambda: None) -> tuple[Track, int]:
    """Look at a few pictures a second and choose the person; also say how many others there are.

    A shed can look like a person to the detector; the landmark network is asked whether it sees one there.
    """
    detector, landmarks, every = Detector(), Landmarks(), _every(film)
    least = evidence.value("house_video.presence")
    sightings = []
    for picture in pictures(film, every=every):
        people = [
            person
            for person in detector.people(picture.rgb, picture.scale)
            if landmarks.look(picture.rgb, region_of_person(person), picture.scale).presence >= least
        ]
        sightings.append((picture.time_s, people))
        for _ in range(every):
            tell()
    if not sightings:
        raise FootageRefused(f"{film.path.name} holds no pictures after the first; film at least a few strides.")
    found = tracks(sightings)
    chosen = choose(found, len(sightings), film.size, box)
    stayed = evidence.value("house_video.stays") * len(chosen.time_s)
    return chosen, sum(track is not chosen and len(track.time_s) >= stayed for track in found)


def follow(film: Film, track: Track, tell: Callable[[], None] = lambda: None) -> Keypoints:
    """Find the joints of one person in every picture.

    The next picture is searched where the person was in this one; where the detector saw the person elsewhere, or the
    landmark network sees nobody, the search starts again from the detector's place, and the break is counted.
    """
    landmarks = Landmarks()
    gap = evidence.value("house_video.forget_after")
    near = evidence.value("house_video.same_person")
    times: list[float] = []
    rows: list[Seen | None] = []
    region: Region | None = None
    breaks: list[float] = []
    for picture in pictures(film):
        times.append(picture.time_s)
        seen = None
        if track.covers(picture.time_s, gap):
            place = region_of(*track.at(picture.time_s))
            if region is None or np.hypot(*(region.centre - place.centre)) > near * place.side / 2:
                breaks += [picture.time_s] if region is not None else []
                region = place
            seen = _look(landmarks, picture, region, place)
        rows.append(seen)
        region = seen.next_region if seen else None
        tell()
    return _keypoints(film, np.array(times), rows, breaks)


def _look(landmarks: Landmarks, picture: Picture, region: Region, place: Region) -> Seen | None:
    least = evidence.value("house_video.presence")
    seen = landmarks.look(picture.rgb, region, picture.scale)
    if seen.presence < least and region is not place:
        seen = landmarks.look(picture.rgb, place, picture.scale)
    return seen if seen.presence >= least else None


def _keypoints(film: Film, time_s: np.ndarray, rows: list[Seen | None], breaks: list[float]) -> Keypoints:
    count = (len(rows), len(KEYPOINTS))
    xy, confidence, spread = np.full((*count, 2), np.nan), np.zeros(count), np.full(count, np.nan)
    for i, seen in enumerate(rows):
        if seen is not None:
            xy[i], confidence[i], spread[i] = seen.xy, seen.confidence, seen.spread
    facts = {
        "frame_rate_hz": film.rate_hz,
        "size": list(film.size),
        "turned_deg": film.turned_deg,
        "slow_motion": film.slow_motion,
        "pictures": len(rows),
        "pictures_with_person": sum(seen is not None for seen in rows),
        "track_breaks_s": [round(at, 3) for at in breaks],
    }
    return Keypoints(time_s, xy, confidence, spread, film.size, facts=facts)


def _every(film: Film) -> int:
    return max(1, round(film.rate_hz / evidence.value("house_video.looks_a_second")))
