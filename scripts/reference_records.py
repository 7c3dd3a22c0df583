"""The shapes of the stored facts, made from the record classes."""

from __future__ import annotations

import inspect
from typing import Any, Final

from pydantic import TypeAdapter

from gerdy.records import KINDS
from markdown_table import table

RECORDS: Final = """# Records

What the journal keeps, one JSON object a fact, written and read without loss; `kind` stands beside the
fields. Unknown fields are refused. A field that may be `null` means *not recorded* there, never zero. Times
are ISO 8601 with a time zone.
"""
PARTS: Final = "\n# Parts of records\n"


def records() -> str:
    """Return every kind of stored fact, and the parts it is made of, with their fields."""
    schemas = {kind: TypeAdapter(cls).json_schema() for kind, cls in sorted(KINDS.items())}
    parts: dict[str, Any] = {}
    for schema in schemas.values():
        parts |= schema.pop("$defs", {})
    kinds = "".join(_object(kind, schema) for kind, schema in schemas.items())
    return RECORDS + kinds + PARTS + "".join(_part(name, parts[name]) for name in sorted(parts))


def _part(name: str, schema: dict[str, Any]) -> str:
    if "enum" in schema:
        words = ", ".join(f"`{word}`" for word in schema["enum"])
        return f"\n## {name}\n\n{_sentence(schema)}\n\nOne of {words}.\n"
    return _object(name, schema)


def _object(name: str, schema: dict[str, Any]) -> str:
    required = schema.get("required", ())
    rows = [
        (f"`{field}`", _type(about), "yes" if field in required else _otherwise(about))
        for field, about in schema["properties"].items()
    ]
    head = ("field", "type", "required, or what stands otherwise")
    return f"\n## {name}\n\n{_sentence(schema, name)}\n\n{table(head, rows)}"


def _sentence(schema: dict[str, Any], kind: str = "") -> str:
    written = schema.get("description") or inspect.getdoc(KINDS.get(kind)) or ""
    return str(written).partition("\n\n")[0]


def _type(about: dict[str, Any]) -> str:
    if "anyOf" in about:
        return " or ".join(_type(option) for option in about["anyOf"])
    if "$ref" in about:
        return str(about["$ref"]).rpartition("/")[2]
    if "prefixItems" in about:
        return f"[{', '.join(_type(item) for item in about['prefixItems'])}]"
    if about.get("items"):
        return f"list of {_type(about['items'])}"
    return str(about.get("format") or about.get("type") or "any JSON")


def _otherwise(about: dict[str, Any]) -> str:
    given = about.get("default", "")
    if given in ("", [], {}):
        return "empty"
    return "`null`" if given is None else f"`{given}`"
