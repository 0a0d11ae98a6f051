"""Who reads or types is not disturbed: not by work that ends meanwhile, and the rules shown are those in use."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLineEdit, QPushButton

from ferpa_wizard import paths
from ferpa_wizard.desktop.controls.outline import Outline
from ferpa_wizard.desktop.controls.rows import FactRow
from ferpa_wizard.desktop.controls.working import Working
from ferpa_wizard.desktop.pages.rule_diagram import DiagramPart
from ferpa_wizard.desktop.pages.rule_versions import VersionsPart
from ferpa_wizard.desktop.pages.rules import RulesPage
from ferpa_wizard.requests.rule_book import Book, rule_book
from ferpa_wizard.requests.rule_lines import Line
from ferpa_wizard.requests.rule_versions import versions_node
from tests.desktop.driving import Driver, Key, name_of, settle, wait_for
from tests.desktop.test_agreements import school
from tests.desktop.test_rule_parts import aged, at_rest, open_part, versions

__all__ = ["aged", "school"]  # fixtures

MEASURED = "points/covered"


def read(drive: Driver, outline: Outline, name: str) -> FactRow:
    """Choose an entry and go to the second line of its text."""
    outline.choose(name)
    outline.setFocus()
    drive.press(Key.Key_Return, Key.Key_Down)
    row = drive.focused
    assert isinstance(row, FactRow)
    return row


def measuring(drive: Driver) -> Outline:
    """The part on coverage, at work."""
    open_part(drive, "coverage")
    (outline,) = drive.all(Outline)
    assert drive.all(Working)[0].runs
    return outline


def test_the_line_that_is_read_keeps_the_focus_when_the_measuring_ends(drive: Driver) -> None:
    outline = measuring(drive)
    row = read(drive, outline, "limits")
    at_rest(drive)
    assert MEASURED in outline.shown()
    assert drive.focused is row


def test_what_is_open_and_chosen_in_the_outline_stays_so_when_the_measuring_ends(drive: Driver) -> None:
    outline = measuring(drive)
    outline.setFocus()
    drive.press(Key.Key_Right, Key.Key_Down)
    chosen = outline.current
    drive.press(Key.Key_Up)
    assert (outline.current, chosen != "limits") == ("limits", True)
    at_rest(drive)
    assert drive.focused is outline
    drive.press(Key.Key_Down)
    assert outline.current == chosen, "it was open"


def test_a_line_that_is_read_keeps_the_focus_when_more_is_known_of_its_entry(aged: Driver) -> None:
    row = read(aged, versions(aged), "versions")
    (part,) = aged.all(VersionsPart)
    node = versions_node(aged.window._desk.pack, aged.window._desk.history.use)
    part.reader.renew(Book("", "", (replace(node, lines=(*node.lines, Line("One more line."))),)))
    settle()
    assert "One more line." in map(name_of, aged.all(FactRow))
    assert isinstance(aged.focused, FactRow)
    assert (name_of(aged.focused), aged.focused is row) == (name_of(row), False)


def test_the_line_that_is_read_keeps_the_focus_when_the_decisions_are_counted(aged: Driver) -> None:
    aged.window.desk_shell.go("rules")
    (outline,) = aged.all(Outline)
    row = read(aged, outline, "way/provider")
    wait_for(lambda: aged.sees("2 decisions"))
    aged.window.desk_shell.refresh()
    for _ in range(5):
        settle()
    assert aged.focused is row
    assert aged.sees("2 decisions")


def test_a_search_in_the_versions_is_there_when_people_come_back(aged: Driver) -> None:
    outline = versions(aged)
    field = aged.find(QLineEdit, "Find rules, a decision or a word")
    field.setFocus()
    aged.write("zzz")
    shown = outline.shown()
    aged.find(QPushButton, "Home").click()
    aged.find(QPushButton, "Rules").click()
    at_rest(aged)
    assert field.text() == "zzz"
    assert outline.shown() == shown


def test_a_comparison_that_ends_does_not_take_people_from_what_they_read(aged: Driver) -> None:
    outline = versions(aged)
    aged.find(QPushButton, "Show what changed").click()
    row = read(aged, outline, "versions")
    at_rest(aged)
    assert aged.focused is row
    assert outline.current == "versions"
    assert [name for name in outline.shown() if name.startswith("changes/")]


def test_the_rules_page_shows_the_rules_in_use_once_the_profile_names_a_state(school: Driver) -> None:
    shell = school.window.desk_shell
    shell.go("rules")
    before = set(school.all(Outline)[0].shown())
    state = min(file.stem for file in (paths.data() / "rules" / "states").glob("*.yaml"))
    shell.go("school")
    school.find(QLineEdit, "Name of the school or district").setText("Oak USD")
    school.find(QLineEdit, "State").setText(state)
    school.find(QPushButton, "Save").click()
    shell.go("rules")
    (outline,) = school.all(Outline)
    assert set(outline.shown()) == {node.id for node in rule_book(school.window._desk.pack).all()}
    new = set(outline.shown()) - before
    assert new
    (page,) = school.all(RulesPage)
    page.segments.choose("diagram")
    (part,) = school.all(DiagramPart)
    part.opened.emit(min(new))
    assert outline.current == min(new)
    assert [name_of(one) for one in school.all(QPushButton)].count("Print or save the tree…") == 1
