"""What a muscle can pull: rigid-tendon Hill muscles from their tables.

References
----------
.. [Millard2013] Millard, Uchida, Seth, Delp (2013). Flexing computational muscle: modeling and simulation of
   musculotendon dynamics. Journal of Biomechanical Engineering 135:021005.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import prange

from gerdy.body.kernels import kernel, parallel_kernel
from gerdy.body.paths import muscles_of

if TYPE_CHECKING:
    from gerdy.body.model import CompiledBody
    from gerdy.body.muscle_arrays import Hill
    from gerdy.body.muscles import Mode, MuscleGeometry
    from gerdy.quantities import Array, Indices


class Capacity(NamedTuple):
    """What each muscle could pull along its tendon; each field is (frames, muscles).

    Attributes
    ----------
    active : N at full activation, at this length and velocity; NaN where the geometry is
    passive : N of the stretched fibres, without activation
    fibre_length : optimal fibre lengths
    fibre_velocity : optimal fibre lengths per second, lengthening positive
    cosine : of the pennation angle
    """

    active: Array
    passive: Array
    fibre_length: Array
    fibre_velocity: Array
    cosine: Array


def muscle_capacity(body: CompiledBody, geometry: MuscleGeometry, *, mode: Mode = "correct") -> Capacity:
    """Largest active and the passive force of muscles with a rigid tendon.

    The fibre keeps its height (constant width of the pennate muscle), the tendon its slack length:
    l_fibre = sqrt(h^2 + (L - l_slack)^2), v_fibre = v cos(pennation),
    F = F_max (a f_l f_v + f_p) cos(pennation).

    Parameters
    ----------
    body : the compiled body
    geometry : from `muscle_geometry`, with velocities
    mode : ``correct``, or ``opensim``, which leaves out cos(pennation) from the active force as OpenSim 4.6's
        static optimisation does (opensim-core issue 4390)

    Returns
    -------
    Capacity

    References
    ----------
    [Millard2013]_ equations 1-3, with the curves of the compiled model.

    Examples
    --------
    >>> import numpy as np
    >>> from gerdy import body
    >>> generic = body.load()
    >>> standing = generic.default_pose()
    >>> geometry = body.muscle_geometry(generic, standing, np.zeros_like(standing), muscles=["soleus_r"])
    >>> soleus = body.muscle_capacity(generic, geometry)
    >>> bool(3000.0 < soleus.active[0, 0] < 8000.0)
    True
    """
    stored = muscles_of(body)
    rows = np.array([stored.index(name) for name in geometry.muscles])
    return hill_capacity(stored.hill, rows, geometry.length, geometry.velocity, mode=mode)


def hill_capacity(hill: Hill, rows: Indices, length: Array, velocity: Array, *, mode: Mode = "correct") -> Capacity:
    """As `muscle_capacity`, for chosen rows of any parameters and any (frames, rows) path lengths in m and m/s."""
    length, velocity = np.ascontiguousarray(length), np.ascontiguousarray(velocity)
    parts = [np.empty_like(length) for _ in Capacity._fields]
    _capacity(hill, rows, length, velocity, mode == "opensim", *parts)
    return Capacity(*parts)


@kernel
def curve(hill: Hill, row: int, x: float) -> float:
    """Value of a tabulated curve at x by cubic Hermite pieces, straight beyond the table."""
    step = hill.curve_step[row]
    last = hill.curve_value.shape[1] - 1
    u = (x - hill.curve_start[row]) / step
    if np.isnan(u):
        return np.nan
    if u <= 0.0:
        return hill.curve_value[row, 0] + hill.curve_slope[row, 0] * step * u
    if u >= last:
        return hill.curve_value[row, last] + hill.curve_slope[row, last] * step * (u - last)
    k = int(u)
    t = u - k
    y0, y1 = hill.curve_value[row, k], hill.curve_value[row, k + 1]
    d0, d1 = step * hill.curve_slope[row, k], step * hill.curve_slope[row, k + 1]
    rise = y1 - y0
    return y0 + t * (d0 + t * (3.0 * rise - 2.0 * d0 - d1 + t * (d0 + d1 - 2.0 * rise)))


@parallel_kernel
def _capacity(
    hill: Hill,
    rows: Indices,
    length: Array,
    velocity: Array,
    as_opensim: bool,
    active: Array,
    passive: Array,
    fibre_length: Array,
    fibre_velocity: Array,
    cosine: Array,
) -> None:
    for f in prange(length.shape[0]):
        for i in range(rows.size):
            m = rows[i]
            optimal = hill.optimal_fibre[m]
            height = optimal * np.sin(hill.pennation[m])
            shortest = hill.shortest_fibre[m] * optimal
            along = length[f, i] - hill.tendon_slack[m]
            fibre = np.sqrt(height**2 + along**2)
            if along < np.sqrt(max(shortest**2 - height**2, 0.0)):
                fibre = shortest
            tilt = np.sqrt(max(1.0 - (height / fibre) ** 2, 0.0))
            speed = velocity[f, i] * tilt / optimal
            normalised = fibre / optimal
            force = hill.max_force[m] * curve(hill, hill.active_curve[m], normalised)
            force *= curve(hill, hill.velocity_curve[m], speed / hill.max_velocity[m])
            if fibre <= shortest:
                force = 0.0
            active[f, i] = force if as_opensim else force * tilt
            passive[f, i] = hill.max_force[m] * max(0.0, curve(hill, hill.passive_curve[m], normalised)) * tilt
            fibre_length[f, i], fibre_velocity[f, i], cosine[f, i] = normalised, speed, tilt
