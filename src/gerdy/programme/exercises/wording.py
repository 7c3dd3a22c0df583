"""Words that no text about this pain may use, and claims that no study supports (R-095, R-096)."""

from __future__ import annotations

import re
from typing import Final

from gerdy.records import Decision, Reason

CLAIMING: Final = re.compile(
    r"\b(?:caus(?:e[sd]?|ing|al)|fix(?:e[sd]|ing)?|cur(?:es?|ed|ing)|heal(?:s|ed|ing)?|treat(?:s|ed|ing|ments?)?|"
    r"therap(?:y|ies|eutic)|diagnos\w*|guarantee\w*|prevents? your|the (?:reason|root) (?:for|of) your)\b",
    re.IGNORECASE,
)
"""Words that make a programme an answer, or a weakness the origin of the pain."""

UNSUPPORTED: Final = {
    "the outer thigh muscle as a rotator of the hip": re.compile(
        r"(?:\bvastus lateralis\b|\bVL\b|outer thigh muscle)[^.]*\brotat", re.IGNORECASE
    ),
    "length of the pelvic floor": re.compile(r"\bpelvic[- ]floor\b", re.IGNORECASE),
    "a band that gets longer": re.compile(
        r"\b(?:stretch|lengthen|loosen|releas)\w* (?:the |your )?(?:IT |iliotibial )?band\b(?!s)", re.IGNORECASE
    ),
}
"""Claims of popular articles that have no support, by name."""


def claims(text: str) -> tuple[str, ...]:
    """Return the words of a text that claim too much; empty for a text that may be shown.

    Examples
    --------
    >>> claims("This fixes the band."), claims("Stand tall.")
    (('fixes',), ())
    """
    return tuple(CLAIMING.findall(text))


def unsupported(text: str) -> tuple[str, ...]:
    """Return the names of unsupported claims that a text makes."""
    return tuple(name for name, pattern in UNSUPPORTED.items() if pattern.search(text))


def allow_claims(text: str) -> Decision:
    """Decide whether a text may be shown: not if it says that something cures, fixes or causes (R-095)."""
    return _decide(
        "R-095", text, claims(text), ("vanderworp2012.weakness_unclear", "mckay2020.difference_between_groups")
    )


def allow_unsupported(text: str) -> Decision:
    """Decide whether a text may be shown as a fact: not if no study supports it (R-096)."""
    return _decide("R-096", text, unsupported(text), ("delp1999.compartments_turning_inward",))


def _decide(rule: str, text: str, found: tuple[str, ...], evidence: tuple[str, ...]) -> Decision:
    says = f"It says: {', '.join(found)}." if found else "It claims nothing that the evidence does not carry."
    return Decision(
        outcome="refused" if found else "shown",
        rule=rule,
        reasons=(Reason(text=says, evidence=evidence),),
        inputs_seen={"text": text},
        sources=tuple(dict.fromkeys(key.partition(".")[0] for key in evidence)),
    )
