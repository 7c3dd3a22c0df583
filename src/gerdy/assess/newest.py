"""The newest answer to everything: retests and repeated safety screens laid over the first assessment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.records import Assessment, TestResult


def newest(assessments: Sequence[Assessment]) -> Assessment:
    """Return one assessment with the newest value of each test and side, and the newest answer to each question.

    Parameters
    ----------
    assessments : of one runner, oldest first, at least one

    Returns
    -------
    Assessment
        With the id and day of the last one; ``last_screen`` is the day on which the safety questions were last
        answered. Whether an older red flag still stands is not asked here.
    """
    results: dict[tuple[str, str], TestResult] = {}
    answers: dict[str, Any] = {}
    for one in assessments:
        done = {item.test for item in one.results}
        # What was said about a test (position, pain, where it was felt) belongs to that doing of it.
        answers = {key: item for key, item in answers.items() if key.partition(".")[0] not in done} | one.answers
        results |= {(item.test, item.side.value): item for item in one.results}
        if has_screen(one):
            answers["last_screen"] = (one.event_time or one.entered_at).date().isoformat()
    return replace(assessments[-1], results=tuple(results.values()), answers=answers)


def has_screen(assessment: Assessment) -> bool:
    """Whether an assessment holds answers to the safety questions of its own day."""
    return any(key.startswith("safety.") for key in assessment.answers)
