"""The facts behind readiness for the first walk-run (R-060), gathered from record and sheet."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.assess.findings import SIDED
from gerdy.outlook.history import between
from gerdy.programme.facts import STRENGTH
from gerdy.programme.gates.met import Met
from gerdy.programme.gates.ranges import ankle_work
from gerdy.programme.gates.sessions import day_sessions, sides_of
from gerdy.programme.menu.template import common
from gerdy.programme.safety import lock
from gerdy.records import Side
from gerdy.running.readiness import ReadinessFacts
from gerdy.running.signals import is_walk, walk_signals

if TYPE_CHECKING:
    from gerdy.assess.judge import Judgement
    from gerdy.programme.facts import Facts
    from gerdy.records import Decision

HOME_STRENGTH: Final = ("E18", "E24")
"""What stands in at home for a dynamometer."""
DAY: Final = dt.timedelta(days=1)


def readiness_facts(facts: Facts) -> ReadinessFacts:
    """Return what the nine items look at; what is not recorded is None."""
    judgement = facts.judgements.on(facts.day)
    locked = lock(judgement).outcome
    walk, rise = _walk(facts)
    return ReadinessFacts(
        lock=None if locked == "not recorded" else locked == "locked",
        walk_pain=walk,
        walk_morning_rise=rise,
        stairs_pain=_stairs(facts),
        squat_pain=_test_pain(facts, "single_leg_squat", "squat"),
        squat_fair=_squat_fair(facts),
        hop_pain=_hop_pain(facts),
        abduction_symmetry=_abduction(facts),
        clean_repetitions=_clean(facts),
        ankle_ready=_ankle(facts, judgement),
        confidence=_confidence(facts),
        energy_clear=_energy(facts, judgement),
    )


def _confidence(facts: Facts) -> float | None:
    """Return the newest answer, from a sheet or from a check-in; None where it was never asked."""
    said = facts.scores("confidence")
    return said[-1][1] if said else None


def ankle_ready(facts: Facts) -> Decision:
    """R-024 as a fact for readiness: days and sessions of the work that the class of the stiff ankle asks for."""
    judgement = facts.judgements.on(facts.day)
    classes = {d.outcome for name, d in (judgement.decisions if judgement else {}).items() if name.startswith("R-022 ")}
    track = {key for name in classes for key in common().ankle.get(name, ())} or set(common().ankle["unknown"])
    return ankle_work(facts.history, judgement, track, facts.day)


def _ankle(facts: Facts, judgement: Judgement | None) -> bool | None:
    answer = Met(ankle_ready(facts).outcome) if judgement is not None else Met.UNKNOWN
    return None if answer is Met.UNKNOWN else answer.opens


def _fresh(facts: Facts) -> dt.date:
    return facts.day - (int(evidence.value("house_phases.answer_days")) - 1) * DAY


def _walk(facts: Facts) -> tuple[float | None, float | None]:
    """Return pain and next morning of the latest walk of the week; a sheet's answer has no morning."""
    walks = [f for f in between(facts.history.pains, _fresh(facts), facts.day) if is_walk(f)]
    if not walks:
        return None, None
    seen = walk_signals(facts.history, walks[-1].day)
    known = walks[-1].day < facts.day
    worst = max(f.entry.score for f in walks if f.day == walks[-1].day)
    return worst, None if seen is None or not known else seen.rise


def _stairs(facts: Facts) -> float | None:
    felt = [(f.day, f.entry.stairs_down) for f in between(facts.history.mornings, _fresh(facts), facts.day)]
    felt += [
        (f.day, f.entry.score)
        for f in between(facts.history.pains, _fresh(facts), facts.day)
        if "stairs" in (f.entry.activity or "").lower()
    ]
    last = max((day for day, _ in felt), default=None)
    return max((pain for day, pain in felt if day == last), default=None)


def _test_pain(facts: Facts, test: str, word: str) -> float | None:
    """Return the worst pain that a test provoked: from its sheet, or from an entry of the week that names it."""
    felt = [
        f.entry.score
        for f in between(facts.history.pains, _fresh(facts), facts.day)
        if word in (f.entry.activity or "").lower()
    ]
    judgement = facts.judgements.on(facts.day)
    if judgement is not None:
        asked = [judgement.readings.detail(test, "pain", side) for side in SIDED]
        felt += [float(pain) for pain in asked if isinstance(pain, int | float)]
    return max(felt, default=None)


def _hop_pain(facts: Facts) -> float | None:
    sheet = [v for side in (*SIDED, Side.NOT_APPLICABLE) if (v := facts.number("hops_in_place", side)) is not None]
    entered = _test_pain(facts, "hops_in_place", "hop")
    return max([*sheet, *([] if entered is None else [entered])], default=None)


def _squat_fair(facts: Facts) -> bool | None:
    """Fair or better on both sides, by the clinic's word or the home score."""
    judgement = facts.judgements.on(facts.day)
    words = [judgement.readings.word("single_leg_squat_rating", side) for side in SIDED] if judgement else []
    if words and None not in words:
        return "poor" not in words
    points = [facts.number("single_leg_squat", side) for side in SIDED]
    if None in points:
        return None
    return all(p is not None and p < evidence.value("house_assess.squat_large") for p in points)


def _abduction(facts: Facts) -> float | None:
    found = (facts.symmetry(test) for test in STRENGTH["hip abduction"])
    return next((share for share in found if share is not None), None)


def _clean(facts: Facts) -> int | None:
    """Return the clean repetitions of one set of E18 or E24, on the worse side, in the last four weeks."""
    first = facts.day - (int(evidence.value("house_phases.recent_days")) - 1) * DAY
    best = []
    for key in HOME_STRENGTH:
        sides = []
        for side in sides_of(facts.history, key):
            sessions = [s for s in day_sessions(facts.history, key, side) if first <= s.day <= facts.day]
            sides.append(
                max((x.clean_reps for s in sessions for x in s.sets if x.clean_reps is not None), default=None)
            )
        known = [clean for clean in sides if clean is not None]
        if known and len(known) == len(sides):
            best.append(min(known))
    return max(best, default=None)


def _energy(facts: Facts, judgement: Judgement | None) -> bool | None:
    """Return whether neither signs of low energy nor short nights stand in the sheet."""
    if judgement is None:
        return None
    energy = next((d.outcome for d in judgement.safety.decisions if d.rule == "R-010"), "unknown")
    sleep = facts.answer("sleep_h")
    if energy == "clinician" or (sleep is not None and sleep < evidence.value("house_signals.short_sleep")):
        return False
    return None if energy == "unknown" or sleep is None else True
