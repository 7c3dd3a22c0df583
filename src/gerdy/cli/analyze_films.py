"""The film half of ``gerdy analyze``."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

import typer

from gerdy.cli.output import print_json, progress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

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

    named: Activity | None = "running" if activity else None
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

    with progress() as bars:
        tasks = {}

        def tell(name: str, total: int) -> None:
            if name not in tasks:
                tasks[name] = bars.add_task(f"Looking at {name}", total=total)
            bars.advance(tasks[name])

        found = analyze_films(files, options, subject=subject, tell=tell)
        if out:
            write_film_folder(found, out, tell=tell, keep_faces=keep_faces)
    if as_json:
        print_json(found.to_json())
    else:
        print_film_analysis(found, out)


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
