"""Decoding: upright pictures with their own time stamps, one after the other, never all at once."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from gerdy import evidence
from gerdy.errors import FileUnreadable, MissingExtra, OutputBlocked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

SUFFIXES: Final = (".mp4", ".mov", ".m4v", ".avi", ".mkv", ".webm", ".3gp", ".mts")
"""Ends of names that are films."""


@dataclass(frozen=True, slots=True)
class Film:
    """What a film file says about itself.

    Parameters
    ----------
    size : (width, height) pixels of the picture as it is looked at, rotation applied
    rate_hz : pictures per second of real time, from the file's own average
    duration_s : s of real time
    turned_deg : by how much the file asks to turn its pictures, anticlockwise
    slow_motion : how many times slower than real the file plays
    """

    path: Path
    size: tuple[int, int]
    rate_hz: float
    duration_s: float
    turned_deg: int
    slow_motion: float = 1.0

    @property
    def expected_frames(self) -> int:
        """How many pictures the file claims; for progress only."""
        return max(1, round(self.rate_hz * self.duration_s))


class Picture(NamedTuple):
    """One upright picture.

    Attributes
    ----------
    time_s : s of real time from the first picture
    rgb : (height, width, 3) uint8
    scale : pixels of the film for one pixel of `rgb`
    """

    time_s: float
    rgb: NDArray[np.uint8]
    scale: float


def open_film(path: str | Path, slow_motion: float = 1.0) -> Film:
    """Look at a film without reading it through.

    Parameters
    ----------
    slow_motion : 8 for a film that plays eight times slower than real

    Raises
    ------
    FileUnreadable : missing, no film, a still picture, sound only, or cut off before its index
    """
    path = Path(path)
    with _opened(path) as (_, stream):
        first = next(_decoded(path, stream), None)
        if first is None:
            raise FileUnreadable(f"{path.name} holds no picture that can be decoded; record or export it again.")
        turned = int(first.rotation) % 360
        rate = float(stream.average_rate or stream.guessed_rate or 0.0)
        known = stream.duration and stream.time_base
        seconds = float(stream.duration * stream.time_base) if known else 0.0
        size = (first.width, first.height) if turned % 180 == 0 else (first.height, first.width)
    if rate <= 0 or (stream.frames == 1):
        raise FileUnreadable(f"{path.name} holds one still picture; expected a film of at least a few strides.")
    return Film(path, size, rate * slow_motion, seconds / slow_motion, turned, slow_motion)


def pictures(film: Film, *, every: int = 1, longest: int | None = None) -> Iterator[Picture]:
    """Decode the film from its start, honouring rotation, edit lists and its own time stamps.

    Parameters
    ----------
    every : give each n-th picture only
    longest : longest side in pixels; larger pictures are made smaller while they are converted

    Yields
    ------
    Picture; the iterator ends early, without an error, where a file was cut off
    """
    limit = int(evidence.value("house_video.longest_side")) if longest is None else longest
    start: float | None = None
    with _opened(film.path) as (_, stream):
        for number, frame in enumerate(_decoded(film.path, stream)):
            if frame.time is None or number % every:
                continue
            start = frame.time if start is None else start
            scale = max(1.0, max(frame.width, frame.height) / limit)
            rgb = frame.reformat(
                width=round(frame.width / scale), height=round(frame.height / scale), format="rgb24"
            ).to_ndarray()
            yield Picture((frame.time - start) / film.slow_motion, _upright(rgb, film.turned_deg), scale)


def key_pictures(film: Film, most: int = 12) -> Iterator[NDArray[np.uint8]]:
    """Decode only pictures that stand for themselves, quickly; for a look at light and sharpness.

    Parameters
    ----------
    most : how many pictures at most
    """
    with _opened(film.path) as (_, stream):
        stream.codec_context.skip_frame = "NONKEY"
        for number, frame in enumerate(_decoded(film.path, stream)):
            if number == most:
                return
            yield _upright(frame.to_ndarray(format="rgb24"), film.turned_deg)


def _upright(rgb: NDArray[np.uint8], turned_deg: int) -> NDArray[np.uint8]:
    return np.ascontiguousarray(np.rot90(rgb, k=turned_deg // 90)) if turned_deg else rgb


def _decoded(path: Path, stream: Any) -> Iterator[Any]:
    """Decode until the end, or until the file is cut off; an end before the first picture is an error."""
    av = _av()
    seen = 0
    try:
        for packet in stream.container.demux(stream):
            for frame in packet.decode():
                seen += 1
                yield frame
    except av.error.FFmpegError as error:
        if not seen:
            raise FileUnreadable(f"{path.name} cannot be decoded ({error}); record or export it again.") from error


@contextmanager
def _opened(path: Path) -> Iterator[tuple[Any, Any]]:
    av = _av()
    if not path.is_file():
        raise FileUnreadable(f"{path} does not exist; give the path of a film.")
    try:
        container = av.open(str(path))
    except av.error.FFmpegError as error:
        raise FileUnreadable(
            f"{path.name} is no film that can be opened, or was cut off ({error}); expected MP4, MOV or the like. "
            "Copy it from the phone again."
        ) from error
    except OSError as error:
        raise OutputBlocked(f"{path.name} cannot be read ({error}).") from error
    with container:
        if not container.streams.video:
            raise FileUnreadable(f"{path.name} holds sound but no pictures; expected a film.")
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        yield container, stream


def _av() -> Any:
    try:
        import av
    except ImportError as error:
        raise MissingExtra("av", "video", "Reading a film") from error
    return av
