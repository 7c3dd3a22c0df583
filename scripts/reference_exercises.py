"""The page of exercises, made from the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gerdy.assess.catalogue import contributors
from gerdy.evidence import registry
from gerdy.programme.exercises import TRACKS, conditions, counter_evidence, drawing, drawn, exercise, exercises
from markdown_table import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gerdy.programme.exercises import Exercise

HEAD: Final = """# Exercises

What a plan chooses from. *Like running* counts five points: support on one leg, foot on the ground, hip loaded at 10 to
45 degrees, knee loaded at 15 to 50 degrees, turning in or sinking of the thigh resisted. Levels compare within a track.
Dose, level, minutes and joint ranges are choices of the house; the certainty is that of the least sure source that the
exercise does what its track says. How a dose is written: [prescriptions](prescriptions.md). On the command line:
`gerdy exercises`. How these choices are made: [rules](rules-exercises.md).
"""


def exercise_page() -> str:
    """Return every exercise under its track, with drawing, words, dose and what stands behind it."""
    found = list(exercises().values())
    rows = [
        (
            f"{track} {words}",
            ", ".join(f"[{item.id}](#{item.id.lower()})" for item in found if item.track == track),
        )
        for track, words in TRACKS.items()
    ]
    return f"{HEAD}\n{table(('track', 'exercises'), rows)}" + "".join(
        f"\n## {track}: {words}\n" + "".join(_one(item) for item in found if item.track == track)
        for track, words in TRACKS.items()
    )


def _one(item: Exercise) -> str:
    picture = f'\n<div class="exercise">{drawing(item.id)}</div>\n' if item.id in drawn() else ""
    lines = "".join(f"{line}\n\n" for line in _lines(item))
    return f"\n### {item.id} {item.name} {{ #{item.id.lower()} }}\n{picture}\n{lines}"


def _lines(item: Exercise) -> Iterator[str]:
    if item.known_as:
        yield f"Known as {', '.join(item.known_as)}."
    yield item.how
    yield f"**Say:** {' '.join(item.cues)} **Look out for:** {' '.join(item.faults)}"
    yield f"**To begin with:** {item.dose}"
    yield " ".join(_facts(item))
    if item.entry:
        yield f"**Before it:** {' '.join(conditions()[key].say() for key in item.entry)}"
    yield f"{item.note} Grade {item.grade}, {item.directness}, {item.certainty}: {_sources(item)}."
    yield from (f"*But:* {line}" for line in counter_evidence(item))


def _facts(item: Exercise) -> Iterator[str]:
    low, high = item.levels
    yield f"Level {low}." if low == high else f"Level {low} to {high}."
    yield f"Like running {item.specificity} of 5."
    yield f"For {', '.join(f'{key} {contributors()[key].name}' for key in item.contributors)}."
    yield f"Needs {' and '.join(' or '.join(choice) for choice in item.equipment) or 'nothing'}."
    if item.loads:
        yield f"Loaded with {', '.join(item.loads)}."
    yield f"Where: {', '.join(item.place)}."
    for word, keys in (("Easier", item.regress), ("Harder", item.progress)):
        if keys:
            yield f"{word}: {', '.join(f'[{exercise(key).name}](#{key.lower()})' for key in keys)}."
    yield "" if item.progression == "none" else f"Moves on by {item.progression}."


def _sources(item: Exercise) -> str:
    keys = dict.fromkeys(registry()[key].source for key in item.sources)
    return ", ".join(f"[{key}](../bibliography.md#{key})" for key in keys)
