"""What must not stand in the tree: paths of one machine, addresses of a package index, network code.

``python scripts/check_tree.py`` prints each finding and leaves with 1 if there is one.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[1]

PATTERNS: Final = {
    "a path of one machine": re.compile(r"(?<![\w.~>-])/(?:work|root|tmp|home|Users|opt)/[A-Za-z._-]+"),
    "an address of a package index": re.compile(
        r"https?://[\w.-]*(?:pypi\.|pythonhosted|anaconda)|--(?:extra-)?index-url|--find-[l]inks"
    ),
    "unfinished work": re.compile(r"\b(?:TO[D]O|FIX[M]E|X[X]X)\b|Not[I]mplementedError"),
}
"""What a line of a tracked text file must not hold, by its name in the finding; written so as not to find itself."""

NETWORK: Final = frozenset(
    {
        "aiohttp",
        "asyncio.streams",
        "ftplib",
        "http.client",
        "http.server",
        "httpx",
        "imaplib",
        "pooch",
        "requests",
        "smtplib",
        "socket",
        "socketserver",
        "ssl",
        "telnetlib",
        "urllib.request",
        "urllib3",
        "websockets",
        "xmlrpc",
    }
)
"""Modules that open a connection; gerdy itself imports none of them."""


def findings(root: Path) -> Iterator[str]:
    """Yield one line per finding, ``file:line: what``."""
    for name in _tracked(root):
        text = _text(root / name)
        if text is None:
            continue
        yield from _forbidden_lines(name, text)
        if name.startswith("src/") and name.endswith(".py"):
            yield from _network_imports(name, text)


def _forbidden_lines(name: str, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), 1):
        for what, pattern in PATTERNS.items():
            if pattern.search(line):
                yield f"{name}:{number}: {what}: {line.strip()[:80]}"


def _network_imports(name: str, text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        for module in _imported(node):
            if any(module == banned or module.startswith(f"{banned}.") for banned in NETWORK):
                yield f"{name}:{getattr(node, 'lineno', 0)}: network code: import of {module}"


def _imported(node: ast.AST) -> tuple[str, ...]:
    match node:
        case ast.Import(names=names):
            return tuple(alias.name for alias in names)
        case ast.ImportFrom(module=str(module), names=names):
            return (module, *(f"{module}.{alias.name}" for alias in names))
        case _:
            return ()


def _tracked(root: Path) -> list[str]:
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in listing.stdout.split("\0") if name]


def _text(file: Path) -> str | None:
    """Return the text of a file; None for binary data, links and files that are gone."""
    if file.is_symlink() or not file.is_file():
        return None
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def main() -> int:
    """Print the findings."""
    found = list(findings(ROOT))
    print("\n".join(found) or "tree: no machine path, no index address, no network code")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
