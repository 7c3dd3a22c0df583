"""Marker maps: which body a marker sits on, where on the generic body, and how far it is trusted.

A map is a TOML file, so a laboratory can add its own. Places and weights are data: each file says where its
places come from and why its weights are what they are.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, get_args

from gerdy.errors import BodyError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from importlib.resources.abc import Traversable

__all__ = ["MapMarker", "MarkerMap", "Measurement", "load_marker_map", "marker_map_names", "read_marker_map"]

HipCentres: TypeAlias = Literal["measured", "harrington2007"]
_SIDES: Final = (("R.", "_r", 1.0), ("L.", "_l", -1.0))
_MIDLINE: Final = ("pelvis", "torso")


@dataclass(frozen=True, slots=True)
class MapMarker:
    """One marker of a map.

    Parameters
    ----------
    label : as in the recordings
    body : the compiled body's segment that carries it
    place_m : (x, y, z) in that segment's frame of the generic body; None where only a static trial can tell
    static_weight : trust when the static pose is solved; 0 takes no part
    weight : trust in motion, 1 being one marker on a cluster; 0 takes no part
    landmark : bony landmark that lies under it, or empty
    """

    label: str
    body: str
    place_m: tuple[float, float, float] | None
    static_weight: float = 0.0
    weight: float = 0.0
    landmark: str = ""

    def __post_init__(self) -> None:
        if self.static_weight > 0.0 and self.place_m is None:
            raise BodyError(
                f"Marker map: {self.label} has a static_weight and no place_m; the static pose can only be solved "
                "from markers whose place on the generic body is known. Give place_m or drop static_weight."
            )
        if min(self.static_weight, self.weight) < 0.0:
            raise BodyError(f"Marker map: {self.label} has a negative weight; use 0 for a marker that takes no part.")


@dataclass(frozen=True, slots=True)
class Measurement:
    """Distances between markers that scale one or more segments along some axes.

    Parameters
    ----------
    name : for the fit report
    bodies : segments that it scales
    axes : letters of ``xyz``
    pairs : label pairs; the scale is the mean over pairs of measured over generic distance
    """

    name: str
    bodies: tuple[str, ...]
    axes: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MarkerMap:
    """A marker set on a body.

    Parameters
    ----------
    name : as the marker set of the recordings
    about : where places and weights come from
    hip_centres : *measured* (the recording has hip centres) or *harrington2007* (predicted from ASIS and PSIS)
    markers, measurements : see `MapMarker`, `Measurement`
    """

    name: str
    about: str
    hip_centres: HipCentres
    markers: tuple[MapMarker, ...]
    measurements: tuple[Measurement, ...]

    def __iter__(self) -> Iterator[MapMarker]:
        return iter(self.markers)

    def __getitem__(self, label: str) -> MapMarker:
        for marker in self.markers:
            if marker.label == label:
                return marker
        near = ", ".join(nearest(label, self.labels)) or "none"
        raise BodyError(f"Marker map '{self.name}' has no marker '{label}'; nearest: {near}.")

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of all markers, in the order of the file."""
        return tuple(marker.label for marker in self.markers)

    def in_recording(self, labels: Iterable[str]) -> tuple[MapMarker, ...]:
        """Markers of the map that a recording holds."""
        seen = set(labels)
        return tuple(marker for marker in self.markers if marker.label in seen)


def marker_map_names() -> tuple[str, ...]:
    """Names of the maps that ship with gerdy."""
    return tuple(sorted(file.name.removesuffix(".toml") for file in _folder() if file.name.endswith(".toml")))


@cache
def load_marker_map(name: str) -> MarkerMap:
    """Return a map that ships with gerdy.

    Raises
    ------
    BodyError : no such map; the message lists them

    Examples
    --------
    >>> load_marker_map("rbds")["R.TT"].landmark
    'tibial_tuberosity_r'
    """
    if name not in marker_map_names():
        raise BodyError(
            f"There is no marker map '{name}'; gerdy ships {', '.join(marker_map_names())}. "
            "Give your own as a TOML file; see docs/how-to/marker-maps.md."
        )
    return _parse(name, files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def read_marker_map(path: Path | str) -> MarkerMap:
    """Read a user's own map.

    Raises
    ------
    BodyError : not a file, not TOML, or an entry that breaks the rules
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BodyError(f"{path} could not be read as a marker map ({error}); expected a TOML text file.") from error
    return _parse(path.stem, text)


def _folder() -> list[Traversable]:
    return list(files(__package__).iterdir())


def _parse(name: str, text: str) -> MarkerMap:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BodyError(f"Marker map '{name}' is not valid TOML: {error}.") from error
    try:
        markers = tuple(_markers(table))
        measurements = tuple(_measurement(m) for m in table["measurement"])
        found = MarkerMap(name, table["about"], table["hip_centres"], markers, measurements)
    except (KeyError, TypeError, ValueError) as error:
        raise BodyError(
            f"Marker map '{name}' lacks or misspells an entry ({error}); compare with docs/how-to/marker-maps.md."
        ) from error
    return _checked(found)


def _checked(found: MarkerMap) -> MarkerMap:
    if found.hip_centres not in get_args(HipCentres):
        raise BodyError(
            f"Marker map '{found.name}': hip_centres is '{found.hip_centres}'; "
            f"it must be one of {', '.join(get_args(HipCentres))}."
        )
    for measurement in found.measurements:
        for label in (label for pair in measurement.pairs for label in pair):
            if found[label].place_m is None:
                raise BodyError(
                    f"Marker map '{found.name}': measurement '{measurement.name}' uses {label}, which has no place_m."
                )
    return found


def _markers(table: Mapping[str, Any]) -> Iterator[MapMarker]:
    for label, entry in table.get("marker", {}).items():
        yield _marker(label, entry)
    for prefix, suffix, sign in _SIDES:
        for label, entry in table.get("both_sides", {}).items():
            yield _marker(prefix + label, _mirrored(entry, suffix, sign))


def _marker(label: str, entry: Mapping[str, Any]) -> MapMarker:
    place = entry.get("place_m")
    triple = None if place is None else (float(place[0]), float(place[1]), float(place[2]))
    return MapMarker(label, **{**entry, "place_m": triple})


def _mirrored(entry: Mapping[str, Any], suffix: str, sign: float) -> dict[str, Any]:
    side = dict(entry)
    if entry["body"] not in _MIDLINE:
        side["body"] = entry["body"] + suffix
    if "place_m" in entry:
        x, y, z = entry["place_m"]
        side["place_m"] = (x, y, sign * z)
    if "landmark" in entry:
        side["landmark"] = entry["landmark"] + suffix
    return side


def _measurement(table: Mapping[str, Any]) -> Measurement:
    pairs = tuple((str(first), str(second)) for first, second in table["pairs"])
    if set(table["axes"]) - set("xyz"):
        raise ValueError(f"axes '{table['axes']}' of {table['name']}; letters of xyz are expected")
    return Measurement(table["name"], tuple(table["bodies"]), table["axes"], pairs)
