"""Who ran: what the person at the keyboard knows and the recording does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from gerdy.errors import RecordInvalid
from gerdy.records.base import require_range

if TYPE_CHECKING:
    from gerdy.quantities import SideName

Sex = Literal["female", "male"]
Pain = Literal["now", "past", "never"]
MassFrom = Literal["given", "forces"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One runner on one occasion; None is *not recorded*.

    Parameters
    ----------
    runner_id : whose recording it is
    mass_kg, height_m : as given, or the mass from the mean vertical force on request
    mass_from : ``given`` or ``forces``
    sex : ``female`` or ``male``; norms differ
    pain : IT band pain ``now``, in the ``past`` or ``never``
    painful_side : ``left`` or ``right``
    """

    runner_id: str = "me"
    mass_kg: float | None = None
    mass_from: MassFrom | None = None
    height_m: float | None = None
    sex: Sex | None = None
    pain: Pain | None = None
    painful_side: SideName | None = None

    def __post_init__(self) -> None:
        require_range("mass", self.mass_kg, *HUMAN_MASS_KG, "kg")
        require_range("height", self.height_m, *HUMAN_HEIGHT_M, "m")
        if self.painful_side is not None and self.pain == "never":
            raise RecordInvalid(
                f"A painful side ({self.painful_side}) was given together with pain 'never'; drop one of the two."
            )

    def to_json(self) -> dict[str, Any]:
        """Return the ``subject`` entry of ``gerdy/analysis/1``."""
        return {
            "runner_id": self.runner_id,
            "mass_kg": self.mass_kg,
            "mass_from": self.mass_from,
            "height_m": self.height_m,
            "sex": self.sex,
            "pain": self.pain,
            "painful_side": self.painful_side,
        }


HUMAN_MASS_KG = (25.0, 250.0)
HUMAN_HEIGHT_M = (1.2, 2.3)
"""Limits that only catch slips of the keyboard (169 for 1.69), not statements about runners."""
