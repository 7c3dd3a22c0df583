"""Reading the catalogues; an unknown field is refused with the nearest legal one."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

from gerdy.assess.catalogue.cards import Contributor, Extra, Pattern, Question, RedFlag, RuleCard, TestCard
from gerdy.errors import CatalogueInvalid, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

Card = TypeVar("Card", TestCard, Question, Extra, RedFlag, Pattern, Contributor, RuleCard)


@cache
def tests() -> Mapping[str, TestCard]:
    """Return every test by key."""
    return _read("tests", TestCard)


@cache
def questions() -> Mapping[str, Question]:
    """Return every question beside the tests by key."""
    return _read("questions", Question)


@cache
def extras() -> Mapping[str, Extra]:
    """Return what else may be known about a test, by key."""
    return _read("extras", Extra)


@cache
def home_set() -> Mapping[str, tuple[str, ...]]:
    """Return the slots of the home set, each with the tests that fill it."""
    slots = tomllib.loads(_text("home_set"))["slots"]
    return {name: tuple(filling) for name, filling in slots.items()}


@cache
def red_flags() -> Mapping[str, RedFlag]:
    """Return every question of the safety screen by key."""
    return _read("red_flags", RedFlag)


@cache
def patterns() -> Mapping[str, Pattern]:
    """Return every pattern of pain on the outer side by key."""
    return _read("differential", Pattern)


@cache
def contributors() -> Mapping[str, Contributor]:
    """Return every contributor by key."""
    return _read("contributors", Contributor)


@cache
def rules() -> Mapping[str, RuleCard]:
    """Return every rule by key."""
    return _read("rules", RuleCard)


def _read(name: str, card: type[Card]) -> dict[str, Card]:
    return {key: make_card(card, key, table, name) for key, table in tomllib.loads(_text(name)).items()}


def _text(name: str) -> str:
    return files("gerdy.assess.catalogue").joinpath(f"{name}.toml").read_text(encoding="utf-8")


def make_card(card: type[Card], key: str, table: dict[str, Any], where: str) -> Card:
    """Build one row.

    Raises
    ------
    CatalogueInvalid : an unknown or missing field
    """
    row = {field: _frozen(item) for field, item in table.items()}
    legal = {item.name for item in fields(card)} - {"key"}
    for field in row:
        if field not in legal:
            near = ", ".join(nearest(field, legal))
            raise CatalogueInvalid(f"{where}.toml [{key}]: unknown field '{field}'; did you mean {near}?")
    try:
        return card(key=key, **row)
    except TypeError as error:
        raise CatalogueInvalid(f"{where}.toml [{key}]: {error}; every field must be given.") from error


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return value
