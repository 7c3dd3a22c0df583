"""Intervals of shares hold the truth about as often as they say, where the truth is known."""

from __future__ import annotations

import re
import sys

import numpy as np
import pytest

import why_calibration
from source_code import ROOT
from why_calibration import HIGHEST, LEAST, LOWEST, Cell, Coverage, study, table, verdict


def test_forty_synthetic_runners_are_printed(capsys):
    """A look without a tolerance: forty runners know a coverage of 90 % to a few percent only."""
    result = study(40)
    with capsys.disabled():
        sys.stdout.write("\n".join(["", *table(result), ""]))

    assert result.runners == 40
    assert len(result.outcomes) == 19
    assert all(0 < cell.tried <= 40 for cell in result.cells.values())


@pytest.mark.long
def test_four_hundred_synthetic_runners_are_held_as_often_as_the_intervals_say(capsys):
    result, wider = study(400), study(400, wider=1.5)
    with capsys.disabled():
        sys.stdout.write("\n".join(["", *table(result), *table(wider), ""]))

    assert LOWEST <= result.pooled() <= HIGHEST
    assert all(result.pooled(path) >= LEAST for path in result.outcomes)


def test_the_committed_result_is_of_four_hundred_runners_and_says_what_it_checks():
    page = (ROOT / "docs" / "validation" / "why.md").read_text(encoding="utf-8")
    shown = [float(x) for x in re.findall(r"^\| `[^|]+\| (\d+\.\d) %", page, re.MULTILINE)]

    assert "python scripts/why_calibration.py 400" in page
    assert "checks the arithmetic, not the priors" in page
    assert len(shown) == 19
    assert ("Verdict: met" in page) == (min(shown) >= 100 * LEAST and "**failing**" not in page)


def test_a_coverage_that_is_too_low_is_called_failing():
    """By hand: 80 of 100 is below 87 %, and below the 85 % of a single outcome."""
    low = Coverage({("tension_peak_n", "difference"): Cell(80, 100)}, 100, 1.0)
    right = Coverage({("tension_peak_n", "difference"): Cell(90, 100)}, 100, 1.0)

    assert low.pooled() == 0.8
    assert "failing" in verdict(low)
    assert "tension_peak_n" in verdict(low)
    assert verdict(right) == "met"


def test_the_scatter_of_synthetic_stances_is_as_large_as_the_registry_says_and_its_slope_is_its_derivative():
    sd = np.array([1.0, 2.0])
    rng = np.random.default_rng(4)
    curves, slopes = (
        np.concatenate(part) for part in zip(*(why_calibration._scatter(sd, rng) for _ in range(300)), strict=True)
    )
    step = 1.0 / (curves.shape[1] - 1)

    assert np.sqrt((curves**2).mean(axis=(0, 1))) == pytest.approx(sd, rel=0.05)
    turned = np.trapezoid(slopes, dx=step, axis=1)
    assert turned == pytest.approx(curves[:, -1] - curves[:, 0], abs=0.15 * sd.max() * 3)
