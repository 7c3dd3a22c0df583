"""What lengthens in a stretch and what shortens in a drill: poses on the shipped body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy.optimize import brentq

from gerdy.band.tension import strand_hill
from gerdy.body.hill import hill_capacity, muscle_capacity
from gerdy.body.muscles import muscle_geometry
from gerdy.errors import EvidenceInvalid
from gerdy.evidence import entry

if TYPE_CHECKING:
    from gerdy.band.design import Draw
    from gerdy.band.validation.material import Material
    from gerdy.body.muscle_arrays import Hill
    from gerdy.quantities import Array

STRETCHES: Final = ("standing_stretch", "side_lying_stretch")
DRILLS: Final = ("clamshell", "donkey_kick", "hinge")
GLUTEALS: Final = tuple(f"{name}{i}" for name in ("glmax", "glmed") for i in (1, 2, 3))


class Stretched(NamedTuple):
    """A passive stretch, (draws,) each.

    Attributes
    ----------
    path_mm : how much longer the way from pelvis to shin is than in neutral standing
    band_mm : the part of it that the band takes
    band_pct : the band's strain that this adds
    fibre_pct : how much longer the fibres of tensor fasciae latae are, of their length in neutral standing
    pull_n : what the stretched fibres pull with, without activation
    """

    path_mm: Array
    band_mm: Array
    band_pct: Array
    fibre_pct: Array
    pull_n: Array


def posed(material: Material, name: str) -> Array:
    """Return (2, coordinates): neutral standing, and a pose of the registry.

    Raises
    ------
    EvidenceInvalid : the entry is no table of angles
    """
    angles = entry(f"house_articles.{name}").value
    if not isinstance(angles, dict):
        raise EvidenceInvalid(f"house_articles.{name} must be a table of joint angles in degrees.")
    return material.pose(**{joint: [0.0, float(angle)] for joint, angle in angles.items() if isinstance(angle, float)})


def stretched(material: Material, name: str) -> Stretched:
    """Share the lengthening of the front path between muscle and band.

    Muscle and band stand in series and the muscle is at rest: the band is as long as the pull of the stretched fibres
    makes it, and that pull is as large as the remaining length makes it.

    Parameters
    ----------
    name : a pose of ``house_articles``
    """
    rows = [_one(material, draw, posed(material, name)) for draw in material.draws]
    return Stretched(*(np.array(column) for column in zip(*rows, strict=True)))


def _one(material: Material, draw: Draw, q: Array) -> tuple[float, float, float, float, float]:
    neutral, long = material.geometry(q, draw).length[:, 0]
    hill, rows = strand_hill(material.body, draw, "right")
    stiffness = 0.5 * draw.stiffness_n / float(neutral)  # half of the band's stiffness belongs to each strand
    before, after = (_band_stretch(hill, int(rows[0]), float(path), stiffness) for path in (neutral, long))
    fibres = [_fibre(hill, int(rows[0]), float(path) - band)[0] for path, band in ((neutral, before), (long, after))]
    band = after - before
    return (
        1000 * float(long - neutral),
        1000 * band,
        100 * band / float(neutral),
        100 * (fibres[1] / fibres[0] - 1.0),
        stiffness * after,
    )


def _band_stretch(hill: Hill, row: int, path_m: float, stiffness_n_m: float) -> float:
    """Stretch of the band, m, at which it pulls as hard as the resting muscle in series with it."""

    def unbalanced(band: float) -> float:
        return _fibre(hill, row, path_m - band)[1] - stiffness_n_m * band

    return 0.0 if unbalanced(0.0) <= 0.0 else float(brentq(unbalanced, 0.0, 0.5 * path_m, xtol=1e-9))


def _fibre(hill: Hill, row: int, path_m: float) -> tuple[float, float]:
    """Fibre length in optimal lengths and passive pull in N of one muscle."""
    found = hill_capacity(hill, np.array([row]), np.array([[path_m]]), np.zeros((1, 1)))
    return float(found.fibre_length[0, 0]), float(found.passive[0, 0])


def gluteal_fibres(material: Material, name: str) -> dict[str, float]:
    """Return the fibre length of each gluteal compartment in a pose, in optimal lengths."""
    q = posed(material, name)
    muscles = [f"{muscle}_r" for muscle in GLUTEALS]
    found = muscle_capacity(material.body, muscle_geometry(material.body, q, np.zeros_like(q), muscles=muscles))
    return dict(zip(GLUTEALS, map(float, found.fibre_length[1]), strict=True))


def medius_length(material: Material, name: str) -> Array:
    """Mean fibre length of the three parts of gluteus medius in a pose, (1,) optimal lengths."""
    return np.array([_mean(gluteal_fibres(material, name), "glmed")])


def maximus_length(material: Material, name: str) -> Array:
    """Mean fibre length of the three compartments of gluteus maximus in a pose, (1,) optimal lengths."""
    return np.array([_mean(gluteal_fibres(material, name), "glmax")])


def _mean(lengths: dict[str, float], stem: str) -> float:
    return float(np.mean([length for name, length in lengths.items() if name.startswith(stem)]))
