"""What ``gerdy analyze`` found, as a record with arrays inside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from gerdy.evidence import registry

if TYPE_CHECKING:
    import xarray as xr

    from gerdy.band.attribution import Attribution
    from gerdy.band.outcomes import SideBand
    from gerdy.evidence import Entry
    from gerdy.motion.joint_moments import JointMoments
    from gerdy.motion.joint_motion import JointMotion
    from gerdy.motion.stance_curves import StanceCurves
    from gerdy.motion.study import Motion
    from gerdy.pipelines.subject import Subject
    from gerdy.quantities import SideName, Spread
    from gerdy.recordings.data import Coordinates, Markers, Problem
    from gerdy.recordings.marker_sets import MarkerSet

SCHEMA: Final = "gerdy/analysis/1"

SIDE_KEYS: Final = (
    "cadence_spm",
    "contact_time_s",
    "flight_time_s",
    "peak_vertical_force_bw",
    "peak_vertical_force_pct_stance",
)
"""Quantities that stand directly in ``sides.*``; null with a reason in ``missing`` where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SideResult:
    """One side of one recording.

    Parameters
    ----------
    strides : how many were used
    verdicts : how many strides had each verdict
    values : `SIDE_KEYS` → mean, spread, n
    measures : joint measures of BODY, or None
    band : band outcomes of BAND, or None
    norm : measures against a matched norm, or None
    attribution : shares of the difference from a reference, or None
    vicious_circle : gain of the article's loop, a hypothesis; None without forces
    missing : dotted path → why there is no value
    """

    strides: int
    verdicts: dict[str, int]
    values: dict[str, Spread]
    measures: dict[str, Spread] | None = None
    band: dict[str, Any] | None = None
    norm: dict[str, Any] | None = None
    attribution: dict[str, Any] | None = None
    vicious_circle: dict[str, Any] | None = None
    missing: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return one entry of ``sides``."""
        means = {key: self.values[key].to_json()["mean"] if key in self.values else None for key in SIDE_KEYS}
        return {
            "strides": self.strides,
            **means,
            "spread": {key: value.to_json() for key, value in self.values.items()},
            "verdicts": self.verdicts,
            "measures": None if self.measures is None else {k: v.to_json() for k, v in self.measures.items()},
            "band": self.band,
            "norm": self.norm,
            "attribution": self.attribution,
            "vicious_circle": self.vicious_circle,
            "missing": self.missing,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """One runner on one occasion.

    Parameters
    ----------
    recording : plain facts about the files and what was found in them
    subject : who ran
    sides : side → result; None where a side was not asked for
    symmetry : quantity → left minus right, with the standard error of that difference as its spread
    problems : in the order they were found
    used : every registry entry that this run relied on
    motion : strides and forces as the layers below made them
    strides : dimension ``stride``; side, times, verdict and values of every stride found
    stances : dimensions ``stride`` (the good ones) × ``phase`` (% of stance); vertical force in N
    markers : cleaned, in ground axes
    static : the static trial in the same axes, or None
    moments : net joint moments; None without a force per foot or a body mass
    curves : stances of each leg that can be compared with others'
    attributions : why each leg's band load differs from the reference
    joints : joint coordinates with the runner's body and its fit; None where they could not be found
    """

    recording: dict[str, Any]
    subject: Subject
    sides: dict[SideName, SideResult | None]
    symmetry: dict[str, Spread]
    problems: tuple[Problem, ...]
    used: dict[str, Entry]
    motion: Motion
    strides: xr.Dataset
    stances: xr.Dataset
    markers: Markers
    marker_set: MarkerSet
    bands: dict[SideName, SideBand] = field(default_factory=dict)
    static: Markers | None = None
    joints: JointMotion | None = None
    moments: JointMoments | None = None
    curves: dict[SideName, StanceCurves] = field(default_factory=dict)
    attributions: dict[SideName, Attribution] = field(default_factory=dict)

    @property
    def coordinates(self) -> Coordinates | None:
        """Joint coordinates with OpenSim's names and signs, or None."""
        return None if self.joints is None else self.joints.coordinates

    def _fit(self) -> dict[str, Any] | None:
        if self.joints is None:
            return None
        residual = None if self.moments is None else self.moments.vertical_residual_n
        return self.joints.fit.to_json() | {"vertical_residual_n": residual}

    def to_json(self) -> dict[str, Any]:
        """Return the document that ``gerdy analyze --json`` prints."""
        return {
            "schema": SCHEMA,
            "recording": self.recording,
            "subject": self.subject.to_json(),
            "sides": {side: result.to_json() if result else None for side, result in self.sides.items()},
            "fit": self._fit(),
            "symmetry": {key: _difference(value) for key, value in self.symmetry.items()},
            "problems": [problem.to_json() for problem in self.problems],
            "sources": sources(self.used),
        }


def sources(used: dict[str, Entry]) -> list[dict[str, Any]]:
    """Return the publications behind a run, each with the keys that were read from it."""
    by_source: dict[str, list[str]] = {}
    for key, item in used.items():
        by_source.setdefault(item.source, []).append(key)
    book = registry().sources
    return [
        {"key": name, "citation": book[name].citation(), "entries": sorted(keys)}
        for name, keys in sorted(by_source.items())
    ]


def _difference(value: Spread) -> dict[str, Any]:
    plain = value.to_json()
    return {
        "left_minus_right": plain["mean"],
        "standard_error": plain["sd"],
        "n": plain["n"],
        "unit": plain["unit"],
    }
