"""The directions of the feasibility study on every shared runner; the page of the validation prints the same."""

from __future__ import annotations

import numpy as np
import pytest

import gerdy
from gerdy.band.priors import draw_bands
from gerdy.band.what_if import answers, parse_changes
from gerdy.band.what_if.signs import SIGNS, shown
from gerdy.pipelines.legs import legs_of
from gerdy.pipelines.validate import find_trials

TEXTS = tuple(dict.fromkeys(sign.text for sign in SIGNS))


@pytest.mark.shared
@pytest.mark.long
def test_every_shared_runner_shows_the_signs_of_the_feasibility_study(shared_data):
    """Sensitivities, 1 000 draws and strength, each with its sign: the median of every runner has it."""
    against = []
    for run, static in (*find_trials(shared_data / "rbds-running"), *find_trials(shared_data / "rbds-norm")):
        found = gerdy.analyze(run, static=static, mass_from_forces=True, depth="muscles")
        leg = legs_of(found)["right"].some(5)
        said = dict(
            zip(TEXTS, answers(leg, [parse_changes([t]) for t in TEXTS], draw_bands(leg.body, 16)), strict=True)
        )
        for sign in SIGNS:
            seen = shown(sign, said[sign.text])
            if seen.median != 0.0 and np.sign(seen.median) != sign.sign:
                against.append((run.stem, *sign, seen))
    assert against == []
