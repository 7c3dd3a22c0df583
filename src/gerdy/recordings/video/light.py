"""How bright and how sharp a film is, from a few of its key pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy.recordings.video.film import key_pictures

if TYPE_CHECKING:
    from gerdy.recordings.video.film import Film

_HIGH: Final = 360
"""Pixels to which every picture is shrunk, so that sharpness does not depend on the phone."""


def light_of(film: Film) -> tuple[float, float]:
    """Return mean brightness (0-255) and sharpness (variance of the Laplacian), medians over the key pictures.

    Sharpness is taken at a height of 360 pixels, where a smeared outline of a runner still shows.
    """
    import cv2

    seen = []
    for rgb in key_pictures(film):
        height, width = rgb.shape[:2]
        small = cv2.resize(rgb, (max(1, round(width * _HIGH / height)), _HIGH), interpolation=cv2.INTER_AREA)
        grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
        seen.append((float(grey.mean()), float(cv2.Laplacian(grey, cv2.CV_64F).var())))
    if not seen:
        return float("nan"), float("nan")
    brightness, sharpness = np.median(np.array(seen), axis=0)
    return float(brightness), float(sharpness)
