"""What one row of each catalogue holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class TestCard:
    """A clinical or home test as data.

    Parameters
    ----------
    key, name, group : the word in sheets and JSON, the words for people, and where it stands in a sheet
    unit : of the value; ``better`` says whether ``more``, ``less`` or ``none`` of it is wished
    sides : whether left and right are tested apart
    trials, take : how many tries, and whether the best or the mean counts
    who : ``home``, ``partner``, ``clinic``
    error : device or ``any`` → evidence key of the measurement error; ``none`` → why there is none
    error_relative : the error is a share of the larger value, not an amount in `unit`
    norms, sources : evidence keys
    role : ``contributor``, ``symptom``, ``context`` or ``record only``
    parts : part of a score → smallest and largest points
    choices : legal words, where the value is a word
    extra : what else must be known, for example the lever
    drawing : joint angles for `gerdy.assess.drawing.draw`
    motion : measures of ``gerdy analyze`` that stand for the test, in the order they are preferred
    """

    __test__ = False

    key: str
    name: str
    group: str
    unit: str
    better: str
    trials: int
    take: str
    who: tuple[str, ...]
    equipment: tuple[str, ...]
    minutes: float
    how: str
    error: dict[str, str]
    sources: tuple[str, ...]
    grade: str
    shows: str
    not_shown: str
    before: tuple[str, ...]
    stop: str
    not_when: str
    drawing: dict[str, Any]
    sides: bool = True
    error_relative: bool = False
    norms: tuple[str, ...] = ()
    role: str = "contributor"
    parts: dict[str, tuple[int, int]] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    alternative: str = ""
    provocative: bool = False
    text: bool = False
    motion: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something asked beside the tests.

    Parameters
    ----------
    set : ``home`` where it counts towards completeness
    better, change : for a score, which way is better, and the evidence key of the smallest change that matters
    """

    key: str
    group: str
    text: str
    unit: str = ""
    choices: tuple[str, ...] = ()
    kind: str = ""
    set: str = ""
    better: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """Something else that must be known about a test, for example the lever."""

    key: str
    text: str
    unit: str = ""
    choices: tuple[str, ...] = ()
    each_side: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RedFlag:
    """One question of the safety screen.

    Parameters
    ----------
    level : ``emergency``, ``urgent_days``, ``urgent_weeks``, ``clinician``, ``no_response``, or ``note`` for
        answers that count only together with others
    above, at : evidence key of a limit that a number must pass, or reach
    """

    key: str
    level: str
    rule: str
    text: str
    unit: str = ""
    above: str = ""
    at: str = ""
    women_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A pattern of pain that is named when `needs` of place and signs are there."""

    key: str
    name: str
    place: str
    signs: tuple[str, ...]
    needs: int
    action: str
    check: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributor:
    """Something that may load the band or lower what it can bear.

    Parameters
    ----------
    families : independent ways to see it
    history : which story makes a single very large sign enough
    against : evidence keys that speak against it
    compensation, counterpart : how the body gets by, and the better way
    """

    key: str
    name: str
    families: tuple[str, ...]
    history: str
    grade: str
    directness: str
    sources: tuple[str, ...]
    against: tuple[str, ...]
    plain: str
    counter: str
    compensation: str
    counterpart: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCard:
    """A rule: what it decides, why, its thresholds and sources, and the sentences it may say."""

    key: str
    title: str
    explanation: str
    grade: str
    directness: str
    thresholds: tuple[str, ...]
    sources: tuple[str, ...]
    says: dict[str, str]
