"""The band as a declaration: points, obstacle, shares and stiffness of one leg."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gerdy.quantities import Array, SideName

COMPARTMENTS: Final = ("glmax1", "glmax2", "glmax3")
"""Compartments of gluteus maximus, upper to lower; each gives a share of its fibres to the band."""

ACTUATORS: Final = ("tfl", *COMPARTMENTS)
"""Muscles in series with the band: tensor fasciae latae with the anterior strand, the others with the posterior."""

STRANDS: Final = ("anterior", "posterior", "crest")
"""Strands that are reported; the crest strand is passive and only for comparison with published single-band models."""

JOINT_COORDINATES: Final = (
    "hip_flexion",
    "hip_adduction",
    "hip_rotation",
    "knee_angle",
    "knee_adduction",
    "knee_rotation",
)
"""Coordinates that the band spans, without the side."""


class Design(NamedTuple):
    """The band of one leg; points in the frames of their bodies.

    Attributes
    ----------
    origin : (5, 2, 3) m in the pelvis: first and last pelvic point of the anterior strand, of the band part of each
        gluteus-maximus compartment, and of the crest strand
    guide : (3, 3) m in the femur, where the anterior, posterior and crest strand turn down the thigh
    apex : (3,) m in the femur, lateral epicondyle with the tissue on it
    curvature : 1/m of the epicondyle from front to back
    travel : m front to back
    centre : (3,) m, x in the femur of the middle of each strand's travel
    gerdy : (3,) m in the tibia
    outward : +1 right, -1 left: sign of z away from the midline
    margin : m by which the tubercle must lie below the epicondyle
    bulge : m by which something pushes every strand outwards half-way between guide and epicondyle; a hypothesis
    """

    origin: Array
    guide: Array
    apex: Array
    curvature: float
    travel: float
    centre: Array
    gerdy: Array
    outward: float
    margin: float
    bulge: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Draw:
    """One believable band of a runner: both legs, and what no geometry shows.

    Parameters
    ----------
    designs : side → `Design`; the same deviations mirrored on both sides
    share : (3,) of each gluteus-maximus compartment that enters the band
    stiffness_n : N per unit strain of the whole band
    offset_rad : (6,) session error of `JOINT_COORDINATES`, the same on both sides
    """

    designs: Mapping[SideName, Design]
    share: Array
    stiffness_n: float
    offset_rad: Array
