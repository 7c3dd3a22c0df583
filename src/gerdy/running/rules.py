"""The rules of running by name: what each looks at, how sure it is, on which numbers it stands."""

from __future__ import annotations

from typing import Final

from gerdy.records import Rule
from gerdy.running.camber import CAMBER_KEYS, camber
from gerdy.running.colour import COLOUR_KEYS, STOP_KEYS, run_colour, stop_now
from gerdy.running.cues import CADENCE_KEYS, WIDTH_KEYS, cue
from gerdy.running.damage import damage_remark
from gerdy.running.easing import BIKE_KEYS, CUT_KEYS, DAILY_KEYS, bike, daily_pain, volume_cut
from gerdy.running.exposure import (
    CHANGE_KEYS,
    EXPOSURE_KEYS,
    STRIDE_KEYS,
    exposure,
    one_change,
    strides,
)
from gerdy.running.guards import LENGTH_KEYS, REST_KEYS, WEEK_KEYS, length, pause, rest_day, weekly_rise
from gerdy.running.ladder import CLOSE_KEYS, PAUSE_KEYS, STEP_KEYS
from gerdy.running.next_run import ONSET_SHARE
from gerdy.running.readiness import KEYS as READINESS_KEYS
from gerdy.running.readiness import readiness

_ALL: Final = (
    Rule(
        id="R-030",
        explanation="Pain in a run, how fast it settles and the morning after make its colour; the worst wins.",
        grade="B",
        numbers=COLOUR_KEYS,
        judge=run_colour,
    ),
    Rule(
        id="R-031",
        explanation="While it hurts, the week and each run are cut by the colour; at R1 half of the time of onset.",
        grade="E",
        numbers=(*CUT_KEYS, ONSET_SHARE),
        judge=lambda colour, onset_m: volume_cut(colour, onset_m).decision,
    ),
    Rule(
        id="R-032",
        explanation="Pain of 5 or a limp ends the run; it counts as red even if the morning is fine.",
        grade="E",
        numbers=STOP_KEYS,
        judge=stop_now,
    ),
    Rule(
        id="R-033",
        explanation="Pain above 5 in walking or on stairs asks for rest, and for a clinician after a week.",
        grade="E",
        numbers=DAILY_KEYS,
        judge=daily_pain,
    ),
    Rule(
        id="R-035",
        explanation="A bike may stand in with a saddle that keeps the knee bent, for a limited time.",
        grade="C",
        numbers=BIKE_KEYS,
        judge=bike,
    ),
    Rule(
        id="R-060",
        explanation="The first walk-run waits for nine items; each one not met says what to do.",
        grade="E",
        numbers=READINESS_KEYS,
        judge=readiness,
        directness="direct",
    ),
    Rule(
        id="R-061",
        explanation="A day lies between two runs through R6, and the ground stays flat through R9.",
        grade="E",
        numbers=REST_KEYS,
        judge=rest_day,
    ),
    Rule(
        id="R-062",
        explanation="Two green sessions advance one stage, amber and unknown hold, red goes back two stages and rests.",
        grade="E",
        numbers=STEP_KEYS,
    ),
    Rule(
        id="R-063",
        explanation="Three reds within fourteen days lead back to phase P1 and to a clinician.",
        grade="E",
        numbers=CLOSE_KEYS,
    ),
    Rule(
        id="R-064",
        explanation="No run is longer than 110 % of the longest of thirty days; short runs may grow by a floor.",
        grade="A",
        numbers=LENGTH_KEYS,
        judge=length,
        directness="runner",
        against=("frandsen2025.hazard_by_spike",),
    ),
    Rule(
        id="R-065",
        explanation="After a month without a run, start at R1 or with half of the old easy run, whichever is less.",
        grade="E",
        numbers=PAUSE_KEYS,
        judge=pause,
    ),
    Rule(
        id="R-066",
        explanation="A week that rose by more than 30 % is said aloud; a smaller rise is no promise.",
        grade="B",
        numbers=WEEK_KEYS,
        judge=weekly_rise,
        directness="runner",
    ),
    Rule(
        id="R-067",
        explanation="The ratio of this week's load to a month's is neither computed nor shown.",
        grade="A",
        numbers=(),
        directness="runner",
        against=("impellizzeri2021.ratio_adds_nothing",),
    ),
    Rule(
        id="R-068",
        explanation="Of distance, pace, gradient, surface and cadence cue only one changes within seven days.",
        grade="E",
        numbers=CHANGE_KEYS,
        judge=one_change,
    ),
    Rule(
        id="R-069",
        explanation="A few flat strides may stand inside a session from R5 on; they end at pain of 3.",
        grade="C",
        numbers=STRIDE_KEYS,
        judge=strides,
        directness="direct",
        against=("marais2024.faster_runners",),
    ),
    Rule(
        id="R-070",
        explanation="Distance, pace, uphill, rolling and camber, downhill last: nothing is skipped.",
        grade="C",
        numbers=EXPOSURE_KEYS,
        judge=exposure,
        directness="runner",
        against=("ramskov2018.volume_or_pace_first",),
    ),
    Rule(
        id="R-071",
        explanation="On a crowned road the sides alternate; the up-slope leg is the one beside the crown.",
        grade="C",
        numbers=CAMBER_KEYS,
        judge=camber,
        directness="runner",
    ),
    Rule(
        id="R-072",
        explanation="A step-rate cue is offered where the stride asks for it, after R3, with a calf that can carry it.",
        grade="C",
        numbers=CADENCE_KEYS,
        judge=lambda facts, state, history, now: cue(facts, state, history, now).decision,
        directness="runner",
    ),
    Rule(
        id="R-073",
        explanation="A step-width cue is offered where a foot crosses the midline; one cue at a time.",
        grade="C",
        numbers=WIDTH_KEYS,
        judge=lambda facts, state, history, now: cue(facts, state, history, now).decision,
        directness="runner",
    ),
    Rule(
        id="R-074",
        explanation="The damage index compares a runner's own runs for three exponents; it may suggest, never block.",
        grade="C",
        judge=damage_remark,
        against=("edwards2018.damage_and_load",),
    ),
)

RULES: Final[dict[str, Rule]] = {rule.id: rule for rule in _ALL}
"""Id → rule."""
