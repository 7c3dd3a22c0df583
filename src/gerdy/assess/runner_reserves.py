"""The reserves of one runner: tests of the sheet against the strides of a motion analysis."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi
from typing import TYPE_CHECKING, Final

from gerdy.assess.findings import SIDED, error_of
from gerdy.assess.reserves import Reserve, Uncertain, from_mdc, range_reserve, strength_reserve
from gerdy.quantities import GRAVITY_M_S2

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gerdy.assess.readings import Readings
    from gerdy.assess.reserves import Capacity
    from gerdy.records import Side

RANGES: Final = {
    "dorsiflexion, knee bent": (("lunge_bent_angle",), ("dorsiflexion_peak_deg",)),
    "hip internal rotation": (
        ("hip_internal_rotation_seated", "hip_internal_rotation_prone"),
        ("hip_internal_rotation_peak_deg",),
    ),
}
"""Name → tests (the smaller value counts) and measures of ``gerdy analyze``, the first that is there."""


@dataclass(frozen=True, slots=True)
class Strength:
    """How one muscle group is tested, and which moment of the stride it meets.

    Parameters
    ----------
    flexion : hip flexion in the test by position, rad
    moments : measures of ``gerdy analyze``, N·m, or N·m/kg where the name ends so
    """

    group: str
    tests: tuple[str, ...]
    flexion: Mapping[str, float]
    moments: tuple[str, ...]


STRENGTHS: Final = (
    Strength(
        "hip abduction",
        ("hip_abduction_isometric", "hip_abduction_scale"),
        {"side-lying": 0.0, "supine": 0.0},
        ("hip_abduction_moment_peak_nm", "hip_abduction_moment_peak_nm_kg"),
    ),
    Strength(
        "hip external rotation",
        ("hip_external_rotation_isometric", "hip_external_rotation_scale"),
        {"seated": pi / 2, "prone": 0.0},
        ("hip_external_rotation_moment_peak_nm", "hip_external_rotation_moment_peak_nm_kg"),
    ),
)


def reserves(readings: Readings, capacities: Mapping[str, Capacity] | None = None) -> tuple[Reserve, ...]:
    """Return every reserve per side; what was not tested or not recorded is unknown.

    Parameters
    ----------
    capacities : group (``hip abduction``, ``hip external rotation``) → its largest moment at a hip flexion
    """
    found: list[Reserve] = []
    for side in SIDED:
        found += [
            range_reserve(name, side, _tested(readings, tests, side), _used(readings, side, measures))
            for name, (tests, measures) in RANGES.items()
        ]
        found += [_strength(readings, how, side, (capacities or {}).get(how.group)) for how in STRENGTHS]
    return tuple(found)


def _tested(readings: Readings, tests: tuple[str, ...], side: Side) -> Uncertain | None:
    seen = [(readings.number(test, side), test) for test in tests]
    known = [(number, test) for number, test in seen if number is not None]
    if not known:
        return None
    number, test = min(known)
    return from_mdc(number, error_of(readings, test, abs(number)))


def _used(readings: Readings, side: Side, measures: tuple[str, ...]) -> Uncertain | None:
    found = readings.measure("left" if side.value == "left" else "right", *measures)
    return None if found is None else Uncertain(float(found["mean"]), float(found.get("sd") or 0.0))


def _strength(readings: Readings, how: Strength, side: Side, capacity: Capacity | None) -> Reserve:
    torque, position = _torque(readings, how, side)
    asked = _used(readings, side, how.moments[:1]) or _per_mass(readings, side, how.moments[1])
    flexion = how.flexion.get(position or "", 0.0)
    return strength_reserve(how.group, side, torque, flexion, asked, capacity)


def _torque(readings: Readings, how: Strength, side: Side) -> tuple[Uncertain | None, str | None]:
    for test in how.tests:
        force, lever = readings.number(test, side), readings.detail(test, "lever_m")
        position = readings.detail(test, "position")
        if force is None or lever is None or position is None:
            continue
        newtons = force * (GRAVITY_M_S2 if test.endswith("scale") else 1)
        return from_mdc(newtons * lever, error_of(readings, test, newtons) * lever), position
    return None, None


def _per_mass(readings: Readings, side: Side, measure: str) -> Uncertain | None:
    found, mass = _used(readings, side, (measure,)), readings.answer("mass_kg")
    return None if found is None or mass is None else Uncertain(found.mean * mass, found.sd * mass)
