"""How it feels: pain, the next morning, and the daily check-in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from gerdy.records.base import Entry, Side, require_range


class PainMoment(StrEnum):
    """When the pain was felt."""

    NOW = "now"
    DURING = "during"
    AFTER = "after"
    NEXT_MORNING = "next morning"


@dataclass(frozen=True, slots=True, kw_only=True)
class PainEntry(Entry):
    """Pain from 0 (none) to 10 (worst imaginable) at one moment and place.

    Parameters
    ----------
    score : 0-10
    moment : in relation to the activity
    place : for example ``lateral knee``
    activity : id of the run or session it belongs to, or a word such as ``stairs down``
    onset_m : distance run when it began
    settled_min : minutes until it was back at baseline
    """

    kind: ClassVar[str] = "pain"

    score: float
    moment: PainMoment
    side: Side
    place: str = "lateral knee"
    activity: str | None = None
    onset_m: float | None = None
    settled_min: float | None = None
    gait_changed: bool | None = None

    def __post_init__(self) -> None:
        super(PainEntry, self).__post_init__()
        require_range("pain", self.score, 0, 10, "of 10")


@dataclass(frozen=True, slots=True, kw_only=True)
class MorningAnswer(Entry):
    """The morning after: pain walking downstairs against the usual morning."""

    kind: ClassVar[str] = "morning"

    stairs_down: float
    side: Side
    baseline: float | None = None
    stiffness_min: float | None = None

    def __post_init__(self) -> None:
        super(MorningAnswer, self).__post_init__()
        require_range("pain", self.stairs_down, 0, 10, "of 10")
        require_range("baseline", self.baseline, 0, 10, "of 10")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn(Entry):
    """The day's state as the runner answers it; None is *not recorded*.

    Parameters
    ----------
    sleep_h : hours of the last night
    soreness, fatigue, stress : 0-10
    ill, pain_medicine : yes, no or not recorded
    questionnaires : score by name, for example ``{"OSTRC": 0, "UWRI": 33}``
    """

    kind: ClassVar[str] = "check-in"

    sleep_h: float | None = None
    soreness: float | None = None
    fatigue: float | None = None
    stress: float | None = None
    ill: bool | None = None
    pain_medicine: bool | None = None
    questionnaires: tuple[tuple[str, float], ...] = ()
    text: str = ""

    def __post_init__(self) -> None:
        super(CheckIn, self).__post_init__()
        require_range("sleep", self.sleep_h, 0, 24, "h")
        for name in ("soreness", "fatigue", "stress"):
            require_range(name, getattr(self, name), 0, 10, "of 10")
