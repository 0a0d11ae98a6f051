"""The parts of the page of the rules: chosen by keys, each made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer, QXmlStreamReader
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QPushButton, QRadioButton, QWidget

from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import NO_PROFILE, Profile
from ferpa_wizard.core.read_pack import pack_from_bytes
from ferpa_wizard.core.record import Decision
from ferpa_wizard.desktop.controls.diagram import READABLE, Diagram
from ferpa_wizard.desktop.controls.outline import Outline
from ferpa_wizard.desktop.controls.sketch import LookRuler
from ferpa_wizard.desktop.controls.working import Working
from ferpa_wizard.desktop.pages.rule_reader import RuleText
from ferpa_wizard.desktop.pages.rule_versions import VersionsPart
from ferpa_wizard.desktop.pages.rules import PARTS, RulesPage
from ferpa_wizard.desktop.path_sheet import PathSheet
from ferpa_wizard.desktop.preview import PagePicture, PreviewSheet
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.rule_layout import lay_out
from ferpa_wizard.requests.rule_picture import tree_picture
from ferpa_wizard.requests.rule_sources import sources_book
from tests import real
from tests.desktop.conftest import NOW, PlannedChoosers, opened
from tests.desktop.driving import Driver, Key, name_of, role_of, settle, wait_for
from tests.desktop.pages import show
from tests.desktop.sample_pack import DONE, MARKUP, sample_pack
from tests.desktop.test_accessibility import cut_texts
from tests.requests.test_rule_picture import overlap

Opened = TypeVar("Opened", bound=QDialog)


def open_part(drive: Driver, part: str) -> RulesPage:
    drive.window.desk_shell.go("rules")
    (page,) = drive.all(RulesPage)
    drive.find(QRadioButton, PARTS[part]).click()
    settle()
    return page


def diagram(drive: Driver) -> Diagram:
    open_part(drive, "diagram")
    (found,) = drive.all(Diagram)
    found.setFocus()
    return found


def at_rest(drive: Driver) -> None:
    """Wait until no long work goes on."""
    wait_for(lambda: not any(working.runs for working in drive.window.findChildren(Working)))


def press_for(drive: Driver, button: str, kind: type[Opened], act: Callable[[Opened], None]) -> None:
    """Press a button and act on the sheet that it opens; it is closed after."""
    acted = []

    def on_sheet() -> None:
        settle()
        sheet = QApplication.activeModalWidget()
        try:
            assert isinstance(sheet, kind)
            act(sheet)
            acted.append(sheet)
        finally:
            if sheet is not None and sheet.isVisible():
                sheet.close()

    pressed = drive.find(QPushButton, button)
    QTimer.singleShot(0, on_sheet)
    pressed.click()
    assert acted


# -- choosing a part ---------------------------------------------------------------------------


def test_parts_are_radio_buttons_that_arrow_keys_choose_and_each_is_made_when_first_shown(drive: Driver) -> None:
    drive.window.desk_shell.go("rules")
    drive.tab_to(QRadioButton, "Outline")
    assert role_of(drive.focused) == QAccessible.Role.RadioButton
    assert not drive.window.findChildren(Diagram)
    drive.press(Key.Key_Right)
    assert drive.chosen() == "Diagram"
    assert drive.all(Diagram)
    assert not drive.all(Outline)
    drive.press(Key.Key_Left)
    assert drive.all(Outline)


@pytest.mark.parametrize("part", list(PARTS))
@pytest.mark.parametrize(("width", "height", "percent"), [(1024, 600, 100), (800, 600, 100), (1366, 768, 200)])
def test_each_part_fits_its_window(drive: Driver, *, part: str, width: int, height: int, percent: int) -> None:
    drive.window.resize(width, height)
    for _ in range((percent - 100) // 10):
        drive.press(Key.Key_Plus, ctrl=True)
    open_part(drive, part)
    assert drive.window.width() == width
    assert not cut_texts(drive)


# -- the diagram -------------------------------------------------------------------------------


@pytest.mark.parametrize("percent", [100, 200])
def test_with_real_letters_nothing_overlaps(drive: Driver, percent: int) -> None:
    look = drive.window.desk_shell.look
    look.use("light", percent)
    cards = lay_out(tree_picture(real.pack()), LookRuler(look)).cards
    assert not [(one, other) for at, one in enumerate(cards) for other in cards[:at] if overlap(one, other)]


def test_arrow_keys_walk_the_drawing_and_say_where_they_are(drive: Driver) -> None:
    view = diagram(drive)
    assert name_of(view)
    assert view.current == "requester"
    drive.press(Key.Key_Down)
    assert view.current == "requester/group"
    assert "A community group" in view.accessibleDescription()
    assert drive.sees("A community group. ")
    drive.press(Key.Key_Right)
    assert view.current == "works"
    drive.press(Key.Key_Left)
    assert view.current == "requester/group"


def test_enter_opens_the_entry_in_the_outline(drive: Driver) -> None:
    diagram(drive)
    drive.press(Key.Key_Down, Key.Key_Return)
    (outline,) = drive.all(Outline)
    assert drive.chosen() == "Outline"
    assert outline.current == "question/requester"
    assert drive.focused is outline


def test_a_click_leads_to_a_part(drive: Driver) -> None:
    view = diagram(drive)
    view.go("purpose/news")
    at = view.mapFromScene(QPointF(*_middle(view, "requester")))
    drive.window.desk_shell.setFocus()
    _click(view.viewport(), at)
    assert view.current == "requester"


def _middle(view: Diagram, name: str) -> tuple[int, int]:
    rect = view.layout_of_it.places[name].rect
    return rect.x + rect.width // 2, rect.middle


def _click(widget: QWidget, at: QPoint) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def test_the_keys_of_the_text_size_zoom_the_drawing_while_it_has_the_focus(drive: Driver) -> None:
    view, look = diagram(drive), drive.window.desk_shell.look
    before = view.transform().m11()
    drive.press(Key.Key_Plus, ctrl=True)
    assert (look.percent, view.transform().m11() > before) == (100, True)
    drive.press(Key.Key_Minus, ctrl=True)
    assert look.percent == 100
    assert view.transform().m11() == pytest.approx(before)
    drive.find(QRadioButton, "Diagram").setFocus()
    drive.press(Key.Key_Plus, ctrl=True)
    assert look.percent == 110


def test_wheel_and_buttons_zoom_and_fit(drive: Driver) -> None:
    view = diagram(drive)
    fitted = view.transform().m11()
    middle = QPointF(view.viewport().rect().center())
    wheel = QWheelEvent(
        middle, view.viewport().mapToGlobal(middle), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), wheel)
    assert view.transform().m11() > fitted
    drive.find(QPushButton, "Fit the width").click()
    assert view.transform().m11() == pytest.approx(fitted)
    drive.find(QPushButton, "Smaller drawing").click()
    assert view.transform().m11() < fitted


def test_what_would_be_too_small_to_read_opens_larger_and_fits_when_asked(drive: Driver) -> None:
    drive.window.resize(640, 480)
    view = diagram(drive)
    assert view.transform().m11() == pytest.approx(READABLE)
    drive.find(QPushButton, "Fit the width").click()
    assert view.transform().m11() < READABLE
    drive.window.resize(700, 480)
    assert view.transform().m11() < READABLE


def test_it_fits_the_width_at_first_and_what_has_the_focus_stays_in_view(drive: Driver) -> None:
    view = diagram(drive)
    wide = view.transform().m11() * view.layout_of_it.size[0]
    assert wide <= view.viewport().width()
    for _ in range(8):
        drive.press(Key.Key_Plus, ctrl=True)
    for key in (Key.Key_Down, Key.Key_Right, Key.Key_Down, Key.Key_Right):
        drive.press(key)
        at = view.mapFromScene(QPointF(*_middle(view, view.current)))
        assert view.viewport().rect().contains(at)


def test_one_way_to_share_is_drawn_with_its_conditions(drive: Driver) -> None:
    view = diagram(drive)
    drive.all(QComboBox)[0].setCurrentText("School official: outside provider")
    assert view.current == "way/provider"
    assert "way/provider/p.c" in view.layout_of_it.places
    assert view.picture.title == "School official: outside provider"


def svg_texts(svg: bytes) -> Iterator[str]:
    """The title and the texts of a picture that is well-formed."""
    reader = QXmlStreamReader(svg.decode())
    while not reader.atEnd():
        reader.readNext()
        if reader.isStartElement() and reader.name() in ("title", "text"):
            yield reader.readElementText().strip()
    assert not reader.hasError()


def test_the_drawing_is_saved_as_svg_with_every_question_as_text(drive: Driver, desk: Desk, tmp_path: Path) -> None:
    diagram(drive)
    drive.find(QPushButton, "Save the drawing…").click()
    title, *said = list(svg_texts((tmp_path / "rules.svg").read_bytes()))
    for question in desk.pack.tree:
        assert question.text in " ".join(said)
    assert MARKUP in " ".join(said), "and none of it becomes markup"
    assert desk.pack.id in title
    assert drive.sees("rules.svg")


@pytest.mark.parametrize(("name", "start"), [("rules.pdf", b"%PDF"), ("rules.png", b"\x89PNG")])
def test_the_drawing_is_saved_in_the_form_of_its_name(
    drive: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, start: bytes
) -> None:
    diagram(drive)
    monkeypatch.setattr(PlannedChoosers, "file", lambda self, *_, **__: self.to / name)
    drive.find(QPushButton, "Save the drawing…").click()
    assert (tmp_path / name).read_bytes().startswith(start)


def test_a_drawing_that_cannot_be_saved_is_told(drive: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    diagram(drive)
    monkeypatch.setattr(PlannedChoosers, "file", lambda self, *_, **__: self.to / "rules.doc")
    drive.find(QPushButton, "Save the drawing…").click()
    assert drive.sees(".svg, .pdf or .png")
    assert not (tmp_path / "rules.doc").exists()


def test_the_drawing_is_printed_sheet_by_sheet(drive: Driver, tmp_path: Path) -> None:
    diagram(drive)
    seen = []

    def on_sheet(sheet: PreviewSheet) -> None:
        seen.append(len(drive.all(PagePicture, sheet)))
        drive.find(QPushButton, "Print…", sheet).click()

    press_for(drive, "Print the drawing…", PreviewSheet, on_sheet)
    assert seen[0] >= 1
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")


def test_a_switch_of_theme_redraws_it(drive: Driver) -> None:
    view, look = diagram(drive), drive.window.desk_shell.look
    look.use("dark", 100)
    settle()
    corner = view.viewport().grab().toImage().pixelColor(2, 2)
    assert corner == look.color("canvas")


# -- how we got here ---------------------------------------------------------------------------


def test_the_result_shows_its_way_in_the_rules(drive: Driver, desk: Desk) -> None:
    show(drive, desk, "trail")
    seen: list[dict[str, str]] = []

    def on_sheet(sheet: PathSheet) -> None:
        seen.append({part.id: part.state for part in sheet.part.diagram.picture.parts() if part.state})
        assert drive.focused is sheet.part.diagram
        drive.press(Key.Key_Return)
        (text,) = drive.all(RuleText, sheet)
        assert "Who wants the records?" in [label.text() for label in drive.all(QLabel, text)]
        top = text.mapTo(sheet, QPoint(0, 0)).y()
        assert 0 <= top < sheet.scroller.height(), "it is brought into view"

    press_for(drive, "Show in the rules", PathSheet, on_sheet)
    walked = drive.window.request_shell.request.walk
    tree = {question.id for question in desk.pack.tree}
    assert {name for name in seen[0] if "/" not in name} == {one.ask.id for one in walked.trail} & tree
    assert seen[0]["requester/group"] == "answered"
    assert seen[0]["way/provider"] == "chosen"


# -- coverage, sources -------------------------------------------------------------------------


def test_coverage_shows_first_what_is_not_decided_and_then_what_is_held(drive: Driver) -> None:
    open_part(drive, "coverage")
    (outline,) = drive.all(Outline)
    assert outline.current == "limits"
    at_rest(drive)
    assert "points/covered" in outline.shown()
    assert outline.current == "limits", "reading is not disturbed"


def test_measuring_can_be_stopped_and_begins_anew_when_the_part_comes_up_again(drive: Driver) -> None:
    page = open_part(drive, "coverage")
    drive.find(QPushButton, "Stop").click()
    (working,) = drive.all(Working)
    assert not working.runs
    page.segments.choose("outline")
    page.segments.choose("coverage")
    assert working.runs


def test_sources_show_what_rests_on_each(drive: Driver, desk: Desk) -> None:
    open_part(drive, "sources")
    (outline,) = drive.all(Outline)
    assert set(outline.shown()) == {node.id for node in sources_book(desk.pack).all()}
    outline.choose("source/34 CFR 99.31(a)(1)(i)(B)(2)")
    assert drive.sees("Way to share: School official: outside provider")


# -- versions ----------------------------------------------------------------------------------


def older() -> Pack:
    """The sample rules as if an oral control had been enough before, and a news story a job of the school."""
    content = sample_pack().content
    for now, before in (
        (b"holds: {control: writing}", b"holds: {control: [writing, spoken]}"),
        (b"holds: {purpose: tutoring}", b"holds: {purpose: [tutoring, news]}"),
    ):
        assert now in content
        content = content.replace(now, before)
    return pack_from_bytes(content)


def _rules(pack: Pack) -> tuple[Pack, Profile]:
    return pack, NO_PROFILE


@pytest.fixture
def aged(qapp: QApplication, tmp_path: Path) -> Iterator[Driver]:
    """A window on a log with one decision under older rules and one under those in use."""
    for pack in (older(), sample_pack()):
        desk = Desk(tmp_path / "home", partial(_rules, pack), now=lambda: NOW)
        desk.new(DONE).decide(Decision("ask-officer", words="To be sure.", by_name="N"))
        desk.close()
    desk = Desk(tmp_path / "home", lambda: (sample_pack(), NO_PROFILE), now=lambda: NOW)
    with opened(qapp, desk, tmp_path) as window:
        yield Driver(window)
    desk.close()


def versions(drive: Driver) -> Outline:
    open_part(drive, "versions")
    at_rest(drive)
    (outline,) = drive.all(Outline)
    return outline


def test_versions_list_the_rules_in_use_and_those_of_the_log(aged: Driver) -> None:
    outline = versions(aged)
    assert outline.shown() == ["versions", *(f"versions/{pack.sha256}" for pack in (sample_pack(), older()))]


def by_enter(drive: Driver, outline: Outline) -> None:
    outline.setFocus()
    drive.press(Key.Key_Return)


def by_two_clicks(_drive: Driver, outline: Outline) -> None:
    at = outline.visualRect(outline.currentIndex()).center()
    _click(outline.viewport(), at)
    QTest.mouseDClick(outline.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


@pytest.mark.parametrize("open_it", [by_enter, by_two_clicks])
def test_a_past_decision_that_comes_out_another_way_is_listed_and_opens(
    aged: Driver, open_it: Callable[[Driver, Outline], None]
) -> None:
    outline = versions(aged)
    aged.find(QPushButton, "Look at past decisions").click()
    at_rest(aged)
    assert [name for name in outline.shown() if name.startswith(("past/", "record/"))] == [
        "past/different",
        "record/2026-0001",
    ]
    outline.choose("record/2026-0001")
    open_it(aged, outline)
    assert aged.title.startswith("Record")
    assert aged.sees("2026-0001")


def test_two_versions_are_compared(aged: Driver) -> None:
    outline = versions(aged)
    aged.find(QPushButton, "Show what changed").click()
    at_rest(aged)
    assert [name for name in outline.shown() if name.startswith("changes/")]


def test_looking_at_past_decisions_can_be_stopped(aged: Driver) -> None:
    outline = versions(aged)
    (part,) = aged.all(VersionsPart)
    aged.find(QPushButton, "Look at past decisions").click()
    aged.window.findChildren(Working)[0].findChildren(QPushButton)[0].click()
    assert "past" in outline.shown()
    assert not any(working.runs for working in part.findChildren(Working))


def test_with_one_version_there_is_nothing_to_compare_and_it_says_so(drive: Driver) -> None:
    outline = versions(drive)
    assert outline.shown()[0] == "versions"
    assert not [button for button in drive.all(QPushButton) if name_of(button) == "Show what changed"]
    assert drive.sees("nothing to compare")


def test_the_outline_tells_how_often_a_way_was_used(aged: Driver) -> None:
    aged.window.desk_shell.go("rules")
    (outline,) = aged.all(Outline)
    outline.choose("way/provider")

    def spoken() -> str:
        return str(outline.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))

    wait_for(lambda: "2 decisions" in spoken())
    assert aged.sees("2 decisions")
    outline.choose("way/studies")
    assert "2 decisions" not in spoken()
