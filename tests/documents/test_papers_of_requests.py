"""Papers of worked requests, where a sentence that fits most of them would be wrong."""

from __future__ import annotations

import pytest

from ferpa_wizard.core.choices import CHOICES, DECLINES
from ferpa_wizard.documents.body import group, rows, text
from ferpa_wizard.documents.document import Checklist, Document, texts
from ferpa_wizard.documents.entry_due import entry_due
from ferpa_wizard.documents.told import Told
from ferpa_wizard.requests.papers import paper, papers
from tests.documents.sealing import NO_HOME, sealed_example
from tests.documents.voices import ours


def made(example: str, choice: str, kind: str = "letter") -> Document:
    return paper(sealed_example(example, choice), kind, home=NO_HOME)


def said(example: str, choice: str, kind: str = "letter") -> str:
    return "\n".join(texts(made(example, choice, kind)))


def told(example: str, choice: str) -> Told:
    return Told(sealed_example(example, choice).body, "2026-0001")


def ids(example: str, choice: str) -> set[str]:
    return {kind.id for kind in papers(sealed_example(example, choice))}


def start(key: str, sheet: str = "letter") -> str:
    """A sentence of ours, up to its first placeholder."""
    found = ours().files[sheet][key].split("{")[0]
    assert len(found) > 3, "it would be in every paper"
    return found


# Rights of the family


@pytest.mark.parametrize(
    ("example", "in_doubt"),
    [
        ("parent-paper-unclear", True), ("order-to-stay-away", True), ("minor-consent-care", False),
        ("proof-grandmother-minors-own-care", False), ("mother-asks-drug-program", False),
    ],
)  # fmt: skip
def test_only_a_paper_that_nobody_has_read_puts_the_rights_of_a_parent_in_doubt(example: str, in_doubt: bool) -> None:
    for choice in CHOICES:
        assert (start("holder-doubt") in said(example, choice)) is in_doubt
        assert (start("way-look") in said(example, choice)) is in_doubt


@pytest.mark.parametrize(
    ("example", "shown"),
    [
        ("adult-students-mother", True), ("ps-open-case-friend", False), ("ps-other-students-discipline", False),
        ("proof-outcome-for-a-mother-of-another", False),
    ],
)  # fmt: skip
def test_who_holds_the_rights_is_told_to_a_parent_who_asks_about_their_own_child(example: str, shown: bool) -> None:
    assert (start("holder-student") in said(example, "do-not-share")) is shown


@pytest.mark.parametrize("example", ["change-private-notes", "proof-no-federal-money", "ps-open-case-friend"])
def test_nobody_is_told_of_rights_that_are_not_theirs(example: str) -> None:
    for choice in DECLINES:
        assert start("rights-complain") not in said(example, choice)
        assert start("rights-amend") not in said(example, choice)


def test_the_shortest_clock_counts() -> None:
    for choice in CHOICES:
        letter = said("parent-sees-early-intervention", choice)
        assert "Nov 30, 2026" in letter and "34 CFR 303.405(a)" in letter  # ten days from Nov 20
        assert "Jan 4, 2027" not in letter
    assert "10 days" in said("parent-sees-early-intervention", "ask-officer", "counsel")


# A change is no disclosure


@pytest.mark.parametrize("example", ["change-a-record", "change-private-notes", "proof-decision-award-asked-by-uncle"])
@pytest.mark.parametrize("choice", CHOICES)
def test_where_something_is_to_be_changed_nothing_goes_out(example: str, choice: str) -> None:
    assert not ids(example, choice) & {"handover", "redisclosure"}
    assert entry_due(told(example, choice)).none
    for key in ("unchecked-before", "open-way", "open-way-plain", "items", "items-rules"):
        assert start(key) not in said(example, choice)


# What is shared with the wrong person, or not at all


def test_whoever_got_data_by_mistake_is_asked_to_give_it_back() -> None:
    notice = said("sent-by-mistake", "share", "redisclosure")
    assert start("mistake-back", "notices") in notice
    assert start("redisclosure-use", "notices") not in notice
    assert "handover" not in ids("sent-by-mistake", "share")
    assert start("answer-out", "entries") in said("sent-by-mistake", "share", "entry")


@pytest.mark.parametrize(
    "example", ["yearbook-opt-outs", "team-list", "dashboard-small-groups", "scrambled-student-number"]
)
def test_no_limits_go_along_where_the_way_sets_none(example: str) -> None:
    assert "redisclosure" not in ids(example, "share")


# The entry


@pytest.mark.parametrize(
    ("example", "due"),
    [
        ("pantry-motel-list", True), ("press-names-of-suspended", True), ("honor-society-average", True),
        ("degree-check-by-number", True), ("yearbook-opt-outs", False), ("team-list", False),
    ],
)  # fmt: skip
def test_a_list_that_gives_a_secret_away_was_never_directory_information(example: str, due: bool) -> None:
    assert (entry_due(told(example, "do-not-share")).none == "") is due


def test_a_refused_consent_is_no_consent_that_is_awaited() -> None:
    assert "outcome-consent" not in entry_due(told("consent-refused", "share-after-steps")).notes
    assert "outcome-consent" in entry_due(told("club-own-program", "share-after-steps")).notes


def test_the_record_names_the_paragraph_of_its_own_reason() -> None:
    assert entry_due(told("reporter-counts", "do-not-share")).cite == "34 CFR 99.32(a)(1)"
    assert entry_due(told("parent-sees-grades", "do-not-share")).cite == "34 CFR 99.32(d)(1)"


# Which layer says no


@pytest.mark.parametrize("example", ["pantry-motel-list", "k016-motel-families"])
def test_a_law_that_shuts_one_way_does_not_shut_consent(example: str) -> None:
    form = made(example, "not-now", "consent-form")
    boxes = [task.text for block in form.blocks if isinstance(block, Checklist) for task in block.tasks]
    assert "Home address" in boxes
    letter = said(example, "not-now")
    assert start("way-stays") not in letter
    assert ours().files["letter"]["reason-bound-way"].split("{items}")[1] in letter
    silent = text(group(group(told(example, "not-now").found, "layers"), "other_federal"), "says")
    assert silent not in letter  # by itself this law stops nothing, which would read as if it shut no way


def test_what_another_law_asks_consent_for_stands_on_the_form_and_goes_with_consent() -> None:
    form = made("plan-consent-taken-back", "not-now", "consent-form")
    boxes = [task.text for block in form.blocks if isinstance(block, Checklist) for task in block.tasks]
    plan, grades = (text(item, "label") for item in reversed(told("plan-consent-taken-back", "not-now").items))
    assert plan in boxes
    assert grades not in boxes
    assert start("way-stays") not in said("plan-consent-taken-back", "not-now")
    letter = said("plan-consent-taken-back", "share")
    assert ours().files["letter"]["item-consent"] in letter
    assert ours().files["letter"]["item-other-note"] not in letter  # FERPA asks for nothing more


def test_consent_that_opens_nothing_does_not_lead_the_ways() -> None:
    letter, ways = said("job-agency-transition", "not-now"), ours().files["routes"]
    assert letter.index(ways["alt-idea-consent"]) < letter.index(ways["alt-consent-form-parent"][:20])


def test_a_step_of_another_law_names_that_law() -> None:
    law = text(group(group(told("survey-optional", "share-after-steps").found, "layers"), "other_federal"), "says")
    assert law in said("survey-optional", "share-after-steps")
    for choice in CHOICES:
        assert ours().files["names"]["layer-other_federal"] in said("rings-company", choice)


def test_a_law_that_is_open_or_objects_is_named_also_where_it_does_not_bind() -> None:
    drug = said("mother-asks-drug-program", "not-now")
    assert "The federal rule on drug and alcohol programs" in drug
    assert start("school-chose") not in said("drug-program-to-medics", "do-not-share")
    for choice in ("share", "not-now"):
        assert f"What {ours().files['names']['layer-other_federal']}" in said("drug-program-to-medics", choice)


def test_a_court_paper_may_bind_where_ferpa_only_lets() -> None:
    assert start("chose-court") in said("investigator-with-order", "do-not-share")


def test_in_danger_a_letter_that_shares_nothing_yet_says_whom_to_call() -> None:
    for choice in CHOICES:
        assert "911" in said("drug-program-to-medics", choice)


def test_the_steps_that_are_open_go_with_a_no_to_what_is_owed() -> None:
    steps = rows(told("parent-not-checked", "do-not-share").found, "steps")
    assert steps
    letter = made("parent-not-checked", "do-not-share")
    tasks = [task for block in letter.blocks if isinstance(block, Checklist) for task in block.tasks]
    assert [task.note for task in tasks] == [text(step, "cite") for step in steps]


@pytest.mark.parametrize("example", ["proof-directory-and-grades", "k016-motel-families"])
def test_ferpa_is_named_for_no_more_than_it_stops(example: str) -> None:
    letter = said(example, "not-now")
    assert start("ferpa-stops-part") in letter
    assert start("ferpa-stops") not in letter
