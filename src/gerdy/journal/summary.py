"""One page of what the journal holds, for a share; no number in it is a judgement."""

from __future__ import annotations

from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING, Any

from gerdy.records import PainEntry, PlanVersion, Run, RunStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.records import Entry

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<style>body{{font-family:sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}}
table{{border-collapse:collapse}}th,td{{border:1px solid #767676;padding:.2rem .6rem;text-align:right}}
th:first-child,td:first-child{{text-align:left}}</style></head>
<body><h1>{title}</h1>
<p>Education and training log. It shows what was recorded; it does not diagnose or replace an examination.</p>
<h2>Running by week</h2>{weeks}
<h2>Pain as entered</h2>{pain}
<h2>Plan</h2>{plan}
</body></html>
"""


def summary_page(name: str, entries: Sequence[Entry]) -> bytes:
    """Return a self-contained page: km and runs by week, pain entries, the latest plan.

    Parameters
    ----------
    entries : as they stand, oldest first
    """
    plans = [entry for entry in entries if isinstance(entry, PlanVersion)]
    page = _PAGE.format(
        title=escape(f"Journal of {name}"),
        weeks=_table(("week", "runs", "km", "runs without distance"), _weeks(entries)),
        pain=_table(("date", "score of 10", "when", "side", "place"), _pain(entries)),
        plan=escape(_plan(plans[-1])) if plans else "No plan in the journal.",
    )
    return page.encode()


def _weeks(entries: Sequence[Entry]) -> list[tuple[Any, ...]]:
    runs: dict[str, list[Run]] = defaultdict(list)
    for entry in entries:
        if isinstance(entry, Run) and entry.event_time and entry.status is RunStatus.COUNTED:
            runs[f"{entry.event_time:%G-W%V}"].append(entry)
    return [_week(week, found) for week, found in sorted(runs.items())]


def _week(week: str, runs: list[Run]) -> tuple[Any, ...]:
    known = [run.distance_m for run in runs if run.distance_m is not None]
    return week, len(runs), f"{sum(known) / 1000:.1f}" if known else "not recorded", len(runs) - len(known)


def _pain(entries: Sequence[Entry]) -> list[tuple[Any, ...]]:
    return [
        (f"{e.event_time:%Y-%m-%d}", f"{e.score:g}", e.moment.value, e.side.value, e.place)
        for e in entries
        if isinstance(e, PainEntry) and e.event_time
    ]


def _plan(plan: PlanVersion) -> str:
    return f"Version {plan.version}, phase {plan.phase}, {plan.starts} to {plan.ends}, by {plan.by}. {plan.why}"


def _table(head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    if not rows:
        return "<p>Nothing recorded.</p>"
    top = "".join(f'<th scope="col">{escape(word)}</th>' for word in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{top}</tr>{body}</table>"
