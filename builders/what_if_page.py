"""Write docs/validation/what-if.md: the signs of the feasibility study on every shared runner.

``python builders/what_if_page.py ../shared/data`` (about twenty minutes on two cores)
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gerdy import Subject, analyze
from gerdy.band.priors import draw_bands
from gerdy.band.what_if import answers, parse_changes
from gerdy.band.what_if.signs import SIGNS, Sign, shown
from gerdy.errors import GerdyError
from gerdy.pipelines.legs import legs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gerdy.band.what_if import Answer, Case

PAGE = Path(__file__).parents[1] / "docs" / "validation" / "what-if.md"
STANCES, BANDS = 5, 16
HEAD = """# What-ifs on every shared runner

Made by `python builders/what_if_page.py ../shared/data`: {runs} recordings of {runners} runners, right leg,
{stances} stances, {bands} believable bands each. Each what-if of the feasibility study has a sign there; here it is
asked of every runner. *Agreement* is the share of bands with that sign, among those in which the outcome changes at
all: a band that never touches the epicondyle has no contact impulse to change.

## All runners

| what-if | outcome | sign there | median change here | runs with that sign | agreement, median | lowest |
| --- | --- | --- | --- | --- | --- | --- |
"""
AFTER = """
## Where the size differs

* **Step width**: there the force followed the foot, and tension fell by 15 to 21 %. Here the force keeps its
  frontal moment about the mass centre, so that its line moves less at the hip; tension falls by about 5 %. The sign
  is the same.
* **Pelvic tilt**: the anterior strand is shorter by 0.9 at contact and 0.6 at its peak, against 1.1 early and 0.8
  at 70 % of stance there, where the strand was free over the trochanter; here every strand is guided there.
* **Hip adduction, pelvic drop, varus, tibial rotation, gluteus medius** are within a few tenths of a point, or of
  their own size in per cent, of what was found there. The lever of tensor fasciae latae gains 2.4 mm by 5° of tilt
  (there 2.4 to 2.6).
* **Least sure** is what less pelvic drop does to the load: it unloads in every recording, in some by no more than
  two bands of three.

## Run by run

Agreement in per cent with the sign of the feasibility study; – where no band changes, *refused* where the whole body
could not move like that under the recorded force.

"""


class Run(NamedTuple):
    """One recording and its answers; None where a what-if was refused."""

    name: str
    runner: str
    answers: dict[str, Answer | None]


def main(shared: Path) -> None:
    """Ask every runner and write the page."""
    runs = []
    for name, runner, leg in _legs(shared):
        print(name)
        runs.append(Run(name, runner, _asked(leg.some(STANCES))))
    head = HEAD.format(runs=len(runs), runners=len({run.runner for run in runs}), stances=STANCES, bands=BANDS)
    PAGE.write_text(head + _all(runs) + AFTER + _each(runs), encoding="utf-8")


def _asked(leg: Case) -> dict[str, Answer | None]:
    draws = draw_bands(leg.body, BANDS)
    found: dict[str, Answer | None] = {}
    for text in dict.fromkeys(sign.text for sign in SIGNS):
        try:
            found[text] = answers(leg, [parse_changes([text])], draws)[0]
        except GerdyError as error:
            print(f"  {error}")
            found[text] = None
    return found


def _legs(shared: Path) -> Iterator[tuple[str, str, Case]]:
    for folder in sorted((*(shared / "rbds-running").glob("RBDS*"), *(shared / "rbds-norm").glob("RBDS*"))):
        with (folder.parent / "participants.csv").open(encoding="utf-8") as table:
            height = {row["Subject"]: float(row["Height"]) / 100 for row in csv.DictReader(table)}
        static = next(folder.glob("*static.c3d"))
        who = Subject(height_m=height[folder.name.removeprefix("RBDS").lstrip("0")])
        for run in sorted(folder.glob("*run*.c3d")):
            found = analyze(run, static=static, subject=who, mass_from_forces=True, depth="muscles")
            if "right" in (legs := legs_of(found)):
                yield run.stem, folder.name, legs["right"]
    place = shared / "opensim-rajagopal-run"
    found = analyze(
        [place / "motion_capture_run.trc", place / "grf_run.mot"],
        static=place / "static_run.trc",
        subject=Subject(mass_kg=72.84),
        depth="muscles",
    )
    if "right" in (legs := legs_of(found)):
        yield "Rajagopal", "Rajagopal", legs["right"]


def _all(runs: list[Run]) -> str:
    return "\n".join(_row(sign, runs) for sign in SIGNS) + "\n"


def _row(sign: Sign, runs: list[Run]) -> str:
    found = [shown(sign, one) for run in runs if (one := run.answers[sign.text]) is not None]
    seen = [one for one in found if np.isfinite(one.agreement)]
    with_sign = sum(np.sign(one.median) == sign.sign for one in seen)
    agreement = [100 * one.agreement for one in seen]
    word = "higher" if sign.sign > 0 else "lower"
    return (
        f"| {sign.text} | `{sign.path}` | {word} | {np.median([one.median for one in seen]):+.3g} "
        f"| {with_sign} of {len(seen)} | {np.median(agreement):.0f} % | {min(agreement):.0f} % |"
    )


def _each(runs: list[Run]) -> str:
    texts = list(dict.fromkeys(sign.text for sign in SIGNS))
    parts = []
    for text in texts:
        signs = [sign for sign in SIGNS if sign.text == text]
        head = [f"### {text}\n", "| run | " + " | ".join(f"`{s.path}`" for s in signs) + " |"]
        rows = [f"| {run.name} | " + " | ".join(_cell(s, run.answers[text]) for s in signs) + " |" for run in runs]
        parts.append("\n".join([*head, "| --- |" + " --- |" * len(signs), *rows]) + "\n")
    return "\n".join(parts)


def _cell(sign: Sign, one: Answer | None) -> str:
    if one is None:
        return "refused"
    agreement = shown(sign, one).agreement
    return f"{100 * agreement:.0f}" if np.isfinite(agreement) else "–"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
