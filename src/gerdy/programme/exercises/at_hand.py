"""What a place and a list of equipment allow."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from gerdy.errors import ProgrammeError, nearest
from gerdy.programme.exercises.library import exercises

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gerdy.programme.exercises.exercise import Exercise


def at_hand(equipment: Iterable[str], place: str = "") -> frozenset[str]:
    """Return everything that can be used.

    Parameters
    ----------
    equipment : what the runner named
    place : ``home``, ``gym``, ``outside``; empty for any, which is home
    """
    kit = _kit()
    named = frozenset(item.strip().lower() for item in equipment)
    match place:
        case "gym":
            return named | kit["gym"]
        case "outside":
            return kit["outside"]
        case _:
            return named | kit["everyday"]


def missing(item: Exercise, equipment: Iterable[str], place: str = "") -> tuple[str, ...]:
    """Return what an exercise lacks, ``a or b`` for alternatives; the place counts as well; empty if it can be done."""
    have = at_hand(equipment, place)
    lacks = tuple(" or ".join(choice) for choice in item.equipment if not have & set(choice))
    elsewhere = () if not place or place in item.place else (f"{' or '.join(item.place)} as the place",)
    return lacks + elsewhere


def check_equipment(words: Iterable[str]) -> tuple[str, ...]:
    """Return the words in the library's spelling.

    Raises
    ------
    ProgrammeError : no exercise uses such a thing; with the nearest words
    """
    tidy = tuple(word.strip().lower() for word in words)
    known = known_equipment()
    for word in tidy:
        if word not in known:
            near = ", ".join(nearest(word, known)) or ", ".join(sorted(known))
            raise ProgrammeError(f"No exercise uses a '{word}'. Nearest: {near}.")
    return tidy


@cache
def known_equipment() -> frozenset[str]:
    """Return every word for equipment."""
    used = {word for item in exercises().values() for choice in (*item.equipment, item.loads) for word in choice}
    return frozenset(used).union(*_kit().values())


@cache
def _kit() -> Mapping[str, frozenset[str]]:
    text = files("gerdy.programme.exercises").joinpath("catalogue", "equipment.toml").read_text(encoding="utf-8")
    return {place: frozenset(words) for place, words in tomllib.loads(text).items()}
