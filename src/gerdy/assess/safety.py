"""Safety first: red flags, what they lock, and what opens them again (R-001 to R-007, R-010)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gerdy.assess import safety_rules as rule
from gerdy.assess.safety_rules import LEVELS
from gerdy.evidence import value

if TYPE_CHECKING:
    from gerdy.assess.readings import Readings
    from gerdy.records import Decision

LOCKING: Final = LEVELS[2:]
"""Levels that lock everything downstream until a clearance is recorded."""


@dataclass(frozen=True, slots=True)
class Screen:
    """The answer of the safety screen.

    Parameters
    ----------
    level : one of `LEVELS`
    flags : the questions that raised it, cleared ones left out
    missing : questions without an answer
    decisions : R-001 to R-007 and R-010, each with its reasons
    ladder_cap : highest stage of the walk-run ladder, None without a cap (R-010)
    """

    level: str
    flags: tuple[str, ...]
    missing: tuple[str, ...]
    decisions: tuple[Decision, ...]
    ladder_cap: int | None

    @property
    def locked(self) -> bool:
        """Whether findings, plan and running stay shut."""
        return self.level in LOCKING

    @property
    def complete(self) -> bool:
        """Whether every question of the screen was answered."""
        return not self.missing

    @property
    def urgency(self) -> int:
        """0 for nothing, rising to 5 for an emergency."""
        return LEVELS.index(self.level)

    def referral(self) -> str:
        """Return the text that a locked runner reads and can hand to a clinician; empty when nothing was found."""
        says = [reason.text for item in self.decisions if item.outcome in LEVELS[1:] for reason in item.reasons]
        return "\n".join(dict.fromkeys(says))


def screen(readings: Readings) -> Screen:
    """Return the safety screen of an assessment."""
    decisions = (
        rule.by_level(readings, "R-001", rule.raised(readings, "R-001")),
        rule.by_level(readings, "R-002", rule.raised(readings, "R-002")),
        rule.injury(readings),
        rule.swelling(readings),
        rule.bone(readings),
        rule.age(readings),
        rule.inside_knee(readings, rule.raised(readings, "R-007")),
        rule.low_energy(readings),
    )
    found = [item for item in decisions if item.outcome in LEVELS]
    level = max((item.outcome for item in found), key=LEVELS.index, default="none")
    flags = [flag for item in found for flag in item.inputs_seen.get("flags", ())]
    energy = decisions[-1].outcome == "clinician"
    cap = int(value("house_safety.ladder_cap")) if energy else None
    return Screen(level, tuple(dict.fromkeys(flags)), rule.not_answered(readings), decisions, cap)
