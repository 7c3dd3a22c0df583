"""The templates of the phases: what each asks for, in the order in which it matters."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from gerdy.errors import CatalogueInvalid, ProgrammeError
from gerdy.programme.exercises import exercises
from gerdy.programme.menu.query import STIFF

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gerdy.programme.menu.query import MenuQuery

PHASES: Final = ("P1", "P2", "P3", "P4")
ANKLE: Final = "ankle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing that a phase asks for.

    Parameters
    ----------
    candidates : exercises that meet it, easiest first; or the name of a pattern; or ``ankle``
    where : ``strength``, ``daily`` or ``jumps``
    dose : ``as listed``, ``strength`` or ``endurance``
    rule : the rule that requires it; empty where the phase alone asks
    when, unless : words of `holds`; any one of `when` calls for it, any one of `unless` takes it away
    prefer : word → exercises to begin with where it holds
    first_only : words under which only the easiest is asked for
    """

    name: str
    candidates: tuple[str, ...]
    where: str
    dose: str
    why: str
    evidence: tuple[str, ...]
    rule: str = ""
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    prefer: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first_only: tuple[str, ...] = ()

    def called_for(self, query: MenuQuery) -> bool:
        """Whether the runner's facts call for it."""
        wanted = not self.when or any(holds(word, query) for word in self.when)
        return wanted and not any(holds(word, query) for word in self.unless)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What a phase asks for, the most important need first."""

    phase: str
    goal: str
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """What holds for every phase: what is taken as there, the order of ankle work, and the four patterns."""

    household: frozenset[str]
    ankle: Mapping[str, tuple[str, ...]]
    patterns: Mapping[str, tuple[str, ...]]


def template(phase: str) -> Template:
    """Return the template of a phase.

    Raises
    ------
    ProgrammeError : P0 has no exercises, and P5 has a template of its own
    """
    if phase not in PHASES:
        raise ProgrammeError(f"There is no menu for phase {phase}; menus exist for {', '.join(PHASES)}.")
    return _template(phase)


@cache
def _template(phase: str) -> Template:
    table = _read(phase)
    needs = tuple(_need(phase, need) for need in table.pop("need"))
    return Template(phase=phase, goal=table["goal"], needs=needs)


@cache
def common() -> Common:
    """Return what holds for every phase."""
    table = _read("common")
    ankle, patterns = ({key: tuple(ids) for key, ids in table[name].items()} for name in ("ankle", "patterns"))
    return Common(household=frozenset(table["household"]), ankle=ankle, patterns=patterns)


def holds(word: str, query: MenuQuery) -> bool:
    """Whether a word of the templates holds for a runner."""
    match word:
        case "always":
            return True
        case "ankle restricted":
            return query.ankle in STIFF
        case "ankle gastrocnemius":
            return query.ankle in STIFF and query.ankle_class == "gastrocnemius"
        case "C2 first":
            hip = [key for key in query.active if key in {"C1", "C2", "C3"}]
            return hip[:1] == ["C2"] and "C3" not in hip
        case "length" | "control" | "both" | "unknown":
            return query.order == word
    return word in query.active


def _need(phase: str, table: dict[str, Any]) -> Need:
    named = table["candidates"]
    ids = common().patterns.get(named, ()) if isinstance(named, str) else tuple(named)
    preferred = chain.from_iterable(table.get("prefer", {}).values())
    unknown = sorted({key for key in (*ids, *preferred) if key not in exercises()})
    if unknown or set(table) - {item.name for item in fields(Need)} or (not ids and named != ANKLE):
        raise CatalogueInvalid(f"{phase}.toml, need '{table['name']}': unknown field or exercise {', '.join(unknown)}.")
    lists = {key: tuple(item) for key, item in table.items() if isinstance(item, list)}
    prefer = {key: tuple(ids) for key, ids in table.get("prefer", {}).items()}
    return Need(**{**table, **lists, "candidates": ids, "prefer": prefer})


def _read(name: str) -> dict[str, Any]:
    file = files("gerdy.programme.menu").joinpath("templates", f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))
