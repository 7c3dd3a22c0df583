"""What was tested and recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from pydantic import ConfigDict

from gerdy.records.base import STRICT, Entry, Obtained, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class TestResult:
    """One clinical or home test on one side.

    Parameters
    ----------
    test : key of the test, for example ``weight_bearing_lunge_bent``
    value : in `unit`; None where the test was not done
    trials : the single trials, in order
    note : free words, for example what was felt
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    __test__ = False

    test: str
    side: Side
    value: float | str | bool | None
    unit: str
    trials: tuple[float, ...] = ()
    obtained: Obtained = Obtained.REPORTED
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Entry):
    """All tests and answers of one occasion."""

    kind: ClassVar[str] = "assessment"

    results: tuple[TestResult, ...]
    answers: dict[str, Any] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingEntry(Entry):
    """A motion recording and what was computed from it.

    Parameters
    ----------
    files : name → SHA-256 of each original
    analysis : the JSON of ``gerdy analyze``
    """

    kind: ClassVar[str] = "recording"

    files: dict[str, str]
    analysis: dict[str, Any] = field(default_factory=dict)
