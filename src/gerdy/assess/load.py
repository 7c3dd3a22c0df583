"""More running than usual (C10), and life around running (C12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gerdy.assess.catalogue import questions
from gerdy.assess.findings import LARGE, MILD, Finding, State
from gerdy.assess.say import decide
from gerdy.evidence import value
from gerdy.records import Side

if TYPE_CHECKING:
    from gerdy.assess.readings import Readings

RULE = "load-and-life"


def load_findings(readings: Readings) -> tuple[Finding, ...]:
    """Return what the training log says about the weeks before the pain began.

    References
    ----------
    The single-session mark follows the Garmin-RUNSAFE cohort; the two-week mark follows Nielsen 2014, whose
    interval crosses 1.
    """
    return (
        _spike(readings),
        _over(readings, "two_week_rise_percent", "C10", "two-week rise", 100 * value("nielsen2014.two_week_rise")),
        _yes(readings, "new_terrain", "C10", "terrain"),
        _under(readings, "running_months", "C10", "history", value("house_assess.short_history")),
    )


def life_findings(readings: Readings) -> tuple[Finding, ...]:
    """Return what sleep, confidence, stress and illness say."""
    return (
        _under(readings, "sleep_h", "C12", "sleep", value("house_assess.sleep_low")),
        _under(readings, "confidence", "C12", "confidence", value("house_assess.confidence_low")),
        _over(readings, "stress", "C12", "stress", value("house_assess.stress_high"), reach=True),
        _over(readings, "chronic_diseases", "C12", "disease", value("house_assess.chronic_diseases"), reach=True),
    )


def _spike(readings: Readings) -> Finding:
    longest, usual = readings.answer("longest_run_before_onset_km"), readings.answer("usual_longest_run_km")
    ratio = None if longest is None or not usual else longest / usual
    seen = None if ratio is None else ratio > value("frandsen2025.longest_run_guard")
    words = {
        "name": "Longest run against the month before",
        "value": ratio,
        "unit": "times",
        "limit": value("frandsen2025.longest_run_guard"),
    }
    # A run of twice the usual length is the highest band of the cohort, so it weighs double.
    severity = (
        None if seen is None else (LARGE if (ratio or 0) >= value("house_assess.spike_large") else MILD) if seen else 0
    )
    return _made(readings, "longest_run_before_onset_km", "C10", "spike", ratio, severity, words)


def _over(readings: Readings, key: str, contributor: str, family: str, mark: float, *, reach: bool = False) -> Finding:
    seen = readings.answer(key)
    severity = None if seen is None else int(seen >= mark if reach else seen > mark)
    return _made(readings, key, contributor, family, seen, severity, _words(key, seen, mark))


def _under(readings: Readings, key: str, contributor: str, family: str, mark: float) -> Finding:
    seen = readings.answer(key)
    severity = None if seen is None else int(seen < mark)
    return _made(readings, key, contributor, family, seen, severity, _words(key, seen, mark))


def _yes(readings: Readings, key: str, contributor: str, family: str) -> Finding:
    said = readings.answer(key)
    severity = None if said is None else int(said == "yes")
    return _made(readings, key, contributor, family, said, severity, {"name": questions()[key].text.rstrip("?")})


def _words(key: str, seen: float | None, mark: float) -> dict[str, object]:
    card = questions()[key]
    return {"name": card.text.rstrip("?"), "value": seen, "unit": card.unit, "limit": mark}


def _made(
    readings: Readings,
    key: str,
    contributor: str,
    family: str,
    seen: float | str | None,
    severity: int | None,
    words: dict[str, object],
) -> Finding:
    word = isinstance(seen, str)
    says = "unknown" if severity is None else ("yes" if word else "seen") if severity else "no" if word else "clear"
    state = State.UNKNOWN if severity is None else State.FINDING if severity else State.CLEAR
    if severity is None and not readings.applies(key):
        state = State.NOT_APPLICABLE
    return Finding(
        test=key,
        contributor=contributor,
        family=family,
        side=Side.NOT_APPLICABLE,
        state=state,
        severity=severity,
        value=seen,
        unit="" if word else str(words.get("unit", "")),
        decision=decide(RULE, state.value, says, words, value=seen),
    )
