"""The consent form: all parts of 34 CFR 99.30, in both languages, with nothing agreed to by default."""

from __future__ import annotations

import pytest

from ferpa_wizard.documents.consent_form import Language, consent_form
from ferpa_wizard.documents.document import Checklist, Document, Pairs, Task
from tests.documents.samples import Body, tutoring
from tests.documents.voices import answered, cited, ours, voice, words

BOTH: tuple[Language, ...] = ("en", "es")
PARTS = {"99.30(a)", "99.30(b)(1)", "99.30(b)(2)", "99.30(b)(3)", "99.30(c)(1)", "99.30(c)(2)", "99.30(d)", "99.33(a)"}


def form(body: Body, language: Language = "en") -> Document:
    return consent_form(voice(body), language)


def boxes(document: Document) -> list[Task]:
    return [task for block in document.blocks if isinstance(block, Checklist) for task in block.tasks]


def fields(document: Document) -> dict[str, str]:
    return {row.term: row.value for block in document.blocks if isinstance(block, Pairs) for row in block.rows}


def key(name: str, language: Language = "en") -> str:
    return ours().files["consent-form" if language == "en" else "consent-form.es"][name]


@pytest.mark.parametrize("language", BOTH)
def test_every_part_that_the_rule_asks_for_is_there(language: Language) -> None:
    made = form(tutoring(), language)
    assert cited(words(made)) >= PARTS
    assert made.language == language
    for name in ("records", "purpose", "party", "sign"):
        assert key(name, language) in words(made)
    for name in ("signature", "signed-on", "student-name", "party-name", "until-term"):
        assert "____" in fields(made)[key(name, language)]
    assert "{" not in words(made)


@pytest.mark.parametrize("language", BOTH)
def test_every_record_is_a_box_and_none_is_ticked(language: Language) -> None:
    made = boxes(form(tutoring(), language))
    assert not any(task.done for task in made)
    labels = [task.text if language == "en" else task.note for task in made[:4]]
    assert labels == ["Name", "Grade level", "Grades", "Attendance"]


@pytest.mark.parametrize("language", BOTH)
def test_what_needs_no_consent_is_not_on_the_form_and_it_says_so(language: Language) -> None:
    body = tutoring()
    for item in body["items"][1:3]:
        item |= {"share": False, "stopped_by": ["ferpa"]}
    body["items"][3]["share"] = True
    made = form(body, language)
    assert (
        len(
            [
                task
                for task in boxes(made)
                if task.note in ("Grade level", "Grades") or task.text in ("Grade level", "Grades")
            ]
        )
        == 2
    )
    assert "Attendance" not in [task.text for task in boxes(made)]
    assert key("records-free", language).split("{")[0] in words(made)
    assert key("records-free", language).split("{")[0] not in words(form(tutoring(), language))


@pytest.mark.parametrize("language", BOTH)
def test_the_review_is_told_in_the_language_of_the_form(language: Language) -> None:
    assert form(tutoring(), language).footer == voice(tutoring()).sheet(
        "consent-form" if language == "en" else "consent-form.es"
    )("footer-unreviewed")
    body = tutoring()
    body["pack"]["review"] = body["notice"] = "Reviewed by A. Smith, attorney."
    assert "A. Smith" in form(body, language).footer


def test_purpose_and_recipient_come_from_the_answers() -> None:
    body = answered(tutoring(), requester="provider", provider_who="partner", purpose="own-program")
    assert fields(form(body))[key("purpose-term")] == ours().files["names"]["purpose-own-program"]
    assert fields(form(body, "es"))[key("party-term", "es")] == ours().files["names.es"]["who-partner"]
    assert fields(form(tutoring()))[key("party-term")] == "A community group"


def test_an_unknown_item_is_printed_as_it_was_sealed() -> None:
    body = tutoring()
    body["items"][0] |= {"id": "bus-route", "label": "Bus route"}
    assert boxes(form(body, "es"))[0] == Task("Bus route")


def test_what_another_law_guards_is_named_and_has_no_box() -> None:
    said = key("other-law").replace("{items}", "Meal status")
    assert said in words(form(tutoring()))
    assert "Meal status" not in [task.text for task in boxes(form(tutoring()))]
    body = tutoring()
    for item in body["items"]:
        item["stopped_by"] = ["ferpa"]
    assert key("other-law").split("{")[0] not in words(form(body))


@pytest.mark.parametrize(
    ("level", "adult", "parent", "student"),
    [("k12", "no", True, False), ("k12", "yes", False, True), ("college", "", False, True), ("k12", "", True, True)],
)
def test_the_right_person_signs(level: str, adult: str, parent: bool, student: bool) -> None:
    said = words(form(answered(tutoring(), level=level, adult=adult)))
    assert (key("signer-parent") in said) == parent
    assert (key("signer-student") in said) == student
    assert (key("copies-child") in said) == parent


def test_without_answers_everything_is_a_line_to_fill_in() -> None:
    body = tutoring()
    body |= {"answers": [], "items": [], "profile": {}}
    made = form(body)
    assert "____" in fields(made)[key("purpose-term")]
    assert "____" in fields(made)[key("party-term")]
    assert key("records-more").split("{")[0] in words(made)
    assert "____ asks you to agree" in words(made)


@pytest.mark.parametrize("language", BOTH)
def test_texts_of_the_record_stay_text(language: Language) -> None:
    body = tutoring()
    body["items"][0]["label"] = "{contact} <i>"
    body["profile"]["school"] = "{number}"
    assert "{contact} <i>" in words(form(body, language))
    assert "{number}" in words(form(body, language))
