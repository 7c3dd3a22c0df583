"""Own drawings of exercises: start and end as figures from joint angles, with what is held, pulled or stood on."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from gerdy.errors import ProgrammeError
from gerdy.programme.exercises.ink import figure_ink, frame
from gerdy.programme.exercises.library import exercise
from gerdy.programme.exercises.props import prop_ink
from gerdy.programme.exercises.skeleton import pose_figure

if TYPE_CHECKING:
    from collections.abc import Mapping


def drawn() -> tuple[str, ...]:
    """Return the ids of the exercises that have a drawing; the others show their cues."""
    return tuple(_drawings())


def drawing(key: str) -> str:
    """Return the drawing of an exercise as one SVG: start on the left, end on the right.

    The leg at work is black, the other grey and thinner; bands and weights are blue, the arrow shows the way.

    Raises
    ------
    ProgrammeError : there is no drawing of it
    """
    item = exercise(key)
    if item.id not in _drawings():
        raise ProgrammeError(f"There is no drawing of {item.id} ({item.name}); its cues say how: {' '.join(item.cues)}")
    card = _drawings()[item.id]
    start, end = card["start"], card["start"] | card.get("end", {})
    poses = (start,) if "end" not in card else (start, end)
    shapes = [_shape(card, pose, first=index == 0) for index, pose in enumerate(poses)]
    return frame(shapes, f"{item.name}: start and end" if len(poses) > 1 else item.name)


def _shape(card: Mapping[str, Any], pose: Mapping[str, Any], *, first: bool) -> tuple[str, tuple[float, ...]]:
    """Return the ink of one figure and its box: left, bottom, right, top."""
    skeleton = pose_figure(pose, float(card.get("view", 90.0)))
    props = [*card.get("props", ()), *card.get("start_props" if first else "end_props", ())]
    behind = "".join(prop_ink(skeleton, *prop) for prop in props if prop[0] not in _BEFORE)
    before = "".join(prop_ink(skeleton, *prop) for prop in props if prop[0] in _BEFORE)
    points = list(skeleton.joints.values())
    box = (
        min(x for x, _, _ in points),
        min(0.0, *(y for _, y, _ in points)),
        max(x for x, _, _ in points),
        max(y for _, y, _ in points),
    )
    return behind + figure_ink(skeleton, str(card.get("works", "r"))) + before, box


_BEFORE: Final = frozenset({"band", "pull", "weight", "arrow", "stick", "level"})
"""What is drawn over the figure."""


@cache
def _drawings() -> Mapping[str, Mapping[str, Any]]:
    text = files("gerdy.programme.exercises").joinpath("catalogue", "drawings.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
