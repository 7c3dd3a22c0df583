"""What must hold for every sheet: missing lowers certainty, pain raises urgency, sides are exchangeable."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.cases import NAMES, case, judged, merge, sheet
from gerdy.assess.catalogue import questions, red_flags
from gerdy.assess.catalogue import tests as cards
from gerdy.assess.contributors import CERTAINTY
from gerdy.evidence import value

BUSY = merge(
    sheet(),
    {
        "pain": {"pain_status": "now", "pain_run": 4},
        "training": {"longest_run_before_onset_km": 18},
        "tests": {
            "hip_abduction_isometric": {"left": 120, "right": 90, "sessions": 2},
            "hip_abductor_endurance": {"left": 130, "right": 80},
            "side_plank": {"left": 75, "right": 40},
            "lateral_step_down": {"right": {"arms": 1, "trunk": 1, "pelvis": 1, "knee": 1, "stance": 0}},
            "lunge_bent_angle": {"left": 40, "right": 29},
            "hip_internal_rotation_prone": {"left": 36, "right": 20},
            "y_balance_anterior": {"unit": "cm", "left": 67, "right": 60},
            "running_crossover": {"left": "no", "right": "yes", "markers": "none"},
        },
    },
)
LEAVES = tuple(
    (group, key, part)
    for group in ("about", "pain", "scores", "training", "history", "life", "tests")
    for key, item in BUSY[group].items()
    for part in (tuple(item) if group == "tests" else ("",))
    if part != "unit"
)
PAINS = tuple(key for key in questions() if key.startswith("pain_") and questions()[key].unit == "points of 10")
SWAPPED = {"left": "right", "right": "left"}


def without(table, leaf):
    group, key, part = leaf
    rest = {name: item for name, item in table[group].items() if name != key}
    if part:
        rest[key] = {name: item for name, item in table[group][key].items() if name != part}
    return {**table, group: rest}


def swap(item):
    if isinstance(item, dict):
        return {SWAPPED.get(key, key): swap(inner) for key, inner in item.items()}
    return SWAPPED.get(item, item) if isinstance(item, str) else item


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(LEAVES), min_size=1, max_size=12, unique=True), st.sampled_from(LEAVES))
def test_a_missing_value_never_raises_completeness_or_certainty(gone, one_more):
    """Whatever is missing already, one more missing value leaves less known, never more."""
    table = BUSY
    for leaf in gone:
        table = without(table, leaf)
    before = judged(table)
    after = judged(without(table, one_more)) if one_more not in gone else before

    assert after.completeness.share <= before.completeness.share
    rank = {(item.contributor, item.side): CERTAINTY.index(item.certainty) for item in before.standings}
    for item in after.standings:
        assert CERTAINTY.index(item.certainty) <= rank[item.contributor, item.side]


@settings(max_examples=60, deadline=None)
@given(
    st.fixed_dictionaries({key: st.integers(0, 10) for key in PAINS}),
    st.sampled_from(PAINS),
    st.integers(1, 10),
    st.sampled_from(["yes", "no", None]),
)
def test_more_pain_never_lowers_urgency_and_never_opens_a_test(pains, which, more, medicine):
    """Raising any one pain answer leaves urgency as high or higher, and runs and hops no more open."""
    worse = pains | {which: min(10, pains[which] + more)}
    answers = [
        judged(merge(sheet(), {"pain": {**given_pains, "medicine_recent": medicine}})) for given_pains in (pains, worse)
    ]
    offered = [item.decisions["provocation"].outcome == "offered" for item in answers]

    assert answers[1].safety.urgency >= answers[0].safety.urgency
    assert offered[1] <= offered[0]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(sorted(red_flags())), max_size=5), st.sampled_from(sorted(red_flags())))
def test_one_more_red_flag_never_lowers_urgency(flags, one_more):
    """Red flags add up; none hides another."""

    def urgency(keys):
        raised = {key: 15 if red_flags()[key].unit else True for key in keys if not key.startswith("ottawa")}
        return judged(merge(sheet(), {"safety": {"everything_else": False} | raised})).safety.urgency

    assert urgency([*flags, one_more]) >= urgency(flags)


@pytest.mark.parametrize("name", [name for name in NAMES if "problems" not in case(name)["expect"]])
def test_swapping_sides_swaps_the_answer(name):
    """Left and right are exchangeable: every contributor changes side and nothing else changes."""
    written = case(name)
    table = sheet(written["base"], written.get("change"))
    motion = written.get("motion")
    one, two = judged(table, motion=motion), judged(swap(table), motion=swap(motion))

    def standings(answer, *, swapped):
        return {
            (item.contributor, SWAPPED.get(item.side.value, item.side.value) if swapped else item.side.value): (
                item.status, item.score, item.certainty, item.disagree,
            )
            for item in answer.standings
        }  # fmt: skip

    assert one.safety.level == two.safety.level
    assert standings(one, swapped=True) == standings(two, swapped=False)


NOISY = tuple(
    card.key
    for card in cards().values()
    if card.key in sheet()["tests"] and not card.parts and not card.choices and "none" not in card.error
)


def noise_of(key):
    card = cards()[key]
    size = value(card.error.get("any") or card.error["belt"])
    test = sheet()["tests"][key]
    seen = test.get("left", test.get("value"))
    number = max(seen) if isinstance(seen, list) else seen
    return size * number if card.error_relative else size


def noisy(table, draws):
    """Move every number by less than its measurement error, so that the sides differ by less than it too."""
    tests_now = dict(table["tests"])
    for key, (total, split, sign) in draws.items():
        if key not in tests_now:
            continue
        size = 0.98 * total * noise_of(key) * sign
        moved = dict(tests_now[key])
        for place, share in (("left", split), ("right", split - 1), ("value", split)):
            if place in moved:
                seen = max(moved[place]) if isinstance(moved[place], list) else moved[place]
                number = seen + size * share
                moved[place] = max(0.0, number) if key in {"noble", "hinge_quality"} else number
        tests_now[key] = moved
    return {**table, "tests": tests_now}


DRAWS = st.fixed_dictionaries(
    {
        key: st.tuples(st.floats(0, 1), st.floats(0, 1), st.sampled_from([-1, 1]))
        for key in NOISY
        if key != "hinge_quality"
    }
)


@settings(max_examples=80, deadline=None)
@given(DRAWS, st.sampled_from(["neutral_woman", "neutral_man"]))
def test_noise_below_the_measurement_error_raises_no_contributor_on_a_neutral_sheet(draws, base):
    """What a second test on another day could give by chance is never a finding."""
    answer = judged(noisy(sheet(base), draws))

    assert {item.status for item in answer.standings} <= {"not seen", "unknown"}


@settings(max_examples=40, deadline=None)
@given(DRAWS, st.sets(st.sampled_from(sorted(sheet()["tests"])), max_size=4))
def test_noise_never_turns_unknown_into_a_finding(draws, gone):
    """A contributor that cannot be judged stays so, whatever noise the other tests carry."""
    table = sheet()
    table = {**table, "tests": {key: item for key, item in table["tests"].items() if key not in gone}}
    before, after = judged(table), judged(noisy(table, draws))
    unknown = {(item.contributor, item.side) for item in before.standings if item.status == "unknown"}

    assert {item.status for item in after.standings if (item.contributor, item.side) in unknown} <= {"unknown"}
