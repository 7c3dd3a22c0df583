"""Marker sets: which label sits where on the body. They are data, so that a laboratory can name its own."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gerdy.errors import FileUnreadable, MarkerSetUnknown, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_SIDED: Final = (
    "asis",
    "psis",
    "iliac_crest",
    "trochanter",
    "lateral_epicondyle",
    "medial_epicondyle",
    "fibular_head",
    "tibial_tuberosity",
    "lateral_malleolus",
    "medial_malleolus",
    "heel",
    "toe",
    "second_toe",
    "lateral_toe",
    "acromion",
)
ROLES: Final = (
    *(f"{word}_{side}" for word in _SIDED for side in ("left", "right")),
    "sacrum",
    "c7",
    "t10",
    "clavicle",
    "sternum",
)
"""Words for places on the body: `toe` is the front of the foot on the first or second ray, `lateral_toe` on the fifth."""


@dataclass(frozen=True, slots=True)
class MarkerSet:
    """Which label has which role.

    Parameters
    ----------
    name, description : as shown to a reader
    roles : place on the body (one of `ROLES`) → label
    required : roles that must be there for the set to fit
    one_of : groups of roles of which one must be there
    partners : (left, right) label patterns; ``*`` stands for what both share
    medial_lateral : (medial, lateral) labels of one foot, whose order tells when they were swapped
    segments : name → labels that move together as one body
    """

    name: str
    roles: Mapping[str, str]
    required: tuple[str, ...]
    description: str = ""
    one_of: tuple[tuple[str, ...], ...] = ()
    partners: tuple[tuple[str, str], ...] = ()
    medial_lateral: tuple[tuple[str, str], ...] = ()
    segments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label that the set knows, once."""
        members = (label for segment in self.segments.values() for label in segment)
        return tuple(dict.fromkeys([*self.roles.values(), *members]))

    def label(self, role: str, labels: Sequence[str]) -> str | None:
        """Return the label of a role if it is among `labels`."""
        found = self.roles.get(role)
        return found if found in labels else None

    def front_of_foot(self, side: str, labels: Sequence[str]) -> str:
        """Return the label that stands for the front of a foot: the toe where there is one, else the lateral toe."""
        found = self.label(f"toe_{side}", labels) or self.label(f"lateral_toe_{side}", labels)
        if found is None:
            raise MarkerSetUnknown(
                f"Marker set '{self.name}' finds no front of the {side} foot among {len(labels)} labels; "
                f"expected toe_{side} or lateral_toe_{side}. See docs/how-to/marker-sets.md."
            )
        return found

    def missing(self, labels: Iterable[str]) -> tuple[str, ...]:
        """Return the labels without which the set does not fit; empty when it fits."""
        seen = set(labels)
        lacking = [self.roles[role] for role in self.required if self.roles[role] not in seen]
        for group in self.one_of:
            choice = [self.roles[role] for role in group]
            if not seen.intersection(choice):
                lacking.append(" or ".join(choice))
        return tuple(lacking)

    def absent_roles(self, labels: Iterable[str]) -> tuple[str, ...]:
        """Return the roles of the `one_of` groups that are not there, for a reader to know."""
        seen = set(labels)
        return tuple(role for group in self.one_of for role in group if self.roles[role] not in seen)

    def partner(self, label: str) -> str:
        """Return the same place on the other side; a label on the midline is its own partner."""
        for left, right in self.partners:
            for here, there in ((left, right), (right, left)):
                if (stem := _match(here, label)) is not None:
                    return there.replace("*", stem)
        return label


def shipped_marker_sets() -> tuple[MarkerSet, ...]:
    """Return the marker sets that come with gerdy, by name."""
    return _shipped()


@cache
def _shipped() -> tuple[MarkerSet, ...]:
    folder = files("gerdy.recordings") / "marker_sets"
    found = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(parse_marker_set(f.read_text(encoding="utf-8"), f.name) for f in found)


def load_marker_set(path: str | Path) -> MarkerSet:
    """Read a marker set of the user's own; see docs/how-to/marker-sets.md.

    Raises
    ------
    FileUnreadable : missing, or not TOML
    MarkerSetUnknown : TOML, but not a marker set
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(
            f"{path.name} cannot be read ({error}); expected a marker set in TOML. See docs/how-to/marker-sets.md."
        ) from error
    return parse_marker_set(text, path.name)


def recognise(
    labels: Sequence[str], *, file: str = "the recording", known: Sequence[MarkerSet] | None = None
) -> MarkerSet:
    """Find the marker set that fits the labels of a recording; the one that knows most of them wins.

    Parameters
    ----------
    file : name of the recording, for the message
    known : the sets to choose from, by default those that ship with gerdy

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
        f"missing {', '.join(best.missing(labels))}). Name yours with --markers FILE; see docs/how-to/marker-sets.md."
    )


def parse_marker_set(text: str, file: str) -> MarkerSet:
    """Build a marker set from TOML.

    Raises
    ------
    FileUnreadable : not TOML
    MarkerSetUnknown : a field is missing, a role is not one of `ROLES`, or a required role has no label
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FileUnreadable(
            f"{file} is not valid TOML ({error}); expected a marker set. See docs/how-to/marker-sets.md."
        ) from error
    _check(table, file)
    return MarkerSet(
        name=table["name"],
        description=table.get("description", ""),
        roles=table["roles"],
        required=tuple(table["required"]),
        one_of=tuple(tuple(group) for group in table.get("one_of", [])),
        partners=tuple((left, right) for left, right in table.get("partners", [])),
        medial_lateral=tuple((medial, lateral) for medial, lateral in table.get("medial_lateral", [])),
        segments={name: tuple(members) for name, members in table.get("segments", {}).items()},
    )


def _check(table: dict[str, Any], file: str) -> None:
    for entry in ("name", "roles", "required"):
        if entry not in table:
            raise MarkerSetUnknown(
                f"{file} has no '{entry}'; expected name, roles and required. See docs/how-to/marker-sets.md."
            )
    for role in table["roles"]:
        if role not in ROLES:
            raise MarkerSetUnknown(
                f"{file} uses the role '{role}', which gerdy does not know; nearest: {', '.join(nearest(role, ROLES))}. "
                "See docs/how-to/marker-sets.md for the list."
            )
    for role in [*table["required"], *(r for group in table.get("one_of", []) for r in group)]:
        if role not in table["roles"]:
            raise MarkerSetUnknown(
                f"{file} requires the role '{role}' and gives it no label; expected it under [roles]."
            )


def _match(pattern: str, label: str) -> str | None:
    head, star, tail = pattern.partition("*")
    if not star:
        return "" if label == pattern else None
    if label.startswith(head) and label.endswith(tail) and len(label) > len(head) + len(tail):
        return label[len(head) : len(label) - len(tail)]
    return None
