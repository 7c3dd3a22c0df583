"""The band of a runner in films: body from the height, what is not seen from the norm, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.stats import norm as normal
from scipy.stats import qmc

from gerdy import evidence
from gerdy.band.film_band import film_band
from gerdy.band.priors import draw_bands
from gerdy.body import load
from gerdy.body.scaled_body import scaled_body
from gerdy.body.scaling import scale_from_stature
from gerdy.errors import BodyError
from gerdy.motion.film.mean_stride import SEED, believed_stances
from gerdy.motion.film.seen_stance import seen_stance
from gerdy.motion.norms import load_norms
from gerdy.quantities import SIDES
from gerdy.recordings.data import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from gerdy.band.film_band import FilmBand
    from gerdy.body.model import CompiledBody
    from gerdy.motion.film.film_study import FilmMotion
    from gerdy.motion.norms import Norm
    from gerdy.pipelines.subject import Subject
    from gerdy.quantities import Array, SideName

__all__ = ["FilmBands", "believed_sizes", "body_of_height", "film_norm", "find_film_bands"]


@dataclass(frozen=True, slots=True)
class FilmBands:
    """Band outcomes by side.

    Parameters
    ----------
    sides : computed sides
    norm : whose movement stands for what is not seen
    why_not : side → why there is none
    problems : what a reader should know
    """

    sides: dict[SideName, FilmBand] = field(default_factory=dict)
    norm: Norm | None = None
    why_not: dict[SideName, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def to_json(self, side: SideName) -> dict[str, Any] | None:
        """Return ``sides.*.band``, or None."""
        if side not in self.sides or self.norm is None:
            return None
        return self.sides[side].to_json() | {"assumed_from": f"{self.norm.name}: {self.norm.who}"}

    def missing(self, side: SideName) -> dict[str, str]:
        """Return dotted path → why there is no value."""
        return self.sides[side].missing() if side in self.sides else {"band": self.why_not[side]}


def find_film_bands(
    films: Sequence[FilmMotion],
    who: Subject,
    *,
    files: Collection[str] = (),
    draws: int | None = None,
    tell: Callable[[], None] = lambda: None,
) -> FilmBands:
    """Compute the band of each leg that a film shows.

    Parameters
    ----------
    films : of one runner, each from another view
    who : the height makes the body; the mass is not needed
    files : SHA-256 of other recordings of this runner, who is then left out of the norm
    draws : of body and stance; None is the house's number
    tell : called after each draw of each side, for progress

    Returns
    -------
    FilmBands : never raises for a runner whose band cannot be computed; the reason is in it
    """
    if who.height_m is None:
        return FilmBands(why_not=dict.fromkeys(SIDES, "not computed: the band needs the runner's height (--height)"))
    norm = film_norm(who, files)
    points, order = norm.curves.q.shape[1], sorted(films, key=lambda film: film.scene.view != "side")
    seen = {side: [one for one in (seen_stance(film, side, points) for film in order) if one] for side in SIDES}
    why = {side: "not computed: no film shows enough stances of this leg" for side in SIDES if not seen[side]}
    if len(why) == len(SIDES):
        return FilmBands(why_not=why)
    try:
        body = body_of_height(who.height_m, who.mass_kg)
        believable = draw_bands(body, draws)
    except BodyError as error:
        reason = f"not computed: {error}"
        return FilmBands(why_not=dict.fromkeys(SIDES, reason), problems=(Problem("band_not_found", str(error)),))
    found, size = {}, believed_sizes(len(believable))
    for side in (side for side in SIDES if seen[side]):
        stances = believed_stances(seen[side], norm.curves, len(believable))
        found[side] = film_band(body, side, stances, believable, seen[side][0].stride_s, size, tell)
    return FilmBands(found, norm, why, _problems(found, norm, who))


def film_norm(who: Subject, files: Collection[str] = ()) -> Norm:
    """Return the norm whose runners stand for what a film does not show: of the runner's sex where it holds enough.

    Parameters
    ----------
    who : the runner
    files : SHA-256 of recordings whose runner is left out
    """
    norm = load_norms()[0]
    others = [i for i, one in enumerate(norm.runners) if not set(one.files) & set(files)]
    alike = [i for i in others if who.sex in (None, norm.runners[i].sex)]
    enough = len(alike) >= evidence.value("house_norms.fewest_runners")
    return norm.where(alike if enough else others)


@lru_cache(maxsize=4)
def body_of_height(height_m: float, mass_kg: float | None) -> CompiledBody:
    """Return the shipped body with its muscles at a runner's height; without a mass it keeps its own."""
    generic = load()
    factors = scale_from_stature(generic, height_m).factors
    return scaled_body(generic, factors, generic.mass if mass_kg is None else mass_kg)


def believed_sizes(count: int) -> Array:
    """Return (count,) sizes of a leg over the one that the height gives, evenly over their spread and in no order."""
    even = qmc.Sobol(1, scramble=True, rng=SEED + 1).random(count)[:, 0]
    return np.asarray(1.0 + evidence.value("house_film.leg_share_sd") * normal.ppf(even))


def _problems(found: dict[SideName, FilmBand], norm: Norm, who: Subject) -> tuple[Problem, ...]:
    mostly = {side: len(one.mostly_norm) for side, one in found.items()}
    counts = " and ".join(f"{n} of {len(found[side].share_assumed)} {side}" for side, n in mostly.items())
    said = [f"What no film shows is drawn from {norm.who} who ran at {norm.speed_m_s:.1f} m/s; the film has no speed."]
    if who.sex is not None and {one.sex for one in norm.runners} != {who.sex}:
        said.append("Too few of them are of the runner's sex, so both sexes were taken.")
    said.append(f"Outcomes of the band that say more about them than about this runner: {counts}.")
    return (Problem("film_band_assumed", " ".join(said)),)
