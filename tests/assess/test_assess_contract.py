"""Coverage contract: every rule, test, red flag, contributor and edge has code, source, words, docs and a case."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from assess.cases import NAMES, NOW, case, case_records, judged, merge, sheet
from gerdy.assess.catalogue import contributors, extras, home_set, patterns, questions, red_flags, rules
from gerdy.assess.catalogue import tests as cards
from gerdy.assess.catalogue.cards import RuleCard
from gerdy.assess.catalogue.load import make_card
from gerdy.assess.drawing import drawing_of
from gerdy.assess.judge import judge
from gerdy.chain.graph import graph, parse_graph
from gerdy.errors import CatalogueInvalid
from gerdy.evidence import registry

ROOT = Path(__file__).parents[2]
REQUIRED = {f"R-{number:03d}" for number in (*range(1, 23), 25)}
DOCS = ("assess-rules.md", "assess-tests.md", "assess-safety.md", "chain-links.md")


def code_strings():
    texts = set()
    for folder in ("assess", "chain"):
        for path in (ROOT / "src" / "gerdy" / folder).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            texts |= {
                node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
    return texts


def decided():
    found = {}
    for name in NAMES:
        if "problems" in case(name)["expect"]:
            continue
        now, _ = case_records(name)
        answer = judge(now, today=NOW.date(), motion=case(name).get("motion"))
        for decision in (*answer.decisions.values(), *(item.decision for item in answer.findings)):
            found.setdefault(decision.rule, set()).add(decision.outcome)
    return found


def pages():
    return "\n".join((ROOT / "docs" / "reference" / name).read_text(encoding="utf-8") for name in DOCS)


def test_every_rule_of_the_assessment_section_is_there():
    """R-001 to R-022 and R-025; a new rule needs its card first."""
    assert set(rules()) >= REQUIRED


@pytest.mark.parametrize("key", sorted(rules()))
def test_a_rule_has_code_docs_source_explanation_and_a_case(key):
    """Code that names it, a page that explains it, known sources, and a written case that reaches it."""
    card = rules()[key]

    assert key in code_strings()
    assert f"## {key}" in pages()
    assert card.explanation.endswith(".")
    assert card.sources
    assert all(source in registry().entries for source in (*card.sources, *card.thresholds))


def test_every_rule_is_reached_by_a_written_case():
    """Rules of comparison and of the next test speak elsewhere and are listed with the reason."""
    elsewhere = {
        "R-013": "speaks when two assessments are compared: case 83",
        "next-test": "speaks in gerdy why: tests/chain",
    }

    assert set(rules()) - set(decided()) == set(elsewhere)


def test_every_numeric_threshold_that_the_code_reads_belongs_to_a_rule():
    """A number that opens or closes something is listed under a rule, or stands here with its reason."""
    read = {text for text in code_strings() if text in registry().entries}
    listed = {key for card in rules().values() for key in card.thresholds}
    reasons = {
        "house_assess.human_ranges": "limits of the sheet; case 90 and the sheet tests",
        "house_assess.running_hip_flexion": "a range of postures for the strength reserve; reserve tests",
        "house_contributors.weight": "orders, opens nothing; case 46 has the scores",
        "house_contributors.modifiability": "orders, opens nothing",
        "house_chain.contradicted": "weighs the walk, opens nothing",
        "house_chain.finding_chance": "weighs the walk, opens nothing",
        "house_chain.large_chance": "weighs the walk, opens nothing",
        "house_drawing.segments": "lengths of a drawing",
        "house_articles.speed": "speed at which the articles are checked, opens nothing",
        "house_articles.contact_hip_flexion": "pose at which the articles are checked, opens nothing",
        "house_validation.small_tilt": "size of a probe, opens nothing",
        "house_validation.small_turn": "size of a probe, opens nothing",
    }

    assert read - listed == {key for key in reasons if key in read}


@pytest.mark.parametrize("key", sorted(cards()))
def test_a_test_has_its_words_a_drawing_docs_and_sources(key):
    """How, who, what it shows and does not show, a stop rule, an own drawing, and known sources."""
    card = cards()[key]

    assert all((card.how.strip(), card.who, card.shows, card.not_shown, card.stop, card.not_when, card.before))
    assert set(card.who) <= {"home", "partner", "clinic"}
    assert all(source in registry().entries for source in (*card.sources, *card.norms))
    assert all(item in registry().entries for kind, item in card.error.items() if kind != "none")
    assert set(card.extra) <= set(extras())
    assert drawing_of(card).startswith("<svg")
    assert f"`{key}`" in pages()


def test_every_number_test_has_a_range_or_points():
    """A value outside human range can only be refused where the range is known."""
    ranges = registry().entries["house_assess.human_ranges"].value
    numbers = [card.key for card in cards().values() if not (card.parts or card.choices or card.text)]
    asked = [card.key for card in (*questions().values(), *red_flags().values()) if card.unit]

    assert [key for key in (*numbers, *asked) if key not in ranges] == []
    assert [key for key in ranges if key not in (*numbers, *asked, *extras())] == []


@pytest.mark.parametrize("key", [key for key, card in red_flags().items() if card.level != "note"])
def test_a_red_flag_locks_or_asks_for_a_clinician_and_prints_why(key):
    """Each flag by itself raises the level that its card states, and its words stand in the referral."""
    card = red_flags()[key]
    table = merge(sheet(), {"about": {"age_years": 60}, "safety": {key: 15 if card.unit else True}})
    answer = judged(table)

    assert answer.safety.locked == (card.level != "no_response")
    assert key in answer.safety.flags
    assert card.text in answer.safety.referral() or key in {"swelling_difference_cm", "leg_swelling"}
    assert f"`{key}`" in pages()
    if answer.safety.locked:
        assert (answer.findings, answer.standings, answer.reserves) == ((), (), ())


def test_every_pattern_of_other_pain_has_known_signs():
    """A sign is a question of the sheet or a red flag."""
    for pattern in patterns().values():
        for sign in pattern.signs:
            kind, _, flag = sign.partition(":")
            assert (flag in red_flags()) if kind == "flag" else (sign in questions()), sign
        assert pattern.place in questions()["pain_place"].choices


def test_every_pattern_of_other_pain_is_named_when_its_place_and_signs_are_there():
    """Place and all signs of a pattern bring its name up."""
    for pattern in patterns().values():
        signs = {sign: True for sign in pattern.signs if not sign.startswith("flag:")}
        flags = {sign[5:]: True for sign in pattern.signs if sign.startswith("flag:")}
        table = merge(sheet(), {"pain": {"pain_place": pattern.place}, "signs": signs, "safety": flags})
        assert pattern.key in judged(table).decisions["differential"].inputs_seen["fits"]


def test_every_family_of_a_contributor_is_seen_by_some_test():
    """A family without a test could never be known."""
    table = merge(sheet(), {"tests": {"y_balance_anterior": {"unit": "cm", "left": 60, "right": 60}}})
    seen = {(item.contributor, item.family) for item in judged(table).findings}
    wanted = {(card.key, family) for card in contributors().values() for family in card.families}

    assert wanted <= seen
    assert {f"{key}/{family}" for key, family in wanted} >= {
        family for node in graph().nodes.values() for family in node.families
    }


def test_the_home_set_names_known_tests():
    """Every slot can be filled at home or by its alternatives."""
    for slot in home_set().values():
        assert all(test in cards() for test in slot)
        assert any("home" in cards()[test].who for test in slot)


@pytest.mark.parametrize("edge", graph().edges, ids=lambda edge: edge.key)
def test_an_edge_has_mechanism_source_grade_and_docs(edge):
    """Each arrow of the chain can be traced; an arrow of the articles that studies contradict says so."""
    assert edge.sources
    assert all(key in registry().entries for key in (*edge.sources, *edge.against))
    assert edge.mechanism.endswith(".")
    assert edge.grade in "ABCE"
    assert f"`{edge.key}`" in pages()


def test_unknown_keys_in_a_catalogue_are_refused_with_the_nearest_legal_one():
    """A typing error in a catalogue is a red build, never a silent default."""
    with pytest.raises(CatalogueInvalid, match="unknown field 'titel'; did you mean title"):
        make_card(RuleCard, "R-999", {"titel": "x"}, "rules")
    with pytest.raises(CatalogueInvalid, match="every field must be given"):
        make_card(RuleCard, "R-999", {"title": "x"}, "rules")
    with pytest.raises(CatalogueInvalid, match="names a node 'b' that is not there"):
        parse_graph(
            '[nodes.a]\nname="a"\nplain="A."\nplace=[0,0]\nfamilies=[]\nmeasures=[]\n'
            '[[edges]]\nfrom="a"\nto="b"\nsign="+"\nmechanism="M."\narticle=""\ngrade="C"\n'
            'directness="direct"\nlabel="geometry"\nsources=[]\nagainst=[]\n'
        )
