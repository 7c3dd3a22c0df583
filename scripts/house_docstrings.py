"""House docstrings for mkdocstrings.

Types stand in the signature, so our *Parameters* and *Raises* read ``name : what it is``. The numpy parser would take
those words for a type. Here they become descriptions; the type of what is returned comes from the signature too.
"""

from __future__ import annotations

import re
import textwrap
from typing import Any, Final

import griffe

DESCRIBED: Final = {"Parameters", "Raises"}
HEADING: Final = re.compile(r"^(\w[\w ]*)\n-{3,}\n", re.MULTILINE)
ITEM: Final = re.compile(r"^(\S[^:\n]*?) : (.+(?:\n[ ]+\S.*)*)$", re.MULTILINE)


class HouseDocstrings(griffe.Extension):
    """Rewrite each docstring before it is parsed."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Rewrite the docstring of one module, class, function or attribute."""
        if obj.docstring is not None:
            obj.docstring.value = rewritten(obj.docstring.value)


def rewritten(text: str) -> str:
    """Return a docstring that the numpy parser reads as we mean it."""
    before, *parts = HEADING.split(text)
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return before + "".join(_section(heading, body) for heading, body in pairs)


def _section(heading: str, body: str) -> str:
    if heading in DESCRIBED:
        body = ITEM.sub(_described, body)
    elif heading == "Returns":
        body = ":\n" + textwrap.indent(body.strip(), "    ") + "\n\n"
    return f"{heading}\n{'-' * len(heading)}\n{body}"


def _described(item: re.Match[str]) -> str:
    words = " ".join(item[2].split())
    return f"{item[1]}\n    {words}"
