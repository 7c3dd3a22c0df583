"""Small activity files, written by the makers' published layouts: GPX 1.1, TCX 2 and the FIT protocol."""

from __future__ import annotations

import datetime as dt
import io
import math
import struct
import zipfile
from dataclasses import dataclass

START = dt.datetime(2025, 5, 1, 6, 30, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
FIT_EPOCH = dt.datetime(1989, 12, 31, tzinfo=dt.UTC)
METRES_PER_DEGREE = 111_195.08
"""One degree of latitude on a sphere of 6 371 008.8 m: 2 π r / 360."""


@dataclass(frozen=True)
class Point:
    """One second of a run."""

    time: dt.datetime | None
    lat: float
    lon: float
    distance_m: float
    altitude_m: float = 100.0
    heart_rate: int = 140
    cadence: int = 85


def straight_run(km: float = 5.0, speed_m_s: float = 3.0, start: dt.datetime = START, every_s: int = 5) -> list[Point]:
    """Give points due north at an even speed."""
    seconds = range(0, math.ceil(km * 1000 / speed_m_s) + 1, every_s)
    return [
        Point(start + dt.timedelta(seconds=s), 46 + s * speed_m_s / METRES_PER_DEGREE, 14.5, s * speed_m_s)
        for s in seconds
    ]


def gpx(points: list[Point], sport: str | None = "running", cadence: bool = True) -> bytes:
    """Write a GPX track."""
    kind = "" if sport is None else f"<type>{sport}</type>"
    rows = "".join(
        f'<trkpt lat="{p.lat:.9f}" lon="{p.lon:.9f}"><ele>{p.altitude_m}</ele>'
        + (f"<time>{p.time.isoformat().replace('+00:00', 'Z')}</time>" if p.time else "")
        + f"<extensions><gpxtpx:TrackPointExtension><gpxtpx:hr>{p.heart_rate}</gpxtpx:hr>"
        + (f"<gpxtpx:cad>{p.cadence}</gpxtpx:cad>" if cadence else "")
        + "</gpxtpx:TrackPointExtension></extensions></trkpt>"
        for p in points
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1" '
        'xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">'
        f"<trk><name>morning</name>{kind}<trkseg>{rows}</trkseg></trk></gpx>"
    ).encode()


def tcx(points: list[Point], sport: str = "Running", laps: int = 1) -> bytes:
    """Write a TCX activity with laps of equal numbers of points."""
    size = math.ceil(len(points) / laps)
    parts = [points[i : i + size + 1] for i in range(0, len(points) - 1, size)]
    begin = points[0].time.isoformat().replace("+00:00", "Z")
    return (
        '<?xml version="1.0" encoding="UTF-8"?><TrainingCenterDatabase '
        'xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2" '
        'xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2"><Activities>'
        f'<Activity Sport="{sport}"><Id>{begin}</Id>{"".join(_lap(part) for part in parts)}</Activity>'
        "</Activities></TrainingCenterDatabase>"
    ).encode()


def _lap(points: list[Point]) -> str:
    seconds = (points[-1].time - points[0].time).total_seconds()
    metres = points[-1].distance_m - points[0].distance_m
    rows = "".join(
        f"<Trackpoint><Time>{p.time.isoformat().replace('+00:00', 'Z')}</Time><Position><LatitudeDegrees>{p.lat:.9f}"
        f"</LatitudeDegrees><LongitudeDegrees>{p.lon:.9f}</LongitudeDegrees></Position>"
        f"<AltitudeMeters>{p.altitude_m}</AltitudeMeters><DistanceMeters>{p.distance_m}</DistanceMeters>"
        f"<HeartRateBpm><Value>{p.heart_rate}</Value></HeartRateBpm>"
        f"<Extensions><ns3:TPX><ns3:RunCadence>{p.cadence}</ns3:RunCadence></ns3:TPX></Extensions></Trackpoint>"
        for p in points
    )
    begin = points[0].time.isoformat().replace("+00:00", "Z")
    return (
        f'<Lap StartTime="{begin}"><TotalTimeSeconds>{seconds}</TotalTimeSeconds>'
        f"<DistanceMeters>{metres}</DistanceMeters><Track>{rows}</Track></Lap>"
    )


SPORTS = {"running": 1, "cycling": 2, "transition": 3, "swimming": 5}
"""Numbers of the FIT profile's type *sport*."""

# Fields of the FIT profile: number, size, base type, struct code.
_TIME, _U8, _U16, _U32, _S32, _ENUM = (
    (4, 0x86, "I"),
    (1, 0x02, "B"),
    (2, 0x84, "H"),
    (4, 0x86, "I"),
    (4, 0x85, "i"),
    (1, 0x00, "B"),
)
FILE_ID = (0, {"type": (0, _ENUM), "time_created": (4, _TIME)})
RECORD = (
    20,
    {
        "timestamp": (253, _TIME),
        "position_lat": (0, _S32),
        "position_long": (1, _S32),
        "distance": (5, _U32),
        "heart_rate": (3, _U8),
        "cadence": (4, _U8),
    },
)
SESSION = (
    18,
    {
        "timestamp": (253, _TIME),
        "start_time": (2, _TIME),
        "sport": (5, _ENUM),
        "sub_sport": (6, _ENUM),
        "total_elapsed_time": (7, _U32),
        "total_timer_time": (8, _U32),
        "total_distance": (9, _U32),
        "avg_cadence": (18, _U8),
    },
)
EVENT = (21, {"timestamp": (253, _TIME), "event": (0, _ENUM), "event_type": (1, _ENUM)})
ACTIVITY = (34, {"timestamp": (253, _TIME), "local_timestamp": (5, _TIME)})


def fit(
    points: list[Point],
    sports: tuple[str, ...] = ("running",),
    *,
    local_offset_h: float | None = None,
    pause_s: int = 0,
    sub_sport: int = 0,
    file_type: int = 4,
) -> bytes:
    """Write a FIT activity; several sports share the points in equal parts, one session each."""
    writer = _Fit()
    writer.add(FILE_ID, type=file_type, time_created=_fit_time(points[0].time))
    size = len(points) // len(sports)
    parts = [points[i * size : (i + 1) * size] for i in range(len(sports))]
    for part, sport in zip(parts, sports, strict=True):
        _fit_part(writer, part, sport, pause_s, sub_sport)
    if local_offset_h is not None:
        end = _fit_time(points[-1].time)
        writer.add(ACTIVITY, timestamp=end, local_timestamp=end + int(3600 * local_offset_h))
    return writer.whole()


def _fit_part(writer: _Fit, points: list[Point], sport: str, pause_s: int, sub_sport: int) -> None:
    begin, end = _fit_time(points[0].time), _fit_time(points[-1].time)
    writer.add(EVENT, timestamp=begin, event=0, event_type=0)
    if pause_s:
        writer.add(EVENT, timestamp=begin + 60, event=0, event_type=4)
        writer.add(EVENT, timestamp=begin + 60 + pause_s, event=0, event_type=0)
    for p in points:
        writer.add(
            RECORD,
            timestamp=_fit_time(p.time),
            position_lat=round(p.lat * 2**31 / 180),
            position_long=round(p.lon * 2**31 / 180),
            distance=round(p.distance_m * 100),
            heart_rate=p.heart_rate,
            cadence=p.cadence,
        )
    elapsed = end - begin
    writer.add(
        SESSION,
        timestamp=end,
        start_time=begin,
        sport=SPORTS[sport],
        sub_sport=sub_sport,
        total_elapsed_time=elapsed * 1000,
        total_timer_time=(elapsed - pause_s) * 1000,
        total_distance=round((points[-1].distance_m - points[0].distance_m) * 100),
        avg_cadence=points[0].cadence,
    )


class _Fit:
    """Writes messages as the FIT protocol describes them: definitions once, then data, then a checksum."""

    def __init__(self) -> None:
        self._body = bytearray()
        self._known: dict[int, int] = {}

    def add(self, message: tuple[int, dict], **values: int) -> None:
        number, fields = message
        if number not in self._known:
            local = self._known[number] = len(self._known)
            self._body += struct.pack("<BBBHB", 0x40 | local, 0, 0, number, len(fields))
            for field_number, (size, base, _) in fields.values():
                self._body += struct.pack("<BBB", field_number, size, base)
        self._body += struct.pack("<B", self._known[number])
        for name, (_, (_, _, code)) in fields.items():
            self._body += struct.pack(f"<{code}", values[name])

    def whole(self) -> bytes:
        head = struct.pack("<BBHI4s", 14, 0x20, 2132, len(self._body), b".FIT")
        head += struct.pack("<H", checksum(head))
        return head + bytes(self._body) + struct.pack("<H", checksum(head + bytes(self._body)))


def checksum(content: bytes) -> int:
    """Return the FIT checksum (CRC-16, polynomial 0xA001 reflected)."""
    crc = 0
    for byte in content:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return crc


def _fit_time(moment: dt.datetime) -> int:
    return round((moment - FIT_EPOCH).total_seconds())


def zipped(files: dict[str, bytes]) -> bytes:
    """Write a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in files.items():
            box.writestr(name, content)
    return out.getvalue()
