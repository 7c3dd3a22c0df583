"""What a session left behind: pain during it, how fast it settled, the gait, and the morning after."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.outlook.history import between
from gerdy.outlook.pain_signals import lateral, run_answers
from gerdy.records import PainMoment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gerdy.outlook.history import Dated, History
    from gerdy.records import PainEntry, Run

DAY: Final = dt.timedelta(days=1)
NAMED: Final = dt.timedelta(days=7)
"""How far back a run may lie that an answer of a morning names."""

WALK: Final = "walk"
"""Word in ``PainEntry.activity`` that makes an answer one about a walk, for example ``walk 30 min``."""


@dataclass(frozen=True, slots=True)
class Signals:
    """The answers by which a session is judged; None is *not recorded*.

    Parameters
    ----------
    pain : 0-10, strongest lateral knee pain during or after the session
    elsewhere : 0-10, strongest pain anywhere else during the session
    gait_changed : whether a limp or another change was reported
    settled_min : minutes until the pain was as before; 0 where there was none afterwards
    morning : 0-10, stairs down on the morning after; the worse side
    rise : that morning above the usual one
    masked : something against pain was taken on the day
    """

    pain: float | None = None
    elsewhere: float | None = None
    gait_changed: bool | None = None
    settled_min: float | None = None
    morning: float | None = None
    rise: float | None = None
    masked: bool = False


def run_signals(history: History, run: Dated[Run]) -> Signals:
    """Collect the answers about one run; the morning after may belong to several runs of a day."""
    return _signals(history, run.day, run_answers(history, run))


def walk_signals(history: History, day: dt.date) -> Signals | None:
    """Collect the answers about the walks of a day; None where no walk was answered for."""
    about = [fact for fact in between(history.pains, day, day) if is_walk(fact)]
    return _signals(history, day, about) if about else None


def is_walk(fact: Dated[PainEntry]) -> bool:
    """Whether a pain entry is about a walk."""
    return (fact.entry.activity or "").lower().startswith(WALK)


def usual_morning(history: History, day: dt.date) -> float | None:
    """Return the mean of the last seven mornings before `day` that followed a day without a run.

    This is the number to record as `MorningAnswer.baseline`. It is recorded and not recomputed, so that
    a worse week never becomes the yardstick that lets a run look green afterwards.

    Returns
    -------
    0-10 with one decimal, as it is shown; None where no such morning is recorded
    """
    ran = {fact.day for fact in history.runs}
    quiet = [f.entry.stairs_down for f in between(history.mornings, dt.date.min, day - DAY) if f.day - DAY not in ran]
    last = quiet[-int(evidence.value("house_running.usual_mornings")) :]
    return round(sum(last) / len(last), 1) if last else None


def _signals(history: History, day: dt.date, answers: Sequence[Dated[PainEntry]]) -> Signals:
    felt = [a for a in answers if a.entry.moment in {PainMoment.DURING, PainMoment.AFTER}]
    knee = [a.entry for a in felt if lateral(a)]
    mornings = _mornings(history, day, answers)
    return Signals(
        pain=max((a.score for a in knee), default=None),
        elsewhere=max((a.entry.score for a in felt if not lateral(a)), default=None),
        gait_changed=_any(a.entry.gait_changed for a in felt),
        settled_min=_settled(knee),
        morning=max((score for score, _ in mornings), default=None),
        rise=_worst_rise(mornings),
        masked=any(fact.entry.pain_medicine for fact in between(history.check_ins, day, day)),
    )


def _mornings(history: History, day: dt.date, answers: Sequence[Dated[PainEntry]]) -> list[tuple[float, float | None]]:
    """Return (stairs down, usual morning) of every answer about the morning after `day`."""
    said = [(f.entry.stairs_down, f.entry.baseline) for f in between(history.mornings, day + DAY, day + DAY)]
    runs = {run.entry.id for run in between(history.runs, day - NAMED, day + DAY)}
    named = {a.entry.id for a in answers if a.entry.activity in runs}
    later = [a for a in between(history.pains, day + DAY, day + DAY) if a.entry.activity not in runs]
    noted = {a.entry.id: a for a in [*answers, *later] if a.entry.id in named or a.day == day + DAY}
    morning = [a.entry.score for a in noted.values() if lateral(a) and a.entry.moment is PainMoment.NEXT_MORNING]
    return [*said, *((score, None) for score in morning)]


def _worst_rise(mornings: Sequence[tuple[float, float | None]]) -> float | None:
    """Return the largest rise; None where no morning is known, or where the known ones hide an unknown one."""
    rises = [_rise(score, usual) for score, usual in mornings]
    known = max((r for r in rises if r is not None), default=None)
    return None if known is not None and known <= 0 and None in rises else known


def _rise(score: float, usual: float | None) -> float | None:
    """Return how far a morning lies above the usual one; a morning without pain never does."""
    if score == 0:
        return 0.0
    return None if usual is None else round(score - usual, 1)


def _settled(knee: Sequence[PainEntry]) -> float | None:
    """Return the slowest settling; 0 where the knee was free of pain, at the latest right afterwards."""
    if any(a.settled_min is not None for a in knee):
        return max(a.settled_min for a in knee if a.settled_min is not None)
    free = [a.score for a in knee if a.moment is PainMoment.AFTER] or [a.score for a in knee]
    return 0.0 if free and max(free) == 0 else None


def _any(answers: Iterable[bool | None]) -> bool | None:
    known = [answer for answer in answers if answer is not None]
    return any(known) if known else None
