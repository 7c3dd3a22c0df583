"""A stick figure with known angles, and cameras that look at it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gerdy.recordings.keypoints import KEYPOINTS, Keypoints

THIGH, SHIN, TRUNK, HIPS, SHOULDERS = 0.42, 0.43, 0.50, 0.24, 0.36
"""m; only proportions matter."""


@dataclass(frozen=True)
class Figure:
    """Angles in degrees with the signs of the nomenclature; frontal ones are of the stance leg `side`."""

    side: str = "right"
    pelvic_drop: float = 0.0
    femoral_adduction: float = 0.0
    knee_projection: float = 0.0
    lean_to_stance: float = 0.0
    heel_everted: float = 0.0
    thigh_forward: float = 0.0
    knee_flexion: float = 0.0
    foot_up: float = 0.0
    trunk_forward: float = 0.0


def joints_of(figure):
    """Return name → (3,) m in forward, up, right of the runner; each plane's angles are set in that plane alone."""
    stance = 1.0 if figure.side == "right" else -1.0
    d = np.radians
    place = {}
    hip = np.array([0.0, 0.9, 0.0])
    drop = d(figure.pelvic_drop)
    half = HIPS / 2 * np.array([0.0, np.sin(drop), stance * np.cos(drop)])
    for name, middle in ((figure.side, hip + half), (_other(figure.side), hip - half)):
        place[f"hip_{name[0]}"] = middle
        out = 1.0 if name == "right" else -1.0
        inward = -out * d(figure.femoral_adduction)
        thigh = _leg(THIGH, d(figure.thigh_forward), inward)
        shin = _leg(SHIN, d(figure.thigh_forward - figure.knee_flexion), inward + out * d(figure.knee_projection))
        place[f"knee_{name[0]}"] = place[f"hip_{name[0]}"] + thigh
        place[f"ankle_{name[0]}"] = place[f"knee_{name[0]}"] + shin
        # The heel lies below the ankle along the shin, turned outwards below where the ankle leans inwards.
        below = inward + out * d(figure.knee_projection) + out * d(figure.heel_everted)
        heel = place[f"ankle_{name[0]}"] + 0.06 * np.array([0.0, -np.cos(below), np.sin(below)])
        place[f"heel_{name[0]}"] = heel
        up = d(figure.foot_up)
        place[f"toe_{name[0]}"] = heel + 0.24 * np.array([np.cos(up), np.sin(up), 0.0])
    lean, forward = stance * d(figure.lean_to_stance), d(figure.trunk_forward)
    neck = hip - _leg(TRUNK, -forward, -lean)
    for name, out in (("l", -1.0), ("r", 1.0)):
        place[f"shoulder_{name}"] = neck + np.array([0.0, 0.0, out * SHOULDERS / 2])
        place[f"elbow_{name}"] = place[f"shoulder_{name}"] - np.array([0.0, 0.3, 0.0])
        place[f"wrist_{name}"] = place[f"elbow_{name}"] + np.array([0.25, 0.0, 0.0])
    place["nose"] = neck + np.array([0.1, 0.2, 0.0])
    return place


def _leg(length, forward, right):
    """A segment that hangs down and leans by two angles as they are seen from the side and from behind."""
    line = np.array([np.sin(forward), -np.cos(forward), np.cos(forward) * np.tan(right)])
    return length * line / np.linalg.norm(line)


def _other(side):
    return "left" if side == "right" else "right"


def film(
    place,
    view,
    *,
    facing="right",
    metres_px=400.0,
    centre=(640, 360),
    roll_deg=0.0,
    distance_m=None,
    yaw_deg=0.0,
    aside_m=0.0,
):
    """Look at joints, (3,) or (frames, 3) m: from far away (no perspective) unless `distance_m` is given.

    `roll_deg` turns the camera clockwise, `yaw_deg` looks past the runner, `aside_m` moves the camera aside.
    """
    forward, up, right = np.moveaxis(np.stack([np.atleast_2d(place[name]) for name in KEYPOINTS], axis=1), 2, 0)
    if view == "side":
        across, depth = (forward, right) if facing == "right" else (-forward, -right)
    else:
        across, depth = (right, -forward) if view == "rear" else (-right, forward)
    up = up - 0.9
    yaw = np.radians(yaw_deg)
    across, depth = across * np.cos(yaw) + depth * np.sin(yaw), depth * np.cos(yaw) - across * np.sin(yaw)
    scale = 1.0 if distance_m is None else distance_m / (distance_m - depth)
    x, y = (across - aside_m) * scale * metres_px, -up * scale * metres_px
    roll = np.radians(roll_deg)
    x, y = x * np.cos(roll) + y * np.sin(roll), -x * np.sin(roll) + y * np.cos(roll)
    xy = np.stack([x + centre[0], y + centre[1]], axis=-1)
    seen = np.ones(xy.shape[:2])
    return Keypoints(np.arange(len(xy)) / 60.0, xy, seen, seen * 2.0, (1280, 720))
