"""A film from file to measures: pictures a second and where the time goes; the goal for 1080p is real time."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import av

from benchmarks.rows import Row
from gerdy.motion.film.film_study import Asked, study_film
from gerdy.recordings.video import networks
from gerdy.recordings.video.film import open_film, pictures
from gerdy.recordings.video.pose import TwoNetworks
from gerdy.recordings.video.swaps import repair_swaps

if TYPE_CHECKING:
    from gerdy.recordings.video.film import Film

SHARED = Path(os.environ.get("GERDY_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data"))
_SIZE = (1080, 1920)


def run() -> list[Row]:
    """Time the shared treadmill film blown up to 1080p; nothing where the networks or the film are missing."""
    file = SHARED / "video-treadmill-side" / "male_side.mp4"
    if not file.is_file() or not networks.is_set_up():
        return []
    with tempfile.TemporaryDirectory() as folder:
        film = open_film(enlarged(file, Path(folder) / "1080p.mp4", _SIZE))
        return _timed(film)


def enlarged(source: Path, out: Path, size: tuple[int, int], seconds: float | None = None) -> Path:
    """Write a film again in another size, and as often as it takes to fill some seconds."""
    original = open_film(source)
    count = None if seconds is None else round(seconds * original.rate_hz)
    with av.open(str(out), "w") as container:
        stream: Any = container.add_stream("libx264", rate=round(original.rate_hz))
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        stream.options = {"preset": "ultrafast", "crf": "30"}
        written = 0
        while written == 0 or (count is not None and written < count):
            for picture in pictures(original):
                if count is not None and written >= count:
                    break
                frame = av.VideoFrame.from_ndarray(picture.rgb, format="rgb24").reformat(*size, format="yuv420p")
                frame.pts = written
                container.mux(stream.encode(frame))
                written += 1
        container.mux(stream.encode())
    return out


def _timed(film: Film) -> list[Row]:
    start = perf_counter()
    count = sum(1 for _ in pictures(film))
    decode = perf_counter() - start
    start = perf_counter()
    points = TwoNetworks().estimate(film)
    pose = perf_counter() - start
    start = perf_counter()
    study_film(film.path.name, repair_swaps(points)[0], Asked(view="side"))
    measures = perf_counter() - start
    total = pose + measures
    what = f"pictures of {film.size[0]} x {film.size[1]} from file to measures"
    # The film is decoded once to choose the runner and once to find the joints.
    return [
        Row(what, count / total, "pictures/s", threads=2, goal="30 or more: real time"),
        Row("  share of decoding, twice", 100 * 2 * decode / total, "%"),
        Row("  share of the pose networks", 100 * (pose - 2 * decode) / total, "%"),
        Row("  share of swaps, events and measures", 100 * measures / total, "%"),
    ]
