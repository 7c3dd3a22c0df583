"""Where people are in a picture: the detector network and the decoding of its anchors."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from gerdy import evidence
from gerdy.errors import MissingExtra
from gerdy.recordings.video.networks import network

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gerdy.quantities import Array

SIDE: Final = 224
"""Pixels on a side of the picture that the detector looks at."""

_STRIDES: Final = (8, 16, 32)
_PER_CELL: Final = (2, 2, 6)
"""Anchors in each cell of a grid; three of the network's five layers share the coarsest grid."""


class Person(NamedTuple):
    """One person found in one picture.

    Attributes
    ----------
    score : 0-1
    hips : (2,) pixels of the film, between the hips
    radius : pixels from the hips to the edge of the circle round the whole person
    head : (2,) pixels, on that circle, in the direction of the head
    """

    score: float
    hips: Array
    radius: float
    head: Array


class Detector:
    """The detector network, loaded once."""

    def __init__(self) -> None:
        self._net = interpreter(network("pose_detection.tflite"))
        self._in = self._net.get_input_details()[0]["index"]
        self._boxes, self._scores = (item["index"] for item in self._net.get_output_details())

    def people(self, rgb: NDArray[np.uint8], scale: float = 1.0) -> list[Person]:
        """Find every person in a picture, the surest first.

        The network shrinks what it sees to 224 pixels, so a person who fills a quarter of a wide picture is lost on it:
        squares of the shorter side are looked at as well.

        Parameters
        ----------
        rgb : (height, width, 3)
        scale : pixels of the film for one pixel of `rgb`
        """
        seen = [self._look(rgb[part], np.array([part[1].start, part[0].start])) for part in _parts(*rgb.shape[:2])]
        places, score = (np.concatenate(column) for column in zip(*seen, strict=True))
        return _distinct(places * scale, score)

    def _look(self, part: NDArray[np.uint8], corner: Array) -> tuple[Array, Array]:
        """Return (people, 2, 2) pixels of hips and head, and (people,) scores of one part of a picture."""
        square, side, inside = _letterboxed(part)
        self._net.set_tensor(self._in, square[None])
        self._net.invoke()
        raw = self._net.get_tensor(self._scores)[0, :, 0].astype(float)
        # The logistic function is steep: beyond 100 it is 1 to every digit and would only overflow.
        score = 1.0 / (1.0 + np.exp(-np.clip(raw, -100.0, 100.0)))
        keep = score >= evidence.value("house_video.detector_score")
        points = self._net.get_tensor(self._boxes)[0, keep, 4:8].reshape(-1, 2, 2) / SIDE + _anchors()[keep, None]
        return points * side - inside + corner, score[keep]


def _parts(height: int, width: int) -> list[tuple[slice, slice]]:
    """Return the whole picture and three squares of its shorter side along its longer one."""
    short, rest = min(height, width), abs(width - height)
    starts = (0, rest // 2, rest) if rest else ()
    found = [(slice(0, height), slice(0, width))]
    for start in starts:
        along, across = slice(start, start + short), slice(0, short)
        found.append((across, along) if width > height else (along, across))
    return found


@cache
def _anchors() -> Array:
    """(2254, 2) centres of the anchors as shares of the square picture."""
    rows = []
    for stride, many in zip(_STRIDES, _PER_CELL, strict=True):
        count = SIDE // stride
        middle = (np.arange(count) + 0.5) / count
        y, x = np.meshgrid(middle, middle, indexing="ij")
        rows.append(np.repeat(np.stack([x.ravel(), y.ravel()], axis=1), many, axis=0))
    return np.concatenate(rows)


def _letterboxed(rgb: NDArray[np.uint8]) -> tuple[NDArray[np.float32], float, Array]:
    """Return the picture fitted into the middle of a square, the square's side and its corner in pixels."""
    import cv2

    height, width = rgb.shape[:2]
    side = float(max(height, width))
    wide, high = round(width * SIDE / side), round(height * SIDE / side)
    small = np.zeros((SIDE, SIDE, 3), np.uint8)
    left, top = (SIDE - wide) // 2, (SIDE - high) // 2
    small[top : top + high, left : left + wide] = cv2.resize(rgb, (wide, high), interpolation=cv2.INTER_AREA)
    corner = np.array([left, top]) * side / SIDE
    return small.astype(np.float32) / np.float32(127.5) - np.float32(1.0), side, corner


def _distinct(places: Array, score: Array) -> list[Person]:
    """Merge what was found several times: of people whose circles cover each other's hips, the surest stands."""
    found: list[Person] = []
    near = evidence.value("house_video.same_person")
    for i in np.argsort(-score):
        hips, head = places[i]
        radius = float(np.hypot(*(head - hips)))
        if all(np.hypot(*(hips - other.hips)) > near * max(radius, other.radius) for other in found):
            found.append(Person(float(score[i]), hips, radius, head))
    return found


def interpreter(content: bytes) -> Any:
    """Return a network ready to run; the networks are small, so that more than two threads wait for each other."""
    try:
        from ai_edge_litert.interpreter import Interpreter
    except ImportError as error:
        raise MissingExtra("ai-edge-litert", "video", "Finding a runner in a film") from error
    net = Interpreter(model_content=content, num_threads=min(2, os.cpu_count() or 1))
    net.allocate_tensors()
    return net
