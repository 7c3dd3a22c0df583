"""What one session says about the next step: remove, back, start again, hold, or count."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.programme.gates.bars import BARS, SEEN_CLEAN, clean_enough, clean_share
from gerdy.programme.gates.shown import shown_percent
from gerdy.running.say import decide

if TYPE_CHECKING:
    from gerdy.programme.gates.scheme import Scheme
    from gerdy.programme.gates.sessions import DaySession
    from gerdy.records import Decision

BACK_KEYS: Final = (
    "house_gates.pain_back",
    "house_gates.pain_remove",
    "house_gates.remove_days",
    "house_gates.unclean_back",
    "house_gates.morning_back",
    "house_gates.load_cut",
)
COUNT_KEYS: Final = (
    "house_gates.pain_in_set",
    "house_gates.repetitions_in_reserve",
    "house_gates.hold_effort",
    "house_gates.clean_share",
    "house_gates.sessions_in_a_row",
)


class Says(StrEnum):
    """What a session says, the strictest first."""

    REMOVE = "remove"
    BACK = "back"
    AGAIN = "start again"
    HOLD = "hold"
    COUNT = "count"


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is known around a session beside its sets.

    Parameters
    ----------
    rise : next morning above the usual one; None where not answered, or not yet
    pain_before : strongest pain of the last session of the exercise that recorded one
    filmed : a film of the last two weeks shows the exercise on this side
    holds : reasons why nothing counts on this day: pain medicine, a bad week of mornings, a lighter week
    removed : the exercise rests on this day
    """

    rise: float | None
    pain_before: float | None = None
    filmed: bool = False
    holds: tuple[str, ...] = ()
    removed: bool = False


def verdict(scheme: Scheme, session: DaySession, around: Around) -> tuple[Says, Decision]:
    """Judge one session.

    Signs against it come first and need no complete record; then what was asked and not reached; then what nobody
    recorded; then what holds everything. More pain, or a worse morning, only ever moves up this list.
    """
    against = _against(scheme, session, around)
    if against is not None:
        return against
    answers = _answers(scheme, session, around)
    missed = [words for words, answer in answers.items() if answer is False]
    if missed:
        return Says.AGAIN, _decide(scheme, Says.AGAIN, f"Not reached: {'; '.join(missed)}.", session, around)
    open_ = [words for words, answer in answers.items() if answer is None]
    if open_:
        return Says.HOLD, _decide(scheme, Says.HOLD, f"Not recorded: {'; '.join(open_)}.", session, around)
    stops = [*around.holds, *_stops(scheme, around)]
    if stops:
        return Says.HOLD, _decide(scheme, Says.HOLD, f"Good, but not counted: {'; '.join(stops)}.", session, around)
    return Says.COUNT, _decide(scheme, Says.COUNT, "All that was asked was reached.", session, around)


def _against(scheme: Scheme, session: DaySession, around: Around) -> tuple[Says, Decision] | None:
    pain = session.pain or 0.0
    if pain >= evidence.value("house_gates.pain_remove"):
        days = evidence.value("house_gates.remove_days")
        text = f"Pain of {pain:g} in the sets: the exercise rests for {days:g} days."
        return Says.REMOVE, _decide(scheme, Says.REMOVE, text, session, around, rule="R-045")
    limit, why = evidence.value("house_gates.pain_back"), None
    share = clean_share(session)
    if pain > limit:
        why = f"pain of {pain:g} in the sets"
    elif pain >= limit and (around.pain_before or 0.0) >= limit:
        why = f"pain of {pain:g} again, after a lighter load was asked for"
    elif share is not None and shown_percent(1 - share) > shown_percent(evidence.value("house_gates.unclean_back")):
        why = f"{shown_percent(1 - share)} % of the repetitions were not clean"
    elif around.rise is not None and around.rise > evidence.value("house_gates.morning_back"):
        why = f"the next morning stood {around.rise:g} above the usual one"
    if why is None:
        return None
    return Says.BACK, _decide(scheme, Says.BACK, f"One level down: {why}.", session, around, rule="RG")


def _answers(scheme: Scheme, session: DaySession, around: Around) -> dict[str, bool | None]:
    asked = {f"{bar.words} {bar.quantifier.words}": bar.holds(session) for bar in BARS.get(scheme.progression, ())}
    if scheme.progression in SEEN_CLEAN:
        asked["nine of ten clean"] = clean_enough(session)
    asked["a next morning no worse than usual"] = None if around.rise is None else around.rise <= 0
    return asked


def _stops(scheme: Scheme, around: Around) -> list[str]:
    found = ["the exercise rests"] if around.removed else []
    if scheme.progression in SEEN_CLEAN and not around.filmed:
        days = evidence.value("house_gates.film_days")
        found.append(f"no film of the last {days:g} days shows whether it is clean (R-049)")
    return found


def _decide(
    scheme: Scheme, says: Says, text: str, session: DaySession, around: Around, rule: str | None = None
) -> Decision:
    share = clean_share(session)
    seen = {
        "day": session.day.isoformat(),
        "exercise": scheme.exercise_id,
        "sets": len(session.sets),
        "prescribed sets": None if session.target is None else session.target.sets,
        "pain": session.pain,
        "morning above usual": around.rise,
        "clean percent": None if share is None else shown_percent(share),
    }
    keys = BACK_KEYS if says in {Says.REMOVE, Says.BACK} else COUNT_KEYS
    return decide(rule or scheme.progression, says.value, text, seen, keys)
