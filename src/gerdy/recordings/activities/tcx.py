"""TCX: laps with the device's own time and distance; points with heart rate, speed and cadence."""

from __future__ import annotations

from typing import Final

from gerdy.recordings.activities.xml_track import Layout

TCX: Final = Layout(
    activity="Activity",
    lap="Lap",
    point="Trackpoint",
    point_fields={
        "Time": "time",
        "LatitudeDegrees": "lat",
        "LongitudeDegrees": "lon",
        "AltitudeMeters": "altitude_m",
        "DistanceMeters": "distance_m",
        "Value": "heart_rate_bpm",
        "Cadence": "cadence",
        "RunCadence": "cadence",
        "Speed": "speed_m_s",
    },
    activity_fields={"Id": "identifier", "Notes": "name"},
    lap_fields=frozenset({"TotalTimeSeconds", "DistanceMeters", "Cadence", "AvgRunCadence"}),
)
