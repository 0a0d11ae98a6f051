"""The page of the rules: found by keyboard and by voice, searched, read and saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from ferpa_wizard import paths
from ferpa_wizard.core.errors import Mistake, RulesError
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import Profile
from ferpa_wizard.desktop.app import open_window
from ferpa_wizard.desktop.controls.outline import Outline
from ferpa_wizard.desktop.controls.rows import FactRow
from ferpa_wizard.desktop.pages.rule_parts import SEARCH
from ferpa_wizard.desktop.pages.rules import RulesPage
from ferpa_wizard.requests.desk import Desk
from tests.desktop.driving import Driver, Key, name_of, on_window, role_of, settle
from tests.desktop.test_accessibility import cut_texts


@pytest.fixture
def outline(drive: Driver) -> Outline:
    drive.find(QPushButton, "Rules").click()
    (found,) = drive.all(Outline)
    return found


def spoken(outline: Outline) -> str:
    """What a screen reader says of the entry that is current."""
    return str(outline.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))


def search(drive: Driver, words: str) -> QLineEdit:
    field = drive.find(QLineEdit, SEARCH)
    field.setFocus()
    drive.write(words)
    return field


def test_the_rules_are_a_tree_with_a_name_and_each_entry_says_its_citation(drive: Driver, outline: Outline) -> None:
    assert drive.title.startswith("Rules")
    assert role_of(outline) == QAccessible.Role.Tree
    assert name_of(outline)
    outline.choose("way/provider")
    assert "School official: outside provider" in spoken(outline)
    assert "34 CFR 99.31(a)(1)(i)(B)" in spoken(outline)


def test_the_head_says_which_rules_and_that_no_lawyer_looked(drive: Driver, outline: Outline, desk: Desk) -> None:
    assert drive.sees(f"{desk.pack.id} {desk.pack.version}")
    assert drive.sees(desk.pack.review)


def test_what_is_chosen_shows_its_citation_condition_and_cure(drive: Driver, outline: Outline) -> None:
    outline.choose("way/provider")
    assert drive.sees("34 CFR 99.31(a)(1)(i)(B)(2)")
    assert drive.sees("Put your school’s control in writing.")
    outline.choose("way/provider/p.c")
    assert drive.sees("34 CFR 99.31(a)(1)(i)(B)(2)")
    assert not drive.sees("It is for a job of the school")


def test_the_outline_is_walked_with_arrow_keys_and_enter_leads_to_the_text(drive: Driver, outline: Outline) -> None:
    drive.tab_to(Outline, name_of(outline))
    assert outline.current == "questions"
    drive.press(Key.Key_Right, Key.Key_Down)
    assert outline.current == "questions/who"
    drive.press(Key.Key_Right, Key.Key_Down)
    assert outline.current == "question/requester"
    assert drive.sees("A community group")
    drive.press(Key.Key_Return)
    assert isinstance(drive.focused, FactRow)
    first = drive.focused
    drive.press(Key.Key_Down)
    assert isinstance(drive.focused, FactRow)
    assert drive.focused is not first


def test_tab_leaves_the_outline_and_its_text_both_ways(drive: Driver, outline: Outline) -> None:
    drive.window.desk_shell.notice.tell("Something is done.", lambda: "It is back.")
    outline.choose("way/provider")
    drive.tab_to(Outline, name_of(outline))
    drive.press(Key.Key_Tab)
    assert isinstance(drive.focused, FactRow)
    drive.press(Key.Key_Tab)
    assert name_of(drive.focused) == "Undo", "the text stands where it is seen, before what is under the page"
    drive.press(Key.Key_Tab, shift=True)
    drive.press(Key.Key_Tab, shift=True)
    assert name_of(drive.focused) == name_of(outline)
    drive.press(Key.Key_Tab, shift=True)
    assert name_of(drive.focused) == SEARCH


def test_a_search_narrows_the_outline_and_leads_to_the_first_that_is_found(drive: Driver, outline: Outline) -> None:
    everything = outline.shown()
    field = search(drive, "99.31(a)(1)(i)(b)(2)")
    assert "way/provider/p.c" in outline.shown()
    assert "way/studies" not in outline.shown()
    drive.press(Key.Key_Down)
    assert drive.focused is outline
    assert "34 CFR 99.31(a)(1)(i)(B)(2)" in spoken(outline)
    assert outline.visualRect(outline.currentIndex()).isValid()
    field.setFocus()
    drive.press(Key.Key_Escape)
    assert field.text() == ""
    assert outline.shown() == everything


def test_a_search_without_a_find_says_so_and_traps_nobody(drive: Driver, outline: Outline) -> None:
    search(drive, "zyx")
    assert outline.shown() == []
    assert drive.sees("No rule has these words")
    drive.press(Key.Key_Return)
    assert drive.focused is outline
    drive.press(Key.Key_Tab)
    assert drive.focused is not outline


@pytest.mark.parametrize(("width", "height", "percent"), [(1024, 600, 100), (800, 600, 100), (1366, 768, 200)])
def test_the_page_fits_its_window(drive: Driver, outline: Outline, *, width: int, height: int, percent: int) -> None:
    drive.window.resize(width, height)
    for _ in range((percent - 100) // 10):
        drive.press(Key.Key_Plus, ctrl=True)
    outline.choose("way/provider")
    assert drive.window.width() == width
    assert not cut_texts(drive)
    for widget in drive.tab_ring():
        if not isinstance(widget, FactRow):
            assert drive.window.rect().contains(on_window(widget)), name_of(widget)


def test_rows_are_as_high_as_their_words_at_every_text_size(drive: Driver, outline: Outline) -> None:
    outline.choose("way/provider/p.c")
    before = outline.visualRect(outline.currentIndex()).height()
    for _ in range(10):
        drive.press(Key.Key_Plus, ctrl=True)
    assert outline.visualRect(outline.currentIndex()).height() >= 1.9 * before


def test_the_tree_is_saved_as_pdf(drive: Driver, outline: Outline, tmp_path: Path) -> None:
    drive.find(QPushButton, "Print or save the tree…").click()
    settle()
    assert (tmp_path / "decision-tree.pdf").read_bytes().startswith(b"%PDF")
    assert drive.sees("decision-tree.pdf")


def test_rules_are_not_read_before_the_page_is_shown_and_their_mistakes_are_told(
    qapp: QApplication, tmp_path: Path
) -> None:
    read: list[str] = []

    def broken() -> tuple[Pack, Profile]:
        read.append("rules")
        raise RulesError([Mistake("pack.yaml", 3, "“id” is missing.", "Write it.")])

    desk = Desk(tmp_path / "home", broken)
    window = open_window(qapp, desk, paths.data() / "resources")
    window.show()
    drive = Driver(window)
    assert not read
    drive.find(QPushButton, "Rules").click()
    assert read
    assert drive.sees("“id” is missing.")
    assert not drive.all(Outline)
    assert not [button for button in drive.all(QPushButton) if name_of(button).startswith("Print")]
    assert drive.all(RulesPage)
    window.close()
    window.deleteLater()
    desk.close()
