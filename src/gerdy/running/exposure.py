"""One new thing at a time, and in order: distance, pace, uphill, camber, downhill (R-068 to R-071)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.errors import ProgrammeError, nearest
from gerdy.outlook.history import between, up_to
from gerdy.outlook.novelty_signals import DOWNHILL, new_traits, slope_of, surface_of
from gerdy.running.say import decide, numbers
from gerdy.running.stages import ORDER, stage, stages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gerdy.outlook.history import History
    from gerdy.records import Decision
    from gerdy.running.ladder_state import LadderState

CHANGES: Final = ("distance", "pace", "gradient", "surface", "cadence cue")
"""Of these only one may change within seven days (R-068)."""

EXPOSURES: Final = ("distance", "pace", "uphill", "rolling", "camber", "downhill", "race")
"""Order of re-exposure (R-070)."""

KIND: Final = {"uphill": "gradient", "rolling": "gradient", "downhill": "gradient", "camber": "surface", "race": "pace"}
"""Exposure → what changes with it."""

CHANGE_KEYS: Final = ("house_ladder.one_change_days",)
STRIDE_KEYS: Final = (
    "house_ladder.stride_s",
    "house_ladder.strides",
    "house_ladder.stride_pain_stop",
)
STRIDE_SAID: Final = (*STRIDE_KEYS, "orchard1996.contact_flexion", "marais2024.faster_runners")
STRIDES_FROM: Final = "R5"
EXPOSURE_KEYS: Final = ("house_ladder.downhill_first_s", "house_ladder.downhill_first_slope_pct")
EXPOSURE_SAID: Final = (*EXPOSURE_KEYS, "robertz2022.downhill", "ramskov2018.volume_or_pace_first")


@dataclass(frozen=True, slots=True)
class Change:
    """Something that changed on a day; `kind` is one of `CHANGES`."""

    day: dt.date
    kind: str


def changes(history: History, state: LadderState, now: dt.date) -> tuple[Change, ...]:
    """Return what changed within the last seven days: the ladder's own steps, and new ground under the runs."""
    first = now - dt.timedelta(days=int(evidence.value(CHANGE_KEYS[0])) - 1)
    moved = [
        Change(step.day, _kind(stage(step.after).opens))
        for step in state.steps
        if step.decision.outcome == "advance" and first <= step.day <= now
    ]
    ran = sorted({fact.day for fact in between(up_to(history, now).runs, first, now)})
    return (*moved, *(change for day in ran for change in _new_ground(history, day)))


def one_change(wanted: str, before: Iterable[Change], day: dt.date) -> Decision:
    """R-068: whether `wanted` may change on `day`, given what changed before.

    Parameters
    ----------
    wanted : one of `CHANGES`

    Returns
    -------
    Decision with outcome ``may change`` or ``wait``
    """
    span = dt.timedelta(days=int(evidence.value(CHANGE_KEYS[0])))
    others = [c for c in before if c.kind != wanted and dt.timedelta(0) <= day - c.day < span]
    seen = {"wanted": wanted, "changed": ", ".join(sorted({c.kind for c in others})) or "nothing else"}
    if not others:
        return decide("R-068", "may change", f"nothing but {wanted} changes within {span.days} days", seen, CHANGE_KEYS)
    last = max(others, key=lambda c: c.day)
    text = f"{last.kind} changed on {last.day}; {wanted} may change from {last.day + span} on"
    return decide("R-068", "wait", text, seen, CHANGE_KEYS)


def strides(state: LadderState, pain_now: float | None = None) -> Decision:
    """R-069: whether a few flat, brisk strides may stand inside the session's minutes.

    Parameters
    ----------
    pain_now : 0-10 at the moment; at 3 the strides end

    References
    ----------
    [Orchard1996]_ at a quicker pace the knee is past the zone at contact: a model, not a trial.
    """
    needed = int(evidence.value("house_ladder.green_sessions"))
    greens = [s for s in state.steps if s.colour == "green" and ORDER.index(s.before) >= ORDER.index(STRIDES_FROM)]
    low, high = evidence.span("house_ladder.stride_s")
    stop = evidence.value("house_ladder.stride_pain_stop")
    seen = {"stage": state.stage, "green_from_R5": len(greens), "pain_now": pain_now}
    if pain_now is not None and pain_now >= stop:
        return decide("R-069", "stop", f"pain of {stop:g} of 10 or more: no more strides today", seen, STRIDE_SAID)
    if ORDER.index(state.stage) < ORDER.index(STRIDES_FROM) or len(greens) < needed:
        text = f"strides come with {needed} green sessions at {STRIDES_FROM} or above"
        return decide("R-069", "not yet", text, seen, STRIDE_SAID)
    count = evidence.value("house_ladder.strides")
    text = f"{count:g} flat strides of {low:g}-{high:g} s inside the session, stop at pain of {stop:g}; optional"
    return decide("R-069", "may stride", text, seen, STRIDE_SAID)


def exposure(wanted: str, state: LadderState) -> Decision:
    """R-070: whether pace, slopes or camber are open at this stage; in P3 nothing is skipped.

    Parameters
    ----------
    wanted : one of `EXPOSURES`

    Raises
    ------
    ProgrammeError : another word, with the nearest of the list

    References
    ----------
    [Robertz2022]_ strain and knee adduction rise from 5 to 15 % downhill.
    """
    opens = next(name for name, item in stages().items() if item.opens == _known(wanted))
    seen = {"wanted": wanted, "stage": state.stage, "opens_at": opens}
    if ORDER.index(state.stage) < ORDER.index(opens):
        order = " → ".join(EXPOSURES)
        text = f"{wanted} opens at {opens}, the runner is at {state.stage}; the order is {order}"
        return decide("R-070", "refused", text, seen, EXPOSURE_SAID)
    text = f"{wanted} is open at {state.stage}"
    if wanted == "downhill":
        text += f"; first {downhill_first_words()}"
    return decide("R-070", "open", text, seen, EXPOSURE_SAID)


def downhill_first_words() -> str:
    """Return the first dose of downhill running in words."""
    seconds, times = numbers("house_ladder.downhill_first_s")
    low, high = evidence.span("house_ladder.downhill_first_slope_pct")
    return f"{times:g} × {seconds:g} s at -{low:g} to -{high:g} %"


def _known(wanted: str) -> str:
    if wanted not in EXPOSURES:
        near = ", ".join(nearest(wanted, EXPOSURES)) or ", ".join(EXPOSURES)
        raise ProgrammeError(f"'{wanted}' is no step of the re-exposure; did you mean {near}?")
    return wanted


def _kind(opens: str) -> str:
    return KIND.get(opens, opens)


def _new_ground(history: History, day: dt.date) -> list[Change]:
    found = [Change(day, "surface")] if new_traits(history, day, surface_of) else []
    slope = new_traits(history, day, slope_of) or set()
    return [*found, Change(day, "gradient")] if DOWNHILL in slope else found
