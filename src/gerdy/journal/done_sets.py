"""Sets as a runner says them: ``3 x 10 E60 each side at 20 kg RIR 2``."""

from __future__ import annotations

import re
from typing import Any, Final

from gerdy.errors import RecordInvalid
from gerdy.records import DoneSet, Side

EXAMPLES: Final = (
    "3 x 10 E60 each side at 20 kg RIR 2",
    "10/9/8 E21 left RPE 7",
    "2 x 45 s E70 pain 1",
)

_LINE: Final = re.compile(
    r"""(?:(?P<sets>\d+)\s*[x×]\s*)?          # 3 x
        (?P<amounts>\d+(?:\s*/\s*\d+)*)\s*    # 10 or 10/9/8
        (?P<timed>s(?:ec(?:onds)?)?\s+)?      # seconds instead of repetitions
        (?P<exercise>[A-Za-z][\w-]*)          # E60
        (?P<rest>.*)""",
    re.VERBOSE,
)
_PARTS: Final = {
    "side": r"\b(left|right|both|each side)\b",
    "load_kg": r"(?:\bat\s+|@\s*)(\d+(?:\.\d+)?)\s*kg\b",
    "rir": r"\bRIR\s*(\d+(?:\.\d+)?)\b",
    "rpe": r"\bRPE\s*(\d+(?:\.\d+)?)\b",
    "pain": r"\bpain\s*(\d+(?:\.\d+)?)\b",
}


def parse_done_sets(text: str) -> tuple[DoneSet, ...]:
    """Return the sets that one line says; ``each side`` gives the left and the right ones.

    Raises
    ------
    RecordInvalid : the line says something else; with legal examples
    """
    match = _LINE.fullmatch(text.strip())
    parts = None if match is None else _parts(match["rest"])
    if match is None or parts is None:
        raise RecordInvalid(f"'{text}' does not read as sets. Say for example: {'; '.join(EXAMPLES)}.")
    amounts = [int(amount) for amount in match["amounts"].split("/")]
    if match["sets"]:
        amounts *= int(match["sets"])
    sides = _sides(parts.pop("side", None))
    return tuple(
        DoneSet(
            exercise_id=match["exercise"],
            side=side,
            reps=None if match["timed"] else amount,
            seconds=float(amount) if match["timed"] else None,
            **parts,
        )
        for side in sides
        for amount in amounts
    )


def _parts(rest: str) -> dict[str, Any] | None:
    """Return what stands behind the exercise; None where a word is left over."""
    found: dict[str, Any] = {}
    for name, pattern in _PARTS.items():
        match = re.search(pattern, rest, re.IGNORECASE)
        if match is not None:
            found[name] = match[1].lower() if name == "side" else float(match[1])
            rest = rest[: match.start()] + rest[match.end() :]
    return None if rest.strip(" ,") else found


def _sides(word: str | None) -> tuple[Side, ...]:
    if word == "each side":
        return Side.LEFT, Side.RIGHT
    return (Side(word) if word else Side.BOTH,)
