"""The papers of a sealed decision: which there are, and what is written where."""

from __future__ import annotations

import csv
import io
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ferpa_wizard.core.choices import CHOICES
from ferpa_wizard.core.examples import run
from ferpa_wizard.core.intake import Intake
from ferpa_wizard.core.profile import NO_PROFILE
from ferpa_wizard.core.record import Decision, seal
from ferpa_wizard.documents.document import texts
from ferpa_wizard.documents.docx import to_docx
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.documents.pdf import PAPERS, to_pdf
from ferpa_wizard.documents.wording import WordingError, claims_ferpa
from ferpa_wizard.requests.papers import FORMATS, PaperKind, paged, paper, paper_size, papers, write_papers
from ferpa_wizard.requests.sealed import Sealed
from tests import real
from tests.documents.samples import NUMBER, SEAL, VERDICTS, Body, combination, refused, tutoring
from tests.documents.voices import marked, record

AT = datetime(2026, 11, 24, 22, 5, tzinfo=UTC)
SECRET: dict[str, Any] = {"government_who": "court-paper", "court_kind": "grand-jury-secret"}
TELLS_THE_FAMILY = {"consent-form", "consent-form-es", "subpoena-notice", "redisclosure"}


def sealed(body: Body | None = None) -> Sealed:
    return Sealed(NUMBER, SEAL, AT, marked(body or tutoring()))


def kinds(body: Body) -> dict[str, PaperKind]:
    return {kind.id: kind for kind in papers(sealed(body))}


# Which papers there are


def test_the_record_comes_first_and_the_letter_with_it() -> None:
    assert [kind.id for kind in papers(sealed())][:2] == ["record", "letter"]
    assert papers(sealed())[0].label == f"Decision record {NUMBER}"


def test_a_yes_after_steps_has_the_papers_that_the_steps_need() -> None:
    found = kinds(tutoring())
    assert found["agreement-provider"].suggested
    assert "agreement-studies" not in found
    assert not found["consent-form"].suggested
    assert "handover" in found


def test_consent_is_suggested_where_it_opens_the_way_and_not_offered_where_it_cannot() -> None:
    body = combination("consent", "share-after-steps")
    assert kinds(body)["consent-form"].suggested
    body["determination"]["bases"][1]["status"] = "ruled-out"
    assert "consent-form" not in kinds(body)


def test_a_family_that_asks_for_its_own_records_needs_no_consent_form() -> None:
    parent: dict[str, Any] = {"requester": "family", "family_who": "parent", "family_wants": "see", "level": "k12"}
    body = record("must-share", "share", **parent, adult="no", custody_paper="no")
    body["determination"]["bases"] = [{"id": "ferpa-consent", "status": "route"}]
    assert not TELLS_THE_FAMILY & kinds(body).keys()


def test_limits_go_along_only_where_something_goes_and_limits_are_due() -> None:
    duties = {"inform-limits": "34 CFR 99.33(d)"}
    assert kinds(record("may-share", "share", duties=duties))["redisclosure"].suggested
    assert "redisclosure" not in kinds(record("may-share", "do-not-share", duties=duties))
    assert "redisclosure" not in kinds(
        record("may-share", "share", duties={"no-limits": "34 CFR 99.33(c); 34 CFR 99.33(d)"})
    )


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("court_kind", ["grand-jury-secret", "law-secret", "terror-order", "order-secret", "unsure"])
def test_no_paper_of_a_secret_request_goes_to_the_family(court_kind: str, choice: str) -> None:
    body = record("may-share", choice, **{**SECRET, "court_kind": court_kind})
    body["determination"]["bases"] = tutoring()["determination"]["bases"]
    assert not TELLS_THE_FAMILY & kinds(body).keys()
    assert kinds(body)["counsel"].suggested


def test_an_open_court_paper_has_its_letter_to_the_family() -> None:
    for court_kind, suggested in (("subpoena", True), ("neglect-order", False)):
        body = record("after-steps", "share-after-steps", government_who="court-paper", court_kind=court_kind)
        assert kinds(body)["subpoena-notice"].suggested is suggested


def test_nobody_who_asked_gets_no_letter() -> None:
    everyone: list[dict[str, Any]] = [
        {"requester": "ourselves"},
        {"requester": "nobody"},
        {"start": "danger"},
        {"requester": "government", "purpose": "abuse-report"},
    ]
    for answers in everyone:
        assert "letter" not in kinds(record("may-share", "share", **answers))


def test_the_entry_takes_file_numbers_only_where_one_is_due() -> None:
    assert kinds(refused())["entry"].takes_files
    exempt = kinds(record("may-share", "share", duties={"no-log": "34 CFR 99.32(d)(2)"}))["entry"]
    assert not exempt.takes_files and not exempt.suggested and "csv" not in exempt.formats


def test_every_verdict_and_decision_has_papers_that_can_be_made() -> None:
    for verdict in VERDICTS:
        for choice in CHOICES:
            one = sealed(combination(verdict, choice))
            for kind in papers(one):
                assert "{" not in "\n".join(texts(paper(one, kind.id)))


@pytest.mark.long
def test_every_paper_of_every_example_is_made_and_none_but_a_letter_or_record_may_blame_ferpa() -> None:
    for example in real.examples()[::5]:
        walk, found = run(example, real.pack(), real.profiles())
        for choice in CHOICES:
            decision = Decision(
                choice, ("ferpa",) if choice in ("not-now", "do-not-share") else (), "Because.", "R. Osei"
            )
            body: dict[str, Any] = seal(
                walk,
                found,
                decision,
                intake=Intake(),
                profile=real.profiles().get(example.profile, NO_PROFILE),
                on="2026-11-24",
                at=AT,
            )
            one = sealed(body)
            for kind in (kind for kind in papers(one) if "txt" in kind.formats):
                said = "\n".join(texts(paper(one, kind.id)))
                binds = found.layers["ferpa"].binding != "no"
                assert not claims_ferpa(said) or kind.id in ("record", "counsel") or binds, (
                    example.id,
                    choice,
                    kind.id,
                )


# Writing them


@pytest.mark.parametrize("suffix", FORMATS)
def test_each_paper_is_written_in_each_form(suffix: str, tmp_path: Path) -> None:
    files = write_papers(sealed(), tmp_path, [suffix])
    assert [file.name for file in files] == [f"{kind.id}-{NUMBER}.{suffix}" for kind in papers(sealed())]
    assert all(file.stat().st_size > 200 for file in files)


def test_only_the_chosen_papers_are_written(tmp_path: Path) -> None:
    files = write_papers(sealed(), tmp_path, ["html", "txt"], kinds=["letter"])
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(file.name for file in files)
    assert len(files) == 2


def test_a_paper_that_the_decision_does_not_have_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="subpoena-notice"):
        write_papers(sealed(), tmp_path, ["html"], kinds=["letter", "subpoena-notice"])
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    for suffix in ("html", "csv"):
        with pytest.raises(DocumentError, match="was not saved"):
            write_papers(sealed(refused()), tmp_path / "gone", [suffix], kinds=["entry"])


# Entries for the student system


def rows_of(body: Body, folder: Path, files: list[str]) -> list[list[str]]:
    (file,) = write_papers(sealed(body), folder, ["csv"], kinds=["entry"], files=files)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))


def test_entries_are_written_as_one_row_a_file(tmp_path: Path) -> None:
    header, *rows = rows_of(refused(), tmp_path, ["A1", "B2"])
    assert [row[header.index("file")] for row in rows] == ["A1", "B2"]
    assert {row[header.index("reference")] for row in rows} == {NUMBER}


def test_no_cell_starts_a_formula(tmp_path: Path) -> None:
    body = refused()
    body["items"][0]["label"] = "=HYPERLINK(1)"
    body["request"]["reference"] = "+1\n2"
    body["answers"][0]["label"] = "@SUM"
    _, row = rows_of(body, tmp_path, ["-1"])
    assert all(cell[:1] not in "=+-@" for cell in row if cell)


def test_other_papers_have_no_rows(tmp_path: Path) -> None:
    assert write_papers(sealed(refused()), tmp_path, ["csv"], kinds=["record", "letter"]) == []


def test_file_numbers_are_kept_nowhere_but_in_the_entries(tmp_path: Path, own_home: Path) -> None:
    one = sealed(refused())
    before = str(one.body)
    (tmp_path / "out").mkdir()
    files = write_papers(one, tmp_path / "out", ["html", "csv"], files=["STUDENT-77"])
    holding = {file.name for file in files if b"STUDENT-77" in file.read_bytes()}
    assert holding == {f"entry-{NUMBER}.html", f"entry-{NUMBER}.csv"}
    assert str(one.body) == before
    assert not own_home.exists()


# The district's own words


def test_own_words_come_from_the_home_folder(tmp_path: Path, own_home: Path) -> None:
    for home in (own_home, tmp_path / "other"):
        (home / "papers").mkdir(parents=True)
        (home / "papers" / "letterhead.yaml").write_text(f'school: "District of {home.name}"', encoding="utf-8")
    assert paper(sealed(), "letter").masthead == "District of home"
    assert paper(sealed(), "letter", home=tmp_path / "other").masthead == "District of other"


def test_mistakes_in_own_words_are_all_told_and_nothing_is_written(tmp_path: Path, own_home: Path) -> None:
    (own_home / "papers").mkdir(parents=True)
    (own_home / "papers" / "letter.yaml").write_text('nope: "x"\nregards: "{nobody}"\n', encoding="utf-8")
    with pytest.raises(WordingError) as caught:
        write_papers(sealed(), tmp_path, ["html"])
    assert [mistake.line for mistake in caught.value.mistakes] == [1, 2]
    assert [file for file in tmp_path.iterdir() if file != own_home] == []
    assert papers(sealed())  # the list of papers does not hang on them


@pytest.mark.skipif(os.name != "posix", reason="permissions of a file")
def test_rows_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    rows_of(refused(), tmp_path, ["A1"])
    assert (tmp_path / f"entry-{NUMBER}.csv").stat().st_mode & 0o077 == 0


def test_the_dates_of_a_decision_are_a_calendar_file(tmp_path: Path) -> None:
    body = tutoring()
    body["request"]["deadline"] = "2026-12-01"
    assert "dates" not in kinds(tutoring())
    written = write_papers(sealed(body), tmp_path, ("pdf",), kinds=["dates"], home=tmp_path)
    assert [file.name for file in written] == [f"dates-{NUMBER}.ics"]
    assert "DTSTART;VALUE=DATE:20261201" in written[0].read_text(encoding="utf-8")


# Printing


def test_only_papers_with_pages_are_printed_and_with_the_file_numbers() -> None:
    body = refused()
    body["request"]["deadline"] = "2026-12-01"
    assert "dates" in kinds(body)
    made = paged(sealed(body), ["dates", "entry", "letter"], files=["STUDENT-77"])
    assert [kind.id for kind, _ in made] == ["letter", "entry"]
    assert ["STUDENT-77" in " ".join(texts(document)) for _, document in made] == [False, True]
    assert paged(sealed(body), ["dates"]) == []
    with pytest.raises(DocumentError, match="nonsense"):
        paged(sealed(body), ["nonsense"])


def test_papers_are_saved_on_the_sheets_of_the_letterhead(tmp_path: Path) -> None:
    for named in ("letter", "a4"):
        (tmp_path / named / "papers").mkdir(parents=True)
        (tmp_path / named / "papers" / "letterhead.yaml").write_text(f"paper: {named}", encoding="utf-8")
    record = paper(sealed(), "record")
    for named, size in PAPERS.items():
        files = write_papers(sealed(), tmp_path, ["pdf", "docx"], kinds=["record"], home=tmp_path / named)
        assert paper_size(tmp_path / named) == size
        assert [file.read_bytes() for file in files] == [to_pdf(record, paper=size), to_docx(record, paper=size)]
