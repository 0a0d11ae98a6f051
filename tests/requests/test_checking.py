"""The check of a whole home: its own chain, copies of others, a checkpoint for whichever it is of, papers, a report."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ferpa_wizard import __version__
from ferpa_wizard.ledger.checkpoint import write_checkpoint
from ferpa_wizard.ledger.errors import ExportFailed
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.requests.check_report import report, write_report
from ferpa_wizard.requests.checking import Checked, check, checkpoint_of, look_at_papers
from ferpa_wizard.requests.errors import RequestsError
from ferpa_wizard.requests.issued import CHANGED, ISSUED, UNKNOWN, sha256_of
from tests.ledger.attacks import cut_last, edit_text
from tests.ledger.attacks_on_files import unguarded
from tests.ledger.samples import COUNT, NOW, fill, installation


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a chain of its own and copies of two other desks."""
    folder = tmp_path_factory.mktemp("made")
    fill(folder / "home")
    for number in range(2):
        fill(folder / f"desk-{number}")
        copy = folder / "home" / "desks" / installation(folder / f"desk-{number}")
        copy.mkdir(parents=True)
        shutil.copy(folder / f"desk-{number}" / "ledger.sqlite", copy)
    return folder / "home"


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "home"))


def _copies(home: Path) -> list[Path]:
    return sorted((home / "desks").iterdir())


def _checkpoint(of: Path, file: Path) -> Path:
    write_checkpoint(checkpoint_of(of, at=NOW), file, home=of)
    return file


def _outcomes(checked: Checked) -> list[str]:
    return [chain.verdict.outcome for chain in checked.chains]


def test_each_desk_has_its_line_and_the_own_chain_stands_first(home: Path) -> None:
    checked = check(home, at=NOW)
    assert checked.ok and checked.count == COUNT
    assert [chain.desk for chain in checked.chains] == ["", *(copy.name for copy in _copies(home))]
    for copy, line in zip(_copies(home), checked.lines[1:], strict=True):
        assert copy.name in line
    assert len(checked.says.splitlines()) == 3


def test_one_bad_copy_decides(home: Path) -> None:
    unguarded(edit_text)(_copies(home)[1])
    checked = check(home, at=NOW)
    assert not checked.ok
    assert _outcomes(checked) == ["matches", "matches", "does-not-match"]


def test_a_copy_that_cannot_be_read_is_no_copy_that_is_left_out(home: Path) -> None:
    (_copies(home)[0] / "ledger.sqlite").unlink()
    assert _outcomes(check(home, at=NOW)) == ["matches", "cannot-read", "matches"]


def test_a_copy_in_the_folder_of_another_desk_is_told(home: Path) -> None:
    first, second = _copies(home)
    shutil.copy(first / "ledger.sqlite", second / "ledger.sqlite")
    assert _outcomes(check(home, at=NOW)) == ["matches", "matches", "does-not-match"]


def test_a_home_that_only_collects_has_no_chain_of_its_own_to_miss(home: Path) -> None:
    for path in home.glob("ledger.*"):
        path.unlink()
    checked = check(home, at=NOW)
    assert checked.ok and len(checked.chains) == 2
    assert check(home, at=NOW, head="a" * 64).chains[0].verdict.outcome == "cannot-read"


def test_a_chain_of_its_own_that_went_away_is_missed(home: Path) -> None:
    (home / "ledger.sqlite").unlink()
    assert _outcomes(check(home, at=NOW)) == ["cannot-read", "matches", "matches"]


@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_checkpoint_is_held_against_the_chain_that_it_is_of(which: int, home: Path, tmp_path: Path) -> None:
    place = [home, *_copies(home)][which]
    file = _checkpoint(place, tmp_path / "kept.json")
    assert check(home, at=NOW, checkpoint=file).ok
    unguarded(cut_last)(place)
    checked = check(home, at=NOW, checkpoint=file)
    assert [chain.verdict.fault for chain in checked.chains] == ["rewound" if n == which else "" for n in range(3)]


def test_a_copy_of_oneself_does_not_draw_the_checkpoint_away(home: Path, tmp_path: Path) -> None:
    file = _checkpoint(home, tmp_path / "kept.json")
    own = home / "desks" / installation(home)
    own.mkdir()
    shutil.copy(home / "ledger.sqlite", own)
    unguarded(cut_last)(home)
    assert check(home, at=NOW, checkpoint=file).chains[0].verdict.fault == "rewound"


def test_a_checkpoint_of_nobody_here_is_told(home: Path, tmp_path: Path) -> None:
    fill(tmp_path / "strange")
    checked = check(home, at=NOW, checkpoint=_checkpoint(tmp_path / "strange", tmp_path / "kept.json"))
    assert [chain.verdict.fault for chain in checked.chains] == ["other-desk", "", ""]


def test_each_way_not_to_fit_a_checkpoint_has_its_own_words(home: Path, tmp_path: Path) -> None:
    fill(tmp_path / "strange")
    strange = _checkpoint(tmp_path / "strange", tmp_path / "strange.json")
    own = _checkpoint(home, tmp_path / "own.json")
    said = {check(home, at=NOW, checkpoint=strange).chains[0].verdict.problems}
    unguarded(cut_last)(home)
    said.add(check(home, at=NOW, checkpoint=own).chains[0].verdict.problems)
    with Ledger.open(home, now=NOW) as ledger:
        ledger.append("note", {}, at=NOW)
    said.add(check(home, at=NOW, checkpoint=own).chains[0].verdict.problems)
    (tmp_path / "own.json").write_text("{}")
    with pytest.raises(RequestsError) as raised:
        check(home, at=NOW, checkpoint=own)
    assert len({*said, (str(raised.value),)}) == 4
    assert all(says for (says,) in said)


def test_no_checkpoint_is_taken_of_a_log_that_does_not_hold_or_holds_nothing(home: Path, tmp_path: Path) -> None:
    unguarded(edit_text)(home)
    with pytest.raises(RequestsError, match="4"):
        checkpoint_of(home, at=NOW)
    Ledger.open(tmp_path / "empty", now=NOW).close()
    with pytest.raises(RequestsError):
        checkpoint_of(tmp_path / "empty", at=NOW)


# --- papers ---------------------------------------------------------------------------------------


@pytest.fixture
def papers(home: Path, tmp_path: Path) -> Path:
    """letter.pdf was made twice here, slip.pdf at another desk; other.pdf nowhere."""
    folder = tmp_path / "papers"
    (folder / "deep").mkdir(parents=True)
    letter, slip = folder / "letter.pdf", folder / "deep" / "slip.pdf"
    for text in ("first", "second"):
        letter.write_text(text)
        _note(home, letter)
    slip.write_text("slip")
    _note(_copies(home)[0], slip)
    (folder / "other.pdf").write_text("other")
    return folder


def _note(home: Path, file: Path) -> None:
    papers = [{"file": file.name, "sha256": sha256_of(file)}]
    with Ledger.open(home, now=NOW) as ledger:
        ledger.append("paper", {"format": 1, "record": "2026-0001", "papers": papers, "program": "1"}, at=NOW)


def _states(home: Path, *places: Path) -> dict[str, str]:
    return {paper.path.name: paper.state for paper in look_at_papers(home, places, at=NOW)}


def test_papers_are_issued_changed_or_unknown(home: Path, papers: Path) -> None:
    assert _states(home, papers) == {"letter.pdf": ISSUED, "slip.pdf": ISSUED, "other.pdf": UNKNOWN}
    (papers / "letter.pdf").write_text("first")
    (papers / "deep" / "slip.pdf").write_text("Slip")
    (papers / "letter.pdf").rename(papers / "renamed.pdf")
    assert _states(home, papers) == {"renamed.pdf": ISSUED, "slip.pdf": CHANGED, "other.pdf": UNKNOWN}
    assert _states(home, papers / "renamed.pdf", papers / "deep") == {"renamed.pdf": ISSUED, "slip.pdf": CHANGED}


def test_a_paper_tells_its_record_and_its_desk(home: Path, papers: Path) -> None:
    found = {paper.path.name: paper.made for paper in look_at_papers(home, [papers], at=NOW)}
    letter, slip = found["letter.pdf"], found["slip.pdf"]
    assert letter is not None and (letter.record, letter.installation) == ("2026-0001", installation(home))
    assert slip is not None and slip.installation == _copies(home)[0].name
    assert found["other.pdf"] is None


def test_papers_decide_with_the_chains(home: Path, papers: Path) -> None:
    assert check(home, at=NOW, papers=[papers / "letter.pdf", papers / "deep"]).ok
    assert not check(home, at=NOW, papers=[papers]).ok


def test_an_entry_that_was_tampered_with_names_no_paper(home: Path, papers: Path) -> None:
    (papers / "letter.pdf").write_text("forged")
    with closing(sqlite3.connect(home / "ledger.sqlite")) as connection, connection:
        connection.execute("DROP TRIGGER bodies_keep")
        connection.execute(
            "UPDATE bodies SET body = CAST(replace(CAST(body AS TEXT), ?, ?) AS BLOB) WHERE sequence > ?",
            (hashlib.sha256(b"second").hexdigest(), sha256_of(papers / "letter.pdf"), COUNT),
        )
    assert _states(home, papers / "letter.pdf") == {"letter.pdf": CHANGED}


def test_what_is_no_file_and_a_folder_without_one_are_sentences(home: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for place in (tmp_path / "none.pdf", tmp_path / "empty"):
        with pytest.raises(RequestsError, match=place.name):
            look_at_papers(home, [place], at=NOW)


# --- the report -----------------------------------------------------------------------------------


def test_the_report_says_what_was_checked_when_by_which_version_and_what_was_found(
    home: Path, papers: Path, tmp_path: Path
) -> None:
    at = datetime(2027, 1, 31, 8, 0, tzinfo=UTC)
    file = _checkpoint(home, tmp_path / "kept.json")
    unguarded(edit_text)(_copies(home)[0])
    checked = check(home, at=at, checkpoint=file, papers=[papers])
    write_report(checked, tmp_path / "report.txt", home=home)
    text = (tmp_path / "report.txt").read_text(encoding="utf-8")
    assert text == report(checked)
    for chain in checked.chains:
        told = (chain.verdict.installation, chain.verdict.head, *chain.verdict.problems)
        assert all(words in text for words in told)
    assert at.isoformat() in text and __version__ in text
    assert "entry 4 (text)" in text
    assert checked.chains[0].checkpoint is not None and checked.chains[0].checkpoint.number in text
    assert all(str(paper.path) in text for paper in checked.papers)


def test_a_report_that_all_matches_differs_in_its_result(home: Path) -> None:
    fine = report(check(home, at=NOW)).splitlines()
    unguarded(edit_text)(home)
    bad = report(check(home, at=NOW)).splitlines()
    first = [next(line for line in lines if line.startswith("Result")) for lines in (fine, bad)]
    assert first[0] != first[1]


def test_a_report_takes_the_place_of_no_file_of_the_program(home: Path) -> None:
    with pytest.raises(ExportFailed):
        write_report(check(home, at=NOW), home / "ledger.sqlite", home=home)
    assert check(home, at=NOW).ok
