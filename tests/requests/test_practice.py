"""Practice without a window: what is compared, what is sealed, and that nothing is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ferpa_wizard.core.examples import Example
from ferpa_wizard.core.record import Decision
from ferpa_wizard.requests.papers import FORMATS, paged, papers, write_papers
from ferpa_wizard.requests.practice import PracticeDesk, compare
from ferpa_wizard.requests.request import Request
from tests import real

TUTORING = "tutoring-no-control"
NO = Decision("do-not-share", ("ferpa",), "They wait for the agreement.", "R. Osei")


def named(example: str) -> Example:
    return next(one for group in real.practice().groups for one in group.examples if one.id == example)


@pytest.fixture
def desk() -> Iterator[PracticeDesk]:
    made = real.practice().desk(named(TUTORING))
    yield made
    made.close()


def answered(desk: PracticeDesk, **other: str | tuple[str, ...]) -> Request:
    """A request with the answers of the example, but for these."""
    request = desk.new()
    answers = {**desk.example.answers, **{name.replace("_", "-"): value for name, value in other.items()}}
    while request.ask is not None:
        request.answer(answers.get(request.ask.id, "unsure"))
    return request


def test_the_same_answers_differ_in_nothing(desk: PracticeDesk) -> None:
    found = compare(answered(desk), desk.worked())
    assert found.differing == ()
    assert found.same_outcome
    assert found.worked.verdict == desk.example.verdict
    assert found.worked.cite.startswith("34 CFR")


def test_the_order_of_ticks_is_no_difference(desk: PracticeDesk) -> None:
    items = desk.example.answers["items"]
    assert isinstance(items, tuple)
    assert compare(answered(desk, items=tuple(reversed(items))), desk.worked()).differing == ()


def test_other_ticks_name_those_that_only_one_side_has(desk: PracticeDesk) -> None:
    (differing,) = compare(
        answered(desk, items=("name", "grade-level", "grades", "photo", "meal-status")), desk.worked()
    ).differing
    items = real.practice().pack.items
    assert differing.question == "items" and differing.ticks
    assert differing.yours == (items["photo"].label,)
    assert differing.worked == (items["attendance"].label,)


def test_another_answer_is_named_in_words_and_what_it_brings_up(desk: PracticeDesk) -> None:
    yours = answered(desk, school_control="in-writing")
    found = {one.question: one for one in compare(yours, desk.worked()).differing}
    control = found["school-control"]
    assert control.yours and control.worked and control.yours != control.worked
    assert "in-writing" not in control.yours  # words, not the id


def test_a_question_that_only_one_side_met_has_no_answer_on_the_other(desk: PracticeDesk) -> None:
    other = answered(desk, requester="public", public_who="press", paper="nothing")
    found = {one.question: one for one in compare(other, desk.worked()).differing}
    assert found["provider-who"].yours is None and found["provider-who"].worked
    assert found["public-who"].worked is None and found["public-who"].yours
    assert not compare(other, desk.worked()).same_outcome


def test_the_folder_is_deleted_with_the_record_in_it(desk: PracticeDesk) -> None:
    sealed = answered(desk).decide(NO)
    assert desk.record(sealed.number).practice
    assert (desk.home / "ledger.sqlite").is_file()
    desk.close()
    assert not desk.home.exists()


def test_a_record_does_not_bar_another_try(desk: PracticeDesk) -> None:
    first = answered(desk)
    first_number = first.decide(NO).number
    second = desk.again(first)
    assert second.ask is None
    assert second.given("items") == desk.example.answers["items"]
    second.answer_page({"items": ("name",)})
    assert second.decide(NO).number != first_number


def test_every_paper_of_practice_says_so(desk: PracticeDesk, tmp_path: Path) -> None:
    sealed = answered(desk).decide(Decision("share-after-steps", (), "Once it is signed.", "R. Osei"))
    every = [kind.id for kind in papers(sealed)]
    made = paged(sealed, every, home=desk.home)
    assert [kind.id for kind, _paper in made] == every
    assert all(paper.watermark for _kind, paper in made)
    assert len({paper.watermark for _kind, paper in made}) == len({paper.language for _kind, paper in made})
    assert not any(paper.watermark for _kind, paper in paged(replace(sealed, practice=False), every, home=desk.home))


@pytest.mark.parametrize(("example", "left_out"), [("new-school-wants-file", "csv"), ("parent-sees-grades", "ics")])
def test_what_has_no_page_is_not_offered(example: str, left_out: str, tmp_path: Path) -> None:
    desk = real.practice().desk(named(example))
    sealed = answered(desk).decide(Decision("share", (), "It is theirs.", "R. Osei"))
    offered = {name for kind in papers(replace(sealed, practice=False)) for name in kind.formats}
    assert left_out in offered
    files = write_papers(sealed, tmp_path, (*FORMATS, left_out), home=desk.home)
    assert {file.suffix for file in files} == {f".{name}" for name in FORMATS}
    desk.close()
