"""The three questions of the first page: what was measured, what stands out beyond error, what is unknown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gerdy import evidence
from gerdy.motion.symmetry import SideDifference, compare_sides
from gerdy.pipelines.analysis import SIDE_KEYS
from gerdy.report.side_differences import angle_sentences, band_sentences
from gerdy.report.words import WORDS, number

if TYPE_CHECKING:
    from gerdy.pipelines.analysis import Analysis


@dataclass(frozen=True, slots=True)
class FirstPage:
    """Sentences for a reader in a hurry."""

    measured: tuple[str, ...]
    stands_out: tuple[str, ...]
    same: tuple[str, ...]
    unknown: tuple[str, ...]


def first_page(found: Analysis) -> FirstPage:
    """Say what was measured, what stands out beyond error and what is unknown."""
    parts = (_differences(found), angle_sentences(found), band_sentences(found))
    stands_out = tuple(sentence for loud, _ in parts for sentence in loud)
    same = tuple(name for _, quiet in parts for name in quiet)
    return FirstPage(_measured(found), (*_alarming(found), *stands_out), same, _unknown(found))


def _measured(found: Analysis) -> tuple[str, ...]:
    facts = found.recording
    counts = [f"{result.strides} {side}" for side, result in found.sides.items() if result]
    ground = "on a treadmill" if facts["treadmill"] else "over ground"
    speed = facts["speed_m_s"]
    tempo = f"{speed['mean']:.2f} metres per second (± {speed['sd']:.2f}, {speed['n']} steps"
    pace = f", {_pace(speed['mean'])} minutes per kilometre)" if facts["gait"] == "running" else ")"
    source = "the ground reaction forces" if facts["events_from"] == "forces" else "the markers on the feet"
    return (
        f"{facts['duration_s']:.0f} seconds of {facts['gait']} {ground} at {tempo}{pace}.",
        f"{' and '.join(counts)} strides were good enough to use; their times come from {source}.",
    )


def _pace(speed_m_s: float) -> str:
    seconds = round(1000 / speed_m_s)
    return f"{seconds // 60}:{seconds % 60:02d}"


def _alarming(found: Analysis) -> tuple[str, ...]:
    loud = ("force_not_body_weight", "speed_differs", "walking", "forces_not_separable")
    return tuple(problem.message for problem in found.problems if problem.code in loud)


def _differences(found: Analysis) -> tuple[tuple[str, ...], tuple[str, ...]]:
    left, right = found.sides["left"], found.sides["right"]
    if left is None or right is None:
        return (), ()
    method = found.motion.stances.method
    shared = [key for key in SIDE_KEYS if key in left.values and key in right.values and key != "cadence_spm"]
    judged = {key: compare_sides(key, left.values[key], right.values[key], method) for key in shared}
    loud = tuple(_sentence(key, seen) for key, seen in judged.items() if seen.beyond_error)
    quiet = tuple(WORDS[key].name.lower() for key, seen in judged.items() if seen.enough and not seen.beyond_error)
    return loud, quiet


def _sentence(key: str, seen: SideDifference) -> str:
    word = WORDS[key]
    more = word.higher if seen.difference.mean > 0 else word.lower
    size, error = number(abs(seen.difference.mean), word), number(seen.error, word)
    return (
        f"{word.name}: left {more} than right by {size} {word.unit} "
        f"(below {error} the sides could not be told apart; {seen.difference.n} strides or more a side)."
    )


def _unknown(found: Analysis) -> tuple[str, ...]:
    reasons: dict[str, None] = {}
    for result in found.sides.values():
        for path, why in (result.missing if result else {}).items():
            reasons[f"{_name(path)}: {why}."] = None
    return (*reasons, *_too_few(found))


def _name(path: str) -> str:
    return WORDS[path].name if path in WORDS else path.rsplit(".", 1)[-1].replace("_", " ").capitalize()


def _too_few(found: Analysis) -> tuple[str, ...]:
    need = int(evidence.value("house_motion.strides_for_verdict"))
    few = [f"{result.strides} {side}" for side, result in found.sides.items() if result and result.strides < need]
    if not few:
        return ()
    return (f"Whether the sides differ: {' and '.join(few)} strides could be used, {need} a side are needed.",)
