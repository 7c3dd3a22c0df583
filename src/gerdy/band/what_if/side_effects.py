"""What else a change asks of the leg: the knee's extensors and the calf."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from gerdy.band.outcomes import mean_of_stances
from gerdy.band.priors import central_draw
from gerdy.band.tension import leg_band
from gerdy.band.what_if.bands import changed_band, changed_strength
from gerdy.band.what_if.evaluate import of_group
from gerdy.band.what_if.subjects import MUSCLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.band.evaluate import AtStances
    from gerdy.band.what_if.case import Case
    from gerdy.band.what_if.evaluate import Changed
    from gerdy.band.what_if.language import Change
    from gerdy.quantities import Array

__all__ = ["SideEffect", "side_effects"]

CALF: Final = MUSCLES["calf"]


@dataclass(frozen=True, slots=True)
class SideEffect:
    """One quantity of the leg without and with the change, on the central band.

    Parameters
    ----------
    baseline, change : in `unit`
    unit : as printed
    """

    baseline: float
    change: float
    unit: str

    def to_json(self) -> dict[str, Any]:
        """Return one entry of ``side_effects``."""
        return {"baseline": self.baseline, "change": self.change, "unit": self.unit}


def side_effects(case: Case, changes: Sequence[Change], changed: Changed) -> dict[str, SideEffect]:
    """Return the peak knee extension moment and the peak force of the calf, mean over stances.

    Parameters
    ----------
    changed : the case after the changes of motion, central in what is drawn

    Returns
    -------
    key → side effect; empty without forces
    """
    if case.at.moments is None or changed.at.moments is None:
        return {}
    column = case.body.coordinate_index(f"knee_angle_{case.side[0]}")
    knee = [_peak(-moments[:, column] / case.body.mass, case) for moments in (case.at.moments, changed.at.moments)]
    calf = [_calf_n(case, case.at, ()), _calf_n(case, changed.at, changes)]
    return {
        "knee_extension_moment_peak_nm_kg": SideEffect(knee[0], knee[1] - knee[0], "N·m/kg"),
        "calf_force_peak_n": SideEffect(calf[0], calf[1] - calf[0], "N"),
    }


def _calf_n(case: Case, at: AtStances, changes: Sequence[Change]) -> float:
    band = leg_band(
        case.body,
        at.q,
        at.velocity,
        at.moments,
        changed_band(central_draw(case.body), of_group(changes, "band")),
        case.side,
        strength=changed_strength(of_group(changes, "strength"), case.side),
    )
    if band.tension is None:
        return float("nan")
    rows = [band.tension.muscles.index(name) for name in CALF]
    return _peak(band.tension.muscle_n[:, rows].sum(axis=1), case)


def _peak(values: Array, case: Case) -> float:
    return mean_of_stances(values.reshape(case.at.when_s.shape).max(axis=1))
