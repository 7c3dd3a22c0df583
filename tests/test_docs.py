"""The documentation is complete and true where a machine can tell."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest

import reference_pages
from gerdy.cli.main import app  # noqa: F401 - the verbs must be registered before they are listed
from gerdy.evidence import registry
from source_code import PACKAGE, ROOT, cited, first_words

if TYPE_CHECKING:
    from pathlib import Path

DOCS = ROOT / "docs"
WRITTEN = sorted(DOCS.rglob("*.md")) + [ROOT / name for name in ("README.md", "CONTRIBUTING.md")]
VERBS = reference_pages.verbs()


def text(path: Path | str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def reference() -> str:
    """Return the written pages of the reference as one text."""
    return "\n".join(page.read_text(encoding="utf-8") for page in sorted((DOCS / "reference").glob("*.md")))


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_and_every_option_has_a_help_text_and_stands_in_the_reference(verb):
    page = reference_pages.command_line()

    assert f"\n## {verb}\n" in page
    assert VERBS[verb].help, f"{verb} does not say what it does"
    for option in VERBS[verb].params:
        assert all(name in page for name in option.opts)
        assert option.help, f"{verb} {option.opts[0]} has no help"


def test_every_value_of_the_registry_stands_in_the_evidence_table_with_what_it_does_not_say():
    page = reference_pages.evidence()

    for key, entry in registry().entries.items():
        name = key.partition(".")[2]
        row = next(line for line in page.splitlines() if line.startswith(f"| `{name}` | {entry.printed()} |"))
        assert entry.does_not_say in row


def test_every_source_stands_in_the_bibliography():
    page = reference_pages.bibliography()

    assert all(f"\n## {key} {{ #{key} }}\n" in page for key in registry().sources)


def test_every_key_that_the_code_asks_for_is_in_the_registry():
    asked = first_words("evidence.value", "evidence.span", "evidence.entry", "value", "span", "entry")

    assert {key: file for key, file in asked.items() if key not in registry().entries} == {}


def test_every_problem_that_gerdy_reports_is_explained():
    page = reference()
    reported = first_words("Problem")

    assert {code: file for code, file in reported.items() if f"| `{code}` |" not in page} == {}


def test_every_json_document_that_gerdy_prints_is_described():
    page = reference()
    schemas = {
        schema
        for file in PACKAGE.rglob("*.py")
        for schema in re.findall(r'"(gerdy/[a-z-]+/\d+)"', file.read_text(encoding="utf-8"))
    }

    assert schemas
    assert {schema for schema in schemas if f"`{schema}`" not in page} == set()


def test_every_key_of_the_analysis_stands_in_the_nomenclature():
    import gerdy
    from gerdy.pipelines.demo import demo_files

    demo = demo_files()
    document = gerdy.analyze(demo.motion, forces=demo.forces, static=demo.static, subject=demo.subject).to_json()
    # Verdicts and reasons are named in their own pages; sides are not quantities.
    keys = named_keys({part: document[part] for part in ("recording", "subject", "sides", "symmetry", "fit")})
    page = text("docs/nomenclature.md")

    assert {key for key in keys - {"left", "right"} if f"`{measure(key)}`" not in page} == set()


def measure(key: str) -> str:
    """A measure of a stride is named with its instant and unit behind it; the page lists it once."""
    return re.sub(r"_(contact|zone|mid_stance|toe_off|peak|excursion)_(deg|mm|nm_kg)$", "", key)


def named_keys(value: object) -> set[str]:
    if isinstance(value, list):
        return {key for item in value for key in named_keys(item)}
    if not isinstance(value, dict):
        return set()
    inner = (named_keys(item) for key, item in value.items() if key not in {"verdicts", "missing"})
    return set(value).union(*inner)


def test_every_citation_in_a_docstring_is_in_the_bibliography():
    assert cited() - set(registry().sources) == set()


def test_every_hazard_names_a_test_that_exists_or_the_stage_that_brings_it():
    rows = [line for line in text("docs/safety.md").splitlines() if re.match(r"\| H\d+ ", line)]

    assert len(rows) >= 16
    for row in rows:
        proof = row.rstrip(" |").rpartition("|")[2]
        named = re.findall(r"`(tests/[\w/]+\.py)`", proof)
        assert named or "with the" in proof, row
        assert all((ROOT / name).is_file() for name in named), row


def test_every_stored_fact_and_every_refusal_stands_in_the_reference():
    from gerdy import errors
    from gerdy.records import KINDS

    assert all(f"\n## {kind}\n" in reference_pages.records() for kind in KINDS)
    assert all(f"`{name}`" in reference_pages.exceptions() for name in errors.__all__ if name[0].isupper())


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_and_picture_leads_somewhere(page):
    generated = {(DOCS / path).resolve() for path in reference_pages.pages()}
    for target in re.findall(r"\[[^\]]*\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        file = (page.parent / target).resolve()
        assert file.exists() or file in generated, f"{page.name} → {target}"


# "Not", "no" and the lists of words that are not used may name them; a claim may not.
CLAIMS = re.compile(
    r"\b(?:cures?|heals?|guarantees?|decision support|risk scores?|medical device)\b"
    r"|\bgerdy (?:diagnoses|treats|predicts)\b",
    re.IGNORECASE,
)
MAY_NAME = {"docs/intended-use.md", "docs/safety.md", "CONTRIBUTING.md"}
"""Pages that list the words in order to forbid them."""


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_page_claims_more_than_the_intended_use(page):
    if page.relative_to(ROOT).as_posix() not in MAY_NAME:
        assert CLAIMS.findall(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("page", ["README.md", "docs/intended-use.md", "docs/tutorial/runner.md"])
def test_a_runner_reads_first_when_to_see_a_professional(page):
    warning = " ".join(text(page).split())

    assert "see a professional" in warning.lower()
    for sign in ("at rest", "night", "swell", "lock", "numbness", "fever", "fall"):
        assert sign in warning.lower(), sign


def test_the_intended_use_says_what_gerdy_is_not():
    page = " ".join(text("docs/intended-use.md").split())

    assert "does not diagnose, treat, predict injury, or replace an examination" in page
    assert "no regulatory clearance" in page


def commands() -> list[tuple[str, str]]:
    """Return (page, command) for each call of gerdy in a code block of the written pages."""
    return [
        (page.relative_to(ROOT).as_posix(), match[1].partition(">")[0])
        for page in WRITTEN
        for block in re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
        for line in block.replace("\\\n", " ").splitlines()
        if (match := re.match(r"(?:\.venv/bin/)?gerdy (.+)", line.partition("#")[0]))
    ]


@pytest.mark.parametrize(("page", "command"), commands())
def test_every_command_in_the_pages_can_be_typed(page, command):
    verb, *words = shlex.split(command)
    known = VERBS.get(" ".join(["gerdy", verb, *words[:1]])) or VERBS.get(f"gerdy {verb}")

    assert known is not None, f"{page} shows 'gerdy {verb}', which is not a verb"
    options = {name for option in known.params for name in (*option.opts, *option.secondary_opts)} | {"--help"}
    assert {word for word in words if word.startswith("--")} <= options


def test_every_python_example_uses_names_that_exist():
    import gerdy

    for page in WRITTEN:
        for block in re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
            compile(block, page.name, "exec")
            for name in re.findall(r"\bgerdy\.(\w+)", block):
                assert hasattr(gerdy, name), f"{page.name} uses gerdy.{name}"


def test_every_fragment_of_the_changelog_has_a_kind_and_a_list_item():
    for file in (ROOT / "changes").iterdir():
        if file.name != "README.md":
            assert re.fullmatch(r"[a-z0-9-]+\.(added|changed|fixed)\.md", file.name), file.name
            assert file.read_text(encoding="utf-8").startswith("* "), file.name
            assert file.read_text(encoding="utf-8").strip() in reference_pages.changelog()


def test_the_second_command_of_the_readme_is_the_one_that_ci_runs():
    assert "make test " in text("README.md")
    assert re.search(r"^step make test$", text(".ci/run"), re.MULTILINE)
