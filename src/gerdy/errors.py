"""Everything gerdy refuses, in one tree.

::

    GerdyError
    ├── RecordingError             a file of measurements cannot be used
    │   ├── FileUnreadable         missing, empty, truncated, corrupt or of another kind than its name says
    │   ├── MarkerSetUnknown       no known marker set fits the labels
    │   ├── RecordingImplausible   read, but no human can have moved like that (units, axes, nothing visible)
    │   └── FootageRefused         a film cannot carry a measure; says how to film it again
    ├── MotionError                a motion cannot be cut into strides
    │   └── TooFewStrides          not enough usable strides for a statement
    ├── BodyError                  a model, pose or force cannot be computed with
    ├── EvidenceError              the registry of sources is asked for something it does not hold
    │   ├── UnknownKey             no such key; carries the nearest names
    │   ├── UnknownClaim           no claim of the articles holds that word; carries the nearest names
    │   └── EvidenceInvalid        an entry breaks the rules of the registry
    ├── ComparisonInvalid          two analyses cannot be set against each other
    ├── RecordInvalid              a record holds an impossible value
    ├── AssessmentError            an assessment cannot be read or answered
    │   ├── CatalogueInvalid       a catalogue of tests, rules or texts breaks its own form
    │   ├── SheetInvalid           a sheet holds values that cannot be; carries every problem
    │   ├── NotComparable          two values were taken in different ways
    │   └── VerdictRefused         a red flag, or too little of the sheet, stands before an answer
    ├── ProgrammeError             no plan can be made, or a plan cannot be changed as asked
    │   ├── PrescriptionInvalid    a prescription cannot be read; shows legal ones
    │   ├── WishesCollide          no week fits the wishes; carries those that collide
    │   └── OverrideRefused        not by this role, or by nobody without a clearance
    ├── WhatIfInvalid              a what-if cannot be read; shows legal ones
    ├── WhatIfRefused              a what-if asks for what no runner can do, or what nobody has measured
    ├── ReferenceInvalid           the runner cannot be compared with that reference
    ├── JournalError               the journal cannot do what was asked
    │   ├── StoreBlocked           the data folder cannot be read or written (disk full, read-only, in use)
    │   ├── StoreNewer             the journal was written by a newer gerdy
    │   ├── StoreDamaged           the journal does not verify
    │   ├── RunnerUnknown          no such runner; carries the nearest names
    │   ├── EntryUnknown           no such entry
    │   └── ArchiveInvalid         an export, share or backup cannot be opened
    ├── OutputBlocked              the place to write to cannot be written
    └── MissingExtra               an optional library is needed and not installed

A message says what was seen, what was expected and what to do.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "ArchiveInvalid",
    "AssessmentError",
    "BodyError",
    "CatalogueInvalid",
    "ComparisonInvalid",
    "EntryUnknown",
    "EvidenceError",
    "EvidenceInvalid",
    "FileUnreadable",
    "FootageRefused",
    "GerdyError",
    "JournalError",
    "MarkerSetUnknown",
    "MissingExtra",
    "MotionError",
    "NotComparable",
    "OutputBlocked",
    "OverrideRefused",
    "PrescriptionInvalid",
    "ProgrammeError",
    "RecordInvalid",
    "RecordingError",
    "RecordingImplausible",
    "ReferenceInvalid",
    "RunnerUnknown",
    "SheetInvalid",
    "StoreBlocked",
    "StoreDamaged",
    "StoreNewer",
    "TooFewStrides",
    "UnknownClaim",
    "UnknownKey",
    "VerdictRefused",
    "WhatIfInvalid",
    "WhatIfRefused",
    "WishesCollide",
    "nearest",
]


class GerdyError(Exception):
    """Raised when gerdy refuses; every message is meant for the person at the keyboard."""


class RecordingError(GerdyError):
    """Raised when a file of measurements cannot be used."""


class FileUnreadable(RecordingError):
    """Raised when a file is missing, empty, truncated, corrupt or of another kind than its name says."""


class MarkerSetUnknown(RecordingError):
    """Raised when no known marker set fits the labels of a recording."""


class RecordingImplausible(RecordingError):
    """Raised when a file was read but no human can have moved like that."""


class MotionError(GerdyError):
    """Raised when a motion cannot be cut into strides."""


class TooFewStrides(MotionError):
    """Raised when fewer usable strides were found than a statement needs."""


class BodyError(GerdyError):
    """Raised when a model, a pose or a force cannot be computed with."""


class EvidenceError(GerdyError):
    """Raised when the registry of sources is asked for something it does not hold."""


class UnknownKey(EvidenceError):
    """Raised for a key that the registry does not hold; `near` lists the nearest names."""

    def __init__(self, key: str, known: Iterable[str]) -> None:
        self.key = key
        self.near = nearest(key, known)
        hint = f" Nearest: {', '.join(self.near)}." if self.near else ""
        super().__init__(f"The evidence registry has no key '{key}'.{hint} Run 'gerdy evidence' for the whole list.")


class UnknownClaim(EvidenceError):
    """Raised when no claim of the two articles holds a word; `near` lists the nearest names."""

    def __init__(self, word: str, known: Iterable[str]) -> None:
        self.near = nearest(word, known)
        hint = f" Nearest: {', '.join(self.near)}." if self.near else ""
        super().__init__(f"No claim of the articles holds '{word}'.{hint} Run 'gerdy evidence --claims' for all.")


class EvidenceInvalid(EvidenceError):
    """Raised when an entry of the registry breaks the registry's own rules."""


class ComparisonInvalid(GerdyError):
    """Raised when two analyses cannot be set against each other."""


class RecordInvalid(GerdyError):
    """Raised when a record holds an impossible value."""


class AssessmentError(GerdyError):
    """Raised when an assessment cannot be read or answered."""


class CatalogueInvalid(AssessmentError):
    """Raised when a catalogue of tests, rules or texts breaks its own form."""


class SheetInvalid(AssessmentError):
    """Raised when a sheet holds values that cannot be; `problems` lists every one of them."""

    def __init__(self, name: str, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        listed = "\n".join(f"  - {problem}" for problem in self.problems)
        super().__init__(
            f"{name} cannot be used: {len(self.problems)} "
            f"{'problem' if len(self.problems) == 1 else 'problems'}. Nothing was stored.\n{listed}"
        )


class NotComparable(AssessmentError):
    """Raised when two values were taken in different ways and must not be compared."""


class VerdictRefused(AssessmentError):
    """Raised when a red flag, or too little of the sheet, stands before an answer."""


class ProgrammeError(GerdyError):
    """Raised when no plan can be made, or a plan cannot be changed as asked."""


class PrescriptionInvalid(ProgrammeError):
    """Raised when a prescription cannot be read; the message shows legal ones."""


class WishesCollide(ProgrammeError):
    """Raised when no week fits the wishes; `wishes` is a set of which any one dropped lets it fit."""

    def __init__(self, message: str, wishes: Iterable[str] = ()) -> None:
        self.wishes = tuple(wishes)
        super().__init__(message)


class OverrideRefused(ProgrammeError):
    """Raised when a decision may not be overridden by this role, or by nobody without a clearance."""


class WhatIfInvalid(GerdyError):
    """Raised when a what-if cannot be read; the message shows legal ones."""


class WhatIfRefused(GerdyError):
    """Raised when a what-if asks for what no runner can do, or what nobody has measured."""


class ReferenceInvalid(GerdyError):
    """Raised when the runner cannot be compared with the reference that was asked for."""


class FootageRefused(RecordingError):
    """Raised when a film cannot carry a measure; the message says how to film it again."""


class JournalError(GerdyError):
    """Raised when the journal cannot do what was asked."""


class StoreBlocked(JournalError):
    """Raised when the data folder cannot be read or written: disk full, read-only, or in use."""


class StoreNewer(JournalError):
    """Raised when the journal was written by a newer gerdy than this one."""


class StoreDamaged(JournalError):
    """Raised when the journal does not verify: a hash, a page or an original is not what was written."""


class RunnerUnknown(JournalError):
    """Raised when the journal does not know a runner; `near` lists the nearest names."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        names = tuple(known)
        self.near = nearest(name, names) or names[:3]
        hint = f" Known: {', '.join(self.near)}." if self.near else ""
        super().__init__(f"The journal knows no runner '{name}'.{hint} Make a new one with 'gerdy runner add {name}'.")


class EntryUnknown(JournalError):
    """Raised when the runner's journal does not hold an entry."""


class ArchiveInvalid(JournalError):
    """Raised when an export, a share or a backup cannot be opened."""


class OutputBlocked(GerdyError):
    """Raised when the place to write to cannot be written."""


class MissingExtra(GerdyError):
    """Raised when an optional library is needed and not installed."""

    def __init__(self, library: str, extra: str, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs the library '{library}', which is not installed. "
            f"Install it with: pip install 'gerdy[{extra}]'."
        )


def nearest(name: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """Return up to `count` known names that look like `name`, best first."""
    return tuple(get_close_matches(name, list(known), n=count, cutoff=0.4))
