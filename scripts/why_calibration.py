"""Do the intervals of an attribution hold the truth as often as they say? ``python scripts/why_calibration.py 400``.

Synthetic runners whose true shares are known: anatomy and session errors are drawn from the priors that gerdy states,
movement is spread as that of the norm's runners, and stances scatter as the registry says. gerdy then sees only the
measured stances. This checks the arithmetic, not the priors: with other errors than stated the intervals would miss.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from gerdy import evidence
from gerdy.band.attribution import Shares, attribute, share_interval, shares_of
from gerdy.band.evaluate import zero_length
from gerdy.band.groups import GROUPS, Group, merged
from gerdy.band.hybrids import FORCE_OUTCOMES, GEOMETRY_OUTCOMES
from gerdy.band.priors import draw_bands
from gerdy.band.reference import ComparedLeg, Reference
from gerdy.band.session_errors import LegSize, SessionError, session_errors
from gerdy.body import load
from gerdy.body.tables import number_table
from gerdy.motion.norms import load_norms
from gerdy.motion.stance_curves import COORDINATES, MeanStance, StanceCurves, leg_length

if TYPE_CHECKING:
    from gerdy.band.design import Draw
    from gerdy.quantities import Array

POINTS: Final = 12
STANCES: Final = 20
MASS_KG: Final = 70.0
TRUTH_SEED: Final = 8
"""Other seeds than those of the draws that gerdy uses, so that the truth is none of them."""

PAGE: Final = Path(__file__).parents[1] / "docs" / "validation" / "why.md"
LOWEST, HIGHEST, LEAST = 0.87, 0.93, 0.85
"""Pooled coverage of a 90 % interval that is right, and the least of any outcome, as the target states them."""

FOUR: Final = (
    merged("hip angles", *GROUPS[:3]),
    merged("knee and foot angles", *GROUPS[3:6]),
    merged("moments", *(group for group in GROUPS if group.is_force)),
    GROUPS[8],
)
"""The groups of force outcomes, merged to four."""

MOVING: Final = tuple(group for group in GROUPS if not group.is_force)


class Cell(NamedTuple):
    """How often one quantity was held.

    Attributes
    ----------
    held, tried : runners
    """

    held: int
    tried: int

    @property
    def coverage(self) -> float:
        """Share of runners whose truth lay in the interval."""
        return self.held / self.tried


@dataclass(frozen=True)
class Coverage:
    """Result of a study.

    Parameters
    ----------
    cells : (outcome, group or *difference*) → how often the truth was held
    runners : how many
    wider : factor on the true session offsets against those that gerdy believes
    """

    cells: dict[tuple[str, str], Cell]
    runners: int
    wider: float

    def pooled(self, outcome: str | None = None) -> float:
        """Coverage over all quantities, or over those of one outcome."""
        cells = [cell for (path, _), cell in self.cells.items() if outcome in (None, path)]
        return sum(cell.held for cell in cells) / sum(cell.tried for cell in cells)

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Outcomes in order."""
        return tuple(dict.fromkeys(path for path, _ in self.cells))


def study(runners: int, *, wider: float = 1.0, seed: int = TRUTH_SEED) -> Coverage:
    """Make synthetic runners, attribute what is measured of them, and count how often the truth was held.

    Parameters
    ----------
    runners : how many
    wider : the true session offsets are this much larger than those that gerdy believes
    seed : of the truth
    """
    found: dict[tuple[str, str], Cell] = {}
    body = load()
    truths = draw_bands(body, 2 ** int(np.ceil(np.log2(max(runners, 2)))), seed)[:runners]
    errors = session_errors(draw_bands(body, 2 ** int(np.ceil(np.log2(max(runners, 2)))), seed), seed + 1)[:runners]
    believed = draw_bands(body)
    for number, (truth, error) in enumerate(zip(truths, errors, strict=True)):
        rng = np.random.default_rng((seed, number))
        for forces, groups in ((False, MOVING), (True, FOUR)):
            true, seen = _one(truth, _wider(error, wider), believed, groups, rng, forces=forces)
            _count(found, true, seen, FORCE_OUTCOMES if forces else GEOMETRY_OUTCOMES)
    return Coverage(found, runners, wider)


def _one(
    truth: Draw,
    errors: tuple[SessionError, SessionError],
    believed: tuple[Draw, ...],
    groups: tuple[Group, ...],
    rng: np.random.Generator,
    *,
    forces: bool,
) -> tuple[Shares, Shares]:
    """Return the true shares of one synthetic runner, and those that gerdy computes from what was measured."""
    leg = _leg()
    pair = [_runner(rng, forces=forces) for _ in range(2)]
    standing = np.zeros(len(leg.body.coordinates))
    exact = replace(truth, offset_rad=np.zeros_like(truth.offset_rad))
    zero = zero_length(leg.body, leg.side, standing, exact)
    true = shares_of(leg, _in_nm(pair[0], leg.size), _in_nm(pair[1], leg.size), groups, truth, zero)
    mine, theirs = (_measured(one, error, leg.size, rng) for one, error in zip(pair, errors, strict=True))
    for name, offset in zip(COORDINATES, errors[0].offset_rad, strict=True):
        full = name if name.startswith("pelvis") else f"{name}_{leg.side[0]}"
        standing[leg.body.coordinate_index(full)] = -offset
    reference = Reference(
        kind="runner", name="another", curves=theirs, markers="anew", method="synthetic", speed_m_s=None, sex=None
    )
    return true, attribute(replace(leg, standing=standing), mine, reference, believed, groups=groups).shares


@cache
def _leg() -> ComparedLeg:
    body = load()
    return ComparedLeg(body, "right", LegSize(MASS_KG, leg_length(body, "right")), None)


@cache
def _norm() -> StanceCurves:
    """Return the norm's curves at `POINTS` points."""
    curves = load_norms()[0].curves
    phase, coarse = np.linspace(0.0, 1.0, curves.q.shape[1]), np.linspace(0.0, 1.0, POINTS)

    def thin(values: Array) -> Array:
        low = np.clip(np.searchsorted(phase, coarse, side="right") - 1, 0, len(phase) - 2)
        share = ((coarse - phase[low]) / (phase[low + 1] - phase[low]))[:, None]
        return np.asarray(values[:, low] * (1 - share) + values[:, low + 1] * share)

    moments = np.zeros_like(curves.q) if curves.moments is None else curves.moments
    return StanceCurves(thin(curves.q), thin(curves.slope), thin(moments), curves.duration_s)


def _runner(rng: np.random.Generator, *, forces: bool) -> MeanStance:
    """Return a runner who differs from the norm as its runners differ from one another."""
    norm = _norm()
    weights = rng.standard_normal(len(norm)) / np.sqrt(len(norm) - 1)

    def draw(values: Array) -> Array:
        mean = values.mean(axis=0)
        return np.asarray(mean + np.tensordot(weights, values - mean, axes=1))

    moments = draw(norm.moments) if forces and norm.moments is not None else None
    return MeanStance(draw(norm.q), draw(norm.slope), moments, float(draw(norm.duration_s)))


def _in_nm(one: MeanStance, size: LegSize) -> MeanStance:
    return one._replace(moments=None if one.moments is None else one.moments * size.mass_kg * size.length_m)


def _measured(true: MeanStance, error: SessionError, size: LegSize, rng: np.random.Generator) -> StanceCurves:
    """Return the stances of a runner as a session sees them: scatter from stance to stance, and the session's error."""
    angle, slope = _scatter(_table("angle_sd", np.pi / 180), rng)
    q = true.q - error.offset_rad + angle
    moments = None
    if true.moments is not None:
        share = evidence.value("house_compare.moment_session_share") * np.abs(true.moments).max(axis=0)
        sd = np.maximum(share, evidence.value("house_compare.moment_session_sd") / size.length_m)
        wrong = np.sin(np.pi * np.linspace(0.0, 1.0, POINTS))[:, None] * sd * error.moment
        moments = true.moments - wrong + _scatter(_table("moment_sd", 1.0 / size.length_m), rng)[0]
    duration = true.duration_s + 1e-3 * evidence.value("fukuchi2017_stances.duration_sd") * rng.standard_normal(STANCES)
    return StanceCurves(q, true.slope + slope, moments, duration)


def _table(name: str, scale: float) -> Array:
    known = number_table(f"fukuchi2017_stances.{name}")
    return scale * np.array([known.get(coordinate, 0.0) for coordinate in COORDINATES])


def _scatter(sd: Array, rng: np.random.Generator) -> tuple[Array, Array]:
    """Draw smooth curves of a standard deviation, (stances, points, columns), and their slopes over stance."""
    phase = np.pi * np.linspace(0.0, 1.0, POINTS)[:, None]
    waves = np.arange(3)
    value = np.cos(phase * waves) * np.where(waves > 0, np.sqrt(2.0), 1.0) / np.sqrt(len(waves))
    slope = -np.pi * waves * np.sin(phase * waves) * np.where(waves > 0, np.sqrt(2.0), 1.0) / np.sqrt(len(waves))
    weights = sd * rng.standard_normal((STANCES, len(waves), len(sd)))
    return np.einsum("pw,swc->spc", value, weights), np.einsum("pw,swc->spc", slope, weights)


def _wider(errors: tuple[SessionError, SessionError], factor: float) -> tuple[SessionError, SessionError]:
    own, other = (error._replace(offset_rad=factor * error.offset_rad) for error in errors)
    return own, other


def _count(found: dict[tuple[str, str], Cell], true: Shares, seen: Shares, outcomes: tuple[str, ...]) -> None:
    for path in outcomes:
        parts = seen.parts[path]
        for name, values in {"difference": seen.difference[path], **parts}.items():
            truth = float((true.difference[path] if name == "difference" else true.parts[path][name])[0])
            interval = share_interval(values)
            # Where an input cannot matter both are exactly nothing, which would only flatter the coverage.
            if interval is None or (truth == 0.0 and not np.any(values)):
                continue
            held, tried = found.get((path, name), Cell(0, 0))
            found[path, name] = Cell(held + int(interval["p5"] <= truth <= interval["p95"]), tried + 1)


def table(result: Coverage) -> list[str]:
    """Return one line per outcome, and one for all."""
    lines = [f"{path:<45} {100 * result.pooled(path):5.1f} %" for path in result.outcomes]
    pooled = f"{'pooled':<45} {100 * result.pooled():5.1f} %"
    return [*lines, f"{pooled} of {result.runners} runners, offsets x {result.wider:g}"]


def verdict(result: Coverage) -> str:
    """Say whether the pooled coverage and that of each outcome are what they should be."""
    low = [path for path in result.outcomes if result.pooled(path) < LEAST]
    pooled = LOWEST <= result.pooled() <= HIGHEST
    if pooled and not low:
        return "met"
    reasons = [] if pooled else [f"pooled coverage is {100 * result.pooled():.1f} %"]
    return "**failing**: " + "; ".join([*reasons, *(f"`{path}` is below {100 * LEAST:.0f} %" for path in low)])


def page(result: Coverage, wider: Coverage) -> str:
    """Return the page of the documentation."""
    rows = "\n".join(
        f"| `{path}` | {100 * result.pooled(path):.1f} % | {100 * wider.pooled(path):.1f} % |"
        for path in result.outcomes
    )
    return f"""# Do the intervals of shares hold the truth?

Made by `python scripts/why_calibration.py {result.runners}` (fixed seeds). {result.runners} synthetic runners, each
against another: anatomy and session errors drawn from the priors that gerdy states, movement spread as that of the
norm's runners, stances that scatter as `fukuchi2017_stances` says. gerdy sees {STANCES} measured stances of each and
takes its usual draws; {POINTS} points over stance. Geometry outcomes are shared among seven groups, force outcomes
among four (hip angles; knee and foot angles; moments; timing).

**This checks the arithmetic, not the priors**: if session errors are larger than stated, or anatomy lies outside its
prior, intervals miss more often. The last column shows how often, with true session offsets half as large again as
gerdy believes; it has no target.

Target: pooled coverage {100 * LOWEST:.0f}-{100 * HIGHEST:.0f} %, each outcome at least {100 * LEAST:.0f} %.
Verdict: {verdict(result)}.

| outcome: its difference and all shares | held by the 90 % interval | with offsets × 1.5 |
| --- | --- | --- |
{rows}
| **pooled** | **{100 * result.pooled():.1f} %** | {100 * wider.pooled():.1f} % |

Coverage above 90 % means that intervals are wider than they need be. A quantity that cannot differ (the ankle's share
in the length of the band) is left out, because it would only flatter the figure. The norm as a reference is not part
of this study: its error is drawn by weighing its runners.
"""


def main(runners: int) -> None:
    """Run the study as stated and with wider offsets, print both and write the page."""
    results = study(runners), study(runners, wider=1.5)
    for line in (*table(results[0]), "", *table(results[1])):
        print(line)
    PAGE.write_text(page(*results), encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
