"""Which days are recorded: no record is not rest."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from gerdy.outlook.history import History
    from gerdy.quantities import Flags


class DayKind(StrEnum):
    """What is known about running on a day."""

    RUN = "run"
    REST = "rest"
    NOT_RECORDED = "not recorded"


def days(first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    """Return every day from `first` to `last`, both included."""
    return tuple(first + dt.timedelta(days=n) for n in range((last - first).days + 1))


def answered_days(history: History) -> frozenset[dt.date]:
    """Return the days for which the runner entered something about that day: answers or strength sets.

    A file that a watch wrote is no answer: it says that a run was done, not what else was not.
    """
    kinds = (history.check_ins, history.mornings, history.pains, history.sessions)
    return frozenset(fact.day for kind in kinds for fact in kind)


def day_kinds(history: History, first: dt.date, last: dt.date) -> tuple[DayKind, ...]:
    """Say for each day whether the runner ran, rested, or whether nobody knows.

    A day without a run is rest only if the runner answered something that day, or has stated that every
    run is recorded.
    """
    ran = frozenset(fact.day for fact in history.runs)
    answered = answered_days(history)

    def kind(day: dt.date) -> DayKind:
        if day in ran:
            return DayKind.RUN
        known = history.every_run_recorded or day in answered
        return DayKind.REST if known else DayKind.NOT_RECORDED

    return tuple(kind(day) for day in days(first, last))


def strength_known(history: History, first: dt.date, last: dt.date) -> Flags:
    """Say for each day whether it is known what strength work was done, possibly none.

    Returns
    -------
    (days,) True where the runner entered something for that day
    """
    answered = answered_days(history)
    return np.array([day in answered for day in days(first, last)], dtype=np.bool_)
