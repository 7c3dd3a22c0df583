"""Read the written cases of gates, phases and maintenance, and what gerdy answers to each."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import yaml

from gerdy.assess.readings import Readings
from gerdy.outlook import History, timeline
from gerdy.programme import builds, flare, maintenance, outcomes
from gerdy.programme.criteria import CRITERIA
from gerdy.programme.facts import Facts
from gerdy.programme.gates import deload, fewer_sets, next_load_kg, ramp, range_gain, soreness, trend
from gerdy.programme.gates.ranges import ankle_work
from gerdy.programme.gates.steps import beside_a_run_stage, more_contacts
from gerdy.programme.safety import Judgements
from gerdy.records import (
    Assessment,
    Discharge,
    DoneSet,
    Entry,
    OptOut,
    PainEntry,
    PainMoment,
    PlannedRun,
    PlannedSet,
    PlanVersion,
    Race,
    Run,
    Side,
    StrengthSession,
    TestResult,
    Wishes,
)
from programme.gate_story import (
    SCHEMES,
    check_in,
    day,
    good_day,
    good_set,
    head,
    morning,
    session,
    stand,
    target,
    told,
)

if TYPE_CHECKING:
    import datetime as dt

FILE = Path(__file__).with_name("gates.yaml")
UNITS = {"single_hop": "cm", "lunge_bent_distance": "cm", "side_plank": "s", "heel_raise": "repetitions"}


def cases() -> list[dict[str, Any]]:
    """Return the written cases."""
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def entries_of(case: dict[str, Any]) -> list[Entry]:
    """Return the records of a case."""
    scheme = SCHEMES[case.get("scheme", "PG-S")]
    found: list[Entry] = []
    for number in case.get("good", []):
        found += good_day(number, scheme)
    for number in range(1, case.get("every_second_day_until", 0) + 1, 2):
        found += good_day(number, scheme)
    for row in case.get("sessions", []):
        fields = {name: value for name, value in row.items() if name not in {"day", "count", "target_kg"}}
        if "side" in row:
            fields["side"] = Side(row["side"])
        if "target_kg" in row:
            fields["target"] = target(scheme, load_kg=float(row["target_kg"]))
        found.append(session(row["day"], *(good_set(scheme, **fields),) * row.get("count", 3)))
    for row in case.get("mornings", []):
        found.append(morning(row["day"], row.get("stairs", 0.0)))
    return [*found, *_felt(case), *_plans(case), *_wishes(case), *_sheets(case)]


def _felt(case: dict[str, Any]) -> list[Entry]:
    found: list[Entry] = [
        check_in(row["day"], sleep_h=row.get("sleep"), soreness=row.get("soreness"))
        for row in case.get("check_ins", [])
    ]
    found += [check_in(row["day"], questionnaires=_scores(row)) for row in case.get("scores", [])]
    found += [_pain(row) for row in case.get("pains", [])]
    for row in case.get("runs", []):
        found += _runs(row)
    for row in case.get("ankle", []):
        found.append(StrengthSession(**head(row, "ankle"), sets=(DoneSet(exercise_id="E44", reps=15),)))
    found += [Discharge(**head(row["day"], "discharge", 7)) for row in case.get("discharges", [])]
    found += [OptOut(**head(row["day"], "out", 7), understood=row["understood"]) for row in case.get("opt_outs", [])]
    return found


def _scores(row: dict[str, Any]) -> tuple[tuple[str, float], ...]:
    return tuple((name, float(value)) for name, value in row.items() if name != "day")


def _pain(row: dict[str, Any]) -> PainEntry:
    return PainEntry(
        **head(row["day"], "pain", 12),
        score=row["pain"],
        moment=PainMoment.NOW,
        side=Side.RIGHT,
        activity=row.get("activity"),
    )


def _runs(row: dict[str, Any]) -> list[Entry]:
    found: list[Entry] = []
    for number in range(row["day"], row.get("until", row["day"]) + 1, row.get("every", 1)):
        run = Run(**head(number, "run", 9), moving_s=row["min"] * 60.0, distance_m=row.get("km", 5) * 1000.0)
        felt = PainEntry(
            **head(number, "run-pain", 10),
            score=row["pain"],
            moment=PainMoment.DURING,
            side=Side.RIGHT,
            activity=run.id,
        )
        found += [run, felt]
    return found


def _plans(case: dict[str, Any]) -> list[Entry]:
    days = [*case.get("planned", []), *(row["day"] for row in case.get("planned_runs", []))]
    if not days:
        return []
    return [
        PlanVersion(
            **head(1, "plan", 5),
            plan_id="p",
            version=1,
            phase="P2",
            starts=day(1),
            ends=day(max(days) + 30),
            sets=tuple(PlannedSet(date=day(n), exercise_id="E23") for n in case.get("planned", [])),
            runs=tuple(PlannedRun(date=day(r["day"]), km=float(r["km"])) for r in case.get("planned_runs", [])),
        )
    ]


def _wishes(case: dict[str, Any]) -> list[Entry]:
    if "goal_km" not in case and "races" not in case:
        return []
    races = tuple(Race(date=day(row["day"]), name=row["name"]) for row in case.get("races", []))
    return [Wishes(**head(1, "wishes", 5), days=(), long_run_km=case.get("goal_km"), races=races)]


def _sheets(case: dict[str, Any]) -> list[Entry]:
    about = {
        name: case[key] for name, key in (("sex", "sex"), ("mass_kg", "mass_kg"), ("age_years", "age")) if key in case
    }
    rows = case.get("tests", [{"day": 1}] if about else [])
    return [_sheet(row, about, belt=case.get("belt", False)) for row in rows]


def _sheet(row: dict[str, Any], about: dict[str, Any], *, belt: bool) -> Assessment:
    results, answers = [], dict(about)
    for test, pair in row.items():
        if test == "day":
            continue
        for side, value in zip((Side.LEFT, Side.RIGHT), pair, strict=True):
            results.append(TestResult(test=test, side=side, value=float(value), unit=UNITS.get(test, "N")))
        if belt:
            answers[f"{test}.device"] = "belt"
    return Assessment(**head(row["day"], "sheet", 6), results=tuple(results), answers=answers)


def answer(case: dict[str, Any]) -> Any:
    """Return what gerdy says to a case, in the form of its `wanted`."""
    expect, history = case["expect"], told(entries_of(case))
    kind = next(iter(expect))
    found = ASK[kind](case, expect, history)
    if isinstance(found, SimpleNamespace):
        texts = " ".join(found.texts)
        said = [expect["says"] in texts] if "says" in expect else []
        said += [expect["says_not"] not in texts] if "says_not" in expect else []
        return ([found.outcome] if "answer" in expect else []) + said
    return found


def wanted(case: dict[str, Any]) -> Any:
    """Return the answer that was written down."""
    expect = case["expect"]
    if {"rule", "time"} & set(expect):
        return ([expect["answer"]] if "answer" in expect else []) + [True] * (
            ("says" in expect) + ("says_not" in expect)
        )
    return expect["answer"]


def _stand(case: dict[str, Any], expect: dict[str, Any], history: History) -> Any:
    found = stand(history, expect["day"], SCHEMES[case.get("scheme", "PG-S")])
    names = expect["stand"]
    return [_plain(getattr(found, n)) for n in names] if isinstance(names, list) else _plain(getattr(found, names))


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _facts(history: History, expect: dict[str, Any]) -> Facts:
    return Facts(history, Judgements(), day(expect.get("day", 1)))


def _criterion(case: dict[str, Any], expect: dict[str, Any], history: History) -> str:
    phase, name = expect["criterion"]
    criterion = next(one for one in CRITERIA[phase] if one.name == name)
    return criterion.ask(_facts(history, expect), day(case.get("since", 1)))[0].value


def _rule(case: dict[str, Any], expect: dict[str, Any], history: History) -> SimpleNamespace:
    facts, on = _facts(history, expect), day(expect.get("day", 1))
    entered = day(expect.get("entered", 1))
    ask = {
        "R-034": lambda: trend(history, on),
        "R-054": lambda: soreness(history, on),
        "R-055": lambda: deload(history, on),
        "R-024": lambda: ankle_work(history, _restricted(case), {"E44"}, on),
        "PG-M": lambda: range_gain(_readings(facts), "C5", Side.LEFT, day(1)),
        "R-076": lambda: outcomes.improvement(facts),
        "R-077": lambda: outcomes.review(facts, day(1)),
        "R-080": lambda: maintenance.after_symptoms(facts, None),
        "R-083": lambda: maintenance.raised_for(builds.builds(history, on), on),
        "R-084": lambda: builds.load_kept(history, entered, on),
        "R-087": lambda: flare.response(timeline(history, on, on)[0]),
    }
    return _spoken(ask[expect["rule"]]())


def _spoken(decision: Any) -> SimpleNamespace:
    return SimpleNamespace(outcome=decision.outcome, texts=[reason.text for reason in decision.reasons])


def _readings(facts: Facts) -> list[tuple[dt.date, Readings]]:
    return [(fact.day, Readings(fact.entry)) for fact in facts.history.assessments]


def _restricted(case: dict[str, Any]) -> Any:
    return SimpleNamespace(decisions={"R-021 left": SimpleNamespace(outcome=case["restriction"])})


def _time(_case: dict[str, Any], expect: dict[str, Any], _history: History) -> SimpleNamespace:
    return _spoken(outcomes.time_frame(*expect["time"]))


def _dose(_case: dict[str, Any], expect: dict[str, Any], history: History) -> list[int]:
    seen = maintenance.minimum_dose(_facts(history, expect)).inputs_seen
    return [seen[name] for name in expect["dose"]]


def _week(case: dict[str, Any], expect: dict[str, Any], history: History) -> maintenance.Maintenance:
    entered = day(expect.get("entered", expect.get("retests", 1)))
    return maintenance.maintenance(_facts(history, expect), entered, case.get("contributors", []))


def _turn(case: dict[str, Any], expect: dict[str, Any], history: History) -> str:
    return next(w.exercise_id for w in _week(case, expect, history).work if w.slot == expect["turn"])


ASK = {
    "stand": _stand,
    "criterion": _criterion,
    "rule": _rule,
    "time": _time,
    "dose": _dose,
    "week": lambda case, expect, history: getattr(_week(case, expect, history), expect["week"]),
    "retests": lambda case, expect, history: _week(case, expect, history).retests[0],
    "turn": _turn,
    "step": lambda _c, e, _h: next_load_kg(float(e["step"][0]), isolation=e["step"][1] == "isolation"),
    "ramp": lambda _c, e, _h: ramp(*e["ramp"]).outcome,
    "landings": lambda _c, e, _h: list(more_contacts(tuple(e["landings"]), 1)),
    "beside": lambda _c, e, _h: beside_a_run_stage(day(e["beside"][0]), [day(n) for n in e["beside"][1]]).outcome,
    "lighter_sets": lambda _c, e, _h: fewer_sets(e["lighter_sets"]),
    "yellow_week": lambda _c, e, h: flare.week_after(
        e["yellow_week"], flare.response(timeline(h, day(e["day"]), day(e["day"]))[0])
    ),
}
"""First word of an expectation → how it is asked."""
