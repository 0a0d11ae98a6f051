"""Limits notice, notice before a court paper, hand-over slip and question for counsel."""

from __future__ import annotations

from typing import Any

import pytest

from ferpa_wizard.documents.counsel import counsel_question, questions
from ferpa_wizard.documents.document import Callout, Checklist, Document, Table
from ferpa_wizard.documents.notices import handover, notice_is_safe, redisclosure, subpoena_notice
from tests.documents.samples import NUMBER, Body, combination, tutoring
from tests.documents.voices import cited, ours, record, voice, words

INFORM = {"inform-limits": "34 CFR 99.33(d); 34 CFR 99.33(a)(1)"}
OPEN = ("subpoena", "order", "neglect-order", "agency-subpoena")
SECRET = ("grand-jury-secret", "law-secret", "terror-order", "order-secret", "unsure", "")


def start(key: str) -> str:
    return ours().files["notices"][key].split("{")[0]


def court(kind: str, **more: Any) -> Body:
    return record(
        "may-share", "share", basis="ferpa-order-subpoena", government_who="court-paper", court_kind=kind, **more
    )


# Limits


def test_the_limits_are_told_with_records_and_purpose() -> None:
    said = words(redisclosure(voice(record("may-share", "share", duties=INFORM, purpose="own-program"))))
    assert {"99.33(d)", "99.33(a)(1)", "99.33(a)(2)"} <= cited(said)
    assert ours().files["names"]["purpose-own-program"] in said
    assert "Grades; Attendance" in said
    assert "Meal status" not in said  # what another law stops does not go along


@pytest.mark.parametrize(
    ("duties", "key"),
    [
        ({"inform-welfare": "34 CFR 99.33(d); 20 USC 1232g(b)(1)(L)"}, "welfare"),
        ({"inform-juvenile": "34 CFR 99.33(d); 34 CFR 99.38(b)"}, "juvenile"),
        (INFORM, "onward"),
    ],
)
def test_each_law_has_its_own_words_for_passing_on(duties: dict[str, str], key: str) -> None:
    said = words(redisclosure(voice(record("may-share", "share", duties=duties))))
    found = {name for name in ("welfare", "juvenile", "onward") if start(f"redisclosure-{name}") in said}
    assert found == {key}


@pytest.mark.parametrize("duties", [{}, {"no-limits": "34 CFR 99.33(c); 34 CFR 99.33(d)"}])
def test_where_no_limit_is_set_the_paper_says_so(duties: dict[str, str]) -> None:
    said = words(redisclosure(voice(record("may-share", "share", duties=duties))))
    assert "99.33(c)" in cited(said)
    assert start("redisclosure-onward") not in said


def test_an_audit_brings_the_list_of_what_an_agency_passes_on() -> None:
    body = record("may-share", "share", basis="ferpa-audit-evaluation", duties=INFORM)
    assert "99.32(b)(2)" in cited(words(redisclosure(voice(body))))


# Court papers


@pytest.mark.parametrize("kind", OPEN)
def test_the_family_is_told_of_an_open_paper_in_time_to_go_to_court(kind: str) -> None:
    body = court(kind)
    body["request"]["deadline"] = "2026-12-05"
    said = words(subpoena_notice(voice(body)))
    for key in ("subpoena-protect", "subpoena-tell", "subpoena-else", "subpoena-copy", "subpoena-first-any"):
        assert start(key) in said
    assert "Dec 5, 2026" in said
    assert "99.31(a)(9)(ii)" in cited(said)
    assert NUMBER in said


@pytest.mark.parametrize("kind", SECRET)
def test_no_notice_is_ever_made_of_a_paper_that_may_be_secret(kind: str) -> None:
    body = court(kind)
    said = words(subpoena_notice(voice(body)))
    assert not notice_is_safe(voice(body).told)
    assert start("subpoena-none-secret") in said
    assert start("subpoena-protect") not in said


@pytest.mark.parametrize("kind", ["not-court"])
def test_what_is_no_court_paper_brings_no_notice(kind: str) -> None:
    assert start("subpoena-none") in words(subpoena_notice(voice(court(kind))))
    assert start("subpoena-none") in words(subpoena_notice(voice(tutoring())))


@pytest.mark.parametrize(
    ("kind", "own"),
    [
        ("subpoena", {"subpoena"}),
        ("neglect-order", {"neglect-order"}),
        ("agency-subpoena", {"agency-subpoena"}),
        ("order", set()),
    ],
)
def test_each_kind_of_paper_has_its_own_check_before_sending(kind: str, own: set[str]) -> None:
    said = words(subpoena_notice(voice(court(kind))))
    checks = ("subpoena", "neglect-order", "agency-subpoena")
    assert {name for name in checks if start(f"subpoena-first-{name}") in said} == own


@pytest.mark.parametrize("make", [handover, counsel_question])
@pytest.mark.parametrize("kind", SECRET)
def test_papers_about_a_secret_paper_say_so_on_top(make: object, kind: str) -> None:
    assert callable(make)
    made = make(voice(court(kind)))
    assert isinstance(made, Document)
    assert isinstance(made.blocks[0], Callout)
    assert made.blocks[0].label == ours().files["common"]["secret"]


# Hand-over


def test_the_slip_lists_what_goes_and_what_to_look_at_before() -> None:
    body = record("may-share", "share", basis="x", duties=INFORM)
    body["request"]["identity"] = "Called back on the number in the file"
    made = handover(voice(body))
    table = next(block for block in made.blocks if isinstance(block, Table))
    assert [row[0].text for row in table.rows] == ["Name", "Grade level", "Grades", "Attendance"]
    boxes = [task.text for block in made.blocks if isinstance(block, Checklist) for task in block.tasks]
    assert start("handover-box-limits") in boxes
    assert any("state law" in box for box in boxes)
    assert "Called back on the number in the file" in words(made)
    assert {"99.31(c)", "99.21(c)(2)", "99.32", "99.33(d)"} <= cited(words(made))


def test_a_slip_names_a_way_only_where_it_carries_what_goes() -> None:
    further = words(handover(voice(record("consent", "share", basis="ferpa-consent"))))
    assert start("handover-box-way") in further and start("handover-box-further") in further
    assert "99.30(b)" not in further and start("handover-box-steps") not in further
    carried = words(handover(voice(record("may-share", "share", basis="ferpa-consent"))))
    assert start("handover-box-way") not in carried and start("handover-box-consent") in carried


def test_without_limits_and_with_all_checked_the_slip_asks_for_neither() -> None:
    body = record("may-share", "share")
    body["determination"]["unchecked"] = []
    said = words(handover(voice(body)))
    assert start("handover-box-limits") not in said
    assert start("handover-box-unchecked") not in said


# Counsel


def test_the_test_that_a_person_must_judge_is_the_question() -> None:
    body = combination("judgement", "ask-officer")
    body["determination"]["judge"] = {"role": "Your school's lawyer", "test": "your order is valid"}
    asked = questions(voice(body))[0]
    assert "our order is valid" in asked
    assert "our school's lawyer" in asked


def test_open_facts_unchecked_layers_and_the_result_are_asked_about() -> None:
    body = combination("missing-fact", "ask-officer")
    body["determination"]["unknown"] = [{"question": "q1", "text": "Is it true?", "if_yes": "", "if_no": ""}]
    asked = questions(voice(body))
    assert any("Is it true?" in one for one in asked)
    assert any("state law" in one for one in asked)
    assert any(body["determination"]["says"] in one for one in asked)


def test_there_is_always_a_question() -> None:
    body = record("may-share", "share")
    body["determination"]["unchecked"] = []
    assert len(questions(voice(body))) == 1


def test_custody_state_conflict_and_secrecy_are_asked_about() -> None:
    body = record("consent", "not-now", custody_paper="yes", government_who="court-paper")
    body["determination"]["layers"]["state"] |= {"state": "objects", "binding": "sole"}
    found = " ".join(questions(voice(body)))
    assert {"99.4", "99.61"} <= cited(found)
    assert start("counsel-secret") in found


def test_the_page_holds_facts_layers_and_what_waits_meanwhile() -> None:
    said = words(counsel_question(voice(tutoring())))
    assert "School lunch law guards meal status." in said
    assert "After-school tutoring" in said
    assert start("counsel-meanwhile") in said
    assert start("counsel-meanwhile-danger") in words(
        counsel_question(voice(record("judgement", "not-now", start="danger")))
    )
    shared = words(counsel_question(voice(record("may-share", "share"))))
    assert start("counsel-meanwhile-shares") in shared and start("counsel-meanwhile") not in shared
    wanted = words(counsel_question(voice(record("consent", "share"))))
    assert start("counsel-meanwhile-wants") in wanted and start("counsel-meanwhile-shares") not in wanted
    report = record("judgement", "ask-officer", purpose="abuse-report")
    assert start("counsel-meanwhile-report") in words(counsel_question(voice(report)))
    assert start("counsel-meanwhile") not in words(counsel_question(voice(report)))
    access = record("must-share", "ask-officer")
    access["determination"]["duties"] = [{"id": "see", "when": "before", "cite": "34 CFR 99.10(b)", "days": 45}]
    assert "99.10(b)" in cited(words(counsel_question(voice(access))))


def test_the_slip_asks_for_the_consent_where_it_goes_on_one() -> None:
    box = ours().files["notices"]["handover-box-consent"]
    assert box in words(handover(voice(record("may-share", "share", basis="ferpa-consent"))))
    assert box not in words(handover(voice(tutoring())))


def test_in_danger_the_slip_waits_for_no_check_of_other_law() -> None:
    box = ours().files["notices"]["handover-box-unchecked"].split("{")[0]
    assert box in words(handover(voice(record("may-share", "share"))))
    assert box not in words(handover(voice(record("may-share-emergency", "share", start="danger"))))
