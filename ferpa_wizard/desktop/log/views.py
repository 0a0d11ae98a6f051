"""Saving a view of the log, taking one away, and looking between two days."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from ferpa_wizard.core.typed import unfit, unfit_day
from ferpa_wizard.desktop.controls.blocks import Notice
from ferpa_wizard.desktop.controls.fields import Labelled, LineField
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.desktop.form_sheet import FormSheet, Problems
from ferpa_wizard.desktop.log.looking import Looking
from ferpa_wizard.desktop.log.tools import LogTools
from ferpa_wizard.desktop.remember import Memory
from ferpa_wizard.requests.log_views import VIEWS

LONGEST = 60


class Views(QObject):
    """Joins the menus of views and dates to what is remembered; the tools are its parent."""

    def __init__(self, tools: LogTools, looking: Looking, memory: Memory, notice: Notice) -> None:
        super().__init__(tools)
        self._tools, self._looking, self._memory, self._notice = tools, looking, memory, notice
        tools.views.saves.connect(self.save)
        tools.views.removes.connect(self._remove)
        tools.dates.asks.connect(self._ask_days)

    def save(self) -> None:
        """Keep the search as it stands under a name."""
        look, name = self._tools.look, LineField(self._tools.look)
        sheet = FormSheet(look, self._tools.window(), "Save this view", lambda: self._keep(name.text()), name.text)
        sheet.body.add(Text(look, self._looking.line, "small-strong", inset=RING))
        hint = "The view finds what is there each time. Leave out names of students."
        sheet.put("name", Labelled(look, "Name of the view", name, hint=hint))
        sheet.ready(480)
        if sheet.exec() == QDialog.DialogCode.Accepted:
            self._notice.tell("The view is kept under Saved views.")
        sheet.deleteLater()

    def _keep(self, name: str) -> Problems:
        name = name.strip()
        taken = {view[0].casefold() for view in (*VIEWS, *self._memory.kept.views)}
        if says := unfit(name, LONGEST, missing="Write a name."):
            return [("name", says)]
        if name.casefold() in taken:
            return [("name", "There is a view of this name already. Choose another name.")]
        self._memory.save_view(name, self._looking.line)
        return []

    def _remove(self, name: str) -> None:
        line = dict(self._memory.kept.views)[name]
        self._memory.remove_view(name)
        self._notice.tell(f"Removed the view “{name}”.", partial(self._bring_back, name, line))

    def _bring_back(self, name: str, line: str) -> str:
        self._memory.save_view(name, line)
        return f"The view “{name}” is back."

    def _ask_days(self) -> None:
        look, given = self._tools.look, self._looking.search
        first, last = LineField(look, next(iter(given.values("after")), "")), LineField(look)
        sheet = FormSheet(
            look, self._tools.window(), "Look between two days", lambda: self._take_days(first.text(), last.text()),
            lambda: (first.text(), last.text()),
        )  # fmt: skip
        hint = "As 2026-01-31. Leave it empty if there is none."
        sheet.put("first", Labelled(look, "First day", first, hint=hint))
        sheet.put("last", Labelled(look, "Last day", last, hint=hint))
        sheet.ready(440)
        sheet.exec()
        sheet.deleteLater()

    def _take_days(self, first: str, last: str) -> Problems:
        days = {"first": first.strip(), "last": last.strip()}
        if wrong := [(name, says) for name, day in days.items() if (says := unfit_day(day))]:
            return wrong
        self._tools.dates.take(days["first"], days["last"])
        return []
