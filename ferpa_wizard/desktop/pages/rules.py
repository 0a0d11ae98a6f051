"""The rules to read: as an outline and as a drawing, what they cover, what they rest on, and how they changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal

from ferpa_wizard.desktop.choosers import Choosers
from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.segments import Segments
from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.desk_page import DeskPage
from ferpa_wizard.desktop.pages.rule_parts import CoveragePart, OutlinePart, SourcesPart
from ferpa_wizard.desktop.pages.rule_reader import RulePart
from ferpa_wizard.desktop.room import RULES_ERRORS, without_rules
from ferpa_wizard.documents.body import day
from ferpa_wizard.requests.desk import Desk

OUTLINE = "outline"
PARTS: Mapping[str, str] = {
    OUTLINE: "Outline",
    "diagram": "Diagram",
    "coverage": "Coverage",
    "sources": "Sources",
    "versions": "Versions",
}


class RulesPage(DeskPage):
    """Reads the rules when it is first shown, and makes each part when it is first chosen."""

    show_record = Signal(str)
    title = "Rules"
    fills = True
    width_limit = 1240

    def __init__(self, look: Look, desk: Desk, choosers: Choosers, tell: Callable[[str], None]) -> None:
        super().__init__(look, "Rules", gap=6)
        self._desk, self._choosers, self._tell = desk, choosers, tell
        self._parts: dict[str, RulePart] = {}
        self._sha256 = ""  # of the rules that the parts show
        self.segments = Segments(look, "Parts of the rules", PARTS)
        self.segments.chosen.connect(self._show_part)
        head = Box(look, self.heading, across=True, gap=16)
        head.add(self.segments, 1)
        self.add(head)
        self._which = Text(look, "", "small", ink="text2", inset=RING)
        self._line = Box(look, across=True, gap=8)
        self._line.add(self._which, 1)
        self.add(self._line)
        self.segments.setVisible(False)

    def refresh(self) -> None:
        """Read the rules, unless they are here already; count what came since."""
        try:
            pack = self._desk.pack
        except RULES_ERRORS as error:
            self._which.say(without_rules(error))
            return
        self._which.say(f"Rules {pack.id} {pack.version}, law as of {day(pack.law_as_of)}. {pack.review}")
        self.segments.setVisible(True)
        if pack.sha256 != self._sha256:
            self._sha256 = pack.sha256
            self._forget_parts()
        current = self.segments.current
        if not current:
            self.segments.choose(OUTLINE)
        elif current in self._parts:
            self._parts[current].refresh()
        else:
            self._show_part(current)

    def _forget_parts(self) -> None:
        """Let go of the parts: each is made anew when it comes up, of the rules that are in use then."""
        for part in self._parts.values():
            for widget in filter(None, (part, part.tool)):
                widget.hide()
                widget.deleteLater()
        self._parts.clear()

    def show_entry(self, name: str) -> None:
        """Open an entry of the outline and go to it."""
        self.segments.choose(OUTLINE)
        part = self._parts[OUTLINE]
        if isinstance(part, OutlinePart):
            part.reader.choose(name)
            part.reader.to_outline()

    def _show_part(self, name: str) -> None:
        for other in self._parts.values():
            self._set_up(other, up=False)
        if name not in self._parts:
            part = self._parts[name] = self._make(name)
            part.grew.connect(self._on_grew)
            self.add(part, 1)
            if part.tool is not None:
                self._line.add(part.tool)
        self._set_up(self._parts[name], up=True)
        self._parts[name].refresh()
        self._on_grew()

    @staticmethod
    def _set_up(part: RulePart, *, up: bool) -> None:
        part.setVisible(up)
        if part.tool is not None:
            part.tool.setVisible(up)

    def _on_grew(self) -> None:
        if self.window() is not self:  # else it is not in the window yet
            self.grew.emit()

    def _make(self, name: str) -> RulePart:
        makers: Mapping[str, Callable[[], RulePart]] = {
            OUTLINE: lambda: OutlinePart(self.look, self._desk, self._choosers, self._tell),
            "diagram": self._diagram,
            "coverage": lambda: CoveragePart(self.look, self._desk),
            "sources": lambda: SourcesPart(self.look, self._desk),
            "versions": self._versions,
        }
        return makers[name]()

    def _diagram(self) -> RulePart:
        from ferpa_wizard.desktop.pages.rule_diagram import DiagramPart

        part = DiagramPart(self.look, self._desk, self._choosers, self._tell)
        part.opened.connect(self.show_entry)
        return part

    def _versions(self) -> RulePart:
        from ferpa_wizard.desktop.pages.rule_versions import VersionsPart

        part = VersionsPart(self.look, self._desk)
        part.show_record.connect(self.show_record)
        return part
