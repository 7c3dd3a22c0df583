"""How measures of films are written for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from gerdy.motion.film.measure import FilmMeasure

SHOWN: Final = {
    "contralateral_pelvic_drop_mid_stance_2d_deg": "Drop of the free side of the pelvis, mid-stance",
    "femoral_adduction_mid_stance_2d_deg": "Thigh inward of the vertical, mid-stance",
    "hip_adduction_mid_stance_2d_deg": "Thigh inward against the pelvis, mid-stance",
    "knee_projection_mid_stance_2d_deg": "Knee inward of the line from hip to ankle, mid-stance",
    "trunk_ipsilateral_lean_mid_stance_2d_deg": "Trunk toward the stance leg, mid-stance",
    "heel_ankle_line_mid_stance_2d_deg": "Ankle inward over the heel, mid-stance",
    "pelvis_to_foot_mid_stance_2d_pct": "Foot to its side of the pelvis's middle, mid-stance",
    "step_width_2d_pct": "Step width against the pelvis",
    "knee_flexion_contact_deg": "Knee bent at contact",
    "knee_flexion_peak_deg": "Knee bent most in stance",
    "hip_flexion_contact_deg": "Hip bent at contact, against the trunk",
    "dorsiflexion_peak_deg": "Ankle bent up most in stance",
    "foot_inclination_contact_deg": "Toes up at contact",
    "trunk_forward_lean_mid_stance_deg": "Trunk forward, mid-stance",
    "overstride_contact_mm": "Ankle ahead of the hips at contact",
    "overstride_contact_pct_leg": "Ankle ahead of the hips at contact",
    "vertical_oscillation_mm": "Up and down of the pelvis in a stride",
    "vertical_oscillation_pct_leg": "Up and down of the pelvis in a stride",
}
"""Measure → name; the order of tables and stills. All others stand in the JSON and the CSV."""


def with_error(measure: FilmMeasure | None) -> str:
    """Return ``mean ± standard error unit``; nothing is shown finer than its error allows."""
    if measure is None or not np.isfinite(measure.mean):
        return "–"
    digits = 0 if measure.se >= 1.0 else 1
    return f"{measure.mean:.{digits}f} ± {measure.se:.{digits}f} {measure.unit}"
