"""Key points that others found: OpenPose, Sports2D and Pose2Sim folders, and single pose files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gerdy import evidence
from gerdy.errors import FileUnreadable
from gerdy.recordings.files import read_bytes
from gerdy.recordings.keypoints import KEYPOINTS, Keypoints

if TYPE_CHECKING:
    from collections.abc import Sequence

_ARMS_AND_LEGS: Final = (
    *(f"{joint}_{side}" for joint in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle") for side in "lr"),
)
_COCO_17: Final = ("nose", *["-"] * 4, *_ARMS_AND_LEGS)
_HALPE_26: Final = (*_COCO_17, *["-"] * 3, "toe_l", "toe_r", "-", "-", "heel_l", "heel_r")
_BODY_25: Final = (
    *("nose", "-", "shoulder_r", "elbow_r", "wrist_r", "shoulder_l", "elbow_l", "wrist_l", "-"),
    *("hip_r", "knee_r", "ankle_r", "hip_l", "knee_l", "ankle_l", *["-"] * 4),
    *("toe_l", "-", "heel_l", "toe_r", "-", "heel_r"),
)
_ORDERS: Final = {25: _BODY_25, 26: _HALPE_26, 17: _COCO_17}
"""How many points a source gives → our names in its order; ``-`` is a point that gerdy does not use."""

_FRAME: Final = re.compile(r"_(\d+)(?:_keypoints)?\.json$")


def read_keypoints(path: str | Path, *, rate_hz: float | None = None, size: tuple[int, int] | None = None) -> Keypoints:
    """Read key points from a folder of one JSON a picture (OpenPose, Sports2D, Pose2Sim) or from one pose JSON.

    Parameters
    ----------
    rate_hz : pictures a second; needed for a folder, which does not say it
    size : (width, height) of the film; a folder does not say it either, and then it is taken from the points

    Returns
    -------
    Keypoints; where several people are in a file, the one with the largest surely seen body

    Raises
    ------
    FileUnreadable : not JSON, an unknown number of points, or no frame rate
    """
    path = Path(path)
    if path.is_dir():
        return _folder(path, rate_hz, size)
    document = _json(path)
    if isinstance(document, dict) and {"keypoint_names", "frames"} <= document.keys():
        return _single(path, document)
    raise FileUnreadable(
        f"{path.name} holds no key points that gerdy knows; expected 'keypoint_names' and 'frames', "
        "or a folder of OpenPose files, one a picture."
    )


def _single(path: Path, document: dict[str, Any]) -> Keypoints:
    names = [_our_name(str(name)) for name in document["keypoint_names"]]
    try:
        rows = np.array(document["frames"], dtype=float)
        size = (int(document["width"]), int(document["height"]))
        times = document.get("timestamps")
        time_s = np.arange(len(rows)) / float(document["fps"]) if times is None else np.array(times, dtype=float)
    except (KeyError, ValueError, TypeError) as error:
        raise FileUnreadable(
            f"{path.name} is not a complete pose file ({error}); expected width, height, fps and frames."
        ) from error
    if rows.ndim != 3 or rows.shape[1:] != (len(names), 3) or len(time_s) != len(rows):
        raise FileUnreadable(
            f"{path.name} holds frames of the shape {rows.shape}; expected (frames, {len(names)}, 3): x, y, confidence."
        )
    return _ours(names, rows, time_s, size, str(document.get("source", path.name)))


def _folder(folder: Path, rate_hz: float | None, size: tuple[int, int] | None) -> Keypoints:
    files = sorted(folder.glob("*.json"), key=_number)
    if not files:
        raise FileUnreadable(f"{folder} holds no JSON files; expected one a picture, as OpenPose writes them.")
    if not rate_hz:
        raise FileUnreadable(f"{folder} does not say how many pictures a second it holds; give --rate, for example 60.")
    found = [_people(file) for file in files]
    count = next((len(body) for people in found for body in people), 0)
    if count not in _ORDERS:
        raise FileUnreadable(
            f"{folder} holds bodies of {count} points; gerdy knows 17 (COCO), 25 (BODY_25) and 26 (Halpe)."
        )
    rows = np.stack([_largest(people, count) for people in found])
    seen = rows[..., :2][rows[..., 2] > 0]
    if not len(seen):
        raise FileUnreadable(f"{folder} holds no person in any picture; expected key points of one runner.")
    width, height = size or (int(seen[:, 0].max()) + 1, int(seen[:, 1].max()) + 1)
    return _ours(_ORDERS[count], rows, np.arange(len(rows)) / rate_hz, (width, height), folder.name)


def _number(file: Path) -> tuple[int, str]:
    found = _FRAME.search(file.name)
    return (int(found[1]) if found else -1, file.name)


def _people(file: Path) -> list[Any]:
    document = _json(file)
    try:
        bodies = [np.array(item["pose_keypoints_2d"], dtype=float) for item in document["people"]]
        return [body.reshape(-1, 3) for body in bodies]
    except (KeyError, TypeError, ValueError) as error:
        raise FileUnreadable(
            f"{file.name} is not an OpenPose file ({error}); expected 'people' with 'pose_keypoints_2d'."
        ) from error


def _largest(people: list[Any], count: int) -> Any:
    """Return the largest body that was surely seen; a picture without one gives NaN."""
    least = evidence.value("house_video.presence")
    best, tallest = np.full((count, 3), np.nan), 0.0
    for body in people:
        seen = body[body[:, 2] >= least] if len(body) == count else body[:0]
        tall = float(np.ptp(seen[:, 1])) if len(seen) else 0.0
        if tall > tallest:
            best, tallest = body, tall
    return best


def _ours(names: Sequence[str], rows: Any, time_s: Any, size: tuple[int, int], source: str) -> Keypoints:
    count = (len(rows), len(KEYPOINTS))
    xy, confidence, spread = np.full((*count, 2), np.nan), np.zeros(count), np.full(count, np.nan)
    for column, name in enumerate(names):
        if name in KEYPOINTS:
            place = KEYPOINTS.index(name)
            seen = rows[:, column, 2] > 0
            xy[seen, place], confidence[:, place] = rows[seen, column, :2], np.clip(rows[:, column, 2], 0.0, 1.0)
    y = xy[np.isfinite(xy[..., 1]).any(axis=1), :, 1]
    tall = np.median(np.nanmax(y, axis=1) - np.nanmin(y, axis=1)) if len(y) else 0.0
    # These files give no spread: a stated share of the body's height stands for it.
    spread[np.isfinite(xy[..., 0])] = evidence.value("house_video.spread_of_others") * float(tall)
    facts = {"frame_rate_hz": float(1.0 / np.median(np.diff(time_s))) if len(time_s) > 1 else 0.0, "size": list(size)}
    return Keypoints(time_s, xy, confidence, spread, size, source=source, facts=facts)


def _our_name(name: str) -> str:
    """Return our name for one like ``l_big_toe`` or ``RHip``."""
    lower = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=^[LR])(?=[A-Z])", "_", name).lower()
    side = next((part[0] for part in lower.split("_") if part in ("l", "r", "left", "right")), "")
    joint = "_".join(part for part in lower.split("_") if part not in ("l", "r", "left", "right"))
    joint = {"big_toe": "toe"}.get(joint, joint)
    return f"{joint}_{side}" if side else joint


def _json(file: Path) -> Any:
    try:
        return json.loads(read_bytes(file))
    except ValueError as error:
        raise FileUnreadable(f"{file.name} is not valid JSON ({error}); export the key points again.") from error
