"""What happens while the documentation is built: generated pages, the table of contents, links to sources."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mkdocs.structure.files import File

import reference_pages

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

SECTIONS: Final = {
    "Tutorial": "tutorial",
    "How to": "how-to",
    "Concepts": "concepts",
    "Reference": "reference",
    "Validation": "validation",
    "Design": "design",
}
"""Heading in the table of contents → folder, in this order; a new page appears under the heading of its folder."""

ORDER: Final = {
    "tutorial": ("runner", "coach", "researcher"),
    "concepts": ("pipeline", "words-and-signs", "evidence"),
    "reference": ("command-line", "json", "files", "problems", "records", "errors", "evidence", "python"),
    "design": ("index",),
}
"""Pages that come first, in this order; the others follow by name."""

SINGLE: Final = ("nomenclature.md", "intended-use.md", "safety.md", "bibliography.md", "changelog.md")

CITED: Final = re.compile(r"\[([A-Z][A-Za-z0-9]+)\]_")
"""A citation in a docstring, for example ``[Delp1999]_``."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Make the table of contents from what is there."""
    written = {file.relative_to(config.docs_dir).as_posix() for file in Path(config.docs_dir).rglob("*.md")}
    every = written | set(reference_pages.pages())
    new = {page.partition("/")[0] for page in every if "/" in page} - set(SECTIONS.values())
    headings = SECTIONS | {folder.capitalize(): folder for folder in sorted(new)}
    sections: list[Any] = [{heading: _inside(folder, every)} for heading, folder in headings.items()]
    config.nav = [{"Home": "index.md"}, *(item for item in sections if all(item.values())), *SINGLE]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made from the code."""
    for path, make in reference_pages.pages().items():
        files.append(File.generated(config, path, content=make()))
    return files


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Turn each citation of a docstring into a link to the bibliography."""
    _ = config, files
    up = "../" * page.url.count("/")
    return CITED.sub(lambda m: f'<a href="{up}bibliography.html#{m[1].lower()}">[{m[1]}]</a>', html)


def _inside(folder: str, pages: set[str]) -> list[str]:
    first = [f"{folder}/{name}.md" for name in ORDER.get(folder, ())]
    mine = {page for page in pages if page.startswith(f"{folder}/")}
    return [page for page in first if page in mine] + sorted(mine - set(first))
