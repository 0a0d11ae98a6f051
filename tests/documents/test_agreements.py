"""Agreement papers: every element that the law asks for, an owner line for each, and an outline."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ferpa_wizard.core.model import Condition
from ferpa_wizard.documents.agreement_kinds import agreements
from ferpa_wizard.documents.agreements import agreement_paper
from ferpa_wizard.documents.document import Checklist, Document, Heading, Task
from tests import real
from tests.documents.samples import Body, tutoring
from tests.documents.voices import cited, paragraphs, voice, words

ELEMENTS = {
    "studies": {f"99.31(a)(6)(iii)(C)({n})" for n in (1, 2, 3, 4)},
    "audit": {f"99.35(a)(3){n}" for n in ("(i)", "(ii)(A)", "(ii)(B)", "(ii)(C)", "(iii)", "(iv)", "(v)")},
    "provider": {
        "99.31(a)(1)(i)(B)(1)",
        "99.31(a)(1)(i)(B)(2)",
        "99.31(a)(1)(i)(B)(3)",
        "99.7(a)(3)(iii)",
        "99.31(a)(1)(ii)",
    },
}


def paper(kind: str, body: Body | None = None) -> Document:
    return agreement_paper(voice(body or tutoring()), kind)


def tasks(document: Document) -> list[Task]:
    return next(list(block.tasks) for block in document.blocks if isinstance(block, Checklist))


@pytest.mark.parametrize("kind", ELEMENTS)
def test_each_element_is_a_box_with_its_citation_and_an_owner(kind: str) -> None:
    made = tasks(paper(kind))
    found = {cite for task in made for cite in cited(task.note)}
    assert found >= ELEMENTS[kind]
    assert found <= paragraphs()
    assert all("Owner: ____" in task.note for task in made)
    assert len(made) == len(agreements()[kind].elements)


@pytest.mark.parametrize("kind", ELEMENTS)
def test_the_outline_has_a_clause_for_each_element_and_lines_to_sign(kind: str) -> None:
    made = paper(kind)
    clauses = [block for block in made.blocks if isinstance(block, Heading) and block.level == 3]
    assert len(clauses) == len(agreements()[kind].elements) + 1
    assert "____" in words(made).split(clauses[-1].text)[1]
    assert "{" not in words(made)


def test_the_study_and_audit_outlines_name_the_data_and_leave_out_what_another_law_stops() -> None:
    for kind in ELEMENTS:
        outline = words(paper(kind)).split("Outline")[1]
        assert "Grades; Attendance" in outline
        assert "Meal status" not in outline


def test_what_the_answers_show_is_ticked_and_nothing_else() -> None:
    done = {task.text: task.done for task in tasks(paper("provider"))}
    assert list(done.values()) == [True, False, True, True, False, False, False]
    assert not any(task.done for task in tasks(paper("studies")))


def test_a_way_that_is_ruled_out_ticks_nothing() -> None:
    body = tutoring()
    body["determination"]["bases"][0]["status"] = "ruled-out"
    assert not any(task.done for task in tasks(paper("provider", body)))


def test_no_contract_is_asked_for_in_the_name_of_ferpa() -> None:
    assert "It does not ask for a contract." in words(paper("provider"))


def test_layers_that_were_not_checked_are_named() -> None:
    assert "Not checked here: state law." in words(paper("studies"))
    body = tutoring()
    body["determination"]["unchecked"] = []
    assert "Not checked here" not in words(paper("studies", body))


def test_a_ticked_box_says_so_in_words_too() -> None:
    assert [bool(task.state) for task in tasks(paper("provider"))] == [task.done for task in tasks(paper("provider"))]


def test_what_an_element_rests_on_is_in_the_rules() -> None:
    bases = {basis.id: basis for basis in real.pack().bases}
    for agreement in agreements().values():
        rules = [bases[name] for name in agreement.bases]
        known = {
            one.id for basis in rules for condition in (*basis.whole, *basis.covers) for one in with_members(condition)
        }
        asked = {name for element in agreement.elements for name in element.conditions}
        assert asked, agreement.id
        assert asked <= known, agreement.id


def with_members(condition: Condition) -> Iterator[Condition]:
    yield condition
    for member in condition.members:
        yield from with_members(member)
