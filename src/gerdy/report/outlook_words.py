"""The outlook in sentences: what a terminal prints and what the page says first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gerdy.outlook import Outlook
    from gerdy.outlook.forecast import WeekAhead
    from gerdy.quantities import Array

NO_LINE: Final = (
    "Loads are relative to your own usual week. No study draws a line between safe and unsafe, and neither does gerdy."
)


def today_sentences(found: Outlook) -> tuple[str, ...]:
    """Return what is seen, why, and what the next run may be."""
    said = [f"{signal.reasons[0].text} Said on {day.isoformat()}." for day, signal in found.active]
    first = f"{found.now.isoformat()}: {found.today.colour}."
    return (
        first if said else f"{first} Nothing to check from what is recorded.",
        *said,
        *((found.retest.reasons[0].text,) if found.retest.outcome == "due" else ()),
        f"The watch is {found.today.watch.outcome}. {found.today.watch.reasons[0].text}",
        _next_run(found),
        _recorded(found),
    )


def load_sentences(found: Outlook) -> tuple[str, ...]:
    """Return how load and capacity stand today, or what is missing to say so."""
    if found.curves is None or found.yard is None:
        return (
            (
                "Load against capacity is not shown: fewer than four of the earlier weeks have a recorded run. "
                "Name the kilometres of a week that went well with --usual-km."
            ),
        )
    today = found.curves.days.index(found.now)
    return (
        f"Usual week: {found.yard.usual_km:.0f} km ({found.yard.obtained}).",
        (
            f"Load carried today: {_interval(found.curves.carried[:, today])}; "
            f"capacity: {_interval(found.curves.capacity[:, today])}, in usual weeks, with 90 % intervals."
        ),
        (
            f"Per-step load: {found.step.ratio.median:.2f} of the norm "
            f"({found.step.ratio.p5:.2f}–{found.step.ratio.p95:.2f}), {found.step.obtained}."
        ),
        NO_LINE,
    )


def build_rows(found: Outlook) -> tuple[tuple[str, ...], ...]:
    """Return one row for each planned week."""
    return tuple(_week_row(week) for week in found.curves.weeks) if found.curves else ()


BUILD_HEAD: Final = ("Week from", "km", "Strength sessions", "Load", "Longest run (R-064)")


def alarm_sentence(found: Outlook) -> str:
    """Return how often the watch spoke, and how often no pause followed (R-092)."""
    a = found.alarms
    return (
        f"In the last {a.days} days {a.coloured} were coloured; a pause of 14 days or more began within 28 days "
        f"after {a.followed} of them, none after {a.not_followed}, and {a.open} are too recent to tell. "
        f"Of the quiet days, a pause began after {a.quiet_followed} and none after {a.quiet_not_followed}. "
        "Why runs paused is not known."
    )


def _next_run(found: Outlook) -> str:
    if found.next_run_m is None:
        return "No run with a distance in the last 30 days, so there is no limit for the next one: start low."
    less = "" if found.today.colour == "quiet" else " The signals above may ask for less."
    limit = f"{found.next_run_m / 1000:.1f} km"
    return f"By R-064 alone (grade A: longest of 30 days plus a tenth) the next run is at most {limit}.{less}"


def _recorded(found: Outlook) -> str:
    if not found.not_recorded:
        return "All of the last 28 days are recorded."
    return (
        f"{found.not_recorded} of the last 28 days are not recorded; they count neither as rest nor as running. "
        "If every run of yours is recorded, say --every-run-recorded."
    )


def _interval(row: Array) -> str:
    low, middle, high = (float(x) for x in row)
    return f"{middle:.2f} ({low:.2f}–{high:.2f})"


def _week_row(week: WeekAhead) -> tuple[str, ...]:
    sessions = "as usual" if week.sessions is None else f"{week.sessions:g}"
    return (week.starts.isoformat(), f"{week.km:g}", sessions, week.standing, week.longest_run)
