"""The library of exercises as data: what each trains, where, with what, how it looks and what stands behind it."""

from __future__ import annotations

from gerdy.programme.exercises.exercise import Exercise
from gerdy.programme.exercises.library import TRACKS, Condition, conditions, exercise, exercises

__all__ = ["TRACKS", "Condition", "Exercise", "conditions", "exercise", "exercises"]
