"""The letter: one honest text for every verdict and decision."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferpa_wizard.core.choices import ALL_YES, DECLINES
from ferpa_wizard.documents.body import names, rows, text
from ferpa_wizard.documents.document import Document, Heading, Pairs, Table
from ferpa_wizard.documents.letter import letter
from ferpa_wizard.documents.wording import claims_ferpa, read_wording
from tests.documents.samples import (
    CHOICES,
    LAYER_STATES,
    LAYERS,
    NUMBER,
    VERDICTS,
    Body,
    combination,
    refused,
    tutoring,
)
from tests.documents.voices import FREE, STOPS, answered, cited, ours, paragraphs, record, told, voice, words

FAMILY: dict[str, Any] = {
    "requester": "family",
    "family_who": "parent",
    "family_wants": "see",
    "level": "k12",
    "adult": "no",
}
SECRET = ("grand-jury-secret", "law-secret", "terror-order", "order-secret", "unsure", "")


def written(body: Body) -> str:
    return words(letter(voice(body)))


def headings(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def say(key: str, **values: str) -> str:
    """A sentence of ours, up to its first placeholder."""
    return voice(tutoring()).sheet("letter")(key, **values)


def start(key: str) -> str:
    return ours().files["letter"][key].split("{")[0]


# What holds for every letter


def check(body: Body) -> None:
    """The rules of honesty, on the text alone."""
    seen, said = told(body), written(body)
    sentences = re.split(r"(?<=[.:])\s|\n", said)
    claiming = [sentence for sentence in sentences if claims_ferpa(sentence)]
    names_it = seen.choice in DECLINES and "ferpa" in seen.reasons
    if claiming:
        assert seen.binds("ferpa") and names_it, claiming
        assert all(STOPS[0] in sentence for sentence in claiming), claiming
    if any(sentence in said for sentence in FREE):
        assert seen.layer("ferpa")[0] in ("does-not-object", "needs-steps")
        assert not seen.binds("ferpa")
    if text(seen.decision, "correction"):
        assert not claiming
    if seen.verdict in ALL_YES and seen.choice == "ask-officer":
        assert start("wait") in said
    elif not seen.gives_all:
        assert ours().files["letter"]["ways"] in said
        assert _offers_a_way(body, said), said
    for layer in seen.unchecked:
        assert ours().files["names"][f"layer-{layer}"] in said
    assert NUMBER in said
    assert seen.on in said
    assert (ours().files["common"]["reply-by"] in said) is (seen.choice == "ask-officer")
    assert start("next") in said
    assert ours().files["letter"]["second-look"] in said
    assert cited(said) - paragraphs() - _given(body) == set()


def _given(body: Body) -> set[str]:
    return cited(str(body))


def _offers_a_way(body: Body, said: str) -> bool:
    routes = ours().files["routes"]
    known = [(text(route, "id"), text(route, "title")) for route in rows(body["determination"], "routes")]
    ends = ("", "-parent", "-student", "-other")
    offered = [routes.get(f"{name}{end}", title) for name, title in known for end in ends]
    return any(
        way in said
        for way in (*offered, start("way-officer"), *map(start, ("open-way", "open-way-owed", "open-way-plain")))
    )


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_and_decision_has_its_letter(verdict: str, choice: str) -> None:
    body = combination(verdict, choice)
    body["decision"]["reasons"] = ["ferpa"] if choice in DECLINES else []
    check(body)
    assert "{" not in written(body)


@st.composite
def bodies(draw: st.DrawFn) -> Body:
    """Bodies as the engine may make them: bindings and stopped items fit the states; people may say anything."""
    body = combination(draw(st.sampled_from(VERDICTS)), draw(st.sampled_from(CHOICES)))
    result = body["determination"]
    for item in body["items"]:
        item["stopped_by"], item["share"] = [], draw(st.booleans())
    for layer in LAYERS:
        state = draw(st.sampled_from(LAYER_STATES))
        stops = state in ("objects", "objects-in-part")
        result["layers"][layer] = {
            "state": state, "binding": draw(st.sampled_from(["shared", "sole", "no"])) if stops else "no", "says": f"{layer} says so.",
        }  # fmt: skip
        if result["layers"][layer]["binding"] != "no":
            for item in body["items"][: 5 if state == "objects" else 2]:
                item["stopped_by"].append(layer)
                item["share"] = False
    result["routes"] = result["routes"] if draw(st.booleans()) else []
    result["unchecked"] = draw(st.lists(st.sampled_from(LAYERS[1:4]), unique=True))
    if draw(st.booleans()):
        answered(body, **{**FAMILY, "family_who": draw(st.sampled_from(["parent", "student", "other-relative"]))})
    return _decided(body, draw)


def _decided(body: Body, draw: st.DrawFn) -> Body:
    decision: dict[str, Any] = body["decision"]
    decision["reasons"] = draw(st.lists(st.sampled_from(LAYERS), unique=True)) if decision["choice"] in DECLINES else []
    decision["words"] = draw(st.sampled_from(["FERPA prohibits this.", "Because of FERPA.", "=1+1 {school} <b>"]))
    binds = body["determination"]["layers"]["ferpa"]["binding"] != "no"
    decision["correction"] = "FERPA does not stop this." if "ferpa" in decision["reasons"] and not binds else ""
    return body


@given(bodies())
def test_no_letter_blames_it_on_ferpa_when_the_record_does_not(body: Body) -> None:
    check(body)


# What stands in it


def test_what_we_do_stands_before_everything_that_we_do_not() -> None:
    body = combination("part", "share")
    body["items"][0]["share"] = True
    said = written(body)
    assert said.index(start("share-part")) < said.index(ours().files["letter"]["why"])
    assert "Name" in said[said.index(start("share-part")) :].split("\n")[0]


def test_reference_file_dates_and_contact_are_there() -> None:
    body = tutoring()
    body["request"] |= {"received": "2026-11-20", "deadline": "2026-12-05"}
    said = written(body)
    for fact in (
        NUMBER,
        "Ticket 4417",
        "Nov 24, 2026",
        "Nov 20, 2026",
        "Dec 5, 2026",
        "Lincoln Middle School",
        "Maria Lopez, Principal",
    ):
        assert fact in said
    assert "____" in said.split(ours().files["common"]["contact"])[1].split("\n")[1]


def test_the_letterhead_of_the_district_stands_on_top_and_names_whom_to_call(tmp_path: Any) -> None:
    (tmp_path / "letterhead.yaml").write_text(
        'school: "Hill District"\nphone: "555-0100"\ncontact: "Ms. Ode"', encoding="utf-8"
    )
    made = letter(voice(tutoring(), read_wording(tmp_path)))
    assert made.masthead == "Hill District · 555-0100"
    assert "Ms. Ode, 555-0100" in words(made)
    assert "Lincoln" not in words(made)


def test_steps_are_told_to_the_reader_and_not_in_the_words_of_our_staff() -> None:
    said = written(tutoring())
    assert start("step-sign") in said
    assert "Put your school’s control of the records in writing." not in said
    assert "34 CFR 99.31(a)(1)(i)(B)(2)" in said


def test_a_step_that_takes_items_out_names_them() -> None:
    body = tutoring()
    body["determination"]["steps"][1] |= {"removes": ["meal-status"], "page": "items"}
    assert say("step-take-out", items="Meal status") in written(body)


def test_an_item_that_another_law_stops_names_that_law_and_not_ferpa() -> None:
    made = letter(voice(tutoring()))
    table = next(block for block in made.blocks if isinstance(block, Table))
    (row,) = [row for row in table.rows if row[0].text == "Meal status"]
    assert row[1].note.startswith("Other federal law")
    assert "FERPA" not in row[1].text + row[1].note


def test_the_true_layer_takes_the_place_of_a_false_one() -> None:
    body = refused()
    body["decision"]["reasons"] = ["ferpa"]
    said = written(body)
    assert "School lunch law guards meal status." in said  # the layer that does bind
    assert body["decision"]["correction"] not in said
    assert body["decision"]["words"] not in said
    for layer in body["determination"]["layers"].values():
        layer |= {"binding": "no", "state": "does-not-object"}
    assert start("school-chose-steps") in written(body)


def test_ferpa_is_named_where_it_binds_and_the_decision_names_it() -> None:
    body = refused()
    body["determination"]["layers"]["ferpa"] |= {"state": "objects", "binding": "sole"}
    body["decision"] |= {"reasons": ["ferpa"], "correction": ""}
    assert start("ferpa-stops") in written(body)
    body["decision"]["reasons"] = ["district"]
    assert not claims_ferpa(written(body))
    body["decision"]["reasons"] = ["ferpa"]
    body["determination"]["layers"]["ferpa"]["state"] = "objects-in-part"
    body["items"][2]["stopped_by"] = ["ferpa"]
    assert say("ferpa-stops-part", items="Grades") in written(body)


@pytest.mark.parametrize("layer", LAYERS[1:])
def test_each_other_layer_is_named_as_people_named_it(layer: str) -> None:
    body = refused()
    body["determination"]["layers"][layer] |= {"state": "not-checked", "binding": "no"}
    body["decision"]["reasons"] = [layer]
    assert say(f"reason-{layer}") in written(body)


def test_a_law_that_the_record_shows_to_be_no_limit_wants_a_check() -> None:
    body = refused()
    body["determination"]["layers"]["state"] |= {"state": "does-not-object", "binding": "no"}
    body["decision"]["reasons"] = ["state"]
    assert say("reason-free") in written(body)
    body["determination"]["layers"]["state"]["state"] = "not-covered"
    assert say("reason-free") not in written(body)


def test_a_rule_of_another_layer_that_speaks_of_ferpa_is_quoted_only_where_ferpa_is_free() -> None:
    body = refused()
    body["determination"]["layers"]["other_federal"]["says"] = "School lunch law stops it. FERPA does not."
    assert "FERPA does not." in written(body)
    body["determination"]["layers"]["ferpa"] |= {"state": "objects", "binding": "shared"}
    assert "FERPA does not." not in written(body)
    assert "Other federal law stops this" in written(body)


def test_a_yes_to_everything_offers_no_other_way_and_is_not_unqualified() -> None:
    body = record("may-share", "share")
    assert ours().files["letter"]["ways"] not in written(body)
    assert start("unchecked-before") in written(body)
    body["determination"]["unchecked"] = []
    assert start("unchecked-before") not in written(body)
    assert ours().files["letter"]["unchecked"] not in written(body)


def test_danger_does_not_wait_for_what_was_not_checked() -> None:
    said = written(record("may-share-emergency", "share", start="danger"))
    assert start("unchecked-after") in said
    assert start("unchecked-before") not in said


# Families


@pytest.mark.parametrize("choice", DECLINES)
def test_a_family_that_is_refused_learns_its_rights(choice: str) -> None:
    body = record("must-share", choice, basis="th-access-request", **FAMILY)
    said = written(body)
    assert {"99.21(a)", "99.22", "99.20(a)", "99.63", "99.64(c)"} <= cited(said)
    assert "180 days" in said
    assert start("chose-against-duty") in said


def test_a_refused_amendment_tells_of_the_hearing_and_the_statement() -> None:
    said = written(
        record("judgement", "do-not-share", basis="th-amendment-request", **{**FAMILY, "family_wants": "change"})
    )
    assert {"99.21(a)", "99.22(a)", "99.22(d)", "99.22(f)", "99.21(b)(2)", "99.63"} <= cited(said)
    assert headings(letter(voice(record("judgement", "share", **{**FAMILY, "family_wants": "change"}))))[0] == say(
        "title-change"
    )


@pytest.mark.parametrize("choice", ["share", "ask-officer"])
def test_rights_are_for_those_who_were_refused(choice: str) -> None:
    assert ours().files["letter"]["rights"] not in written(record("must-share", choice, **FAMILY))
    assert ours().files["letter"]["rights"] not in written(refused())


@pytest.mark.parametrize("choice", DECLINES)
def test_a_parent_of_an_adult_student_learns_who_holds_the_rights_and_of_whom_they_are(choice: str) -> None:
    said = written(record("missing-fact", choice, **{**FAMILY, "adult": "yes"}))
    assert say("holder-student") in said and say("rights-of-student") in said
    assert say("rights") not in said
    own = written(record("missing-fact", choice, **FAMILY))
    assert say("holder-student") not in own and say("rights") in own


@pytest.mark.parametrize(
    "verdict", ["consent", "other-rule", "not-as-asked", "judgement", "missing-fact", "after-steps"]
)
def test_a_yes_that_goes_further_than_the_rules_is_one_answer_and_says_what_they_ask(verdict: str) -> None:
    body = record(verdict, "share", basis="x")
    said = written(body)
    assert say("items-answer-rules") in said and say("ways-says-further") in said
    assert say("item-open") not in said.split("\n") and start("law-basis") not in said
    assert say("items-answer-rules") not in written(record("may-share", "share", basis="x"))


def test_a_no_names_what_could_turn_it_and_a_not_now_its_day() -> None:
    body = record("missing-fact", "do-not-share", **FAMILY)
    body["determination"]["unknown"] = [{"question": "x", "text": "Is it so?", "if_yes": "", "if_no": ""}]
    assert say("fact-turns", question="Is it so?") in written(body)
    body["decision"]["choice"] = "not-now"
    assert say("fact", question="Is it so?") in written(body) and ours().files["common"]["again-by"] in written(body)


def test_a_consent_opens_what_ferpa_stops_and_not_what_another_law_stops() -> None:
    body = record("consent", "share-after-steps", basis="ferpa-consent", **{**FAMILY, "adult": "yes"})
    body["determination"]["routes"] = [
        {"id": "alt-consent-form", "title": "", "paper": "consent-form", "by": "", "takes": "", "cite": ""}
    ]
    routes = ours().files["routes"]
    said = written(body)
    assert routes["alt-consent-form-student"] in said and routes["alt-consent-form"] not in said
    assert say("way-stays", items="Meal status") in said
    body["items"] = [item for item in body["items"] if "other_federal" not in item["stopped_by"]]
    assert start("way-stays") not in written(body)


@pytest.mark.parametrize("choice", CHOICES)
def test_a_parent_whose_rights_are_in_doubt_learns_the_rule_and_that_the_school_looks(choice: str) -> None:
    body = record("judgement", choice, basis="th-access-request", **FAMILY)
    (basis,) = body["determination"]["bases"]
    basis["conditions"] = [{"id": "rh.3", "status": "unknown"}]
    said = written(body)
    assert say("holder-doubt") in said and say("way-look") in said
    assert "99.4" in cited(said)
    assert (say("chose-doubt") in said) is (choice in DECLINES and body["decision"]["reasons"] == [])
    basis["conditions"] = [{"id": "rh.3", "status": "met"}]  # something else is to be judged
    assert say("holder-doubt") not in written(body)


def test_access_says_by_when_from_the_clock_of_the_record() -> None:
    body = record("must-share", "share", basis="th-access-request", **FAMILY)
    body["determination"]["duties"] = [
        {"id": "in-general", "when": "before", "do": "", "by": "", "cite": "34 CFR 99.10(b)", "days": 45},
        {"id": "sooner", "when": "at", "do": "", "by": "", "cite": "Cal. Educ. Code 49069.7(b)", "days": 5},
        {"id": "tell", "when": "after", "do": "", "by": "", "cite": "34 CFR 99.61", "days": 3},
    ]
    assert say("share-access", days="5", cite="Cal. Educ. Code 49069.7(b)") in written(body)
    body["due"] = [{"duty": "sooner", "day": "2026-11-25"}, {"duty": "in-general", "day": "2027-01-04"}]
    assert "Nov 25, 2026" not in written(body)  # nobody noted when the request came in: the clock is not known
    body["request"]["received"] = "2026-11-20"
    assert "by Nov 25, 2026 at the latest" in written(body)


# Court papers


@pytest.mark.parametrize("kind", SECRET)
def test_no_way_in_a_letter_about_a_secret_paper_goes_through_the_family(kind: str) -> None:
    body = record(
        "after-steps", "share-after-steps", requester="government", government_who="court-paper", court_kind=kind
    )
    assert names(body["determination"]["routes"][0], "steps_text")
    said = written(body)
    assert ours().files["routes"]["alt-consent-form"] not in said
    assert start("way-officer") in said
    open_paper = record("after-steps", "share-after-steps", government_who="court-paper", court_kind="subpoena")
    assert ours().files["routes"]["alt-consent-form"] in written(open_paper)


# Hostile and poor records


def test_texts_of_a_record_stay_text() -> None:
    body = tutoring()
    body["request"]["reference"] = "{contact} <b>=1+1"
    body["items"][0]["label"] = "{number}"
    body["determination"]["routes"][0] |= {"id": "own", "title": "{school}", "steps_text": ["{blank}"]}
    said = written(body)
    for literal in ("{contact} <b>=1+1", "{number}", "{school}", "{blank}"):
        assert literal in said


def test_a_bare_record_still_has_its_letter() -> None:
    bare: Body = {
        "format": 1,
        "pack": {},
        "answers": [],
        "determination": {},
        "decision": {"at": "2026-11-24T10:52:00+00:00"},
    }
    assert start("ask-officer") in written(bare)


@pytest.mark.parametrize(
    ("answers", "key"),
    [
        ({"requester": "ourselves"}, "title-ourselves"),
        ({"requester": "nobody"}, "title-out"),
        ({"start": "danger"}, "title-danger"),
        ({"requester": "family", "family_wants": "danger"}, "title-danger"),
        ({"requester": "public"}, "title"),
    ],
)
def test_a_letter_thanks_nobody_for_asking_who_did_not(answers: dict[str, Any], key: str) -> None:
    body = record("may-share", "share", **answers)
    assert headings(letter(voice(body)))[0] == say(key)
    assert (start("asked") in written(body)) == (key == "title")


def test_every_letter_ends_with_a_line_to_sign() -> None:
    last = letter(voice(tutoring())).blocks[-1]
    assert isinstance(last, Pairs)
    assert "____" in last.rows[0].value


def test_a_letter_gives_all_only_where_the_rules_do() -> None:
    assert {verdict for verdict in VERDICTS if told(combination(verdict, "share")).gives_all} == set(ALL_YES)
