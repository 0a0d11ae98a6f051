"""Entries in the student's file: due unless the rule lifts them, refused requests included."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferpa_wizard.core.examples import run
from ferpa_wizard.core.use import LONGEST_FILE, Use
from ferpa_wizard.documents.document import Callout, Document, Heading, Pairs
from ferpa_wizard.documents.entries import COLUMNS, MOST_FILES, entries, entry_rows, file_numbers
from ferpa_wizard.documents.entry_due import Due, entry_due
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.documents.paper import BLANK
from tests import real
from tests.documents.samples import CHOICES, NUMBER, VERDICTS, Body, combination, tutoring
from tests.documents.voices import answered, cited, ours, paragraphs, record, told, voice, words

LOG = {"log-disclosure": "34 CFR 99.32(a)(1); 34 CFR 99.32(a)(3)(i); 34 CFR 99.32(a)(3)(ii)"}
FAMILY: dict[str, Any] = {
    "requester": "family",
    "family_who": "parent",
    "family_wants": "see",
    "level": "k12",
    "adult": "no",
    "custody_paper": "no",
}
REFUSED = ("not-now", "do-not-share", "ask-officer")


def due(body: Body) -> Due:
    return entry_due(told(body))


def slips(document: Document) -> list[dict[str, str]]:
    return [{row.term: row.value for row in block.rows} for block in document.blocks if isinstance(block, Pairs)]


def key(name: str) -> str:
    return ours().files["entries"][name]


# Which entries are due


@pytest.mark.parametrize(
    ("cite", "none"),
    [
        ("34 CFR 99.32(d)(1)", "none-1"), ("34 CFR 99.32(d)(2)", "none-2"), ("34 CFR 99.32(d)(3)", "none-3"),
        ("34 CFR 99.32(d)(4)", "none-4"),
    ],
)  # fmt: skip
def test_what_the_rule_lifts_needs_no_entry_and_the_paper_says_why(cite: str, none: str) -> None:
    body = record("may-share", "share", duties={"no-log": cite}, requester="provider")
    assert due(body).none == none
    said = words(entries(voice(body), ["A1"]))
    assert cite.removeprefix("34 CFR ") in cited(said)
    assert "A1" not in said


@pytest.mark.parametrize("choice", REFUSED)
def test_a_refused_request_is_entered(choice: str) -> None:
    body = record("consent", choice, requester="government", government_who="police", purpose="legal")
    assert due(body) == Due(kind="request")
    (slip,) = slips(entries(voice(body), ["A1"]))
    assert slip[key("kind")] == key("kind-request")
    assert slip[key("interest")].startswith(ours().files["names"]["purpose-legal"])
    assert slip[key("records")].startswith("Name; Grade level")
    answers = {"ask-officer": "answer-open", "not-now": "answer-not-now", "do-not-share": "answer-no"}
    assert slip[key("answer")] == key(answers[choice])


@pytest.mark.parametrize(
    ("answers", "none"),
    [
        (FAMILY, "none-1"),
        ({**FAMILY, "family_who": "student", "level": "college"}, "none-1"),
        ({**FAMILY, "family_who": "acting-parent"}, "none-1"),
        ({"requester": "colleague", "purpose": "school-job"}, "none-2"),
        ({"requester": "ourselves"}, "none-no-request"),
        ({"start": "danger"}, "none-no-request"),
    ],
)
def test_a_refused_request_of_those_whom_the_rule_exempts_is_not(answers: dict[str, Any], none: str) -> None:
    assert due(record("consent", "do-not-share", **answers)).none == none


@pytest.mark.parametrize(
    "answers",
    [
        {**FAMILY, "adult": "yes"},  # the rights are with the student
        {**FAMILY, "adult": "unsure"},
        {**FAMILY, "family_wants": "other-students"},
        {**FAMILY, "custody_paper": "yes"},
        {**FAMILY, "family_who": "other-relative"},
        {**FAMILY, "family_who": "student"},  # a minor
        {"requester": "colleague", "purpose": "personal"},
        {"requester": "public", "public_who": "press"},
        {},
    ],
)
def test_who_is_not_surely_exempt_is_entered(answers: dict[str, Any]) -> None:
    assert due(record("consent", "do-not-share", **answers)) == Due(kind="request")


def test_listed_facts_that_were_refused_need_no_entry() -> None:
    items = ["name", "grade-level", "grades", "attendance", "meal-status"]
    assert due(record("consent", "not-now", requester="public", directory_items=items)).none == "none-4"
    assert due(record("consent", "not-now", requester="public", directory_items=items[1:])).none == ""


def test_a_met_consent_or_official_that_is_refused_all_the_same_is_exempt() -> None:
    assert due(record("may-share", "not-now", basis="ferpa-consent", requester="public")).none == "none-3"
    assert (
        due(record("may-share", "not-now", basis="ferpa-school-official-outsourced", requester="provider")).none
        == "none-2"
    )


def test_shared_records_are_entered_with_their_way() -> None:
    body = record("may-share", "share", basis="ferpa-transfer-enrolment", duties=LOG, requester="school")
    assert due(body) == Due(kind="both", notes=("outcome-later",))
    (slip,) = slips(entries(voice(body), ["A1"]))
    assert slip[key("answer")] == key("answer-shared")
    assert slip[key("basis")] == "The way, 34 CFR 99.31(a)"
    assert "Meal status" not in slip[key("records")]


def test_what_goes_out_later_is_entered_then() -> None:
    found = due(record("after-steps", "share-after-steps", duties=LOG, requester="school"))
    assert (found.kind, found.notes) == ("both", ("outcome-later",))


@pytest.mark.parametrize("verdict", ["consent", "not-as-asked", "judgement", "missing-fact", "other-rule"])
def test_no_exemption_is_taken_from_a_way_that_was_not_met(verdict: str) -> None:
    duties = {"no-log-consent": "34 CFR 99.32(d)(3)"}
    assert due(record(verdict, "share", duties=duties, requester="public")).none == ""


def test_a_request_that_waits_for_consent_keeps_its_entry_until_then() -> None:
    body = record("consent", "share-after-steps", duties={"no-log-consent": "34 CFR 99.32(d)(3)"}, requester="public")
    assert due(body) == Due(kind="request", notes=("outcome-consent",))


def test_an_unsettled_rule_and_a_listed_part_are_told() -> None:
    assert "unsettled" in due(record("may-share", "share", duties={"log-parent-default": "34 CFR 99.32(a)(1)"})).notes
    mixed = {"log-unless-listed": "34 CFR 99.32(a)(1); 34 CFR 99.32(d)(4)"}
    assert "unless-listed" in due(record("may-share", "share", duties=mixed)).notes


def test_what_ferpa_does_not_cover_and_what_shows_nobody_needs_none() -> None:
    assert due(record("not-ferpa", "share", basis="ex-law-enforcement-unit")).none == "none-outside"
    assert due(record("may-share", "share", basis="ferpa-research-code")).none == "none-no-data"
    assert due(record("consent", "not-now", requester="public", students="none")).none == "none-no-data"
    assert due(record("consent", "not-now", requester="public", students="none", could_tell="targeted")).none == ""


@pytest.mark.parametrize("choice", CHOICES)
def test_a_report_of_abuse_is_never_entered_where_the_family_could_read_it(choice: str) -> None:
    body = record("judgement", choice, requester="government", government_who="police", purpose="abuse-report")
    assert due(body).none == "none-report"


def test_a_visa_report_is_entered_only_for_what_goes_beyond_it() -> None:
    assert due(record("must-share", "share", basis="sevis-reporting", requester="government")).none == "none-other-law"
    assert due(record("part", "share", basis="sevis-reporting", requester="government")).none == ""


def test_data_that_has_gone_out_is_entered_whatever_was_decided() -> None:
    body = record(
        "judgement", "ask-officer", duties={"out-log": "34 CFR 99.32(a)(1)"}, requester="nobody", went_what=["meals"]
    )
    assert due(body) == Due(kind="disclosure")
    (slip,) = slips(entries(voice(body), ["A1"]))
    assert slip[key("answer")] == key("answer-out")


@pytest.mark.parametrize(("what", "none"), [(["nobody"], "none-no-data"), (["nobody", "meals"], "")])
def test_what_has_gone_out_and_shows_nobody_needs_none(what: list[str], none: str) -> None:
    assert due(record("judgement", "ask-officer", requester="nobody", went_what=what)).none == none


# Secret papers


@pytest.mark.parametrize(
    ("kind", "none"), [("grand-jury-secret", "none-5"), ("law-secret", "none-5"), ("terror-order", "none-terror")]
)
@pytest.mark.parametrize("choice", CHOICES)
def test_a_secret_paper_leaves_no_entry(kind: str, none: str, choice: str) -> None:
    assert due(record("may-share", choice, duties=LOG, government_who="court-paper", court_kind=kind)).none == none


@pytest.mark.parametrize("kind", ["order-secret", "unsure", ""])
def test_an_entry_that_could_break_an_order_waits_for_the_lawyer(kind: str) -> None:
    body = record("judgement", "ask-officer", duties=LOG, government_who="court-paper", court_kind=kind)
    assert due(body).hold
    blocks = entries(voice(body), ["A1"]).blocks
    assert [block.label for block in blocks if isinstance(block, Callout)][-1] == key("hold")
    with pytest.raises(DocumentError):
        entry_rows(voice(body), ["A1"])


@pytest.mark.parametrize("kind", ["subpoena", "order", "neglect-order"])
def test_an_ordinary_court_paper_is_entered(kind: str) -> None:
    assert due(record("may-share", "share", duties=LOG, government_who="court-paper", court_kind=kind)).kind == "both"


# Danger and audits


def test_an_emergency_asks_for_the_threat_and_those_told() -> None:
    duties = {"log-emergency": "34 CFR 99.32(a)(5)(i); 34 CFR 99.32(a)(5)(ii)"}
    body = record("may-share-emergency", "share", basis="ferpa-health-safety-emergency", duties=duties, start="danger")
    assert due(body) == Due(kind="disclosure", notes=("outcome-own",), emergency=True)
    made = entries(voice(body))
    assert {"99.32(a)(5)(i)", "99.32(a)(5)(ii)", "99.36(c)"} <= cited(words(made))
    (slip,) = slips(made)
    for name in ("threat", "told", "told-why", "told-what", "told-when", "told-limits"):
        assert "____" in slip[key(name)]


def test_an_audit_names_who_may_pass_it_on() -> None:
    onward = {"log-onward-agencies": "34 CFR 99.32(a)(1)"}
    body = record("may-share", "share", basis="ferpa-audit-evaluation", duties=LOG | onward)
    (slip,) = slips(entries(voice(body)))
    assert {key("authorities"), key("further")} <= slip.keys()
    (other,) = slips(entries(voice(record("may-share", "share", basis="x", duties=LOG))))
    assert key("authorities") not in other


# Slips and rows


def test_there_is_one_slip_a_file_and_a_blank_one_without() -> None:
    body = record("consent", "not-now", requester="public")
    made = entries(voice(body), ["A1", "B2"])
    assert [block.text for block in made.blocks if isinstance(block, Heading)][1:] == [
        "Slip for file A1",
        "Slip for file B2",
    ]
    (blank,) = slips(entries(voice(body)))
    assert "____" in blank[key("file")]
    assert {"99.32(a)(2)", "99.32(a)(3)(i)", "99.32(a)(3)(ii)", "99.32(c)"} <= cited(words(made))


def test_rows_hold_what_the_slip_holds() -> None:
    body = record("consent", "not-now", requester="public", public_who="press")
    body["request"]["received"] = "2026-11-20"
    rows = entry_rows(voice(body), ["A1", "B2"])
    assert [tuple(row) for row in rows] == [COLUMNS, COLUMNS]
    assert [row["file"] for row in rows] == ["A1", "B2"]
    assert rows[0]["asked on"] == "2026-11-20"
    assert rows[0]["reference"] == NUMBER
    assert rows[0]["answer"] == key("answer-not-now")
    assert rows[0]["party"] == "press"
    body["request"]["asker"] = "Hill Valley Telegraph"
    assert entry_rows(voice(body), ["A1"])[0]["name of party"] == "Hill Valley Telegraph"


def test_a_part_that_stays_is_entered_although_the_rest_was_directory_information() -> None:
    body = record("part", "share", duties={"no-log": "34 CFR 99.32(d)(4)"}, requester="public", public_who="press")
    (slip,) = slips(entries(voice(body), ["A1"]))
    assert slip[key("records")] == "Meal status" and slip[key("answer")] == key("answer-no")
    assert due(record("part", "share", duties={"no-log": "34 CFR 99.32(d)(2)"}, requester="provider")).none == "none-2"


def test_what_goes_before_its_steps_is_entered_for_nobody_is_exempt_yet() -> None:
    exempt = {"no-log": "34 CFR 99.32(d)(2)"}
    assert due(record("after-steps", "share", duties=exempt, requester="provider")).kind == "both"
    later = due(record("after-steps", "share-after-steps", duties=exempt, requester="provider"))
    assert (later.none, later.kind, later.notes) == ("", "request", ("outcome-exempt",))
    assert due(record("may-share", "share-after-steps", duties=exempt, requester="provider")).none == "none-2"


def test_no_rows_where_no_entry_is_due() -> None:
    with pytest.raises(DocumentError, match="No entry is due"):
        entry_rows(voice(record("must-share", "share", duties={"no-log": "34 CFR 99.32(d)(1)"})), ["A1"])


def test_pasted_numbers_are_told_apart_and_counted_once() -> None:
    assert file_numbers(" 101\n102,103;104\t101\r\n\n") == ("101", "102", "103", "104")
    assert file_numbers("  \n") == ()


def test_too_many_or_too_long_numbers_are_refused_in_words() -> None:
    with pytest.raises(DocumentError, match=str(MOST_FILES)):
        file_numbers(" ".join(map(str, range(MOST_FILES + 1))))
    with pytest.raises(DocumentError, match="too long"):
        file_numbers("x" * (LONGEST_FILE + 1))
    assert len(file_numbers(" ".join(map(str, range(MOST_FILES))))) == MOST_FILES


@given(st.text(max_size=200))
def test_any_pasted_text_is_taken_or_refused(pasted: str) -> None:
    try:
        found = file_numbers(pasted)
    except DocumentError:
        return
    assert all(number and not number.isspace() for number in found)


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_and_decision_has_its_entry_or_the_reason_for_none(verdict: str, choice: str) -> None:
    said = words(entries(voice(combination(verdict, choice)), ["{school}"]))
    assert cited(said) - paragraphs() == set()
    assert "{" not in said.replace("{school}", "")


def test_a_bare_record_is_entered() -> None:
    body = answered(tutoring())
    body["determination"] = {}
    assert due(body).none == ""


def test_no_example_that_shares_under_a_duty_to_enter_goes_without_an_entry() -> None:
    for example in real.examples()[::4]:
        walk, found = run(example, real.pack(), real.profiles())
        asks = [
            duty.id
            for duty in found.duties
            if "99.32(a)" in duty.cite and duty.when == "after" and duty.id != "log-request"
        ]
        body = record(found.verdict, "share", requester="public")
        body["determination"] = found.as_json()
        answers = {given.ask.id.replace("-", "_"): given.answer for given in (*walk.trail, *walk.assumed)}
        answered(body, **{name: list(value) if isinstance(value, tuple) else value for name, value in answers.items()})
        assert not (asks and due(body).none), example.id


# Uses of a standing decision


def _uses(count: int) -> list[Use]:
    return [Use(NUMBER, "2026-12-01", str(4700 + one), "Oak School", "R. Osei") for one in range(count)]


def test_a_use_brings_its_own_day_and_recipient_and_not_the_day_of_the_first_request() -> None:
    body = record("may-share", "share", duties=LOG, requester="school")
    body["request"]["received"] = "2026-11-20"
    first, second = slips(entries(voice(body), uses=_uses(2)))
    assert (first[key("file")], second[key("file")]) == ("4700", "4701")
    assert first[key("date-shared")] == "Dec 1, 2026"
    assert first[key("date-asked")] == BLANK
    assert first[key("party")].endswith("Oak School")
    (row,) = entry_rows(voice(body), uses=_uses(1))
    assert (row["asked on"], row["shared on"], row["name of party"]) == ("", "2026-12-01", "Oak School")
    assert slips(entries(voice(body), ["A1"]))[0][key("date-asked")] == "Nov 20, 2026"


def test_more_uses_than_a_paper_holds_are_told_and_rows_take_them_all() -> None:
    body = record("may-share", "share", duties=LOG, requester="school")
    many = _uses(MOST_FILES + 1)
    with pytest.raises(DocumentError):
        entries(voice(body), uses=many)
    assert len(entry_rows(voice(body), uses=many)) == MOST_FILES + 1
