"""Write docs/validation/video.md: films against raw pixels, force plates and motion capture; failures stay failures.

``PYTHONPATH=src python builders/film_page.py ../shared/data`` (needs the pose networks; about ten minutes)
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from gerdy.motion.film.plane import View

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from film_references import balance_rows, squat_rows  # noqa: E402 - beside this file
from gerdy.motion.film.angles import FRONT_ANGLES, SIDE_ANGLES  # noqa: E402
from gerdy.motion.film.course import course  # noqa: E402
from gerdy.motion.film.film_study import Asked, study_film  # noqa: E402
from gerdy.motion.film.leg_events import leg_stances  # noqa: E402
from gerdy.motion.film.pelvis_events import pelvis_stances  # noqa: E402
from gerdy.motion.film.values import of_table  # noqa: E402
from gerdy.motion.stances import differences  # noqa: E402
from gerdy.pipelines.film import analyze_films  # noqa: E402
from gerdy.quantities import SIDES  # noqa: E402
from motion.film.test_phone_camera import added  # noqa: E402
from motion.film.virtual import REPORTED_ON, SET_ON, filmed, runner  # noqa: E402

PAGE = ROOT / "docs" / "validation" / "video.md"
COMPARED: dict[View, list[str]] = {
    "side": [
        f"{name}_{at}_deg"
        for name in ("knee_flexion", "hip_flexion", "dorsiflexion")
        for at in ("contact", "mid_stance", "peak")
    ],
    "rear": [
        f"{name}_{at}_deg" for name in ("contralateral_pelvic_drop", "hip_adduction") for at in ("mid_stance", "peak")
    ],
}


_FILMED: tuple[tuple[View, float], ...] = (("side", 60.0), ("side", 30.0), ("rear", 60.0))


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Return a table in Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def cadence_rows(shared: Path) -> list[tuple[str, ...]]:
    """Cadence of the treadmill film from both networks."""
    folder = shared / "video-treadmill-side"
    rows: list[tuple[str, ...]] = []
    for name, file in (("gerdy's networks", "male_side.mp4"), ("RTMPose, as shared", "male_side.pose.json")):
        found = analyze_films([folder / file])
        left, right = (found.sides[side].values["cadence_spm"].mean for side in SIDES)
        met = "met" if max(abs(left - 168.9), abs(right - 168.9)) <= 1.0 else "**failing**"
        agreement = 100 * found.films[0].motion.agreement.share
        contact = " / ".join(f"{1000 * found.sides[side].values['contact_time_s'].mean:.0f}" for side in SIDES)
        rows.append((name, "168.9 ± 1.0", f"{left:.1f} / {right:.1f}", met, contact, f"{agreement:.0f} %"))
    return rows


def event_rows() -> list[tuple[str, ...]]:
    """Median error of contact and toe-off against the force plate, both methods."""
    rows: list[tuple[str, ...]] = []
    for trial in (*SET_ON, *REPORTED_ON):
        plate = runner(trial).found.motion.stances
        for view, rate in _FILMED:
            points, start = filmed(trial, view, rate_hz=rate, noise_px=4.0)
            seen = course(points, view)
            cells = []
            for found in (leg_stances(seen), pelvis_stances(seen)):
                for kind in ("contact_s", "toe_off_s"):
                    off = np.concatenate(
                        [
                            differences(getattr(plate.of(side), kind) - start, getattr(found.of(side), kind), 0.1)
                            for side in SIDES
                        ]
                    )
                    cells.append(f"{1000 * np.nanmedian(off):+.0f} ± {1000 * np.nanstd(off):.0f}")
            rows.append((trial, "set" if trial in SET_ON else "reported", f"{view}, {rate:.0f}", *cells))
    return rows


def phone_rows() -> list[tuple[str, ...]]:
    """Return what a phone's place adds to each angle."""
    rows: list[tuple[str, ...]] = []
    for view, angles in (("side", SIDE_ANGLES), ("rear", FRONT_ANGLES), ("front", FRONT_ANGLES)):
        for name, values in added(view, angles).items():
            rms, stated = np.sqrt(np.mean(values**2)), of_table("house_film.perspective_error", name)
            verdict = "met" if rms <= stated else "**failing**"
            rows.append((f"`{name}`", view, f"{np.abs(values).max():.1f}", f"{rms:.1f}", f"{stated:.1f}", verdict))
    return rows


def capture_rows() -> list[tuple[str, ...]]:
    """Measures of virtual films against the same runner's motion capture, with coverage of the stated error."""
    offs: dict[str, list[tuple[float, float]]] = {}
    for trial in (*SET_ON, *REPORTED_ON):
        truth = runner(trial).found.sides
        for view, keys in COMPARED.items():
            for seed in (1, 2, 3):
                points, _ = filmed(trial, view, noise_px=4.0, offset_px=4.0, seed=seed)
                found = study_film(trial, points, Asked(view=view))
                for side in SIDES:
                    for key in keys:
                        mine = found.measures[side].get(key if view == "side" else key.replace("_deg", "_2d_deg"))
                        if mine is not None and key in truth[side].measures:
                            offs.setdefault(key, []).append((mine.mean - truth[side].measures[key].mean, mine.se))
    rows: list[tuple[str, ...]] = []
    for key, pairs in offs.items():
        off, se = np.array(pairs).T
        one, two = (100 * np.mean(np.abs(off) <= k * se) for k in (1, 2))
        verdict = "met" if two >= 95 else "**failing**"
        rows.append(
            (
                f"`{key}`",
                f"{off.mean():+.1f}",
                f"{off.std():.1f}",
                f"{se.mean():.1f}",
                f"{one:.0f} %",
                f"{two:.0f} %",
                verdict,
            )
        )
    return rows


def page(shared: Path) -> str:
    """Return the page."""
    return f"""# Films: what was compared with what

Written by `builders/film_page.py`. What fails stays in the tables as failing.

There is no running film with a known truth for the rear view in the shared data. The only running truth for it is the
shared motion capture seen by a *virtual* camera: it tests geometry, events and errors, and says nothing about how well
the networks find joints under clothes.

## Cadence of a real treadmill film

The truth was measured from raw pixels without a pose model.

{table(("key points", "truth, steps/min", "ours, left / right", "verdict", "contact, ms, left / right", "agreement of two methods"), cadence_rows(shared))}

Contact of the far (right) leg differs from the near one by more than runners do: the far foot is hidden by the near leg and
the belt's console. The far leg's error says so.

## Contact and toe-off against force plates

Shared runners seen by a virtual camera, joints scattering by 1 cm in each picture; ours minus plate, median ± standard deviation, ms.
The delays were set on runners 14, 19 and 28.

{table(("trial", "", "view, pictures/s", "contact, legs", "toe-off, legs", "contact, pelvis", "toe-off, pelvis"), event_rows())}

## What the place of a phone adds

A stick figure at mid-stance, phone at 3, 4.5 and 6 m, half a metre to either side, 5 degrees past; degrees.

{table(("angle", "view", "largest", "root mean square", "stated", "verdict"), phone_rows())}

## Measures against the same runner's motion capture

Virtual side and rear cameras, joints scattering by 1 cm and set off by 1 cm throughout (three draws); degrees. Trunk markers were not
recorded. Hip flexion of a film is against the trunk, that of motion capture against the pelvis, so they differ by the
pelvis's tilt; the foot's line from heel to toe is not BODY's zero of the ankle.

{table(("measure", "mean error", "sd of errors", "stated error", "within 1", "within 2", "95 % within 2"), capture_rows())}

## A real squat beside motion capture

`video-squat-with-mocap`: a woman squats, seen obliquely from the front. Angles in the picture against
three-dimensional ones, over 13 seconds, both legs. gerdy gives no angle from such a view; this is why.

{table(("angle", "mean error, deg", "root mean square error, deg", "correlation"), squat_rows(shared))}

## The pelvis line from one camera and from four

`video-one-leg-balance-4cam`: the slope of the line between the hips as each camera's own picture shows it, against the
line triangulated from all four with the given calibration and seen from that camera; degrees. Camera 2 sees the hips
nearly from the side, so their line is a few pixels long there. With the best view the slope of a single picture is off
by seven degrees: without tape a pelvis line is no measurement, and the stated error of a mean of it is of that size.

{table(("camera", "mean error", "root mean square error", "joints off after triangulation, px"), balance_rows(shared))}
"""


if __name__ == "__main__":
    PAGE.write_text(page(Path(sys.argv[1])), encoding="utf-8")
