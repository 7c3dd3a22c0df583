"""The rules of the menu: what each looks at, how it explains itself, on which numbers it stands."""

from __future__ import annotations

from typing import Final

from gerdy.programme.menu import amounts, judges
from gerdy.programme.week import numbers as week
from gerdy.records import Rule

_ALL: Final = (
    Rule(
        id="R-023",
        explanation="Ankle work follows what stops the shin: the joint, the straight-knee calf, or the bent-knee calf.",
        grade="E",
        numbers=judges.ANKLE_KEYS,
        judge=judges.ankle_order,
    ),
    Rule(
        id="R-024",
        explanation="A significantly stiff ankle is worked on before running begins; others are left alone.",
        grade="E",
        numbers=judges.ANKLE_BEFORE_KEYS,
        judge=judges.ankle_before_running,
    ),
    Rule(
        id="R-026",
        explanation="A length drill that is clean goes into the loaded hinge and off the list.",
        grade="E",
        numbers=judges.MERGE_KEYS,
        judge=judges.merge_drill,
    ),
    Rule(
        id="R-036",
        explanation="No plan rests longer than two weeks without any load, unless a red flag stopped it.",
        grade="B",
        numbers=amounts.REST_KEYS,
        judge=amounts.no_long_rest,
    ),
    Rule(
        id="R-040",
        explanation="Each strength week holds a loaded hinge, a single-leg squat or step, a side chain and a calf.",
        grade="C",
        judge=judges.patterns,
        against=("mckay2020.difference_between_groups",),
    ),
    Rule(
        id="R-041",
        explanation="Strength sets begin light and long, lightest for who never lifted, and then grow heavy.",
        grade="A",
        numbers=amounts.DOSE_KEYS,
        judge=amounts.ramp,
    ),
    Rule(
        id="R-042",
        explanation="Where the outer hip tires early, long sets stand in at least two sessions a week.",
        grade="C",
        numbers=amounts.ENDURANCE_KEYS,
        judge=amounts.endurance,
        directness="direct",
        against=("mckay2020.difference_between_groups",),
    ),
    Rule(
        id="R-043",
        explanation="Isolated exercises open the way; after three weeks a plan of them alone is an error.",
        grade="E",
        numbers=judges.ISOLATED_KEYS,
        judge=judges.isolated,
        against=("selkowitz2013.clam",),
    ),
    Rule(
        id="R-046",
        explanation="Jumps wait for control and calm stairs, come at most twice a week, well apart, and on fresh legs.",
        grade="E",
        numbers=(
            *judges.JUMP_KEYS,
            week.JUMPS_APART,
            week.JUMPS_PER_WEEK,
            week.JUMPS_AFTER_LONG,
            week.JUMPS_BEFORE_LONG,
        ),
        judge=judges.jumps_may_start,
    ),
    Rule(
        id="R-047",
        explanation="Rolling or stretching stands only right before strength work, briefly, and never on the band.",
        grade="E",
        numbers=judges.CALM_KEYS,
        judge=judges.calm_first,
    ),
    Rule(
        id="R-056",
        explanation="After two weeks in which less than half was done, sessions shrink before anything is added.",
        grade="B",
        numbers=amounts.FEW_KEYS,
        judge=amounts.thin_weeks,
    ),
)

RULES: Final[dict[str, Rule]] = {rule.id: rule for rule in _ALL}
"""Id → rule. The gate half of R-024 (days and sessions) is judged by the gates and given as a fact."""
