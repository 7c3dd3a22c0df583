"""Prescriptions of exercise: near-English text that parses to a value and prints back."""

from __future__ import annotations

from gerdy.programme.prescriptions.fields import planned_each
from gerdy.programme.prescriptions.parse import EXAMPLES, parse_prescription
from gerdy.programme.prescriptions.value import Prescription
from gerdy.programme.prescriptions.words import Band, Criterion, Frequency, Measure, Sides, Unit, Until

__all__ = [
    "EXAMPLES",
    "Band",
    "Criterion",
    "Frequency",
    "Measure",
    "Prescription",
    "Sides",
    "Unit",
    "Until",
    "parse_prescription",
    "planned_each",
]
