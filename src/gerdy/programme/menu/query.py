"""What a menu is made from: the facts of one runner on one day, already judged elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from gerdy.assess.judge import Judgement

SIDES = ("left", "right")
ANKLE_ORDER = ("significant", "mild", "within", "normal", "unknown")
"""R-021, the stiffest first; what is unknown is not treated as stiff."""
STIFF = ("significant", "mild")
FIRST = ("control", "both", "length", "unknown")
"""R-025 over two sides: control on one side holds back length on both, since a drill is done on both."""


class Stands(Protocol):
    """Where an exercise stands, as the gates tell it (`gerdy.programme.gates.Standing`)."""

    @property
    def exercise_id(self) -> str: ...  # noqa: D102
    @property
    def offers(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def use_instead(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def rests_until(self) -> dt.date | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuQuery:
    """The facts behind a menu.

    Parameters
    ----------
    phase : ``P1`` to ``P4``; P0 has no exercises and P5 has a template of its own
    active : contributors to work on, the weightiest first
    order : what R-025 asks for first: ``length``, ``control``, ``both`` or ``unknown``
    ankle, ankle_class : of the stiffer side, as R-021 and R-022 say
    ankle_sides : sides with a restriction
    ankle_work_done : whether the days and sessions that R-024 asks for are behind the runner; None is not recorded
    ankle_weeks_without_gain : weeks of ankle work without a gain beyond error; None is not recorded
    pinch : whether the front of the ankle pinches sharply
    doing : exercises of the plan so far
    known : exercises that the runner has ever done, so that their lowering is not new
    offers, instead : exercise → harder ones that its gate has opened, easier ones that its gate asks for
    resting : exercises that rest after pain
    opened : conditions of entry that are known to hold; any other stays closed
    clean_drills : length drill → (clean sessions, days since the second of them); R-026
    equipment : what the runner has
    gym : whether every strength session is in a gym
    days, minutes : strength sessions a week, and minutes of each; None is no wish
    strength_weeks : weeks with strength work so far
    isolated_weeks : weeks in a row without closed-chain strength or control, R-043
    novice : never trained with weights
    adherence : done over planned per week, the last week last
    rest_days : days without any load up to now, R-036
    at_most : exercises at home that a coach allows; None is the house's number
    """

    phase: str
    active: tuple[str, ...] = ()
    order: str = "unknown"
    ankle: str = "unknown"
    ankle_class: str = "unknown"
    ankle_sides: tuple[str, ...] = ()
    ankle_work_done: bool | None = None
    ankle_weeks_without_gain: float | None = None
    pinch: bool = False
    doing: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    offers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    instead: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    resting: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()
    clean_drills: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    equipment: tuple[str, ...] = ()
    gym: bool = False
    days: int | None = None
    minutes: float | None = None
    strength_weeks: int = 0
    isolated_weeks: int = 0
    novice: bool = False
    adherence: tuple[float, ...] = ()
    rest_days: int = 0
    at_most: int | None = None


def of_judgement(query: MenuQuery, judgement: Judgement) -> MenuQuery:
    """Return the query with what an assessment says: contributors, length or control, and the ankle.

    The stiffer ankle speaks for both; a side that was not tested is unknown, never stiff and never normal.
    """
    said = {key: item.outcome for key, item in judgement.decisions.items()}
    amounts = {side: said.get(f"R-021 {side}", "unknown") for side in SIDES}
    worse = min(SIDES, key=lambda side: ANKLE_ORDER.index(amounts[side]))
    orders = [said.get(f"R-025 {side}", "unknown") for side in SIDES]
    return replace(
        query,
        active=judgement.active,
        order=min(orders, key=FIRST.index),
        ankle=amounts[worse],
        ankle_class=said.get(f"R-022 {worse}", "unknown"),
        ankle_sides=tuple(side for side in SIDES if amounts[side] in STIFF),
    )


def of_standings(query: MenuQuery, standings: Iterable[Stands], now: dt.date) -> MenuQuery:
    """Return the query with what the gates say about each exercise; the worse side of an exercise rules."""
    offers: dict[str, tuple[str, ...]] = {}
    instead: dict[str, tuple[str, ...]] = {}
    resting: set[str] = set()
    for one in standings:
        key = one.exercise_id
        offers[key] = tuple(item for item in one.offers if item in offers.get(key, one.offers))
        instead[key] = tuple(dict.fromkeys((*instead.get(key, ()), *one.use_instead)))
        if one.rests_until is not None and now <= one.rests_until:
            resting.add(key)
    return replace(query, offers=offers, instead=instead, resting=query.resting | resting)
