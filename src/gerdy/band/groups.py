"""The inputs of the band, parted into groups that a difference can be shared among."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["GROUPS", "STRENGTH", "Group", "merged"]


@dataclass(frozen=True, slots=True)
class Group:
    """Inputs that are swapped together.

    Parameters
    ----------
    name : as in ``sides.*.attribution``
    coordinates : whose angle and slope over stance belong to it, without side
    moments : whose net moments belong to it
    timing : whether the duration of stance belongs to it
    words : for a sentence
    """

    name: str
    coordinates: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()
    timing: bool = False
    words: str = ""

    @property
    def is_force(self) -> bool:
        """Whether it needs ground reaction forces."""
        return bool(self.moments)


GROUPS: Final = (
    Group("frontal_hip", ("hip_adduction", "pelvis_list"), words="hip adduction with pelvic drop"),
    Group("hip_rotation", ("hip_rotation", "pelvis_rotation"), words="hip rotation"),
    Group("hip_flexion_tilt", ("hip_flexion", "pelvis_tilt"), words="hip flexion with pelvic tilt"),
    Group("knee_flexion", ("knee_angle",), words="knee flexion"),
    Group("knee_adduction_rotation", ("knee_adduction", "knee_rotation"), words="knee varus with tibial rotation"),
    Group("ankle_subtalar", ("ankle_angle", "subtalar_angle"), words="ankle and subtalar joint"),
    Group("hip_moments", moments=("hip_flexion", "hip_adduction", "hip_rotation"), words="hip moments"),
    Group(
        "knee_ankle_moments",
        moments=("knee_angle", "knee_adduction", "knee_rotation", "ankle_angle", "subtalar_angle"),
        words="knee and ankle moments",
    ),
    Group("timing", timing=True, words="duration of stance"),
)
"""A partition: every input that an outcome of one stance depends on stands in exactly one group.

Within a group all columns are swapped at once, so no order inside it is needed and none is reported. Angles of the
pelvis move no muscle and no strand by themselves (hips are measured against the pelvis); they travel with the hip
angle that they go with.
"""

STRENGTH: Final = "strength"
"""The optional tenth group: strength and load sharing of both sides of a comparison."""


def merged(name: str, *groups: Group) -> Group:
    """Return one group that swaps what several swap.

    Examples
    --------
    >>> merged("moments", *(group for group in GROUPS if group.is_force)).moments[:2]
    ('hip_flexion', 'hip_adduction')
    """
    return Group(
        name,
        tuple(coordinate for group in groups for coordinate in group.coordinates),
        tuple(moment for group in groups for moment in group.moments),
        any(group.timing for group in groups),
        " with ".join(group.words for group in groups),
    )
