"""Exercises as text, as JSON and as a page with drawings."""

from __future__ import annotations

import os
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, StrictUndefined

from gerdy import __version__
from gerdy.errors import OutputBlocked
from gerdy.evidence import value
from gerdy.programme.exercises import (
    TRACKS,
    conditions,
    cues_for,
    drawing,
    drawn,
    exercise,
    knee_cue,
    standing,
    substitutes,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gerdy.programme.exercises import Exercise

_ENVIRONMENT = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def exercise_json(item: Exercise, knee: str | None) -> dict[str, Any]:
    """Return everything about an exercise that a person may read.

    Parameters
    ----------
    knee : ``in``, ``out``, ``none``, or None where nobody has looked
    """
    return {
        "id": item.id,
        "name": item.name,
        "known_as": list(item.known_as),
        "track": item.track,
        "levels": list(item.levels),
        "kind": item.kind,
        "contributors": list(item.contributors),
        "specificity": item.specificity,
        "specific": list(item.specific),
        "ranges_deg": {name: list(ends) for name, ends in item.ranges.items()},
        "equipment": [list(choice) for choice in item.equipment],
        "loads": list(item.loads),
        "place": list(item.place),
        "heavy": item.heavy,
        "eccentric": item.eccentric,
        "plyometric": item.plyometric,
        "minutes": item.minutes,
        "dose": item.dose,
        "how": item.how,
        "cues": list(cues_for(item, knee)),
        "knee_cue": [reason.text for reason in knee_cue(knee).reasons],
        "faults": list(item.faults),
        "entry": [conditions()[key].say() for key in item.entry],
        "progression": item.progression,
        "regress": list(item.regress),
        "progress": list(item.progress),
        "drawn": item.id in drawn(),
        "standing": standing(item),
    }


def library_text(items: Iterable[Exercise]) -> str:
    """Return one line for each exercise, under its track."""
    lines: list[str] = []
    track = ""
    for item in sorted(items, key=lambda item: (item.track, item.id)):
        if item.track != track:
            track = item.track
            lines += ["", f"{track}  {TRACKS[track]}"]
        picture = "" if item.id in drawn() else "  (no drawing)"
        lines.append(f"  {item.id}  {item.name}, level {_levels(item)}, like running {item.specificity} of 5{picture}")
    return "\n".join(lines).strip()


def exercise_text(item: Exercise, knee: str | None) -> str:
    """Return one exercise for the terminal."""
    return "\n".join(_lines(item, knee))


def write_exercises(out: Path, items: Sequence[Exercise], knee: str | None) -> None:
    """Write one HTML page that needs nothing else and prints on A4.

    Raises
    ------
    OutputBlocked : the place cannot be written; nothing is changed
    """
    try:
        handle, draft = tempfile.mkstemp(prefix=f".{out.name}-", dir=out.parent)
    except OSError as error:
        raise OutputBlocked(f"{out} cannot be written: {error.strerror}. Choose another place with --out.") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(exercises_html(items, knee))
        Path(draft).chmod(0o644)
        Path(draft).replace(out)
    except OSError as error:
        Path(draft).unlink(missing_ok=True)
        raise OutputBlocked(f"{out} cannot be written: {error.strerror}. Nothing was changed.") from error


def exercises_html(items: Sequence[Exercise], knee: str | None) -> str:
    """Return the page: drawing, how, cues and faults, dose, and what stands behind it."""
    folder = files("gerdy.report").joinpath("templates")
    template = _ENVIRONMENT.from_string(folder.joinpath("exercises.html.j2").read_text(encoding="utf-8"))
    return template.render(
        title=items[0].name if len(items) == 1 else "Exercises",
        version=__version__,
        style=folder.joinpath("report.css").read_text(encoding="utf-8"),
        why=knee_cue(knee).reasons[-1].text if knee == "out" else "",
        items=[exercise_json(item, knee) | {"svg": drawing(item.id) if item.id in drawn() else ""} for item in items],
        tracks=TRACKS,
    )


def _lines(item: Exercise, knee: str | None) -> Iterator[str]:
    seen = exercise_json(item, knee)
    also = f" (known as {', '.join(item.known_as)})" if item.known_as else ""
    yield f"{item.id}  {item.name}{also}"
    yield f"{item.track}, {TRACKS[item.track]}; level {_levels(item)}; like running {item.specificity} of 5"
    yield f"\n{item.how}"
    yield from (f"  + {cue}" for cue in seen["cues"])
    yield from (f"  - {fault}" for fault in item.faults)
    yield f"\nTo begin with: {item.dose}"
    needs = "; ".join(" or ".join(choice) for choice in item.equipment)
    yield f"Needs: {needs or 'nothing'}. Where: {', '.join(item.place)}. About {item.minutes:g} minutes."
    yield from (f"Before it: {sentence}" for sentence in seen["entry"])
    for word, keys in (("Easier", item.regress), ("Harder", item.progress)):
        if keys:
            yield f"{word}: {', '.join(_named(key) for key in keys)}."
    if others := substitutes(item, ())[: int(value("house_exercises.shown_substitutes"))]:
        yield f"Without equipment: {', '.join(_named(other.id) for other in others)}."
    yield f"\n{item.note} Grade {item.grade}, {item.directness}, {item.certainty}."
    yield from (_source(cited) for cited in seen["standing"]["sources"])
    yield from (f"But: {line}" for line in seen["standing"]["counter_evidence"])
    yield f"Dose, level and minutes: {seen['standing']['dose']['status']}."


def _source(cited: dict[str, str]) -> str:
    if cited["status"] == "house choice":
        return "  No study stands behind it; it follows from its track."
    reported = "as reported by others: " if cited["status"] == "secondary" else ""
    return f"  {cited['value']}; {reported}{cited['source']}"


def _named(key: str) -> str:
    return f"{key} {exercise(key).name}"


def _levels(item: Exercise) -> str:
    low, high = item.levels
    return f"{low}" if low == high else f"{low} to {high}"
