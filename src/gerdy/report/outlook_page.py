"""The outlook as one HTML file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gerdy.pipelines.analysis import sources
from gerdy.report.outlook_picture import WEEKS_SHOWN, weekly
from gerdy.report.outlook_words import (
    BUILD_HEAD,
    alarm_sentence,
    build_rows,
    load_sentences,
    today_sentences,
)
from gerdy.report.sections import Section, page_of_sections

if TYPE_CHECKING:
    from gerdy.outlook import Forecast, Outlook, RunLoad
    from gerdy.outlook.draws import Estimate
    from gerdy.pipelines.outlook import Answer


def outlook_html(answer: Answer, svg: str) -> str:
    """Return today first, then load against capacity, the planned build, and how often the watch spoke.

    Parameters
    ----------
    svg : the picture, as `outlook_svg` draws it
    """
    found = answer.found
    sections = [
        Section("Today", today_sentences(found)),
        Section(
            "Load against capacity",
            load_sentences(found),
            svg,
            ("Week from", "Done", "Planned", "Carried", "Capacity"),
            _week_rows(found.curves, found) if found.curves else (),
            "Weekly means in usual weeks; carried and capacity with 90 % intervals.",
        ),
    ]
    if found.curves and found.curves.weeks:
        says = ("Load is said to be below or above capacity only where the whole 90 % interval agrees.",)
        sections.append(Section("The planned build", says, head=BUILD_HEAD, rows=build_rows(found)))
    sections.append(_runs_section(found))
    sections.append(Section("How often the watch spoke", (alarm_sentence(found),)))
    return page_of_sections(
        "Load, capacity and what to check", f"Runner {answer.runner}", sections, sources(answer.used)
    )


def _runs_section(found: Outlook) -> Section:
    says = (
        (
            "Band load is steps times per-step load; the damage index raises the per-step load to the power 2, 4 "
            "or 9, because nobody knows which holds for the band. Both compare runs of one runner, in thousands of "
            "norm steps."
        ),
    )
    head = ("Day", "km", "min", "Down, m", "Band load", "Index, b = 2 / 4 / 9", "Assumed")
    return Section("The runs of the last 28 days", says, head=head, rows=tuple(map(_run_row, found.runs)))


def _run_row(load: RunLoad) -> tuple[str, ...]:
    index = " / ".join(_thousands(value) for value in load.damage.values())
    return (
        load.day.isoformat(),
        _shown(load.distance_m, 1000.0, 1),
        _shown(load.moving_s, 60.0, 0),
        _shown(load.descent_m, 1.0, 0),
        "not recorded" if load.band_load is None else _thousands(load.band_load),
        index or "not recorded",
        ", ".join(load.assumed) or "nothing",
    )


def _shown(value: float | None, unit: float, digits: int) -> str:
    return "not recorded" if value is None else f"{value / unit:.{digits}f}"


def _thousands(value: Estimate) -> str:
    low, middle, high = (x / 1000.0 for x in (value.p5, value.median, value.p95))
    return f"{middle:.1f} ({low:.1f}–{high:.1f})"


def _week_rows(curves: Forecast, found: Outlook) -> tuple[tuple[str, ...], ...]:
    weeks = curves.days[len(curves.days) % 7 :: 7]
    done, planned = weekly(curves.done), weekly(curves.planned)
    carried, capacity = weekly(curves.carried), weekly(curves.capacity)
    first = max(0, sum(week <= found.now for week in weeks) - WEEKS_SHOWN)
    return tuple(
        (
            weeks[n].isoformat(),
            _number(done[n], "not recorded" if weeks[n] <= found.now else "to come"),
            _number(planned[n], "no plan"),
            _row(carried[:, n]),
            _row(capacity[:, n]),
        )
        for n in range(first, len(weeks))
    )


def _number(value: float, missing: str) -> str:
    return f"{value:.2f}" if np.isfinite(value) else missing


def _row(values: object) -> str:
    low, middle, high = np.asarray(values, dtype=np.float64)
    return f"{middle:.2f} ({low:.2f}–{high:.2f})"
