"""The report of films: what was measured and how sure it is, curves, stills, and what no film can know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gerdy.motion.film.angles import FRONT_ANGLES, SIDE_ANGLES
from gerdy.motion.measures import phase_curves
from gerdy.pipelines.analysis import sources
from gerdy.quantities import SIDES
from gerdy.report.film_band_words import BAND_SENTENCES, band_rows, band_shown
from gerdy.report.film_words import SHOWN, with_error
from gerdy.report.sections import Section, page_of_sections
from gerdy.report.style import band, figure, house_style, to_svg
from gerdy.report.words import WORDS, with_spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.motion.film.film_study import FilmMotion
    from gerdy.pipelines.film_analysis import FilmAnalysis, FilmFile
    from gerdy.report.film_stills import Still


def film_sentences(found: FilmAnalysis) -> tuple[str, ...]:
    """Say what was filmed, how much of it was used, and how well two methods agree on the steps."""
    return tuple(_sentence(film) for film in found.films)


def film_html(found: FilmAnalysis, stills: Sequence[Still]) -> str:
    """Return the report as one HTML document."""
    drawn = (curves_section(film.motion) for film in found.films)
    sections = [
        Section(
            "What was measured",
            (*film_sentences(found), ERROR_SENTENCE),
            head=("Measure", *(side.capitalize() for side in SIDES)),
            rows=_rows(found),
            caption="Mean over strides ± standard error",
        ),
        *_band(found),
        *drawn,
        *(Section(still.says, (), svg=still.svg()) for still in stills),
        Section("What was noticed", tuple(problem.message for problem in found.problems) or ("Nothing.",)),
        Section("What is unknown", tuple(_unknown(found))),
        Section("What was looked at before", (), head=("Check", "Seen", "Needed"), rows=_checks(found)),
    ]
    who = f"Runner {found.subject.runner_id}"
    return page_of_sections("How this runner moves, on film", who, sections, sources(found.used))


ERROR_SENTENCE = (
    "The number after ± is one standard error: what strides, joints set off their place, perspective and the camera's "
    "roll leave open. A difference smaller than twice that is no difference. Without tape on the body, angles from "
    "behind and in front inform, and decide nothing."
)


def curves_section(motion: FilmMotion) -> Section:
    """Draw each angle over the stride, both sides."""
    angles = SIDE_ANGLES if motion.scene.view == "side" else FRONT_ANGLES
    rows = (len(angles) + 1) // 2
    phase = np.linspace(0.0, 100.0, 101)
    with house_style():
        drawn, panels = figure(1.75 * rows, rows=rows, columns=2, sharex=True)
        flat = np.ravel(np.asarray(panels, dtype=object))
        for (name, angle), axes in zip(angles.items(), flat, strict=False):
            for side in (side for side in SIDES if motion.measures[side]):
                good = motion.good(side)
                values = np.degrees(angle(motion.course.plane, side))
                curve = phase_curves(motion.course.time_s, values, good.contact_s, good.end_s)
                curve = curve[np.isfinite(curve).all(axis=1)]
                if len(curve):
                    band(axes, phase, curve.mean(axis=0), curve.std(axis=0), side)
            axes.set(ylabel=f"{name.replace('_', ' ').capitalize()}\n(degrees)", xlim=(0, 100))
        for axes in flat[-2:]:
            axes.set(xlabel="Percent of the stride, contact to contact")
        drawn.legend(*flat[0].get_legend_handles_labels(), loc="outside upper right", ncols=2)
        svg = to_svg(drawn)
    return Section(
        f"Angles over the stride, {motion.scene.view} view",
        ("Mean over the strides with one standard deviation; the table above holds the values and their errors.",),
        svg=svg,
    )


def _sentence(film: FilmFile) -> str:
    motion = film.motion
    counts = " and ".join(f"{len(motion.good(side))} {side}" for side in SIDES)
    seconds = motion.points.time_s[-1] - motion.points.time_s[0]
    return (
        f"{film.path.name}: {seconds:.0f} seconds of {motion.activity} from the {motion.scene.view}; {counts} strides "
        f"were good enough to use; legs and pelvis agree on {100 * motion.agreement.share:.0f} % of the steps; the "
        f"camera's roll ({np.degrees(motion.roll.roll_rad):.0f} degrees, {motion.roll.how}) was taken off."
    )


def _rows(found: FilmAnalysis) -> tuple[tuple[str, ...], ...]:
    times = [
        (
            f"{WORDS[key].name}, {WORDS[key].unit}",
            *(with_spread(found.sides[side].values.get(key), WORDS[key]) for side in SIDES),
        )
        for key in ("cadence_spm", "contact_time_s", "flight_time_s")
    ]
    measures = {side: found.measures(side) for side in SIDES}
    shown = [key for key in SHOWN if any(key in measures[side] for side in SIDES)]
    return (*times, *((SHOWN[key], *(with_error(measures[side].get(key)) for side in SIDES)) for key in shown))


def _band(found: FilmAnalysis) -> tuple[Section, ...]:
    if not band_shown(found):
        return ()
    head = ("Outcome", *(side.capitalize() for side in SIDES))
    return (Section("What the movement does to the band", BAND_SENTENCES, head=head, rows=band_rows(found)),)


def _unknown(found: FilmAnalysis) -> dict[str, None]:
    return {why[0].upper() + why[1:] + ".": None for side in SIDES for why in found.sides[side].missing.values()}


def _checks(found: FilmAnalysis) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            f"{film.path.name}: {check.name.replace('_', ' ')}",
            f"{check.seen:.3g} {check.unit}" if np.isfinite(check.seen) else "not looked at",
            f"{check.needed:g}",
        )
        for film in found.films
        for check in film.motion.checks
    )
