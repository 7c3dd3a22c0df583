"""Strides and stances as labelled tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from gerdy.quantities import SIDES

if TYPE_CHECKING:
    from gerdy.motion.study import Motion


def stride_table(motion: Motion) -> xr.Dataset:
    """Return one row per stride found, good or not: times in s, side and verdict."""
    strides = motion.strides
    stride_s = strides.end_s - strides.contact_s
    table = xr.Dataset(
        {
            "contact_s": ("stride", strides.contact_s),
            "toe_off_s": ("stride", strides.toe_off_s),
            "end_s": ("stride", strides.end_s),
            "stride_time_s": ("stride", stride_s),
            "contact_time_s": ("stride", strides.toe_off_s - strides.contact_s),
            "flight_time_s": ("stride", strides.flight_s),
        },
        coords={
            "side": ("stride", np.where(strides.right, "right", "left")),
            "verdict": ("stride", np.array(strides.verdict, dtype=str)),
        },
    )
    for name in table.data_vars:
        table[name].attrs["unit"] = "s"
    return table


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
