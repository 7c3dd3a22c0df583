"""How a rule of running speaks: an outcome, its sentences, what it saw, and where its numbers come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gerdy import evidence
from gerdy.records import Decision, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

NOT_RECORDED: Final = "not recorded"


def decide(
    rule: str, outcome: str, says: str | Sequence[str], seen: dict[str, Any], keys: Sequence[str] = ()
) -> Decision:
    """Return the decision of one rule.

    Parameters
    ----------
    says : one sentence or several, in the order they weigh
    seen : name → value as the rule saw it; None becomes ``not recorded``
    keys : registry keys of the numbers behind it
    """
    texts = (says,) if isinstance(says, str) else tuple(says)
    return Decision(
        outcome=outcome,
        rule=rule,
        reasons=tuple(Reason(text=text, evidence=tuple(keys)) for text in texts),
        inputs_seen={name: NOT_RECORDED if item is None else item for name, item in seen.items()},
        sources=tuple(dict.fromkeys(evidence.entry(key).source for key in keys)),
    )


def numbers(key: str) -> tuple[float, ...]:
    """Return a list of numbers from the registry."""
    found = evidence.entry(key).value
    return tuple(float(item) for item in found if isinstance(item, float)) if isinstance(found, tuple) else ()
