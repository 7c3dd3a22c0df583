"""The dose an exercise begins with; the gates move it on from there (R-041, R-042, R-056)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gerdy import evidence
from gerdy.programme.prescriptions import Frequency, Prescription, Unit, parse_prescription

if TYPE_CHECKING:
    from gerdy.programme.exercises import Exercise


def starting_dose(exercise: Exercise, goal: str, *, ramp: str, tires: bool, times: int | None) -> Prescription:
    """Return the first prescription of an exercise.

    Parameters
    ----------
    goal : ``as listed``, ``strength`` or ``endurance``
    ramp : outcome of R-041
    tires : whether endurance stood out (C3)
    times : strength sessions of the week that hold it; None leaves the exercise's own frequency
    """
    dose = parse_prescription(exercise.dose)
    if goal == "strength" and ramp != "full":
        dose = _ramped(dose, novice=ramp == "novice ramp")
    if goal == "endurance" and tires:
        dose = _long(dose)
    return dose if times is None else replace(dose, frequency=Frequency(times=(float(times), float(times))))


def fewer_sets(dose: Prescription) -> Prescription:
    """Return the dose with its fewest sets, the first thing to give when minutes are short."""
    low = min(dose.sets[0], evidence.span("house_menu.strength_sets")[0])
    return replace(dose, sets=(low, low))


def minutes_of(exercise: Exercise, dose: Prescription) -> float:
    """Return how long a dose takes, in proportion to the sets of the exercise's own dose."""
    own = parse_prescription(exercise.dose).sets[1]
    return round(exercise.minutes * dose.sets[1] / own, 1)


def _ramped(dose: Prescription, *, novice: bool) -> Prescription:
    """Return the dose of the first weeks: lighter, more repetitions (R-041); holds stay as they are."""
    if dose.unit is not Unit.REPS:
        return dose
    reserve = evidence.value("house_menu.novice_rir" if novice else "house_menu.ramp_rir")
    return replace(
        dose,
        sets=evidence.span("house_menu.strength_sets"),
        amount=evidence.span("house_menu.ramp_reps"),
        rir=(reserve, reserve),
        one_rm_percent=None,
    )


def _long(dose: Prescription) -> Prescription:
    """Return sets that are long enough to tire (R-042)."""
    kind = "seconds" if dose.unit is Unit.SECONDS else "reps"
    least, most = (evidence.value(f"house_menu.endurance_{name}") for name in (kind, f"top_{kind}"))
    low, high = max(dose.amount[0], least), max(dose.amount[1], most)
    return replace(dose, amount=(low, max(low, high)))


def is_long(dose: Prescription) -> bool:
    """Whether a dose counts as endurance work (R-042)."""
    kind = "seconds" if dose.unit is Unit.SECONDS else "reps"
    return dose.unit in {Unit.SECONDS, Unit.REPS} and dose.amount[0] >= evidence.value(f"house_menu.endurance_{kind}")
