"""Who may decide otherwise than gerdy, about what; gerdy keeps saying what it would have said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from gerdy.errors import OverrideRefused, nearest
from gerdy.programme.gates.scheme import PROGRESSIONS
from gerdy.programme.phases import PHASES
from gerdy.records import Role, Side
from gerdy.running.say import decide
from gerdy.running.stages import ORDER

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from gerdy.outlook.history import Dated
    from gerdy.records import Decision, Override


class Kind(StrEnum):
    """What a gate decides about."""

    RED_FLAG = "a red flag"
    AGE = "the age lock"
    ENERGY = "the low-energy lock"
    FACT = "what was seen or felt"
    ENDING = "the end of the plan"
    PROGRESSION = "progression"
    SCHEDULING = "scheduling"
    AMOUNT = "amount"


LOCKS: Final = frozenset({Kind.RED_FLAG, Kind.AGE, Kind.ENERGY})
"""What only a recorded clearance by a clinician opens."""

OPEN_TO_COACH: Final = frozenset({Kind.PROGRESSION, Kind.SCHEDULING, Kind.AMOUNT})


def _rules(first: int, last: int) -> tuple[str, ...]:
    return tuple(f"R-{number:03}" for number in range(first, last + 1))


_BY_KIND: Final[dict[Kind, tuple[str, ...]]] = {
    Kind.RED_FLAG: ("R-001", "R-002", "R-003", "R-004", "R-005", "R-007"),
    Kind.AGE: ("R-006",),
    Kind.ENERGY: ("R-010",),
    Kind.FACT: (
        "R-008",
        "R-009",
        *_rules(11, 22),
        "R-030",
        "R-032",
        "R-033",
        "R-067",
        "R-074",
        *_rules(76, 78),
        "R-085",
        "R-086",
        *_rules(88, 92),
        *_rules(93, 96),
    ),
    Kind.ENDING: ("R-080",),
    Kind.PROGRESSION: (
        "phase",
        "RG",
        *PROGRESSIONS,
        "R-024",
        "R-025",
        "R-034",
        "R-044",
        "R-045",
        "R-046",
        "R-049",
        "R-060",
        "R-062",
        "R-063",
        "R-070",
        "R-072",
        "R-073",
        "R-075",
        "R-087",
    ),
    Kind.SCHEDULING: (
        "R-023",
        "R-026",
        "R-040",
        "R-043",
        "R-047",
        "R-050",
        "R-051",
        "R-052",
        "R-053",
        "R-054",
        "R-055",
        "R-061",
        "R-068",
        "R-069",
        "R-071",
    ),
    Kind.AMOUNT: (
        "R-031",
        "R-035",
        "R-036",
        "R-041",
        "R-042",
        "R-048",
        "R-056",
        "R-064",
        "R-065",
        "R-066",
        *_rules(81, 84),
    ),
}
GATES: Final[dict[str, Kind]] = {gate: kind for kind, gates in _BY_KIND.items() for gate in gates}
"""Every gate → what it decides about."""

STRICTER: Final = (
    ("remove", "back", "start again", "hold", "count", "advance"),
    ("close", "restart", "back", "hold", "repeat", "advance"),
    PHASES,
    ORDER,
    ("not ready", "not recorded", "ready"),
    ("wait", "go"),
    ("easy or off", "as planned"),
    ("lighter", "as planned"),
    ("red", "orange", "yellow", "none"),
    ("above", "within"),
)
"""Outcomes from the strictest to the most open, family by family."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """A decision with what a person decided beside it.

    Parameters
    ----------
    decision : what gerdy says, whoever decided otherwise
    holds : the outcome in force
    override : who decided otherwise, with the reason; None where nobody did
    """

    decision: Decision
    holds: str
    override: Override | None = None


def kind_of(gate: str) -> Kind:
    """Return what a gate decides about.

    Raises
    ------
    OverrideRefused : no such gate; with the nearest names
    """
    if gate not in GATES:
        near = ", ".join(nearest(gate, GATES)) or "phase, PG-S, R-062"
        raise OverrideRefused(f"There is no gate '{gate}' to override. Nearest: {near}.")
    return GATES[gate]


def may_override(role: Role, gate: str) -> Decision:
    """Say whether a role may decide otherwise at a gate.

    Returns
    -------
    outcome ``allowed``; ``stricter only`` (the runner, always to the careful side); ``refused``

    Raises
    ------
    OverrideRefused : no such gate
    """
    kind = kind_of(gate)
    seen = {"role": role.value, "gate": gate, "about": kind.value}
    if kind in LOCKS:
        text = (
            f"{gate} is {kind.value}. Nobody overrides it; it opens with a recorded clearance: who examined, which "
            "profession, when, and what was examined."
        )
        return decide("override", "refused", text, seen)
    if kind is Kind.FACT:
        return decide("override", "refused", f"{gate} is {kind.value}; correct the entry instead.", seen)
    if kind is Kind.ENDING:
        return decide("override", "refused", f"{gate} is {kind.value}; it takes a knowing opt-out.", seen)
    if role is Role.RUNNER:
        return decide("override", "stricter only", "A runner may always do less; more is for coach or clinician.", seen)
    return decide("override", "allowed", f"A {role.value} may decide about {kind.value}; the reason stays.", seen)


def require_allowed(override: Override, said: str) -> None:
    """Refuse an override that its role may not make.

    Parameters
    ----------
    said : the outcome that gerdy came to

    Raises
    ------
    OverrideRefused : with what would be possible instead
    """
    answer = may_override(override.role, override.gate)
    if answer.outcome == "refused" or (answer.outcome == "stricter only" and not is_stricter(override.to, said)):
        raise OverrideRefused(
            f"A {override.role.value} cannot set {override.gate} to '{override.to}' where gerdy says '{said}'. "
            f"{answer.reasons[0].text}"
        )


def is_stricter(to: str, said: str) -> bool:
    """Whether an outcome is no more open than another; what cannot be compared is not stricter."""
    for family in STRICTER:
        if to in family and said in family:
            return family.index(to) <= family.index(said)
    try:
        return float(to) <= float(said)
    except ValueError:
        return to == said


def permitted(overrides: Iterable[Dated[Override]]) -> tuple[Dated[Override], ...]:
    """Return the overrides that their role may make, oldest first; the others change nothing.

    A runner's stays in only where it can open nothing, whatever gerdy said.
    """
    return tuple(fact for fact in overrides if fact.entry.gate in GATES and _permitted(fact.entry))


def ruled(
    decision: Decision,
    overrides: Iterable[Dated[Override]],
    now: dt.date,
    *,
    subject: str = "",
    side: Side = Side.NOT_APPLICABLE,
) -> Ruled:
    """Set the override in force beside a decision.

    Parameters
    ----------
    overrides : of the runner; those that the role may not make, are over, or are about something else are left out
    subject, side : what the decision is about
    """
    mine = [
        fact.entry
        for fact in permitted(overrides)
        if fact.entry.gate == decision.rule
        and fact.day <= now
        and (fact.entry.until is None or now <= fact.entry.until)
        and fact.entry.subject in {"", subject}
        and fact.entry.side in {Side.NOT_APPLICABLE, Side.BOTH, side}
        and (fact.entry.role is not Role.RUNNER or is_stricter(fact.entry.to, decision.outcome))
    ]
    if not mine:
        return Ruled(decision=decision, holds=decision.outcome)
    return Ruled(decision=decision, holds=mine[-1].to, override=mine[-1])


_OPENING: Final = frozenset(family[-1] for family in STRICTER if family not in {PHASES, ORDER}) | {"seen"}


def _permitted(override: Override) -> bool:
    outcome = may_override(override.role, override.gate).outcome
    if outcome != "stricter only":
        return outcome == "allowed"
    return override.to not in _OPENING and any(override.to in family for family in STRICTER)
