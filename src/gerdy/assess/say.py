"""How a rule speaks: its outcome, its sentences from the catalogue, what it saw and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gerdy.assess.catalogue import rules
from gerdy.evidence import entry
from gerdy.records import Decision, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable


def decide(
    rule: str, outcome: str, says: str | Iterable[str], words: dict[str, Any] | None = None, **inputs: Any
) -> Decision:
    """Return the decision of one rule.

    Parameters
    ----------
    rule : key in ``rules.toml``
    outcome : a short word
    says : one or more names of sentences of that rule
    words : what fills the sentences; numbers are shown with at most two decimals
    inputs : name → value as the rule saw it; None becomes ``not recorded``
    """
    card = rules()[rule]
    filled = {name: show(item) for name, item in (words or {}).items()}
    names = (says,) if isinstance(says, str) else tuple(says)
    reasons = tuple(Reason(text=card.says[name].format(**filled), evidence=card.sources) for name in names)
    sources = tuple(dict.fromkeys(entry(key).source for key in card.sources))
    seen = {name: "not recorded" if item is None else item for name, item in inputs.items()}
    return Decision(outcome=outcome, rule=rule, reasons=reasons, inputs_seen=seen, sources=sources)


def show(item: Any) -> str:
    """Return a value as a person writes it: 38.50 is 38.5, a list has commas.

    Examples
    --------
    >>> show(38.50), show(["a", "b"])
    ('38.5', 'a, b')
    """
    if isinstance(item, bool):
        return "yes" if item else "no"
    if isinstance(item, float):
        return f"{item:.2g}" if abs(item) < 0.1 else f"{item:.2f}".rstrip("0").rstrip(".")
    if isinstance(item, list | tuple):
        return ", ".join(show(part) for part in item)
    return str(item)
