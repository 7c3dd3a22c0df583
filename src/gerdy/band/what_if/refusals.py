"""What people ask for and no model can answer: each with its reason, and what can be asked instead."""

from __future__ import annotations

import re
from typing import Final

from gerdy import evidence
from gerdy.errors import WhatIfRefused

__all__ = ["LEGAL", "refuse_unanswerable"]

LEGAL: Final = (
    "hip adduction -4 deg",
    "step width +4 cm",
    "cadence +5 %",
    "gluteus medius strength +20 %",
)
"""Examples that parse."""


def refuse_unanswerable(text: str, plain: str) -> None:
    """Refuse a what-if whose words are known and whose answer is not.

    Parameters
    ----------
    text : as typed, for the message
    plain : lower case, single blanks

    Raises
    ------
    WhatIfRefused : a moment arm, a slope, exhaustion
    """
    for pattern, answer in (
        (r"\bmoment arm\b|\bleverage\b|\blever\b", _moment_arm),
        (r"\bslope\b|\b(down|up)hill\b|\bgradient\b|\bincline\b", _slope),
        (r"\bexhaust\w*|\bfatigue\b|\btired\b", _exhaustion),
    ):
        if re.search(pattern, plain):
            raise WhatIfRefused(f"'{text}' is refused: {answer(plain)}")


def _moment_arm(plain: str) -> str:
    instead = "Change what makes it: pelvic tilt +5 deg, femoral rotation +5 deg, epicondyle prominence +2 mm."
    if "vast" in plain:
        return (
            "vastus lateralis does not cross the hip, so its moment arm there is exactly zero in every pose and no "
            "posture gives it one. What it can do is asked with: vastus lateralis strength +20 %, "
            "vastus lateralis bulge +5 mm."
        )
    return f"a moment arm follows from bones and pose and cannot be set by itself. {instead}"


def _slope(_: str) -> str:
    where = evidence.entry("robertz2022.downhill").where
    return (
        f"the direction is known (Robertz 2022, 22 runners: {where}), by how much in this runner is not, because no "
        "shared recording has a slope. Record the runner on the slope, or ask for: knee varus +2 deg."
    )


def _exhaustion(_: str) -> str:
    more = evidence.value("chen2023.strain_rate_after_exhaustion")
    share = evidence.value("house_what_if.fatigue")
    return (
        f"the direction is known (Chen 2023, 26 runners: strain rate about {more:g} % higher after 30 minutes to "
        "exhaustion), by how much in this runner is not. Record the runner tired and use 'gerdy compare', or ask what "
        f"less strength would do, a hypothesis: gluteus medius strength -{share:g} %."
    )
