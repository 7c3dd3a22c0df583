"""May the first walk-run be tried? Nine items, each with what to do where it is not met (R-060)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.running.say import NOT_RECORDED, decide

if TYPE_CHECKING:
    from gerdy.records import Decision

KEYS: Final = tuple(
    f"house_readiness.{name}"
    for name in (
        "walk_pain",
        "stairs_pain",
        "squat_pain",
        "hop_pain",
        "abduction_symmetry",
        "clean_repetitions",
        "confidence",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessFacts:
    """What the nine items look at; None is *not recorded* and never meets an item.

    Parameters
    ----------
    lock : whether a red flag or another lock is open
    walk_pain : 0-10 in 30 brisk minutes of walking
    walk_morning_rise : 0-10, the morning after that walk above the usual one
    stairs_pain : 0-10 down 20 stairs
    squat_pain, squat_fair : 0-10 in ten single-leg squats to about 45 degrees; control fair or better
    hop_pain : 0-10 in twenty two-leg and then ten single-leg hops
    abduction_symmetry : affected over other side, isometric
    clean_repetitions : of E18 or E24 at home, where no dynamometer is at hand
    ankle_ready : the ankle track's gate (R-024), given by the programme; True where no restriction was found
    confidence : 0-10
    energy_clear : sleep and energy screen without a sign
    """

    lock: bool | None = None
    walk_pain: float | None = None
    walk_morning_rise: float | None = None
    stairs_pain: float | None = None
    squat_pain: float | None = None
    squat_fair: bool | None = None
    hop_pain: float | None = None
    abduction_symmetry: float | None = None
    clean_repetitions: int | None = None
    ankle_ready: bool | None = None
    confidence: float | None = None
    energy_clear: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item: met, not met, or not recorded (None), and what to do where it is not met."""

    number: int
    name: str
    met: bool | None
    to_do: str


def readiness(facts: ReadinessFacts) -> Decision:
    """Judge the nine items.

    Returns
    -------
    Decision with outcome ``ready``; ``not ready`` with a reason and what to do for each item that is false;
    ``not recorded`` where none is false and some are unknown
    """
    every = items(facts)
    open_items = [item for item in every if item.met is not True]
    outcome = "ready" if not open_items else "not ready" if any(i.met is False for i in every) else NOT_RECORDED
    says = [_said(item) for item in sorted(open_items, key=lambda item: item.met is None)]
    seen = {f"{item.number} {item.name}": item.met for item in every}
    return decide("R-060", outcome, says or ["all nine items are met"], seen, KEYS)


def items(facts: ReadinessFacts) -> tuple[Item, ...]:
    """Return the nine items in their order."""
    found = (
        ("no lock", _not(facts.lock), "a red flag or a lock is open: see its text and a clinician first"),
        ("walking", _walking(facts), f"walk on the flat until 30 brisk minutes stay at {_limit('walk_pain')}"),
        ("stairs", _most(facts.stairs_pain, "stairs_pain"), f"settle first: 20 stairs down at {_limit('stairs_pain')}"),
        (
            "single-leg squat",
            _squat(facts),
            f"train control (T3): ten squats at {_limit('squat_pain')}, fair or better",
        ),
        ("hops", _most(facts.hop_pain, "hop_pain"), f"two-leg hops first, then ten on one leg at {_limit('hop_pain')}"),
        ("hip strength", _strength(facts), _strength_words()),
        ("ankle", facts.ankle_ready, "go on with the ankle track until its days and sessions are done (R-024)"),
        ("confidence", _least(facts.confidence, "confidence"), _confidence_words()),
        (
            "sleep and energy",
            facts.energy_clear,
            "sleep, food and energy first; talk to a physician where R-010 says so",
        ),
    )
    return tuple(Item(number=n, name=name, met=met, to_do=say) for n, (name, met, say) in enumerate(found, start=1))


def _said(item: Item) -> str:
    state = "not met" if item.met is False else NOT_RECORDED
    return f"{item.number} {item.name}: {state}; {item.to_do}"


def _walking(facts: ReadinessFacts) -> bool | None:
    rise = None if facts.walk_morning_rise is None else facts.walk_morning_rise <= 0
    return _all((_most(facts.walk_pain, "walk_pain"), rise))


def _squat(facts: ReadinessFacts) -> bool | None:
    return _all((_most(facts.squat_pain, "squat_pain"), facts.squat_fair))


def _strength(facts: ReadinessFacts) -> bool | None:
    """Either way of showing strength is enough; a failed one is not hidden by one that was not tried."""
    ways = (
        _least(facts.abduction_symmetry, "abduction_symmetry"),
        _least(facts.clean_repetitions, "clean_repetitions"),
    )
    return True if True in ways else False if False in ways else None


def _all(parts: tuple[bool | None, ...]) -> bool | None:
    return False if False in parts else None if None in parts else True


def _not(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def _most(seen: float | None, name: str) -> bool | None:
    return None if seen is None else seen <= evidence.value(f"house_readiness.{name}")


def _least(seen: float | None, name: str) -> bool | None:
    """Compare a value as it is shown, with two decimals."""
    return None if seen is None else round(seen, 2) >= evidence.value(f"house_readiness.{name}")


def _limit(name: str) -> str:
    return f"pain of {evidence.value(f'house_readiness.{name}'):g} of 10 or less"


def _strength_words() -> str:
    share = evidence.value("house_readiness.abduction_symmetry")
    reps = evidence.value("house_readiness.clean_repetitions")
    return f"go on with hip strength: {share:.0%} of the other side, or {reps:g} clean repetitions of E18 or E24"


def _confidence_words() -> str:
    return f"talk it through and start with walks; {evidence.value('house_readiness.confidence'):g} of 10 is asked for"
