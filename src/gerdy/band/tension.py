"""Tension of the strands: the band inside static optimisation.

Tensor fasciae latae pulls through the anterior strand instead of its own path. Each compartment of gluteus maximus is
split into a femoral and a band part with one activation; the band part pulls through the posterior strand, with the
strand's own moment arms at hip and knee. Tendons are rigid, and their slack length is set so that in neutral standing
each fibre is as long as in the body without a band.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from gerdy.band.design import ACTUATORS, COMPARTMENTS, JOINT_COORDINATES
from gerdy.band.geometry import BandGeometry, band_geometry
from gerdy.body.hill import Capacity, hill_capacity, muscle_capacity
from gerdy.body.muscles import muscle_geometry
from gerdy.body.optimise import asked_coordinates, is_balanced, leg_muscles, reserves, strength_factors
from gerdy.body.paths import muscles_of
from gerdy.body.sharing import share_load
from gerdy.evidence import value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike

    from gerdy.band.design import Draw
    from gerdy.body.model import CompiledBody
    from gerdy.body.muscle_arrays import Hill
    from gerdy.body.muscles import MuscleGeometry
    from gerdy.quantities import Array, Flags, Indices, SideName

REPORTED_FIBRES: Final = ("tfl", *COMPARTMENTS, "glmed1", "glmed2", "glmed3")
"""Muscles whose fibres are reported: does the hip load through length?"""


LEVERS: Final = ("tfl", "glmed1", "glmed2", "glmed3")
"""Muscles whose leverage on the hip is reported; tensor fasciae latae with the arm of the anterior strand."""


class Fibres(NamedTuple):
    """Fibres of `REPORTED_FIBRES` along a motion; gluteus maximus in its femoral part.

    Attributes
    ----------
    length, velocity : (frames, muscles) optimal fibre lengths, and per second, lengthening positive
    power_w : (frames, muscles) W that the muscle gives, negative while it lengthens under load; NaN without forces
    """

    length: Array
    velocity: Array
    power_w: Array


class BandTension(NamedTuple):
    """Forces of one leg with its band, along a motion.

    Attributes
    ----------
    strand_n : (frames, 2) N, anterior and posterior
    contact_n : (frames,) N on the epicondyle
    muscles, muscle_n : names without side, and (frames, muscles) N; gluteus maximus is the sum of its parts
    strand_moment_nm : (frames, 2, 6) N·m of each strand about `JOINT_COORDINATES`
    inward_nm : (frames,) N·m of all muscles that turn the hip inwards, added up
    balanced : (frames,) False where reserves had to help more than stated
    """

    strand_n: Array
    contact_n: Array
    muscles: tuple[str, ...]
    muscle_n: Array
    strand_moment_nm: Array
    inward_nm: Array
    balanced: Flags


class LegLines(NamedTuple):
    """Strands and muscles of one leg along a motion.

    Attributes
    ----------
    strands : lines of the strands
    rate_m_s : (frames, 5) lengthening of each path
    muscles : lines of the muscles
    """

    strands: BandGeometry
    rate_m_s: Array
    muscles: MuscleGeometry


class ReadyLeg(NamedTuple):
    """A leg along a motion with all that sharing its moments needs.

    Attributes
    ----------
    side : whose leg
    lines : of strands and muscles
    capacity, pulled : of the muscles on their own paths, and of `ACTUATORS` through the strands
    """

    side: SideName
    lines: LegLines
    capacity: Capacity
    pulled: Capacity


class LegBand(NamedTuple):
    """One believable band of one leg along a motion.

    Attributes
    ----------
    geometry : lines of the strands
    rate_m_s : (frames, 5) lengthening of each path
    fibres : what the gluteal fibres do
    levers : (frames, 4, 2) m, arms of `LEVERS` for internal rotation and abduction of the hip
    tension : None without net moments
    """

    geometry: BandGeometry
    rate_m_s: Array
    fibres: Fibres
    levers: Array
    tension: BandTension | None


def leg_band(
    body: CompiledBody,
    q: ArrayLike,
    velocity: ArrayLike,
    moments: ArrayLike | None,
    draw: Draw,
    side: SideName,
    *,
    strength: Mapping[str, float | Array] | None = None,
) -> LegBand:
    """Compute one believable band of one leg along a motion.

    Parameters
    ----------
    body : the runner's body
    q, velocity : (frames, coordinates) rad, m and per second; the draw's session offsets are added here
    moments : (frames, coordinates) N·m, from `gerdy.body.inverse_dynamics`; None gives geometry only
    draw : from `gerdy.band.priors`
    side : whose leg
    strength : factors on the capacity of muscles of this leg, for all frames or (frames,), for example
        ``{"glmed1_r": 1.2}``

    Returns
    -------
    LegBand

    Raises
    ------
    BodyError : shapes do not match, or a name is unknown
    """
    net = None if moments is None else np.asarray(moments, dtype=float)
    poses, speeds = np.asarray(q, dtype=float), np.asarray(velocity, dtype=float)
    lines = leg_lines(body, poses, speeds, draw, side, sharing=net is not None)
    return share_leg(body, with_capacity(body, lines, draw, side), net, draw, strength=strength)


def leg_lines(
    body: CompiledBody, q: Array, velocity: Array, draw: Draw, side: SideName, *, sharing: bool = True
) -> LegLines:
    """Find the strands and muscles of a leg along a motion; other parameters as in `leg_band`.

    Parameters
    ----------
    sharing : whether moments will be shared, which takes all muscles; else only `REPORTED_FIBRES` are found
    """
    moved = offset_pose(body, q, draw, side)
    strands = band_geometry(body, moved, draw.designs[side], side)
    rate = -np.einsum("fpc,fc->fp", strands.moment_arm, velocity[:, joint_columns(body, side)])
    asked, _ = asked_coordinates(body, side, ask_knee=False)
    muscles = leg_muscles(body, side, asked) if sharing else tuple(f"{name}_{side[0]}" for name in REPORTED_FIBRES)
    return LegLines(strands, rate, muscle_geometry(body, moved, velocity, muscles=muscles, coordinates=asked))


def with_capacity(body: CompiledBody, lines: LegLines, draw: Draw, side: SideName) -> ReadyLeg:
    """Find what each muscle and strand can give along the lines of a leg; all that sharing any moments needs."""
    hill, rows = strand_hill(body, draw, side)
    pulled = hill_capacity(hill, rows, lines.strands.length[:, :4], lines.rate_m_s[:, :4])
    return ReadyLeg(side, lines, muscle_capacity(body, lines.muscles), pulled)


def share_leg(
    body: CompiledBody,
    leg: ReadyLeg,
    moments: Array | None,
    draw: Draw,
    *,
    strength: Mapping[str, float | Array] | None = None,
) -> LegBand:
    """Share net moments in a leg whose capacities are known; the same leg serves any moments.

    Parameters
    ----------
    leg : from `with_capacity`, of the same draw
    moments, strength : as in `leg_band`
    """
    (strands, rate, geometry), side = leg.lines, leg.side
    reported = [geometry.muscles.index(f"{name}_{side[0]}") for name in REPORTED_FIBRES]
    length, fibre_rate = leg.capacity.fibre_length[:, reported], leg.capacity.fibre_velocity[:, reported]
    length[:, 0], fibre_rate[:, 0] = leg.pulled.fibre_length[:, 0], leg.pulled.fibre_velocity[:, 0]
    levers = _levers(strands, geometry, side)
    if moments is None:
        return LegBand(strands, rate, Fibres(length, fibre_rate, np.full_like(length, np.nan)), levers, None)
    factors = strength_factors(geometry.muscles, strength or {})
    tension, power = _share(body, leg, moments, draw, factors)
    return LegBand(strands, rate, Fibres(length, fibre_rate, power[:, reported]), levers, tension)


def offset_pose(body: CompiledBody, q: Array, draw: Draw, side: SideName) -> Array:
    """Return (frames, coordinates) with the session offsets of a draw added on one side."""
    moved = q.copy()
    moved[:, joint_columns(body, side)] += draw.offset_rad
    return moved


def joint_columns(body: CompiledBody, side: SideName) -> list[int]:
    """Return the columns of q that hold `JOINT_COORDINATES` of one side."""
    return [body.coordinate_index(f"{name}_{side[0]}") for name in JOINT_COORDINATES]


def strand_hill(body: CompiledBody, draw: Draw, side: SideName) -> tuple[Hill, Indices]:
    """Return muscle parameters in which `ACTUATORS` pull through the strands, and their rows.

    In neutral standing each fibre is as long as it is without a band: slack lengths take up the difference of paths.
    """
    stored = muscles_of(body)
    names = [f"{name}_{side[0]}" for name in ACTUATORS]
    rows = np.array([stored.index(name) for name in names])
    neutral = np.zeros((1, len(body.coordinates)))
    own = muscle_geometry(body, neutral, muscles=names, coordinates=[f"hip_flexion_{side[0]}"]).length[0]
    strand = band_geometry(body, neutral, draw.designs[side], side).length[0, :4]
    slack = stored.hill.tendon_slack.copy()
    slack[rows] += strand - own
    return stored.hill._replace(tendon_slack=slack), rows


def _levers(strands: BandGeometry, geometry: MuscleGeometry, side: SideName) -> Array:
    columns = [geometry.coordinates.index(f"{name}_{side[0]}") for name in ("hip_rotation", "hip_adduction")]
    rows = [geometry.muscles.index(f"{name}_{side[0]}") for name in LEVERS]
    arms = geometry.moment_arm[:, rows][:, :, columns]
    arms[:, 0] = strands.moment_arm[:, 0, [JOINT_COORDINATES.index(n) for n in ("hip_rotation", "hip_adduction")]]
    return arms * np.array([1.0, -1.0])


def _share(body: CompiledBody, leg: ReadyLeg, net: Array, draw: Draw, factors: Array) -> tuple[BandTension, Array]:
    """Share the net moments among muscles and strands; also return the power of each muscle with its band part, W."""
    (strands, rate_m_s, geometry), side = leg.lines, leg.side
    muscles, asked = geometry.muscles, geometry.coordinates
    owner = np.array([muscles.index(f"{name}_{side[0]}") for name in ACTUATORS])
    through = np.concatenate([[1.0], draw.share])
    arms = np.zeros((len(net), len(owner), len(asked)))
    spanned = [asked.index(f"{name}_{side[0]}") if f"{name}_{side[0]}" in asked else -1 for name in JOINT_COORDINATES]
    for column, place in enumerate(spanned):
        if place >= 0:
            arms[:, :, place] = strands.moment_arm[:, :4, column]
    active = leg.capacity.active * factors
    active[:, owner] *= 1.0 - through
    strand_active = leg.pulled.active * factors[..., owner] * through
    found = share_load(
        np.concatenate([geometry.moment_arm, arms], axis=1),
        np.concatenate([active, strand_active], axis=1),
        net[:, [body.coordinate_index(name) for name in asked]],
        reserve=reserves(asked, None),
        group=np.concatenate([np.arange(len(muscles)), owner]),
        lower=value("house_body.least_activation"),
    )
    femoral, band = found.force[:, : len(muscles)], found.force[:, len(muscles) :]
    strand_n = np.stack([band[:, 0], band[:, 1:].sum(axis=1)], axis=1)
    moment = band[:, :, None] * strands.moment_arm[:, :4]
    total = femoral.copy()
    total[:, owner] += band
    rotation = asked.index(f"hip_rotation_{side[0]}")
    inward = np.maximum(femoral * geometry.moment_arm[:, :, rotation], 0.0).sum(axis=1)
    inward += np.maximum(band * arms[:, :, rotation], 0.0).sum(axis=1)
    power = -femoral * geometry.velocity
    power[:, owner] -= band * rate_m_s[:, :4]
    tension = BandTension(
        strand_n=strand_n,
        contact_n=(strand_n * strands.pressure[:, :2]).sum(axis=1),
        muscles=tuple(name[:-2] for name in muscles),
        muscle_n=total,
        strand_moment_nm=np.stack([moment[:, 0], moment[:, 1:].sum(axis=1)], axis=1),
        inward_nm=inward,
        balanced=is_balanced(found, net[:, [body.coordinate_index(name) for name in asked]]),
    )
    return tension, power
