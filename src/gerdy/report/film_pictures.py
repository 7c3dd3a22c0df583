"""Drawing on pictures of a film: the skeleton, the lines of a measure, and what keeps people unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gerdy.report.style import ACCENT, INK, LEFT, RIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gerdy.quantities import Array, SideName
    from gerdy.recordings.keypoints import Keypoints

BONES: Final = (
    *((f"{one}_{s}", f"{other}_{s}") for s in "lr" for one, other in (
        ("shoulder", "elbow"), ("elbow", "wrist"), ("shoulder", "hip"), ("hip", "knee"), ("knee", "ankle"),
        ("ankle", "heel"), ("heel", "toe"),
    )),
    ("shoulder_l", "shoulder_r"),
    ("hip_l", "hip_r"),
)  # fmt: skip
"""Pairs of joints that are joined by a line."""

_HEAD: Final = 0.42
"""Radius of what is blurred round the nose, in lengths of the trunk: the head with hair and some margin."""

_AROUND: Final = 0.35
"""How far beyond the outermost joint the picture stays sharp, in lengths of the trunk."""


def hide_people(rgb: NDArray[np.uint8], joints: dict[str, Array]) -> NDArray[np.uint8]:
    """Blur the runner's head, and everything beyond the runner, where others may stand.

    Parameters
    ----------
    rgb : (height, width, 3)
    joints : name → (2,) pixels of this picture; NaN where not seen. With nobody seen all of it is blurred
    """
    import cv2

    height, width = rgb.shape[:2]
    coarse = cv2.resize(rgb, (max(1, width // 40), max(1, height // 40)), interpolation=cv2.INTER_AREA)
    blurred = np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
    places = np.array([place for place in joints.values() if np.isfinite(place).all()])
    if not len(places):
        return blurred
    trunk = _trunk(joints, height)
    keep = np.zeros((height, width), np.uint8)
    low, high = places.min(axis=0) - _AROUND * trunk, places.max(axis=0) + _AROUND * trunk
    cv2.rectangle(keep, _pixel(low), _pixel(high), 1, -1)
    if np.isfinite(joints["nose"]).all():
        cv2.circle(keep, _pixel(joints["nose"]), round(_HEAD * trunk), 0, -1)
    else:
        # Without a nose the head is taken to be all that lies above the shoulders.
        top = np.nanmin([joints[f"shoulder_{s}"][1] for s in "lr"] + [float(height)])
        keep[: max(0, round(top))] = 0
    return np.where(keep[..., None] > 0, rgb, blurred)


def draw_skeleton(rgb: NDArray[np.uint8], joints: dict[str, Array]) -> None:
    """Draw bones on a picture, in place: left in full lines with round joints, right in lines with square joints."""
    import cv2

    thick = max(2, rgb.shape[0] // 320)
    for one, other in BONES:
        if np.isfinite(joints[one]).all() and np.isfinite(joints[other]).all():
            cv2.line(rgb, _pixel(joints[one]), _pixel(joints[other]), _colour_of(one, other), thick, cv2.LINE_AA)
    for name, place in joints.items():
        if np.isfinite(place).all() and name != "nose":
            _joint(rgb, name, place, thick)


def draw_lines(rgb: NDArray[np.uint8], lines: Sequence[tuple[Array, Array]]) -> None:
    """Draw the lines that make a measure, in place."""
    import cv2

    for one, other in lines:
        if np.isfinite(one).all() and np.isfinite(other).all():
            cv2.line(rgb, _pixel(one), _pixel(other), _rgb(ACCENT), max(3, rgb.shape[0] // 200), cv2.LINE_AA)


def write_text(rgb: NDArray[np.uint8], text: str, row: int) -> None:
    """Write one line on a light band, rows counted from the top, in place."""
    import cv2

    size = rgb.shape[0] / 1100.0
    high = round(42 * size)
    top = row * high
    band = rgb[top : top + high]
    band[:] = (0.25 * band + 0.75 * 255).astype(np.uint8)
    cv2.putText(
        rgb, text, (round(10 * size), top + round(30 * size)), cv2.FONT_HERSHEY_SIMPLEX, size, _rgb(INK),
        max(1, round(2 * size)), cv2.LINE_AA,
    )  # fmt: skip


def joints_at(points: Keypoints, frame: int, scale: float) -> dict[str, Array]:
    """Return name → (2,) pixels of the shown picture; NaN everywhere outside the film that was used."""
    inside = 0 <= frame < len(points.time_s)
    xy = points.xy[frame] / scale if inside else np.full((len(points.joints), 2), np.nan)
    return dict(zip(points.joints, xy, strict=True))


def side_of(name: str) -> SideName | None:
    """Return the side in the name of a joint."""
    return {"l": "left", "r": "right"}.get(name.rpartition("_")[2])  # type: ignore[return-value]


def _joint(rgb: Any, name: str, place: Array, thick: int) -> None:
    import cv2

    colour, (x, y) = _colour_of(name, name), _pixel(place)
    if side_of(name) == "left":
        cv2.circle(rgb, (x, y), 2 * thick, colour, -1, cv2.LINE_AA)
    else:
        cv2.rectangle(rgb, (x - 2 * thick, y - 2 * thick), (x + 2 * thick, y + 2 * thick), colour, -1)


def _colour_of(one: str, other: str) -> tuple[int, int, int]:
    sides = {side_of(one), side_of(other)}
    return _rgb(INK if len(sides) > 1 else LEFT if "left" in sides else RIGHT)


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return red, green, blue


def _pixel(place: Array) -> tuple[int, int]:
    return round(float(place[0])), round(float(place[1]))


def _trunk(joints: dict[str, Array], height: int) -> float:
    """Return the length of the trunk in pixels, or a fifth of the picture where it is not seen."""
    ends = [(joints[f"{name}_l"] + joints[f"{name}_r"]) / 2.0 for name in ("shoulder", "hip")]
    length = float(np.hypot(*(ends[0] - ends[1])))
    return length if np.isfinite(length) and length > 0 else 0.2 * height
