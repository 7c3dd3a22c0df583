"""Key points of one person in one film: where each joint is in the picture, how sure, how far off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gerdy.errors import RecordingError

if TYPE_CHECKING:
    from gerdy.quantities import Array, Flags

KEYPOINTS: Final = (
    "nose",
    *(
        f"{joint}_{side}"
        for joint in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "toe")
        for side in "lr"
    ),
)
"""Joints every pose source is brought to; ``toe`` is the tip of the foot; what a source lacks is NaN."""


@dataclass(frozen=True, slots=True, eq=False)
class Keypoints:
    """One person through one film.

    Parameters
    ----------
    time_s : (frames,) s of real time, from the file's own time stamps; slow motion is undone
    xy : (frames, joints, 2) pixels, x to the right, y down; NaN where nothing was seen
    confidence : (frames, joints) 0-1
    spread : (frames, joints) pixels, one standard deviation of the place
    size : (width, height) pixels of the picture as it is looked at
    joints : names of the columns, `KEYPOINTS` unless tape or stickers add some
    source : which network or file they come from
    facts : of the film: frame rate, rotation, seconds used, repaired swaps, track breaks
    """

    time_s: Array
    xy: Array
    confidence: Array
    spread: Array
    size: tuple[int, int]
    joints: tuple[str, ...] = KEYPOINTS
    source: str = ""
    facts: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        shape = (len(self.time_s), len(self.joints))
        seen = {"xy": self.xy.shape[:2], "confidence": self.confidence.shape, "spread": self.spread.shape}
        for name, found in seen.items():
            if found != shape:
                raise RecordingError(f"{name} of the key points has the shape {found}; expected {shape}.")

    def at(self, joint: str) -> Array:
        """Return (frames, 2) pixels of one joint."""
        return self.xy[:, self.joints.index(joint)]

    def keep(self, frames: Flags) -> Keypoints:
        """Return only some frames."""
        return replace(
            self,
            time_s=self.time_s[frames],
            xy=self.xy[frames],
            confidence=self.confidence[frames],
            spread=self.spread[frames],
        )

    def with_facts(self, **more: Any) -> Keypoints:
        """Return the same key points with more facts of the film."""
        return replace(self, facts={**(self.facts or {}), **more})

    def mirrored(self) -> Keypoints:
        """Return the film as a mirror shows it: left and right swapped, x turned round."""
        order = [self.joints.index(_other(name)) for name in self.joints]
        xy = self.xy[:, order] * np.array([-1.0, 1.0]) + np.array([self.size[0] - 1.0, 0.0])
        return replace(self, xy=xy, confidence=self.confidence[:, order], spread=self.spread[:, order])


def _other(name: str) -> str:
    stem, _, side = name.rpartition("_")
    return f"{stem}_{'r' if side == 'l' else 'l'}" if side in ("l", "r") else name
