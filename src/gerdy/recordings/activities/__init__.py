"""Runs and other activities from watches and apps: FIT, TCX and GPX, plain, gzipped or in zip exports.

``read_activities(name, content)`` never raises for a damaged file: it returns what could be read and says what
was lost. Coordinates are used for distance, slope and turns and are then dropped.
"""

from __future__ import annotations

from gerdy.recordings.activities.activity import ActivitiesRead, Activity, Damage
from gerdy.recordings.activities.archive import Member, count_members, members, members_of_file
from gerdy.recordings.activities.read import looks_like_activity, read_activities

__all__ = [
    "ActivitiesRead",
    "Activity",
    "Damage",
    "Member",
    "count_members",
    "looks_like_activity",
    "members",
    "members_of_file",
    "read_activities",
]
