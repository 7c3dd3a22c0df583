"""The library of exercises as data: what each trains, where, with what, how it looks and what stands behind it."""

from __future__ import annotations

from gerdy.programme.exercises.at_hand import at_hand, check_equipment, known_equipment, missing
from gerdy.programme.exercises.drawing import drawing, drawn
from gerdy.programme.exercises.exercise import Exercise
from gerdy.programme.exercises.knee_cues import cues_for, knee_cue
from gerdy.programme.exercises.library import TRACKS, Condition, conditions, exercise, exercises
from gerdy.programme.exercises.rules import RULES
from gerdy.programme.exercises.standing import counter_evidence, standing
from gerdy.programme.exercises.substitute import substitute, substitutes

__all__ = [
    "RULES",
    "TRACKS",
    "Condition",
    "Exercise",
    "at_hand",
    "check_equipment",
    "conditions",
    "counter_evidence",
    "cues_for",
    "drawing",
    "drawn",
    "exercise",
    "exercises",
    "knee_cue",
    "known_equipment",
    "missing",
    "standing",
    "substitute",
    "substitutes",
]
