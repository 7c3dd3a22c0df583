"""The rules of the watch: what each looks at, how it explains itself, on which numbers it stands."""

from __future__ import annotations

from typing import Final

from gerdy.outlook import alarm_record, guard, novelty_signals, pain_signals, retests, sensitivity, volume_signals
from gerdy.records import Rule

_ALL: Final = (
    Rule(
        id="R-085",
        explanation="The weekly questionnaire stays above zero, or one of its answers is high.",
        grade="C",
        numbers=pain_signals.QUESTIONNAIRE_KEYS,
        judge=pain_signals.questionnaire,
    ),
    Rule(
        id="R-086",
        explanation="The outer knee hurts in several of the last runs, next morning on the stairs, or much.",
        grade="E",
        numbers=pain_signals.PAIN_KEYS,
        judge=pain_signals.pain,
    ),
    Rule(
        id="R-088",
        explanation="Two yellow signals within four weeks count as orange.",
        grade="E",
        numbers=("house_signals.two_yellows_count", "house_signals.two_yellows_days"),
    ),
    Rule(
        id="R-089",
        explanation="Tests at set weeks after the return show whether capacity is slipping, pain or not.",
        grade="E",
        numbers=(*retests.KEYS, *retests.DUE_KEYS),
        judge=retests.slipping,
    ),
    Rule(
        id="R-090",
        explanation="The watch is sharper in the months of most relapses and in unusually large weeks.",
        grade="E",
        numbers=sensitivity.KEYS,
        judge=sensitivity.watch,
    ),
    Rule(
        id="R-091",
        explanation="Strength work fades while kilometres rise: one message a week, with a short session.",
        grade="E",
        numbers=(
            "house_signals.adherence_low",
            "house_signals.adherence_weeks",
            "house_signals.message_days",
        ),
        judge=volume_signals.maintenance,
    ),
    Rule(
        id="R-092",
        explanation="A signal says check, names trigger and grade, gives no probability, and can be counted.",
        grade="B",
        numbers=alarm_record.KEYS,
    ),
    Rule(
        id="W-3",
        explanation="A single run was longer than 110 % of the longest of the thirty days before.",
        grade="A",
        numbers=guard.KEYS,
        judge=volume_signals.long_run,
    ),
    Rule(
        id="W-4",
        explanation="The week is the largest in twelve and the maintenance work is fading.",
        grade="E",
        numbers=(
            "house_signals.weeks_of_maximum",
            "house_signals.adherence_low",
            "house_signals.adherence_weeks",
        ),
        judge=volume_signals.large_week,
    ),
    Rule(
        id="W-5",
        explanation="Downhill, trail or track for the first time in a month.",
        grade="E",
        numbers=novelty_signals.TERRAIN_KEYS,
        judge=novelty_signals.terrain,
    ),
    Rule(
        id="W-7",
        explanation="New shoes, another surface, or several short nights.",
        grade="E",
        numbers=novelty_signals.CHANGE_KEYS,
        judge=novelty_signals.change,
    ),
)

RULES: Final[dict[str, Rule]] = {rule.id: rule for rule in _ALL}
"""Id → rule. Watch signals 1, 2 and 6 of the evidence notes are R-085, R-086 and R-089."""

SPEAKING: Final = tuple(rule for rule in _ALL if rule.judge is not None and rule.id != "R-090")
"""The rules that may raise a signal on a day; R-090 only sets how sharp R-086 looks."""
