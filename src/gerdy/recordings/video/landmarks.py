"""The joints of one person in one picture: the landmark network, its heat maps and what they say about spread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from gerdy import evidence
from gerdy.recordings.keypoints import KEYPOINTS
from gerdy.recordings.video.detector import interpreter
from gerdy.recordings.video.networks import network

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gerdy.quantities import Array
    from gerdy.recordings.video.detector import Person

SIDE: Final = 256
_CELL: Final = 4
"""Pixels of the network's picture for one cell of its heat maps."""

_POINTS: Final = 39
_HIPS, _EDGE = 33, 34
"""Two helper points: between the hips, and on the circle round the person towards the head."""

_ROWS: Final = (0, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32)
"""The network's points in the order of `KEYPOINTS`."""


class Region(NamedTuple):
    """A turned square round a person.

    Attributes
    ----------
    centre : (2,) pixels of the film
    side : pixels
    turn : rad, 0 where the head is up in the picture, clockwise positive
    """

    centre: Array
    side: float
    turn: float


class Seen(NamedTuple):
    """One person in one picture.

    Attributes
    ----------
    presence : 0-1, whether there is a person in the region at all
    xy : (joints, 2) pixels of the film, in the order of `KEYPOINTS`
    confidence, spread : (joints,) 0-1, and pixels of the film
    next_region : where to look in the next picture
    """

    presence: float
    xy: Array
    confidence: Array
    spread: Array
    next_region: Region


def region_of(hips: Array, edge: Array) -> Region:
    """Return the square round a person whose circle has this centre and passes through this point at the head."""
    way = edge - hips
    side = 2.0 * evidence.value("house_video.region_margin") * float(np.hypot(*way))
    return Region(hips, side, float(np.arctan2(way[0], -way[1])))


def region_of_person(person: Person) -> Region:
    """Return the square round a person that the detector found."""
    return region_of(person.hips, person.head)


class Landmarks:
    """The landmark network, loaded once."""

    def __init__(self) -> None:
        self._net = interpreter(network("pose_landmark_full.tflite"))
        self._in = self._net.get_input_details()[0]["index"]
        out = self._net.get_output_details()
        self._raw, self._flag, self._heat = out[0]["index"], out[1]["index"], out[3]["index"]

    def look(self, rgb: NDArray[np.uint8], region: Region, scale: float = 1.0) -> Seen:
        """Find the joints of the person in a region.

        Parameters
        ----------
        rgb : (height, width, 3)
        region : in pixels of the film
        scale : pixels of the film for one pixel of `rgb`
        """
        picture, back = _cut_out(rgb, region, scale)
        self._net.set_tensor(self._in, picture[None])
        self._net.invoke()
        raw = self._net.get_tensor(self._raw).reshape(_POINTS, 5).astype(float)
        heat = self._net.get_tensor(self._heat)[0]
        place, spread = _refine(raw[:, :2], heat)
        xy = place @ back[:, :2].T + back[:, 2]
        sure = 1.0 / (1.0 + np.exp(-np.clip(raw[:, 3:5], -50.0, 50.0)))
        rows = list(_ROWS)
        return Seen(
            float(self._net.get_tensor(self._flag)[0, 0]),
            xy[rows],
            sure[rows].prod(axis=1),
            spread[rows] * region.side / SIDE,
            region_of(xy[_HIPS], xy[_EDGE]),
        )


def _cut_out(rgb: NDArray[np.uint8], region: Region, scale: float) -> tuple[NDArray[np.float32], Array]:
    """Return the upright square as the network wants it, and the (2, 3) way back to pixels of the film."""
    import cv2

    side, centre = region.side / scale, region.centre / scale
    cos, sin = np.cos(region.turn) * side / SIDE, np.sin(region.turn) * side / SIDE
    turn = np.array([[cos, -sin], [sin, cos]])
    back = np.column_stack([turn, centre - turn @ np.full(2, (SIDE - 1) / 2)])
    small, shrink, corner = _shrunk(rgb, centre, side)
    inside = np.column_stack([turn / shrink, (back[:, 2] - corner) / shrink])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    cut = cv2.warpAffine(small, inside, (SIDE, SIDE), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cut, dtype=np.float32) / np.float32(255.0), back * scale


def _shrunk(rgb: NDArray[np.uint8], centre: Array, side: float) -> tuple[NDArray[np.uint8], int, Array]:
    """Average neighbouring pixels of a large region first, so that small detail does not turn into noise."""
    import cv2

    shrink = max(1, int(side / SIDE))
    if shrink == 1:
        return rgb, 1, np.zeros(2)
    reach = side / np.sqrt(2.0) + shrink
    low = np.floor(np.maximum(centre - reach, 0.0)).astype(int)
    high = np.minimum(np.ceil(centre + reach).astype(int), np.array(rgb.shape[1::-1]))
    size = (high - low) // shrink
    if (size < 1).any():
        return rgb, 1, np.zeros(2)
    part = rgb[low[1] : low[1] + size[1] * shrink, low[0] : low[0] + size[0] * shrink]
    small = cv2.resize(part, tuple(map(int, size)), interpolation=cv2.INTER_AREA)
    # The middle of an averaged pixel lies half of the averaging width further in.
    return np.asarray(small, np.uint8), shrink, low + (shrink - 1) / 2


def _refine(place: Array, heat: NDArray[np.float32]) -> tuple[Array, Array]:
    """Move each point to the middle of its heat map near it, and measure how wide that is.

    Parameters
    ----------
    place : (points, 2) pixels of the network's picture
    heat : (cells, cells, points) as the network gives it

    Returns
    -------
    place (points, 2) and spread (points,), both in pixels of the network's picture
    """
    reach = int(evidence.value("house_video.heat_reach"))
    cells = heat.shape[0]
    least = evidence.value("house_video.heat_least")
    moved, spread = place.copy(), np.full(len(place), float(reach * _CELL))
    for i in (*_ROWS, _HIPS, _EDGE):
        x, y = np.floor(place[i] / _CELL).astype(int)
        if not (0 <= x < cells and 0 <= y < cells):
            continue
        left, top = max(x - reach, 0), max(y - reach, 0)
        window = heat[top : y + reach + 1, left : x + reach + 1, i].astype(float)
        # The logistic turns the network's answer into a share; a heat map that never reaches the least is no opinion.
        window = 1.0 / (1.0 + np.exp(-np.clip(window, -50.0, 50.0)))
        if window.max() < least:
            continue
        rows, columns = np.mgrid[top : top + window.shape[0], left : left + window.shape[1]]
        weight = window / window.sum()
        middle = np.array([(columns * weight).sum(), (rows * weight).sum()])
        wide = ((columns - middle[0]) ** 2 + (rows - middle[1]) ** 2) * weight
        # Cell n stands for pixel 4 n: with that the heat maps agree with the network's own coordinates on average.
        moved[i] = middle * _CELL
        spread[i] = np.sqrt(wide.sum() / 2) * _CELL
    return moved, spread


assert len(_ROWS) == len(KEYPOINTS)  # noqa: S101 - the two orders are one decision
