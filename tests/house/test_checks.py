"""The checks of the house notice what they are there for."""

from __future__ import annotations

import subprocess

import pytest

import check_site
import check_tree
import tidy_sources


@pytest.fixture
def tree(tmp_path):
    """Give an empty checkout that a test can put files into."""
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)

    def findings(name, content):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(check_tree.findings(tmp_path))

    return findings


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("see /" + "home/anna/run.c3d", "a path of one machine"),
        ("root = '/" + "work/data'", "a path of one machine"),
        ("https://" + "pypi.org/simple", "an address of a package index"),
        ("--extra-" + "index-url x", "an address of a package index"),
        ("# TO" + "DO later", "unfinished work"),
    ],
)
def test_what_must_not_stand_in_the_tree_is_found_with_file_and_line(tree, line, what):
    assert tree("docs/a.md", f"fine\n{line}\n") == [f"docs/a.md:2: {what}: {line}"]


@pytest.mark.parametrize(
    "line", ["see docs/home/plan.md", "PYTHON=/path/to/python3", "https://doi.org/10.1", "~/home/x"]
)
def test_harmless_lines_pass(tree, line):
    assert tree("docs/a.md", line) == []


@pytest.mark.parametrize(
    "line",
    [
        "import socket",
        "import urllib.request",
        "from urllib import request",
        "from http.client import HTTPConnection",
        "def f():\n    import requests",
    ],
)
def test_network_code_in_the_package_is_found_wherever_it_hides(tree, line):
    found = tree("src/gerdy/a.py", line)

    assert len(found) >= 1
    assert all("network code" in finding for finding in found)


@pytest.mark.parametrize("line", ["import urllib.parse", "from urllib.parse import quote", "import http"])
def test_modules_beside_the_network_ones_pass(tree, line):
    assert tree("src/gerdy/a.py", line) == []


def test_binary_files_are_passed_over(tree):
    assert tree("data.npz", b"\xff\xfe/home/anna\x00") == []


@pytest.mark.parametrize(
    "tag",
    [
        '<script src="https://cdn.example/x.js">',
        "<img src=//a.example/x.png>",
        '<link rel="stylesheet" href="https://fonts.example/css">',
        '<link href="https://a.example" rel="preconnect">',
    ],
)
def test_a_page_that_loads_something_from_elsewhere_is_found(tmp_path, tag):
    (tmp_path / "index.html").write_text(f"<html>{tag}</html>", encoding="utf-8")

    assert len(list(check_site.findings(tmp_path))) == 1
    assert check_site.main(str(tmp_path)) == 1


def test_a_page_that_only_links_elsewhere_passes(tmp_path):
    page = '<a href="https://doi.org/10.1">x</a><script src="js/a.js"></script><link rel="stylesheet" href="a.css">'
    (tmp_path / "index.html").write_text(page, encoding="utf-8")

    assert list(check_site.findings(tmp_path)) == []


def test_an_empty_site_is_not_a_good_site(tmp_path):
    assert check_site.main(str(tmp_path)) == 1


def test_two_copies_of_a_source_become_one_with_the_fields_of_both_and_what_differs_is_told():
    text = (
        "@misc{b1,\n  year = {2},\n}\n\n@misc{a1,\n  title = {T},\n}\n\n@misc{b1,\n  title = {U},\n  year = {3},\n}\n"
    )
    ordered, differences = tidy_sources.tidy(text)

    assert ordered == "@misc{a1,\n  title = {T},\n}\n\n@misc{b1,\n  year = {2},\n  title = {U},\n}\n"
    assert differences == ["b1.year: kept '2', dropped '3'"]
    assert tidy_sources.tidy(ordered) == (ordered, [])
