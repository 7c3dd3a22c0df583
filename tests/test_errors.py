"""The tree of refusals is the one that is drawn."""

from __future__ import annotations

import re

import pytest

from gerdy import errors
from gerdy.errors import GerdyError, MissingExtra, UnknownKey, nearest


def drawn_tree() -> dict[str, str]:
    """Read child → parent from the tree in the docstring; depth is where the name begins."""
    parents: dict[str, str] = {}
    path: list[tuple[int, str]] = []
    for line in errors.__doc__.split("::\n")[1].split("\n\nA message")[0].splitlines():
        if (name := re.search(r"[A-Z]\w+", line)) is None:
            continue
        while path and path[-1][0] >= name.start():
            path.pop()
        if path:
            parents[name[0]] = path[-1][1]
        path.append((name.start(), name[0]))
    return parents


def coded_tree() -> dict[str, str]:
    def below(cls):
        for child in cls.__subclasses__():
            if child.__module__ == errors.__name__:
                yield child.__name__, cls.__name__
                yield from below(child)

    return dict(below(GerdyError))


def test_the_tree_in_the_docstring_is_the_tree_in_the_code():
    assert drawn_tree() == coded_tree()


def test_every_refusal_is_public_and_says_in_one_sentence_when_it_is_raised():
    for name in (*coded_tree(), "GerdyError"):
        assert name in errors.__all__
        assert getattr(errors, name).__doc__.startswith("Raised when") or name == "UnknownKey", name
        assert getattr(errors, name).__doc__.rstrip().endswith("."), name


def test_whoever_catches_the_root_catches_every_refusal():
    assert all(issubclass(getattr(errors, name), GerdyError) for name in coded_tree())


def test_an_unknown_key_says_what_was_asked_what_is_near_and_what_to_do():
    refusal = UnknownKey("hip_aduction", ["hip_adduction", "knee_angle"])

    assert refusal.near == ("hip_adduction",)
    assert "no key 'hip_aduction'. Nearest: hip_adduction. Run 'gerdy evidence'" in str(refusal)


def test_a_missing_library_says_which_extra_to_install():
    assert "pip install 'gerdy[mocap]'" in str(MissingExtra("ezc3d", "mocap", "Reading C3D files"))


@pytest.mark.parametrize(("asked", "best"), [("rbs", "rbds"), ("rajagopl", "rajagopal")])
def test_near_names_come_best_first(asked, best):
    assert nearest(asked, ["rbds", "rajagopal", "helen_hayes"])[0] == best


def test_nothing_near_is_an_empty_list_and_not_a_guess():
    assert nearest("xyz", ["rbds"]) == ()
