"""Packets of data items in the interview in a terminal."""

from __future__ import annotations

from pathlib import Path

from ferpa_wizard.cli.interview import PlainTalk
from ferpa_wizard.core.profile import NO_PROFILE
from ferpa_wizard.core.walk import Ask
from ferpa_wizard.requests.desk import Desk
from tests import real


def _ask(home: Path) -> Ask:
    request = Desk(home, lambda: (real.pack(), NO_PROFILE)).unsaved({"level": "k12", "requester": "school"})
    assert request.ask is not None and request.ask.packets
    return request.ask


def _heard(ask: Ask, line: str) -> dict[str, object]:
    lines = iter([line, "?", "1"])
    return PlainTalk(lambda _: next(lines), lambda _: None).hear(ask)


def test_a_packet_stands_for_its_items_and_others_may_be_added(tmp_path: Path) -> None:
    ask = _ask(tmp_path)
    first = ask.packets[0]
    others = [option.id for option in ask.options if option.id not in first.items]
    place = [option.id for option in ask.options].index(others[0]) + 1
    heard = _heard(ask, f"p1 {place} 1")["answer"]
    assert isinstance(heard, list)
    assert sorted(heard) == sorted({*first.items, others[0], ask.options[0].id})


def test_a_packet_that_is_not_there_is_no_answer(tmp_path: Path) -> None:
    ask = _ask(tmp_path)
    assert _heard(ask, f"p{len(ask.packets) + 1}") == {"answer": [ask.options[0].id]}  # the next line is heard


def test_programs_read_the_same_question_as_before(tmp_path: Path) -> None:
    assert "packets" not in _ask(tmp_path).as_json()
