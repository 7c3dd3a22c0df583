"""Print the generic places of RBDS markers that no model gives, and the generic body's stature.

``python builders/marker_places.py ../shared/data`` reads the static trials of all RBDS runners (Fukuchi, Fukuchi and
Duarte 2017, CC BY 4.0). The places on shoe, epicondyles and malleoli in ``rbds.toml`` and
``house_scaling.generic_stature`` are what it prints, rounded.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from gerdy.body import load
from gerdy.body.marker_maps import load_marker_map
from gerdy.body.scaling import scale_from_static
from gerdy.recordings import read

if TYPE_CHECKING:
    from gerdy.quantities import Array

SHOE = ("Heel.Bottom", "Heel.Top", "Heel.Lateral", "MT1", "MT2", "MT5")
KNEE = ("Knee", "Knee.Medial")
MALLEOLI = ("Ankle", "Ankle.Medial")
# Middle of the generic malleoli in the frame of the heel bone, and of the generic knee and malleoli in their segments.
MALLEOLI_IN_HEEL_M = np.array([0.0593, 0.0532, -0.0004])
KNEE_IN_FEMUR_M = np.array([0.0, -0.4040, 0.0])
MALLEOLI_IN_TIBIA_M = np.array([0.0005, -0.3888, 0.0075])


def main(shared: Path) -> None:
    """Read every static trial and print."""
    heights, sizes = _heights(shared), []
    offsets: dict[str, list[Array]] = {}
    body, marker_map = load(), load_marker_map("rbds")
    for file in sorted(shared.glob("rbds-*/*/*static.c3d")):
        markers = read(file).data.markers
        assert markers is not None  # noqa: S101 - every static trial of the set holds markers
        scaling = scale_from_static(body, marker_map, markers.labels, markers.xyz_m)
        leg = np.mean([scaling.of("femur_r"), scaling.of("tibia_r")])
        sizes.append(heights[int(file.parent.name.removeprefix("RBDS"))] / leg)
        mean = dict(zip(markers.labels, np.nanmean(markers.xyz_m, axis=0), strict=True))
        for side, sign in (("R.", 1.0), ("L.", -1.0)):
            for label, offset in _offsets(mean, side, sign).items():
                offsets.setdefault(label, []).append(offset / leg)
    print(f"generic stature {np.mean(sizes):.3f} m, sd {np.std(sizes):.3f}, {len(sizes)} runners")
    for label, values in offsets.items():
        place, sd = np.mean(values, axis=0) + _middle(label), np.std(values, axis=0)
        print(f"{label:<14} place_m = [{', '.join(f'{x:.4f}' for x in place)}]  sd {sd.round(4)}")


def _offsets(mean: dict[str, Array], side: str, sign: float) -> dict[str, Array]:
    at = {label: mean[side + label] for label in (*SHOE, *KNEE, *MALLEOLI)}
    knee, ankle = (at["Knee"] + at["Knee.Medial"]) / 2, (at["Ankle"] + at["Ankle.Medial"]) / 2
    up = np.array([0.0, 1.0, 0.0])
    front = sorted((at["MT1"], at["MT5"]), key=lambda p: sign * p[2])
    ahead = np.mean(front, axis=0) - at["Heel.Bottom"]
    foot = _frame(np.cross(ahead, up) * sign, up, sign)
    shank = _frame(at["Knee"] - at["Knee.Medial"], knee - ankle, sign)
    found = {label: foot @ (at[label] - ankle) for label in SHOE}
    # Two runners have the first and fifth metatarsal labels exchanged; the outer one is the fifth.
    found["MT1"], found["MT5"] = (foot @ (p - ankle) for p in front)
    found |= {label: shank @ (at[label] - knee) for label in KNEE}
    return found | {label: shank @ (at[label] - ankle) for label in MALLEOLI}


def _frame(outward: Array, up: Array, sign: float) -> Array:
    """Rows are forward, up and outward, made orthogonal with `up` first."""
    y = up / np.linalg.norm(up)
    z = outward - y * (outward @ y)
    z /= np.linalg.norm(z)
    return np.array([np.cross(y, z) * sign, y, z])


def _middle(label: str) -> Array:
    if label in KNEE:
        return KNEE_IN_FEMUR_M
    return MALLEOLI_IN_TIBIA_M if label in MALLEOLI else MALLEOLI_IN_HEEL_M


def _heights(shared: Path) -> dict[int, float]:
    rows = [row for file in shared.glob("rbds-*/participants.csv") for row in csv.DictReader(file.open())]
    return {int(row["Subject"]): float(row["Height"]) / 100 for row in rows}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
