"""The rules as an outline: everything is in it once, with its citation, and a search finds it."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from ferpa_wizard.core.model import Condition, Pack
from ferpa_wizard.core.profile import NO_PROFILE
from ferpa_wizard.core.rule_phrases import cites
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.rule_book import Book, Node, rule_book
from ferpa_wizard.requests.tree import save_tree
from tests import real
from tests.requests.outlines import said


@cache
def book() -> Book:
    return rule_book(real.pack())


def nodes() -> dict[str, Node]:
    return {node.id: node for node in book().all()}


def whole(conditions: tuple[Condition, ...]) -> list[Condition]:
    return [inner for one in conditions for inner in (one, *whole(one.members))]


def test_every_entry_has_a_name_of_its_own_and_something_to_read() -> None:
    counted = Counter(node.id for node in book().all())
    assert [name for name, number in counted.items() if number > 1] == []
    assert [node.id for node in book().all() if not node.title or not node.lines] == []


def test_every_rule_of_the_pack_is_there_with_its_citation() -> None:
    pack, held = real.pack(), nodes()
    for kind, rules in (("way", pack.bases), ("barrier", pack.barriers), ("route", pack.routes)):
        for rule in rules:
            assert held[f"{kind}/{rule.id}"].cite == cites(rule.cite)
    assert {f"question/{name}" for name in pack.questions} <= set(held)
    assert {f"item/{name}" for name in pack.items} <= set(held)


def test_a_way_to_share_tells_each_condition_with_citation_and_cure() -> None:
    for basis in real.pack().bases:
        node = nodes()[f"way/{basis.id}"]
        told = [(line.text, line.cite) for line in node.lines]
        for condition in whole((*basis.whole, *basis.covers)):
            assert any(condition.says in text and cite == cites(condition.cite) for text, cite in told), condition.id
            assert all(cure.do in said(node) for cure in condition.cures)
        beneath = {below.id.rpartition("/")[2] for below in Book("", "", (node,)).all()} - {basis.id}
        assert beneath == {condition.id for condition in whole((*basis.whole, *basis.covers))}
        for text in (*(advice.says for advice in basis.advice), *(myth.people_say for myth in basis.myths)):
            assert text in said(node)
        for use in basis.duties:
            assert real.pack().duties[use.id].do in said(node)


def test_a_question_tells_its_answers_and_when_it_is_asked() -> None:
    pack = real.pack()
    for question in pack.questions.values():
        told = said(nodes()[f"question/{question.id}"])
        assert all(option.label in told for option in question.options)
        assert question.why in told
    some = next(
        question for question in pack.tree if question.when and next(iter(question.when.facts())) in pack.questions
    )
    assert some.when is not None
    assert pack.questions[next(some.when.facts())].text in said(nodes()[f"question/{some.id}"])


def test_a_search_finds_by_citation_and_words_and_opens_the_way_to_them() -> None:
    condition = next(one for one in real.pack().bases[0].conditions if one.cite)
    name = f"way/{real.pack().bases[0].id}/{condition.id}"
    for wanted in (condition.cite.partition(";")[0], condition.says.upper(), condition.id):
        found = book().found(wanted)
        assert found[name]
        assert found["ways"] is False, "the heading is only on the way"
        assert len(found) < len(nodes())
    assert book().found("no rule has this word zyx") == {}
    assert len(book().found("  ")) == len(nodes())


def test_overlays_in_use_are_named_with_their_mark() -> None:
    virginia = rule_book(real.with_overlays("va"))
    held = {node.id: node for node in virginia.all()}
    (overlay,) = real.with_overlays("va").overlays
    node = held[f"overlay/{overlay.id}"]
    assert overlay.review in said(node)
    assert node.title != overlay.title, "its mark stands beside it"
    assert "overlays" not in nodes()


def test_the_head_says_which_rules_and_who_looked_at_them() -> None:
    assert real.pack().id in book().head
    assert real.pack().version in book().head
    assert book().review == real.pack().review


def _desk(home: Path, pack: Pack) -> Desk:
    return Desk(home, lambda: (pack, NO_PROFILE))


def test_the_tree_is_saved_as_pdf_where_no_form_is_named(tmp_path: Path) -> None:
    from tests.desktop.sample_pack import sample_pack

    desk = _desk(tmp_path / "home", sample_pack())
    written = save_tree(desk.pack, tmp_path / "tree", home=desk.home)
    assert written == tmp_path / "tree.pdf"
    assert written.read_bytes().startswith(b"%PDF")
    with pytest.raises(DocumentError):
        save_tree(desk.pack, tmp_path / "nowhere" / "tree.pdf", home=desk.home)
