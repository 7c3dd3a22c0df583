"""One generating strategy for every prescription that can be."""

from __future__ import annotations

from hypothesis import strategies as st

from gerdy.programme.exercises import exercises
from gerdy.programme.prescriptions import Band, Criterion, Frequency, Measure, Prescription, Sides, Unit, Until


def ranges(numbers):
    return st.tuples(numbers, numbers).map(lambda ends: (float(min(ends)), float(max(ends))))


def parts(low, high):
    """Numbers with parts of one, of any length."""
    return st.floats(low, high, allow_nan=False).filter(lambda number: number == 0 or number >= 1e-3)


NAMES = st.sampled_from([name for item in exercises().values() for name in (item.id, item.name, item.name.lower())])
WHOLE = {Unit.REPS, Unit.BREATHS, Unit.CONTACTS}
LARGEST = {Measure.PAIN: 10, Measure.MORNING_PAIN: 10, Measure.RPE: 10, Measure.RIR: 20, Measure.CLEAN: 100}


def criteria():
    numbered = st.sampled_from([measure for measure in Measure if measure is not Measure.TOP_REPS]).flatmap(
        lambda measure: st.builds(Criterion, measure=st.just(measure), value=parts(0, LARGEST.get(measure, 999)))
    )
    return numbered | st.just(Criterion(measure=Measure.TOP_REPS))


def amounts(unit):
    return ranges(st.integers(1, 300) if unit in WHOLE else parts(0.5, 3600))


def maybe(strategy):
    return st.none() | strategy


PRESCRIPTIONS = st.sampled_from(list(Unit)).flatmap(
    lambda unit: st.builds(
        Prescription,
        exercise=NAMES,
        unit=st.just(unit),
        amount=amounts(unit),
        sets=ranges(st.integers(1, 20)),
        sides=st.sampled_from(list(Sides)),
        band=maybe(st.sampled_from(list(Band))),
        load_kg=maybe(ranges(parts(0, 300))),
        body_mass_percent=maybe(ranges(parts(0, 300))),
        one_rm_percent=maybe(ranges(parts(0, 100))),
        rir=maybe(ranges(parts(0, 20))),
        rpe=maybe(ranges(parts(0, 10))),
        tempo=maybe(st.tuples(*[st.integers(0, 60)] * 3)),
        hold_s=maybe(ranges(parts(0, 600))),
        rest_s=maybe(ranges(parts(0, 3600))),
        frequency=maybe(st.builds(Frequency, times=ranges(st.integers(1, 7)), per=st.sampled_from(["week", "day"]))),
        pain_at_most=maybe(parts(0, 10)),
        until=maybe(
            st.builds(
                Until,
                count=st.integers(1, 50),
                per=st.sampled_from(["sessions", "weeks", "days"]),
                criteria=st.lists(criteria(), min_size=1, max_size=3).map(tuple),
            )
        ),
    )
)
