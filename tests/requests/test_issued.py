"""Papers that were made: the ledger knows each by its SHA-256, and a changed one no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from ferpa_wizard.cli import codes, main
from ferpa_wizard.ledger.errors import LedgerError
from ferpa_wizard.requests.checking import look_at_papers
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import RequestsError
from ferpa_wizard.requests.issued import CHANGED, ISSUED, UNKNOWN, Paper
from ferpa_wizard.requests.papers import write_papers
from tests.requests.sample_desks import example_desk
from tests.requests.test_todos import NOW, _sealed


def _found(desk: Desk, file: Path) -> Paper:
    (found,) = look_at_papers(desk.home, [file], at=desk.now())
    return found


def test_a_paper_is_found_by_what_is_in_it_and_not_by_its_name(tmp_path: Path) -> None:
    desk = example_desk(tmp_path / "home", NOW)
    sealed = _sealed(desk, "tutoring-no-control", "share-after-steps")
    files = write_papers(sealed, tmp_path, ("html", "txt"), kinds=("record", "letter"))
    assert _found(desk, files[0]).state == UNKNOWN
    desk.issued.note(sealed.number, files)
    other = files[0].rename(tmp_path / "something else.html")
    found = _found(desk, other)
    assert found.state == ISSUED and found.made is not None
    assert (found.made.record, found.made.file) == (sealed.number, files[0].name)
    other.write_text(other.read_text(encoding="utf-8").replace("2026", "2025", 1), encoding="utf-8")
    assert _found(desk, other).state == UNKNOWN
    assert _found(desk, other.rename(files[0])).state == CHANGED
    assert desk.verify().ok


@pytest.mark.parametrize("papers", [5, ["x"], [{}], [{"file": [], "sha256": {}}]])
def test_what_no_program_of_ours_noted_names_no_paper_and_hides_none(tmp_path: Path, papers: object) -> None:
    desk = example_desk(tmp_path / "home", NOW)
    sealed = _sealed(desk, "tutoring-no-control", "share-after-steps")
    desk._open(writing=True).append("paper", {"papers": papers}, at=desk.now())
    desk._open(writing=True).append("paper", {"record": [], "program": 1, "papers": papers}, at=desk.now())
    files = write_papers(sealed, tmp_path, ("txt",), kinds=("letter",))
    desk.issued.note(sealed.number, files)
    assert _found(desk, files[0]).state == ISSUED


def test_the_same_record_gives_the_same_papers_again(tmp_path: Path) -> None:
    desk = example_desk(tmp_path / "home", NOW)
    number = _sealed(desk, "tutoring-no-control", "share-after-steps").number
    formats = ("pdf", "html", "docx", "txt", "csv")
    first = write_papers(desk.record(number), tmp_path, formats, files=("A1",))
    desk.issued.note(number, first)
    again = tmp_path / "again"
    again.mkdir()
    for file in write_papers(example_desk(tmp_path / "home", NOW).record(number), again, formats, files=("A1",)):
        found = _found(desk, file)
        assert found.made is not None and (found.state, found.made.file) == (ISSUED, file.name)


def test_what_is_no_record_or_no_file_is_a_sentence(tmp_path: Path) -> None:
    desk = example_desk(tmp_path / "home", NOW)
    with pytest.raises(RequestsError):
        _found(desk, tmp_path / "none.pdf")
    _sealed(desk, "tutoring-no-control", "share-after-steps")
    with pytest.raises(LedgerError):
        desk.issued.note("2026-0099", [])


def test_the_command_line_tells_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    desk = example_desk(home, NOW)
    sealed = _sealed(desk, "tutoring-no-control", "share-after-steps")
    (file,) = write_papers(sealed, tmp_path, ("txt",), kinds=("letter",))
    assert main(["log", "paper", str(file), "--home", str(home)]) == codes.MISMATCH
    desk.issued.note(sealed.number, [file])
    assert main(["log", "paper", str(file), "--home", str(home)]) == codes.FINE
