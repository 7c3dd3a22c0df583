"""The rules of the library: what each looks at, how it explains itself, on which numbers it stands."""

from __future__ import annotations

from typing import Final

from gerdy.programme.exercises import knee_cues, standing, substitute, wording
from gerdy.records import Rule

_ALL: Final = (
    Rule(
        id="R-050",
        explanation="Where equipment or place is missing, another exercise of the same track and target stands in, one "
        "level easier or harder at most and nearly as much like running; if there is none, it is left out and said.",
        grade="E",
        numbers=substitute.KEYS,
        judge=substitute.substitute,
        directness="not applicable",
    ),
    Rule(
        id="R-051",
        explanation="A runner whose knee goes out on one leg never hears 'knees out'; the words are about a level belt "
        "and, in the run, wider feet. Where nobody has looked, the knee is pushed nowhere.",
        grade="C",
        judge=knee_cues.knee_cue,
        directness="direct",
        against=("lima2018.ankle_and_valgus",),
    ),
    Rule(
        id="R-093",
        explanation="Every suggestion carries its source, its grade, how close the people studied are to runners with "
        "this pain, and whether the source was read or reported by others; the dose carries its own.",
        grade="E",
        judge=standing.show_standing,
        directness="not applicable",
    ),
    Rule(
        id="R-094",
        explanation="Where the evidence is weak and other studies disagree, the line against it stands beside the "
        "suggestion.",
        grade="E",
        judge=standing.show_counter_evidence,
        directness="not applicable",
    ),
    Rule(
        id="R-095",
        explanation="No text promises that a programme ends this pain, or says that a weakness is where it comes from: "
        "hip exercise did not beat other exercise in a trial, and what came first is not known.",
        grade="C",
        judge=wording.allow_claims,
        directness="direct",
        against=("fredericson2000.injured_to_uninjured",),
    ),
    Rule(
        id="R-096",
        explanation="Claims of popular articles without support are not said as facts: that the outer thigh muscle "
        "turns the hip, that the pelvic floor must get longer, that the band can be stretched.",
        grade="C",
        judge=wording.allow_unsupported,
        directness="not applicable",
    ),
)
RULES: Final[dict[str, Rule]] = {rule.id: rule for rule in _ALL}
"""Rule id → rule."""
