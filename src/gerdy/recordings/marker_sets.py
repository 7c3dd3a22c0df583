"""Marker sets as TOML files: those that ship with gerdy, the user's own, and which of them fits."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from gerdy.errors import FileUnreadable, MarkerSetUnknown, nearest
from gerdy.recordings.files import as_text, read_bytes
from gerdy.recordings.marker_set import ROLES, MarkerSet

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MarkerSet", "load_marker_set", "parse_marker_set", "recognise", "shipped_marker_sets"]

_HELP: Final = "See docs/how-to/marker-sets.md."


class _MarkerSetFile(BaseModel):
    """The legal content of a marker set file."""

    model_config = ConfigDict(extra="forbid")

    name: str
    description: str = ""
    roles: dict[str, str]
    required: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    partners: tuple[tuple[str, str], ...] = ()
    medial_lateral: tuple[tuple[str, str], ...] = ()
    segments: dict[str, tuple[str, ...]] = {}

    @model_validator(mode="after")
    def _words_are_known(self) -> _MarkerSetFile:
        for role in self.roles:
            if role not in ROLES:
                raise ValueError(f"unknown role '{role}'; nearest: {', '.join(nearest(role, ROLES)) or 'none'}")
        for role in (*NEEDED, *self.required, *(role for group in self.one_of for role in group)):
            if role not in self.roles:
                raise ValueError(f"role '{role}' is needed and has no label under [roles]")
        return self


NEEDED: Final = ("asis_left", "asis_right", "psis_left", "psis_right", "heel_left", "heel_right")
"""Roles that every set requires: without them up, forward and sides cannot be found."""


@cache
def shipped_marker_sets() -> tuple[MarkerSet, ...]:
    """Return the marker sets that come with gerdy, by name."""
    folder = files("gerdy.recordings") / "marker_sets"
    found = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(parse_marker_set(f.read_text(encoding="utf-8"), f.name) for f in found)


def load_marker_set(path: str | Path) -> MarkerSet:
    """Read a marker set of the user's own; see docs/how-to/marker-sets.md.

    Raises
    ------
    FileUnreadable : missing, not TOML, or not a marker set
    """
    path = Path(path)
    return parse_marker_set(as_text(read_bytes(path), path, "a marker set in TOML"), path.name)


def recognise(
    labels: Sequence[str], *, file: str = "the recording", known: Sequence[MarkerSet] | None = None
) -> MarkerSet:
    """Find the marker set that fits the labels of a recording; the one that knows most of them wins.

    Parameters
    ----------
    labels : of the recording
    file : name of the recording, for the message
    known : the sets to choose from; None stands for those that ship with gerdy

    Raises
    ------
    MarkerSetUnknown : none fits; names the nearest and what it misses
    """
    sets = shipped_marker_sets() if known is None else known
    fitting = [candidate for candidate in sets if not candidate.missing(labels)]
    if fitting:
        return max(fitting, key=lambda candidate: len(set(candidate.labels) & set(labels)))
    best = min(sets, key=lambda c: (len(c.missing(labels)), -len(set(c.labels) & set(labels))))
    raise MarkerSetUnknown(
        f"{file} has {len(labels)} points; none of the known marker sets fits (nearest: '{best.name}', "
        f"missing {', '.join(best.missing(labels))}). "
        "Name yours with --markers FILE; see docs/how-to/marker-sets.md."
    )


def parse_marker_set(text: str, file: str) -> MarkerSet:
    """Build a marker set from TOML.

    Raises
    ------
    FileUnreadable : not TOML, a field is missing or misspelt, or a role is not one of `ROLES`
    """
    try:
        content = _MarkerSetFile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise FileUnreadable(f"{file} is not valid TOML ({error}); expected a marker set. {_HELP}") from error
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(map(str, first["loc"]))
        reason = first["msg"].removeprefix("Value error, ")
        raise FileUnreadable(
            f"{file} is not a marker set ({f'{at}: ' if at else ''}{reason}); "
            f"expected a name, and roles for pelvis and feet. {_HELP}"
        ) from error
    required = tuple(dict.fromkeys((*NEEDED, *content.required)))
    return MarkerSet(**dict(content) | {"required": required})
