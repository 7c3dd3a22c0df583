"""How large a step is, and what no step exceeds (R-048)."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.programme.gates.shown import shown_kg, shown_percent
from gerdy.running.say import decide

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from gerdy.records import Decision, PlannedSet

LOAD_KEYS: Final = (
    "house_gates.step_main",
    "house_gates.step_isolation",
    "house_gates.cap_main",
    "house_gates.cap_isolation",
    "house_gates.smallest_plate",
    "house_gates.largest_step",
)
CONTACT_KEYS: Final = ("house_gates.step_contacts", "house_gates.cap_contacts")


def next_load_kg(load: float, *, isolation: bool) -> float:
    """Return the load one step up, as shown.

    The share is small for small weights, so a step is at least one plate; it is never more than 2.5 kg, and above one
    plate never more than the cap of R-048.

    Parameters
    ----------
    load : kg
    isolation : isolated work, whose step and cap are larger

    Examples
    --------
    >>> next_load_kg(40.0, isolation=False), next_load_kg(10.0, isolation=False), next_load_kg(200.0, isolation=False)
    (41.0, 11.0, 202.5)
    """
    kind = "isolation" if isolation else "main"
    plate = evidence.value("house_gates.smallest_plate")
    wished = load * evidence.value(f"house_gates.step_{kind}")
    step = min(max(wished, plate), evidence.value("house_gates.largest_step"))
    return shown_kg(load + min(step, max(plate, load * evidence.value(f"house_gates.cap_{kind}"))))


def load_after(load: float, steps: int, *, isolation: bool) -> float:
    """Return the load after some steps, kg as shown."""
    for _ in range(steps):
        load = next_load_kg(load, isolation=isolation)
    return shown_kg(load)


def more_contacts(reps: tuple[int, int], steps: int) -> tuple[int, int]:
    """Return a range of landings after some steps; both ends move together.

    Examples
    --------
    >>> more_contacts((20, 30), 1)
    (22, 33)
    """
    factor = (1 + evidence.value("house_gates.step_contacts")) ** steps
    low, high = reps
    return math.floor(low * factor + 0.5), math.floor(high * factor + 0.5)


def ramp(before: float, after: float, kind: str) -> Decision:
    """R-048: whether a rise that somebody asks for is within the cap of one step.

    Parameters
    ----------
    before, after : kg for ``main`` and ``isolation``, landings for ``contacts``
    kind : ``main``, ``isolation`` or ``contacts``

    Returns
    -------
    outcome ``within`` or ``above``
    """
    plate = 0.0 if kind == "contacts" else evidence.value("house_gates.smallest_plate")
    cap = evidence.value(f"house_gates.cap_{kind}")
    keys = CONTACT_KEYS if kind == "contacts" else LOAD_KEYS
    seen = {"before": before, "after": after, "kind": kind}
    if after - before > plate and shown_percent(after / before - 1) > shown_percent(cap):
        text = f"From {before:g} to {after:g} is more than {cap:.0%} in one step."
        return decide("R-048", "above", text, seen, keys)
    return decide("R-048", "within", f"From {before:g} to {after:g} is one step.", seen, keys)


def beside_a_run_stage(day: dt.date, stage_advances: Iterable[dt.date]) -> Decision:
    """R-048: a load goes up on another day than the running, two days apart.

    This moves a rise, it does not take it away: what was earned stays earned.

    Parameters
    ----------
    day : on which the higher load would first be lifted
    stage_advances : days on which the walk-run ladder went up

    Returns
    -------
    outcome ``wait`` or ``go``
    """
    apart = int(evidence.value("house_gates.stage_apart"))
    near = [one for one in stage_advances if abs((one - day).days) < apart]
    keys = ("house_gates.stage_apart",)
    seen = {"day": day.isoformat(), "stage_advances": ", ".join(one.isoformat() for one in near) or "none"}
    if near:
        text = f"Running went up a stage on {near[-1].isoformat()}; lift the old load once more."
        return decide("R-048", "wait", text, seen, keys)
    return decide("R-048", "go", "No running stage went up within two days.", seen, keys)


def scaled(planned: PlannedSet, load_kg: float | None, steps: int, contact_steps: int) -> PlannedSet:
    """Return a prescription with its load and landings moved; the ends of a range move together."""
    reps = planned.reps
    if contact_steps and reps is not None:
        reps = more_contacts(reps, contact_steps)
    share = planned.load_body_mass
    if share is not None:
        share = round(share * (1 + evidence.value("house_gates.step_main")) ** steps, 3)
    return replace(planned, reps=reps, load_kg=planned.load_kg if load_kg is None else load_kg, load_body_mass=share)
