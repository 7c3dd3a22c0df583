"""What the tests read out of gerdy's own source: calls, and the words in them."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "gerdy"


def first_words(*functions: str) -> dict[str, str]:
    """Return text → file, for each literal text that stands first in a call of one of these functions."""
    found: dict[str, str] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        for call in _calls(file):
            if _name(call.func) in functions and call.args and isinstance(call.args[0], ast.Constant):
                found.setdefault(call.args[0].value, file.relative_to(ROOT).as_posix())
    return found


def cited() -> set[str]:
    """Return the keys of all citations in docstrings, for example ``delp1999`` for ``[Delp1999]_``."""
    texts = (file.read_text(encoding="utf-8") for file in PACKAGE.rglob("*.py"))
    return {key.lower() for text in texts for key in re.findall(r"\[([A-Z][A-Za-z0-9]+)\]_", text)}


def _calls(file: Path) -> Iterator[ast.Call]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _name(function: ast.expr) -> str:
    match function:
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            return f"{owner}.{name}"
        case ast.Name(id=name):
            return name
    return ""
