"""Reviews and legal holds over a real home folder: of the own desk, of another desk's chain, and in practice."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ferpa_wizard.core.record import Decision
from ferpa_wizard.ledger.errors import LedgerError
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import DecisionError, RequestsError
from ferpa_wizard.requests.practice import PracticeDesk
from tests import real
from tests.copied import copied
from tests.exported import export
from tests.requests.sample_desks import example_desk, restricted

NOW = datetime(2026, 11, 27, 10, tzinfo=UTC)
BY = Decision("ask-officer", (), "To be sure.", "R. Osei")
EXAMPLES = {one.id: one for one in real.examples()}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return example_desk(tmp_path / "home", NOW)


def _sealed(desk: Desk, *, replaces: str = "", name: str = "tutoring-no-control") -> str:
    return desk.new(EXAMPLES[name].answers, replaces=replaces).decide(BY).number


def _fields(act: Callable[[], object]) -> list[str]:
    with pytest.raises(DecisionError) as refusal:
        act()
    return [field for field, _ in refusal.value.problems]


# Reviews


def test_a_record_is_due_until_somebody_agrees_and_an_earlier_sign_off_stays(desk: Desk) -> None:
    number, other = _sealed(desk), _sealed(desk)
    reviews, before = desk.keeping.reviews, desk.record(number)
    assert [(row.number, row.state) for row in reviews.due()] == [(number, "due"), (other, "due")]
    reviews.act(number, "agree", by="P. Lee")
    assert [row.number for row in reviews.due()] == [other]
    reviews.act(number, "reopen", " The board asked. ", by="P. Lee")
    again = example_desk(desk.home, NOW).keeping.reviews
    assert again.state(number) == "reopened"
    assert [(one.review.act, one.review.words) for one in again.history(number)] == [
        ("agree", ""),
        ("reopen", "The board asked."),
    ]
    assert [one.review.seal for one in again.history(number)] == [before.seal] * 2
    assert reviews.history(other) == []
    assert desk.record(number).body == before.body
    assert desk.verify().ok


def test_what_makes_no_sense_is_refused_and_not_kept(desk: Desk) -> None:
    number = _sealed(desk)
    reviews = desk.keeping.reviews
    assert _fields(lambda: reviews.act(number, "reopen", "Why?", by="P. Lee")) == ["act"]
    assert _fields(lambda: reviews.act(number, "ask-change", by="")) == ["words", "by"]
    reviews.act(number, "agree", by="P. Lee")
    assert _fields(lambda: reviews.act(number, "agree", by="R. Osei")) == ["act"]
    assert len(reviews.history(number)) == 1


def test_of_a_replaced_record_the_new_version_is_due(desk: Desk) -> None:
    old = _sealed(desk)
    reviews = desk.keeping.reviews
    reviews.act(old, "ask-change", "The wrong school.", by="P. Lee")
    new = _sealed(desk, replaces=old)
    assert (reviews.state(old), reviews.state(new)) == ("replaced", "due")
    assert [row.number for row in reviews.due()] == [new]
    assert _fields(lambda: reviews.act(old, "agree", by="P. Lee")) == ["act"]
    assert len(reviews.history(old)) == 1


def test_restricted_records_are_reviewed_by_their_number_and_are_in_no_list(desk: Desk) -> None:
    number = restricted(desk, BY)
    reviews = desk.keeping.reviews
    assert list(reviews.due()) == []
    reviews.act(number, "ask-change", "Kept apart.", by="P. Lee")
    assert list(reviews.due()) == []
    assert reviews.state(number) == "change-asked"
    export(desk, desk.home / "out.jsonl", "jsonl")
    assert "Kept apart." not in (desk.home / "out.jsonl").read_text(encoding="utf-8")


def test_what_is_no_decision_is_not_reviewed_and_not_held(desk: Desk) -> None:
    clock = f"2026-{int(_sealed(desk, name='parent-sees-grades')[5:]) + 1:04}"
    for act in (
        lambda: desk.keeping.reviews.act(clock, "agree", by="P. Lee"),
        lambda: desk.keeping.reviews.state(clock),
        lambda: desk.keeping.holds.hold(clock, "Why.", by="P. Lee"),
    ):
        with pytest.raises(RequestsError):
            act()


def test_practice_has_reviews_of_its_own() -> None:
    practice = PracticeDesk(EXAMPLES["tutoring-no-control"], real.pack(), real.profiles()["example"], now=lambda: NOW)
    number = practice.worked().decide(BY).number
    practice.keeping.reviews.act(number, "agree", by="P. Lee")
    assert practice.keeping.reviews.state(number) == "agreed"
    practice.close()


# Records of other desks


@pytest.fixture
def other(tmp_path: Path) -> Desk:
    return example_desk(tmp_path / "elsewhere", NOW)


def _pull(desk: Desk, other: Desk) -> str:
    """A copy of the other desk's chain, as pulling leaves it; its installation."""
    return copied(other.home, desk.home).name


@pytest.mark.parametrize("own", [True, False], ids=["with own records", "with none"])
def test_a_record_of_another_desk_is_reviewed_in_the_own_ledger(desk: Desk, other: Desk, own: bool) -> None:
    number = _sealed(other)
    mine = [("", _sealed(desk))] if own else []
    installation = _pull(desk, other)
    copy = (desk.home / "desks" / installation / "ledger.sqlite").read_bytes()
    reviews = desk.keeping.reviews
    assert [(row.installation, row.number) for row in reviews.due()] == [*mine, (installation, number)]
    reviews.act(number, "agree", by="P. Lee", installation=installation)
    assert reviews.state(number, installation) == "agreed"
    assert [(row.installation, row.number) for row in reviews.due()] == mine
    (kept,) = reviews.history(number, installation)
    assert (kept.review.installation, kept.review.seal) == (installation, other.record(number).seal)
    assert (desk.home / "desks" / installation / "ledger.sqlite").read_bytes() == copy
    if own:
        assert reviews.state(number) == "due"  # the own record of the same number
    assert desk.verify().ok


def test_a_new_version_at_another_desk_is_due(desk: Desk, other: Desk) -> None:
    old = _sealed(other)
    new = _sealed(other, replaces=old)
    installation = _pull(desk, other)
    assert desk.keeping.reviews.state(old, installation) == "replaced"
    assert [row.number for row in desk.keeping.reviews.due()] == [new]


def test_the_own_installation_means_the_own_ledger(desk: Desk) -> None:
    number = _sealed(desk)
    own = desk._open(writing=False).installation
    desk.keeping.reviews.act(number, "agree", by="P. Lee", installation=own)
    assert desk.keeping.reviews.state(number) == "agreed"
    assert desk.keeping.reviews.history(number)[0].review.installation == ""


@pytest.mark.parametrize("name", ["a" * 32, "../home", "nobody"])
def test_a_desk_that_is_not_here_is_a_sentence(desk: Desk, name: str) -> None:
    number = _sealed(desk)
    with pytest.raises(RequestsError):
        desk.keeping.reviews.act(number, "agree", by="P. Lee", installation=name)


def test_a_copy_of_the_own_chain_lists_nothing_twice(desk: Desk) -> None:
    number = _sealed(desk)
    _pull(desk, desk)
    assert [(row.installation, row.number) for row in desk.keeping.reviews.due()] == [("", number)]


def test_a_review_counts_for_the_record_with_its_seal_alone(desk: Desk, other: Desk, tmp_path: Path) -> None:
    number, impostor = _sealed(other), example_desk(tmp_path / "impostor", NOW)
    _sealed(impostor)
    installation = _pull(desk, other)
    desk.keeping.reviews.act(number, "agree", by="P. Lee", installation=installation)
    shutil.copy(impostor.home / "ledger.sqlite", desk.home / "desks" / installation)
    assert desk.keeping.reviews.state(number, installation) == "due"


# Holds


def test_a_hold_stands_until_it_is_released_and_all_of_it_is_kept(desk: Desk) -> None:
    number, other = _sealed(desk), _sealed(desk)
    holds = desk.keeping.holds
    assert holds.every() == []
    holds.hold(number, " A lawsuit. ", by="P. Lee")
    (held,) = example_desk(desk.home, NOW).keeping.holds.every()
    assert (held.record, held.count, held.history[0].hold.words) == (number, 1, "A lawsuit.")
    assert holds.of(other).count == 0
    holds.hold(number, "An audit.", by="R. Osei")
    assert holds.release(number, "The lawsuit ended.", by="P. Lee").count == 1
    assert holds.release(number, "The audit ended.", by="P. Lee").count == 0
    assert holds.every() == []
    assert [one.hold.act for one in holds.of(number).history] == ["hold", "hold", "release", "release"]
    assert desk.verify().ok


def test_a_hold_lacks_nothing_and_there_is_one_to_release(desk: Desk) -> None:
    number = _sealed(desk)
    holds = desk.keeping.holds
    assert _fields(lambda: holds.hold(number, "", by="")) == ["words", "by"]
    assert _fields(lambda: holds.release(number, "Over.", by="P. Lee")) == ["act"]
    holds.hold(number, "A lawsuit.", by="P. Lee")
    assert _fields(lambda: holds.release(number, " ", by="P. Lee")) == ["words"]
    assert len(holds.of(number).history) == 1


def test_what_is_said_of_restricted_records_stays_out_of_exports(desk: Desk) -> None:
    number = restricted(desk, BY)
    held = desk.keeping.holds.hold(number, "Kept apart.", by="P. Lee")
    assert held.restricted
    export(desk, desk.home / "out.jsonl", "jsonl")
    assert "Kept apart." not in (desk.home / "out.jsonl").read_text(encoding="utf-8")


def test_without_a_ledger_nothing_is_due_and_nothing_held(desk: Desk) -> None:
    assert list(desk.keeping.reviews.due()) == []
    assert desk.keeping.holds.every() == []
    assert list(desk.keeping.retention.due()) == []
    with pytest.raises(LedgerError):
        desk.keeping.holds.of("2026-0001")
    assert not desk.home.exists() or list(desk.home.iterdir()) == []
