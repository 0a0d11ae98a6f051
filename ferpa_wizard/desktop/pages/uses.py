"""Logging the uses of a standing decision: one form that is empty again after each, and what was logged last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ferpa_wizard.core.numbers import counted
from ferpa_wizard.core.standing_decision import Standing
from ferpa_wizard.core.use import Logged, Use
from ferpa_wizard.desktop.controls.blocks import Problems
from ferpa_wizard.desktop.controls.box import Box, Rule, card, row
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.fields import Labelled, LineField
from ferpa_wizard.desktop.controls.flow import Flow
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.rows import FactRow, Facts, Line
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.dates import day_of
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.desk_page import DeskPage
from ferpa_wizard.desktop.pages.entries_card import EntriesCard
from ferpa_wizard.desktop.pages.stand_card import RENEW

MORE = 10  # uses in the list at first, and with each press more


class UseForm(Box):
    """Day, file number and who got it; what is typed goes out with `log`."""

    log = Signal(object)  # Use

    def __init__(self, look: Look, record: str, *, today: str, by: str) -> None:
        super().__init__(look, margins=(12, 14, 12, 12), gap=6)
        self.ground("surface", line="border")
        self._record = record
        filled = {"day": today, "file": "", "recipient": "", "by": by}
        self._fields = {name: LineField(look, text, places=10 * (name == "day")) for name, text in filled.items()}
        self.labelled = {
            "day": Labelled(look, "Day", self._fields["day"], hint="As 2026-01-31."),
            "file": Labelled(look, "File number", self._fields["file"], hint="Not a name."),
            "recipient": Labelled(look, "Who got it", self._fields["recipient"], hint="School, office or person."),
            "by": Labelled(look, "Your name", self._fields["by"]),
        }
        line = Box(look, across=True, gap=4)
        for name, stretch in (("day", 0), ("file", 3), ("recipient", 5)):
            line.add(self.labelled[name], stretch)
        self.add(line)
        self._last = Box(look)
        self.add(self._last)
        self.add(self.labelled["by"])
        self.labelled["by"].setVisible(not by)  # after it has a parent, or it would be a window
        press = Button(look, "Log this use", "primary", icon="plus")
        press.clicked.connect(self.submit)
        self._today = Text(look, "", "small", ink="text2")
        self.add(row(look, press, self._today, gap=10))

    @property
    def by(self) -> str:
        """Who logs; empty until somebody is named."""
        return self._fields["by"].text().strip()

    def submit(self) -> None:
        """Ask for what is in the fields to be logged."""
        typed = {name: field.text().strip() for name, field in self._fields.items()}
        self.log.emit(Use(self._record, **typed))

    def next(self) -> None:
        """Be empty for the next file; the day and the name stay as they were typed."""
        for name in ("file", "recipient"):
            self._fields[name].clear()
        self.labelled["by"].hide()
        self.mended()
        self._fields["file"].setFocus()

    def opening(self) -> QWidget:
        return self._fields["file"]

    def wrong(self, problems: Sequence[tuple[str, str]]) -> None:
        """Say at each field what to mend, and go to the first."""
        found = dict(problems)
        for name, labelled in self.labelled.items():
            labelled.wrong(found.get(name, ""))
        self.labelled[next(iter(found))].field.setFocus()

    def mended(self) -> None:
        for labelled in self.labelled.values():
            labelled.wrong("")

    def draw(self, today: int, recipients: Sequence[str]) -> None:
        """Show how many were logged today, and who got data last: one press fills that in."""
        self._today.say(f"{counted(today, 'use')} logged today")
        self._last.clear()
        if recipients:
            self._last.add(Flow(self.look, *map(self._recipient, recipients), gap=0))

    def _recipient(self, name: str) -> Button:
        button = Button(self.look, name, "small")
        button.setAccessibleName(f"Who got it: {name}")
        button.clicked.connect(lambda: self._fill_in(name))
        return button

    def _fill_in(self, name: str) -> None:
        self._fields["recipient"].setText(name)
        self._fields["recipient"].setFocus()


class UsesPage(DeskPage):
    """The form, what was logged last, and the entries for the files; `each` lists by title what goes with each use."""

    back = Signal()
    renew = Signal()
    strike = Signal(object)  # Logged
    title = "Log a use"
    under = "home"
    width_limit = 860

    def __init__(
        self, look: Look, standing: Standing, each: Mapping[str, Sequence[str]], *, today: str, by: str
    ) -> None:
        super().__init__(look, standing.title, gap=10)
        back = Button(look, f"Record {standing.record}", "quiet", icon="arrow-left")
        back.clicked.connect(self.back)
        self.add(row(look, back))
        self.add(self.heading)
        self.add(Text(look, f"Stands until {day_of(standing.until)}.", "small", ink="text2", inset=RING))
        self.refused = Box(look, gap=0)
        self.refused.hide()
        self._problems = Problems(look)
        renew = Button(look, RENEW, "small", icon="plus")
        renew.clicked.connect(self.renew)
        self.refused.add(self._problems)
        self.refused.add(row(look, renew))
        self.add(self.refused)
        self.form = UseForm(look, standing.record, today=today, by=by)
        self.add(self.form)
        self._list = Box(look)
        self.add(self._list)
        for title, sentences in each.items():
            if sentences:
                facts = [FactRow(look, Line(says, "small"), icon=("circle", "text2")) for says in sentences]
                self.add(card(look, Title(look, title), Facts(look, *facts, gap=1), gap=6))
        self.entries = EntriesCard(look)
        self.add(self.entries)
        self._uses: Sequence[Logged] = ()
        self._shown = MORE

    def opening(self) -> QWidget:
        return self._problems if self.refused.isVisibleTo(self) else self.form.opening()

    def refuse(self, sentences: Sequence[str]) -> None:
        """Say why nothing can be logged, and offer the way on."""
        self.refused.show()
        self._problems.show_problems([(says, None) for says in sentences])

    def take(self) -> None:
        """Take away what was refused before."""
        self._problems.hide_problems()
        self.refused.hide()

    def draw(self, uses: Sequence[Logged], recipients: Sequence[str], today: str) -> None:
        """Show the uses, the newest first."""
        self._uses = uses
        self.form.draw(sum(one.logged == today and not one.struck for one in uses), recipients)
        self._draw_list()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.form.isAncestorOf(self.focusWidget()):
            self.form.submit()
            return
        super().keyPressEvent(event)

    def _draw_list(self) -> None:
        self._list.clear()
        self._list.setVisible(bool(self._uses))
        if not self._uses:
            return
        block = card(self.look, Title(self.look, "Logged last"), gap=2)
        for place, one in enumerate(reversed(self._uses[-self._shown :])):
            if place:
                block.add(Rule(self.look))
            block.add(self._row(one))
        if len(self._uses) > self._shown:
            more = Button(self.look, "Show more", "quiet")
            more.clicked.connect(self._show_more)
            block.add(row(self.look, more))
        self._list.add(block)
        self.grew.emit()

    def _show_more(self) -> None:
        self._shown += MORE * 5
        self._draw_list()
        self.form.opening().setFocus()

    def _row(self, one: Logged) -> Box:
        use = one.use
        state = "Struck out" if one.struck else ("Written out" if one.written else "")
        icon = ("circle-slash", "text2") if one.struck else ("circle-check", "yes")
        lines = (
            Line(f"File {use.file}", "small-medium"),
            Line(f"{use.recipient}, {day_of(use.day)}", "small", "text2"),
        )
        line = Box(self.look, across=True)
        line.add(FactRow(self.look, *lines, icon=icon, state=(state, "text2")), 1)
        if not one.struck:
            strike = Button(self.look, "Strike out", "quiet", icon="undo-2")
            strike.setAccessibleName(f"Strike out: file {use.file}, {use.recipient}")
            strike.clicked.connect(lambda: self.strike.emit(one))
            line.add(strike)
        return line
