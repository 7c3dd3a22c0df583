"""The fold: all sessions of an exercise on one side, up to a day, into where it stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.outlook.history import between
from gerdy.programme.gates.bars import in_a_row
from gerdy.programme.gates.mornings import morning_rise, trend
from gerdy.programme.gates.place import Place, moved
from gerdy.programme.gates.scheme import offers_harder, rung, top_rank
from gerdy.programme.gates.sessions import day_sessions
from gerdy.programme.gates.shown import shown_kg
from gerdy.programme.gates.steps import load_after, scaled
from gerdy.programme.gates.verdict import Around, verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.outlook.history import History
    from gerdy.programme.gates.deload import Lighter
    from gerdy.programme.gates.scheme import Scheme
    from gerdy.programme.gates.sessions import DaySession
    from gerdy.programme.gates.turns import Turn
    from gerdy.records import Decision, PlannedSet, Side

DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one exercise stands on one side.

    Parameters
    ----------
    level, load_steps, contact_steps : what to do next, beyond the first prescription
    load_kg : load to use next, from the first load that was lifted; None for body weight
    rank : steps gained; compares two sides
    down : one level below until enough sessions count again; `use_instead` names easier exercises where there is no
        lower level
    cut : the last session hurt at the limit, so the load is a fifth less
    frozen : nobody could see whether it is clean (R-049)
    rests_until : last day of a rest; None where it is open
    toward : sessions that count towards the next step, and how many it takes
    offers : harder exercises that are open now
    story : each session's day and decision, oldest first
    """

    exercise_id: str
    side: Side
    level: int
    load_steps: int
    contact_steps: int
    load_kg: float | None
    rank: int
    down: bool
    cut: bool
    frozen: bool
    rests_until: dt.date | None
    toward: tuple[int, int]
    offers: tuple[str, ...]
    use_instead: tuple[str, ...]
    story: tuple[tuple[dt.date, Decision], ...]

    @property
    def order(self) -> tuple[int, bool, bool]:
        """What a worse side has less of."""
        return self.rank, not self.down, not self.cut

    def dose(self, first: PlannedSet) -> PlannedSet:
        """Return the next prescription from the first one of the exercise.

        Parameters
        ----------
        first : the prescription that rank 0 started with
        """
        return scaled(first, self.load_kg, self.load_steps, self.contact_steps)


def standing(
    history: History, scheme: Scheme, side: Side, now: dt.date, *, lighter: Lighter, turns: Sequence[Turn] = ()
) -> Standing:
    """Return where an exercise stands on `now`, from all that happened up to that day.

    Parameters
    ----------
    history : facts; those after `now` are not looked at
    lighter : the lighter weeks, in which nothing counts
    turns : what coach or clinician decided instead, oldest first
    """
    sessions = tuple(s for s in day_sessions(history, scheme.exercise_id, side) if s.day <= now)
    place, story, before = Place(), [], None
    waiting = list(turns)
    for session in sessions:
        while waiting and waiting[0].day <= session.day:
            place = waiting.pop(0).apply(place, top_rank(scheme))
        around = _around(history, sessions, session, place, before, now, lighter=lighter, turns=turns)
        says, decision = verdict(scheme, session, around)
        rest = session.day + dt.timedelta(days=int(evidence.value("house_gates.remove_days")))
        place = moved(place, says, in_a_row(), top_rank(scheme), rest)
        story.append((session.day, decision))
        before = session.pain if session.pain is not None else before
    for turn in waiting:
        place = turn.apply(place, top_rank(scheme))
    return _told(scheme, side, sessions, place, before, tuple(story), now, turns)


def worse(sides: Sequence[Standing]) -> Standing:
    """Return the side that rules: the prescription is common, and the worse side sets it."""
    return min(sides, key=lambda one: (one.rests_until is None, one.order))


def _around(
    history: History,
    sessions: Sequence[DaySession],
    session: DaySession,
    place: Place,
    before: float | None,
    now: dt.date,
    *,
    lighter: Lighter,
    turns: Sequence[Turn],
) -> Around:
    morning = session.day + DAY
    known = morning <= now
    holds = []
    if any(f.entry.pain_medicine for f in between(history.check_ins, session.day, morning if known else session.day)):
        holds.append("pain medicine may have hidden the pain (R-009)")
    if known and trend(history, morning).outcome == "hold":
        holds.append("the mornings of the week are above the usual ones (R-034)")
    if lighter.on(session.day):
        holds.append("it was a lighter week (R-055)")
    holds += [turn.words for turn in turns if turn.holds_on(session.day)]
    return Around(
        rise=morning_rise(history, morning) if known else None,
        pain_before=before,
        filmed=seen_clean(sessions, session.day) or any(turn.saw_it(session.day) for turn in turns),
        holds=tuple(holds),
        removed=place.rests_on(session.day),
    )


def seen_clean(sessions: Sequence[DaySession], day: dt.date) -> bool:
    """R-049: whether a film of the last two weeks shows the exercise on this side."""
    first = day - dt.timedelta(days=int(evidence.value("house_gates.film_days")) - 1)
    return any(first <= s.day <= day and s.filmed for s in sessions)


def _told(
    scheme: Scheme,
    side: Side,
    sessions: Sequence[DaySession],
    place: Place,
    before: float | None,
    story: tuple[tuple[dt.date, Decision], ...],
    now: dt.date,
    turns: Sequence[Turn],
) -> Standing:
    here = rung(scheme, place.rank)
    lower = place.down and here.level > scheme.levels[0]
    cut = before is not None and before >= evidence.value("house_gates.pain_back")
    lighter_load = cut or (place.down and not lower)
    judged_by_eye = scheme.progression in {"PG-C", "PG-P"}
    seen = seen_clean(sessions, now) or any(turn.saw_it(now) for turn in turns)
    harder = () if place.down or not offers_harder(scheme, place.rank) else scheme.harder
    return Standing(
        exercise_id=scheme.exercise_id,
        side=side,
        level=here.level - lower,
        load_steps=here.load_steps,
        contact_steps=here.contact_steps,
        load_kg=_load(sessions, scheme, here.load_steps, lighter=lighter_load),
        rank=place.rank,
        down=place.down,
        cut=cut,
        frozen=judged_by_eye and not seen,
        rests_until=place.rests_until if place.rests_on(now) else None,
        toward=(in_a_row().behind(place.answers), in_a_row().n),
        offers=harder,
        use_instead=scheme.easier if place.down and not lower else (),
        story=story,
    )


def _load(sessions: Sequence[DaySession], scheme: Scheme, steps: int, *, lighter: bool) -> float | None:
    """Return the load from the first that was lifted, so that no later pain can raise it."""
    first = next((loads for s in sessions if (loads := [x.load_kg for x in s.sets if x.load_kg])), None)
    if first is None:
        return None
    load = load_after(max(first), steps, isolation=scheme.isolation)
    return shown_kg(load * (1 - evidence.value("house_gates.load_cut"))) if lighter else load
