"""Small films written for tests: every picture says its own number in grey."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np

GREY_STEP = 8
TURNS = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}
"""Clockwise turn for looking → a, b, c, d of the track header's matrix (ISO 14496-12, 8.3.2)."""


def write_film(path, pictures, *, times_s=None, rate=30, crf=4):
    """Write RGB pictures as H.264, with their own time stamps where given."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=rate)
        stream.width, stream.height, stream.pix_fmt = pictures[0].shape[1], pictures[0].shape[0], "yuv444p"
        stream.options = {"crf": str(crf), "preset": "ultrafast"}
        stream.codec_context.time_base = Fraction(1, 1000)
        for number, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
            frame.time_base = Fraction(1, 1000)
            frame.pts = round(1000 * (number / rate if times_s is None else times_s[number]))
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def numbered(count, size=(64, 48)):
    """Return pictures whose grey is their number; a bright corner at the top left says which way is up."""
    found = []
    for number in range(count):
        picture = np.full((size[1], size[0], 3), GREY_STEP * number, np.uint8)
        picture[:16, :16] = 255
        found.append(picture)
    return found


def turn(path, degrees):
    """Ask players to turn the film clockwise, as phones do: the matrix of the track header is rewritten."""
    content = bytearray(path.read_bytes())
    start = content.index(b"tkhd") + 4
    a, b, c, d = (int(value * 65536).to_bytes(4, "big", signed=True) for value in TURNS[degrees])
    for place, value in zip((40, 44, 52, 56), (a, b, c, d), strict=True):
        content[start + place - 0 : start + place + 4] = value
    path.write_bytes(content)
    return path


def sound_only(path):
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=44100)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        frame.rate = 44100
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path
