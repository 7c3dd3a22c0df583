"""Exit criteria that look at days: pain, mornings, sessions, runs and weekly scores."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.outlook.history import between
from gerdy.outlook.load import duration_s
from gerdy.outlook.pain_signals import lateral, run_pain
from gerdy.programme.exercises import exercises
from gerdy.programme.gates.bars import clean_enough
from gerdy.programme.gates.met import Met, all_of, met
from gerdy.programme.gates.sessions import day_sessions, sides_of
from gerdy.programme.gates.shown import shown_percent, shown_score
from gerdy.records import PainMoment

if TYPE_CHECKING:
    from gerdy.outlook.history import Dated, History
    from gerdy.programme.facts import Facts
    from gerdy.records import Run

Answer = tuple[Met, str]
DAY: Final = dt.timedelta(days=1)
BROKEN_S: Final = 60.0
"""A stop of more than a minute breaks a run; a shorter one is a road to cross."""


def unlocked(facts: Facts, since: dt.date) -> Answer:
    """P0: no red flag stands, and every question of the screen has an answer."""
    del since
    judgement = facts.judgements.on(facts.day)
    if judgement is None:
        return Met.UNKNOWN, "nothing was assessed yet"
    if judgement.safety.locked:
        return Met.NO, ", ".join(judgement.safety.flags)
    return met(None if judgement.safety.missing else True), ", ".join(judgement.safety.missing) or "clear"


def assessed(facts: Facts, since: dt.date) -> Answer:
    """P0: enough of the home set is there."""
    del since
    judgement = facts.judgements.on(facts.day)
    if judgement is None:
        return Met.UNKNOWN, "nothing was assessed yet"
    return met(judgement.verdict == "complete"), judgement.completeness.decision.outcome


def walking(facts: Facts, since: dt.date) -> Answer:
    """P1: walking hurts no more than a little, by the latest walk or sheet."""
    del since
    felt = [
        (f.day, f.entry.score)
        for f in between(facts.history.pains, dt.date.min, facts.day)
        if (f.entry.activity or "").lower().startswith("walk")
    ]
    return _latest_at_most([*felt, *_asked(facts, "pain_walking")], facts.day, "house_phases.walk_pain")


def stairs(facts: Facts, since: dt.date) -> Answer:
    """P1: stairs down hurt no more than a little, by the latest answer."""
    del since
    felt = [(f.day, f.entry.stairs_down) for f in between(facts.history.mornings, dt.date.min, facts.day)]
    felt += [
        (f.day, f.entry.score)
        for f in between(facts.history.pains, dt.date.min, facts.day)
        if "stairs" in (f.entry.activity or "").lower()
    ]
    return _latest_at_most([*felt, *_asked(facts, "pain_stairs_down")], facts.day, "house_phases.stairs_pain")


def settled(facts: Facts, since: dt.date) -> Answer:
    """P1: the mornings are low on three days in a row up to this one; a morning not answered leaves it open."""
    del since
    days = [facts.day - n * DAY for n in range(int(evidence.value("house_phases.settled_mornings")))]
    worst = [_morning(facts.history, day) for day in days]
    limit = evidence.value("house_phases.morning_pain")
    answer = all_of(None if pain is None else shown_score(pain) <= limit for pain in worst)
    return met(answer), ", ".join("not recorded" if pain is None else f"{pain:g}" for pain in worst)


def first_sessions(facts: Facts, since: dt.date) -> Answer:
    """P1: enough sessions since the phase began; with a fresh hand-over they were done with the physiotherapist."""
    handed = facts.discharge()
    fresh = int(evidence.value("house_phases.symptom_days"))
    if handed is not None and since <= handed[0] + fresh * DAY and handed[0] <= since:
        return Met.NOT_APPLICABLE, f"handed over on {handed[0].isoformat()}"
    days = len({f.day for f in between(facts.history.sessions, since, facts.day)})
    return met(days >= evidence.value("house_phases.first_sessions")), f"{days} sessions"


def recovering(facts: Facts, since: dt.date) -> Answer:
    """P2: the recovery score rose by an important change since the start, or is near the top."""
    del since
    scores = facts.scores("uwri")
    if not scores:
        return Met.UNKNOWN, "no UWRI"
    first, last = scores[0][1], scores[-1][1]
    grown = last - first >= evidence.value("nelson2020.important_change")
    return met(grown or last >= evidence.value("house_phases.uwri_full")), f"{first:g} → {last:g}"


def recovered(facts: Facts, since: dt.date) -> Answer:
    """P4: the recovery score is near the top."""
    del since
    scores = facts.scores("uwri")
    if not scores:
        return Met.UNKNOWN, "no UWRI"
    return met(scores[-1][1] >= evidence.value("house_phases.uwri_full")), f"{scores[-1][1]:g}"


def quiet_weeks(facts: Facts, since: dt.date) -> Answer:
    """P4: the weekly questionnaire stood at zero in each of the last weeks; a week without an answer leaves it open."""
    del since
    weeks, scores = int(evidence.value("house_phases.zero_weeks")), facts.scores("ostrc")
    answers: list[bool | None] = []
    for week in range(weeks):
        last = facts.day - 7 * week * DAY
        found = [score for day, score in scores if last - 6 * DAY <= day <= last]
        answers.append(max(found) <= 0 if found else None)
    return met(all_of(answers)), f"{sum(answer is True for answer in answers)} of {weeks} weeks at zero"


def long_easy_runs(facts: Facts, since: dt.date) -> Answer:
    """P3: enough long flat runs in one go, hardly any pain, and a morning without."""
    del since
    runs = [run for run in _recent(facts) if _long_and_flat(run.entry)]
    return _counted(facts, runs, "house_phases.long_runs", morning=True)


def goal_runs(facts: Facts, since: dt.date) -> Answer:
    """P4: the long run of the goal was done, and done again."""
    del since
    wished = between(facts.history.wishes, dt.date.min, facts.day)
    goal = wished[-1].entry.long_run_km if wished else None
    if goal is None:
        return Met.UNKNOWN, "no goal for the long run"
    runs = [run for run in _recent(facts) if round((run.entry.distance_m or 0.0) / 1000, 1) >= round(goal, 1)]
    return _counted(facts, runs, "house_phases.goal_runs", morning=False)


def loaded_control(facts: Facts, since: dt.date) -> Answer:
    """P3: a control exercise was clean on both sides with weight in the hand (R-044)."""
    del since
    mass = facts.answer("mass_kg")
    if mass is None:
        return Met.UNKNOWN, "body mass is not recorded"
    best = [share for key in _control() if (share := _clean_share_of_mass(facts, key, mass)) is not None]
    if not best:
        return Met.UNKNOWN, "no control exercise with a load was judged"
    wanted = shown_percent(evidence.value("house_phases.loaded_share"))
    return met(max(best) >= wanted), f"clean with {max(best)} % of body mass"


def _control() -> list[str]:
    """Return the exercises that can show control under load: every stability exercise, and loaded ones on one leg."""
    return [
        key
        for key, item in exercises().items()
        if "C4" in item.contributors and (item.track == "T3" or (item.loads and "single_leg" in item.specific))
    ]


def _clean_share_of_mass(facts: Facts, exercise_id: str, mass: float) -> int | None:
    """Return the largest load that both sides did clean, in whole per cent of body mass."""
    first = facts.day - int(evidence.value("house_phases.test_days")) * DAY
    found = []
    for side in sides_of(facts.history, exercise_id):
        sessions = [s for s in day_sessions(facts.history, exercise_id, side) if first <= s.day <= facts.day]
        clean = [min(x.load_kg or 0.0 for x in s.sets) for s in sessions if clean_enough(s) and _painless(s.pain)]
        found.append(max(clean, default=None))
    known = [load for load in found if load is not None]
    return shown_percent(min(known) / mass) if known and len(known) == len(found) else None


def _painless(pain: float | None) -> bool:
    return pain is not None and pain <= evidence.value("house_gates.pain_in_set")


def _recent(facts: Facts) -> list[Dated[Run]]:
    days = int(evidence.value("house_phases.recent_days"))
    return list(between(facts.history.runs, facts.day - (days - 1) * DAY, facts.day))


def _long_and_flat(run: Run) -> bool:
    """Return whether a run was long, flat and in one go; flat and whole unless its record says otherwise."""
    seconds = duration_s(run)
    slope = evidence.value("house_signals.downhill_slope")
    climbs = [abs(c) for c in (run.ascent_m, run.descent_m) if c is not None]
    steep = bool(climbs and run.distance_m and max(climbs) / run.distance_m >= slope)
    broken = any(length > BROKEN_S for _, length in run.pauses_s)
    long_ = seconds is not None and round(seconds / 60) >= evidence.value("house_phases.long_minutes")
    return long_ and not steep and not broken


def _counted(facts: Facts, runs: list[Dated[Run]], key: str, *, morning: bool) -> Answer:
    """Count the days whose run hurt little; what was not asked counts neither way but can leave the answer open."""
    wanted = evidence.value(key)
    days: dict[dt.date, list[bool | None]] = {}
    for run in runs:
        days.setdefault(run.day, []).append(_easy(facts, run, morning=morning))
    answers = [all_of(found) for found in days.values()]
    good, open_ = sum(a is True for a in answers), sum(a is None for a in answers)
    answer = True if good >= wanted else None if good + open_ >= wanted else False
    return met(answer), f"{good} of {wanted:g}" + (f", {open_} without an answer" if open_ else "")


def _easy(facts: Facts, run: Dated[Run], *, morning: bool) -> bool | None:
    pain = run_pain(facts.history, run)
    low = None if pain is None else shown_score(pain) <= evidence.value("house_phases.run_pain")
    if not morning:
        return low
    after = run.day + DAY
    felt = _morning(facts.history, after) if after <= facts.day else None
    return all_of([low, None if felt is None else felt <= 0])


def _morning(history: History, day: dt.date) -> float | None:
    """Return the worst answer of a morning; None where none was given."""
    found = [f.entry.stairs_down for f in between(history.mornings, day, day)]
    found += [
        f.entry.score
        for f in between(history.pains, day, day)
        if f.entry.moment is PainMoment.NEXT_MORNING and lateral(f)
    ]
    return max(found, default=None)


def _asked(facts: Facts, key: str) -> list[tuple[dt.date, float]]:
    found = []
    for fact in between(facts.history.assessments, dt.date.min, facts.day):
        answer = fact.entry.answers.get(key)
        if isinstance(answer, int | float):
            found.append((fact.day, float(answer)))
    return found


def _latest_at_most(felt: list[tuple[dt.date, float]], day: dt.date, key: str) -> Answer:
    """Judge the latest day that has an answer, by its worst; an old answer is none."""
    fresh = day - int(evidence.value("house_phases.answer_days")) * DAY
    recent = [(when, pain) for when, pain in felt if when > fresh]
    if not recent:
        return Met.UNKNOWN, "no answer in the last week"
    last = max(when for when, _ in recent)
    worst = max(pain for when, pain in recent if when == last)
    return met(shown_score(worst) <= evidence.value(key)), f"{worst:g} on {last.isoformat()}"
