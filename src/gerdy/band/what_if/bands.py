"""What a change does to one believable band, and to the strength of the muscles."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.band.design import Design, Draw
    from gerdy.band.what_if.language import Change
    from gerdy.quantities import SideName

__all__ = ["as_standing", "changed_band", "changed_strength"]


def changed_band(draw: Draw, changes: Sequence[Change]) -> Draw:
    """Return the band after changes of the group ``band``; the same object where there are none.

    Notes
    -----
    Prominence moves the apex outwards, a bulge pushes every strand outwards half-way down the thigh, and no compartment
    of gluteus maximus gives more than all of itself.
    """
    for change in changes:
        name, amount = change.subject.name, change.amount
        if name == "gluteus maximus share":
            draw = replace(draw, share=np.clip(draw.share * (1.0 + amount / 100.0), 0.0, 1.0))
        elif name == "band stiffness":
            draw = replace(draw, stiffness_n=draw.stiffness_n * (1.0 + amount / 100.0))
        elif name == "epicondyle prominence":
            draw = replace(draw, designs={side: _prominent(one, amount / 1000.0) for side, one in draw.designs.items()})
        elif name == "vastus lateralis bulge":
            bulge = {side: one._replace(bulge=one.bulge + amount / 1000.0) for side, one in draw.designs.items()}
            draw = replace(draw, designs=bulge)
    return draw


def as_standing(draw: Draw) -> Draw:
    """Return the band as it is in the relaxed standing trial: no muscle bulges there."""
    if not any(design.bulge for design in draw.designs.values()):
        return draw
    return replace(draw, designs={side: design._replace(bulge=0.0) for side, design in draw.designs.items()})


def changed_strength(changes: Sequence[Change], side: SideName) -> dict[str, float]:
    """Return factors on the capacity of muscles; groups that share a muscle multiply."""
    factors: dict[str, float] = {}
    for change in changes:
        for muscle in change.muscles:
            name = f"{muscle}_{side[0]}"
            factors[name] = factors.get(name, 1.0) * (1.0 + change.amount / 100.0)
    return factors


def _prominent(design: Design, further_m: float) -> Design:
    return design._replace(apex=design.apex + np.array([0.0, 0.0, design.outward * further_m]))
