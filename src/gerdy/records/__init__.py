"""Frozen facts that the journal keeps and every later layer reads.

Each stored fact is an `Entry`: whose it is, when it happened, when it was entered, how it was obtained.
Corrections are new entries that point at what they correct; nothing is changed in place.
"""

from __future__ import annotations

from gerdy.records.base import Entry, Obtained, Side
from gerdy.records.body_signals import CheckIn, MorningAnswer, PainEntry, PainMoment
from gerdy.records.codec import KINDS, from_json, to_json
from gerdy.records.decision import Decision, DecisionEntry, Reason
from gerdy.records.findings import Assessment, RecordingEntry, TestResult
from gerdy.records.plan import PlannedRun, PlannedSet, PlanVersion
from gerdy.records.programme import Clearance, DayWish, Discharge, OptOut, Override, Race, Role, Wishes
from gerdy.records.rule import Rule
from gerdy.records.training import DoneSet, Lap, Note, Run, RunStatus, StrengthSession, Terrain

__all__ = [
    "KINDS",
    "Assessment",
    "CheckIn",
    "Clearance",
    "DayWish",
    "Decision",
    "DecisionEntry",
    "Discharge",
    "DoneSet",
    "Entry",
    "Lap",
    "MorningAnswer",
    "Note",
    "Obtained",
    "OptOut",
    "Override",
    "PainEntry",
    "PainMoment",
    "PlanVersion",
    "PlannedRun",
    "PlannedSet",
    "Race",
    "Reason",
    "RecordingEntry",
    "Role",
    "Rule",
    "Run",
    "RunStatus",
    "Side",
    "StrengthSession",
    "Terrain",
    "TestResult",
    "Wishes",
    "from_json",
    "to_json",
]
