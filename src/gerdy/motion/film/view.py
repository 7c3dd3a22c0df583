"""From where the camera looks: told by how wide shoulders and hips are in the picture, and by the feet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from gerdy import evidence
from gerdy.errors import FootageRefused
from gerdy.quantities import SIDES

if TYPE_CHECKING:
    from gerdy.motion.film.plane import Facing, View
    from gerdy.quantities import Array, SideName
    from gerdy.recordings.keypoints import Keypoints

Fitness = Literal["suitable", "tolerated", "unsuitable"]


@dataclass(frozen=True, slots=True)
class Scene:
    """Where the runner stands to the camera.

    Parameters
    ----------
    view : ``side``, ``rear``, ``front`` or ``oblique``
    facing : which edge of the picture the runner faces; means nothing from behind or from the front
    away_deg : by how much the camera looks past the plane that this view is meant to show; about 10 deg sure
    named : whether the user named the view
    """

    view: View
    facing: Facing
    away_deg: float
    named: bool = False

    @property
    def near(self) -> SideName | None:
        """The leg nearer to the camera in a side view; None in any other."""
        return self.facing if self.view == "side" else None

    @property
    def fitness(self) -> Fitness:
        """How well this view shows its plane."""
        if self.view == "oblique":
            return "unsuitable"
        return "suitable" if self.away_deg <= evidence.value("house_film.view_suitable") else "tolerated"


def recognise_view(points: Keypoints, named: View | None = None) -> Scene:
    """Tell the view.

    Shoulders and hips seen from behind or from the front are as wide as they are; from the side they lie behind each
    other. Which way they are ordered tells behind from front, and the feet point to where the runner faces.

    Parameters
    ----------
    points : of one person
    named : the view that the user gives; the picture then only says how far it is off

    Raises
    ------
    FootageRefused : nobody is seen long enough to tell
    """
    turned = _turned_deg(points)
    tolerated = evidence.value("house_film.view_tolerated")
    if abs(turned) <= tolerated:
        found: View = "side"
    elif abs(turned) >= 90.0 - tolerated:
        found = "rear" if turned > 0 else "front"
    else:
        found = "oblique"
    view = named or found
    away = abs(turned) if view in ("side", "oblique") else 90.0 - abs(turned)
    return Scene(view, _facing(points), away, named is not None)


def _turned_deg(points: Keypoints) -> float:
    """Return how far the camera stands behind (+) or in front (-) of the runner's side: 0 side, 90 rear, -90 front."""
    shoulders, hips = ((points.at(f"{joint}_l") + points.at(f"{joint}_r")) / 2.0 for joint in ("shoulder", "hip"))
    trunk = _median(np.hypot(*(shoulders - hips).T))
    shares = []
    for joint in ("shoulder", "hip"):
        width = _median((points.at(f"{joint}_r") - points.at(f"{joint}_l"))[:, 0])
        shares.append(width / (trunk * evidence.value(f"house_film.{joint}_width")))
    share = float(np.clip(np.mean(shares), -1.0, 1.0))
    if not np.isfinite(share):
        raise FootageRefused(
            "Shoulders and hips are never seen together, so the view cannot be told. Film the whole body, from head to "
            "foot, as 'gerdy film-guide' shows."
        )
    return float(np.degrees(np.arcsin(share)))


def _facing(points: Keypoints) -> Facing:
    ahead = [_median((points.at(f"toe_{s[0]}") - points.at(f"heel_{s[0]}"))[:, 0]) for s in SIDES]
    known = [way for way in ahead if np.isfinite(way)]
    if not known:
        known = [_median(points.at("nose")[:, 0] - points.at(f"shoulder_{s[0]}")[:, 0]) for s in SIDES]
    return "left" if np.nansum(known) < 0 else "right"


def _median(values: Array) -> float:
    return float(np.nanmedian(values)) if np.isfinite(values).any() else float("nan")
