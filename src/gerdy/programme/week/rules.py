"""The rules of the week: what each looks at, how it explains itself, on which numbers it stands."""

from __future__ import annotations

from typing import Final

from gerdy.programme.week.judge import KEYS, judge_rule
from gerdy.records import Rule

_ALL: Final = (
    Rule(
        id="R-052",
        explanation="On one day the run comes first and the lift hours later; only an easy run shares one go with it.",
        grade="B",
        numbers=KEYS["R-052"],
        judge=judge_rule("R-052"),
        directness="runner",
    ),
    Rule(
        id="R-053",
        explanation="Legs rest from lifting before long and fast runs; new lowering work stays away from long ones.",
        grade="B",
        numbers=KEYS["R-053"],
        judge=judge_rule("R-053"),
        directness="runner",
    ),
)

RULES: Final[dict[str, Rule]] = {rule.id: rule for rule in _ALL}
"""Id → rule. The week also keeps R-046 of the menu and R-061 and R-068 of running; their homes are there."""
