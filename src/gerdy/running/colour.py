"""Green, amber or red: what a run says about the next one (R-030, R-032)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gerdy import evidence
from gerdy.outlook.history import between, up_to
from gerdy.running.say import decide
from gerdy.running.signals import Signals, run_signals, walk_signals

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from gerdy.outlook.history import Dated, History
    from gerdy.records import Decision, Run

GREEN: Final = "green"
UNKNOWN: Final = "unknown"
AMBER: Final = "amber"
RED: Final = "red"
COLOURS: Final = (GREEN, UNKNOWN, AMBER, RED)
"""From what may count towards an advance to what takes stages back; *unknown* holds and never advances."""

PAIN_GREEN: Final = "house_running.pain_green"
PAIN_RED: Final = "house_running.pain_red"
SETTLE_GREEN: Final = "house_running.settle_green_min"
SETTLE_RED: Final = "house_running.settle_red_h"
MORNING_RED: Final = "house_running.morning_red_rise"
COLOUR_KEYS: Final = (
    PAIN_GREEN,
    PAIN_RED,
    SETTLE_GREEN,
    SETTLE_RED,
    MORNING_RED,
    "house_running.usual_mornings",
)
COLOUR_SAID: Final = (*COLOUR_KEYS, "silbernagel2007.pain_monitoring", "esculier2018.education_on_load")
"""The numbers, and what speaks for them."""

STOP_KEYS: Final = (PAIN_RED,)
ALL_GREEN: Final = "pain, settling and the morning after are within green"


def run_colour(history: History, run: Dated[Run], now: dt.date) -> Decision:
    """Judge one run by what is known at the end of `now` (R-030).

    Returns
    -------
    Decision with outcome ``green``, ``amber``, ``red``, or ``unknown`` where an answer that green needs is
    not recorded; a red or amber signal counts whatever else is missing
    """
    return judge_signals(run_signals(up_to(history, now), run))


def day_colour(history: History, day: dt.date, now: dt.date) -> Decision | None:
    """Judge all runs and walks of a day as one session, by the worst; None where there was neither."""
    return known_colour(up_to(history, now), day)


def known_colour(past: History, day: dt.date) -> Decision | None:
    """Judge a day by everything that `past` holds; see `day_colour`."""
    walked = walk_signals(past, day)
    found = [judge_signals(run_signals(past, run)) for run in between(past.runs, day, day)]
    found += [judge_signals(walked)] if walked is not None else []
    return max(found, key=lambda decision: colour_rank(decision.outcome), default=None)


def judge_signals(seen: Signals) -> Decision:
    """Return the colour of a session: the worst of its signals.

    References
    ----------
    [Silbernagel2007]_ running within limits of pain was not worse than rest, in the Achilles tendon.
    """
    signals = list(_signals(seen))
    worst = max((colour for colour, _ in signals), key=colour_rank, default=GREEN)
    says = [text for colour, text in signals if colour == worst] or [ALL_GREEN]
    return decide("R-030", worst, says, _shown(seen), COLOUR_SAID)


def stop_now(pain: float | None, gait_changed: bool | None) -> Decision:
    """R-032: say whether a run must end here; it counts as red even if the morning after is fine.

    Parameters
    ----------
    pain : 0-10, anywhere, now; None is not recorded
    gait_changed : limping or running differently; None is not recorded

    Returns
    -------
    Decision with outcome ``stop``, ``go on``, or ``not recorded``
    """
    seen = {"pain": pain, "gait_changed": gait_changed}
    limit = evidence.value(PAIN_RED)
    if gait_changed or (pain is not None and pain >= limit):
        text = f"pain of {limit:g} of 10 or more, or a limp: stop here and walk home; this session counts as red"
        return decide("R-032", "stop", text, seen, STOP_KEYS)
    if pain is None:
        return decide("R-032", "not recorded", "no pain was named; ask again before going on", seen, STOP_KEYS)
    return decide("R-032", "go on", f"stop and walk home at {limit:g} of 10 or at the first limp", seen, STOP_KEYS)


def colour_rank(colour: str) -> int:
    """Return 0 for green, 1 unknown, 2 amber, 3 red."""
    return COLOURS.index(colour)


def _signals(seen: Signals) -> Iterator[tuple[str, str]]:
    """Give every signal that is not green with its sentence."""
    yield from _during(seen)
    yield from _settling(seen)
    yield from _morning(seen)
    if seen.masked:
        yield UNKNOWN, "something against pain was taken that day; the answers are masked and cannot advance"


def _during(seen: Signals) -> Iterator[tuple[str, str]]:
    if stop_now(seen.pain, seen.gait_changed).outcome == "stop":
        yield RED, f"pain of {seen.pain:g} of 10 in the run" if _strong(seen.pain) else "the gait changed in the run"
    elif _strong(seen.elsewhere):
        yield RED, f"pain of {seen.elsewhere:g} of 10 elsewhere in the run"
    elif seen.pain is None:
        yield UNKNOWN, "pain during the run is not recorded; enter it, 0 where there was none"
    elif seen.pain > evidence.value(PAIN_GREEN):
        yield AMBER, f"lateral knee pain of {seen.pain:g} of 10 in the run"


def _strong(pain: float | None) -> bool:
    return pain is not None and pain >= evidence.value(PAIN_RED)


def _settling(seen: Signals) -> Iterator[tuple[str, str]]:
    if seen.settled_min is None:
        if seen.pain:
            yield UNKNOWN, "how long the pain took to settle is not recorded"
    elif seen.settled_min > evidence.value(SETTLE_RED) * 60:
        yield RED, f"the pain took more than {evidence.value(SETTLE_RED):g} h to settle"
    elif seen.settled_min > evidence.value(SETTLE_GREEN):
        yield AMBER, f"the pain took {seen.settled_min:g} min to settle"


def _morning(seen: Signals) -> Iterator[tuple[str, str]]:
    if _strong(seen.morning):
        yield RED, f"pain of {seen.morning:g} of 10 on the stairs next morning"
    elif seen.rise is not None and seen.rise >= evidence.value(MORNING_RED):
        yield RED, f"the morning after was {seen.rise:g} above the usual one"
    elif seen.rise is not None and seen.rise > 0:
        yield AMBER, f"the morning after was {seen.rise:g} above the usual one"
    elif seen.morning is None:
        yield UNKNOWN, "the morning after is not recorded; it holds the stage"
    elif seen.rise is None:
        yield UNKNOWN, "the morning after hurt, and no usual morning is recorded beside it"


def _shown(seen: Signals) -> dict[str, Any]:
    return {
        "pain": seen.pain,
        "pain_elsewhere": seen.elsewhere,
        "gait_changed": seen.gait_changed,
        "settled_min": seen.settled_min,
        "morning": seen.morning,
        "above_usual_morning": seen.rise,
        "masked": seen.masked,
    }
