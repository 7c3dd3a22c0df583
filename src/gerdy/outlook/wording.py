"""How a signal speaks: it asks for a check, names its trigger and grade, and never a probability (R-092)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gerdy import evidence
from gerdy.records import Decision, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

COLOURS: Final = ("quiet", "yellow", "orange", "red")
"""From nothing to the strongest signal."""

NOT_RECORDED: Final = "not recorded"


def signal(rule: str, outcome: str, trigger: str, seen: dict[str, Any], *, grade: str, keys: Sequence[str]) -> Decision:
    """Return a signal whose one sentence asks for a check and names its trigger, rule and grade.

    Parameters
    ----------
    rule : for example ``R-086``
    trigger : what was seen, in plain words, without a full stop
    seen : the inputs as the rule saw them
    grade : A trials or large cohorts in runners … E opinion or design default
    keys : registry keys of the thresholds behind it
    """
    text = f"Check: {trigger} ({rule}, grade {grade})."
    return _decision(rule, outcome, text, seen, keys)


def quiet(rule: str, why: str, seen: dict[str, Any], keys: Sequence[str]) -> Decision:
    """Return the outcome that asks for nothing."""
    return _decision(rule, COLOURS[0], f"Nothing to check: {why} ({rule}).", seen, keys)


def not_recorded(rule: str, what: str, keys: Sequence[str]) -> Decision:
    """Return the outcome of a rule that lacks what it would need; never a colour, never a reassurance."""
    return _decision(rule, NOT_RECORDED, f"Not recorded: {what} ({rule}).", {}, keys)


def colour_rank(outcome: str) -> int:
    """Return 0 for quiet up to 3 for red; an outcome that is no colour counts as quiet."""
    return COLOURS.index(outcome) if outcome in COLOURS else 0


def worst(outcomes: Sequence[str]) -> str:
    """Return the strongest colour; quiet where there is none."""
    return COLOURS[max((colour_rank(o) for o in outcomes), default=0)]


def _decision(rule: str, outcome: str, text: str, seen: dict[str, Any], keys: Sequence[str]) -> Decision:
    sources = dict.fromkeys(evidence.entry(key).source for key in keys)
    reason = Reason(text=text, evidence=tuple(keys))
    return Decision(outcome=outcome, rule=rule, reasons=(reason,), inputs_seen=seen, sources=tuple(sources))
