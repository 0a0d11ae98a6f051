"""The paper of the tree holds every question and every way to share, and its numbers lead to the right place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from ferpa_wizard.core.model import Condition, Pack
from ferpa_wizard.documents.document import Cell, Document, Heading, Table, texts
from ferpa_wizard.documents.pdf import to_pdf
from ferpa_wizard.documents.tree_paper import tree_paper
from tests import real
from tests.core.small_pack import FACTS, PROVIDER, TREE_WHO, small_pack


@pytest.fixture(scope="module")
def shipped() -> Document:
    return tree_paper(real.pack(), school="Hill Valley")


def rows(paper: Document) -> dict[str, tuple[Cell, ...]]:
    """The rows of all tables by the text that they start with."""
    return {row[0].text: row for block in paper.blocks if isinstance(block, Table) for row in block.rows}


def conditions_of(pack: Pack) -> Iterator[Condition]:
    todo = [one for basis in pack.bases for one in (*basis.whole, *basis.covers)]
    todo += [one for barrier in pack.barriers for one in barrier.unless]
    while todo:
        condition = todo.pop()
        yield condition
        todo += condition.members


def test_every_question_answer_way_condition_cure_and_citation_is_in_it(shipped: Document) -> None:
    pack, said = real.pack(), "\n".join(texts(shipped))
    wanted = {question.text for question in pack.questions.values()}
    wanted |= {option.label for question in pack.questions.values() for option in question.options}
    wanted |= {text for basis in pack.bases for text in (basis.title, basis.says)}
    wanted |= {item.label for item in pack.items.values()}
    wanted |= {text for gap in pack.beyond for text in (gap.title, gap.says)}
    for one in conditions_of(pack):
        cited = re.split(r"; ?", one.cite)
        wanted |= {*cited, one.says[1:], one.says_no, *(cure.do for cure in one.cures)}  # a line starts with a capital
        wanted |= {one.judge.test} if one.judge else set()
    assert [text for text in wanted if text not in said] == []


def test_it_says_which_rules_and_whose_review_on_every_page(shipped: Document) -> None:
    pack = real.pack()
    assert pack.version in shipped.footer
    assert pack.review in shipped.footer
    assert shipped.masthead == "Hill Valley"


def test_every_number_that_is_named_exists(shipped: Document) -> None:
    pack, said = real.pack(), "\n".join(texts(shipped))
    for what, most in (("question", len(pack.questions)), ("way", len(pack.bases))):
        found = re.findall(rf"\b{what}s? (\d+(?:, \d+)*)", said, re.IGNORECASE)
        named = {int(number) for numbers in found for number in numbers.split(", ")}
        assert named
        assert named <= set(range(1, most + 1))


def test_answers_lead_to_the_questions_and_ways_that_want_them() -> None:
    found = rows(tree_paper(small_pack()))
    assert found["Family"][1].text == "Question 2; way 1"
    assert found["A group"][1].text == "Question 4"
    assert found["A court"][1].text == "The next question"
    assert found["A job for us"][1].text == "Way 2"


def test_an_answer_does_not_lead_to_what_it_rules_out() -> None:
    other = TREE_WHO.replace("when: {requester: family}", "when: {not: {requester: court}}")
    found = rows(tree_paper(small_pack(**{"tree/who__yaml": other})))
    assert found["A court"][1].text == "The next question"


def test_other_questions_name_the_ways_and_laws_that_need_them_also_by_what_is_worked_out() -> None:
    facts = FACTS.replace('student: {adult: "yes"}', 'student: {any: [{adult: "yes"}, {control: written}]}')
    found = rows(tree_paper(small_pack(**{"facts/all__yaml": facts})))
    control = next(row for text, row in found.items() if text.endswith("Do you control it?"))
    assert control[2].text == "Ways 1, 2"
    meals = next(row for text, row in found.items() if text.endswith("meal program?"))
    assert meals[2].text == "Meal law"
    assert "• In writing" in control[1].text.split("\n")


def test_a_condition_says_when_it_is_met_and_what_to_do_if_not() -> None:
    paper = tree_paper(small_pack())
    says, unmet, law = rows(paper)["You control it"]
    number = next(text for text in rows(paper) if text.endswith("Do you control it?")).split(".")[0]
    assert says.note == f"Met when question {number} is answered “In writing” or “Not in writing”."
    assert unmet.text.startswith("On “No”, a step: Take control")
    assert "designate" not in unmet.text
    assert law.text == "34 CFR 99.31"


def test_members_of_a_group_stand_under_it() -> None:
    group = """
  - id: p.7
    any:
      - {id: p.7a, says: "By letter", cite: "34 CFR 99.31", holds: {control: written}}
      - {id: p.7b, says: "By phone", cite: "34 CFR 99.31", holds: {control: unwritten}}
paperwork:"""
    changed = small_pack(**{"bases/provider__yaml": PROVIDER.replace("\npaperwork:", group)})
    order = [text for text in rows(tree_paper(changed)) if text in ("One of these", "• By letter", "• By phone")]
    assert order == ["One of these", "• By letter", "• By phone"]


def test_no_level_of_headings_is_left_out_and_no_table_is_empty(shipped: Document) -> None:
    for paper in (shipped, tree_paper(small_pack())):
        levels = [block.level for block in paper.blocks if isinstance(block, Heading)]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert all(block.rows for block in paper.blocks if isinstance(block, Table))


def test_the_same_rules_give_the_same_paper_and_it_can_be_laid_out(shipped: Document) -> None:
    assert tree_paper(real.pack(), school="Hill Valley") == shipped
    assert to_pdf(shipped, paper="us-letter").startswith(b"%PDF")


@pytest.mark.parametrize("state", real.states())
def test_state_law_says_whose_it_is(state: str) -> None:
    pack = real.with_overlays(state)
    paper = tree_paper(pack)
    heads = [text.removeprefix("• ") for text in rows(paper)]
    added = [one for one in conditions_of(pack) if one.layer == "state" and one.says]
    assert all(any(head.startswith(f"{one.says} (state law)") for head in heads) for one in added)
    laws = [barrier for barrier in pack.barriers if barrier.layer == "state"]
    assert sum("A rule of state law" in text for text in texts(paper)) == len(laws)
    assert added or laws
