"""``gerdy exercises``: the library, and one exercise with its drawing."""

from __future__ import annotations

from pathlib import Path

import typer

from gerdy.cli.output import print_json


def exercises(
    key: str = typer.Argument(
        "", help="One exercise by id or name, for example E60. Without it the library is listed."
    ),
    track: str = typer.Option("", "--track", help="Only this track, for example T2."),
    knee: str = typer.Option(
        "", "--knee", help="Which way the knee goes on one leg (in, out, none): changes the cues."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
    out: Path | None = typer.Option(None, "--out", help="Write a page with drawings to this file."),
) -> None:
    """List the exercises, or show one: how, cues, faults, default dose, drawing, and what stands behind it."""
    from gerdy.errors import ProgrammeError
    from gerdy.programme.exercises import TRACKS
    from gerdy.programme.exercises import exercise as find
    from gerdy.programme.exercises import exercises as library
    from gerdy.report.exercises import exercise_json, exercise_text, library_text, write_exercises

    if track and track.upper() not in TRACKS:
        raise ProgrammeError(f"There is no track '{track}'; use one of {', '.join(TRACKS)}.")
    found = [find(key)] if key else [item for item in library().values() if track.upper() in ("", item.track)]
    if out is not None:
        write_exercises(out, found, knee or None)
        typer.echo(f"Wrote {out}.", err=True)
    if as_json:
        rows = [exercise_json(item, knee or None) for item in found]
        print_json({"schema": "gerdy/exercises/1", "exercises": rows})
    elif key:
        typer.echo(exercise_text(found[0], knee or None))
    elif out is None:
        typer.echo(library_text(found))
