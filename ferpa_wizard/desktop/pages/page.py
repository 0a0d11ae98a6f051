"""What every page has: a heading that takes the focus, problems at the top, a footer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ferpa_wizard.core.intake import Intake
from ferpa_wizard.desktop.controls.beside import lie
from ferpa_wizard.desktop.controls.blocks import Problems
from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.look import Look

SIDE = 24  # where the row of buttons begins


class Footer(Box):
    """The row of buttons under a page; inside the page where the window is narrow."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, across=True, margins=(SIDE, 8, SIDE, 8), gap=6)
        self.flat(False)

    def flat(self, flat: bool, room: int = 0) -> None:
        """Drop the ground and the side room: the page has them already. What is wider than the room there stands below
        each other.
        """
        self.ground("" if flat else "surface", edges="" if flat else "t")
        self.margins((0, 8, 0, 8) if flat else (SIDE, 8, SIDE, 8))
        lie(self, across=not flat or self._wanted() <= room)

    def _wanted(self) -> int:
        """The width of all side by side."""
        cells = [cell for place in range(self.cells.count()) if (cell := self.cells.itemAt(place)) is not None]
        return sum(cell.sizeHint().width() + self.cells.spacing() for cell in cells)


class Page(Box):
    """A page of a request; a column that scrolls, and a row of buttons beneath it."""

    renamed = Signal()  # the title of the window changed
    grew = Signal(QWidget)  # parts came or went; the one to be seen
    width_limit = 0  # the widest the page gets, at 100 %; 0 is as wide as there is

    def __init__(self, look: Look, title: str, *, gap: int = 8) -> None:
        super().__init__(look, gap=gap)
        self._title = title
        self.problems = Problems(look)
        self.footer = Footer(look)
        self.add(self.problems)

    @property
    def title(self) -> str:
        """What the title bar says about this page."""
        return f"Error: {self._title}" if self.problems.isVisibleTo(self) else self._title

    def opening(self) -> QWidget:
        """What takes the focus when the page opens."""
        return self.problems

    def reading_order(self) -> Sequence[QWidget]:
        """The parts of the page as Tab visits them."""
        return [self]

    def submit(self) -> None:
        """Enter was pressed: do what the first button of the footer does."""

    def help(self) -> bool:
        """Open the help of this page; no if it has none of its own."""
        return False

    def undo(self) -> str:
        """Take back the last thing done on this page; what there is to say, empty where it has nothing of its own."""
        return ""

    def redo(self) -> str:
        """The same for doing it again."""
        return ""

    def noted(self, intake: Intake) -> None:
        """What is known of the request as it came in was changed beside the page."""

    def wrong(self, problems: Sequence[tuple[str, QWidget | None]]) -> None:
        """Show what to mend; nothing that was filled in is lost."""
        self.problems.show_problems(problems)
        self.renamed.emit()

    def mended(self) -> None:
        """Take the problems away."""
        self.problems.hide_problems()
        self.renamed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
            return
        super().keyPressEvent(event)
