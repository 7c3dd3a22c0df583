"""Exit criteria that look at tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gerdy import evidence
from gerdy.assess.findings import SIDED
from gerdy.programme.facts import HOPS, STRENGTH
from gerdy.programme.gates.met import Met, all_of, any_of, met
from gerdy.programme.gates.shown import shown_percent

if TYPE_CHECKING:
    import datetime as dt

    from gerdy.programme.facts import Facts

Answer = tuple[Met, str]


def capacity(facts: Facts, since: dt.date) -> Answer:
    """P2: both strengths nearly even, or a tenth stronger beyond the error of the test."""
    del since
    answers, words = [], []
    for name, keys in STRENGTH.items():
        even = [_at_least(facts.symmetry(key), "house_phases.capacity_symmetry") for key in keys]
        grown = [_grown(facts, key) for key in keys]
        answers.append(_first([_either(e, g) for e, g in zip(even, grown, strict=True)]))
        words.append(_symmetries(facts, name, keys))
    return met(all_of(answers)), "; ".join(words)


def even(facts: Facts, since: dt.date) -> Answer:
    """P3, P4: both strengths even."""
    del since
    answers = [
        _first([_at_least(facts.symmetry(key), "house_phases.return_symmetry") for key in keys])
        for keys in STRENGTH.values()
    ]
    return met(all_of(answers)), "; ".join(_symmetries(facts, name, keys) for name, keys in STRENGTH.items())


def plank(facts: Facts, since: dt.date) -> Answer:
    """P2: the side plank long enough on both sides, or nearly even."""
    del since
    held = [facts.number("side_plank", side) for side in SIDED]
    sex = facts.word("sex")
    key = "house_phases.plank_women" if sex == "female" else "house_phases.plank_men"
    long_ = all_of(None if seconds is None else round(seconds) >= evidence.value(key) for seconds in held)
    answer = any_of([long_, _at_least(facts.symmetry("side_plank"), "house_phases.capacity_symmetry")])
    return met(None if None in held else answer), f"left {_say(held[0])} s, right {_say(held[1])} s"


def step_down(facts: Facts, since: dt.date) -> Answer:
    """P2: the step-down well controlled on both sides."""
    del since
    points = [facts.number("lateral_step_down", side) for side in SIDED]
    limit = evidence.value("house_phases.step_down")
    answer = all_of(None if found is None else found <= limit for found in points)
    return met(answer), f"left {_say(points[0])}, right {_say(points[1])} points"


def heel_raise(facts: Facts, since: dt.date) -> Answer:
    """P2: enough heel raises on both sides."""
    del since
    done = [facts.number("heel_raise", side) for side in SIDED]
    limit = evidence.value("house_phases.heel_raises")
    answer = all_of(None if found is None else found >= limit for found in done)
    return met(answer), f"left {_say(done[0])}, right {_say(done[1])}"


def hops(facts: Facts, since: dt.date) -> Answer:
    """P3: every hop that was tested is even."""
    del since
    return _hops(facts, shown_percent(evidence.value("house_phases.hop_symmetry")))


def no_hop_loss(facts: Facts, since: dt.date) -> Answer:
    """P4: no hop is further from even than the error of the test, so none is called a loss."""
    del since
    return _hops(facts, 100 - shown_percent(evidence.value("dingenen2019.detectable")))


def _hops(facts: Facts, percent: int) -> Answer:
    seen = {key: share for key in HOPS if (share := facts.symmetry(key)) is not None}
    answer = all(shown_percent(share) >= percent for share in seen.values()) if seen else None
    words = ", ".join(f"{key.replace('_', ' ')} {shown_percent(share)} %" for key, share in seen.items())
    return met(answer), words or "no hop tested on both sides"


def _grown(facts: Facts, test: str) -> bool | None:
    gain = facts.gain(test)
    if gain is None:
        return None
    share, beyond = gain
    return beyond and shown_percent(share) >= shown_percent(evidence.value("house_phases.capacity_gain"))


def _either(even_now: bool | None, grown: bool | None) -> bool | None:
    """Return even or stronger; what was never tested twice does not leave an uneven test open."""
    return True if True in {even_now, grown} else even_now


def _at_least(share: float | None, key: str) -> bool | None:
    return None if share is None else shown_percent(share) >= shown_percent(evidence.value(key))


def _first(answers: list[bool | None]) -> bool | None:
    """Return what the better test says; the other speaks only where the better one was not done."""
    return next((answer for answer in answers if answer is not None), None)


def _symmetries(facts: Facts, name: str, keys: tuple[str, ...]) -> str:
    share = next((s for key in keys if (s := facts.symmetry(key)) is not None), None)
    return f"{name} {'not recorded' if share is None else f'{shown_percent(share)} %'}"


def _say(found: float | None) -> str:
    return "not recorded" if found is None else f"{found:g}"
