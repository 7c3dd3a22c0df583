"""GPX: a track of points; sport in the ``type`` of each track, heart rate and cadence in extensions."""

from __future__ import annotations

from typing import Final

from gerdy.recordings.activities.xml_track import Layout

GPX: Final = Layout(
    activity="trk",
    lap="",
    point="trkpt",
    point_fields={
        "time": "time",
        "ele": "altitude_m",
        "hr": "heart_rate_bpm",
        "cad": "cadence",
        "speed": "speed_m_s",
    },
    activity_fields={"type": "sport", "name": "name"},
    lap_fields=frozenset(),
)
