"""A test result in words: ``hip_abduction_isometric left 116 N``."""

from __future__ import annotations

from typing import Any, Final

from gerdy.assess.catalogue import tests
from gerdy.assess.units import convert
from gerdy.errors import AssessmentError, RecordInvalid, nearest
from gerdy.records import Side, TestResult

EXAMPLES: Final = ("hip_abduction_isometric left 116 N", "side_plank right 62 s")


def parse_result(text: str) -> TestResult:
    """Return one result as it was handed over: test, side, value, unit.

    Raises
    ------
    RecordInvalid : another form, an unknown test or a unit that cannot be converted
    """
    words = text.split()
    if len(words) < 4:
        raise RecordInvalid(f"'{text}' is no test result. Say for example: {'; '.join(EXAMPLES)}.")
    test, side, number, *unit = words
    return result_of(test, side, number, " ".join(unit))


def result_of(test: str, side: str, number: Any, unit: str) -> TestResult:
    """Return one result, its value in the unit of the test's card.

    Raises
    ------
    RecordInvalid : an unknown test or side, no number, or a unit that cannot be converted
    """
    card = tests().get(test)
    if card is None:
        near = ", ".join(nearest(test, tests())) or "gerdy assess --blank clinic lists them"
        raise RecordInvalid(f"There is no test '{test}'. Nearest: {near}.")
    if side not in {"left", "right"}:
        raise RecordInvalid(f"{test}: the side is '{side}'; say left or right.")
    try:
        value = convert(float(number), unit, card.unit)
    except (ValueError, AssessmentError) as error:
        raise RecordInvalid(f"{test} {side}: {error}") from error
    return TestResult(test=test, side=Side(side), value=value, unit=card.unit)
