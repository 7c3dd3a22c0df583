"""Every rule of running answers the written cases, and every number of it is noticed by one of them."""

from __future__ import annotations

import datetime as dt
import importlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from gerdy import evidence
from gerdy.records import Decision, PainEntry, PainMoment, Run, Side
from gerdy.running import (
    RULES,
    GaitFacts,
    LadderState,
    Limits,
    ReadinessFacts,
    Signals,
    bike,
    camber,
    cue,
    daily_pain,
    earliest_day,
    exposure,
    items,
    ladder,
    last_onset,
    length,
    next_run,
    one_change,
    readiness,
    stage,
    stop_now,
    strides,
    usual_morning,
    volume_cut,
    weekly_rise,
)
from gerdy.running.colour import judge_signals
from gerdy.running.exposure import Change
from gerdy.running.ladder_workout import stage_workout
from running.diary import SINCE, at, day, diary, head, morning_after, session

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
NUMBERS = sorted({key for rule in RULES.values() for key in rule.numbers})
WITHOUT_A_NUMBER = {
    "R-067": "it forbids a computation",
    "R-074": "the exponents are load's own and always all shown; it compares, without a limit",
}
READY = ReadinessFacts(
    lock=False,
    walk_pain=0,
    walk_morning_rise=0,
    stairs_pain=0,
    squat_pain=0,
    squat_fair=True,
    hop_pain=0,
    abduction_symmetry=0.95,
    clean_repetitions=None,
    ankle_ready=True,
    confidence=8,
    energy_clear=True,
)
GAIT = GaitFacts(
    step_rate_spm=160, overstride=True, crossover=False, drop_or_adduction_high=False, heel_raises=25, leg_length_m=0.9
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['ask']}: {case['name']}")
def test_a_written_case_is_answered_as_written(case):
    assert answer(case) == case["expect"]


@pytest.mark.parametrize("key", NUMBERS)
def test_moving_any_part_of_a_number_changes_a_written_case(key, monkeypatch):
    """A number that can move by a fifth (a whole one by one) unnoticed is not tested."""
    assert all(answer(case) == case["expect"] for case in CASES), "first make the written cases hold"
    for path, moves in parts(evidence.entry(key).value):
        assert any(noticed(key, moved, monkeypatch) for moved in moves), f"no written case notices {key} at {path}"


def test_every_rule_has_a_number_or_says_why_it_has_none():
    assert {rule.id for rule in RULES.values() if not rule.numbers} == set(WITHOUT_A_NUMBER)


def noticed(key: str, value: object, monkeypatch: pytest.MonkeyPatch) -> bool:
    with monkeypatch.context() as patch:
        with_value(patch, key, value)
        return any(answer(case) != case["expect"] for case in CASES)


def parts(value: object) -> Iterator[tuple[str, list[object]]]:
    """Give each number and each yes or no of a value with what the whole looks like when it moves."""
    if isinstance(value, tuple):
        for n, item in enumerate(value):
            for path, moves in parts(item):
                yield f"[{n}]{path}", [(*value[:n], moved, *value[n + 1 :]) for moved in moves]
    elif isinstance(value, dict):
        for name, item in value.items():
            if not isinstance(item, str):
                for path, moves in parts(item):
                    yield f".{name}{path}", [{**value, name: moved} for moved in moves]
    elif isinstance(value, bool):
        yield "", [not value]
    elif isinstance(value, float):
        step = 1.0 if value.is_integer() and value < 100 else 0.2 * value
        yield "", [value + step, value - step]


def with_value(patch: pytest.MonkeyPatch, key: str, value: object) -> None:
    module = importlib.import_module("gerdy.evidence.registry")
    book = module.registry()
    other = replace(book, entries={**book.entries, key: replace(book.entries[key], value=value)})
    patch.setattr(module, "registry", lambda: other)


def answer(case: dict[str, Any]) -> object:
    return ASKED[case["ask"]](case)


def told(case: dict[str, Any]):
    runs = (session(number, **words) for number, words in case.get("runs", []))
    mornings = (morning_after(number - 1, stairs) for number, stairs in case.get("mornings", []))
    return diary(*runs, *mornings)


def climbed(case: dict[str, Any]) -> LadderState:
    return ladder(
        told(case), day(case["now"]), start=SINCE, first=case["first"], limits=Limits(exposed_from=dt.date.min)
    )


def usual(case):
    quiet = [morning_after(n, stairs) for n, stairs in enumerate(case["quiet"], start=1)]
    return usual_morning(diary(*quiet), day(30))


def cut(case):
    found = volume_cut(*case["given"])
    week = [round(share, 6) for share in found.week_share]
    run_m = None if found.run_at_most_m is None else round(found.run_at_most_m, 6)
    return {"week": week, "run_m": run_m, "rest_days": None if found.off_days is None else list(found.off_days)}


def onset(case):
    felt = [
        PainEntry(**head(n, "onset", 9), score=3, moment=PainMoment.DURING, side=Side.LEFT, onset_m=metres)
        for n, metres in case["onsets"]
    ]
    return last_onset(diary(*felt), day(case["now"])).metres


def ready(case):
    facts = replace(READY, **case["given"])
    return [readiness(facts).outcome, [item.number for item in items(facts) if item.met is not True]]


def stage_reached(case):
    state = climbed(case)
    return "closed" if state.closed is not None else state.stage


def earliest(case):
    return (earliest_day(told(case), climbed(case), day(case["now"])) - day(0)).days


def following(case):
    found = next_run(told(case), climbed(case), day(case["now"]), onset_min=case.get("onset_min"))
    return found.rule if isinstance(found, Decision) else {"stage": found.stage, "minutes": found.minutes}


def week(case):
    last = len(case["km"]) * 7
    runs = [
        Run(**{**head(7 * n, "week"), "event_time": at(7 * n, 12)}, distance_m=km * 1000)
        for n, km in enumerate(case["km"], start=1)
    ]
    return weekly_rise(diary(*runs), day(last)).outcome


def change(case):
    wanted, kind, changed, asked = case["given"]
    return one_change(wanted, [Change(day(changed), kind)], day(asked)).outcome


def said(decision: Decision, case: dict[str, Any]) -> list[str]:
    """Return the outcome, and the words that were expected where they were said."""
    words = case["expect"][1]
    spoken = " ".join(reason.text for reason in decision.reasons)
    return [decision.outcome, words if words in spoken else spoken]


def state_at(name: str) -> LadderState:
    return LadderState(stage=name, since=SINCE, limits=Limits())


def cued(case):
    ran = session(3)
    sore = PainEntry(
        **head(3, "calf", 9),
        score=case.get("calf", 0),
        moment=PainMoment.AFTER,
        side=Side.LEFT,
        place="Achilles tendon",
    )
    found = cue(
        replace(GAIT, **case["given"]), state_at(case.get("stage", "R4")), diary(ran, sore), day(4), since=day(2)
    )
    missing = case.get("says", "") not in found.decision.reasons[0].text
    return [found.decision.outcome + (" in other words" if missing else ""), found.kind, found.cadence_spm]


def cue_sessions(_case):
    found = []
    for done in range(9):
        runs = [session(n + 2) for n in range(done)]
        one = cue(GAIT, state_at("R4"), diary(*runs), day(30), since=day(2))
        after = one.next_session
        found.append(one.decision.outcome if after is None else [after.minutes, after.feedback_min])
    return found


def asked_for(case):
    here = stage(case["name"])
    text, begin = stage_workout(here).text(), case["expect"][0]
    return [begin if text.startswith(begin) else text, here.total_min, here.rest, here.flat]


ASKED = {
    "colour": lambda case: judge_signals(Signals(**case["given"])).outcome,
    "stop": lambda case: stop_now(**case["given"]).outcome,
    "usual": usual,
    "cut": cut,
    "onset": onset,
    "daily": lambda case: daily_pain(told(case), day(case["now"])).outcome,
    "bike": lambda case: bike(*case["given"]).outcome,
    "ready": ready,
    "ladder": stage_reached,
    "earliest": earliest,
    "length": lambda case: length(told(case), day(case["now"]), **case["given"]).outcome,
    "next": following,
    "week": week,
    "change": change,
    "strides": lambda case: said(strides(climbed(case), case.get("pain")), case),
    "exposure": lambda case: said(exposure(case["given"][0], state_at(case["given"][1])), case),
    "camber": lambda case: said(camber(*case["given"]), case),
    "cue": cued,
    "sessions": cue_sessions,
    "stage": asked_for,
}
"""What a case asks → how it is answered."""
