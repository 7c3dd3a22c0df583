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
    "3 x 8 E24 each side all clean filmed",
    "3 x 10 E75 left clean 9 contacts 10",
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
    "clean_reps": r"\b(?:clean\s*(\d+)\b|all\s+clean\b)",
    "contacts": r"\bcontacts\s*(\d+)\b",
    "filmed": r"\bfilmed\b",
}
_ALL: Final = -1
"""What ``all clean`` stands for until the repetitions of its set are known."""


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
    clean = parts.pop("clean_reps", None)
    return tuple(
        DoneSet(
            exercise_id=match["exercise"],
            side=side,
            reps=None if match["timed"] else amount,
            seconds=float(amount) if match["timed"] else None,
            clean_reps=amount if clean == _ALL else clean,
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
            found[name] = _said(name, match)
            rest = rest[: match.start()] + rest[match.end() :]
    return None if rest.strip(" ,") else found


def _said(name: str, match: re.Match[str]) -> Any:
    if name == "filmed":
        return True
    if name in {"clean_reps", "contacts"}:
        return int(match[1]) if match[1] else _ALL
    return match[1].lower() if name == "side" else float(match[1])


def _sides(word: str | None) -> tuple[Side, ...]:
    if word == "each side":
        return Side.LEFT, Side.RIGHT
    return (Side(word) if word else Side.BOTH,)
