"""``gerdy analyze side.mp4``: films of one runner on one occasion become measures with their errors."""

from __future__ import annotations

import hashlib
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gerdy import evidence
from gerdy.errors import FootageRefused
from gerdy.motion.film.film_study import Asked, FilmMotion, study_film
from gerdy.motion.film.gate import Light
from gerdy.motion.summary import stride_times, summarise
from gerdy.motion.symmetry import left_minus_right
from gerdy.pipelines.analysis import SIDE_KEYS, SideResult
from gerdy.pipelines.film_analysis import FilmAnalysis, FilmFile
from gerdy.pipelines.film_band import find_film_bands
from gerdy.pipelines.subject import Subject
from gerdy.quantities import SIDES
from gerdy.recordings.video.film import SUFFIXES, Film, open_film
from gerdy.recordings.video.key_point_files import read_keypoints
from gerdy.recordings.video.light import light_of
from gerdy.recordings.video.pose import TwoNetworks
from gerdy.recordings.video.swaps import repair_swaps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gerdy.motion.film.activity import Activity
    from gerdy.motion.film.plane import View
    from gerdy.pipelines.film_band import FilmBands
    from gerdy.quantities import SideName
    from gerdy.recordings.keypoints import Keypoints
    from gerdy.recordings.video.people import Box
    from gerdy.recordings.video.pose import PoseEstimator

__all__ = ["FilmOptions", "analyze_films", "are_films", "read_points"]


class FilmOptions(NamedTuple):
    """What the user says about the films.

    Attributes
    ----------
    views : one per film, or empty to let gerdy tell
    activity : what is done; None lets gerdy tell
    roll_deg : of the camera, clockwise; None lets gerdy find it
    box : where the runner's hips are at some time, pixels
    slow_motion : how many times slower than real the files play
    keypoints : a folder or file of key points from elsewhere, used in place of the networks
    rate_hz : pictures a second of that folder
    """

    views: tuple[View, ...] = ()
    activity: Activity | None = None
    roll_deg: float | None = None
    box: Box | None = None
    slow_motion: float = 1.0
    keypoints: Path | None = None
    rate_hz: float | None = None


def are_films(files: Sequence[Path]) -> bool:
    """Whether these are films or key points of films, by name."""
    return bool(files) and all(file.suffix.lower() in (*SUFFIXES, ".json") or file.is_dir() for file in files)


def analyze_films(
    files: Sequence[Path],
    options: FilmOptions = FilmOptions(),  # noqa: B008 - a constant
    *,
    subject: Subject | None = None,
    estimator: PoseEstimator | None = None,
    tell: Callable[[str, int], None] = lambda _name, _total: None,
) -> FilmAnalysis:
    """Measure one runner in one or two films.

    Parameters
    ----------
    files : films, or key points of films (a JSON or a folder of them)
    options : what is known about them
    subject : height gives millimetres and a body for the band
    estimator : finds the joints; None is the default of two networks
    tell : called after each picture with the file's name and how many steps there are in all, for progress

    Raises
    ------
    FileUnreadable : a file is no film
    FootageRefused : a film cannot carry a measure; says how to film it again
    """
    who = subject or Subject()
    with evidence.collect() as used:
        films = tuple(
            _one(file, i, options, who, estimator or TwoNetworks(), tell) for i, file in enumerate(map(Path, files))
        )
        views = Counter(film.motion.scene.view for film in films)
        if views and max(views.values()) > 1:
            raise FootageRefused(
                f"{len(films)} films show the same view; give one from the side and one from behind or from the front."
            )
        steps = len(SIDES) * int(evidence.value("house_band.draws"))
        bands = find_film_bands([film.motion for film in films], who, tell=partial(tell, "the band", steps))
        sides = {side: _side(side, [film.motion for film in films], bands) for side in SIDES}
    left, right = sides["left"], sides["right"]
    shared = [key for key in SIDE_KEYS if key in left.values and key in right.values]
    return FilmAnalysis(
        subject=who,
        films=films,
        sides=sides,
        symmetry={key: left_minus_right(left.values[key], right.values[key]) for key in shared},
        problems=(*(problem for film in films for problem in film.motion.problems), *bands.problems),
        used=used,
    )


def _one(
    file: Path,
    number: int,
    options: FilmOptions,
    who: Subject,
    estimator: PoseEstimator,
    tell: Callable[[str, int], None],
) -> FilmFile:
    film, points = read_points(file, options, tell, estimator)
    light = Light(*light_of(film)) if film else Light()
    repaired, swapped = repair_swaps(points)
    view = options.views[number] if number < len(options.views) else None
    asked = Asked(view, options.activity, options.roll_deg, who.height_m)
    motion = study_film(file.name, repaired, asked, light)
    return FilmFile(file, _hash(file), film, motion, swapped)


def read_points(
    file: Path, options: FilmOptions, tell: Callable[[str, int], None], estimator: PoseEstimator | None = None
) -> tuple[Film | None, Keypoints]:
    """Find the joints in a film, or read those that others found.

    Parameters
    ----------
    file : a film, a JSON or a folder of key points
    options : key points from elsewhere, a box, slow motion
    tell : called after each picture with the file's name and how many steps there are in all
    estimator : None is the default of two networks

    Returns
    -------
    the film, None where there is none, and the key points
    """
    if file.is_dir() or file.suffix.lower() == ".json":
        return None, read_keypoints(file, rate_hz=options.rate_hz)
    film = open_film(file, options.slow_motion)
    if options.keypoints is not None:
        rate = options.rate_hz or film.rate_hz
        return film, read_keypoints(options.keypoints, rate_hz=rate, size=film.size)
    total = 2 * film.expected_frames
    return film, (estimator or TwoNetworks()).estimate(film, box=options.box, tell=lambda: tell(file.name, total))


def _hash(file: Path) -> str | None:
    if file.is_dir():
        return None
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _side(side: SideName, films: Sequence[FilmMotion], bands: FilmBands) -> SideResult:
    """Join what the films say about one side; times come from the first film, the side view if there is one."""
    first = min(films, key=lambda motion: motion.scene.view != "side")
    good = first.good(side)
    values = {key: value for key, value in summarise(stride_times(good)).items() if value.n}
    measures = {key: measure for motion in films for key, measure in motion.measures[side].items()}
    missing = {path: why for motion in films for path, why in motion.missing[side].items()}
    return SideResult(
        strides=len(good),
        verdicts=dict(Counter(first.strides.of(side).verdict)),
        values=values,
        measures=dict(measures),
        band=bands.to_json(side),
        missing=missing | _not_from_film(values.keys(), films) | bands.missing(side),
    )


def _not_from_film(known: Iterable[str], films: Sequence[FilmMotion]) -> dict[str, str]:
    """Say what these views cannot know."""
    known = set(known)
    views = {motion.scene.view for motion in films}
    found = {key: "not recorded: no ground reaction force in a film" for key in SIDE_KEYS if "force" in key}
    found |= {key: "no usable stride on this side" for key in SIDE_KEYS if key not in known and key not in found}
    if "side" not in views:
        found["measures.sagittal"] = "not recorded: hip, knee and ankle flexion need a film from the side"
    if not views & {"rear", "front"}:
        found["measures.frontal"] = "not recorded: pelvic drop and hip adduction need a film from behind or in front"
    found["measures.rotation"] = "not recorded: no single camera sees the turn of thigh, shin or pelvis"
    return found
