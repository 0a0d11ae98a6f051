"""A second person agrees, or is waited for; and who records it is chosen and never guessed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QRadioButton

from ferpa_wizard.core.intake import Intake
from ferpa_wizard.desktop.controls.rows import FactRow, ListRow
from ferpa_wizard.desktop.remember import MOST_PEOPLE, Memory
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.waiting import wait
from tests.desktop.driving import Driver, Key, name_of
from tests.desktop.pages import SECOND, carry_on, draft, seal_one
from tests.desktop.sample_pack import DONE

WAIT = "Wait for the second person"
AGREED = "Name of who agreed"


def fill_in(drive: Driver, desk: Desk) -> None:
    """A no that the result does not support, filled in by keys but for the second person."""
    carry_on(drive, desk, DONE)
    drive.press(Key.Key_Return, Key.Key_4)
    drive.tab_to(QCheckBox, "District policy")
    drive.press(Key.Key_Space)
    drive.tab_to(QPlainTextEdit, "In your words")
    drive.write("Our board closed this program.")
    drive.tab_to(QLineEdit, "Your name")
    drive.write("R. Osei")


def decision(desk: Desk) -> Any:
    return desk.record("2026-0001").body["decision"]


def test_who_agreed_is_asked_where_the_school_wants_it_and_nowhere_else(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, DONE)
    drive.press(Key.Key_Return)
    assert AGREED not in map(name_of, drive.all(QLineEdit))
    drive.press(Key.Key_4)
    assert AGREED in map(name_of, drive.all(QLineEdit))
    drive.press(Key.Key_2)
    assert AGREED not in map(name_of, drive.all(QLineEdit))


def test_a_second_name_is_needed_and_is_in_the_record(drive: Driver, desk: Desk) -> None:
    fill_in(drive, desk)
    drive.press(Key.Key_Return)
    assert drive.title.startswith("Error:")
    drive.tab_to(QLineEdit, AGREED)
    drive.write("r.  osei")
    drive.press(Key.Key_Return)
    assert drive.title.startswith("Error:")  # nobody agrees with themselves
    assert desk.recent() == []
    drive.find(QLineEdit, AGREED).selectAll()
    drive.tab_to(QLineEdit, AGREED)
    drive.write("J. Moreau")
    drive.press(Key.Key_Return)
    assert drive.title.startswith("Decision saved")
    assert decision(desk)["second"]["name"] == "J. Moreau"


def test_a_name_that_was_typed_for_another_choice_goes_into_no_record(drive: Driver, desk: Desk) -> None:
    fill_in(drive, desk)
    drive.find(QLineEdit, AGREED).setText("J. Moreau")
    drive.find(QRadioButton, "Not now").click()
    drive.find(QPushButton, "Save the decision").click()
    assert "second" not in decision(desk)


def test_it_waits_on_home_and_is_sealed_by_keys_once_the_second_person_is_there(drive: Driver, desk: Desk) -> None:
    fill_in(drive, desk)
    drive.tab_to(QPushButton, WAIT)
    drive.press(Key.Key_Return)
    assert drive.title.startswith("Home")
    assert drive.sees("Waiting for a second person")
    assert not drive.sees("Carry on")
    row = drive.all(ListRow)[0]
    drive.tab_to(ListRow, name_of(row))
    drive.press(Key.Key_Return)
    assert drive.title.startswith("What did you decide?")
    assert drive.chosen() == "Do not share"
    assert [name_of(box) for box in drive.all(QCheckBox) if box.isChecked()] == ["District policy"]
    assert drive.find(QPlainTextEdit, "In your words").toPlainText() == "Our board closed this program."
    drive.tab_to(QLineEdit, AGREED)
    drive.write("J. Moreau")
    drive.press(Key.Key_Return)
    assert drive.title.startswith("Decision saved")
    assert (decision(desk)["by"]["name"], decision(desk)["second"]["name"]) == ("R. Osei", "J. Moreau")
    assert desk.drafts() == []


def test_waiting_needs_all_but_the_second_person(drive: Driver, desk: Desk) -> None:
    carry_on(drive, desk, DONE)
    drive.press(Key.Key_Return, Key.Key_4)
    drive.find(QPushButton, WAIT).click()
    assert drive.title.startswith("Error:")
    assert not any(row.waiting for row in desk.drafts())


def test_a_restricted_one_waits_apart_and_unnamed(drive: Driver, desk: Desk) -> None:
    request = desk.open_draft(draft(desk, DONE))
    request.note(Intake(keep_out=True))
    wait(request, SECOND)
    drive.window.go_home()
    assert not drive.sees("Waiting for a second person")
    assert drive.all(ListRow) == []
    drive.find(QPushButton, "1 restricted draft").click()
    assert len(drive.all(ListRow)) == 1


def told(drive: Driver) -> list[str]:
    return [name_of(row) for row in drive.all(FactRow) if "this was filled in" in name_of(row)]


def test_a_result_that_changed_meanwhile_is_told_before_sealing(drive: Driver, desk: Desk) -> None:
    request = desk.open_draft(draft(desk, DONE))
    wait(request, SECOND)
    drive.window.carry_on(request.id)
    assert told(drive) == []
    file = desk.home / "drafts" / f"{request.id}.json"
    stored = json.loads(file.read_text())
    stored["waiting"]["found"]["label"] = "FERPA allows this"
    file.write_text(json.dumps(stored))
    drive.window.carry_on(request.id)
    assert len(told(drive)) == 1
    assert name_of(drive.focused) == told(drive)[0]  # it is read first
    assert "“FERPA allows this”" in told(drive)[0]
    assert request.so_far.label in told(drive)[0]


# -- recorded by -------------------------------------------------------------------------------


def signers(drive: Driver) -> dict[str, bool]:
    """Who is offered, in order, and whether they are chosen."""
    offered = [one for one in drive.all(QRadioButton) if one.text() in OFFERED]
    return {one.text(): one.isChecked() for one in offered}


OFFERED = ("R. Osei, registrar", "Pat Lee, front office", "Somebody else", "R. Osei")


def begin(drive: Driver, desk: Desk, *people: tuple[str, str]) -> None:
    for name, role in people:
        drive.window._memory.sealed(name, role)
    carry_on(drive, desk, DONE)
    drive.press(Key.Key_Return, Key.Key_2)


def test_the_first_time_name_and_role_are_typed(drive: Driver, desk: Desk) -> None:
    begin(drive, desk)
    assert signers(drive) == {}
    assert drive.find(QLineEdit, "Your name").text() == ""


def test_the_only_one_who_sealed_before_is_chosen(drive: Driver, desk: Desk) -> None:
    begin(drive, desk, ("R. Osei", "registrar"))
    assert signers(drive) == {"R. Osei, registrar": True, "Somebody else": False}
    drive.press(Key.Key_Return)
    assert decision(desk)["by"]["name"] == "R. Osei"
    assert decision(desk)["by"]["role"] == "registrar"


def test_of_several_nobody_is_chosen_and_one_has_to_be(drive: Driver, desk: Desk) -> None:
    begin(drive, desk, ("Pat Lee", "front office"), ("R. Osei", "registrar"))
    assert list(signers(drive)) == ["R. Osei, registrar", "Pat Lee, front office", "Somebody else"]  # last used first
    assert not any(signers(drive).values())
    drive.press(Key.Key_Return)
    assert drive.title.startswith("Error:")
    drive.find(QPushButton, "Name the person who decided.").click()
    assert name_of(drive.focused) == "R. Osei, registrar"
    drive.press(Key.Key_2, Key.Key_Return)
    assert decision(desk)["by"]["name"] == "Pat Lee"
    assert drive.window._memory.kept.people[0] == ("Pat Lee", "front office")


def test_somebody_else_is_typed_by_keys_and_offered_from_then_on(drive: Driver, desk: Desk) -> None:
    begin(drive, desk, ("R. Osei", "registrar"))
    drive.tab_to(QRadioButton, "R. Osei, registrar")
    drive.press(Key.Key_2)
    drive.tab_to(QLineEdit, "Your name")
    drive.write("J. Moreau")
    drive.press(Key.Key_Return)
    assert decision(desk)["by"]["name"] == "J. Moreau"
    assert [name for name, _ in Memory(desk.home).kept.people] == ["J. Moreau", "R. Osei"]


def test_who_decided_what_waits_is_chosen_again(drive: Driver, desk: Desk) -> None:
    begin(drive, desk, ("Pat Lee", "front office"), ("R. Osei", "registrar"))
    request = desk.open_draft(draft(desk, DONE))
    wait(request, SECOND)
    drive.window.carry_on(request.id)
    assert [name for name, chosen in signers(drive).items() if chosen] == ["R. Osei, registrar"]


def test_a_decision_that_was_not_sealed_adds_nobody(drive: Driver, desk: Desk) -> None:
    begin(drive, desk)
    drive.press(Key.Key_4)
    drive.find(QLineEdit, "Your name").setText("R. Osei")
    drive.find(QPushButton, "Save the decision").click()
    assert drive.title.startswith("Error:")
    assert drive.window._memory.kept.people == ()


def test_a_person_is_taken_off_the_list_by_keys(drive: Driver, desk: Desk) -> None:
    begin(drive, desk, ("Pat Lee", "front office"), ("R. Osei", "registrar"))
    drive.press(Key.Key_Comma, ctrl=True)
    drive.tab_to(QPushButton, "Take Pat Lee off the list")
    drive.press(Key.Key_Return)
    assert [name for name, _ in Memory(desk.home).kept.people] == ["R. Osei"]
    assert not any("Pat Lee" in label.text() for label in drive.all(QLabel))
    drive.tab_to(QPushButton, "Take R. Osei off the list")
    drive.press(Key.Key_Return)
    assert Memory(desk.home).kept.people == ()


def test_what_an_older_window_remembered_is_read(desk: Desk) -> None:
    desk.home.mkdir(parents=True)
    file = desk.home / "window.json"
    file.write_text(json.dumps({"name": "R. Osei", "role": "registrar", "theme": "dark"}))
    kept = Memory(desk.home).kept
    assert (kept.people, kept.theme) == ((("R. Osei", "registrar"),), "dark")
    file.write_text(json.dumps({"name": "", "role": ""}))
    assert Memory(desk.home).kept.people == ()


@pytest.mark.parametrize(
    "people", [None, "R. Osei", {"R. Osei": "x"}, [["R. Osei"]], [[1, 2]], ["ab"], [["", ""]], [["a", "b", "c"]], [[]]]
)
def test_a_list_of_people_that_is_none_is_left_out(people: object, desk: Desk) -> None:
    desk.home.mkdir(parents=True)
    (desk.home / "window.json").write_text(json.dumps({"people": people, "theme": "dark"}))
    kept = Memory(desk.home).kept
    assert (kept.people, kept.theme) == ((), "dark")


def test_the_list_is_short_and_holds_nobody_twice(desk: Desk) -> None:
    memory = Memory(desk.home)
    for number in range(MOST_PEOPLE + 3):
        memory.sealed(f"Person {number}", "")
    memory.sealed("person 5", "principal")
    names = [name for name, _ in memory.kept.people]
    assert (len(names), names[0]) == (MOST_PEOPLE, "person 5")
    assert "Person 5" not in names


def test_a_second_record_here_is_by_the_same_person_with_two_keys(drive: Driver, desk: Desk) -> None:
    seal_one(drive, desk)
    seal_one(drive, desk)
    assert len(desk.recent()) == 2
