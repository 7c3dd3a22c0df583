"""Real films with a reference beside them: a squat with motion capture, a balance with four calibrated cameras."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize_scalar

from gerdy.recordings.filters import lowpass
from gerdy.recordings.video.film import open_film
from gerdy.recordings.video.pose import TwoNetworks
from gerdy.recordings.video.swaps import repair_swaps

if TYPE_CHECKING:
    from pathlib import Path

    from gerdy.quantities import Array
    from gerdy.recordings.keypoints import Keypoints

CUTOFF_HZ = 6.0


def points_of(file: Path) -> Keypoints:
    """Return the repaired key points of a film."""
    return repair_swaps(TwoNetworks().estimate(open_film(file)))[0]


def _between(one: Array, middle: Array, other: Array) -> Array:
    """Return how far three joints are from a straight line, degrees."""
    a, b = one - middle, other - middle
    cosine = (a * b).sum(-1) / (np.linalg.norm(a, axis=-1) * np.linalg.norm(b, axis=-1))
    return 180.0 - np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0)))


def squat_rows(shared: Path) -> list[tuple[str, ...]]:
    """Compare knee and hip in the picture with motion capture, the clocks aligned by the height of the hips."""
    folder = shared / "video-squat-with-mocap"
    document = json.loads((folder / "sample_mocap.json").read_text(encoding="utf-8"))
    time, place = np.array(document["time"]), {k: np.array(v["translation"]) for k, v in document["bodies"].items()}
    points = points_of(folder / "video.mp4")
    height = -(points.at("hip_l") + points.at("hip_r"))[:, 1]
    pelvis = place["pelvis"][:, 1]

    def unlike(shift: float) -> float:
        seen = np.interp(points.time_s + shift, time, pelvis)
        return -float(np.corrcoef(seen, height)[0, 1])

    starts = np.arange(-2.0, 2.01, 0.1)
    best = min(starts, key=unlike)
    shift = minimize_scalar(unlike, bounds=(best - 0.1, best + 0.1), method="bounded").x
    rows: list[tuple[str, ...]] = []
    for name in ("knee", "hip"):
        off, seen, true = [], [], []
        for s in "lr":
            film = [points.at(f"{joint}_{s}") for joint in ("shoulder", "hip", "knee", "ankle")]
            capture = [place[f"{body}_{s}"] for body in ("humerus", "femur", "tibia", "talus")]
            first = 1 if name == "knee" else 0
            mine = lowpass(_between(*film[first : first + 3]), CUTOFF_HZ, 1.0 / np.median(np.diff(points.time_s)))
            truth = np.interp(points.time_s + shift, time, _between(*capture[first : first + 3]))
            inside = (points.time_s + shift >= time[0]) & (points.time_s + shift <= time[-1])
            off.append((mine - truth)[inside])
            seen.append(mine[inside])
            true.append(truth[inside])
        both = np.concatenate(off)
        alike = np.corrcoef(np.concatenate(seen), np.concatenate(true))[0, 1]
        rows.append((f"{name} flexion", f"{both.mean():+.1f}", f"{np.sqrt(np.mean(both**2)):.1f}", f"{alike:.2f}"))
    return rows


def _cameras(file: Path) -> dict[str, tuple[Array, Array, Array]]:
    """Return serial → (3, 4) projection; the file holds 64ths of pixels and the turn from world to camera."""
    text = file.read_text(encoding="ascii")
    found = {}
    for block in re.findall(r"<camera .*?</camera>", text, flags=re.DOTALL):
        field = dict(re.findall(r'(\w+)="([^"]*)"', block))
        turn = np.array([[float(field[f"r{i}{j}"]) for j in (1, 2, 3)] for i in (1, 2, 3)])
        centre = np.array([float(field[axis]) for axis in "xyz"])
        inner = np.array(
            [
                [float(field["focalLengthU"]), 0.0, float(field["centerPointU"])],
                [0.0, float(field["focalLengthV"]), float(field["centerPointV"])],
                [0.0, 0.0, 64.0],
            ]
        )
        found[field["serial"]] = (inner / 64.0, turn, centre)
    return found


def _projections(cameras: list[tuple[Array, Array, Array]], way: tuple[bool, bool]) -> list[Array]:
    """Return the projections for one of the ways in which such files may write the turn."""
    flip = np.diag([1.0, -1.0, -1.0]) if way[1] else np.eye(3)
    out = []
    for inner, turn, centre in cameras:
        R = flip @ (turn.T if way[0] else turn)
        out.append(inner @ np.hstack([R, (-R @ centre)[:, None]]))
    return out


def _triangulated(projections: list[Array], places: list[Array]) -> Array:
    rows = []
    for P, (x, y) in zip(projections, places, strict=True):
        rows += [x * P[2] - P[0], y * P[2] - P[1]]
    solution = np.linalg.svd(np.array(rows))[2][-1]
    return solution[:3] / solution[3]


def _seen(P: Array, place: Array) -> Array:
    x, y, w = P @ np.append(place, 1.0)
    return np.array([x, y]) / w


def _slope(left: Array, right: Array) -> float:
    return float(np.degrees(np.arctan2(left[1] - right[1], abs(left[0] - right[0]))))


def balance_rows(shared: Path) -> list[tuple[str, ...]]:
    """Compare the line between the hips in each picture with the triangulated one seen from the same camera."""
    folder = shared / "video-one-leg-balance-4cam"
    known = _cameras(folder / "Calib.qca.txt")
    names = sorted(known)
    films = [points_of(folder / f"{name}.mp4") for name in names]
    frames = range(0, min(len(film.time_s) for film in films), 2)
    tried = []
    for way in ((False, False), (False, True), (True, False), (True, True)):
        projections = _projections([known[name] for name in names], way)
        hips = {
            s: [_triangulated(projections, [film.at(f"hip_{s}")[i] for film in films]) for i in frames] for s in "lr"
        }
        off = [
            np.mean(
                [
                    np.linalg.norm(_seen(P, hips[s][k]) - film.at(f"hip_{s}")[i])
                    for s in "lr"
                    for k, i in enumerate(frames)
                ]
            )
            for P, film in zip(projections, films, strict=True)
        ]
        tried.append((projections, hips, off))
    projections, hips, off = min(tried, key=lambda item: float(np.mean(item[2])))
    rows: list[tuple[str, ...]] = []
    for P, film, name, px in zip(projections, films, names, off, strict=True):
        errors = np.array(
            [
                _slope(film.at("hip_l")[i], film.at("hip_r")[i])
                - _slope(_seen(P, hips["l"][k]), _seen(P, hips["r"][k]))
                for k, i in enumerate(frames)
            ]
        )
        rows.append((name, f"{errors.mean():+.1f}", f"{np.sqrt(np.mean(errors**2)):.1f}", f"{px:.0f}"))
    return rows
