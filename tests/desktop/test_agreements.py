"""Agreements in the window: known partners, the register, the school's profile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
)
from pytestqt.qtbot import QtBot

from ferpa_wizard import paths
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import NO_PROFILE, Profile
from ferpa_wizard.desktop.agreements import KeepCard
from ferpa_wizard.desktop.app import open_window
from ferpa_wizard.desktop.controls.rows import ListRow, PressRow
from ferpa_wizard.desktop.pages.agreement_list import AgreementList
from ferpa_wizard.requests.desk import Desk
from tests.desktop.conftest import NOW, opened
from tests.desktop.driving import Driver, Key, name_of, settle
from tests.desktop.pages import agreement, carry_on, keep_agreements, kept, seal_one, stand_one
from tests.desktop.sample_pack import DONE, sample_pack
from tests.desktop.test_questions import in_dialog
from tests.desktop.test_todos import fill


def rows(drive: Driver) -> list[str]:
    return [name_of(row) for row in drive.all(ListRow)]


def named(drive: Driver, party: str) -> list[ListRow]:
    return [row for row in drive.all(ListRow) if name_of(row).startswith(party)]


@pytest.fixture
def home(drive: Driver, desk: Desk) -> Driver:
    keep_agreements(desk)
    drive.window.go_home()
    return drive


def test_a_known_partner_is_picked_on_home_and_only_the_data_is_asked(home: Driver, desk: Desk) -> None:
    named(home, "Bright Path")[0].click()
    assert home.title.startswith("Does it work for the school?")
    home.answer(1, 2)
    home.find(QCheckBox, "Name").click()
    home.press(Key.Key_Return)
    assert home.title.startswith("Check your answers")
    assert home.sees("From the agreement with Bright Path, until Dec 24, 2026.")
    home.press(Key.Key_Return)
    assert home.title.startswith("FERPA allows this")
    said = [name_of(row) for row in home.all(PressRow)]
    assert [name for name in said if "From the agreement" in name and "After-school tutoring" in name]
    assert "purpose" in kept(desk)


def test_home_shows_what_ends_soon_and_what_has_ended_and_leads_to_it(home: Driver) -> None:
    ending = list(home.all(AgreementList))[-1]
    names = [name_of(row) for row in home.all(ListRow, ending)]
    assert [name.split(".")[0] for name in names] == ["Old Bus", "Bright Path"]
    assert "ended" in names[0] and "ends in 30 days" in names[1]
    home.all(ListRow, ending)[0].click()
    assert home.sees("Oak School, Elm School")
    assert not [button for button in home.all(QPushButton) if name_of(button) == "Start a request"]


def test_an_ended_agreement_is_no_known_partner(home: Driver) -> None:
    partners = home.all(AgreementList)[0]
    assert [name_of(row).split(".")[0] for row in home.all(ListRow, partners)] == ["Bright Path"]


def test_home_without_a_register_shows_no_partners(drive: Driver) -> None:
    drive.window.go_home()
    assert drive.all(AgreementList) == []


def test_the_partners_come_up_once_the_rules_are_read_and_read_none_before(
    qapp: QApplication, qtbot: QtBot, desk: Desk
) -> None:
    keep_agreements(desk)
    reads: list[str] = []

    def read() -> tuple[Pack, Profile]:
        reads.append("read")
        return sample_pack(), NO_PROFILE

    made = open_window(qapp, Desk(desk.home, read, now=lambda: NOW), paths.data() / "resources")
    drive = Driver(made)
    settle()
    assert reads == []
    made.show()  # painted, it reads the rules
    qtbot.waitUntil(lambda: bool(drive.all(AgreementList)))
    assert reads == ["read"]
    made.close()
    made.deleteLater()


def test_many_partners_are_found_while_typing(drive: Driver, desk: Desk) -> None:
    keep_agreements(desk, *(f"Partner {number}" for number in range(12)))
    drive.window.go_home()
    partners = drive.all(AgreementList)[0]
    assert len(drive.all(ListRow, partners)) == 5
    drive.find(QLineEdit, "Known partners: find a partner or school").setText("partner 11")
    assert [name_of(row).split(".")[0] for row in drive.all(ListRow, partners)] == ["Partner 11"]


def test_a_register_with_mistakes_leaves_home_and_requests_in_reach(drive: Driver, desk: Desk) -> None:
    keep_agreements(desk)
    desk.agreements.file.write_text("agreements:\n  - id: one\n", encoding="utf-8")
    drive.window.go_home()
    assert drive.sees("agreements.yaml:2:")
    drive.window.desk_shell.go("agreements")
    assert len([label for label in drive.all(QLabel) if "agreements.yaml:2:" in label.text()]) >= 3
    drive.press(Key.Key_N, ctrl=True)
    assert drive.title.startswith("Who wants the records?")


def test_the_register_is_changed_and_removed_with_a_way_back(home: Driver, desk: Desk) -> None:
    home.window.desk_shell.go("agreements")
    named(home, "Bright Path")[0].click()
    in_dialog(fill({"Last day": "2027-12-31"}))
    home.find(QPushButton, "Change").click()
    assert home.sees("Dec 31, 2027")
    home.find(QPushButton, "Remove").click()
    assert [one.party for one in desk.agreements.all()] == ["Old Bus"]
    assert not named(home, "Bright Path")
    home.find(QPushButton, "Undo").click()
    assert [one.ends for one in desk.agreements.all()] == ["2026-11-01", "2027-12-31"]
    assert named(home, "Bright Path")


def test_what_was_removed_is_put_back_without_leaving_the_page_that_is_up(home: Driver, desk: Desk) -> None:
    home.window.desk_shell.show_agreement("bright-path")
    home.find(QPushButton, "Remove").click()
    number = stand_one(desk)
    home.window.desk_shell.show_uses(number)
    home.find(QLineEdit, "File number").setText("4711")
    home.find(QPushButton, "Undo").click()
    assert [one.party for one in desk.agreements.all()] == ["Old Bus", "Bright Path"]
    assert home.title.startswith("Log a use")
    assert home.find(QLineEdit, "File number").text() == "4711"


def test_a_form_with_a_wrong_day_stays_open_and_changes_nothing(home: Driver, desk: Desk) -> None:
    home.window.desk_shell.show_agreement("bright-path")
    in_dialog(fill({"Last day": "in June"}))
    home.find(QPushButton, "Change").click()
    assert desk.agreements.find("bright-path") == agreement(id="bright-path", signed="2026-08-01", destroy="2027-01-31")


def test_lists_go_out_and_come_in(home: Driver, desk: Desk, tmp_path: Path) -> None:
    home.window.desk_shell.go("agreements")
    before = desk.agreements.all()
    home.find(QPushButton, "Export CSV").click()
    home.find(QPushButton, "Public list").click()
    assert (tmp_path / "agreements.html").is_file()
    desk.agreements.file.unlink()
    home.find(QPushButton, "Import CSV").click()
    assert desk.agreements.all() == before
    assert len(rows(home)) == 2
    (tmp_path / "agreements.csv").write_text("id,party\nx,y\n", encoding="utf-8")
    home.find(QPushButton, "Import CSV").click()
    assert home.sees("agreements.csv:2:")
    assert desk.agreements.all() == before


def seal(drive: Driver, desk: Desk, answers: Mapping[str, Answer]) -> None:
    carry_on(drive, desk, answers)
    drive.press(Key.Key_Return, Key.Key_1)
    drive.find(QLineEdit, "Your name").setText("R. Osei")
    drive.press(Key.Key_Return)
    assert drive.title.startswith("Decision saved")


MET = {**DONE, "items": ("name", "grades"), "control": "writing"}


@pytest.mark.parametrize("place", ["saved", "record"])
def test_a_decision_becomes_an_agreement(drive: Driver, desk: Desk, place: str) -> None:
    seal(drive, desk, MET)
    if place == "record":
        drive.window.go_home()
        drive.window.desk_shell.show_record("2026-0001")

    def act(sheet: QDialog) -> None:
        sheet.findChildren(QPlainTextEdit)[0].setPlainText("Oak\n\n Elm ")
        fill({"Partner": "Bright Path", "Last day": "2027-06-30"})(sheet)

    in_dialog(act)
    drive.find(QPushButton, "Keep as an agreement").click()
    (made,) = desk.agreements.all()
    assert (made.party, made.schools, made.items) == ("Bright Path", ("Oak", "Elm"), ("name", "grades"))
    assert set(made.answers) == {"requester", "purpose", "control", "papers-provider"}


def test_a_decision_becomes_an_agreement_only_once(drive: Driver, desk: Desk) -> None:
    seal(drive, desk, MET)
    drive.window.go_home()
    drive.window.desk_shell.show_record("2026-0001")
    drive.tab_to(QPushButton, "Keep as an agreement")
    in_dialog(fill({"Partner": "Bright Path", "Last day": "2027-06-30"}))
    drive.press(Key.Key_Space)
    drive.window.activateWindow()  # as a window system does when a sheet closes
    settle()
    assert drive.focused.isVisible()
    assert "Keep as an agreement" not in map(name_of, drive.all(QPushButton))
    drive.window.desk_shell.show_record("2026-0001")
    in_dialog(fill({"Partner": "bright path", "Last day": "2027-07-31"}))
    drive.find(QPushButton, "Keep as an agreement").click()
    assert [one.ends for one in desk.agreements.all()] == ["2027-06-30"]
    in_dialog(fill({"Partner": "Other Path", "Last day": "2027-07-31"}))
    drive.find(QPushButton, "Keep as an agreement").click()
    assert [one.party for one in desk.agreements.all()] == ["Bright Path", "Other Path"]


def test_a_decision_with_steps_left_offers_no_agreement(drive: Driver, desk: Desk) -> None:
    seal_one(drive, desk)
    assert drive.all(KeepCard) == []


def test_a_new_request_that_turns_out_to_be_a_partners_goes_on_under_the_agreement(home: Driver, desk: Desk) -> None:
    home.press(Key.Key_N, ctrl=True)
    home.answer(2)
    home.press(Key.Key_Left, alt=True)
    in_dialog(lambda sheet: next(row for row in sheet.findChildren(ListRow)).click())
    home.find(QPushButton, "Is it a known partner?").click()
    assert home.title.startswith("Does it work for the school?")
    given = desk.open_draft(desk.drafts()[0].id).walk.trail
    assert {one.ask.id: one.answer for one in given if one.source == "agreement"}["requester"] == "group"
    assert not [button for button in home.all(QPushButton) if name_of(button) == "Is it a known partner?"]


def test_a_partner_that_was_picked_wrongly_is_taken_back(home: Driver, desk: Desk) -> None:
    home.press(Key.Key_N, ctrl=True)
    in_dialog(lambda sheet: next(row for row in sheet.findChildren(ListRow)).click())
    home.find(QPushButton, "Is it a known partner?").click()
    home.find(QPushButton, "Undo").click()
    assert home.title.startswith("Who wants the records?")
    assert home.find(QPushButton, "Is it a known partner?").isVisible()
    assert desk.open_draft(desk.drafts()[0].id).agreement is None
    home.window.activateWindow()  # as a window system does when a sheet closes
    settle()
    home.press(Key.Key_Z, ctrl=True, shift=True)
    assert home.title.startswith("Does it work for the school?")
    home.answer(1)
    assert not [button for button in home.all(QPushButton) if name_of(button) == "Undo"]


def test_without_a_register_no_partner_is_offered(drive: Driver) -> None:
    drive.press(Key.Key_N, ctrl=True)
    assert not [button for button in drive.all(QPushButton) if name_of(button) == "Is it a known partner?"]


def test_more_data_than_listed_is_asked_about_and_the_question_says_why(home: Driver) -> None:
    home.window.start_under("bright-path")
    home.answer(1, 2)
    for box in home.all(QCheckBox):
        box.click()
    home.press(Key.Key_Return)
    assert home.title.startswith("Which of these is in place?")
    assert home.sees("This is more data than the agreement with Bright Path lists.")


# The profile, with the real rules


@pytest.fixture
def school(qapp: QApplication, tmp_path: Path) -> Iterator[Driver]:
    desk = Desk.open(tmp_path / "home")
    with opened(qapp, desk, tmp_path) as made:
        made.desk_shell.go("school")
        yield Driver(made)
    desk.close()


def profile(tmp_path: Path) -> str:
    return (tmp_path / "home" / "profile.yaml").read_text(encoding="utf-8")


def row_of(drive: Driver, text: str) -> PressRow:
    (row,) = [row for row in drive.all(PressRow) if name_of(row).startswith(text)]
    return row


LEVEL = "Which kind of school is yours?"


def test_a_school_is_named_a_fact_answered_in_place_and_both_are_kept(school: Driver, tmp_path: Path) -> None:
    school.find(QLineEdit, "Name of the school or district").setText("Oak USD")
    row_of(school, LEVEL).click()
    school.all(QRadioButton)[0].click()
    school.find(QLineEdit, "Holds until").setText("2099-07-31")
    school.find(QPushButton, "Keep").click()
    assert "level: {value: k12, until: 2099-07-31}" in profile(tmp_path)
    assert 'school: "Oak USD"' in profile(tmp_path)
    assert "until Jul 31, 2099" in name_of(row_of(school, LEVEL))
    assert school.focused is row_of(school, LEVEL)
    school.press(Key.Key_N, ctrl=True)
    assert school.title.startswith("Who wants the records?")  # the level is not asked any more


def test_partners_are_on_home_also_right_after_the_profile_was_saved(school: Driver, tmp_path: Path) -> None:
    table = tmp_path / "home" / "in.csv"
    table.parent.mkdir(exist_ok=True)
    table.write_text("id,party,basis,items,ends\none,Bright Path,ferpa-studies,name,2099-01-31\n", encoding="utf-8")
    Desk.open(tmp_path / "home").agreements.import_csv(table)
    school.find(QLineEdit, "Name of the school or district").setText("Oak USD")
    school.find(QPushButton, "Save").click()
    school.window.go_home()
    assert named(school, "Bright Path")


def test_without_a_name_nothing_is_written_and_the_field_says_so(school: Driver, tmp_path: Path) -> None:
    row_of(school, LEVEL).click()
    school.all(QRadioButton)[0].click()
    school.find(QPushButton, "Keep").click()
    assert not (tmp_path / "home" / "profile.yaml").exists()
    assert name_of(school.focused) == "Name of the school or district"
    assert school.find(QLineEdit, "Name of the school or district").accessibleDescription()


def test_keep_without_an_answer_says_what_to_do(school: Driver) -> None:
    row_of(school, LEVEL).click()
    school.find(QPushButton, "Keep").click()
    assert school.sees("Choose one answer to go on.")


def test_people_state_and_second_person_are_saved_and_a_wrong_state_is_told(school: Driver, tmp_path: Path) -> None:
    school.find(QLineEdit, "Name of the school or district").setText("Oak USD")
    school.find(QLineEdit, "Role, person 1").setText("registrar")
    school.find(QPushButton, "Add a person").click()
    school.find(QLineEdit, "Role, person 2").setText("principal")
    school.find(QCheckBox, "It is a no").click()
    school.find(QLineEdit, "State").setText("zz")
    school.find(QPushButton, "Save").click()
    assert not (tmp_path / "home" / "profile.yaml").exists()
    assert school.sees("“zz.yaml” was not found.")
    school.find(QLineEdit, "State").setText("ca")
    school.find(QPushButton, "Save").click()
    written = profile(tmp_path)
    assert "state: CA" in written and "second_person: [declines]" in written
    assert written.count("role:") == 2


@pytest.mark.parametrize(
    ("typed", "at"), [({"State": "zz"}, "State"), ({"District policy": "no.yaml"}, "District policy")]
)
def test_a_file_of_rules_that_is_not_there_is_told_at_its_field(
    school: Driver, typed: Mapping[str, str], at: str
) -> None:
    for name, text in {"Name of the school or district": "Oak USD", **typed}.items():
        school.find(QLineEdit, name).setText(text)
    hints = {name: school.find(QLineEdit, name).accessibleDescription() for name in ("State", "District policy")}
    school.find(QPushButton, "Save").click()
    assert name_of(school.focused) == at
    changed = [name for name, hint in hints.items() if school.find(QLineEdit, name).accessibleDescription() != hint]
    assert changed == [at]


def test_a_person_without_a_role_is_told_at_the_role_of_this_one(school: Driver) -> None:
    school.find(QLineEdit, "Name of the school or district").setText("Oak USD")
    school.find(QLineEdit, "Name, person 1").setText("Pat Lee")
    school.find(QPushButton, "Add a person").click()
    school.find(QLineEdit, "Role, person 2").setText("principal")
    school.find(QPushButton, "Save").click()
    assert name_of(school.focused) == "Role, person 1"
    assert school.focused.accessibleDescription()
    assert not school.find(QLineEdit, "Role, person 2").accessibleDescription()


def test_what_was_typed_for_the_school_is_there_when_people_come_back(school: Driver) -> None:
    school.find(QLineEdit, "Name of the school or district").setText("Oak USD")
    school.find(QCheckBox, "It is a no").click()
    school.find(QPushButton, "Home").click()
    school.find(QPushButton, "Your school").click()
    assert school.find(QLineEdit, "Name of the school or district").text() == "Oak USD"
    assert school.find(QCheckBox, "It is a no").isChecked()


def test_a_profile_that_somebody_else_changed_meanwhile_is_shown_as_it_is(school: Driver, tmp_path: Path) -> None:
    school.find(QPushButton, "Home").click()
    (tmp_path / "home").mkdir(exist_ok=True)
    (tmp_path / "home" / "profile.yaml").write_text('school: "Elm USD"\nanswers: {level: k12}\n', encoding="utf-8")
    school.find(QPushButton, "Your school").click()
    assert school.find(QLineEdit, "Name of the school or district").text() == "Elm USD"


FUNDS = "Does your school get money from a US"


def test_an_answer_that_is_not_kept_yet_stays_when_another_one_is_kept(school: Driver, tmp_path: Path) -> None:
    school.find(QLineEdit, "Name of the school or district").setText("Oak USD")
    row_of(school, LEVEL).click()
    settle()
    school.all(QRadioButton)[0].click()
    school.find(QLineEdit, "Holds until").setText("2099-07-31")
    row_of(school, FUNDS).click()
    settle()
    school.all(QRadioButton)[0].click()
    school.find(QPushButton, "Keep").click()
    assert "funds: yes" in profile(tmp_path) and "level" not in profile(tmp_path)
    assert not school.all(QRadioButton)
    row_of(school, LEVEL).click()
    settle()
    assert [button.isChecked() for button in school.all(QRadioButton)].count(True) == 1
    school.find(QPushButton, "Keep").click()
    assert "level: {value: k12, until: 2099-07-31}" in profile(tmp_path)
    row_of(school, LEVEL).click()
    settle()
    school.find(QPushButton, "Cancel").click()
    assert row_of(school, LEVEL).isVisible()


def test_an_answer_is_taken_out_and_asked_again(school: Driver, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir(exist_ok=True)
    (tmp_path / "home" / "profile.yaml").write_text(
        'school: "S"\nanswers: {level: k12, funds: yes}\n', encoding="utf-8"
    )
    school.window.desk_shell.go("school")
    row_of(school, LEVEL).click()
    school.find(QPushButton, "Ask staff each time").click()
    assert "level" not in profile(tmp_path) and "funds: yes" in profile(tmp_path)


def test_one_fact_is_open_at_a_time_and_cancel_forgets(school: Driver) -> None:
    row_of(school, LEVEL).click()
    assert school.all(QRadioButton)
    row_of(school, "Does your school get money from a US").click()
    assert [name_of(one) for one in school.all(QLineEdit)].count("Holds until") == 1
    school.find(QPushButton, "Cancel").click()
    assert not school.all(QRadioButton)


def test_a_profile_with_mistakes_shows_them_and_is_kept_when_it_is_replaced(school: Driver, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir(exist_ok=True)
    file = tmp_path / "home" / "profile.yaml"
    file.write_text("school: S\nstat: CA\n", encoding="utf-8")
    school.window.desk_shell.go("school")
    assert school.sees("profile.yaml:2:")
    assert school.find(QPushButton, "Open the file").isEnabled()
    school.find(QPushButton, "Start with an empty profile").click()
    assert file.read_text(encoding="utf-8") == "school: S\nstat: CA\n"
    school.find(QLineEdit, "Name of the school or district").setText("Oak USD")
    school.find(QPushButton, "Save").click()
    assert (file.parent / "profile.before.yaml").read_text(encoding="utf-8") == "school: S\nstat: CA\n"
    assert 'school: "Oak USD"' in profile(tmp_path)
