"""One mean stance in body coordinates from films that were not taken at the same time, and how sure it is.

Films are joined by the phase of stance of each leg. What no film shows is drawn from runners of a norm, with the whole
spread between them; what is shown carries the error of the film. A draw is one believable stance, and their
covariance is that of the mean stance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.stats import norm as normal
from scipy.stats import qmc

from gerdy.motion.film.thigh_line import HipPose, SeenHip, as_joint, as_seen
from gerdy.motion.stance_curves import COORDINATES, MeanStance, mean_stance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gerdy.motion.film.seen_stance import SeenStance
    from gerdy.motion.stance_curves import StanceCurves
    from gerdy.quantities import Array

__all__ = ["SEED", "BelievedStances", "believed_stances"]

SEED: Final = 1895
"""Any fixed number makes the draws repeatable; this is the year of the first public film."""

DIRECT: Final = {"knee_flexion": "knee_angle", "dorsiflexion": "ankle_angle"}
"""Angles in the picture that are a coordinate by themselves."""

_NEEDS: Final = {
    "pelvis_list": ("pelvic_drop",),
    "hip_flexion": ("thigh_forward",),
    "hip_adduction": ("thigh_inward", "pelvic_drop"),
    **{coordinate: (angle,) for angle, coordinate in DIRECT.items()},
}
"""Coordinate → angles in the picture that it needs; all others are never seen."""

_ON_THE_PELVIS: Final = ("hip_flexion", "hip_adduction")
"""Coordinates that are seen only as the thigh in the room: where the pelvis is, is assumed."""


@dataclass(frozen=True, slots=True, eq=False)
class BelievedStances:
    """A mean stance, and draws of what it may truly have been.

    Parameters
    ----------
    mean : without any error
    draws : one per draw, everything drawn
    frozen : the same draws with all that is assumed held at the norm's mean
    assumed : coordinates that no film shows
    partly_assumed : coordinates that are seen in the room and not against the pelvis
    stances : how many were seen in the film that shows fewest; 0 without films
    """

    mean: MeanStance
    draws: tuple[MeanStance, ...]
    frozen: tuple[MeanStance, ...]
    assumed: tuple[str, ...]
    partly_assumed: tuple[str, ...]
    stances: int = 0

    @property
    def covariance(self) -> Array:
        """(points · `COORDINATES`, points · `COORDINATES`) rad², of the mean stance."""
        return np.asarray(np.cov(np.stack([draw.q.ravel() for draw in self.draws]), rowvar=False))


class _Drawn(NamedTuple):
    """Draws of everything, the mean stance in the first row.

    Attributes
    ----------
    q, duration_s : (rows, points, `COORDINATES`) and (rows,) of runners of the norm
    seen : name → (rows, points) rad
    seen_duration_s : (rows,) s; None without films
    """

    q: Array
    duration_s: Array
    seen: Mapping[str, Array]
    seen_duration_s: Array | None


def believed_stances(films: Sequence[SeenStance], norm: StanceCurves, count: int, seed: int = SEED) -> BelievedStances:
    """Join what films show of one leg with what a norm's runners do elsewhere.

    Parameters
    ----------
    films : of one leg, any number, no angle in two of them; the first gives the duration of stance
    norm : mean stance of each of at least two runners, with as many points
    count : draws, a power of two
    seed : another one gives other draws

    Returns
    -------
    BelievedStances
    """
    points = norm.q.shape[1]
    widths = [len(norm), *(2 + sum(1 + len(a.stances) for a in film.angles.values()) for film in films)]
    sobol = normal.ppf(qmc.Sobol(sum(widths), scramble=True, rng=seed).random(count))
    z = np.split(np.vstack([np.zeros(sum(widths)), sobol]), np.cumsum(widths)[:-1], axis=1)
    q, duration_s = _runners(norm, z[0])
    seen: dict[str, Array] = {}
    durations = []
    for film, own in zip(films, z[1:], strict=True):
        angles, lasting = _film(film, own, points)
        seen |= angles
        durations.append(lasting)
    drawn = _Drawn(q, duration_s, seen, durations[0] if durations else None)
    full = _stances(drawn)
    held = _stances(
        drawn._replace(q=np.broadcast_to(q[:1], q.shape), duration_s=np.full_like(duration_s, duration_s[0]))
    )
    known = [name for name, needed in _NEEDS.items() if set(needed) <= seen.keys()]
    return BelievedStances(
        mean=full[0],
        draws=full[1:],
        frozen=held[1:],
        assumed=tuple(name for name in COORDINATES if name not in known),
        partly_assumed=tuple(name for name in _ON_THE_PELVIS if name in known),
        stances=min((len(film.duration_s) for film in films), default=0),
    )


def _runners(norm: StanceCurves, z: Array) -> tuple[Array, Array]:
    """Draw runners as the norm's scatter, a new one each: the spread between runners and the error of their mean."""
    n = len(norm)
    share = z * np.sqrt((1.0 + 1.0 / n) / (n - 1.0))
    mean = mean_stance(norm)
    q = mean.q + np.tensordot(share, norm.q - mean.q, axes=1)
    return q, mean.duration_s + share @ (norm.duration_s - mean.duration_s)


def _film(film: SeenStance, z: Array, points: int) -> tuple[dict[str, Array], Array]:
    """Draw the angles of one film, (rows, points) rad each, and the duration of stance, (rows,) s.

    A contact that is set late moves the beginning of every curve, so errors of events enter by the curve's slope.
    """
    phase = np.linspace(0.0, 1.0, points)
    early, late = film.timing_s * z[:, :1], film.timing_s * z[:, 1:2]
    lasting = float(film.duration_s.mean())
    shift = (early * (1.0 - phase) + late * phase) / lasting
    found, at = {}, 2
    for name, angle in film.angles.items():
        rows = len(angle.stances)
        mean = angle.stances.mean(axis=0)
        scatter = z[:, at + 1 : at + 1 + rows] @ (angle.stances - mean) / np.sqrt(rows * (rows - 1.0))
        found[name] = mean + scatter + angle.standing * z[:, at : at + 1] + shift * _slope(mean)
        at += 1 + rows
    return found, lasting + (late - early)[:, 0]


def _stances(drawn: _Drawn) -> tuple[MeanStance, ...]:
    """Put what is seen in the place of what the norm's runners do."""
    q = drawn.q.copy()
    pose = HipPose(*(q[:, :, COORDINATES.index(name)] for name in HipPose._fields))
    theirs = as_seen(pose)._asdict()
    mine = SeenHip(**{name: drawn.seen.get(name, theirs[name]) for name in SeenHip._fields})
    for name, values in as_joint(mine, pose.pelvis_tilt, pose.pelvis_rotation)._asdict().items():
        q[:, :, COORDINATES.index(name)] = values
    for angle, coordinate in DIRECT.items():
        if angle in drawn.seen:
            q[:, :, COORDINATES.index(coordinate)] = drawn.seen[angle]
    lasting = drawn.duration_s if drawn.seen_duration_s is None else drawn.seen_duration_s
    return tuple(MeanStance(one, _slope(one), None, float(seconds)) for one, seconds in zip(q, lasting, strict=True))


def _slope(values: Array) -> Array:
    """Return the derivative by the share of stance, along the first axis."""
    phase = np.linspace(0.0, 1.0, len(values))
    return np.asarray(CubicSpline(phase, values)(phase, 1))
