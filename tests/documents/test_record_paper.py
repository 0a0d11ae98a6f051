"""What the justification record says, before any writer gives it a form."""

from __future__ import annotations

import itertools

import pytest

from ferpa_wizard.documents.document import (
    Callout,
    Checklist,
    Document,
    Heading,
    Paragraph,
    Table,
    Tone,
)
from ferpa_wizard.documents.errors import DocumentError
from tests.documents.samples import (
    CHOICES,
    LAYER_STATES,
    LAYERS,
    NUMBER,
    SEAL,
    VERDICTS,
    combination,
    refused,
    tutoring,
)
from tests.documents.sheets import record
from tests.documents.voices import words


def callouts(document: Document) -> list[Callout]:
    return [block for block in document.blocks if isinstance(block, Callout)]


def table(document: Document, first_column: str) -> Table:
    return next(block for block in document.blocks if isinstance(block, Table) and block.header[0] == first_column)


def test_the_verdict_stands_before_everything_but_the_title() -> None:
    body = tutoring()
    title, verdict, *_rest = record(body).blocks
    assert isinstance(title, Heading)
    assert isinstance(verdict, Callout)
    assert verdict.lead
    assert verdict.text == body["determination"]["says"]
    assert body["determination"]["basis"]["cite"] in verdict.note


@pytest.mark.parametrize("state", LAYER_STATES)
def test_five_layers_always_stand_in_order(state: str) -> None:
    body = tutoring()
    del body["determination"]["layers"]["practical"]
    body["determination"]["layers"]["state"]["state"] = state
    rows = table(record(body), "Who").rows
    assert len(rows) == len(LAYERS)
    assert [row[2].text for row in rows] == [
        body["determination"]["layers"].get(layer, {"says": ""})["says"] for layer in LAYERS
    ]
    assert (rows[2][1].tone is Tone.YES) == (state == "does-not-object")


def test_every_state_of_a_layer_has_its_own_words() -> None:
    shown = set()
    for state in LAYER_STATES:
        body = tutoring()
        body["determination"]["layers"]["ferpa"]["state"] = state
        shown.add(table(record(body), "Who").rows[0][1].text)
    assert len(shown) == len(LAYER_STATES)


def test_every_other_way_is_there_with_its_reason_the_nearest_first() -> None:
    body = tutoring()
    bases = body["determination"]["bases"]
    bases.append(bases[-1] | {"title": "A twin", "because": bases[-1]["because"]})
    rows = table(record(body), "Way to share").rows
    assert bases[0]["title"] not in words(record(body)).split("Every other way")[1]
    for basis in bases[1:]:
        (row,) = [row for row in rows if basis["title"] in row[0].text]
        assert row[2].text == basis["because"]
    assert [row[1].tone is Tone.NA for row in rows] == [False, False, True, True, True, True]


def test_each_step_is_a_box_that_is_not_ticked() -> None:
    lists = [block for block in record(tutoring()).blocks if isinstance(block, Checklist)]
    assert len(lists) == 1
    assert [task.done for task in lists[0].tasks] == [False, False]


def test_an_item_that_another_law_stops_names_that_law() -> None:
    rows = {row[0].text: row for row in table(record(tutoring()), "Data").rows}
    assert rows["Meal status"][1].tone is Tone.NO
    assert rows["Meal status"][2].text == "Other federal law"
    assert rows["Grades"][1].tone is Tone.STEPS
    assert "law" not in rows["Grades"][2].text


def test_an_item_that_goes_another_way_names_that_way() -> None:
    body = tutoring()
    body["items"][0] |= {"share": True, "basis": "ferpa-directory"}
    body["items"][-1]["basis"] = "ferpa-directory"
    rows = table(record(body), "Data").rows
    assert rows[0][1].tone is Tone.YES
    assert "Directory information" in rows[0][0].note
    assert [row[0].note for row in rows[1:]] == ["", "", "", ""]


def test_only_the_conditions_of_the_chosen_basis_are_counted() -> None:
    body = tutoring()
    body["determination"]["bases"][1]["conditions"] = [{"says": "Of another basis"}]
    document = record(body)
    assert len(table(document, "Condition").rows) == 4
    assert any("3 of 4" in b.text for b in document.blocks if isinstance(b, Heading))
    assert "Of another basis" not in words(document)


def test_what_is_to_do_stands_with_its_condition() -> None:
    body = tutoring()
    conditions = body["determination"]["bases"][0]["conditions"]
    conditions[0]["cure"] = conditions[1]["cure"]
    rows = table(record(body), "Condition").rows
    assert "Put the control in writing." in rows[1][0].note
    assert "Put the control" not in rows[0][0].note


def test_duties_stand_in_the_order_of_time() -> None:
    body = tutoring()
    body["determination"]["duties"].reverse()
    shown = [row[1].text for row in table(record(body), "When and who").rows]
    assert shown[:-1] == [duty["do"] for duty in reversed(body["determination"]["duties"])]


def test_the_row_on_the_students_file_says_what_its_paper_says() -> None:
    body = tutoring()
    body["determination"]["verdict"], body["decision"]["choice"] = "may-share", "share"
    assert "99.32(d)(2)" in table(record(body), "When and who").rows[-1][1].text
    body["determination"]["duties"] = []
    assert "99.32(d)" not in table(record(body), "When and who").rows[-1][1].text


def test_each_item_says_what_was_decided_on_it() -> None:
    body = tutoring()
    decided = {row[0].text: row[3].text for row in table(record(body), "Data").rows}
    assert decided["Meal status"] != decided["Grades"]
    body["decision"]["choice"] = "do-not-share"
    assert {row[3].text for row in table(record(body), "Data").rows} == {decided["Meal status"]}


def test_the_correction_is_there_when_ferpa_was_named_and_does_not_bind() -> None:
    body = refused()
    assert body["decision"]["correction"] in [block.text for block in callouts(record(body))]


def test_there_is_no_correction_when_none_is_due() -> None:
    assert len(callouts(record(tutoring()))) == 1


def test_a_decision_against_the_result_says_both_and_why() -> None:
    body = refused()
    (difference,) = [block for block in callouts(record(body)) if block.note and not block.lead]
    assert body["determination"]["label"] in difference.text
    assert body["decision"]["label"] in difference.text
    assert body["decision"]["words"] in difference.note


def test_reasons_are_named_by_layer() -> None:
    shown = words(record(refused()))
    assert "FERPA, District policy" in shown


def test_an_answer_changed_after_the_result_is_marked() -> None:
    rows = {row[0].text: row for row in table(record(refused()), "Question").rows}
    marked = [question for question, row in rows.items() if row[1].note]
    assert marked == ["Does your school control how they use the records?"]


def test_answers_say_where_they_came_from() -> None:
    rows = table(record(tutoring()), "Question").rows
    sources = {answer["source"] for answer in tutoring()["answers"]}
    assert len({row[2].text for row in rows}) == len(sources)


def test_the_rules_and_the_seal_are_there_in_full() -> None:
    body = tutoring()
    document = record(body)
    shown = words(document)
    for part in (body["pack"]["sha256"], body["pack"]["version"], "May 23, 2026"):
        assert part in shown
    assert NUMBER in document.footer
    assert SEAL in document.footer


def test_it_always_says_that_no_lawyer_reviewed_the_rules() -> None:
    body = tutoring()
    del body["pack"]["review"], body["determination"]["law_note"], body["notice"]
    assert "No lawyer" in words(record(body))
    assert words(record(tutoring())).count("No lawyer") == 1


def test_a_role_that_must_judge_is_named_at_once() -> None:
    judge = record(combination("judgement", "ask-officer")).blocks[2]
    assert isinstance(judge, Callout)
    assert "The registrar" in judge.label


@pytest.mark.parametrize(("verdict", "choice"), list(itertools.product(VERDICTS, CHOICES)))
def test_every_verdict_and_decision_makes_a_paper(verdict: str, choice: str) -> None:
    document = record(combination(verdict, choice))
    shown = words(document)
    assert f"The sentence of {verdict}." in shown
    assert f"The label of {choice}" in shown
    levels = [block.level for block in document.blocks if isinstance(block, Heading)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_a_title_too_long_for_a_heading_is_not_cut_silently() -> None:
    body = tutoring()
    body["request"]["title"] = "word " * 100 + "end"
    document = record(body)
    heading, whole, *_rest = document.blocks
    assert isinstance(heading, Heading)
    assert isinstance(whole, Paragraph)
    assert len(heading.text) < 250
    assert whole.text == body["request"]["title"]


def test_a_body_of_another_format_is_refused() -> None:
    with pytest.raises(DocumentError, match="version"):
        record(tutoring() | {"format": 2})


@pytest.mark.parametrize("vital", ["pack", "answers", "determination", "decision"])
def test_a_body_without_its_vital_parts_is_refused(vital: str) -> None:
    body = tutoring()
    del body[vital]
    with pytest.raises(DocumentError, match=vital):
        record(body)


@pytest.mark.parametrize("stamp", ["", "yesterday", "0001-01-01T00:00:00+14:00"])
def test_a_body_without_a_time_is_refused(stamp: str) -> None:
    body = tutoring()
    body["decision"]["at"] = stamp
    with pytest.raises(DocumentError):
        record(body)


def test_parts_that_are_missing_or_of_another_kind_are_left_out() -> None:
    body = {
        "format": 1,
        "pack": {"id": 7},
        "answers": ["not a row", None],
        "items": "not a list",
        "determination": {"layers": [], "bases": [{"conditions": 3}], "judge": "me"},
        "decision": {"at": "2026-11-24T10:52:00+00:00", "reasons": [None], "by": None},
    }
    assert len(table(record(body), "Who").rows) == len(LAYERS)


def test_a_fact_to_find_out_is_a_question_in_words() -> None:
    body = tutoring()
    body["determination"]["unknown"] = [
        {"question": "control", "text": "Who controls it?", "if_yes": "x", "if_no": "y"}
    ]
    (row,) = table(record(body), "Fact").rows
    assert row[0].text == "Who controls it?"


def test_a_reason_that_stops_a_part_is_told_to_be_none_for_the_rest() -> None:
    body = refused()
    for item in body["items"]:
        item["share"] = not item["stopped_by"]
    labels = [block.text for block in record(body).blocks if isinstance(block, Callout)]
    assert any("Grades" in said and "Meal status" in said for said in labels)
    for item in body["items"]:
        item["stopped_by"] = ["other_federal"]
    assert len([block for block in record(body).blocks if isinstance(block, Callout)]) == len(labels) - 1


def test_why_another_way_does_not_fit_never_reads_as_its_opposite() -> None:
    body = tutoring()
    del body["determination"]["bases"][2:]
    other = body["determination"]["bases"][1]
    other |= {
        "status": "ruled-out",
        "because": "They asked",
        "conditions": [{"says": "They asked", "status": "not-met"}],
    }
    assert table(record(body), "Way to share").rows[0][2].text.startswith("Not so:")
    other["conditions"][0]["status"] = "unknown"
    assert table(record(body), "Way to share").rows[0][2].text.startswith("Not asked:")
    other["conditions"][0]["because"] = "You said: I am not sure"
    assert table(record(body), "Way to share").rows[0][2].text.startswith("Not known:")
    other |= {"because": "They did not ask.", "conditions": []}
    assert table(record(body), "Way to share").rows[0][2].text == "They did not ask."
    other["because"] = ""
    assert table(record(body), "Way to share").rows[0][2].text


def test_what_ferpa_says_is_not_settled_while_it_hangs_on_a_fact() -> None:
    body = tutoring()
    body["determination"]["layers"]["ferpa"] = {"state": "depends", "binding": "no", "says": "It depends."}
    assert "did not stand in the way" not in words(record(body))
    body["determination"]["layers"]["ferpa"]["state"] = "does-not-object"
    assert "did not stand in the way" in words(record(body))


def test_who_must_judge_what_is_a_whole_sentence() -> None:
    asked = callouts(record(combination("judgement", "not-now")))
    assert "Whether the order is valid." in [block.text for block in asked]
