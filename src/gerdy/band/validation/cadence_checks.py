"""Checks of muscle forces at another step rate: the change that was measured in runners, on the bundled run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy.band.priors import draw_bands
from gerdy.band.tension import leg_band
from gerdy.band.what_if import parse_changes
from gerdy.band.what_if.evaluate import changed_case, lucks
from gerdy.errors import BodyError

if TYPE_CHECKING:
    from gerdy.band.design import Draw
    from gerdy.band.evaluate import AtStances
    from gerdy.band.validation.material import Material
    from gerdy.band.what_if.case import Case
    from gerdy.quantities import Array

FASTER: Final = ("cadence +10 %",)


def medius_falls_with_cadence(material: Material) -> Array:
    """V17: change of the peak force of gluteus medius in stance at 10 % more steps, (draws,) %."""
    return _change(material, ("glmed1", "glmed2", "glmed3"))


def maximus_falls_with_cadence(material: Material) -> Array:
    """V17: change of the peak force of gluteus maximus in stance at 10 % more steps, (draws,) %."""
    return _change(material, ("glmax1", "glmax2", "glmax3"))


def _change(material: Material, muscles: tuple[str, ...]) -> Array:
    """Change of a muscle's peak force, its compartments added up, mean over stances, (draws,) %."""
    case = material.case
    if case is None:
        raise BodyError("This check runs on the bundled run, and none was given; see gerdy.pipelines.validate.")
    asked = parse_changes(FASTER)
    found = []
    count = len(material.draws)
    for draw, luck in zip(draw_bands(case.body, count), lucks(count), strict=True):
        before, after = (_peak(case, at, draw, muscles) for at in (case.at, changed_case(case, asked, luck).at))
        found.append(100 * (after / before - 1.0))
    return np.array(found)


def _peak(case: Case, at: AtStances, draw: Draw, muscles: tuple[str, ...]) -> float:
    tension = leg_band(case.body, at.q, at.velocity, at.moments, draw, case.side).tension
    assert tension is not None  # noqa: S101  # the bundled run has forces
    force = tension.muscle_n[:, [tension.muscles.index(name) for name in muscles]].sum(axis=1)
    return float(np.nanmean(np.nanmax(force.reshape(at.when_s.shape), axis=1)))
