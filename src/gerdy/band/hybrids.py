"""Hybrids of two stances on one believable band: every coalition of input groups, in as few evaluations as it takes.

A hybrid takes the angles, slopes, moments or duration of some groups from the runner and the others from the
reference. Net moments are swapped, never recomputed for a hybrid pose. Velocity is the hybrid's slope over the
hybrid's duration, so it is the derivative of the hybrid pose whatever was swapped. Lines of muscles and strands
depend on angles alone, capacities on duration too, and only the sharing on moments: each is computed once for all
coalitions that agree on what it depends on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from gerdy.band.evaluate import AtStances, outcomes_of
from gerdy.band.shapley import coalitions
from gerdy.band.tension import LegLines, leg_lines, share_leg, with_capacity
from gerdy.motion.stance_curves import COORDINATES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.band.design import Draw
    from gerdy.band.groups import Group
    from gerdy.body.model import CompiledBody
    from gerdy.motion.stance_curves import MeanStance
    from gerdy.quantities import Array, Flags, SideName

__all__ = ["FORCE_OUTCOMES", "GEOMETRY_OUTCOMES", "OUTCOMES", "Work", "coalition_outcomes", "work_of"]

GLUTEALS: Final = ("glmax1", "glmax2", "glmax3", "glmed1", "glmed2", "glmed3")

GEOMETRY_OUTCOMES: Final = (
    *(f"{strand}.path_elongation_rate_peak_pct_s" for strand in ("anterior", "posterior", "crest")),
    *(f"fibres.{muscle}.length_mid_stance" for muscle in GLUTEALS),
)
"""Outcomes that depend on angles and timing alone."""

FORCE_OUTCOMES: Final = (
    "tension_peak_n",
    "contact_impulse_n_s",
    "contact_impulse_zone_n_s",
    "tfl_share_of_internal_rotation_moment",
    *(f"fibres.{muscle}.negative_work_loading_j" for muscle in GLUTEALS),
)
"""Outcomes that need net moments as well."""

OUTCOMES: Final = (*GEOMETRY_OUTCOMES, *FORCE_OUTCOMES)


class Work(NamedTuple):
    """How many poses, capacities and load sharings one band takes.

    Attributes
    ----------
    poses, capacities, sharings : leg-frames of each
    """

    poses: int
    capacities: int
    sharings: int


def coalition_outcomes(
    body: CompiledBody,
    side: SideName,
    runner: MeanStance,
    reference: MeanStance,
    groups: Sequence[Group],
    draw: Draw,
    zero_m: Array,
) -> dict[str, Array]:
    """Evaluate every coalition of groups that are taken from the runner, the others from the reference.

    Parameters
    ----------
    body, side : on whose leg both move
    runner, reference : net moments in N·m here; those of groups that are not in `groups` are the runner's
    groups : each of angles and timing, or of moments; not of both
    draw : a believable band; its session offsets are added to every hybrid
    zero_m : (5,) m, from `gerdy.band.evaluate.zero_length`

    Returns
    -------
    outcome → (2^groups,) in the order of `gerdy.band.shapley.coalitions`; `FORCE_OUTCOMES` where both have moments
    """
    moving, loading = _parted(groups)
    poses = _swapped([group for group in moving if group.coordinates], runner, reference)
    points = len(runner.q)
    blocks = _moments(loading, runner, reference)
    angles, slopes = (_row(body, side, part) for part in poses)
    lines = leg_lines(body, angles, slopes, draw, side, sharing=blocks[0] is not None)
    timed = any(group.timing for group in moving)
    pace_s = (reference.duration_s, runner.duration_s) if timed else (runner.duration_s,)
    lines = _at_paces(lines, pace_s)
    angles = np.tile(angles, (len(pace_s), 1))
    seconds = np.repeat(pace_s, len(poses[0]))
    when = np.linspace(0.0, 1.0, points) * seconds[:, None]
    leg = with_capacity(body, lines, draw, side)
    found: dict[str, list[Array]] = {}
    for block in blocks:
        net = None if block is None else np.tile(_row(body, side, block[None]), (len(seconds), 1))
        band = share_leg(body, leg, net, draw)
        # Velocities stand in the lines already, so the cut does not carry them again.
        cut = AtStances(when, angles, angles, net)
        values, _ = outcomes_of(body, side, cut, draw, zero_m, band)
        for path in OUTCOMES if net is not None else GEOMETRY_OUTCOMES:
            found.setdefault(path, []).append(values[path])
    place = _places(groups, moving, loading)
    return {path: np.concatenate(values)[place] for path, values in found.items()}


def work_of(groups: Sequence[Group], points: int) -> Work:
    """Count the leg-frames that `coalition_outcomes` computes for one band."""
    moving, loading = _parted(groups)
    posed = sum(bool(group.coordinates) for group in moving)
    return Work(2**posed * points, 2 ** len(moving) * points, 2 ** len(groups) * points if loading else 0)


def _parted(groups: Sequence[Group]) -> tuple[list[Group], list[Group]]:
    """Part groups into those that move the leg (timing last) and those that load it."""
    moving = [group for group in groups if not group.is_force]
    return sorted(moving, key=lambda group: group.timing), [group for group in groups if group.is_force]


def _swapped(groups: list[Group], runner: MeanStance, reference: MeanStance) -> tuple[Array, Array]:
    """Return angles and slopes of every coalition, (2^groups, points, `COORDINATES`) each."""
    mine = _owned([group.coordinates for group in groups])[:, None]
    return np.where(mine, runner.q, reference.q), np.where(mine, runner.slope, reference.slope)


def _moments(groups: list[Group], runner: MeanStance, reference: MeanStance) -> list[Array | None]:
    """Return the net moments of every coalition of loading groups, (points, `COORDINATES`) each."""
    if runner.moments is None or reference.moments is None:
        return [None]
    mine = _owned([group.moments for group in groups])[:, None]
    return list(np.where(mine, runner.moments, reference.moments))


def _owned(parts: list[tuple[str, ...]]) -> Flags:
    """Return (2^parts, `COORDINATES`) whether a column is the runner's; one that stands in no part always is."""
    of_group = np.array([[name in part for name in COORDINATES] for part in parts], dtype=bool)
    of_group = of_group.reshape(len(parts), len(COORDINATES))
    owned: Flags = (coalitions(len(parts)) @ of_group) | ~of_group.any(axis=0)
    return owned


def _row(body: CompiledBody, side: SideName, values: Array) -> Array:
    """Put (stances, points, `COORDINATES`) values into rows of the body's coordinates; others are at rest."""
    flat = np.zeros((values.shape[0] * values.shape[1], len(body.coordinates)))
    for column, name in enumerate(COORDINATES):
        full = name if name.startswith("pelvis") else f"{name}_{side[0]}"
        flat[:, body.coordinate_index(full)] = np.nan_to_num(values[:, :, column]).ravel()
    return flat


def _at_paces(lines: LegLines, pace_s: Sequence[float]) -> LegLines:
    """Repeat lines whose velocities are per stance, once for each duration of stance."""

    def paced(values: Array) -> Array:
        return np.concatenate([values / seconds for seconds in pace_s])

    times, strands, muscles = len(pace_s), lines.strands, lines.muscles
    return LegLines(
        strands._replace(
            length=np.concatenate([strands.length] * times),
            moment_arm=np.concatenate([strands.moment_arm] * times),
            pressure=np.concatenate([strands.pressure] * times),
            position=np.concatenate([strands.position] * times),
            contact=np.concatenate([strands.contact] * times),
            crosses=np.concatenate([strands.crosses] * times),
        ),
        paced(lines.rate_m_s),
        muscles._replace(
            length=np.concatenate([muscles.length] * times),
            velocity=paced(muscles.velocity),
            moment_arm=np.concatenate([muscles.moment_arm] * times),
            outside=np.concatenate([muscles.outside] * times),
        ),
    )


def _places(groups: Sequence[Group], moving: list[Group], loading: list[Group]) -> Array:
    """Return where each coalition of `groups` stands in blocks of moments, each block all poses and paces."""
    members = coalitions(len(groups))
    order = [*moving, *loading]
    bits = np.array([1 << order.index(group) for group in groups])
    return np.asarray(members @ bits)
