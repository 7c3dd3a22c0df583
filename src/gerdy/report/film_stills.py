"""Stills: for each measure the picture of one middling stride, with the lines that make it."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gerdy.motion.film.stride_measures import ERRORS
from gerdy.quantities import SIDES, other_side
from gerdy.recordings.video.film import pictures
from gerdy.report.film_pictures import draw_lines, draw_skeleton, hide_people, joints_at, write_text
from gerdy.report.film_words import SHOWN, with_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from gerdy.motion.film.measure import FilmMeasure
    from gerdy.pipelines.film_analysis import FilmFile
    from gerdy.quantities import Array, SideName

_HIGH = 640
"""Rows of a still."""


@dataclass(frozen=True, slots=True)
class Still:
    """One measure on one picture.

    Parameters
    ----------
    key, side : which measure
    says : what it shows, with its error
    jpeg : the picture
    """

    key: str
    side: SideName
    says: str
    jpeg: bytes

    def svg(self) -> str:
        """Return the picture as an element of a page that needs nothing else."""
        data = base64.b64encode(self.jpeg).decode("ascii")
        return f'<img alt="{self.says}" style="max-height: 16em" src="data:image/jpeg;base64,{data}">'


def stills(found: FilmFile, *, keep_faces: bool = False, tell: Callable[[], None] = lambda: None) -> tuple[Still, ...]:
    """Draw every angle of the report on its picture, in one pass through the film; none without a film."""
    if found.film is None:
        return ()
    wanted = _wanted(found)
    made = []
    for number, picture in enumerate(pictures(found.film, longest=_HIGH * 2)):
        for key, side in wanted.get(number, ()):
            made.append(_still(found, number, picture.rgb, picture.scale, key, side, keep_faces))
        tell()
    order = list(SHOWN)
    return tuple(sorted(made, key=lambda still: (order.index(still.key), still.side)))


def _wanted(found: FilmFile) -> dict[int, list[tuple[str, SideName]]]:
    """Return picture → measures to draw on it: the stride in the middle of those that were used."""
    pictures_of: dict[int, list[tuple[str, SideName]]] = {}
    for side in SIDES:
        for key, measure in found.motion.measures[side].items():
            if key in SHOWN and _angle(key) is not None and measure.frames:
                pictures_of.setdefault(measure.frames[len(measure.frames) // 2], []).append((key, side))
    return pictures_of


def _angle(key: str) -> str | None:
    return next((name for name in ERRORS if key.startswith(f"{name}_")), None)


def _still(
    found: FilmFile, number: int, rgb: NDArray[np.uint8], scale: float, key: str, side: SideName, keep_faces: bool
) -> Still:
    import cv2

    joints = joints_at(found.motion.points, number - found.motion.first, scale)
    shown = rgb.copy() if keep_faces else hide_people(rgb, joints)
    draw_skeleton(shown, joints)
    name = _angle(key)
    assert name is not None  # noqa: S101 - only such keys are wanted
    draw_lines(shown, [(_end(joints, one, side), _end(joints, other, side)) for one, other in ERRORS[name].segments])
    measure: FilmMeasure = found.motion.measures[side][key]
    says = f"{SHOWN[key]}, {side}: {with_error(measure)} over {measure.n} strides"
    write_text(shown, f"{side}: {with_error(measure)}", 0)
    done, jpeg = cv2.imencode(".jpg", cv2.cvtColor(shown, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 80])
    return Still(key, side, says, jpeg.tobytes() if done else b"")


def _end(joints: dict[str, Array], joint: str, side: SideName) -> Array:
    if joint.startswith("middle_"):
        name = joint.removeprefix("middle_")
        return np.asarray((joints[f"{name}_l"] + joints[f"{name}_r"]) / 2.0)
    if joint.startswith("other_"):
        return joints[f"{joint.removeprefix('other_')}_{other_side(side)[0]}"]
    return joints[f"{joint}_{side[0]}"]
