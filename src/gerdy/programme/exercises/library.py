"""Reading the library of exercises, once; a field or name that does not exist is refused by name."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from gerdy.errors import CatalogueInvalid, ProgrammeError, nearest
from gerdy.evidence import value
from gerdy.programme.exercises.exercise import Exercise

if TYPE_CHECKING:
    from collections.abc import Mapping

TRACKS: Final = {
    "T0": "calm a muscle first",
    "T1": "outer hip and rotators by themselves",
    "T2": "strength with the foot on the ground",
    "T3": "control on one leg",
    "T4": "ankle and calf",
    "T5": "length at the back of the hip",
    "T6": "trunk and side chain",
    "T7": "jumps and landings",
    "T8": "cues and strides in the run",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What must be so before an exercise may start.

    Parameters
    ----------
    text : with places for the numbers
    numbers : place in the text → evidence key
    """

    key: str
    text: str
    numbers: Mapping[str, str]

    def say(self) -> str:
        """Return the sentence with its numbers."""
        return self.text.format(**{name: value(key) for name, key in self.numbers.items()})


@cache
def exercises() -> Mapping[str, Exercise]:
    """Return every exercise by id, in the order of the ids."""
    found = [make_exercise(key, table, track) for track in TRACKS for key, table in _read(track).items()]
    return MappingProxyType({item.id: item for item in sorted(found, key=lambda item: item.id)})


def exercise(key: str) -> Exercise:
    """Return one exercise by id or by name, whatever the case.

    Raises
    ------
    ProgrammeError : no such exercise; with the nearest names
    """
    names = _names()
    found = names.get(key.strip().lower())
    if found is None:
        near = ", ".join(nearest(key.lower(), names)) or "E60, lateral step-down"
        raise ProgrammeError(f"The library has no exercise '{key}'. Nearest: {near}. Run 'gerdy exercises' for all.")
    return exercises()[found]


@cache
def conditions() -> Mapping[str, Condition]:
    """Return every condition of entry by key."""
    rows = _read("conditions").items()
    return MappingProxyType({key: Condition(key=key, **table) for key, table in rows})


def make_exercise(key: str, table: Mapping[str, Any], track: str) -> Exercise:
    """Build one exercise from its table.

    Raises
    ------
    CatalogueInvalid : an unknown or missing field
    """
    legal = {item.name for item in fields(Exercise)} - {"id", "track"}
    for name in table:
        if name not in legal:
            near = ", ".join(nearest(name, legal))
            raise CatalogueInvalid(f"{track}.toml [{key}]: unknown field '{name}'; did you mean {near}?")
    try:
        return Exercise(id=key, track=track, **{name: _frozen(item) for name, item in table.items()})
    except TypeError as error:
        raise CatalogueInvalid(f"{track}.toml [{key}]: {error}; every field must be given.") from error


@cache
def _names() -> Mapping[str, str]:
    return {name.lower(): item.id for item in exercises().values() for name in (*item.known_as, item.name, item.id)}


def _read(name: str) -> dict[str, Any]:
    file = files("gerdy.programme.exercises").joinpath("catalogue", f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _frozen(item: Any) -> Any:
    if isinstance(item, list):
        return tuple(_frozen(part) for part in item)
    if isinstance(item, dict):
        return MappingProxyType({name: _frozen(part) for name, part in item.items()})
    return item
