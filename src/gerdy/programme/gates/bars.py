"""What a session must show to count, progression by progression, as data with explicit quantifiers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.programme.gates.met import all_of
from gerdy.programme.gates.quantifiers import AllSets, End, Quantifier, Sessions
from gerdy.programme.gates.shown import shown_kg, shown_percent, shown_score

if TYPE_CHECKING:
    from collections.abc import Callable

    from gerdy.programme.gates.sessions import DaySession
    from gerdy.records import DoneSet, PlannedSet

    OfSet = Callable[[DoneSet, PlannedSet | None], bool | None]


@dataclass(frozen=True, slots=True)
class Bar:
    """One requirement on the sets of a session.

    Parameters
    ----------
    words : what it asks, for a person
    quantifier : in how many sets
    of_set : set and its prescription → yes, no or None for *not recorded*
    """

    words: str
    quantifier: Quantifier
    of_set: OfSet

    def holds(self, session: DaySession) -> bool | None:
        """Return whether a session shows it."""
        prescribed = None if session.target is None else session.target.sets
        return self.quantifier.holds([self.of_set(s, session.target) for s in session.sets], prescribed)


def reps_at(end: End) -> OfSet:
    """Return whether a set reached one end of its prescribed repetitions, at no less than its load.

    A prescription in seconds is reached as a hold is.
    """

    def judge(done: DoneSet, target: PlannedSet | None) -> bool | None:
        if target is not None and target.reps is None and target.seconds is not None:
            return held(done, target)
        if target is None or target.reps is None or done.reps is None:
            return None
        wanted = target.reps[1] if end is End.TOP else target.reps[0]
        return all_of([done.reps >= wanted, load_reached(done, target)])

    return judge


def load_reached(done: DoneSet, target: PlannedSet | None) -> bool | None:
    """Return whether a set was done with the load that was shown; yes where none was asked for."""
    if target is None or target.load_kg is None:
        return True
    return None if done.load_kg is None else shown_kg(done.load_kg) >= shown_kg(target.load_kg)


def held(done: DoneSet, target: PlannedSet | None) -> bool | None:
    """Return whether a hold lasted as long as prescribed."""
    if target is None or target.seconds is None or done.seconds is None:
        return None
    return all_of([round(done.seconds) >= round(target.seconds), load_reached(done, target)])


def landed(done: DoneSet, target: PlannedSet | None) -> bool | None:
    """Return whether a set had its landings; where only repetitions were logged, each is one landing."""
    count = done.reps if done.contacts is None else done.contacts
    if target is None or target.reps is None or count is None:
        return None
    return count >= target.reps[0]


def pain_low(done: DoneSet, target: PlannedSet | None) -> bool | None:
    """Return whether the pain in a set stayed at or under the ceiling of a set that counts."""
    del target
    return None if done.pain is None else shown_score(done.pain) <= evidence.value("house_gates.pain_in_set")


def in_reserve(done: DoneSet, target: PlannedSet | None) -> bool | None:
    """Return whether enough repetitions were left; RPE stands in for them, ten less the repetitions left."""
    del target
    left = done.rir if done.rir is not None else None if done.rpe is None else 10 - done.rpe
    return None if left is None else shown_score(left) >= evidence.value("house_gates.repetitions_in_reserve")


def easy_hold(done: DoneSet, target: PlannedSet | None) -> bool | None:
    """Return whether a hold felt no harder than it may."""
    del target
    return None if done.rpe is None else shown_score(done.rpe) <= evidence.value("house_gates.hold_effort")


def clean_share(session: DaySession) -> float | None:
    """Return the share of clean repetitions of a session; None where one set could not be judged.

    A hold is one repetition, a landing is one repetition.
    """
    counts = [(s.clean_reps, _repetitions(s)) for s in session.sets]
    judged = [(clean, total) for clean, total in counts if clean is not None and total]
    if not judged or len(judged) < len(counts):
        return None
    return sum(clean for clean, _ in judged) / sum(total for _, total in judged)


def _repetitions(done: DoneSet) -> int | None:
    if done.contacts is not None:
        return done.contacts
    return 1 if done.reps is None and done.seconds is not None else done.reps


def clean_enough(session: DaySession) -> bool | None:
    """Return whether at least nine of ten repetitions looked as they should, as the percentage is shown."""
    share = clean_share(session)
    wanted = evidence.value("house_gates.clean_share")
    return None if share is None else shown_percent(share) >= shown_percent(wanted)


LOW_PAIN: Final = Bar("pain in the sets stays at 2 or less", AllSets(), pain_low)
BARS: Final[dict[str, tuple[Bar, ...]]] = {
    "PG-S": (
        Bar("the top of the prescribed repetitions", AllSets(), reps_at(End.TOP)),
        Bar("two or more repetitions left", AllSets(), in_reserve),
        LOW_PAIN,
    ),
    "PG-I": (
        Bar("every hold as long as prescribed", AllSets(), held),
        Bar("effort 7 of 10 or less", AllSets(), easy_hold),
        LOW_PAIN,
    ),
    "PG-C": (Bar("the bottom of the prescribed repetitions", AllSets(), reps_at(End.BOTTOM)), LOW_PAIN),
    "PG-P": (Bar("the prescribed landings", AllSets(), landed), LOW_PAIN),
}
"""Progression → what each session must show. PG-M looks at retests and not at sessions."""

SEEN_CLEAN: Final = frozenset({"PG-C", "PG-P"})
"""Progressions whose repetitions or landings somebody must have seen (R-049)."""


def in_a_row() -> Sessions:
    """Return how many sessions in a row lead one step on."""
    n = int(evidence.value("house_gates.sessions_in_a_row"))
    return Sessions(n, of=n)
