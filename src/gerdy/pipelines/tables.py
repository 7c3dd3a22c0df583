"""Strides and stances as labelled tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from gerdy.motion.summary import in_body_weights, stride_times
from gerdy.quantities import SIDES

if TYPE_CHECKING:
    from gerdy.motion.study import Motion
    from gerdy.quantities import Array

UNITS = {"_s": "s", "_spm": "steps/min", "_bw": "body weights", "_stance": "% of stance"}


def stride_table(motion: Motion, mass_kg: float | None) -> xr.Dataset:
    """Return one row per stride found, good or not: side, verdict, times, and peak force of the good ones.

    Parameters
    ----------
    mass_kg : None leaves the force in body weights missing (NaN)
    """
    strides = motion.strides
    columns = {"contact_s": strides.contact_s, "toe_off_s": strides.toe_off_s, "end_s": strides.end_s}
    columns |= stride_times(strides) | _peaks(motion, mass_kg)
    table = xr.Dataset(
        {name: ("stride", values, {"unit": _unit(name)}) for name, values in columns.items()},
        coords={
            "side": ("stride", np.where(strides.right, "right", "left")),
            "verdict": ("stride", np.array(strides.verdict, dtype=str)),
        },
    )
    return table.assign_coords(stride=np.arange(len(strides)))


def stance_table(motion: Motion) -> xr.Dataset:
    """Return the vertical force of every good stance over its phase; no rows without forces."""
    phase = np.linspace(0.0, 100.0, 101)
    curves = [motion.curves[side].curve_n for side in SIDES if side in motion.curves]
    side = np.repeat(list(SIDES), [len(curve) for curve in curves]) if curves else np.array([], dtype=str)
    force = np.concatenate(curves) if curves else np.empty((0, len(phase)))
    return xr.Dataset(
        {"vertical_force_n": (("stride", "phase_pct"), force, {"unit": "N"})},
        coords={"side": ("stride", side), "phase_pct": phase},
    )


def _peaks(motion: Motion, mass_kg: float | None) -> dict[str, Array]:
    strides = motion.strides
    found: dict[str, Array] = {}
    for side, forces in motion.curves.items():
        mine = strides.good & (strides.right == (side == "right"))
        for name, values in in_body_weights(forces, mass_kg or float("nan")).items():
            found.setdefault(name, np.full(len(strides), np.nan))[mine] = values
    return found


def _unit(name: str) -> str:
    return next(unit for ending, unit in UNITS.items() if name.endswith(ending))
