"""The return to running: colours, the walk-run ladder, guards, cues and workouts; pure functions on records.

>>> from gerdy.running import RULES, stages
>>> stages()["R3"].running_min, RULES["R-062"].grade
(15.0, 'E')
"""

from __future__ import annotations

from gerdy.running.camber import camber, upslope_leg
from gerdy.running.colour import COLOURS, day_colour, run_colour, stop_now
from gerdy.running.cues import Cue, CueSession, GaitFacts, cue
from gerdy.running.easing import VolumeCut, bike, daily_pain, last_onset, volume_cut
from gerdy.running.exposure import changes, exposure, one_change, strides
from gerdy.running.fit_workout import fit_workout
from gerdy.running.guards import earliest_day, length, rest_day, weekly_rise
from gerdy.running.ladder import ladder
from gerdy.running.ladder_state import LadderState, LadderStep, Limits, Said
from gerdy.running.next_run import PlannedWorkout, next_run
from gerdy.running.readiness import ReadinessFacts, items, readiness
from gerdy.running.rules import RULES
from gerdy.running.signals import Signals, usual_morning
from gerdy.running.stages import ORDER, Stage, stage, stages
from gerdy.running.workout import Effort, Repeat, RunWorkout, Step

STAGES = ORDER
"""Names of the stages, lowest first."""

__all__ = [
    "COLOURS",
    "RULES",
    "STAGES",
    "Cue",
    "CueSession",
    "Effort",
    "GaitFacts",
    "LadderState",
    "LadderStep",
    "Limits",
    "PlannedWorkout",
    "ReadinessFacts",
    "Repeat",
    "RunWorkout",
    "Said",
    "Signals",
    "Stage",
    "Step",
    "VolumeCut",
    "bike",
    "camber",
    "changes",
    "cue",
    "daily_pain",
    "day_colour",
    "earliest_day",
    "exposure",
    "fit_workout",
    "items",
    "ladder",
    "last_onset",
    "length",
    "next_run",
    "one_change",
    "readiness",
    "rest_day",
    "run_colour",
    "stage",
    "stages",
    "stop_now",
    "strides",
    "upslope_leg",
    "usual_morning",
    "volume_cut",
    "weekly_rise",
]
