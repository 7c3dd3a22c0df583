"""The pages of the reference that are made from the code, so that they cannot fall behind it.

Each function returns one page as Markdown; `pages` names them all. `mkdocs_hooks` puts them into the site,
and the tests read them.
"""

from __future__ import annotations

import inspect
import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

import gerdy
from gerdy import errors
from gerdy.cli.main import app
from markdown_table import table
from reference_evidence import bibliography, evidence
from reference_exercises import exercise_page
from reference_records import records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT: Final = Path(__file__).resolve().parents[1]
NOT_API: Final = frozenset({"__main__", "cli"})
"""Modules that people use through the command line and not through an import."""

COMMAND_LINE: Final = """# Command line

Exit codes: 0 done, 1 refused or failed, 2 usage. Results go to standard output, errors and progress to
standard error. This page is what `gerdy VERB --help` prints.
"""

ERRORS: Final = """# Errors

A refusal is one message on standard error (what was seen, what was expected, what to do) and exit code 1.
Nothing is left half-written. In Python each of them is a `gerdy.errors.GerdyError`.
"""

PYTHON: Final = """# Python

What this page lists is public; everything else may change without notice.
"""


def pages() -> dict[str, Callable[[], str]]:
    """Return path in the site → the function that makes the page."""
    return {
        "reference/command-line.md": command_line,
        "reference/evidence.md": evidence,
        "reference/exercises.md": exercise_page,
        "reference/records.md": records,
        "reference/errors.md": exceptions,
        "reference/python.md": python_api,
        "bibliography.md": bibliography,
        "changelog.md": changelog,
    }


def command_line() -> str:
    """Return every verb with its own help text."""
    return COMMAND_LINE + "".join(
        f"\n## {name}\n\n```text\n{_help(name, command)}\n```\n" for name, command in verbs().items()
    )


def verbs() -> dict[str, Any]:
    """Return name → command of everything that can be typed, ``gerdy`` itself first, groups flattened."""
    root = typer.main.get_command(app)
    return {"gerdy": root} | dict(_below("gerdy", root))


def exceptions() -> str:
    """Return everything that gerdy refuses, as a tree and one by one."""
    tree = (errors.__doc__ or "").partition("::\n")[2].partition("\n\nA message")[0]
    classes = [name for name in sorted(errors.__all__) if isinstance(getattr(errors, name), type)]
    rows = [(f"`{name}`", inspect.getdoc(getattr(errors, name)) or "") for name in classes]
    return f"{ERRORS}\n```text\n{inspect.cleandoc(tree)}\n```\n\n{table(('error', 'when'), rows)}"


def python_api() -> str:
    """Return a page that lists the public names, with their docstrings."""
    modules = ["gerdy", *(f"gerdy.{name}" for name in public_modules())]
    return PYTHON + "".join(f"\n## {module}\n\n::: {module}\n" for module in modules)


def public_modules() -> list[str]:
    """Return the first-level modules and packages of gerdy that are meant to be imported."""
    found = (module.name for module in pkgutil.iter_modules(gerdy.__path__))
    return sorted(name for name in found if name not in NOT_API and not name.startswith("_"))


def changelog() -> str:
    """Return the released changes, and on top those that wait for a release."""
    intro, mark, released = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").partition("\n## ")
    waiting = "".join(_fragments(kind) for kind in ("added", "changed", "fixed"))
    return f"{intro}\n## Not yet released\n\n{waiting}{mark}{released}"


def _below(prefix: str, command: Any) -> Iterator[tuple[str, Any]]:
    for name, child in sorted(getattr(command, "commands", {}).items()):
        yield f"{prefix} {name}", child
        yield from _below(f"{prefix} {name}", child)


def _help(name: str, command: Any) -> str:
    context = command.make_context(name, [], resilient_parsing=True, max_content_width=100, terminal_width=100)
    return "\n".join(line.rstrip() for line in command.get_help(context).strip().splitlines())


def _fragments(kind: str) -> str:
    texts = [file.read_text(encoding="utf-8").strip() for file in sorted(ROOT.glob(f"changes/*.{kind}.md"))]
    return f"### {kind.capitalize()}\n\n" + "\n".join(texts) + "\n\n" if texts else ""
