"""A plan as one HTML page that prints on A4: the week first, then every exercise with its drawing."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, StrictUndefined

from gerdy import __version__
from gerdy.pipelines.analysis import sources
from gerdy.programme.exercises import drawing, drawn
from gerdy.programme.suggest.set_words import set_words
from gerdy.records import Side
from gerdy.report.day_words import date_words, day_words
from gerdy.report.exercises import exercise_json
from gerdy.report.plan_words import PROMISE, days_of, headline, sections

if TYPE_CHECKING:
    from gerdy.pipelines.programme import Programme
    from gerdy.programme.menu import MenuItem

_ENVIRONMENT: Final = Environment(
    autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
)


def plan_html(found: Programme) -> str:
    """Return the page; it needs nothing else and asks nothing of a network."""
    folder = files("gerdy.report").joinpath("templates")
    template = _ENVIRONMENT.from_string(folder.joinpath("plan.html.j2").read_text(encoding="utf-8"))
    title, who = headline(found)
    return template.render(
        title=title,
        who=who,
        version=__version__,
        style=folder.joinpath("report.css").read_text(encoding="utf-8")
        + folder.joinpath("plan.css").read_text(encoding="utf-8"),
        weeks=[
            {"name": date_words(week.starts), "days": [(day_words(day.date), day.parts) for day in days_of(week)]}
            for week in found.weeks
        ],
        lists=sections(found),
        cards=[_card(item, found) for item in found.weeks[0].menu.items],
        promise=PROMISE,
        sources=sources(found.used),
    )


def _card(item: MenuItem, found: Programme) -> dict[str, Any]:
    """Return what a page shows of an exercise: drawing, dose of this week, how, cues, faults, why, certainty."""
    knee = _knee(found)
    mine = [one for one in found.weeks[0].sets if one.exercise_id == item.id]
    return exercise_json(item.exercise, knee) | {
        "svg": drawing(item.id) if item.id in drawn() else "",
        "dose": set_words(mine[0], each_side=True) if mine else item.dose,
        "why": " ".join(reason.text for reason in item.why),
        "sure": f"Grade {item.exercise.grade}, {item.exercise.directness} evidence, {item.exercise.certainty}.",
    }


def _knee(found: Programme) -> str | None:
    """Return which way the painful side's knee leaves its line; None where nobody has looked."""
    readings = found.judgement.readings
    side = readings.answer("painful_side")
    known = [readings.detail("lateral_step_down", "knee_direction", one) for one in _sides(side)]
    return next((str(word) for word in known if word not in {None, "none"}), None)


def _sides(painful: object) -> tuple[Side, ...]:
    return (Side(painful),) if painful in {"left", "right"} else (Side.LEFT, Side.RIGHT)
