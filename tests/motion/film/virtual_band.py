"""The band of shared runners from virtual films, beside the band from their own markers on their own body."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from gerdy import Subject
from gerdy.band.film_band import film_band
from gerdy.band.priors import draw_bands
from gerdy.body import load
from gerdy.body.placement import with_landmarks
from gerdy.body.scaled_body import scaled_body
from gerdy.motion.film.course import course
from gerdy.motion.film.film_study import Asked, study_film
from gerdy.motion.film.mean_stride import BelievedStances
from gerdy.motion.film.values import of_table
from gerdy.motion.stance_curves import mean_stance
from gerdy.pipelines.film_band import find_film_bands
from gerdy.pipelines.stances import curves_of_legs
from gerdy.quantities import SIDES
from motion.film.virtual import MASS_KG, filmed, runner

HEIGHT_M = {"RBDS001": 1.810, "RBDS014": 1.872, "RBDS019": 1.661, "RBDS028": 1.627, "RBDS05": 1.690}
"""participants.csv of the shared runners."""

COMPARED = (
    "anterior.path_elongation_peak_pct",
    "anterior.path_elongation_rate_peak_pct_s",
    "posterior.path_elongation_peak_pct",
    "posterior.path_elongation_rate_peak_pct_s",
    "crest.path_elongation_peak_pct",
    "crest.path_elongation_rate_peak_pct_s",
    "contact_onset_knee_flexion_deg",
    "travel_over_epicondyle_mm",
    "zone.loading_ms",
    "zone.push_off_ms",
)
NOISE_PX = 4.0
"""A centimetre in every picture."""


@dataclass(frozen=True)
class Pair:
    """One outcome of one leg: draws from films and from markers on the same believable bands."""

    film: np.ndarray
    markers: np.ndarray
    share_assumed: float

    @property
    def error(self) -> float:
        return float(np.nanmedian(self.film) - np.nanmedian(self.markers))

    @property
    def half_width(self) -> float:
        low, high = np.nanpercentile(self.film - self.markers, (5, 95))
        return float(high - low) / 2

    @property
    def covered(self) -> bool:
        """Whether the 90 % interval of the difference on the same bands holds zero."""
        low, high = np.nanpercentile(self.film - self.markers, (5, 95))
        return bool(low <= 0.0 <= high)


def misplaced(points, view, seed):
    """Set each joint off its place, the same in every picture, as far as `house_film.joint_offset` states."""
    leg_px = course(points, view).leg_px
    draw = np.random.default_rng(1000 + seed)
    off = np.zeros((len(points.joints), 2))
    habit = draw.normal(size=2) * [of_table("house_film.joint_offset", "hip"), 0.0]
    for i, joint in enumerate(points.joints):
        name = joint.split("_")[0]
        if name in ("shoulder", "hip", "knee", "ankle", "heel", "toe"):
            off[i] = draw.normal(size=2) * of_table("house_film.joint_offset", name)
        if name == "hip":
            # Both hips are marked by one habit, up or down; what is left between them is the level's error.
            off[i, 1] = habit[0] + draw.normal() * of_table("house_film.level_offset", "hip")
    return replace(points, xy=points.xy + leg_px * off)


@cache
def own_body(trial):
    found = runner(trial).found.joints.runner
    return with_landmarks(
        scaled_body(load(), found.scaling.factors, MASS_KG[trial[: trial.index("run")]]), found.placed
    )


@cache
def from_markers(trial, count):
    """Side → outcome → (draws,) of the mean stance that motion capture and force plate give, from neutral standing."""
    found = runner(trial).found
    curves, body = curves_of_legs(found.joints, None, found.motion, None), own_body(trial)
    draws, outcomes = draw_bands(body, count), {}
    for side in SIDES:
        mean = mean_stance(curves[side])
        known = BelievedStances(mean, (mean,) * count, (mean,) * count, (), ())
        outcomes[side] = film_band(body, side, known, draws, 1.0, np.ones(count)).band.outcomes
    return outcomes


@cache
def studied(trial, view, seed):
    """A virtual film; refused where anybody's would be."""
    points = misplaced(filmed(trial, view, noise_px=NOISE_PX, seed=seed)[0], view, seed + 10 * (view != "side"))
    return study_film(trial, points, Asked(view, "running"))


def from_films(trial, views, seed, count):
    """Side → band from virtual films of these views, the runner left out of the norm."""
    films = [studied(trial, view, seed) for view in views]
    facts = runner(trial).found.recording
    files = [file["sha256"] for file in (*facts["files"], facts["static"])]
    who = Subject(height_m=HEIGHT_M[trial[: trial.index("run")]])
    return find_film_bands(films, who, files=files, draws=count).sides


def pairs(trial, views, seed=1, count=64):
    """Outcome → pairs of both legs."""
    films, markers = from_films(trial, views, seed, count), from_markers(trial, count)
    return {
        path: [Pair(films[s].band.outcomes[path], markers[s][path], films[s].share_assumed[path]) for s in films]
        for path in COMPARED
    }
