"""What a compiled body stores of its muscles, as plain arrays that kernels take whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from gerdy.errors import BodyError, nearest

if TYPE_CHECKING:
    from gerdy.quantities import Array, Flags, Indices


class Paths(NamedTuple):
    """Path declarations: attachment points and cylinders, in body frames; they scale with the bodies.

    Muscle m has the points `point_start[m]` to `point_start[m + 1]` and the wraps likewise.
    """

    point_start: Indices  # (muscles + 1,)
    point_body: Indices  # (points,)
    point: Array  # (points, 3) m
    wrap_start: Indices  # (muscles + 1,)
    wrap_cylinder: Indices  # (wraps,)
    wrap_first: Indices  # (wraps,) first point of the muscle between which the cylinder counts
    wrap_last: Indices  # (wraps,)
    cylinder_body: Indices  # (cylinders,)
    cylinder_rotation: Array  # (cylinders, 3, 3)
    cylinder_position: Array  # (cylinders, 3) m
    cylinder_radius: Array  # (cylinders,) m
    cylinder_length: Array  # (cylinders,) m
    cylinder_side: Indices  # (cylinders,)
    cylinder_sign: Array  # (cylinders,) 0 where the whole cylinder counts


class Hill(NamedTuple):
    """Force parameters and curve tables of rigid-tendon Hill muscles."""

    max_force: Array  # (muscles,) N
    optimal_fibre: Array  # (muscles,) m
    tendon_slack: Array  # (muscles,) m
    pennation: Array  # (muscles,) rad at optimal fibre length
    max_velocity: Array  # (muscles,) optimal fibre lengths per second
    shortest_fibre: Array  # (muscles,) in optimal fibre lengths; no force at or below it
    active_curve: Indices  # (muscles,) row of the tables
    passive_curve: Indices  # (muscles,)
    velocity_curve: Indices  # (muscles,)
    curve_start: Array  # (curves,) abscissa of the first knot
    curve_step: Array  # (curves,) knot spacing
    curve_value: Array  # (curves, knots)
    curve_slope: Array  # (curves, knots)


class Surrogates(NamedTuple):
    """Path lengths as polynomials of the coordinates a path spans.

    Muscles that span the same coordinates form a group and share its monomials. Group g has the coordinates
    `variable_start[g]` to `variable_start[g + 1]`, the monomials `term_start[g]` to `term_start[g + 1]` and
    the muscles `member_start[g]` to `member_start[g + 1]`. Monomial t is monomial `term_parent[t]` times
    variable `term_factor[t]`; coefficients lie muscle by muscle in `coefficient` from `coefficient_start[i]`.
    """

    low: Array  # (coordinates,) sampled range, rad; NaN where no path depends on it
    high: Array  # (coordinates,)
    variable_start: Indices
    variable: Indices
    term_start: Indices
    term_parent: Indices
    term_factor: Indices
    lower: Indices  # (terms, most variables) monomial one power lower in each variable, -1 where none
    exponent: Array  # (terms, most variables)
    member_start: Indices
    member: Indices
    coefficient_start: Indices
    coefficient: Array


OUTPUTS = 8


@dataclass(frozen=True, eq=False)
class Muscles:
    """All muscles of a body.

    Attributes
    ----------
    names : in OpenSim's names, for example ``tfl_r``
    paths, hill, surrogates : declarations, force parameters and length polynomials
    sequential : (muscles,) True where two cylinders in sequence make OpenSim's moment arm differ from -dL/dq
    compatible : polynomials of OpenSim's own length and arms of the sequential muscles, for ``opensim`` mode; member
        OUTPUTS * m is the length of muscle m, OUTPUTS * m + 1 + v its arm about the group's variable v
    """

    names: tuple[str, ...]
    paths: Paths
    hill: Hill
    surrogates: Surrogates
    sequential: Flags
    compatible: Surrogates

    def index(self, name: str) -> int:
        """Row of a muscle; raises BodyError with the nearest names."""
        if name not in self.names:
            near = ", ".join(nearest(name, self.names)) or "none"
            raise BodyError(f"The body has no muscle '{name}'; nearest: {near}.")
        return self.names.index(name)

    def to_arrays(self) -> dict[str, np.ndarray[Any, Any]]:
        """Flatten to named arrays, for a file."""
        parts: dict[str, Any] = {
            "paths": self.paths,
            "hill": self.hill,
            "surrogates": self.surrogates,
            "compatible": self.compatible,
        }
        arrays = {f"{part}.{k}": v for part, arrays in parts.items() for k, v in arrays._asdict().items()}
        return arrays | {"names": np.array(self.names), "sequential": self.sequential}

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray[Any, Any]]) -> Muscles:
        """Rebuild from the arrays of a file."""

        def part(prefix: str) -> dict[str, np.ndarray[Any, Any]]:
            return {k.removeprefix(prefix): v for k, v in arrays.items() if k.startswith(prefix)}

        return cls(
            names=tuple(str(name) for name in arrays["names"]),
            paths=Paths(**part("paths.")),
            hill=Hill(**part("hill.")),
            surrogates=Surrogates(**part("surrogates.")),
            sequential=arrays["sequential"],
            compatible=Surrogates(**part("compatible.")),
        )
