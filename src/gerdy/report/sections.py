"""A report made of sections: words first, then a picture, then the table behind it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, StrictUndefined

from gerdy import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a page.

    Parameters
    ----------
    title : a heading
    says : sentences; they also describe the picture to readers who do not see it
    svg : the picture, or empty
    head, rows : the table, or empty
    caption : what the table holds
    """

    title: str
    says: tuple[str, ...]
    svg: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    caption: str = ""


def page_of_sections(title: str, who: str, sections: Sequence[Section], sources: Sequence[dict[str, Any]]) -> str:
    """Return one HTML document that needs nothing else and prints on A4."""
    folder = files("gerdy.report").joinpath("templates")
    template = _ENVIRONMENT.from_string(folder.joinpath("sections.html.j2").read_text(encoding="utf-8"))
    return template.render(
        title=title,
        who=who,
        version=__version__,
        style=folder.joinpath("report.css").read_text(encoding="utf-8"),
        sections=sections,
        sources=sources,
    )


_ENVIRONMENT: Final = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
