"""The workout of a stage, cut to what the guards allow."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from gerdy import evidence
from gerdy.running.exposure import downhill_first_words
from gerdy.running.say import numbers
from gerdy.running.workout import Effort, Repeat, RunWorkout, Step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gerdy.running.stages import Stage
    from gerdy.running.workout import Part


def stage_workout(
    stage: Stage, *, total_min: float | None = None, running_min: float | None = None, strides: bool = False
) -> RunWorkout | None:
    """Return the workout of a stage, cut at the end where a guard allows less.

    Parameters
    ----------
    total_min, running_min : at most so many whole minutes in all, and of running; None for no limit
    strides : let short flat strides stand in the last minutes of running (R-069); the minutes stay the same

    Returns
    -------
    None where the limits leave not a minute of running (or of walking at R0)
    """
    pairs = _cut(_pairs(stage), _whole(total_min), _whole(running_min))
    if not any(effort is Effort.RUN or stage.running_min == 0 for effort, _ in pairs):
        return None
    parts = _grouped(pairs)
    if strides:
        parts = _with_strides(parts)
    return RunWorkout(name=stage.name, parts=parts, note=_note(stage))


def easy_workout(stage: Stage, minutes: float) -> RunWorkout | None:
    """Return a continuous run of whole minutes for the stages whose length the long run sets (R10, H1 … H5)."""
    whole = math.floor(round(minutes, 6))
    if whole < 1:
        return None
    step = Step(effort=Effort.RUN, seconds=60.0 * whole)
    return RunWorkout(name=stage.name, parts=(step,), note=_note(stage))


def _pairs(stage: Stage) -> list[tuple[Effort, float]]:
    """Write a stage out as (effort, minutes)."""
    once = [(Effort.WALK, stage.walk_min), (Effort.RUN, stage.run_min)]
    return [(effort, minutes) for _ in range(stage.times) for effort, minutes in once if minutes > 0]


def _cut(pairs: list[tuple[Effort, float]], total: float, running: float) -> list[tuple[Effort, float]]:
    """Keep the beginning, so long as both limits hold; a walk that leads to no run is left out."""
    kept: list[tuple[Effort, float]] = []
    for effort, minutes in pairs:
        left = min(total, running) if effort is Effort.RUN else total
        taken = min(minutes, left)
        if taken <= 0:
            break
        kept.append((effort, taken))
        total -= taken
        running -= taken if effort is Effort.RUN else 0
    runs = any(effort is Effort.RUN for effort, _ in pairs)
    while runs and kept and kept[-1][0] is Effort.WALK:
        kept.pop()
    return kept


def _grouped(pairs: list[tuple[Effort, float]]) -> tuple[Part, ...]:
    """Fold equal walk-run pairs into one repeat; what was cut stands behind it."""
    steps = [Step(effort=effort, seconds=60.0 * minutes) for effort, minutes in pairs]
    couples = [tuple(steps[n : n + 2]) for n in range(0, len(steps), 2)]
    times = sum(1 for couple in couples if couple == couples[0])
    if times < 2 or len(couples[0]) < 2:
        return tuple(steps)
    return (Repeat(times=times, steps=couples[0]), *steps[2 * times :])


def _with_strides(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Put strides, a minute apart, into the last minutes of running; nothing changes where there is no room."""
    times = int(evidence.value("house_ladder.strides"))
    fast = evidence.span("house_ladder.stride_s")[0]
    flat = list(_written_out(parts))
    last = flat[-1]
    left = (last.seconds or 0.0) - 60.0 * times
    if last.effort is not Effort.RUN or left <= 0:
        return parts
    pair = (Step(effort=Effort.STRIDE, seconds=fast), Step(effort=Effort.RUN, seconds=60.0 - fast))
    before = _regrouped(parts)
    return (*before, replace(last, seconds=left), Repeat(times=times, steps=pair))


def _written_out(parts: Iterable[Part]) -> Iterable[Step]:
    for part in parts:
        yield from (part.steps * part.times if isinstance(part, Repeat) else (part,))


def _regrouped(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return everything before the last step; a repeat gives up its last round."""
    *head, last = parts
    if isinstance(last, Step):
        return tuple(head)
    rest = (Repeat(times=last.times - 1, steps=last.steps),) if last.times > 1 else ()
    return (*head, *rest, *last.steps[:-1])


def _note(stage: Stage) -> str:
    where = "flat and firm, no camber" if stage.flat else ""
    note = stage.note
    if stage.opens == "downhill":
        seconds, _ = numbers("house_ladder.downhill_first_s")
        note = f"first {downhill_first_words()}, walk back up; longer than {seconds:g} s only after that was green"
    return "; ".join(filter(None, (where, note)))


def _whole(minutes: float | None) -> float:
    """Round a limit down to whole minutes, forgiving the last binary digit."""
    return math.inf if minutes is None else float(math.floor(round(minutes, 6)))
