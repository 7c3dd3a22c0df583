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
from pydantic import TypeAdapter

import gerdy
from gerdy import errors
from gerdy.cli.main import app
from gerdy.evidence import Entry, registry
from gerdy.records import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import click

ROOT: Final = Path(__file__).resolve().parents[1]
NOT_API: Final = frozenset({"__main__", "cli"})
"""Modules that people use through the command line and not through an import."""


def pages() -> dict[str, Callable[[], str]]:
    """Return path in the site → the function that makes the page."""
    return {
        "reference/command-line.md": command_line,
        "reference/evidence.md": evidence,
        "reference/records.md": records,
        "reference/errors.md": exceptions,
        "reference/python.md": python_api,
        "bibliography.md": bibliography,
        "changelog.md": changelog,
    }


def command_line() -> str:
    """Every verb with its own help text."""
    intro = (
        "# Command line\n\n"
        "Exit codes: 0 done, 1 refused or failed, 2 usage. Results go to standard output, errors and progress "
        "to standard error. This page is what `gerdy VERB --help` prints.\n"
    )
    return intro + "".join(
        f"\n## {name}\n\n```text\n{_help(command)}\n```\n" for name, command in sorted(verbs().items())
    )


def verbs() -> dict[str, click.Command]:
    """Return name → command of everything that can be typed after ``gerdy``, groups flattened."""
    root = typer.main.get_command(app)
    return {"gerdy": root} | dict(_below("gerdy", root))


def _below(prefix: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    for name, child in sorted(getattr(command, "commands", {}).items()):
        yield f"{prefix} {name}", child
        yield from _below(f"{prefix} {name}", child)


def _help(command: click.Command) -> str:
    context = command.make_context(
        command.name or "gerdy", [], resilient_parsing=True, max_content_width=100, terminal_width=100
    )
    lines = (line.rstrip() for line in command.get_help(context).splitlines())
    return "\n".join(lines).strip()


def evidence() -> str:
    """Every number with what it says and what it does not."""
    book = registry()
    by_set: dict[str, list[Entry]] = {}
    for entry in book.entries.values():
        by_set.setdefault(entry.key.split(".")[0], []).append(entry)
    head = (
        "# Evidence\n\n"
        f"The {len(book.entries)} values that gerdy computes and compares with. How to read grade, directness and "
        "certainty: [Evidence and certainty](../concepts/evidence.md). On the command line: `gerdy evidence KEY`.\n"
    )
    return head + "".join(_evidence_set(name, entries) for name, entries in sorted(by_set.items()))


def _evidence_set(name: str, entries: list[Entry]) -> str:
    cited = {entry.source for entry in entries}
    links = ", ".join(f"[{source}](../bibliography.md#{source})" for source in sorted(cited))
    rows = "".join(
        f"| `{entry.key.partition('.')[2]}` | {_cell(entry.printed())} | {_cell(_about(entry))} "
        f"| {entry.grade}, {entry.directness}, {_certainty(entry)} | {_cell(entry.does_not_say)} |\n"
        for entry in entries
    )
    return (
        f"\n## {name}\n\nSource: {links}.\n\n"
        "| key | value | of whom, where | how sure | does not say |\n| --- | --- | --- | --- | --- |\n" + rows
    )


def _about(entry: Entry) -> str:
    if entry.is_house_choice:
        return f"House choice: {entry.reason}"
    speed = f"{entry.speed_m_s:g} m/s" if entry.speed_m_s is not None else ""
    return "; ".join(filter(None, (entry.population, entry.design, speed, entry.where)))


def _certainty(entry: Entry) -> str:
    return "as reported by others" if entry.certainty == "secondary" else entry.certainty


def records() -> str:
    """Every stored fact with its fields."""
    head = (
        "# Records\n\n"
        "What the journal keeps, one JSON object a fact, written and read without loss. Unknown fields are "
        "refused. A field that may be `null` means *not recorded* there, never zero. Times are ISO 8601 with a "
        "time zone.\n"
    )
    return head + "".join(_kind(name) for name in sorted(KINDS))


def _kind(name: str) -> str:
    schema = TypeAdapter(KINDS[name]).json_schema()
    required = set(schema.get("required", ()))
    doc = (inspect.getdoc(KINDS[name]) or "").split("\n\n")[0]
    rows = "".join(
        f"| `{field}` | {_cell(_type(about))} | {'yes' if field in required else _default(about)} |\n"
        for field, about in schema["properties"].items()
    )
    return (
        f"\n## {name}\n\n{doc}\n\n| field | type | required, or what stands otherwise |\n| --- | --- | --- |\n" + rows
    )


def _type(about: dict[str, Any]) -> str:
    match about:
        case {"anyOf": options}:
            return " or ".join(_type(option) for option in options)
        case {"$ref": str(reference)}:
            return reference.rpartition("/")[2]
        case {"type": "array", "items": {**items}}:
            return f"list of {_type(items)}"
        case {"type": "array", "prefixItems": [*items]}:
            return f"[{', '.join(_type(item) for item in items)}]"
        case {"format": str(form)}:
            return form
        case {"type": str(kind)}:
            return kind
    return "any JSON"


def _default(about: dict[str, Any]) -> str:
    given = about.get("default")
    return {None: "`null`", "": "empty"}.get(given, f"`{given}`") if not isinstance(given, list | dict) else "empty"


def exceptions() -> str:
    """Everything that gerdy refuses, as a tree and one by one."""
    tree = (errors.__doc__ or "").split("::", 1)[1].split("\n\nA message")[0]
    rows = "".join(
        f"| `{name}` | {_cell(inspect.getdoc(getattr(errors, name)) or '')} |\n"
        for name in sorted(errors.__all__)
        if isinstance(getattr(errors, name), type)
    )
    return (
        "# Errors\n\n"
        "A refusal is one message on standard error: what was seen, what was expected, what to do; and exit code 1. "
        "Nothing is left half-written. In Python every one of them is a `gerdy.errors.GerdyError`.\n\n"
        f"```text\n{inspect.cleandoc(tree)}\n```\n\n| error | when |\n| --- | --- |\n{rows}"
    )


def python_api() -> str:
    """The public names, from their docstrings."""
    modules = ["gerdy", *(f"gerdy.{name}" for name in public_modules())]
    return (
        "# Python\n\nWhat this page lists is public; everything else may change without notice.\n\n"
        + "\n\n".join(f"## {module}\n\n::: {module}" for module in modules)
        + "\n"
    )


def public_modules() -> list[str]:
    """Return the first-level modules and packages of gerdy that are meant to be imported."""
    found = (module.name for module in pkgutil.iter_modules(gerdy.__path__))
    return sorted(name for name in found if name not in NOT_API and not name.startswith("_"))


def bibliography() -> str:
    """Every source with what it is good for and which values come from it."""
    book = registry()
    used: dict[str, list[str]] = {key: [] for key in book.sources}
    for entry in book.entries.values():
        used[entry.source].append(entry.key)
    blocks = []
    for key, source in sorted(book.sources.items()):
        count = len(used[key])
        values = f" {count} value{'s' * (count != 1)} in the [evidence table](reference/evidence.md)." if count else ""
        blocks.append(f"## {key} {{ #{key} }}\n\n{source.citation()}\n\n{source.note}{values}\n")
    return (
        "# Bibliography\n\n"
        "Almost all sources were read as abstract or table, not from end to end; the evidence table says which "
        "part.\n\n" + "\n".join(blocks)
    )


def changelog() -> str:
    """The released changes, and on top those that wait for a release."""
    released = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    title, _, rest = released.partition("\n")
    waiting = "".join(_fragments(kind) for kind in ("added", "changed", "fixed"))
    return f"{title}\n\n## Not yet released\n\n{waiting}{rest}"


def _fragments(kind: str) -> str:
    texts = [file.read_text(encoding="utf-8").strip() for file in sorted(ROOT.glob(f"changes/*.{kind}.md"))]
    return f"### {kind.capitalize()}\n\n" + "\n\n".join(texts) + "\n\n" if texts else ""


def _cell(text: str) -> str:
    """Return text that stays within one cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|")
