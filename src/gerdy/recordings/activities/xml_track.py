"""The points of a GPX or TCX file, read as a stream without building a tree.

Entity declarations are refused, so that a few bytes cannot unfold into gigabytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from xml.parsers import expat

from gerdy.errors import FileUnreadable

if TYPE_CHECKING:
    from collections.abc import Mapping

POINT_FIELDS: Final = (
    "time",
    "lat",
    "lon",
    "altitude_m",
    "distance_m",
    "speed_m_s",
    "heart_rate_bpm",
    "cadence",
)
_SLOT: Final = {name: index for index, name in enumerate(POINT_FIELDS)}
_NOT_YET: Final = (None,) * (len(POINT_FIELDS) - 3)
_POINT: Final = -1
_OTHER: Final = -2


@dataclass(slots=True)
class XmlTrack:
    """One activity as it is written, before any number is made of it.

    Parameters
    ----------
    sport, name : as written; empty where missing
    identifier : what the file calls the activity, in TCX its start time
    points : one list per point with the texts of `POINT_FIELDS`
    laps : fields of each lap by tag
    """

    sport: str = ""
    name: str = ""
    identifier: str = ""
    points: list[list[str | None]] = field(default_factory=list)
    laps: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class XmlRead:
    """All activities of a file and, where it breaks, the byte and the reason."""

    root: str
    tracks: list[XmlTrack]
    creator: str = ""
    broken_at: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a format names its parts.

    Parameters
    ----------
    activity, lap, point : tags that open each
    point_fields : tag inside a point → field of `POINT_FIELDS`
    activity_fields : tag inside an activity → attribute of `XmlTrack`
    lap_fields : tags of a lap that are kept
    """

    activity: str
    lap: str
    point: str
    point_fields: Mapping[str, str]
    activity_fields: Mapping[str, str]
    lap_fields: frozenset[str]


def read_xml(content: bytes, layout: Layout) -> XmlRead:
    """Read the points of a file up to its end, or up to where it breaks.

    Raises
    ------
    FileUnreadable : the file declares entities
    """
    walk = _Walk(layout)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.text.append
    parser.EntityDeclHandler = _refuse_entities
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        return XmlRead(walk.root, walk.tracks, walk.creator, parser.ErrorByteIndex, expat.ErrorString(error.code))
    return XmlRead(walk.root, walk.tracks, walk.creator)


class _Walk:
    """Where the parser stands. What lies inside a point is most of a file, so it is looked up by the tag as written."""

    def __init__(self, layout: Layout) -> None:
        self.root = ""
        self.creator = ""
        self.tracks: list[XmlTrack] = []
        self.text: list[str] = []
        self._layout = layout
        self._point: list[str | None] | None = None
        self._lap: dict[str, str] | None = None
        self._inside = False
        self._slots = _Slots(layout)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.text.clear()
        if self._point is not None:
            return
        if self._slots[tag] == _POINT:
            self._open_point(attributes)
        else:
            self._open(_local(tag), attributes)

    def end(self, tag: str) -> None:
        if self._point is not None:
            slot = self._slots[tag]
            if slot >= 0:
                self._point[slot] = "".join(self.text).strip() or None
            elif slot == _POINT:
                self._point = None
        elif self._inside:
            self._close(_local(tag), "".join(self.text).strip())
        self.text.clear()

    def _open_point(self, attributes: dict[str, str]) -> None:
        if not self.tracks:
            self.tracks.append(XmlTrack())
        latitude, longitude = attributes.get("lat"), attributes.get("lon")
        self._point = [None, latitude, longitude, *_NOT_YET]
        self.tracks[-1].points.append(self._point)

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        if not self.root:
            self.root, self.creator = tag, attributes.get("creator", "")
        if tag == self._layout.activity:
            self._inside = True
            self.tracks.append(XmlTrack(sport=attributes.get("Sport", "")))
        elif tag == self._layout.lap and self._inside:
            self._lap = {"start": attributes.get("StartTime", "")}
            self.tracks[-1].laps.append(self._lap)

    def _close(self, tag: str, text: str) -> None:
        track = self.tracks[-1]
        if tag == self._layout.activity:
            self._inside = False
        elif tag == self._layout.lap:
            self._lap = None
        elif self._lap is not None and tag in self._layout.lap_fields:
            self._lap.setdefault(tag, text)
        elif self._lap is None and tag in self._layout.activity_fields:
            attribute = self._layout.activity_fields[tag]
            if not getattr(track, attribute):
                setattr(track, attribute, text)


class _Slots(dict[str, int]):
    """Tag as written → its place in a point, `_POINT` or `_OTHER`, each worked out once."""

    def __init__(self, layout: Layout) -> None:
        super().__init__()
        self._layout = layout

    def __missing__(self, tag: str) -> int:
        name = self._layout.point_fields.get(_local(tag))
        other = _POINT if _local(tag) == self._layout.point else _OTHER
        self[tag] = _SLOT[name] if name else other
        return self[tag]


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _refuse_entities(*seen: Any) -> None:
    raise FileUnreadable(
        f"The file declares the XML entity '{seen[0]}'; activity files have none, so it is not read further."
    )
