"""Tension of the strands: the band inside static optimisation.

Tensor fasciae latae pulls through the anterior strand instead of its own path. Each compartment of gluteus maximus is
split into a femoral and a band part with one activation; the band part pulls through the posterior strand, with the
strand's own moment arms at hip and knee. Tendons are rigid and their slack length is set so that in neutral standing
each fibre is as long as in the body without a band.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gerdy.band.design import ACTUATORS, COMPARTMENTS, JOINT_COORDINATES, Draw
from gerdy.band.geometry import BandGeometry, band_geometry
from gerdy.body.hill import Capacity, capacity_of, muscle_capacity
from gerdy.body.muscles import muscle_geometry
from gerdy.body.optimise import BALANCED, leg_muscles, reserves
from gerdy.body.paths import muscles_of
from gerdy.body.sharing import share_load
from gerdy.evidence import value

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from gerdy.body.model import CompiledBody
    from gerdy.body.muscles import MuscleGeometry
    from gerdy.quantities import Array, Flags, SideName

STRAND_PATHS = len(ACTUATORS)


class Fibres(NamedTuple):
    """Fibres in series with the strands and of the other gluteal muscles, along a motion.

    Attributes
    ----------
    names : muscles without side; band parts of gluteus maximus are ``glmax1_band`` …
    length, velocity : (frames, names) optimal fibre lengths, and per second, lengthening positive
    power_w : (frames, names) W that the fibre gives, negative when it is lengthened under load; NaN without forces
    """

    names: tuple[str, ...]
    length: Array
    velocity: Array
    power_w: Array


class BandTension(NamedTuple):
    """Forces of one leg with its band, along a motion.

    Attributes
    ----------
    geometry : of the band
    rate_m_s : (frames, 5) lengthening of each path
    strand_n : (frames, 2) N, anterior and posterior
    contact_n : (frames,) N on the epicondyle
    muscle_n : name without side → (frames,) N; gluteus maximus is the sum of its parts
    band_moment_nm : (frames, 2, 6) of each strand about `JOINT_COORDINATES`
    inward_nm : (frames,) N·m of all muscles that turn the hip inwards
    balanced : (frames,) False where reserves had to help more than stated
    fibres : gluteal muscles and tensor fasciae latae
    """

    geometry: BandGeometry
    rate_m_s: Array
    strand_n: Array
    contact_n: Array
    muscle_n: dict[str, Array]
    band_moment_nm: Array
    inward_nm: Array
    balanced: Flags
    fibres: Fibres


class StrandHill(NamedTuple):
    """Muscles in series with the strands.

    Attributes
    ----------
    hill : parameters with the slack lengths of the strands
    rows : (4,) rows of `ACTUATORS` in it
    """

    hill: object
    rows: Array
