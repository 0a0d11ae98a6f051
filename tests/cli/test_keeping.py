"""Reviews, holds and purges from the command line."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ferpa_wizard.cli import codes, main
from ferpa_wizard.core.record import Decision
from ferpa_wizard.requests.desk import Desk
from tests import real
from tests.copied import copied

Out = pytest.CaptureFixture[str]
EXAMPLES = {one.id: one for one in real.examples()}
OLD = datetime(2019, 3, 1, 10, tzinfo=UTC)
PROFILE = """
school: S
retention:
  - {kind: decision, outcome: [ask-officer], years: 3}
answers: {}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    return folder


def _sealed(home: Path, *, at: datetime = OLD, restricted: bool = False) -> str:
    profile = real.profiles()["example"]
    desk = Desk(home, lambda: (real.pack(), profile), now=lambda: at)
    requests = (desk.unsaved(one.answers) for one in real.examples())
    fits = (one for one in requests if one.restricted is restricted and one.walk.ask is None)
    number = next(fits).decide(Decision("ask-officer", (), "To be sure.", "R. Osei")).number
    for todo in desk.todos.of(number):
        desk.todos.note(replace(todo, done="2019-03-02"))
    desk.close()
    return number


def _said(out: Out, home: Path, *words: str) -> tuple[int, str]:
    code = main(["log", *words, "--home", str(home)])
    said = out.readouterr()
    return code, said.out + said.err


def _json(out: Out, home: Path, *words: str) -> list[dict[str, object]]:
    code, said = _said(out, home, *words, "--json")
    assert code == codes.FINE
    return [json.loads(line) for line in said.splitlines()]


def test_reviews_are_listed_given_and_shown(home: Path, capsys: Out) -> None:
    number = _sealed(home)
    assert [(row["number"], row["state"], row["installation"]) for row in _json(capsys, home, "review")] == [
        (number, "due", "")
    ]
    assert number in _said(capsys, home, "review")[1]
    act = ("review", number, "--act", "ask-change", "--words", "Which school?", "--by", "P. Lee")
    assert _said(capsys, home, *act)[0] == codes.FINE
    assert _said(capsys, home, "review", number, "--act", "agree", "--by", "P. Lee")[0] == codes.FINE
    assert _json(capsys, home, "review") == []
    (shown,) = _json(capsys, home, "review", number)
    assert (shown["number"], shown["state"]) == (number, "agreed")
    assert isinstance(shown["history"], list)
    assert [(one["act"], one["words"], one["by"]) for one in shown["history"]] == [
        ("ask-change", "Which school?", "P. Lee"),
        ("agree", "", "P. Lee"),
    ]
    code, said = _said(capsys, home, "review", number, "--act", "agree", "--by", "P. Lee")
    assert (code, len(said.splitlines())) == (codes.INPUT, 1)


def test_a_record_of_another_desk_is_named_by_it(home: Path, tmp_path: Path, capsys: Out) -> None:
    other = tmp_path / "other"
    number = _sealed(other)
    installation = copied(other, home).name
    assert [row["installation"] for row in _json(capsys, home, "review")] == [installation]
    act = ("review", number, "--desk", installation, "--act", "agree", "--by", "P. Lee")
    assert _said(capsys, home, *act)[0] == codes.FINE
    assert _json(capsys, home, "review") == []
    code, said = _said(capsys, home, "review", number, "--desk", "a" * 32)
    assert (code, "Traceback" in said) == (codes.INPUT, False)


def test_holds_are_listed_placed_and_released(home: Path, capsys: Out) -> None:
    number, secret = _sealed(home), _sealed(home, restricted=True)
    for one in (number, secret):
        assert _said(capsys, home, "hold", one, "--words", "A lawsuit.", "--by", "P. Lee")[0] == codes.FINE
    listed = _json(capsys, home, "hold")
    assert listed == [{"number": number, "count": 1}, {"restricted": 1}]
    said = _said(capsys, home, "hold")[1]
    assert number in said and secret not in said
    assert [row["act"] for row in _json(capsys, home, "hold", secret)] == ["hold"]
    assert _said(capsys, home, "hold", number, "--release", "--words", "Over.", "--by", "P. Lee")[0] == codes.FINE
    assert _json(capsys, home, "hold") == [{"restricted": 1}]
    assert _said(capsys, home, "hold", number, "--by", "P. Lee")[0] == codes.INPUT


def test_a_purge_is_listed_first_and_done_only_with_yes(home: Path, capsys: Out) -> None:
    number, held = _sealed(home), _sealed(home)
    secret, young = _sealed(home, restricted=True), _sealed(home, at=datetime.now(UTC))
    _said(capsys, home, "hold", held, "--words", "A lawsuit.", "--by", "P. Lee")
    listed = _json(capsys, home, "purge")
    assert [(row.get("number"), bool(row.get("stays"))) for row in listed] == [
        (number, False), (held, True), (None, False),
    ]  # fmt: skip
    assert listed[-1] == {"restricted": 1}
    said = _said(capsys, home, "purge")[1]
    assert number in said and secret not in said and young not in said
    assert _said(capsys, home, "purge", "--yes")[0] == codes.INPUT
    assert _said(capsys, home, "show", number)[0] == codes.FINE
    why = ("--by", "P. Lee", "--words", "By the schedule.")
    assert _said(capsys, home, "purge", held, "--yes", *why)[0] == codes.INPUT
    (done,) = _json(capsys, home, "purge", "--yes", *why)
    assert (done["records"], done["left"]) == (2, [])
    for one, code in ((number, codes.INPUT), (secret, codes.INPUT), (held, codes.FINE), (young, codes.FINE)):
        shown, said = _said(capsys, home, "show", one)
        assert (shown, "Traceback" in said) == (code, False)
    for words in (["list"], ["verify"], ["rerun"], ["due"], ["uses", held], ["hold"], ["review"], ["purge"]):
        assert _said(capsys, home, *words)[0] == codes.FINE
    for words in (["rerun", number], ["due", number], ["uses", number], ["hold", number], ["review", number]):
        code, said = _said(capsys, home, *words)
        assert code in (codes.INPUT, codes.FINE) and "Traceback" not in said
    assert _json(capsys, home, "purge", "--yes", *why) == [
        {"purge": "", "records": 0, "entries": 0, "views": 0, "left": []}
    ]


def test_one_record_alone_can_be_purged(home: Path, capsys: Out) -> None:
    number, other = _sealed(home), _sealed(home)
    why = ("--by", "P. Lee", "--words", "By the schedule.")
    assert _said(capsys, home, "purge", number, "--yes", *why)[0] == codes.FINE
    assert _said(capsys, home, "show", number)[0] == codes.INPUT
    assert _said(capsys, home, "show", other)[0] == codes.FINE


def test_without_a_schedule_nothing_goes(home: Path, capsys: Out) -> None:
    number = _sealed(home)
    (home / "profile.yaml").write_text("school: S\nanswers: {}\n", encoding="utf-8")
    assert _json(capsys, home, "purge") == []
    assert [row["last_day"] for row in _json(capsys, home, "purge", number)] == [""]
    assert _said(capsys, home, "purge")[1].strip()
    why = ("--by", "P. Lee", "--words", "By the schedule.")
    assert _said(capsys, home, "purge", number, "--yes", *why)[0] == codes.INPUT
