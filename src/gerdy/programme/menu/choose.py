"""Choose what meets the needs of a phase within the limit, and say what was left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gerdy import evidence
from gerdy.programme.exercises import exercise
from gerdy.programme.menu import amounts, judges
from gerdy.programme.menu.menu import LeftOut
from gerdy.programme.menu.pick import pick
from gerdy.programme.menu.template import Need, common
from gerdy.records import Reason

if TYPE_CHECKING:
    from gerdy.programme.exercises import Exercise
    from gerdy.programme.menu.query import MenuQuery
    from gerdy.programme.menu.template import Template
    from gerdy.records import Decision

CALM = "calm first"
LENGTH = "length"
ANKLE = "ankle"
FOLLOWS = frozenset({"T1", "T2", "T5"})
"""Tracks of which one has to follow rolling or stretching (R-047)."""
GENTLE = ("E30", "E70", "E52", "E40")
"""What stays where everything else rests (R-036): standing on one leg, else lying or moving freely."""


@dataclass(frozen=True, slots=True)
class Pick:
    """An exercise chosen for a need."""

    need: Need
    exercise: Exercise


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was chosen, what was left out, and the decisions on the way."""

    picks: tuple[Pick, ...] = ()
    left: tuple[LeftOut, ...] = ()
    decisions: tuple[Decision, ...] = ()

    def without(self, need: Need, exercise_id: str, text: str, *keys: str) -> Choice:
        """Return the choice with one more thing left out."""
        reason = LeftOut(need=need.name, exercise_id=exercise_id, why=Reason(text=text, evidence=keys))
        return replace(self, left=(*self.left, reason))


def limit_of(query: MenuQuery) -> int:
    """Return how many exercises may be in hand at once."""
    house = evidence.value("house_menu.gym_exercises" if query.gym else "house_menu.home_exercises")
    return int(house) if query.at_most is None else query.at_most


def choose(asked: Template, query: MenuQuery) -> Choice:
    """Return the exercises of a phase for a runner, need by need.

    What rests after pain is looked at last, so that pain takes away and never brings anything else.
    """
    fresh = replace(query, resting=frozenset())
    before = judges.ankle_before_running(query.ankle, work_done=query.ankle_work_done)
    order = judges.ankle_order(query.ankle_class, query.ankle_weeks_without_gain, pinch=query.pinch)
    thin = amounts.thin_weeks(query.adherence)
    choice = Choice(decisions=(before, thin, *((order,) if before.outcome != "none" else ())))
    for need in _in_order(asked, query):
        if need.called_for(query) and not _covered(need, choice):
            choice = _meet(need, choice, fresh)
    return _rest(_after_pain(choice, query), asked, query)


def _in_order(asked: Template, query: MenuQuery) -> list[Need]:
    """Return the needs as the template has them; after weeks of isolated work what leads on comes first (R-043)."""
    due = query.isolated_weeks >= evidence.value("house_menu.isolated_weeks")
    return sorted(asked.needs, key=lambda need: not (due and _leads_on(need)))


def _leads_on(need: Need) -> bool:
    return bool(need.candidates) and all(exercise(key).track in {"T2", "T3"} for key in need.candidates)


def _covered(need: Need, choice: Choice) -> bool:
    return any(one.exercise.id in need.candidates for one in choice.picks)


def _meet(need: Need, choice: Choice, query: MenuQuery) -> Choice:
    """Return the choice with the need met, or with the reason why not."""
    sequence, refusal = _sequence(need, choice, query)
    if refusal is not None:
        choice = replace(choice, decisions=_once(choice.decisions, refusal))
        if refusal.outcome in {"clinician", "merge"}:
            return choice.without(need, "", refusal.reasons[0].text, *refusal.reasons[0].evidence)
    found = pick(need, sequence, query)
    if found is None:
        return choice.without(need, "", "None of its exercises is open with this equipment and what is known.")
    if need.name == CALM and not any(one.exercise.track in FOLLOWS for one in choice.picks):
        return choice.without(need, found.id, "No strength exercise would follow it at once.", *judges.CALM_KEYS)
    return _within_limit(need, found, choice, query)


def _after_pain(choice: Choice, query: MenuQuery) -> Choice:
    """Replace what rests after pain by an easier exercise of its kind, or leave it out; nothing takes its place."""
    kept = replace(choice, picks=())
    for one in choice.picks:
        found = pick(one.need, _sequence(one.need, choice, query)[0], query)
        if found is None:
            kept = kept.without(
                one.need, one.exercise.id, "It rests after pain, and so do the harder ones of its kind."
            )
        else:
            kept = replace(kept, picks=(*kept.picks, Pick(one.need, found)))
    follows = any(one.exercise.track in FOLLOWS for one in kept.picks)
    return replace(kept, picks=tuple(one for one in kept.picks if follows or one.need.name != CALM))


def _sequence(need: Need, choice: Choice, query: MenuQuery) -> tuple[tuple[str, ...], Decision | None]:
    """Return the exercises for a need and the rule that spoke, where one did."""
    if need.name == ANKLE:
        order = next(item for item in choice.decisions if item.rule == "R-023")
        return common().ankle.get(query.ankle_class, common().ankle["unknown"]), order
    if need.name == LENGTH:
        hinges = any(one.need.name == "hinge" for one in choice.picks)
        done = [query.clean_drills[key] for key in need.candidates[1:] if key in query.clean_drills]
        return need.candidates, judges.merge_drill(max(done, default=None), hinge=hinges)
    return need.candidates, None


def _once(decisions: tuple[Decision, ...], one: Decision) -> tuple[Decision, ...]:
    return decisions if any(item.rule == one.rule for item in decisions) else (*decisions, one)


def _within_limit(need: Need, found: Exercise, choice: Choice, query: MenuQuery) -> Choice:
    """Return the choice with the exercise, unless the limit or two thin weeks speak against it.

    Jumps stand with the running and do not count. What R-024 asks for before running is the one thing that may
    stand beside the patterns of R-040 where these already fill the limit.
    """
    limit = limit_of(query)
    counted = sum(one.need.where != "jumps" for one in choice.picks)
    decided = {item.rule: item.outcome for item in choice.decisions}
    needed = need.name == ANKLE and decided["R-024"] == "before running"
    if need.where != "jumps" and counted >= limit and not (needed and query.at_most is None):
        text = f"{limit} exercises at once are the limit; the others matter more this week. A coach may raise it."
        return choice.without(need, found.id, text, *amounts.LIMIT_KEYS)
    if decided["R-056"] == "cut" and not (need.rule or needed) and found.id not in query.doing:
        return choice.without(need, found.id, "Nothing new while little of the plan is done.", *amounts.FEW_KEYS)
    return replace(choice, picks=(*choice.picks, Pick(need, found)))


def _rest(choice: Choice, asked: Template, query: MenuQuery) -> Choice:
    """Add one gentle exercise where a longer rest than R-036 allows would follow."""
    rest = amounts.no_long_rest(query.rest_days, loads=bool(choice.picks))
    choice = replace(choice, decisions=(*choice.decisions, rest))
    if rest.outcome != "add load":
        return choice
    need = replace(asked.needs[0], name="gentle load", why=rest.reasons[0].text, where="strength", dose="as listed")
    gentle = next((key for key in GENTLE if key not in query.resting), GENTLE[-1])
    return replace(choice, picks=(Pick(need, exercise(gentle)),))
