"""A rule by its name: what it looks at, how sure it is, on which numbers it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from gerdy.records.decision import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule.

    Parameters
    ----------
    id : as in the decision and the docs
    explanation : what it looks at and why, in plain words
    grade : A trials or large cohorts in runners … E opinion or design default
    numbers : registry keys of its thresholds; empty for a rule without a number
    judge : facts in, decision out; None where the rule acts on other rules' decisions
    directness : ``direct``, ``runner`` or ``indirect``; ``not applicable`` where it only says what is shown
    against : evidence keys that speak against it (R-094)
    """

    id: str
    explanation: str
    grade: str
    numbers: tuple[str, ...] = ()
    judge: Callable[..., Decision] | None = None
    directness: str = "indirect"
    against: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return what a person may read about the rule."""
        return {
            "id": self.id,
            "explanation": self.explanation,
            "grade": self.grade,
            "directness": self.directness,
            "numbers": list(self.numbers),
            "against": list(self.against),
        }
