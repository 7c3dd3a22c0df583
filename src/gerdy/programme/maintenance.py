"""Phase P5: what stays after the pain (R-080 to R-083). It has a template of its own and no end of its own."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.outlook.history import between
from gerdy.programme.builds import Build, builds
from gerdy.running.say import decide, numbers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from gerdy.programme.facts import Facts
    from gerdy.programme.phases import PhaseState
    from gerdy.records import Decision

DOSE_KEYS: Final = (
    "spiering2021.sessions_to_hold",
    "spiering2021.sessions_to_hold_older",
    "bickel2011.dose_that_held_size",
    "house_maintenance.older_age",
    "house_maintenance.sets",
    "house_maintenance.sets_older",
    "house_maintenance.control_sessions",
    "house_maintenance.rotate_weeks",
)
RANGE_KEYS: Final = ("house_maintenance.range_sessions", "house_maintenance.range_retest_weeks")
BUILD_KEYS: Final = (
    "house_maintenance.build_sessions",
    "house_maintenance.build_lead_days",
    "house_maintenance.build_weeks",
    "house_signals.weeks_of_maximum",
)
STAY_KEYS: Final = ("leppanen2024.injury_hazard_hip_and_core", "spiering2021.sessions_to_hold")
WEEK: Final = dt.timedelta(weeks=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One place of the template.

    Parameters
    ----------
    session : ``heavy``, ``control`` or ``range``
    exercises : they take turns
    contributors : only where one of these had stood out; empty for all
    """

    name: str
    session: str
    exercises: tuple[str, ...]
    contributors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a week of maintenance holds of one slot: the load stays as it was at exit."""

    slot: str
    session: str
    exercise_id: str
    sets: int
    per_week: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Maintenance:
    """A week of P5.

    Parameters
    ----------
    heavy, control, ranges : sessions per week
    work : slot by slot
    retests : dates from `now` on, the next first
    decisions : R-081 to R-083 as they spoke
    """

    heavy: int
    control: int
    ranges: int
    work: tuple[Work, ...]
    retests: tuple[dt.date, ...]
    decisions: tuple[Decision, ...]


@cache
def slots() -> tuple[Slot, ...]:
    """Return the template."""
    table = tomllib.loads(files("gerdy.programme").joinpath("maintenance.toml").read_text(encoding="utf-8"))
    return tuple(
        Slot(
            name=row["name"],
            session=row["session"],
            exercises=tuple(row["exercises"]),
            contributors=tuple(row.get("contributors", ())),
        )
        for row in table["slots"]
    )


def maintenance(facts: Facts, entered: dt.date, contributors: Collection[str]) -> Maintenance:
    """Return a week of P5.

    Parameters
    ----------
    entered : first day of P5
    contributors : that ever stood out; those of the ankle and of hip rotation keep their range work
    """
    now = facts.day
    planned = builds(facts.history, now)
    dose, raised = minimum_dose(facts), raised_for(planned, now)
    kept = range_work(contributors)
    heavy = max(_count(dose, "heavy sessions"), _count(raised, "heavy sessions"))
    ranges = _count(kept, "sessions")
    control = int(evidence.value("house_maintenance.control_sessions"))
    times = {"heavy": heavy, "control": control, "range": ranges}
    turn = (now - entered) // (WEEK * int(evidence.value("house_maintenance.rotate_weeks")))
    work = [
        Work(
            slot=slot.name,
            session=slot.session,
            exercise_id=slot.exercises[turn % len(slot.exercises)],
            sets=int(dose.inputs_seen["sets"]),
            per_week=times[slot.session],
        )
        for slot in slots()
        if times[slot.session] and (not slot.contributors or set(slot.contributors) & set(contributors))
    ]
    return Maintenance(
        heavy=heavy,
        control=control,
        ranges=ranges,
        work=tuple(work),
        retests=retest_dates(entered, planned, now, ranges=bool(ranges)),
        decisions=(dose, kept, raised),
    )


def _count(decision: Decision, name: str) -> int:
    """Return a number that a decision saw; 0 where it is not recorded."""
    seen = decision.inputs_seen[name]
    return int(seen) if isinstance(seen, int | float) else 0


def minimum_dose(facts: Facts) -> Decision:
    """R-081: the smallest dose that held strength when the load was kept; older runners need more.

    Returns
    -------
    outcome ``one heavy session``, ``two heavy sessions``, or ``two heavy sessions, age not recorded``

    References
    ----------
    [Spiering2021]_ up to 32 weeks with one session a week, one set an exercise, and the load kept.
    [Bickel2011]_ people of 60-75 years lost muscle size on a dose that held it in the young.
    """
    age = facts.answer("age_years")
    older = age is None or age >= evidence.value("house_maintenance.older_age")
    sessions = evidence.value(f"spiering2021.sessions_to_hold{'_older' if older else ''}")
    sets = evidence.value(f"house_maintenance.sets{'_older' if older else ''}")
    seen = {"age": age, "heavy sessions": int(sessions), "sets": int(sets)}
    outcome = f"{'two' if older else 'one'} heavy session{'s' if older else ''}"
    text = f"Heavy sessions a week: {sessions:g}; sets of each kind: {sets:g}; at the load of the exit."
    if age is None:
        return decide("R-081", f"{outcome}, age not recorded", text, seen, DOSE_KEYS)
    return decide("R-081", outcome, text, seen, DOSE_KEYS)


def range_work(contributors: Collection[str]) -> Decision:
    """R-082: a range that was short is kept and tested again.

    Returns
    -------
    outcome ``keep`` or ``not needed``
    """
    mine = sorted(set(contributors) & {"C5", "C6", "C7"})
    seen = {"contributors": ", ".join(mine) or "none", "sessions": 0}
    if not mine:
        return decide("R-082", "not needed", "Neither ankle nor hip rotation had been short.", seen, RANGE_KEYS)
    sessions, weeks = (evidence.value(key) for key in RANGE_KEYS)
    text = f"{sessions:g} short sessions a week keep the range that was short; test it every {weeks:g} weeks."
    return decide("R-082", "keep", text, seen | {"sessions": int(sessions)}, RANGE_KEYS)


def raised_for(planned: Iterable[Build], now: dt.date) -> Decision:
    """R-083: two weeks before a build, and through it, the heavy work is raised and the tests are repeated.

    Returns
    -------
    outcome ``raised``, ``announced`` (a build is coming) or ``as usual``
    """
    lead = dt.timedelta(days=int(evidence.value("house_maintenance.build_lead_days")))
    sessions = int(evidence.value("house_maintenance.build_sessions"))
    coming = [build for build in planned if build.last >= now]
    here = next((build for build in coming if build.first - lead <= now), None)
    if here is not None:
        text = f"{here.why}: {sessions} heavy sessions a week until {here.last.isoformat()}, and repeat the tests now."
        seen = {"build": here.first.isoformat(), "until": here.last.isoformat(), "heavy sessions": sessions}
        return decide("R-083", "raised", text, seen, BUILD_KEYS)
    if coming:
        start = coming[0].first - lead
        text = f"{coming[0].why}: from {start.isoformat()} the plan has {sessions} heavy sessions a week."
        seen = {"build": coming[0].first.isoformat(), "until": None, "heavy sessions": 0}
        return decide("R-083", "announced", text, seen, BUILD_KEYS)
    seen = {"build": None, "until": None, "heavy sessions": 0}
    return decide("R-083", "as usual", "No build is planned.", seen, BUILD_KEYS)


def retest_dates(entered: dt.date, planned: Iterable[Build], now: dt.date, *, ranges: bool) -> tuple[dt.date, ...]:
    """Return the dates of coming retests: set weeks after exit (R-089), before each build, and of a kept range.

    Parameters
    ----------
    ranges : whether a range is kept (R-082)
    """
    weeks = numbers("house_signals.retest_weeks")
    lead = dt.timedelta(days=int(evidence.value("house_maintenance.build_lead_days")))
    dates = {entered + week * WEEK for week in weeks} | {build.first - lead for build in planned}
    if ranges:
        every = int(evidence.value("house_maintenance.range_retest_weeks"))
        dates |= {entered + every * n * WEEK for n in range(1, int(max(weeks)) // every + 1)}
    return tuple(sorted(date for date in dates if date >= now))


def after_symptoms(facts: Facts, phase: PhaseState | None) -> Decision:
    """R-080: when the pain is gone the plan becomes maintenance; only a knowing opt-out ends it.

    Returns
    -------
    outcome ``not yet``, ``maintenance``, ``ended``, or ``asked again`` where somebody opted out without knowing
    """
    said = between(facts.history.opt_outs, dt.date.min, facts.day)
    seen = {"phase": None if phase is None else phase.phase, "opt-outs": len(said)}
    if any(fact.entry.understood for fact in said):
        return decide("R-080", "ended", "Ended knowingly by the runner; the record stays open.", seen, STAY_KEYS)
    hazard = evidence.value(STAY_KEYS[0])
    why = (
        f"Hip and core work went with fewer injuries in novice runners (hazard ratio {hazard:g}); "
        "that is not proof for IT band pain that has been there before."
    )
    if said:
        text = "Leaving needs the runner to say that this was understood: maintenance is what the evidence speaks for."
        return decide("R-080", "asked again", (text, why), seen, STAY_KEYS)
    if phase is None or phase.phase != "P5":
        return decide("R-080", "not yet", "The plan goes on; afterwards it becomes maintenance.", seen, STAY_KEYS)
    return decide(
        "R-080", "maintenance", ("The pain is gone, the work goes on: fewer, heavier exercises.", why), seen, STAY_KEYS
    )
