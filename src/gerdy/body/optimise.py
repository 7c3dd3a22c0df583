"""Muscle forces of one leg from its net joint moments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from gerdy.body.hill import Capacity, muscle_capacity
from gerdy.body.kinematics import as_poses
from gerdy.body.muscles import MuscleGeometry, muscle_geometry
from gerdy.body.paths import muscles_of
from gerdy.body.sharing import Sharing, share_load
from gerdy.body.tables import number_table
from gerdy.errors import BodyError
from gerdy.evidence import value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike

    from gerdy.body.model import CompiledBody
    from gerdy.body.muscles import Mode
    from gerdy.quantities import Array, Flags, SideName

BALANCED: Final = ("hip_flexion", "hip_adduction", "hip_rotation", "knee_angle", "ankle_angle", "subtalar_angle")
CARRIED: Final = ("knee_adduction", "knee_rotation")


class MuscleForces(NamedTuple):
    """Forces of one leg along a motion.

    Attributes
    ----------
    side : whose leg
    muscles, coordinates : names; coordinates are those the muscles were asked to balance
    activation : (frames, muscles) 0 to 1
    force : (frames, muscles) N along the tendon, active and passive together
    reserve : (frames, coordinates) N·m that no muscle made
    balanced : (frames,) False where a reserve exceeds its stated share, or nothing could be solved
    outside : (frames,) True where a muscle left the range its polynomial was fitted on
    objective : (frames,) sum of squared activations, reserves included
    carried_by : names of the knee coordinates that contact and ligaments carry
    carried : (frames, carried_by) N·m: net moment less what these muscle forces make there
    geometry, capacity : what the forces were found with
    """

    side: SideName
    muscles: tuple[str, ...]
    coordinates: tuple[str, ...]
    activation: Array
    force: Array
    reserve: Array
    balanced: Flags
    outside: Flags
    objective: Array
    carried_by: tuple[str, ...]
    carried: Array
    geometry: MuscleGeometry
    capacity: Capacity


def static_optimisation(
    body: CompiledBody,
    q: ArrayLike,
    velocity: ArrayLike,
    moments: ArrayLike,
    *,
    side: SideName,
    mode: Mode = "correct",
    ask_knee: bool = False,
    passive_forces: bool = False,
    strength: Mapping[str, float | Array] | None = None,
    reserves_nm: Mapping[str, float] | None = None,
) -> MuscleForces:
    """Muscle forces of one leg that balance its net moments with the least sum of squared activations.

    Six moments are balanced (hip flexion, adduction, rotation, knee flexion, ankle, subtalar), fewer where the body
    has one locked. Knee adduction and tibial rotation are left to contact and ligaments and reported.

    Parameters
    ----------
    body : the compiled body
    q, velocity : (frames, coordinates) rad, m and per second
    moments : (frames, coordinates) N·m, from `inverse_dynamics`
    side : "left" or "right"
    mode : ``correct``, or ``opensim`` to copy two properties of OpenSim 4.6: no cos(pennation) in the active force,
        and its gastrocnemius paths
    ask_knee : also ask muscles for the knee's adduction and rotation moments
    passive_forces : let stretched fibres pull without activation (OpenSim's static optimisation does not)
    strength : factors on the capacity of named muscles, for all frames or (frames,); others are 1
    reserves_nm : reserve per coordinate without its side, N·m per unit; None takes the house's

    Returns
    -------
    MuscleForces; NaN in frames whose inputs are not recorded, and `balanced` is False there

    Raises
    ------
    BodyError
        Shapes do not match, or a name is unknown.

    References
    ----------
    .. [Crowninshield1981] Crowninshield, Brand (1981). A physiologically based criterion of muscle force prediction
       in locomotion. Journal of Biomechanics 14:793-801.

    Examples
    --------
    >>> import numpy as np
    >>> from gerdy import body
    >>> generic = body.load()
    >>> q = generic.default_pose()
    >>> moments = np.zeros_like(q)
    >>> moments[0, generic.coordinate_index("ankle_angle_r")] = -50.0
    >>> right = body.static_optimisation(generic, q, np.zeros_like(q), moments, side="right")
    >>> bool(right.balanced[0]), right.muscles[int(right.force[0].argmax())]
    (True, 'soleus_r')
    """
    net = as_poses(body, moments)
    asked, carried_by = asked_coordinates(body, side, ask_knee=ask_knee)
    muscles = leg_muscles(body, side, asked)
    geometry = muscle_geometry(body, q, velocity, muscles=muscles, coordinates=asked + carried_by, mode=mode)
    capacity = muscle_capacity(body, geometry, mode=mode)
    factors = strength_factors(muscles, strength or {})
    n = len(asked)
    passive = capacity.passive if passive_forces else np.zeros_like(capacity.passive)
    columns = [body.coordinate_index(name) for name in asked]
    shared = share_load(
        geometry.moment_arm[:, :, :n],
        capacity.active * factors,
        net[:, columns],
        reserve=reserves(asked, reserves_nm),
        passive=passive,
        lower=value("house_body.least_activation"),
    )
    force = shared.force + passive
    knee = [body.coordinate_index(name) for name in carried_by]
    made = np.einsum("fm,fmc->fc", force, geometry.moment_arm[:, :, n:])
    return MuscleForces(
        side=side,
        muscles=muscles,
        coordinates=asked,
        activation=shared.activation,
        force=force,
        reserve=shared.reserve,
        balanced=is_balanced(shared, net[:, columns]),
        outside=np.asarray(geometry.outside.any(axis=1)),
        objective=shared.objective,
        carried_by=carried_by,
        carried=net[:, knee] - made,
        geometry=geometry,
        capacity=capacity,
    )


def asked_coordinates(body: CompiledBody, side: SideName, *, ask_knee: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the coordinates whose moments muscles balance, and those that contact and ligaments carry."""
    free = {c.name for c in body.coordinates if not c.locked}
    suffix = f"_{side[0]}"
    balanced = tuple(stem + suffix for stem in BALANCED if stem + suffix in free)
    knee = tuple(stem + suffix for stem in CARRIED if stem + suffix in free)
    return (balanced + knee, ()) if ask_knee else (balanced, knee)


def leg_muscles(body: CompiledBody, side: SideName, asked: tuple[str, ...]) -> tuple[str, ...]:
    """Return the muscles of this side that span something they are asked for."""
    stored = muscles_of(body)
    s = stored.surrogates
    columns = {body.coordinate_index(name) for name in asked}
    spanning = set()
    for g in range(len(s.variable_start) - 1):
        if columns & set(s.variable[s.variable_start[g] : s.variable_start[g + 1]].tolist()):
            spanning |= set(s.member[s.member_start[g] : s.member_start[g + 1]].tolist())
    return tuple(name for m, name in enumerate(stored.names) if m in spanning and name.endswith(f"_{side[0]}"))


def strength_factors(muscles: tuple[str, ...], strength: Mapping[str, float | Array]) -> Array:
    """Return factors on the capacity of muscles, (muscles,), or (frames, muscles) where one is given by frame.

    Raises
    ------
    BodyError : unknown names and negative factors
    """
    for name, factor in strength.items():
        if name not in muscles:
            raise BodyError(f"Strength names '{name}', which is not a muscle of this leg: {', '.join(muscles)}.")
        if not np.all(np.asarray(factor) >= 0.0):
            raise BodyError(f"The strength of {name} is {factor}; expected a factor of zero or more.")
    return np.stack(np.broadcast_arrays(*(strength.get(name, 1.0) for name in muscles)), axis=-1)


def reserves(asked: tuple[str, ...], given: Mapping[str, float] | None) -> Array:
    """Return the reserve of each coordinate, N·m per unit; raises BodyError where none is stated."""
    table = number_table("house_body.reserves") if given is None else given
    stems = [name[:-2] for name in asked]
    missing = [stem for stem in stems if stem not in table]
    if missing:
        raise BodyError(f"No reserve is stated for {', '.join(missing)}; give one in N·m for every coordinate.")
    return np.array([table[stem] for stem in stems])


def is_balanced(shared: Sharing, moments: Array) -> Flags:
    """Tell whether each frame's reserves stay small beside the moments it had to balance."""
    allowed = value("house_body.reserve_floor") + value("house_body.reserve_share") * np.abs(moments).max(axis=1)
    result: Flags = shared.solved & (np.abs(shared.reserve).max(axis=1) <= allowed)
    return result
