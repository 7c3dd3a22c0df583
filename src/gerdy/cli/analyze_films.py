"""The film half of ``gerdy analyze``."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

import typer

from gerdy.cli.output import print_json, progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rich.progress import Progress, TaskID

    from gerdy.motion.film.activity import Activity
    from gerdy.motion.film.plane import View
    from gerdy.pipelines.film import FilmOptions
    from gerdy.pipelines.subject import Subject


class ViewOption(StrEnum):
    """From where the camera looks."""

    SIDE = "side"
    REAR = "rear"
    FRONT = "front"


_VIEWS: Final[dict[ViewOption, View]] = {
    ViewOption.SIDE: "side",
    ViewOption.REAR: "rear",
    ViewOption.FRONT: "front",
}


class ActivityOption(StrEnum):
    """What the person does."""

    RUNNING = "running"
    SINGLE_LEG_STANCE = "single_leg_stance"
    SINGLE_LEG_SQUAT = "single_leg_squat"
    STEP_DOWN = "step_down"
    LUNGE = "lunge"


_ACTIVITIES: Final[dict[ActivityOption, Activity]] = {
    ActivityOption.RUNNING: "running",
    ActivityOption.SINGLE_LEG_STANCE: "single_leg_stance",
    ActivityOption.SINGLE_LEG_SQUAT: "single_leg_squat",
    ActivityOption.STEP_DOWN: "step_down",
    ActivityOption.LUNGE: "lunge",
}


def film_options(
    views: Sequence[ViewOption],
    activity: ActivityOption | None,
    roll_deg: float | None,
    box: str | None,
    slow_motion: float,
    keypoints: Path | None,
    rate_hz: float | None,
) -> FilmOptions:
    """Return what the user says about the films.

    Raises
    ------
    typer.BadParameter : a box that is not four numbers
    """
    from gerdy.pipelines.film import FilmOptions

    named = _ACTIVITIES[activity] if activity else None
    seen: tuple[View, ...] = tuple(_VIEWS[view] for view in views)
    return FilmOptions(seen, named, roll_deg, _box(box), slow_motion, keypoints, rate_hz)


def analyze_film_files(
    files: Sequence[Path],
    options: FilmOptions,
    subject: Subject,
    out: Path | None,
    *,
    as_json: bool,
    keep_faces: bool,
) -> None:
    """Measure, write and print."""
    from gerdy.pipelines.film import analyze_films
    from gerdy.report.film_terminal import print_film_analysis
    from gerdy.report.film_write import write_film_folder

    if options.activity not in (None, "running"):
        _score_test(files, options, subject.runner_id, as_json=as_json)
        return
    with progress() as bars:
        tell = _teller(bars)
        found = analyze_films(files, options, subject=subject, tell=tell)
        if out:
            write_film_folder(found, out, tell=tell, keep_faces=keep_faces)
    if as_json:
        print_json(found.to_json())
    else:
        print_film_analysis(found, out)


def _score_test(files: Sequence[Path], options: FilmOptions, runner_id: str, *, as_json: bool) -> None:
    """Score one test on one leg and print it."""
    from gerdy.pipelines.film_tests import score_film
    from gerdy.report.film_terminal import print_film_test

    if len(files) != 1:
        raise typer.BadParameter("a test is scored from one film; give one.", param_hint="FILES")
    assert options.activity is not None  # noqa: S101 - the caller has looked
    with progress() as bars:
        tell = _teller(bars)
        found = score_film(files[0], options.activity, options, runner_id, tell)
    if as_json:
        print_json(found.to_json())
    else:
        print_film_test(found)


def _teller(bars: Progress) -> Callable[[str, int], None]:
    """Return what advances one bar per name."""
    tasks: dict[str, TaskID] = {}

    def tell(name: str, total: int) -> None:
        if name not in tasks:
            tasks[name] = bars.add_task(name, total=total)
        bars.advance(tasks[name])

    return tell


def _box(text: str | None) -> tuple[float, float, float, float] | None:
    if text is None:
        return None
    try:
        left, top, right, bottom = (float(part) for part in text.split(","))
    except ValueError as error:
        raise typer.BadParameter(
            f"'{text}' is no box; expected left,top,right,bottom in pixels, for example 300,200,420,320.",
            param_hint="--box",
        ) from error
    return left, top, right, bottom
