"""Every rule of the programme and of running, joined from the parts that own them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gerdy.evidence import registry
from gerdy.outlook.rules import RULES as WATCH_RULES
from gerdy.programme.exercises.rules import RULES as EXERCISE_RULES
from gerdy.programme.gates.rules import RULES as GATE_RULES
from gerdy.programme.menu.rules import RULES as MENU_RULES
from gerdy.programme.week.rules import RULES as WEEK_RULES
from gerdy.running.rules import RULES as RUNNING_RULES

if TYPE_CHECKING:
    from gerdy.records import Rule

RULES: Final[dict[str, Rule]] = {**RUNNING_RULES, **EXERCISE_RULES, **MENU_RULES, **WEEK_RULES, **GATE_RULES}
"""Id → rule; each stands in one part alone."""


def explained(what: str) -> dict[str, Any] | None:
    """Return what a person may read about a rule of the programme, of running or of the watch; None for others."""
    rule = (RULES | WATCH_RULES).get(what) or (RULES | WATCH_RULES).get(what.upper())
    if rule is None:
        return None
    book = registry()
    return {
        "title": "rule of the watch" if rule.id in WATCH_RULES else "rule of the programme",
        "texts": [rule.explanation],
        "grade": rule.grade,
        "directness": rule.directness,
        "evidence": list(rule.numbers),
        "sources": list(dict.fromkeys(book[key].source for key in rule.numbers if not book[key].is_house_choice)),
        "against": list(rule.against),
    }
