"""The fold: all sessions of an exercise on one side, up to a day, into where it stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gerdy import evidence
from gerdy.programme.gates.bars import in_a_row
from gerdy.programme.gates.place import Place, moved
from gerdy.programme.gates.scheme import offers_harder, rung, top_rank
from gerdy.programme.gates.sessions import day_sessions
from gerdy.programme.gates.shown import shown_kg
from gerdy.programme.gates.steps import load_after, scaled
from gerdy.programme.gates.verdict import Around, verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.programme.gates.days import Days
    from gerdy.programme.gates.scheme import Scheme
    from gerdy.programme.gates.sessions import DaySession
    from gerdy.programme.gates.turns import Turn
    from gerdy.records import Decision, PlannedSet, Side


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


def standing(days: Days, scheme: Scheme, side: Side, turns: Sequence[Turn] = ()) -> Standing:
    """Return where an exercise stands on a side, from all that happened up to the last of the days.

    Parameters
    ----------
    days : the runner's days, which every exercise shares
    turns : what coach or clinician decided instead, oldest first
    """
    top = top_rank(scheme)
    sessions = tuple(s for s in day_sessions(days.history, scheme.exercise_id, side) if s.day <= days.now)
    place, story, before = Place(), [], None
    waiting = list(turns)
    for session in sessions:
        while waiting and waiting[0].day <= session.day:
            place = waiting.pop(0).apply(place, top)
        says, decision = verdict(scheme, session, _around(days, sessions, session, place, before, turns))
        rest = session.day + dt.timedelta(days=int(evidence.value("house_gates.remove_days")))
        place = moved(place, says, in_a_row(), top, rest)
        story.append((session.day, decision))
        before = session.pain if session.pain is not None else before
    for turn in waiting:
        place = turn.apply(place, top)
    return _told(scheme, side, sessions, place, before, tuple(story), days.now, turns)


def worse(sides: Sequence[Standing]) -> Standing:
    """Return the side that rules: the prescription is common, and the worse side sets it."""
    return min(sides, key=lambda one: (one.rests_until is None, one.order))


def _around(
    days: Days,
    sessions: Sequence[DaySession],
    session: DaySession,
    place: Place,
    before: float | None,
    turns: Sequence[Turn],
) -> Around:
    day = session.day
    return Around(
        rise=days.rise(day),
        pain_before=before,
        filmed=seen_clean(sessions, day) or any(turn.saw_it(day) for turn in turns),
        holds=(*days.holds(day), *(turn.words for turn in turns if turn.holds_on(day))),
        removed=place.rests_on(day),
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
