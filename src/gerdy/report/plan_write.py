"""Plans as files: text, page, calendar, JSON, and workouts for a watch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from icalendar import Calendar

from gerdy.errors import OutputBlocked
from gerdy.pipelines.programme_json import plan_json
from gerdy.programme.exercises import exercises
from gerdy.report.calendar import plan_calendar
from gerdy.report.outlook_write import plain
from gerdy.report.plan_page import plan_html
from gerdy.report.plan_words import plan_lines
from gerdy.report.write import whole_folder
from gerdy.running.fit_workout import fit_workout

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gerdy.pipelines.programme import Programme
    from gerdy.records import PlanVersion

MARK: Final = "plan.json"


def write_plan(found: Programme, out: Path) -> None:
    """Write a file of the kind that its ending names, or a folder with all kinds and the workouts.

    Raises
    ------
    OutputBlocked : the place cannot be written, or holds something that gerdy did not make
    """
    if out.suffix.lower() in KINDS:
        _write_file(out, KINDS[out.suffix.lower()](found))
        return
    if out.suffix:
        raise OutputBlocked(f"{out} ends in '{out.suffix}'; a plan is written as {', '.join(KINDS)}, or as a folder.")
    with whole_folder(out, MARK) as folder:
        for ending, made in KINDS.items():
            folder.joinpath(f"plan{ending}").write_bytes(made(found))
        for name, content in workouts(found).items():
            folder.joinpath(name).write_bytes(content)


def workouts(found: Programme) -> dict[str, bytes]:
    """Return the FIT workout of each run that has steps, by file name."""
    made = found.versions[0].entered_at
    return {
        f"{one.day.isoformat()}-{one.run.target}.fit": fit_workout(one.workout, made)
        for week in found.weeks
        for one in week.runs
        if one.run is not None and one.workout is not None
    }


def calendar_of(found: Programme) -> bytes:
    """Return the calendar of all weeks; a session keeps its id when its plan changes."""
    whole: Calendar | None = None
    for version in found.versions:
        one = Calendar.from_ical(plan_calendar(_versions(found, version), names=_names()))
        if whole is None:
            whole = one
        else:
            for event in one.walk("VEVENT"):
                whole.add_component(event)
    assert whole is not None  # noqa: S101 - a plan has at least one week
    return whole.to_ical()


def _versions(found: Programme, newest: PlanVersion) -> list[PlanVersion]:
    """Return every version of the plan of one week, the one just made last where it asks for something new."""
    kept = [fact.entry for fact in found.history.plans if fact.entry.plan_id == newest.plan_id]
    return [*kept, *([newest] if newest.version > max((one.version for one in kept), default=0) else [])]


def _names() -> dict[str, str]:
    return {key: item.name for key, item in exercises().items()}


KINDS: Final[dict[str, Callable[[Programme], bytes]]] = {
    ".json": lambda found: plain(plan_json(found)).encode(),
    ".txt": lambda found: ("\n".join(plan_lines(found)) + "\n").encode(),
    ".html": lambda found: plan_html(found).encode(),
    ".ics": calendar_of,
}
"""Ending → what a file of that kind holds."""


def _write_file(out: Path, content: bytes) -> None:
    draft = out.with_name(f".{out.name}.draft")
    try:
        draft.write_bytes(content)
        draft.replace(out)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise OutputBlocked(f"{out} cannot be written: {error.strerror}. Choose another place with --out.") from error
