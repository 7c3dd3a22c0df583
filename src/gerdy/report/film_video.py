"""The annotated film: skeleton, feet on the ground, exchanged legs; nobody can be known in it unless asked."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gerdy.quantities import SIDES
from gerdy.recordings.video.film import pictures
from gerdy.report.film_pictures import draw_skeleton, hide_people, joints_at, write_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from gerdy.pipelines.film_analysis import FilmFile

_LONGEST: Final = 1280
"""Longest side of the annotated film in pixels."""


def write_annotated(
    found: FilmFile, out: Path, *, keep_faces: bool = False, tell: Callable[[], None] = lambda: None
) -> None:
    """Write the film again with what was found in it; sound is left out.

    Parameters
    ----------
    found : with the film's file
    out : an MP4
    keep_faces : leave the head, and everybody else, as they are
    tell : called after each picture, for progress
    """
    import av

    film = found.film
    if film is None:
        return
    with av.open(str(out), "w") as container:
        stream: Any = None
        for number, picture in enumerate(pictures(film, longest=_LONGEST)):
            rgb = _even(picture.rgb)
            if stream is None:
                stream = container.add_stream("libx264", rate=max(1, round(film.rate_hz)))
                stream.width, stream.height, stream.pix_fmt = rgb.shape[1], rgb.shape[0], "yuv420p"
                stream.options = {"crf": "23", "preset": "veryfast"}
                stream.codec_context.time_base = Fraction(1, 1000)
            frame = av.VideoFrame.from_ndarray(_drawn(found, number, rgb, picture.scale, keep_faces), format="rgb24")
            frame.time_base, frame.pts = Fraction(1, 1000), round(1000 * picture.time_s * film.slow_motion)
            container.mux(stream.encode(frame))
            tell()
        if stream is not None:
            container.mux(stream.encode())


def _drawn(found: FilmFile, number: int, rgb: NDArray[np.uint8], scale: float, keep_faces: bool) -> NDArray[np.uint8]:
    joints = joints_at(found.motion.points, number - found.motion.first, scale)
    shown = rgb.copy() if keep_faces else hide_people(rgb, joints)
    draw_skeleton(shown, joints)
    write_text(shown, f"{_seconds(found, number):6.2f} s   on the ground: {_standing(found, number)}", 0)
    if number < len(found.swapped) and found.swapped[number]:
        write_text(shown, "left and right leg exchanged in this picture", 1)
    return shown


def _standing(found: FilmFile, number: int) -> str:
    """Name the foot that is on the ground in a picture."""
    strides, now = found.motion.strides, _seconds(found, number)
    down = [side for side in SIDES if ((strides.of(side).contact_s <= now) & (now < strides.of(side).toe_off_s)).any()]
    return " and ".join(down) or "none"


def _seconds(found: FilmFile, number: int) -> float:
    time_s, inside = found.motion.points.time_s, number - found.motion.first
    return float(time_s[0] + inside / found.motion.course.rate_hz)


def _even(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Cut a picture to an even number of rows and columns, which the encoder needs."""
    return np.ascontiguousarray(rgb[: rgb.shape[0] // 2 * 2, : rgb.shape[1] // 2 * 2])
