"""Marker sets: which label sits where on the body. They are data, so that a laboratory can name its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from gerdy.errors import MarkerSetUnknown

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
"""Words for places on the body; `toe` is the front of the foot on the first or second ray, `lateral_toe` on
the fifth."""


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
        """Return the label of the front of a foot: the toe where there is one, else the lateral toe.

        Raises
        ------
        MarkerSetUnknown : neither is there
        """
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

    def require(self, labels: Sequence[str], file: str) -> None:
        """Do nothing when the set fits the labels.

        Raises
        ------
        MarkerSetUnknown : it does not; names what is missing
        """
        if lacking := self.missing(labels):
            raise MarkerSetUnknown(
                f"{file} has {len(labels)} points and lacks {', '.join(lacking)} of the marker set '{self.name}'. "
                "Correct the labels, or name another set with --markers FILE; see docs/how-to/marker-sets.md."
            )

    def absent_roles(self, labels: Iterable[str]) -> tuple[str, ...]:
        """Return the roles of the `one_of` groups that are not there, for a reader to know."""
        seen = set(labels)
        return tuple(role for group in self.one_of for role in group if self.roles[role] not in seen)

    def is_right(self, label: str) -> bool:
        """Tell whether a label lies on the right side of the body."""
        return any(_match(right, label) is not None for _, right in self.partners)

    def partner(self, label: str) -> str:
        """Return the same place on the other side; a label on the midline is its own partner."""
        for left, right in self.partners:
            for here, there in ((left, right), (right, left)):
                if (stem := _match(here, label)) is not None:
                    return there.replace("*", stem)
        return label


def _match(pattern: str, label: str) -> str | None:
    head, star, tail = pattern.partition("*")
    if not star:
        return "" if label == pattern else None
    if label.startswith(head) and label.endswith(tail) and len(label) > len(head) + len(tail):
        return label[len(head) : len(label) - len(tail)]
    return None
