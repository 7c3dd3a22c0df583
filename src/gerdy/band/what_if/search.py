"""Rank the single changes within a runner's reach by what they do to the load."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.band.what_if.answer import answers
from gerdy.band.what_if.evaluate import changed_case
from gerdy.band.what_if.language import Change
from gerdy.band.what_if.residual import residual
from gerdy.band.what_if.subjects import MUSCLES, SUBJECTS, strength_subject
from gerdy.body.tables import number_table
from gerdy.errors import WhatIfRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gerdy.band.compare import PairedChange
    from gerdy.band.design import Draw
    from gerdy.band.what_if.answer import Answer
    from gerdy.band.what_if.case import Case

__all__ = ["RANKED_BY", "candidates", "ranked_by", "search"]

RANKED_BY: Final = ("contact_impulse_n_s", "tension_peak_n", "anterior.path_elongation_rate_peak_pct_s")
"""Outcomes that rank: the first that the recording allows, the impulse by kilometre."""

TRAINED: Final = ("gluteus medius", "gluteus maximus", "gluteus minimus", "hip abductors", "quadriceps", "calf")
"""Muscle groups that the search tries; the rest can be asked for by name."""


def candidates() -> tuple[Change, ...]:
    """Return every single change that a search tries, in both directions, by ``house_what_if.reach``."""
    reach = number_table("house_what_if.reach")
    subjects = [subject for subject in SUBJECTS if subject.key in reach]
    subjects += [strength_subject(muscles) for muscles in TRAINED if muscles in MUSCLES]
    return tuple(Change(subject, sign * reach[subject.key]) for subject in subjects for sign in (1.0, -1.0))


def search(
    case: Case, draws: Sequence[Draw], tell: Callable[[], None] = lambda: None
) -> tuple[list[Answer], list[str]]:
    """Rank single changes by how much they lower the load.

    Parameters
    ----------
    case : as recorded
    draws : a power of two of believable bands
    tell : called after each draw, for progress

    Returns
    -------
    answers, refused : largest lowering first; and why some changes were not tried
    """
    fewer = case.some(int(evidence.value("house_what_if.search_stances")))
    tried: list[tuple[Change, ...]] = []
    refused = []
    for change in candidates():
        try:
            changed = changed_case(fewer, (change,))
            if changed.moved is not None and (found := residual(fewer, changed.moved)) is not None:
                found.require(str(change))
        except WhatIfRefused as error:
            refused.append(str(error))
        else:
            tried.append((change,))
    return sorted(answers(fewer, tried, draws, tell), key=_median), refused


def ranked_by(one: Answer) -> tuple[str, PairedChange]:
    """Return the outcome that an answer is ranked by and its change, per kilometre where it adds up."""
    path = next(path for path in RANKED_BY if path in one.outcomes)
    found = one.outcomes[path]
    return path, found.per_stride if found.per_km is None else found.per_km


def _median(one: Answer) -> float:
    return ranked_by(one)[1].median
