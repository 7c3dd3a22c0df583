"""The built documentation must work without a network: no page may load anything from elsewhere.

``python scripts/check_site.py site`` prints each finding and leaves with 1 if there is one.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LOADED: Final = re.compile(
    r"""<(?:script|img|iframe|source|video)\b[^>]*\bsrc=["']?(?:https?:)?//[^"'> ]+"""
    r"""|<link\b(?=[^>]*\brel=["']?(?:stylesheet|preload|preconnect|icon|dns-prefetch))"""
    r"""[^>]*\bhref=["']?(?:https?:)?//[^"'> ]+""",
    re.IGNORECASE,
)
"""A tag that makes the browser fetch something from another host; plain links to read are fine."""


def findings(site: Path) -> Iterator[str]:
    """Yield one line per outside asset, ``page: tag``."""
    for page in sorted(site.rglob("*.html")):
        for tag in LOADED.findall(page.read_text(encoding="utf-8")):
            yield f"{page.relative_to(site)}: {tag}"


def main(folder: str) -> int:
    """Print the findings."""
    site = Path(folder)
    pages = len(list(site.rglob("*.html")))
    if not pages:
        print(f"{folder} holds no page; build it first with: make docs")
        return 1
    found = list(findings(site))
    print("\n".join(found) or f"{folder}: {pages} pages, none loads anything from elsewhere")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "site"))
