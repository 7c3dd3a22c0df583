"""The newest answer to everything: retests and repeated safety screens laid over the first assessment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gerdy.assess.catalogue import red_flags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.records import Assessment, Clearance, TestResult


def newest(assessments: Sequence[Assessment], clearances: Sequence[Clearance] = ()) -> Assessment:
    """Return one assessment with the newest value of each test and side, and the newest answer to each question.

    Parameters
    ----------
    assessments : of one runner, oldest first, at least one
    clearances : recorded beside them; each opens what it names from its day on

    Returns
    -------
    Assessment
        With the id and day of the last one, or of a later clearance, which must not lie after what it opens.
    """
    results: dict[tuple[str, str], TestResult] = {}
    answers: dict[str, Any] = {}
    for one in assessments:
        done = {item.test for item in one.results}
        # What was said about a test (position, pain, where it was felt) belongs to that doing of it.
        answers = {key: item for key, item in answers.items() if key.partition(".")[0] not in done} | one.answers
        results |= {(item.test, item.side.value): item for item in one.results}
    opened = [_as_answer(item) for item in clearances]
    last = assessments[-1]
    answers["clearance"] = [*answers.get("clearance", []), *opened]
    days = [moment for item in clearances if (moment := item.event_time) is not None]
    moment = max((last.event_time or last.entered_at, *days))
    return replace(last, results=tuple(results.values()), answers=answers, event_time=moment)


def has_screen(assessment: Assessment) -> bool:
    """Whether an assessment holds answers to the safety questions of its own day."""
    return any(key.startswith("safety.") for key in assessment.answers)


def _as_answer(clearance: Clearance) -> dict[str, Any]:
    """Return a clearance in the form in which a sheet holds it; a rule's name opens what the rule asks."""
    assert clearance.event_time is not None  # noqa: S101 - a clearance without a date cannot be recorded
    covers = [flag for name in clearance.opens for flag in _flags(name)]
    return {
        "covers": covers,
        "date": clearance.event_time.date().isoformat(),
        "who": clearance.who,
        "profession": clearance.profession,
        "examined": clearance.examined,
    }


def _flags(name: str) -> tuple[str, ...]:
    of_rule = tuple(key for key, card in red_flags().items() if card.rule == name)
    return {"R-006": ("age",)}.get(name, of_rule or (name,))
