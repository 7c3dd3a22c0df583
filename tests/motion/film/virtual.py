"""Runners of the shared motion-capture data as a camera would film them: the only running truth for a rear view."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from conftest import SHARED_DATA
from gerdy import Subject, analyze
from gerdy.recordings.keypoints import KEYPOINTS
from motion.film.figure import film

SET_ON = ("RBDS014runT25", "RBDS019runT35", "RBDS028runT35")
REPORTED_ON = ("RBDS001runT25", "RBDS001runT35", "RBDS05runT25", "RBDS05runT35")
MASS_KG = {"RBDS001": 62.0, "RBDS014": 75.8, "RBDS019": 56.85, "RBDS028": 58.55, "RBDS05": 60.0}


@dataclass(frozen=True)
class Runner:
    """Joint centres in ground axes, and what motion capture and the force plate say."""

    time_s: np.ndarray
    place: dict[str, np.ndarray]
    found: object


@cache
def runner(trial: str) -> Runner:
    folder = SHARED_DATA / "rbds-running" / trial[: trial.index("run")]
    found = analyze(
        folder / f"{trial}.c3d",
        static=folder / f"{trial[: trial.index('run')]}static.c3d",
        subject=Subject(mass_kg=MASS_KG[folder.name]),
        depth="joints",
    )
    body, posed = found.joints.runner.body, found.joints.posed
    place = {}
    for side, word in (("l", "left"), ("r", "right")):
        for joint, name in (("hip", "femur"), ("knee", "tibia"), ("ankle", "talus")):
            place[f"{joint}_{side}"] = posed.position[:, body.body_index(f"{name}_{side}")]
        heel = found.markers[found.marker_set.roles[f"heel_{word}"]]
        toe = found.markers[found.marker_set.front_of_foot(word, found.markers.labels)]
        place[f"heel_{side}"], place[f"toe_{side}"] = heel, toe + 0.3 * (toe - heel)
    middle = (place["hip_l"] + place["hip_r"]) / 2
    # These runners carry no markers on the trunk: an upright one stands in, so trunk measures are not compared.
    for side, out in (("l", -0.18), ("r", 0.18)):
        place[f"shoulder_{side}"] = middle + np.array([0.03, 0.48, out])
        place[f"elbow_{side}"] = place[f"shoulder_{side}"] - np.array([0.0, 0.28, 0.0])
        place[f"wrist_{side}"] = place[f"elbow_{side}"] + np.array([0.22, 0.0, 0.0])
    place["nose"] = middle + np.array([0.10, 0.65, 0.0])
    return Runner(found.joints.time_s, place, found)


def filmed(trial, view, *, rate_hz=60.0, seconds=12.0, noise_px=0.0, offset_px=0.0, seed=1, **how):
    """Film a runner: `noise_px` anew in every picture, `offset_px` once per joint, both standard deviations."""
    who = runner(trial)
    at = np.arange(who.time_s[0], min(who.time_s[-1], who.time_s[0] + seconds), 1.0 / rate_hz)
    place = {
        name: np.stack([np.interp(at, who.time_s, np.nan_to_num(column)) for column in who.place[name].T], axis=1)
        for name in KEYPOINTS
    }
    points = film(place, view, **how)
    draw = np.random.default_rng(seed)
    xy = points.xy + draw.normal(0.0, max(noise_px, 1e-9), points.xy.shape)
    xy = xy + draw.normal(0.0, max(offset_px, 1e-9), (1, *points.xy.shape[1:]))
    facts = {"frame_rate_hz": rate_hz, "size": list(points.size)}
    return type(points)(
        at - at[0], xy, np.full(xy.shape[:2], 0.95), np.full(xy.shape[:2], max(noise_px, 0.5)), points.size,
        points.joints, "virtual camera", facts,
    ), at[0]  # fmt: skip
