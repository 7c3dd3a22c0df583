"""The two sides of a comparison: the runner's leg, and what it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from gerdy.band.session_errors import LegSize
    from gerdy.body.model import CompiledBody
    from gerdy.motion.stance_curves import StanceCurves
    from gerdy.quantities import Array, SideName

__all__ = ["ComparedLeg", "Reference"]

Kind = Literal["norm", "other-side", "recording", "runner"]
Markers = Literal["anew", "same", "averaged"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reference:
    """What a runner is compared with.

    Parameters
    ----------
    kind : ``norm``, ``other-side``, ``recording`` (the same runner) or ``runner`` (another)
    name : for a reader
    curves : stances of the reference; of a norm one row per runner
    markers : placed ``anew``, the ``same`` on the same skin, or ``averaged`` over many runners
    method, speed_m_s, sex, note : how, how fast, who; None where not known
    n : stances, or runners of a norm
    """

    kind: Kind
    name: str
    curves: StanceCurves
    markers: Markers
    method: str
    speed_m_s: float | None
    sex: str | None
    note: str = ""

    @property
    def n(self) -> int:
        """How many stances, or runners of a norm, stand behind it."""
        return len(self.curves)

    def to_json(self) -> dict[str, Any]:
        """Return the entry ``reference``."""
        names = ("kind", "name", "method", "speed_m_s", "sex", "n", "note")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True, eq=False)
class ComparedLeg:
    """The leg on which runner and reference are set: the runner's own.

    Parameters
    ----------
    body, side : whose leg
    size : mass and length
    standing : (coordinates,) pose of zero elongation; None is neutral standing
    """

    body: CompiledBody
    side: SideName
    size: LegSize
    standing: Array | None
