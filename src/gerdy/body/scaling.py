"""How large each segment of this runner is, against the generic body.

From a static trial: the mean over marker pairs of measured over generic distance, as OpenSim's ScaleTool has it.
Without one: from stature and, where given, segment lengths. Every factor says how it was obtained.

References
----------
.. [Delp2007] Delp SL et al. (2007). OpenSim: open-source software to create and analyze dynamic simulations of
   movement. IEEE Transactions on Biomedical Engineering 54:1940-1950.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy.body.hips import with_hip_centres
from gerdy.body.kinematics import forward
from gerdy.errors import BodyError
from gerdy.evidence import value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gerdy.body.marker_maps import MarkerMap, Measurement
    from gerdy.body.model import CompiledBody
    from gerdy.quantities import Array

__all__ = [
    "How",
    "Measured",
    "Scaling",
    "scale_from_static",
    "scale_from_stature",
    "segment_length_names",
]

_AXES: Final = "xyz"


class How(StrEnum):
    """How the scale of a segment was obtained."""

    MARKERS = "marker distances in the static trial"
    LENGTH = "measured segment length"
    STATURE = "stature"
    PROPORTION = "in proportion to the leg"
    GENERIC = "not scaled: as the generic body"


@dataclass(frozen=True, slots=True)
class Measured:
    """One measurement of a static trial.

    Parameters
    ----------
    name : as in the marker map
    scale : measured over generic distance, mean over `pairs`
    pairs, measured_m, generic_m : the marker pairs that were visible, and their two distances
    """

    name: str
    scale: float
    pairs: tuple[tuple[str, str], ...]
    measured_m: tuple[float, ...]
    generic_m: tuple[float, ...]

    @property
    def disagreement(self) -> float:
        """Largest minus smallest scale over the pairs; a large one points at a misplaced marker."""
        ratios = np.divide(self.measured_m, self.generic_m)
        return float(ratios.max() - ratios.min())


@dataclass(frozen=True, slots=True, eq=False)
class Scaling:
    """Scale factors of every segment of a compiled body.

    Parameters
    ----------
    bodies : names, in the body's order
    factors : (bodies, 3), along the segment's x, y, z; 1 is the generic size
    how : one per segment
    measured : the measurements behind it, empty without a static trial
    """

    bodies: tuple[str, ...]
    factors: Array
    how: tuple[How, ...]
    measured: tuple[Measured, ...] = ()

    def of(self, body: str) -> Array:
        """Factors (3,) of one segment."""
        factors: Array = self.factors[self.bodies.index(body)]
        return factors


def scale_from_static(
    body: CompiledBody,
    marker_map: MarkerMap,
    labels: Sequence[str],
    xyz_m: Array,
    *,
    unmeasured: How = How.PROPORTION,
) -> Scaling:
    """Scale every segment from the marker distances of a static trial.

    Parameters
    ----------
    body : the generic body
    marker_map : where the markers sit on it, and which pairs measure which segment
    labels, xyz_m : static trial, (frames, markers, 3) m; NaN samples drop out
    unmeasured : what becomes of segments that no visible pair measures: *in proportion* takes the mean factor of the
        femurs and tibias, *as the generic body* leaves them (as OpenSim's ScaleTool does)

    Returns
    -------
    Scaling

    Raises
    ------
    BodyError : no pair of any measurement is visible, or a scale that no adult has

    References
    ----------
    [Delp2007]_ the ScaleTool's measurement-based scaling.
    """
    labels, xyz_m = with_hip_centres(marker_map, labels, xyz_m)
    generic = _generic_places(body, marker_map)
    measured = [_measure(m, labels, xyz_m, generic) for m in marker_map.measurements]
    seen = [(m, found) for m, found in zip(marker_map.measurements, measured, strict=True) if found is not None]
    if not seen:
        raise BodyError(
            f"No marker pair of the map '{marker_map.name}' is visible in the static trial "
            f"({len(labels)} labels, for example {', '.join(labels[:3])}). Name the right map or the right trial."
        )
    factors = np.full((len(body.bodies), 3), np.nan)
    for measurement, found in seen:
        for segment in measurement.bodies:
            for axis in measurement.axes:
                factors[body.body_index(segment), _AXES.index(axis)] = _plausible(found)
    return _filled(body, factors, How.MARKERS, unmeasured, tuple(found for _, found in seen))


def segment_length_names() -> tuple[str, ...]:
    """Names of the lengths that `scale_from_stature` takes."""
    return tuple(_LENGTHS)


def scale_from_stature(body: CompiledBody, height_m: float, lengths_m: Mapping[str, float] | None = None) -> Scaling:
    """Scale without a static trial: every segment by stature, refined by the segment lengths that were measured.

    Parameters
    ----------
    body : the generic body
    height_m : standing height, m
    lengths_m : any of ``thigh`` (hip to knee joint), ``shank`` (knee to ankle joint), ``pelvis_width`` (between hip
        joints), each in m, both sides alike; None where nothing was measured

    Returns
    -------
    Scaling

    Raises
    ------
    BodyError : an unknown length, or a size that no adult has

    Notes
    -----
    People of one height differ in proportion; a static trial is better and the fit report says which was used.
    """
    ratio = height_m / value("house_scaling.generic_stature")
    _check_range("height", ratio, f"{height_m:.2f} m")
    factors = np.full((len(body.bodies), 3), ratio)
    how = [How.STATURE] * len(body.bodies)
    for name, length in (lengths_m or {}).items():
        if name not in _LENGTHS:
            raise BodyError(f"Unknown segment length '{name}'; gerdy knows {', '.join(_LENGTHS)}.")
        start, end, segments, axes = _LENGTHS[name]
        scale = length / _joint_distance(body, start, end)
        _check_range(name, scale, f"{length:.3f} m")
        for row in (body.body_index(segment) for segment in segments if segment in body.bodies):
            factors[row, [_AXES.index(axis) for axis in axes]] = scale
            how[row] = How.LENGTH
    return Scaling(body.bodies, factors, tuple(how))


_LENGTHS: Final[dict[str, tuple[str, str, tuple[str, ...], str]]] = {
    "thigh": ("femur_r", "tibia_r", ("femur_r", "femur_l", "patella_r", "patella_l"), "xyz"),
    "shank": ("tibia_r", "talus_r", ("tibia_r", "tibia_l"), "xyz"),
    "pelvis_width": ("femur_r", "femur_l", ("pelvis",), "z"),
}
_LEG: Final = ("femur_r", "femur_l", "tibia_r", "tibia_l")


def _filled(body: CompiledBody, factors: Array, how: How, unmeasured: How, measured: tuple[Measured, ...]) -> Scaling:
    leg = [factors[body.body_index(name)] for name in _LEG if name in body.bodies]
    rest = float(np.nanmean(leg)) if unmeasured is How.PROPORTION and np.isfinite(leg).any() else 1.0
    found = [bool(np.isfinite(row).any()) for row in factors]
    return Scaling(
        body.bodies,
        np.where(np.isfinite(factors), factors, rest),
        tuple(how if seen else unmeasured for seen in found),
        measured,
    )


def _generic_places(body: CompiledBody, marker_map: MarkerMap) -> dict[str, Array]:
    poses = forward(body, body.default_pose())
    return {
        m.label: poses.position[0, b] + poses.rotation[0, b] @ np.array(m.place_m)
        for m in marker_map
        if m.place_m is not None and m.body in body.bodies
        for b in (body.body_index(m.body),)
    }


def _measure(
    measurement: Measurement, labels: Sequence[str], xyz_m: Array, generic: Mapping[str, Array]
) -> Measured | None:
    pairs, measured, expected = [], [], []
    for first, second in measurement.pairs:
        if first not in labels or second not in labels or first not in generic or second not in generic:
            continue
        gap = np.linalg.norm(xyz_m[:, labels.index(first)] - xyz_m[:, labels.index(second)], axis=-1)
        if np.isfinite(gap).any():
            pairs.append((first, second))
            measured.append(float(np.nanmean(gap)))
            expected.append(float(np.linalg.norm(generic[first] - generic[second])))
    if not pairs:
        return None
    scale = float(np.mean(np.divide(measured, expected)))
    return Measured(measurement.name, scale, tuple(pairs), tuple(measured), tuple(expected))


def _plausible(found: Measured) -> float:
    seen = f"{' to '.join(found.pairs[0])} is {found.measured_m[0] * 1000:.0f} mm"
    _check_range(found.name, found.scale, seen)
    return found.scale


def _check_range(name: str, scale: float, seen: str) -> None:
    low, high = (value(f"house_scaling.{end}_plausible_scale") for end in ("smallest", "largest"))
    if not low <= scale <= high:
        raise BodyError(
            f"The {name} would be {scale:.2f} times the generic body ({seen}); {low:g} to {high:g} is expected of an "
            "adult. Check the unit, the marker labels and that the static trial belongs to this runner."
        )


def _joint_distance(body: CompiledBody, first: str, second: str) -> float:
    position = forward(body, body.default_pose()).position[0]
    return float(np.linalg.norm(position[body.body_index(first)] - position[body.body_index(second)]))
