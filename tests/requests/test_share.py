"""A desk and its shared folder: who it says it is, and the push that follows each sealed decision."""

from __future__ import annotations

from pathlib import Path

import pytest

from ferpa_wizard.core.record import Decision
from ferpa_wizard.ledger import push
from ferpa_wizard.ledger.share import Card, desk_folders
from ferpa_wizard.requests.answers_file import read_answers
from ferpa_wizard.requests.courier import Courier
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import RequestsError
from ferpa_wizard.requests.share import push_from
from tests import real

FIRST_RUN = real.RULES / "examples/first-run.yaml"
PROFILE = (real.RULES / "profiles/example.yaml").read_text(encoding="utf-8")
WAIT = 30.0


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


def _desk(tmp_path: Path, profile: str) -> Desk:
    home = tmp_path / "desk"
    home.mkdir()
    (home / "profile.yaml").write_text(profile, encoding="utf-8")
    return Desk.open(home)


def _seal(desk: Desk) -> None:
    request = desk.unsaved(read_answers(FIRST_RUN.read_bytes(), "f", desk.pack))
    request.decide(Decision("share-after-steps", by_name="R. Osei", by_role="registrar"))


def _card(share: Path) -> Card:
    (folder,) = desk_folders(share)
    card = folder.card()
    assert card is not None
    return card


def test_a_desk_is_known_by_school_and_computer_or_by_the_name_that_it_is_given(tmp_path: Path, share: Path) -> None:
    desk = _desk(tmp_path, PROFILE)
    _seal(desk)
    push_from(desk, share)
    card = _card(share)
    assert card.name.startswith(f"{desk.profile.school}, ")
    assert (card.pack, card.pack_version) == (desk.pack.id, desk.pack.version)
    assert push_from(desk, share, name="Front office").card.name == "Front office"


def test_a_profile_with_mistakes_keeps_nothing_from_being_pushed(tmp_path: Path, share: Path) -> None:
    desk = _desk(tmp_path, PROFILE)
    _seal(desk)
    (desk.home / "profile.yaml").write_text("school: [", encoding="utf-8")
    pushed = push_from(Desk.open(desk.home), share)
    assert pushed.added == desk_folders(share)[0].segments()[-1].last > 0
    assert pushed.card.name


def test_the_folder_of_the_profile_is_used_where_none_is_given(tmp_path: Path, share: Path) -> None:
    desk = _desk(tmp_path, f"{PROFILE}\nlog_folder: {share}\n")
    _seal(desk)
    assert push_from(desk, None).added > 0
    with pytest.raises(RequestsError):
        push_from(Desk.open(tmp_path / "plain"), None)


def test_saving_the_school_keeps_the_folder(tmp_path: Path, share: Path) -> None:
    desk = _desk(tmp_path, f"{PROFILE}\nlog_folder: {share}\n")
    shown = desk.school.look()
    desk.school.keep(desk.school.reviewed(shown.profile, "2031-01-01"))
    assert Desk.open(desk.home).profile.log_folder == str(share)


def test_each_sealed_decision_is_pushed_in_the_background(tmp_path: Path, share: Path) -> None:
    desk = _desk(tmp_path, f"{PROFILE}\nlog_folder: {share}\n")
    desk.courier = Courier(desk)
    for _ in range(3):
        _seal(desk)
    desk.courier.wait(WAIT)
    assert _card(share).count == desk.verify().count >= 3
    assert desk.problems() == []


def test_a_share_that_is_away_keeps_nothing_from_being_sealed_and_is_told_on_home(tmp_path: Path, share: Path) -> None:
    away = share / "not mounted"
    desk = _desk(tmp_path, f"{PROFILE}\nlog_folder: {away}\n")
    desk.courier = Courier(desk)
    _seal(desk)
    desk.courier.wait(WAIT)
    (note,) = desk.problems()
    assert str(away) in note
    away.mkdir()
    _seal(desk)
    desk.courier.wait(WAIT)
    assert desk.problems() == []
    assert _card(away).count == desk.verify().count


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_after_a_mistake_of_ours_the_next_decision_is_pushed_again(
    tmp_path: Path, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = _desk(tmp_path, f"{PROFILE}\nlog_folder: {share}\n")
    desk.courier = Courier(desk)
    with monkeypatch.context() as patch:
        patch.setattr(push, "push", lambda *_, **__: 1 / 0)
        _seal(desk)
        desk.courier.wait(WAIT)
    _seal(desk)
    desk.courier.wait(WAIT)
    assert _card(share).count == desk.verify().count


def test_without_a_folder_nothing_is_pushed_and_nothing_said(tmp_path: Path) -> None:
    desk = _desk(tmp_path, PROFILE)
    desk.courier = Courier(desk)
    _seal(desk)
    desk.courier.wait(WAIT)
    assert desk.problems() == []
