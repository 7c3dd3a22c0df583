"""What a stance does to the band: outcomes of each stance from curves over it.

Every function takes curves (stances, points) over the phase of stance, evenly spaced from contact to toe-off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gerdy.band.design import STRANDS

if TYPE_CHECKING:
    from gerdy.band.tension import LegBand
    from gerdy.quantities import Array, Flags

LOADED_PATHS = (0, 1)
"""Paths that stand for the anterior and the posterior strand (upper compartment of gluteus maximus)."""
CREST_PATH = 4


class Stances(NamedTuple):
    """When stances are, and what the knee does in them.

    Attributes
    ----------
    time_s : (stances, points) s, evenly from contact to toe-off
    knee_flexion : (stances, points) rad
    zone : (low, high) rad of knee flexion in which the band is said to be compressed
    """

    time_s: Array
    knee_flexion: Array
    zone: tuple[float, float]

    @property
    def duration_s(self) -> Array:
        """(stances,) s."""
        return self.time_s[:, -1] - self.time_s[:, 0]

    def loading(self) -> Flags:
        """(stances, points) whether the knee is still bending."""
        deepest = self.knee_flexion.argmax(axis=1)
        return np.arange(self.time_s.shape[1]) <= deepest[:, None]

    def in_zone(self) -> Flags:
        """(stances, points) whether the knee is in the zone."""
        return (self.knee_flexion >= self.zone[0]) & (self.knee_flexion <= self.zone[1])


class Curves(NamedTuple):
    """One believable band over stances, each (stances, points, …).

    Attributes
    ----------
    elongation : (…, 3) share of the zero length: anterior, posterior, crest
    rate : (…, 3) per second
    position_m : (…, 2) m of the strands over the epicondyle, forward of its apex
    contact : (…, 2) whether each strand lies on the epicondyle
    tension_n : (…, 2) N; NaN without forces
    contact_n : (…) N on the epicondyle; NaN without forces
    """

    elongation: Array
    rate: Array
    position_m: Array
    contact: Array
    tension_n: Array
    contact_n: Array


def sample(time_s: Array, values: Array, when_s: Array) -> Array:
    """Read (frames, …) values at (stances, points) times, linearly; NaN where a neighbour is not recorded."""
    after = np.clip(np.searchsorted(time_s, when_s, side="right"), 1, len(time_s) - 1)
    share = (when_s - time_s[after - 1]) / (time_s[after] - time_s[after - 1])
    share = share.reshape(share.shape + (1,) * (values.ndim - 1))
    return np.asarray(values[after - 1] * (1 - share) + values[after] * share)


def over(values: Array, stances: Stances) -> Array:
    """Give values computed at every point of every stance, in one row, their (stances, points, …) shape back."""
    return values.reshape(*stances.time_s.shape, *values.shape[1:])


def curves_of(band: LegBand, stances: Stances, zero_m: Array) -> Curves:
    """Read the curves of one believable band that was computed at every point of every stance.

    Parameters
    ----------
    zero_m : (5,) m, lengths at zero elongation
    """
    paths = [*LOADED_PATHS, CREST_PATH]
    length, rate = band.geometry.length[:, paths] / zero_m[paths], band.rate_m_s[:, paths] / zero_m[paths]
    nothing = np.full((len(length), 2), np.nan)
    tension = nothing if band.tension is None else band.tension.strand_n
    contact = nothing[:, 0] if band.tension is None else band.tension.contact_n
    columns = (
        length - 1.0,
        rate,
        band.geometry.position[:, :2],
        band.geometry.contact[:, :2].astype(float),
        tension,
        contact,
    )
    return Curves(*(over(column, stances) for column in columns))


def peaks(curves: Curves) -> dict[str, Array]:
    """Return peak elongation and rate of each strand and when in stance they come, (stances,) each."""
    found: dict[str, Array] = {}
    points = curves.elongation.shape[1] - 1
    for i, strand in enumerate(STRANDS):
        elongation, rate = curves.elongation[:, :, i], curves.rate[:, :, i]
        found[f"{strand}.path_elongation_peak_pct"] = 100 * elongation.max(axis=1)
        found[f"{strand}.path_elongation_peak_pct_stance"] = 100 * elongation.argmax(axis=1) / points
        found[f"{strand}.path_elongation_contact_pct"] = 100 * elongation[:, 0]
        found[f"{strand}.path_elongation_rate_peak_pct_s"] = 100 * rate.max(axis=1)
        found[f"{strand}.path_elongation_rate_peak_pct_stance"] = 100 * rate.argmax(axis=1) / points
    return found


def epicondyle(curves: Curves, stances: Stances) -> dict[str, Array]:
    """Return what happens at the lateral epicondyle without forces: travel, contact and time in the zone."""
    position = curves.position_m[:, :, 1]
    touching = curves.contact.max(axis=2) > 0.5
    knee = np.degrees(stances.knee_flexion)
    onset = np.where(touching.any(axis=1), np.take_along_axis(knee, touching.argmax(axis=1)[:, None], 1)[:, 0], np.nan)
    step_ms = 1000 * stances.duration_s / (stances.time_s.shape[1] - 1)
    zone, loading = stances.in_zone(), stances.loading()
    return {
        "contact_onset_knee_flexion_deg": onset,
        "contact_from_foot_strike": touching[:, 0].astype(float),
        "travel_over_epicondyle_mm": 1000 * (position.max(axis=1) - position.min(axis=1)),
        "zone.loading_ms": (zone & loading).sum(axis=1) * step_ms,
        "zone.push_off_ms": (zone & ~loading).sum(axis=1) * step_ms,
    }


def loads(curves: Curves, stances: Stances, stiffness_n: float, zero_m: Array) -> dict[str, Array]:
    """Return what needs forces: tension, tissue strain, energy, contact force and impulse.

    Half of the band's stiffness belongs to each strand; the common distal band carries both.
    """
    found: dict[str, Array] = {}
    points = stances.time_s.shape[1] - 1
    for i, strand in enumerate(STRANDS[:2]):
        tension = curves.tension_n[:, :, i]
        strain = tension / (0.5 * stiffness_n)
        found[f"{strand}.tension_peak_n"] = tension.max(axis=1)
        loaded = np.isfinite(tension).all(axis=1)
        found[f"{strand}.tension_peak_pct_stance"] = np.where(loaded, 100 * tension.argmax(axis=1) / points, np.nan)
        found[f"{strand}.tissue_strain_peak_pct"] = 100 * strain.max(axis=1)
        found[f"{strand}.energy_j"] = 0.5 * (tension * strain).max(axis=1) * zero_m[LOADED_PATHS[i]]
    together = curves.tension_n.sum(axis=2)
    known = np.isfinite(together).all(axis=1)
    at_peak = curves.contact_n.argmax(axis=1)
    knee = np.degrees(np.take_along_axis(stances.knee_flexion, at_peak[:, None], 1)[:, 0])
    step_s = stances.duration_s / points
    in_zone = np.where(stances.in_zone(), curves.contact_n, 0.0)
    return found | {
        "tension_peak_n": together.max(axis=1),
        "tissue_strain_peak_pct": 100 * together.max(axis=1) / stiffness_n,
        "contact_force_peak_n": curves.contact_n.max(axis=1),
        "contact_force_peak_knee_flexion_deg": np.where(known, knee, np.nan),
        "contact_force_peak_pct_stance": np.where(known, 100 * at_peak / points, np.nan),
        "contact_impulse_n_s": np.trapezoid(curves.contact_n, axis=1) * step_s,
        "contact_impulse_zone_n_s": np.where(known, np.trapezoid(in_zone, axis=1) * step_s, np.nan),
    }
