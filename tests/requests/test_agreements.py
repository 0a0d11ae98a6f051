"""The register: three questions for a known partner, where an answer came from, lists in and out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ferpa_wizard.core.agreement import Agreement
from ferpa_wizard.core.errors import AgreementsError
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.record import Decision
from ferpa_wizard.core.use import Use
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.documents.record_paper import record_paper
from ferpa_wizard.documents.text import to_text
from ferpa_wizard.ledger.errors import FileNotSaved, LedgerLocked
from ferpa_wizard.ledger.file import turn_in
from ferpa_wizard.requests.agreements_csv import from_csv, to_csv
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import DecisionError
from ferpa_wizard.requests.passing import read_passed
from ferpa_wizard.requests.request import Request
from ferpa_wizard.requests.rule_picture import path_of, tree_picture
from ferpa_wizard.requests.rules import read_rules
from ferpa_wizard.requests.sealed import Sealed
from tests import real

SHARE = Decision("share", by_name="R. Osei")
ANY: dict[str, Answer] = {"level": "k12", "students": "few", "items": ("name", "grades"), "funds": "yes"}
PICKED: dict[str, Answer] = {"students": "few", "items": ("name", "grades")}


class Clock:
    day = datetime(2026, 11, 24, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.day


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    (tmp_path / "profile.yaml").write_bytes((real.RULES / "profiles" / "example.yaml").read_bytes())
    made = Desk(tmp_path, lambda: read_rules(tmp_path, None), now=clock)
    yield made
    made.close()


def sealed(desk: Desk, name: str = "tutoring-in-order", decision: Decision = SHARE) -> Sealed:
    (example,) = [one for one in real.examples() if one.id == name]
    return desk.new(dict(example.answers)).decide(decision)


def kept(desk: Desk, **fields: object) -> Agreement:
    found = desk.agreements.from_record(sealed(desk).body)
    assert found is not None
    given = {"party": "Bright Path", "ends": "2026-12-01", **fields}
    return desk.agreements.keep(replace(found, **given))  # type: ignore[arg-type]


def continues(request: Request) -> int:
    """Answer page after page until nothing is asked; how many."""
    pages = 0
    while request.ask is not None:
        asked = {ask.id for ask in request.page(PICKED)}
        assert asked <= {*PICKED, "level"}, asked
        request.answer_page({name: answer for name, answer in PICKED.items() if name in asked})
        pages += 1
    return pages


def test_a_known_partner_reaches_the_result_in_three_continues(desk: Desk) -> None:
    request = desk.new(agreement=kept(desk).id)
    assert continues(request) <= 3
    assert request.so_far.verdict == "may-share"


def test_students_and_items_stand_on_one_page_although_later_questions_are_settled(desk: Desk) -> None:
    request = desk.new(agreement=kept(desk).id)
    assert [ask.id for ask in request.page({"students": "few"})] == ["students", "items"]
    assert continues(request) == 1


def test_a_known_partner_of_a_school_without_a_profile_needs_no_more_than_three(desk: Desk) -> None:
    agreement = kept(desk)
    (desk.home / "profile.yaml").unlink()
    desk.read_anew()
    request = desk.new(agreement=agreement.id)
    pages = 0
    while request.ask is not None:
        request.answer_page({ask.id: ANY[ask.id] for ask in request.page({"students": "few", "level": "k12"})})
        pages += 1
    assert pages <= 3


def test_each_answer_says_from_which_agreement_it_came(desk: Desk) -> None:
    request = desk.new(agreement=kept(desk).id)
    continues(request)
    for sections in (request.rail(), request.check_rows()):
        rows = {row.question: row for section in sections for row in section.rows}
        assert "Bright Path" in rows["purpose"].origin and "2026" in rows["purpose"].origin
        assert (rows["purpose"].source, rows["items"].origin) == ("agreement", "")


def test_the_drawing_marks_what_the_agreement_answered(desk: Desk) -> None:
    request = desk.new(agreement=kept(desk).id)
    continues(request)
    parts = {part.id: part for part in tree_picture(desk.pack, path_of(request.walk, request.so_far)).parts()}
    agreed, own = parts["purpose"], parts["students"]
    assert agreed.state == own.state != ""
    assert agreed.mark and agreed.mark != own.mark


def test_an_answer_of_the_agreement_is_changed_like_any_other_and_comes_back_with_undo(desk: Desk) -> None:
    request = desk.new(agreement=kept(desk).id)
    continues(request)
    request.edit("school-control")
    request.answer("in-writing")
    assert {given.source for given in request.walk.trail if given.ask.id == "school-control"} == {"agreement"}
    request.edit("school-control")
    request.answer("none")
    assert request.so_far.verdict == "after-steps"
    request.undo()
    assert request.so_far.verdict == "may-share"


def test_the_record_holds_the_agreement_and_is_run_again_without_the_register(desk: Desk) -> None:
    agreement = kept(desk)
    request = desk.new(agreement=agreement.id)
    continues(request)
    record = request.decide(SHARE)
    assert record.body["agreement"] == {"id": agreement.id, "party": "Bright Path", "ends": "2026-12-01"}
    said = {row["question"]: row["source"] for row in record.body["answers"]}  # type: ignore[attr-defined]
    assert (said["purpose"], said["items"], said["level"]) == ("agreement", "person", "profile")
    desk.agreements.file.unlink()
    assert desk.rerun(record.number).outcome == "same"
    text = to_text(record_paper(record.body, number=record.number, seal=record.seal))
    assert "With Bright Path, until Dec 1, 2026" in text


def test_a_record_without_an_agreement_names_none(desk: Desk) -> None:
    assert sealed(desk).body["agreement"] is None


def test_a_draft_that_is_opened_after_the_end_is_asked_again_and_told_why(desk: Desk, clock: Clock) -> None:
    request = desk.new(agreement=kept(desk).id)
    request.answer_page(PICKED)
    clock.day = datetime(2026, 12, 1, 23, tzinfo=UTC)
    assert desk.open_draft(request.id).ask is None
    clock.day = datetime(2026, 12, 2, 1, tzinfo=UTC)
    again = desk.open_draft(request.id)
    assert again.ask is not None and again.ask.id == "requester"
    assert "Bright Path" in again.asked_again("requester") and "Dec 1, 2026" in again.asked_again("requester")
    assert again.asked_again("items") == ""
    again.answer("provider")
    assert again.asked_again("requester") == ""


def test_a_draft_whose_agreement_cannot_be_had_is_opened_and_says_so(desk: Desk) -> None:
    agreement = kept(desk)
    request = desk.new(agreement=agreement.id)
    request.answer_page(PICKED)
    desk.agreements.remove(agreement.id)
    gone = desk.open_draft(request.id)
    assert gone.ask is not None and gone.asked_again("requester")
    assert not gone.asked_again("students")
    desk.agreements.file.write_text("agreements: {", encoding="utf-8")
    assert desk.open_draft(request.id).asked_again("requester") != gone.asked_again("requester")
    assert desk.new().asked_again("requester") == ""


def _answered(desk: Desk, **other: Answer) -> Request:
    (example,) = [one for one in real.examples() if one.id == "tutoring-in-order"]
    return desk.new({**example.answers, **other})


def test_an_answer_that_the_agreement_changes_after_the_result_is_noted(desk: Desk) -> None:
    agreement = kept(desk)
    request = _answered(desk, **{"school-control": "none"})
    request.see_result()
    request.put_under(agreement)
    assert request.so_far.verdict == "may-share"
    assert request.draft.changed_after_result == ("school-control",)
    same = _answered(desk)
    same.see_result()
    same.put_under(agreement)
    assert same.draft.changed_after_result == ()


def test_ticks_that_the_agreement_does_not_settle_stay(desk: Desk) -> None:
    agreement = kept(desk)
    request = _answered(desk, items=("name", "test-scores"))
    ticks = [name for name in request.draft.answers if name in desk.pack.checklists and name in agreement.answers]
    assert ticks and request.ask is None
    request.put_under(agreement)
    assert request.ask is None
    assert {one.source for one in request.walk.trail if one.ask.id in ticks} == {"person"}


def test_going_on_under_an_agreement_is_undone_and_done_again(desk: Desk) -> None:
    agreement = kept(desk)
    request = _answered(desk, **{"school-control": "none"})
    before, found = dict(request.draft.answers), request.so_far.verdict
    request.answer_page({"items": ("name",)})
    request.put_under(agreement)
    under = request.so_far.verdict
    assert under != found
    assert request.undo()
    assert (request.agreement, request.draft.agreement, request.so_far.verdict) == (None, "", found)
    assert request.draft.answers == {**before, "items": ("name",)}
    assert request.redo()
    assert (request.agreement, request.draft.agreement, request.so_far.verdict) == (agreement, agreement.id, under)
    for _ in range(2):
        assert request.undo()
    assert request.draft.answers == before


def test_an_agreement_is_kept_once_while_it_holds(desk: Desk, clock: Clock) -> None:
    first = replace(kept(desk), id="")
    with pytest.raises(DecisionError) as caught:
        desk.agreements.keep(replace(first, party="BRIGHT PATH", ends="2027-12-01"))
    assert [name for name, _ in caught.value.problems] == ["party"]
    desk.agreements.keep(replace(first, schools=("Oak School",)))
    desk.agreements.keep(replace(first, party="Other"))
    clock.day = clock.day.replace(year=2027)
    desk.agreements.keep(replace(first, ends="2027-12-01"))
    assert len(desk.agreements.all()) == 4


def test_items_of_the_agreement_are_marked_on_their_page(desk: Desk) -> None:
    request = desk.new(agreement=kept(desk).id)
    (items,) = [ask for ask in request.page({"students": "few"}) if ask.id == "items"]
    assert {one.id for one in items.options if "agreed" in one.marks} == {"name", "grade-level", "grades", "attendance"}


def test_more_data_is_advice_in_the_record_and_no_layers_no(desk: Desk) -> None:
    request = desk.new(agreement=kept(desk).id)
    request.answer_page({**PICKED, "items": ("name", "test-scores")})
    assert request.ask is not None and request.asked_again(request.ask.id)
    request.answer(("soo.4", "soo.9", "soo.6"))
    found = request.determination
    assert found is not None and found.layers["ferpa"].state == "does-not-object"
    body = request.decide(SHARE).body
    assert body["determination"]["advice"][0]["id"] == "beyond-agreement"  # type: ignore[index]


def test_only_what_shares_with_a_partner_and_has_no_step_left_becomes_an_agreement(desk: Desk) -> None:
    take = desk.agreements.from_record
    assert take(sealed(desk).body) is not None
    assert take(sealed(desk, "tutoring-no-control", Decision("share-after-steps", by_name="x")).body) is None
    assert take(sealed(desk, "club-with-consent").body) is None
    assert (
        take(sealed(desk, decision=Decision("not-now", ("practical",), "No time.", by_name="x", second_name="y")).body)
        is None
    )
    request = desk.new(agreement=kept(desk).id)
    continues(request)
    assert take(request.decide(SHARE).body) is None


def test_data_that_goes_another_way_is_no_part_of_the_agreement(desk: Desk) -> None:
    body = sealed(desk).body
    basis = body["determination"]["basis"]["id"]  # type: ignore[index]
    for item in body["items"]:  # type: ignore[attr-defined]
        item["basis"] = basis if item["id"] == "grades" else "ferpa-directory-information"
    found = desk.agreements.from_record(body)
    assert found is not None and found.items == ("grades",)


def test_back_leads_over_no_page_that_the_agreement_answered(desk: Desk) -> None:
    request = desk.new(agreement=kept(desk).id)
    assert not request.page_back()
    continues(request)
    assert request.page_back()
    assert request.ask is not None and request.ask.id == "students"
    assert not request.page_back()


def test_a_request_that_went_on_after_the_end_names_no_agreement(desk: Desk, clock: Clock) -> None:
    request = desk.new(agreement=kept(desk).id)
    request.answer_page(PICKED)
    clock.day = datetime(2026, 12, 2, 1, tzinfo=UTC)
    again = desk.open_draft(request.id)
    (example,) = [one for one in real.examples() if one.id == "tutoring-in-order"]
    while again.ask is not None:
        again.answer(example.answers[again.ask.id])
    assert again.decide(SHARE).body["agreement"] is None


def test_what_a_form_lacks_is_named_and_nothing_is_written(desk: Desk) -> None:
    with pytest.raises(DecisionError) as caught:
        kept(desk, party="", ends="")
    assert [field for field, _ in caught.value.problems] == ["party", "ends"]
    assert not desk.agreements.exists


def test_what_ends_within_sixty_days_or_has_ended_is_ending(desk: Desk) -> None:
    for party, ends in (("gone", "2026-11-23"), ("last day", "2026-11-24"), ("60", "2027-01-23"), ("61", "2027-01-24")):
        kept(desk, party=party, ends=ends)
    assert [one.party for one in desk.agreements.ending()] == ["gone", "last day", "60"]
    assert [one.party for one in desk.agreements.partners()] == ["60", "61", "last day"]


def test_a_table_brings_back_exactly_what_went_out(desk: Desk, tmp_path: Path) -> None:
    for party in ("=1+1", "'=1+1", 'Päth "A", Inc.', "-", "'"):
        kept(desk, party=party, schools=("@Oak", "Elm, North; South", "'x"), signed="2026-01-31", destroy="2027-01-31")
    before = desk.agreements.all()
    out = tmp_path / "out.csv"
    assert desk.agreements.export_csv(out) == 5
    cells = list(out.read_text(encoding="utf-8-sig").split(","))
    assert not [cell for cell in cells if cell.strip('"')[:1] in ("=", "@")]
    desk.agreements.file.unlink()
    assert desk.agreements.import_csv(out) == 5
    assert desk.agreements.all() == before


def test_an_answer_that_names_nothing_comes_back(desk: Desk) -> None:
    made = kept(desk)
    pack = desk.pack
    bare = replace(made, answers={**made.answers, "papers-ferpa-school-official-outsourced": ()})
    assert from_csv(to_csv([bare], pack), "a.csv", pack) == [bare]


def test_a_school_is_called_what_it_is_called(desk: Desk) -> None:
    made = replace(kept(desk), schools=("(none)",))
    assert from_csv(to_csv([made], desk.pack), "a.csv", desk.pack) == [made]


def test_bad_rows_are_named_with_their_line_and_nothing_is_taken(desk: Desk, tmp_path: Path) -> None:
    made = kept(desk)
    before = desk.agreements.file.read_bytes()
    table = tmp_path / "in.csv"
    rows = [
        "id,party,schools,basis,items,ends",
        'good,Good,"Oak\nElm",ferpa-studies,name,2027-01-31',
        "bad,,,ferpa-studies,name,2027-01-31",
        "",
        "worse,Worse,,ferpa-consent,shoes,soon",
    ]
    table.write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(AgreementsError) as caught:
        desk.agreements.import_csv(table)
    assert {(one.file, one.line) for one in caught.value.mistakes} == {("in.csv", 4), ("in.csv", 6)}
    assert len(caught.value.mistakes) == 4
    assert desk.agreements.file.read_bytes() == before
    table.write_text("\n".join(rows[:3][:2]), encoding="utf-8")
    assert desk.agreements.import_csv(table) == 1
    assert {one.id for one in desk.agreements.all()} == {made.id, "good"}


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", 1),
        (b"id,party,color\n", 1),
        (b"id,id\n", 1),
        (b"id,party\na\n", 2),
        (b'id,party\na,"b', 2),
        (b"id\xff\n", 1),
    ],
)
def test_a_table_that_is_none_is_named(desk: Desk, data: bytes, line: int) -> None:
    with pytest.raises(AgreementsError) as caught:
        from_csv(data, "a.csv", desk.pack)
    assert [one.line for one in caught.value.mistakes] == [line]


def test_the_public_list_names_what_holds_today_and_no_more(desk: Desk, tmp_path: Path) -> None:
    kept(desk, party="Bright Path <b>", schools=("Oak",))
    kept(desk, party="Old Bus", ends="2026-11-01")
    page = desk.agreements.publish(tmp_path / "list", school="Example USD").read_text(encoding="utf-8")
    assert "Bright Path &lt;b&gt;" in page and "Oak" in page and "Dec 1, 2026" in page and "Attendance" in page
    assert "To do a job for our school" in page
    assert "Old Bus" not in page
    assert '<th scope="col"' in page and 'lang="en"' in page


def test_a_folder_that_cannot_be_written_is_told(desk: Desk, tmp_path: Path) -> None:
    kept(desk)
    with pytest.raises(FileNotSaved):
        desk.agreements.export_csv(tmp_path / "nowhere" / "x.csv")


@pytest.mark.parametrize("name", ["ledger.sqlite", "agreements.yaml", "profile.yaml", "papers/letter.yaml"])
def test_no_list_takes_the_place_of_a_file_of_the_program(desk: Desk, name: str) -> None:
    kept(desk)
    out = desk.home / name
    (desk.home / "papers").mkdir()
    before = out.read_bytes() if out.exists() else None
    for save in (desk.agreements.export_csv, lambda file: desk.agreements.publish(file, school="S")):
        with pytest.raises(DocumentError):
            save(out)
    assert (out.read_bytes() if out.exists() else None) == before


@pytest.mark.parametrize("name", ["/", ".", "..", "half \ud800.csv"])
def test_a_place_without_the_name_of_a_file_is_told(
    desk: Desk, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DocumentError):
        desk.agreements.publish(Path(name), school="S")
    with pytest.raises(DocumentError):
        desk.agreements.export_csv(Path(name))


def test_two_programs_that_keep_agreements_lose_none(desk: Desk, clock: Clock) -> None:
    first = kept(desk)

    def fill(name: str) -> None:
        other = Desk(desk.home, lambda: read_rules(desk.home, None), now=clock)
        for number in range(8):
            other.agreements.keep(replace(first, id="", party=f"{name} {number}"))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(fill, ("Oak", "Elm")))
    assert len(desk.agreements.all()) == 1 + 2 * 8


def test_the_register_is_changed_by_one_program_at_a_time(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = kept(desk)
    table = tmp_path / "in.csv"
    desk.agreements.export_csv(table)
    before = desk.agreements.file.read_bytes()
    monkeypatch.setattr("ferpa_wizard.ledger.file.WAIT_SECONDS", 0)
    acts: list[Callable[[], object]] = [
        lambda: desk.agreements.keep(replace(first, party="Other")),
        lambda: desk.agreements.remove(first.id),
        lambda: desk.agreements.import_csv(table),
    ]
    with turn_in(desk.home):
        for act in acts:
            with pytest.raises(LedgerLocked):
                act()
    assert desk.agreements.file.read_bytes() == before


# What was decided under an agreement, later


def _ticked(request: Request) -> dict[str, str]:
    return {given.ask.id: given.source for given in request.walk.trail}


def _decided_under(desk: Desk, agreement: Agreement) -> str:
    request = desk.new(agreement=agreement.id)
    continues(request)
    return request.decide(SHARE).number


@pytest.mark.parametrize("again", [lambda desk, record: desk.new(replaces=record), Desk.new_like])
def test_what_the_agreement_settled_is_settled_anew_when_a_record_is_started_again(
    desk: Desk, clock: Clock, again: Callable[[Desk, str], Request]
) -> None:
    agreement = kept(desk)
    number = _decided_under(desk, agreement)
    request = again(desk, number)
    said = {row["question"]: row["source"] for row in desk.record(number).body["answers"]}  # type: ignore[attr-defined]
    assert set(request.draft.answers) == {name for name, source in said.items() if source == "person"}
    assert request.ask is None
    assert _ticked(request)["requester"] == "agreement"
    clock.day = datetime(2027, 6, 1, tzinfo=UTC)
    late = again(desk, number)
    assert late.ask is not None and "Bright Path" in late.asked_again(late.ask.id)
    desk.agreements.remove(agreement.id)
    gone = again(desk, number)
    assert gone.ask is not None and gone.asked_again(gone.ask.id)
    assert "agreement" not in _ticked(gone).values()


def test_a_record_under_no_agreement_starts_again_under_none(desk: Desk) -> None:
    kept(desk)
    request = desk.new(replaces=sealed(desk).number)
    assert request.agreement is None
    assert request.ask is None


def test_another_desk_asks_what_an_agreement_here_settled(desk: Desk, tmp_path: Path) -> None:
    request = desk.new(agreement=kept(desk).id)
    continues(request)
    desk.pass_on(request, tmp_path / "passed.json", name="R. Osei", role="")
    taken = desk.take_over(read_passed(tmp_path / "passed.json"))
    assert taken.ask is not None and taken.ask.id == "requester"
    assert {name for name, source in _ticked(request).items() if source == "person"} == set(taken.draft.answers)


def _stands(desk: Desk, agreement: Agreement) -> str:
    number = _decided_under(desk, agreement)
    desk.standing.stand(number, desk.standing.stay(number).latest, by="R. Osei")
    return number


def _use(number: str, day: str = "2026-11-24") -> Use:
    return Use(number, day, "4711", "Bright Path", "R. Osei")


def test_a_use_is_refused_once_the_agreement_is_gone(desk: Desk) -> None:
    agreement = kept(desk)
    number = _stands(desk, agreement)
    desk.uses.log(_use(number))
    desk.agreements.remove(agreement.id)
    with pytest.raises(DecisionError, match="Bright Path"):
        desk.uses.log(_use(number))
    assert len(desk.uses.of(number)) == 1
    assert desk.standing.stay(number).why_not[0] == desk.standing.refusals(number, "2026-11-24")[0]
    desk.agreements.keep(agreement)
    desk.uses.log(_use(number))
    desk.agreements.file.write_text("agreements: {", encoding="utf-8")
    with pytest.raises(DecisionError):
        desk.uses.log(_use(number))


def test_a_use_is_refused_after_an_end_that_came_sooner_than_agreed(desk: Desk, clock: Clock) -> None:
    agreement = kept(desk, ends="2026-12-31")
    number = _stands(desk, agreement)
    desk.agreements.keep(replace(agreement, ends="2026-11-30"))
    clock.day = datetime(2026, 12, 2, 10, tzinfo=UTC)
    with pytest.raises(DecisionError, match="2026-11-30"):
        desk.uses.log(_use(number, "2026-12-01"))
    desk.uses.log(_use(number, "2026-11-30"))  # on the day on which it went out it still held


def test_a_use_is_refused_when_the_agreement_says_otherwise_or_lists_less(desk: Desk) -> None:
    agreement = kept(desk)
    number = _stands(desk, agreement)
    others = (
        replace(agreement, answers={**agreement.answers, "school-control": "none"}),
        replace(agreement, answers={n: a for n, a in agreement.answers.items() if n not in desk.pack.checklists}),
        replace(agreement, items=("name",)),
    )
    for other in others:
        desk.agreements.keep(other)
        assert desk.standing.refusals(number, "2026-11-24"), other
    desk.agreements.keep(replace(agreement, party="Bright Path, Inc.", destroy="2027-12-31"))
    assert desk.standing.refusals(number, "2026-11-24") == []


def test_under_an_agreement_that_was_renewed_the_decision_goes_on(desk: Desk, clock: Clock) -> None:
    agreement = kept(desk)
    number = _stands(desk, agreement)
    desk.agreements.keep(replace(agreement, ends="2027-03-31"))
    clock.day = datetime(2026, 12, 2, 10, tzinfo=UTC)
    assert desk.standing.stay(number).latest == "2027-03-31"
    desk.standing.stand(number, "2027-03-31", by="R. Osei")
    desk.uses.log(_use(number, "2026-12-02"))
    assert len(desk.uses.of(number)) == 1
