"""Whether a criterion is met, with *not recorded* as an answer of its own."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Met(StrEnum):
    """What a criterion says; what was not recorded is neither met nor unmet."""

    YES = "met"
    NO = "not met"
    UNKNOWN = "not recorded"
    NOT_APPLICABLE = "not applicable"

    @property
    def opens(self) -> bool:
        """Whether nothing stands in the way: met, or no question for this runner."""
        return self in {Met.YES, Met.NOT_APPLICABLE}


def met(answer: bool | None) -> Met:
    """Return the state of a yes, a no, or None for *not recorded*."""
    if answer is None:
        return Met.UNKNOWN
    return Met.YES if answer else Met.NO


def all_of(answers: Iterable[bool | None]) -> bool | None:
    """Return whether every answer is yes; one no decides, else one missing answer leaves it open."""
    known = list(answers)
    if any(answer is False for answer in known):
        return False
    return None if None in known else True


def any_of(answers: Iterable[bool | None]) -> bool | None:
    """Return whether some answer is yes; one yes decides, else one missing answer leaves it open."""
    known = list(answers)
    if any(answer is True for answer in known):
        return True
    return None if None in known else False
