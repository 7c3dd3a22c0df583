"""A decision is a value that can be asked why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from pydantic import ConfigDict

from gerdy.records.base import STRICT, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One sentence that spoke for the outcome, and the evidence keys behind it."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    text: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided, by which rule, on which inputs; never a bare yes or no.

    Parameters
    ----------
    outcome : a short word from the rule's own list, for example ``hold``
    rule : for example ``R-064``
    reasons : in the order they weigh
    inputs_seen : name → value as the rule saw it; missing inputs stand as ``not recorded``
    sources : keys of the bibliography
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    outcome: str
    rule: str
    reasons: tuple[Reason, ...]
    inputs_seen: dict[str, Any] = field(default_factory=dict)
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionEntry(Entry):
    """A decision as it was made for a runner on a day, with any override beside it."""

    kind: ClassVar[str] = "decision"

    decision: Decision
    overridden_to: str | None = None
    override_reason: str = ""
